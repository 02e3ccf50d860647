// Loops over intervals; see intervals.h.
#include "evaluate/intervals.h"

#include <algorithm>

#include "evaluate/numbers.h"
#include "evaluate/planes.h"
#include "support/assert.h"

namespace cordon::evaluate {

using facts::CellState;
using model::TypeKind;

Interval WholeOf(TypeKind type, std::size_t num_leaves) {
  switch (type) {
    case TypeKind::kBool:
      return {0, 1};
    case TypeKind::kCategory:
      return {0, static_cast<std::int64_t>(num_leaves) - 1};
    case TypeKind::kDate:
      return {calendar::kFirstDate.days, calendar::kLastDate.days};
    case TypeKind::kDatetime:
      return {calendar::kFirstDatetime.minutes, calendar::kLastDatetime.minutes};
    case TypeKind::kDecimal:
      return {-value::kLargestNumber * value::kDecimalScale, value::kLargestNumber * value::kDecimalScale};
    case TypeKind::kInt:
    case TypeKind::kDuration:
    case TypeKind::kPeriod:
    case TypeKind::kText:
      return {-value::kLargestNumber, value::kLargestNumber};
    case TypeKind::kRecord:
    case TypeKind::kList:
    case TypeKind::kGroup:
      break;
  }
  CORDON_ASSERT(false);
}

void Size(Intervals& made, std::size_t entries, bool exact) {
  const std::size_t size = WordsFor(entries) * 64;
  if (made.low.size() < size) made.low.resize(size);
  if (!exact && made.high.size() < size) made.high.resize(size);
  made.exact = exact;
  made.none.clear();
}

void FillAll(Intervals& made, std::size_t entries, const Interval& all) {
  Size(made, entries, all.low == all.high);
  std::fill_n(made.low.begin(), entries, all.low);
  if (!made.exact) std::fill_n(made.high.begin(), entries, all.high);
}

namespace {

bool IsFull(const facts::Plane& plane, std::size_t entries) {
  const std::size_t words = WordsFor(entries);
  if (words == 0) return true;
  for (std::size_t w = 0; w + 1 < words; ++w) {
    if (plane[w] != ~std::uint64_t{0}) return false;
  }
  return plane[words - 1] == LastMask(entries);
}

}  // namespace

void FromColumn(const facts::ScalarColumn* column, std::size_t entries, const Interval& whole, Intervals& made) {
  if (column == nullptr) {
    FillAll(made, entries, whole);
    return;
  }
  Size(made, entries, IsFull(column->known, entries));
  if (column->kind == TypeKind::kBool) {
    for (std::size_t i = 0; i < entries; ++i) made.low[i] = facts::BitAt(column->truths, i) ? 1 : 0;
  } else if (facts::IsWide(column->kind)) {
    std::copy_n(column->wide.begin(), entries, made.low.begin());
  } else {
    std::copy_n(column->narrow.begin(), entries, made.low.begin());
  }
  if (made.exact) return;
  std::copy_n(made.low.begin(), entries, made.high.begin());
  for (std::size_t w = 0; w < WordsFor(entries); ++w) {
    const std::uint64_t mask = w + 1 == WordsFor(entries) ? LastMask(entries) : ~std::uint64_t{0};
    for (std::uint64_t rest = ~column->known[w] & mask; rest != 0; rest &= rest - 1) {
      const std::size_t i = w * 64 + static_cast<std::size_t>(std::countr_zero(rest));
      made.low[i] = whole.low;
      made.high[i] = whole.high;
    }
  }
  for (const facts::Inexact& inexact : column->inexact) {
    if (inexact.state == CellState::kKnown) {
      if (made.none.empty()) made.none.assign(WordsFor(entries), 0);
      facts::SetBit(made.none, inexact.entry);
    }
    if (inexact.state != CellState::kRange && inexact.state != CellState::kSymbols) continue;
    made.low[inexact.entry] = inexact.first;
    made.high[inexact.entry] = inexact.state == CellState::kRange ? inexact.last : inexact.last - 1;
  }
}

void Gather(const Intervals& a, const std::vector<std::uint32_t>& places, Intervals& made) {
  const std::size_t entries = places.size();
  Size(made, entries, a.exact);
  for (std::size_t i = 0; i < entries; ++i) made.low[i] = a.low[places[i]];
  if (!a.exact) {
    for (std::size_t i = 0; i < entries; ++i) made.high[i] = a.high[places[i]];
  }
  if (a.none.empty()) return;
  made.none.assign(WordsFor(entries), 0);
  for (std::size_t i = 0; i < entries; ++i) {
    if (facts::BitAt(a.none, places[i])) facts::SetBit(made.none, i);
  }
}

namespace {

// Where either side has no value, the result has none.
void MergeNone(const Intervals& a, const Intervals& b, Intervals& made) {
  made.none = a.none;
  if (b.none.empty()) return;
  if (made.none.empty()) {
    made.none = b.none;
    return;
  }
  for (std::size_t w = 0; w < made.none.size(); ++w) made.none[w] |= b.none[w];
}

}  // namespace

void Subtract(const Intervals& a, const Intervals& b, std::int64_t factor, std::size_t entries, Intervals& made) {
  Size(made, entries, a.exact && b.exact);
  const auto difference = [&](std::int64_t x, std::int64_t y) { return MultiplyBounded(AddBounded(x, -y), factor); };
  for (std::size_t i = 0; i < entries; ++i) made.low[i] = difference(a.lows()[i], b.highs()[i]);
  if (!made.exact) {
    for (std::size_t i = 0; i < entries; ++i) made.high[i] = difference(a.highs()[i], b.lows()[i]);
  }
  MergeNone(a, b, made);
}

void Add(const Intervals& a, const Intervals& b, std::size_t entries, Intervals& made) {
  Size(made, entries, a.exact && b.exact);
  for (std::size_t i = 0; i < entries; ++i) made.low[i] = AddBounded(a.lows()[i], b.lows()[i]);
  if (!made.exact) {
    for (std::size_t i = 0; i < entries; ++i) made.high[i] = AddBounded(a.highs()[i], b.highs()[i]);
  }
  MergeNone(a, b, made);
}

void Multiply(const Intervals& a, std::int64_t factor, std::size_t entries, Intervals& made) {
  Size(made, entries, a.exact);
  const std::int64_t* lows = factor >= 0 ? a.lows() : a.highs();
  const std::int64_t* highs = factor >= 0 ? a.highs() : a.lows();
  for (std::size_t i = 0; i < entries; ++i) made.low[i] = MultiplyBounded(lows[i], factor);
  if (!made.exact) {
    for (std::size_t i = 0; i < entries; ++i) made.high[i] = MultiplyBounded(highs[i], factor);
  }
  made.none = a.none;
}

void Choose(const Planes& condition, const Intervals& a, const Intervals& b, std::size_t entries, Intervals& made) {
  Size(made, entries, condition.exact && a.exact && b.exact);
  if (!a.none.empty() || !b.none.empty()) made.none.assign(WordsFor(entries), 0);
  for (std::size_t i = 0; i < entries; ++i) {
    const bool may_hold = facts::BitAt(condition.possible(), i);
    const bool may_fail = !facts::BitAt(condition.sure, i);
    const bool none_a = !a.none.empty() && facts::BitAt(a.none, i);
    const bool none_b = !b.none.empty() && facts::BitAt(b.none, i);
    if ((may_hold && !may_fail && none_a) || (may_fail && !may_hold && none_b)) facts::SetBit(made.none, i);
    std::int64_t low = may_hold ? a.lows()[i] : b.lows()[i];
    std::int64_t high = may_hold ? a.highs()[i] : b.highs()[i];
    if (may_hold && may_fail) {
      low = std::min(low, b.lows()[i]);
      high = std::max(high, b.highs()[i]);
      // Whether there is a value at all is open too.
      if (none_a || none_b) {
        low = -kLargestResult;
        high = kLargestResult;
      }
    }
    made.low[i] = low;
    if (!made.exact) made.high[i] = high;
  }
}

void DaysOf(const Intervals& a, std::size_t entries, Intervals& made) {
  Size(made, entries, a.exact);
  for (std::size_t i = 0; i < entries; ++i) made.low[i] = FloorDivide(a.low[i], calendar::kMinutesPerDay);
  if (!a.exact) {
    for (std::size_t i = 0; i < entries; ++i) made.high[i] = FloorDivide(a.high[i], calendar::kMinutesPerDay);
  }
  made.none = a.none;
}

namespace {

constexpr std::int32_t kNotYet = INT32_MIN;

}  // namespace

std::int64_t Shifts::ShiftDate(std::int64_t days, std::vector<std::int32_t>& table, const calendar::Period& period,
                               int direction) const {
  const std::int64_t at = days - calendar::kFirstDate.days;
  if (at < 0 || at >= static_cast<std::int64_t>(table.size())) {
    return calendar::Shift(calendar::Date{days}, period, direction).days;
  }
  std::int32_t& entry = table[static_cast<std::size_t>(at)];
  if (entry == kNotYet) {
    entry = static_cast<std::int32_t>(calendar::Shift(calendar::Date{days}, period, direction).days);
  }
  return entry;
}

void Shifts::Shift(const Intervals& a, TypeKind type, const calendar::Period& period, int direction,
                   std::size_t entries, Intervals& made) {
  Size(made, entries, a.exact);
  made.none = a.none;
  const auto each = [&](const auto& shift) {
    for (std::size_t i = 0; i < entries; ++i) made.low[i] = shift(a.low[i]);
    if (a.exact) return;
    for (std::size_t i = 0; i < entries; ++i) made.high[i] = shift(a.high[i]);
  };
  if (type == TypeKind::kDate && period.is_calendar()) {
    std::vector<std::int32_t>& table = months_[{period.months, direction}];
    if (table.empty()) {
      table.assign(static_cast<std::size_t>(calendar::kLastDate.days - calendar::kFirstDate.days) + 1, kNotYet);
    }
    each([&](std::int64_t days) { return ShiftDate(days, table, period, direction); });
  } else if (type == TypeKind::kDate) {
    each([&](std::int64_t days) { return calendar::Shift(calendar::Date{days}, period, direction).days; });
  } else {
    each([&](std::int64_t minutes) { return calendar::Shift(calendar::Datetime{minutes}, period, direction).minutes; });
  }
}

}  // namespace cordon::evaluate
