// The seeded fuzzers: inputs of chance for a time, and the first that the program cannot bear.
//
//   cordon_seeded_fuzz syntax|evaluate|batch [--seconds N] [--seed S] [--first K]
//
// `syntax` puts policies with mistakes through `check`, `evaluate` facts of every kind through `eval`, `batch` lines of
// every kind through `batch`. Input K of seed S is always the same. A child process runs them; the parent watches it
// and shows the input that ended it, by a crash, an assertion, an exception or status 70, that took more than a minute
// of the processor, or whose messages or results are not what they must be. Part of tests/run; needs no more than the
// compiler.
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <exception>
#include <optional>
#include <string>
#include <thread>

#include "random.h"
#include "trial.h"

namespace cordon::tests {
namespace {

using Clock = std::chrono::steady_clock;
constexpr auto kLimit = std::chrono::seconds(60);  // of the processor's time for one input
constexpr int kWrong = 99;                         // the child's exit status where a trial's answer is wrong

enum class Kind { kSyntax, kEvaluate, kBatch };

struct Options {
  std::string name;
  Kind kind = Kind::kSyntax;
  long seconds = 30;
  std::uint64_t seed = 1;
  std::uint64_t first = 0;
};

// What parent and child share.
struct Progress {
  volatile std::uint64_t input;
  char wrong[4096];
};

Trial MakeTrial(const Options& options, const Corpus& corpus, std::uint64_t input) {
  const std::uint64_t seed = Random(options.seed * 1000003 + input).Next();
  switch (options.kind) {
    case Kind::kSyntax:
      return SyntaxTrial(corpus, seed);
    case Kind::kEvaluate:
      return EvaluateTrial(corpus, seed);
    case Kind::kBatch:
      return BatchTrial(corpus, seed);
  }
  return {};
}

[[noreturn]] void RunChild(const Options& options, const Corpus& corpus, Progress& progress) {
  const auto end = Clock::now() + std::chrono::seconds(options.seconds);
  for (std::uint64_t input = options.first; Clock::now() < end; ++input) {
    progress.input = input;
    std::string wrong;
    try {
      const Trial trial = MakeTrial(options, corpus, input);
      wrong = options.kind == Kind::kBatch ? RunBatchTrial(trial) : RunTrial(trial);
    } catch (const std::exception& fault) {
      wrong = std::string("an exception: ") + fault.what();
    }
    if (wrong.empty()) continue;
    std::strncpy(progress.wrong, wrong.c_str(), sizeof progress.wrong - 1);
    std::_Exit(kWrong);
  }
  std::_Exit(0);
}

// The processor's time that the child has had: a machine with other things to do makes no input slow.
std::chrono::nanoseconds TimeOf(pid_t child) {
  clockid_t clock{};
  timespec time{};
  if (clock_getcpuclockid(child, &clock) != 0 || clock_gettime(clock, &time) != 0) return {};
  return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

// Waits for the child, and ends it where one input takes too long. What went wrong, or nothing.
std::string Watch(pid_t child, Progress& progress) {
  std::uint64_t input = progress.input;
  std::chrono::nanoseconds since{};
  for (;;) {
    int status = 0;
    if (waitpid(child, &status, WNOHANG) == child) {
      if (WIFSIGNALED(status)) return "signal " + std::to_string(WTERMSIG(status));
      if (WEXITSTATUS(status) == 0) return {};
      if (WEXITSTATUS(status) == kWrong) return progress.wrong;
      return "the process ended with status " + std::to_string(WEXITSTATUS(status));
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    const std::chrono::nanoseconds now = TimeOf(child);
    if (progress.input != input) since = now;
    input = progress.input;
    if (now - since < kLimit) continue;
    kill(child, SIGKILL);
    waitpid(child, &status, 0);
    return "more than a minute";
  }
}

void Show(const Options& options, const Trial& trial, std::uint64_t input, const std::string& wrong) {
  std::printf("%s\n---- %s --seed %llu --first %llu\n", wrong.c_str(), options.name.c_str(),
              static_cast<unsigned long long>(options.seed), static_cast<unsigned long long>(input));
  for (const auto& command : trial.commands) {
    std::printf("$ cordon");
    for (const std::string& word : command) std::printf(" %s", word.c_str());
    std::printf("\n");
  }
  if (!trial.input.empty())
    std::printf("--- standard input (%zu bytes)\n%s\n", trial.input.size(), trial.input.c_str());
  for (const auto& [path, text] : trial.files) {
    constexpr std::size_t kMost = 20000;
    std::printf("--- %s (%zu bytes)\n%s\n", path.c_str(), text.size(), text.substr(0, kMost).c_str());
  }
}

std::optional<Options> ReadOptions(int argc, char** argv) {
  Options options;
  if (argc < 2 || argc % 2 != 0) return std::nullopt;
  options.name = argv[1];
  if (options.name == "syntax") {
    options.kind = Kind::kSyntax;
  } else if (options.name == "evaluate") {
    options.kind = Kind::kEvaluate;
  } else if (options.name == "batch") {
    options.kind = Kind::kBatch;
  } else {
    return std::nullopt;
  }
  for (int i = 2; i + 1 < argc; i += 2) {
    const std::string name = argv[i];
    const auto number = std::strtoull(argv[i + 1], nullptr, 10);
    if (name == "--seconds") {
      options.seconds = static_cast<long>(number);
    } else if (name == "--seed") {
      options.seed = number;
    } else if (name == "--first") {
      options.first = number;
    } else {
      return std::nullopt;
    }
  }
  return options;
}

int Main(const Options& options) {
  const Corpus corpus = ReadCorpus(CORDON_SOURCE_DIR);
  void* shared = mmap(nullptr, sizeof(Progress), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (shared == MAP_FAILED) return 1;
  Progress& progress = *static_cast<Progress*>(shared);
  std::fflush(stdout);
  const pid_t child = fork();
  if (child < 0) return 1;
  if (child == 0) RunChild(options, corpus, progress);
  const std::string wrong = Watch(child, progress);
  const std::uint64_t input = progress.input;
  if (!wrong.empty()) Show(options, MakeTrial(options, corpus, input), input, wrong);
  std::printf("%s, seed %llu: %llu inputs\n", options.name.c_str(), static_cast<unsigned long long>(options.seed),
              static_cast<unsigned long long>(input - options.first + 1));
  std::printf("%d passed, %d failed\n", wrong.empty() ? 1 : 0, wrong.empty() ? 0 : 1);
  return wrong.empty() ? 0 : 1;
}

}  // namespace
}  // namespace cordon::tests

int main(int argc, char** argv) {
  if (const auto options = cordon::tests::ReadOptions(argc, argv)) return cordon::tests::Main(*options);
  std::fprintf(stderr, "usage: cordon_seeded_fuzz syntax|evaluate|batch [--seconds N] [--seed S] [--first K]\n");
  return 64;
}
