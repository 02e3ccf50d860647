// Months: the clamped month step as pieces of arithmetic, exact over the whole calendar.
//
// From 1901 to 2099 the calendar repeats every four years. Counted from 1901-01-01, a day is 1461 * cycle + offset;
// how far a step of so many months moves it depends on the offset alone, and takes a few values. Nothing here is
// believed: the pieces are made from calendar::AddMonths, and a test holds them against every day there is.
// Tested by tests/unit/symbolic_test.cc.
#pragma once

#include <cstdint>
#include <vector>

#include "symbolic/term.h"

namespace cordon::symbolic {

inline constexpr std::int64_t kCycleDays = 1461;
// A step back and the same step on come to at most so many days before where they began.
inline constexpr std::int64_t kMostCut = 3;

// Offsets [first, last] of a cycle.
struct Offsets {
  std::int64_t first = 0;
  std::int64_t last = 0;
};

struct MonthStep {
  struct Piece {
    std::int64_t moves = 0;  // so many days on
    std::vector<Offsets> offsets;
  };
  std::vector<Piece> pieces;   // every offset lies in one
  std::vector<Offsets> cut;    // those that fall on a shorter month's last day
  std::int64_t first_day = 0;  // days before it would leave the calendar: they land on its first day
  std::int64_t last_day = 0;   // days after it would leave the calendar: they land on its last day
};

MonthStep StepBy(std::int64_t months);

// The least and the greatest number of days that a step of `more` months lies beyond one of `less`, from one day,
// wherever neither leaves the calendar.
Interval Apart(std::int64_t less, std::int64_t more);

}  // namespace cordon::symbolic
