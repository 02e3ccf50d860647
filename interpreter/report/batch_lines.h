// BatchLines: what is concluded about many subjects, a line each, as NDJSON or CSV.
//
// The text behind a subject's own part is the same for all subjects that share a Conclusion: it is rendered once, and a
// line is then two pieces put one behind the other. Source: the language manual, "Many subjects at once". Tested by
// tests/unit/batch_lines_test.cc and tests/golden/batch/.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "evaluate/batch.h"
#include "facts/column_reader.h"
#include "model/model.h"

namespace cordon::report {

enum class LineFormat : std::uint8_t { kNdjson, kCsv };

// Text that grows at its end. What was made room for once is kept.
class LineText {
 public:
  std::string_view view() const { return {bytes_.data(), size_}; }
  std::size_t size() const { return size_; }
  void Clear() { size_ = 0; }
  // Room for `count` more bytes at the end, of which Grow then counts as many as were written.
  char* Room(std::size_t count) {
    if (bytes_.size() - size_ < count) bytes_.resize(2 * (size_ + count));
    return bytes_.data() + size_;
  }
  void Grow(std::size_t count) { size_ += count; }
  void Append(std::string_view text);

 private:
  std::string bytes_;  // of which the first size_ count
  std::size_t size_ = 0;
};

// How a line is written.
//
// NDJSON, `kValues`: `{"subject":"p17","screen":true,"isolate":{"status":"provisional","value":false}}`: a value that
// is determined as itself, everything else as an object. `kReasons`: `{"subject":"p17","outputs":{…}}`, each output as
// the contract has it with rules named and not cited. `kFull`: the contract's document. A subject without a name has
// `"line":17` in its place, but in `kFull`. A line in error: `{"line":17,"subject":"p17","errors":[{"code":…,
// "message":…,"help":…,"column":9}]}`; the subject where it can be read, the column where the mistake has a place.
//
// CSV: the columns of Heading(); all but `subject` and `error` are empty where a line is in error. No kFull.
struct LineStyle {
  evaluate::Detail detail = evaluate::Detail::kValues;
  LineFormat format = LineFormat::kNdjson;
};

// The first line of results in CSV; empty for NDJSON.
std::string Heading(const model::Policy& policy, model::ProtocolId protocol, const LineStyle& style);

// The name of an output that stands where a name of the line itself does: `subject`, `line`, `errors`, `error`. Empty
// where there is none.
std::string TakenName(const model::Policy& policy, model::ProtocolId protocol, const LineStyle& style);

class LineWriter {
 public:
  // `policy` outlives this. REQUIRES: not kFull in CSV.
  LineWriter(const model::Policy& policy, model::ProtocolId protocol, const LineStyle& style);
  ~LineWriter();
  LineWriter(const LineWriter&) = delete;
  LineWriter& operator=(const LineWriter&) = delete;

  // Sets out to write what `batch` concluded about the rows of `block`: `numbers` are those of its last Evaluate. All
  // three stay as they are until the last of their lines is written.
  void Begin(const facts::Block& block, const std::vector<std::uint32_t>& numbers, const evaluate::Batch& batch);
  // Appends one line of the block, that is not in error, and its line break.
  void WriteRow(const facts::Line& line, LineText& out);
  // Appends a line that is in error; `text` is what stands on it, `subject` its subject where that is known.
  void WriteRefused(const facts::Line& line, std::string_view text, const std::string& subject, LineText& out);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace cordon::report
