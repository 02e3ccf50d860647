// BatchRun: from the first chunk of an input to its last, on one thread or several, with the results in order.
//
// Every thread does the same: takes the next chunk, works on it, hands over the result. The results that are ready
// before their turn wait, and a thread that is too far ahead waits with its next chunk, so that the memory has a bound
// and what is written does not depend on who was faster. Tested by tests/unit/batch_run_test.cc.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "cli/batch_chunks.h"
#include "cli/batch_worker.h"
#include "cli/interruption.h"
#include "support/result.h"

namespace cordon::cli {

// Takes results in order, one at a time.
class ResultSink {
 public:
  virtual ~ResultSink() = default;
  // Whole lines, of what stands in the input before `end` and behind what was taken last.
  virtual std::optional<support::Failure> Take(std::string_view text, const LinePlace& end,
                                               const report::Tally& tally) = 0;
};

struct RunLimits {
  std::size_t threads = 1;                   // at least 1
  std::optional<std::uint64_t> max_refused;  // the run ends with the line that makes so many, where the job cuts there
};

enum class RunEnd : std::uint8_t { kDone, kStopped, kTooManyRefused, kUnreadable, kUnwritable };

struct RunOutcome {
  RunEnd end = RunEnd::kDone;
  std::string reason;  // kUnreadable, kUnwritable: the system's
};

// `stop` may be null. Results up to where the run ended have been taken; whatever it was that ended it, they are whole
// lines.
RunOutcome RunBatch(const BatchJob& job, Chunks& chunks, ResultSink& sink, const RunLimits& limits,
                    const Interruption* stop);

}  // namespace cordon::cli
