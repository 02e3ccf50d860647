// Batch: what a protocol concludes about many subjects at once.
//
// Rows that the policy can't tell apart share one Conclusion, which is worked out, and later written, once. A row's
// conclusion is what Evaluate says of it: certain answers come from three-valued logic over columns; what that leaves
// open is decided by completions that prove it open, and in the end by Evaluate itself. Held against Evaluate by
// tests/differential/batch_test.cc. Source: the language manual, "Unknown facts", "Conclusions".
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "evaluate/outcome.h"
#include "facts/columns.h"
#include "model/model.h"

namespace cordon::evaluate {

// How much of what is concluded is asked for.
enum class Detail : std::uint8_t {
  kValues,   // each output's status, and its answer where there is one
  kReasons,  // its reasons, possible answers and needs too
  kFull,     // everything that Evaluate concludes
};

// What all rows that lead to it conclude. Ids refer to the policy.
struct Conclusion {
  // Those of the protocol, in order of declaration; `why_not` is empty, and `open` too but for kFull.
  std::vector<OutputOutcome> outputs;
  Outcome outcome;                     // kFull only; its outputs are these
};

class Batch {
 public:
  // `policy` outlives this. Not to be shared between threads: each has its own.
  Batch(const model::Policy& policy, model::ProtocolId protocol, Detail detail);
  ~Batch();
  Batch(const Batch&) = delete;
  Batch& operator=(const Batch&) = delete;

  // By FactId: the facts that columns for this must want.
  const std::vector<bool>& wanted() const;
  // The texts that the policy compares with, for the columns.
  const std::vector<std::string>& constants() const;

  // Sets `conclusions` to the number of each row's conclusion, or to kInfeasible for a row whose facts have no
  // completion.
  void Evaluate(const facts::Columns& columns, std::vector<std::uint32_t>& conclusions);
  static constexpr std::uint32_t kInfeasible = UINT32_MAX;

  // Numbers stay valid until the next Evaluate, which may start anew where there are very many of them; `generation`
  // then changes.
  const Conclusion& conclusion(std::uint32_t number) const;
  std::size_t num_conclusions() const;
  std::uint64_t generation() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace cordon::evaluate
