// Batch stages: what `cordon batch` does, stage by stage on one thread, so that each can be timed by itself.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "evaluate/batch.h"
#include "facts/column_reader.h"
#include "model/model.h"

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
};

class Stages {
 public:
  // `policy` outlives this.
  Stages(const model::Policy& policy, model::ProtocolId protocol, evaluate::Detail detail);

  // Reads and evaluates block after block, as a batch does.
  StageTimes Run(std::string_view text);
  // Evaluates all blocks of a text that was read before: each comes from memory, not from a cache.
  double EvaluateLoaded(std::string_view text);

  // A line for each subject, as the hand-written program prints it.
  std::string Lines(std::string_view text);

 private:
  facts::Block MakeBlock() const;

  const model::Policy& policy_;
  facts::Overrides overrides_;
  evaluate::Batch batch_;
  facts::ColumnReader reader_;
};

}  // namespace cordon::bench
