// Scalars over columns; see machine.h.
#include <algorithm>

#include "evaluate/machine_impl.h"
#include "support/assert.h"

namespace cordon::evaluate {

using program::kRows;
using program::ScalarKind;
using program::ScalarNode;

// ---- scalars

void Machine::Impl::Make(const ScalarNode& node, Intervals& made) {
  const std::size_t entries = NumEntries(node.space);
  switch (node.kind) {
    case ScalarKind::kConstant: {
      const bool is_text = node.type == model::TypeKind::kText;
      const std::int64_t number = is_text ? columns_->texts.Find(node.text) : node.number;
      return FillAll(made, entries, {number, number});
    }
    case ScalarKind::kNoValue:
      FillAll(made, entries, {0, 0});
      Fill(made.none, entries, true);
      return;
    case ScalarKind::kSource: {
      const model::Type type = TypeOf(node.source);
      return FromColumn(ColumnOf(node.source, node.space), entries, WholeOf(type.kind, NumLeaves(type)), made);
    }
    case ScalarKind::kToday:
    case ScalarKind::kNow:
      return MakeClock(node, made);
    case ScalarKind::kShift:
      return shifts_.Shift(Scalar(node.a), node.type, node.period, node.direction, entries, made);
    case ScalarKind::kDayOf:
      return DaysOf(Scalar(node.a), entries, made);
    case ScalarKind::kSubtract:
      return Subtract(Scalar(node.a), Scalar(node.b), node.number, entries, made);
    case ScalarKind::kAdd:
      return Add(Scalar(node.a), Scalar(node.b), entries, made);
    case ScalarKind::kMultiply:
      return Multiply(Scalar(node.a), node.number, entries, made);
    case ScalarKind::kConditional:
      return Choose(Condition(node.condition), Scalar(node.a), Scalar(node.b), entries, made);
    case ScalarKind::kGreatest:
    case ScalarKind::kLeast:
      return MakeExtreme(node, made);
    case ScalarKind::kSpread:
      return Gather(Scalar(node.a), Parents(node.space), made);
    case ScalarKind::kPick:
      return Gather(Scalar(node.a), PairsOf(node.space).elements, made);
  }
  CORDON_ASSERT(false);
}

void Machine::Impl::MakeClock(const ScalarNode& node, Intervals& made) {
  const std::size_t entries = NumEntries(kRows);
  const bool is_day = node.kind == ScalarKind::kToday;
  Size(made, entries, is_day);
  for (std::size_t row = 0; row < entries; ++row) {
    const std::int64_t day = columns_->days[row];
    const std::int64_t first = day * calendar::kMinutesPerDay;
    const bool timed = !is_day && facts::BitAt(columns_->timed, row);
    made.low[row] = is_day ? day : timed ? columns_->minutes[row] : first;
    if (!is_day) made.high[row] = timed ? columns_->minutes[row] : first + calendar::kMinutesPerDay - 1;
  }
}

// Of the elements that surely pass the greatest is at least the greatest low end; of those that may it is at most the
// greatest high end. Where there may be none, its value does not matter.
void Machine::Impl::MakeExtreme(const ScalarNode& node, Intervals& made) {
  const bool greatest = node.kind == ScalarKind::kGreatest;
  const std::size_t entries = NumEntries(kRows);
  const Planes& passes = Condition(node.condition);
  const Intervals& of = Scalar(node.a);
  const std::vector<std::uint32_t>& parents = Parents(node.over);
  const Interval whole = WholeOf(node.type, 0);
  std::vector<bool> sure(entries, false);
  std::vector<bool> open(entries, false);
  std::vector<bool> any(entries, false);
  Size(made, entries, false);
  for (std::size_t row = 0; row < entries; ++row) {
    made.low[row] = whole.low;
    made.high[row] = whole.high;
    open[row] = MayHoldMore(program_.spaces[node.over.index].list, row);
  }
  ForEachBit(passes.possible(), parents.size(), [&](std::size_t i) {
    const std::size_t row = parents[i];
    const bool certain = facts::BitAt(passes.sure, i) && IsThere(node.over, i);
    std::int64_t& inner = greatest ? made.low[row] : made.high[row];
    std::int64_t& outer = greatest ? made.high[row] : made.low[row];
    const std::int64_t inner_end = greatest ? of.lows()[i] : of.highs()[i];
    const std::int64_t outer_end = greatest ? of.highs()[i] : of.lows()[i];
    if (certain) inner = sure[row] ? (greatest ? std::max(inner, inner_end) : std::min(inner, inner_end)) : inner_end;
    if (certain) sure[row] = true;
    if (!open[row]) outer = any[row] ? (greatest ? std::max(outer, outer_end) : std::min(outer, outer_end)) : outer_end;
    any[row] = true;
  });
  // With no element that surely passes nothing bounds the inner end, but the elements that may.
  made.exact = std::equal(made.low.begin(), made.low.begin() + static_cast<std::ptrdiff_t>(entries), made.high.begin());
}

}  // namespace cordon::evaluate
