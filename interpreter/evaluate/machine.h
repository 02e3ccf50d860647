// Machine: a Program run over columns.
//
// A condition is two bit-planes: the entries of which it is certainly true, and those of which it may be; where nothing
// in it is unknown they are one. `And` and `or` work on each alone, `not` exchanges them: three-valued logic after
// Kleene for 64 entries at once, held against tests/tables/truth.csv. A scalar is an interval: what is unknown may have
// any value of its type, what is imprecise any that it stands for, so that a comparison is certain where the intervals
// decide it. Nothing is worked out but what is asked for, and that once for each run.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "evaluate/outcome.h"
#include "evaluate/row_keys.h"
#include "facts/columns.h"
#include "program/program.h"

namespace cordon::evaluate {

// A condition of all entries of a space. REQUIRES: `sure` is a part of `may`.
struct Planes {
  facts::Plane sure;
  facts::Plane may;    // not filled where `exact`
  bool exact = false;  // `may` is `sure`
  const facts::Plane& possible() const { return exact ? sure : may; }
};

// A scalar of all entries of a space.
struct Intervals {
  std::vector<std::int64_t> low;
  std::vector<std::int64_t> high;  // not filled where `exact`
  bool exact = false;
  facts::Plane none;  // entries known to have no value; empty: there are none
  const std::int64_t* lows() const { return low.data(); }
  const std::int64_t* highs() const { return exact ? low.data() : high.data(); }
};

// What `is known` says of what is unknown: that it may be known in the end, or that it stays as it is.
enum class Learning : std::uint8_t { kMay, kNever };

// The answers that an output may have, of which a row's code names one set.
struct AnswerSets {
  std::vector<std::uint16_t> codes;       // by row
  std::vector<std::vector<Answer>> sets;  // by code
};

// What the bits of a key say: from `bit` on, two for the setting and two for each voice, certain and possible.
std::vector<Answer> AnswersFor(const model::Policy& policy, const program::OutputCode& code,
                               const std::vector<program::Voice>& voices, KeyWords key, std::size_t bit);

class Machine {
 public:
  explicit Machine(const program::Program& program);
  ~Machine();
  Machine(const Machine&) = delete;
  Machine& operator=(const Machine&) = delete;

  // Everything from here on is asked of `columns`, which stay as they are until the next run.
  void Run(const facts::Columns& columns, Learning learning);

  const Planes& Condition(program::BoolId id);
  const Intervals& Scalar(program::ScalarId id);
  std::size_t NumEntries(program::SpaceId space);
  // By entry of `space`: the entry of its parent's space. REQUIRES: `space` is not that of the rows.
  const std::vector<std::uint32_t>& Parents(program::SpaceId space);
  // By output that the program lowers.
  const AnswerSets& AnswersOf(model::OutputId output);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace cordon::evaluate
