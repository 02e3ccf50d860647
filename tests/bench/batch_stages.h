// Batch stages: what `cordon batch` does, stage by stage on one thread, so that each can be timed by itself.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "evaluate/batch.h"
#include "facts/column_reader.h"
#include "model/model.h"
#include "report/batch_lines.h"

namespace cordon::bench {

// A file's text, with room behind it for the reader.
class Text {
 public:
  explicit Text(const std::string& path);  // ends the program where it can't be read
  std::string_view view() const { return std::string_view(bytes_).substr(0, size_); }

 private:
  std::string bytes_;
  std::size_t size_ = 0;
};

// Nanoseconds a subject.
struct StageTimes {
  double reading = 0;
  double evaluating = 0;
  double writing = 0;
};

class Stages {
 public:
  // `policy` outlives this.
  Stages(const model::Policy& policy, model::ProtocolId protocol, evaluate::Detail detail);

  // Reads, evaluates and writes block after block, as a batch does; the lines go nowhere.
  StageTimes Run(std::string_view text);
  // Evaluates all blocks of a text that was read before: each comes from memory, not from a cache.
  double EvaluateLoaded(std::string_view text);

  // From one document's text to its line; the size of that.
  std::size_t Decide(std::string_view document);

 private:
  facts::Block MakeBlock() const;
  void Write();

  const model::Policy& policy_;
  facts::Overrides overrides_;
  evaluate::Batch batch_;
  facts::ColumnReader reader_;
  report::LineWriter writer_;
  facts::Block block_;
  std::vector<std::uint32_t> conclusions_;
  report::LineText lines_;
};

}  // namespace cordon::bench
