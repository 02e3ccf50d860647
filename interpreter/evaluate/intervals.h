// Intervals of many entries at once: what machine.h's scalars are made of.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "calendar/calendar.h"
#include "evaluate/machine.h"
#include "facts/columns.h"
#include "model/model.h"

namespace cordon::evaluate {

// A closed interval of numbers.
struct Interval {
  std::int64_t low = 0;
  std::int64_t high = 0;
};

// All values of a type. `num_leaves`: of a category's.
Interval WholeOf(model::TypeKind type, std::size_t num_leaves);

// Makes room for `entries`, up to a whole number of 64; those past the last are 0.
void Size(Intervals& made, std::size_t entries, bool exact);

// Every entry the same.
void FillAll(Intervals& made, std::size_t entries, const Interval& all);

// A column's entries; what is not given is anywhere in `whole`. Nothing is given where `column` is null.
void FromColumn(const facts::ScalarColumn* column, std::size_t entries, const Interval& whole, Intervals& made);

// made[i] = a[places[i]].
void Gather(const Intervals& a, const std::vector<std::uint32_t>& places, Intervals& made);

// (a - b) * factor, with a positive factor; a + b; a * factor.
void Subtract(const Intervals& a, const Intervals& b, std::int64_t factor, std::size_t entries, Intervals& made);
void Add(const Intervals& a, const Intervals& b, std::size_t entries, Intervals& made);
void Multiply(const Intervals& a, std::int64_t factor, std::size_t entries, Intervals& made);

// a where `condition` holds, b where it does not, and what covers both where that is not known.
void Choose(const Planes& condition, const Intervals& a, const Intervals& b, std::size_t entries, Intervals& made);

// The day of a datetime.
void DaysOf(const Intervals& a, std::size_t entries, Intervals& made);

// Calendar steps of dates. Months are looked up, in a table that is filled as it is used.
class Shifts {
 public:
  void Shift(const Intervals& a, model::TypeKind type, const calendar::Period& period, int direction,
             std::size_t entries, Intervals& made);

 private:
  std::int64_t ShiftDate(std::int64_t days, std::vector<std::int32_t>& table, const calendar::Period& period,
                         int direction) const;

  std::map<std::pair<std::int64_t, int>, std::vector<std::int32_t>> months_;
};

}  // namespace cordon::evaluate
