// Writes results and records of how far they are; see batch_output.h.
#include "cli/batch_output.h"

#include <ostream>
#include <utility>

#include "support/assert.h"

namespace cordon::cli {
namespace {

using support::Failure;

// How much of the input may have to be read again after a crash.
constexpr std::uint64_t kBetweenRecords = std::uint64_t{64} << 20U;

// A stream of the library, where no other is handed in.
class StreamWriter : public support::ByteWriter {
 public:
  explicit StreamWriter(std::ostream& out) : out_(out) {}
  std::optional<Failure> Write(std::string_view bytes) override {
    out_.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return Check();
  }
  std::optional<Failure> Flush() override {
    out_.flush();
    return Check();
  }

 private:
  std::optional<Failure> Check() const {
    if (out_.good()) return std::nullopt;
    return Failure{"standard output takes no more"};
  }

  std::ostream& out_;
};

}  // namespace

std::string PartialName(const std::string& file) { return file + ".partial"; }
std::string RecordName(const std::string& file) { return file + ".partial.json"; }

BatchOutput::BatchOutput(Environment& environment, const std::string& path, BatchRecord begun)
    : environment_(environment), path_(path), record_(std::move(begun)), recorded_bytes_(record_.place.bytes) {
  const bool is_standard = path.empty() || path == "-";
  if (!is_standard && !environment.streams->IsSpecial(path)) partial_ = PartialName(path);
}

std::optional<Failure> BatchOutput::Open() {
  if (path_.empty() || path_ == "-") {
    if (environment_.bulk_out == nullptr) owned_ = std::make_unique<StreamWriter>(environment_.out);
    writer_ = owned_ != nullptr ? owned_.get() : environment_.bulk_out;
    return std::nullopt;
  }
  CORDON_ASSERT(environment_.streams != nullptr && environment_.writer != nullptr);
  if (environment_.files.IsFolder(path_)) return Failure{"`" + path_ + "` is a folder"};
  auto opened = environment_.streams->OpenToWrite(IsFile() ? partial_ : path_, record_.output_bytes);
  if (!opened.ok()) return opened.failure();
  owned_ = std::move(opened).value();
  writer_ = owned_.get();
  return std::nullopt;
}

std::optional<Failure> BatchOutput::Begin(std::string_view heading) {
  if (record_.output_bytes == 0) {
    if (auto failure = Write(heading)) return failure;
  }
  if (!IsFile()) return std::nullopt;
  return environment_.writer->Write(RecordName(path_), WriteRecord(record_));
}

std::optional<Failure> BatchOutput::Write(std::string_view text) {
  if (text.empty()) return std::nullopt;
  auto failure = writer_->Write(text);
  if (!failure) record_.output_bytes += text.size();
  return failure;
}

std::optional<Failure> BatchOutput::Take(std::string_view text, const LinePlace& end, const report::Tally& tally) {
  if (auto failure = Write(text)) return failure;
  record_.place = end;
  record_.tally.Add(tally);
  if (on_progress) on_progress(record_);
  if (!IsFile() || record_.place.bytes - recorded_bytes_ < kBetweenRecords) return std::nullopt;
  recorded_bytes_ = record_.place.bytes;
  return environment_.writer->Write(RecordName(path_), WriteRecord(record_));
}

std::optional<Failure> BatchOutput::Finish() {
  auto failure = writer_->Flush();
  if (failure || !IsFile()) return failure;
  owned_.reset();
  writer_ = nullptr;
  if ((failure = environment_.streams->Rename(partial_, path_))) return failure;
  return environment_.streams->Remove(RecordName(path_));
}

bool BatchOutput::Leave() {
  if (writer_ == nullptr) return false;
  writer_->Flush();
  if (!IsFile()) return false;
  const bool written = !environment_.writer->Write(RecordName(path_), WriteRecord(record_)).has_value();
  return written || environment_.files.Exists(RecordName(path_));
}

}  // namespace cordon::cli
