// Work: how much one evaluation may search, counted in worlds looked at, each by the number of its unknowns.
//
// Some questions about much that is unknown have no quick exact answer: which of many unknown elements is the latest,
// which unknown numbers add up. Where the work is spent, what is asked from then on gets an answer that holds too much:
// more may be possible than is, and more be needed than must be; nothing that is possible is left out. Counted, not
// timed, so that every machine gives the same answer. Source: the language manual, "Unknown facts".
#pragma once

#include <cstddef>

namespace cordon::evaluate {

// Some seconds on the machines of the day; admissions with many half-known stays need a tenth of it.
inline constexpr std::size_t kMostWork = 2'000'000;

class Work {
 public:
  explicit Work(std::size_t most) : left_(most) {}

  // Takes what looking at a world with so many unknowns costs. False: not so much is left, and nothing will be again.
  bool Spend(std::size_t num_unknowns) {
    const std::size_t cost = 1 + num_unknowns / kUnknownsAtOnce;
    exhausted_ = exhausted_ || left_ < cost;
    if (!exhausted_) left_ -= cost;
    return !exhausted_;
  }
  bool exhausted() const { return exhausted_; }
  std::size_t left() const { return left_; }

 private:
  static constexpr std::size_t kUnknownsAtOnce = 8;
  std::size_t left_;
  bool exhausted_ = false;
};

}  // namespace cordon::evaluate
