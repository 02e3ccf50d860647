// BatchOutput: where the results of a run go, wholly or not at all.
//
// A file is written under the name FILE.partial, beside a record FILE.partial.json that says how far it is; at the end
// it takes the name FILE, and the record goes. Standard output, a pipe and a device are written as they come. Tested by
// tests/unit/batch_run_test.cc and tests/golden/batch/.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "cli/batch_record.h"
#include "cli/batch_run.h"
#include "cli/run.h"

namespace cordon::cli {

std::string PartialName(const std::string& file);
std::string RecordName(const std::string& file);

class BatchOutput : public ResultSink {
 public:
  // `path` is empty, or `-`, for standard output. `begun` says where the run stands: at its beginning, or where a
  // record left it.
  BatchOutput(Environment& environment, const std::string& path, BatchRecord begun);

  // Opens it and drops what lies behind where the run stands.
  std::optional<support::Failure> Open();
  // `heading` is the first line, where there is one.
  std::optional<support::Failure> Begin(std::string_view heading);
  std::optional<support::Failure> Take(std::string_view text, const LinePlace& end,
                                       const report::Tally& tally) override;
  // All is done: the results take their name.
  std::optional<support::Failure> Finish();
  // The run ends before its end: leaves a record. True where there is one, so that the run can be resumed; there is
  // none where no results could be begun, or where they are whole and only could not be renamed.
  bool Leave();

  // What is written: the file, while it is not whole, or the device; empty for standard output.
  std::string name() const { return IsFile() ? partial_ : path_ == "-" ? "" : path_; }
  // How far the run is, the runs before it among it.
  const BatchRecord& record() const { return record_; }
  // Called with the record after each Take.
  std::function<void(const BatchRecord&)> on_progress;

 private:
  std::optional<support::Failure> Write(std::string_view text);
  bool IsFile() const { return !partial_.empty(); }

  Environment& environment_;
  std::string path_;
  std::string partial_;  // empty where there is none
  std::unique_ptr<support::ByteWriter> owned_;
  support::ByteWriter* writer_ = nullptr;
  BatchRecord record_;
  std::uint64_t recorded_bytes_ = 0;  // of the input
};

}  // namespace cordon::cli
