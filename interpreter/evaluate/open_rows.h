// OpenRows: the answers of rows that three-valued logic leaves open, decided exactly.
//
// Three-valued logic names every answer that is possible, and perhaps some that are not. First it is asked again with
// the policy's assumptions made. Then completions are drawn (draw.h): two with different answers prove that an answer
// is open. What neither settles is handed to the evaluator. Source: the language manual, "Unknown facts".
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "evaluate/outcome.h"
#include "facts/columns.h"
#include "model/model.h"
#include "program/program.h"

namespace cordon::evaluate {

// By output of the protocol, in order: the answers that three-valued logic leaves.
using PossibleAnswers = std::vector<std::vector<Answer>>;

struct OpenRow {
  std::uint32_t row = 0;
  const PossibleAnswers* possible = nullptr;
};

// What is said of one output.
struct Verdicts {
  Status status = Status::kUndetermined;
  std::optional<Answer> answer;  // all but kUndetermined
};

class OpenRows {
 public:
  explicit OpenRows(const program::Program& program);
  ~OpenRows();
  OpenRows(const OpenRows&) = delete;
  OpenRows& operator=(const OpenRows&) = delete;

  // What Evaluate says of each of `rows`, by output of the protocol. REQUIRES: their facts have a completion.
  std::vector<std::vector<Verdicts>> Decide(const facts::Columns& columns, const std::vector<OpenRow>& rows);

  // How many rows were handed to the evaluator since the beginning.
  std::uint64_t num_evaluated() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace cordon::evaluate
