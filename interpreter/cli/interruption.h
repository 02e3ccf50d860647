// Interruption: somebody wants the program to stop, as by Ctrl-C, and it is to end in good order.
//
// Until Catch is called, such a wish ends the program at once, as everywhere. Tested by tests/unit/batch_run_test.cc.
#pragma once

#include <atomic>

namespace cordon::cli {

class Interruption {
 public:
  virtual ~Interruption() = default;
  // From now on a first wish is only noted; a second ends the program at once.
  virtual void Catch() = 0;
  // Whether there was one. May be asked from any thread.
  virtual bool Requested() const = 0;
};

// The signals SIGINT and SIGTERM. A pipe that nobody reads any more is then an error of writing, and no signal.
class SignalInterruption : public Interruption {
 public:
  void Catch() override;
  bool Requested() const override;
};

}  // namespace cordon::cli
