// Draw: completions of a row at random, biased to where the policy's conditions turn.
//
// A value is drawn at, next to or between the points that some comparison has it compared with: for an unknown
// discharge the look-back's edge, the admission and 24 hours after it. Two completions with different answers prove an
// answer open; that none was found proves nothing. Every draw is of a row and a number alone, so that nothing depends
// on which rows stand together. Source: the language manual, "Unknown facts".
#pragma once

#include <cstdint>
#include <memory>

#include "facts/columns.h"
#include "program/program.h"

namespace cordon::evaluate {

class Draw {
 public:
  explicit Draw(const program::Program& program);
  ~Draw();
  Draw(const Draw&) = delete;
  Draw& operator=(const Draw&) = delete;

  // Appends the row `row` of `from` to `to` with a value for everything that is unknown and read, the `number`th such
  // completion. Decisions stay as they are. What records require is not looked at.
  void Append(const facts::Columns& from, std::size_t row, std::uint64_t number, facts::Columns& to);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace cordon::evaluate
