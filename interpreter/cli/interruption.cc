// Notes signals; see interruption.h.
#include "cli/interruption.h"

#include <csignal>

namespace cordon::cli {
namespace {

// A handler of signals reaches nothing but what is global.
std::atomic<bool>& Noted() {
  static std::atomic<bool> noted{false};
  return noted;
}

extern "C" void Note(int) { Noted().store(true); }

}  // namespace

void SignalInterruption::Catch() {
  Noted().store(false);  // made before a handler may ask for it
  struct sigaction action {};
  action.sa_handler = Note;
  action.sa_flags = static_cast<int>(SA_RESETHAND);  // a call that waits is cut short, and a second signal ends
  sigemptyset(&action.sa_mask);
  for (const int signal : {SIGINT, SIGTERM}) {
    struct sigaction before {};
    sigaction(signal, nullptr, &before);
    if (before.sa_handler != SIG_IGN) sigaction(signal, &action, nullptr);  // a job in the background ignores Ctrl-C
  }
  struct sigaction ignore {};
  ignore.sa_handler = SIG_IGN;
  sigaction(SIGPIPE, &ignore, nullptr);
}

bool SignalInterruption::Requested() const { return Noted().load(std::memory_order_relaxed); }

}  // namespace cordon::cli
