// Conditions over columns, worked out when they are asked for; see machine.h.
#include "evaluate/machine.h"

#include <algorithm>

#include "evaluate/combine.h"
#include "evaluate/machine_impl.h"
#include "support/assert.h"

namespace cordon::evaluate {

using facts::Plane;
using program::BoolId;
using program::BoolKind;
using program::BoolNode;
using program::kRows;
using program::ScalarId;
using program::SpaceId;
using value::Truth;

// ---- conditions

void Machine::Impl::Make(const BoolNode& node, Planes& made) {
  switch (node.kind) {
    case BoolKind::kConstant:
      Fill(made.sure, NumEntries(node.space), node.truth);
      made.exact = true;
      return;
    case BoolKind::kTruth:
      return MakeTruth(node, made);
    case BoolKind::kLessEqual:
    case BoolKind::kEqual:
      return MakeComparison(node, made);
    case BoolKind::kMember:
      return MakeMember(node, made);
    case BoolKind::kNot:
      return MakeNot(node, made);
    case BoolKind::kAnd:
    case BoolKind::kOr:
      return MakeConnected(node, made);
    case BoolKind::kSpread:
      return MakeGathered(Condition(node.args[0]), Parents(node.space), made);
    case BoolKind::kPick:
      return MakeGathered(Condition(node.args[0]), PairsOf(node.space).elements, made);
    case BoolKind::kSome:
      return MakeSome(node, made);
    case BoolKind::kCount:
      return MakeCount(node, made);
    case BoolKind::kNotEmpty:
      return MakeNotEmpty(node, made);
    case BoolKind::kIsKnown:
      return MakeIsKnown(node, made);
    case BoolKind::kIsNone:
      return MakeIsNone(node, made);
    case BoolKind::kAnswer:
      return MakeAnswer(node, made);
  }
  CORDON_ASSERT(false);
}

void Machine::Impl::MakeTruth(const BoolNode& node, Planes& made) {
  const std::size_t entries = NumEntries(node.space);
  const facts::ScalarColumn* column = ColumnOf(node.source, node.space);
  if (column == nullptr) {
    Fill(made.sure, entries, false);
    Fill(made.may, entries, true);
    made.exact = entries == 0;
    return;
  }
  const std::size_t words = WordsFor(entries);
  made.sure.assign(column->truths.begin(), column->truths.begin() + static_cast<std::ptrdiff_t>(words));
  made.may.resize(words);
  std::uint64_t unknown = 0;
  for (std::size_t w = 0; w < words; ++w) {
    const std::uint64_t mask = w + 1 == words ? LastMask(entries) : ~std::uint64_t{0};
    made.may[w] = (column->truths[w] | ~column->known[w]) & mask;
    unknown |= ~column->known[w] & mask;
  }
  made.exact = unknown == 0;
  if (made.exact) return;
  for (const facts::Inexact& inexact : column->inexact) {
    if (inexact.state == facts::CellState::kKnown) facts::ClearBit(made.may, inexact.entry);
  }
}

void Machine::Impl::MakeComparison(const BoolNode& node, Planes& made) {
  const std::size_t entries = NumEntries(node.space);
  const Intervals& a = Scalar(node.a);
  const Intervals& b = Scalar(node.b);
  made.exact = a.exact && b.exact;
  if (node.kind == BoolKind::kLessEqual) {
    CompareLessEqual(a.highs(), b.lows(), entries, made.sure);
    if (!made.exact) CompareLessEqual(a.lows(), b.highs(), entries, made.may);
  } else if (made.exact) {
    CompareEqual(a.lows(), b.lows(), entries, made.sure);
  } else {
    // Equal for certain: both are one value; possibly: they meet.
    CompareLessEqual(a.highs(), b.lows(), entries, made.sure);
    CompareLessEqual(b.highs(), a.lows(), entries, made.may);
    for (std::size_t w = 0; w < made.sure.size(); ++w) made.sure[w] &= made.may[w];
    Plane other;
    CompareLessEqual(a.lows(), b.highs(), entries, made.may);
    CompareLessEqual(b.lows(), a.highs(), entries, other);
    for (std::size_t w = 0; w < made.may.size(); ++w) made.may[w] &= other[w];
  }
  if (a.none.empty() && b.none.empty()) return;
  // A value that there is not is comparable to nothing, and equal to nothing but another such.
  const auto none = [](const Intervals& x, std::size_t w) { return x.none.empty() ? 0 : x.none[w]; };
  for (std::size_t w = 0; w < made.sure.size(); ++w) {
    const std::uint64_t either = none(a, w) | none(b, w);
    const std::uint64_t both = node.kind == BoolKind::kEqual ? none(a, w) & none(b, w) : 0;
    made.sure[w] = (made.sure[w] & ~either) | both;
    if (!made.exact) made.may[w] = (made.may[w] & ~either) | both;
  }
}

void Machine::Impl::MakeMember(const BoolNode& node, Planes& made) {
  const std::size_t entries = NumEntries(node.space);
  const Intervals& symbol = Scalar(node.a);
  const std::vector<std::uint32_t>& before = counts_[node.mask.index];
  made.exact = symbol.exact;
  made.sure.assign(WordsFor(entries), 0);
  if (!made.exact) made.may.assign(WordsFor(entries), 0);
  for (std::size_t i = 0; i < entries; ++i) {
    const auto low = static_cast<std::size_t>(symbol.lows()[i]);
    const auto high = static_cast<std::size_t>(symbol.highs()[i]);
    const std::uint32_t inside = before[high + 1] - before[low];
    made.sure[i / 64] |= std::uint64_t{inside == high - low + 1} << (i % 64);
    if (!made.exact) made.may[i / 64] |= std::uint64_t{inside > 0} << (i % 64);
  }
  for (std::size_t w = 0; w < symbol.none.size(); ++w) {
    made.sure[w] &= ~symbol.none[w];
    if (!made.exact) made.may[w] &= ~symbol.none[w];
  }
}

void Machine::Impl::MakeNot(const BoolNode& node, Planes& made) {
  const Planes& arg = Condition(node.args[0]);
  const std::size_t words = arg.sure.size();
  const std::uint64_t last = LastMask(NumEntries(node.space));
  made.exact = arg.exact;
  made.sure.resize(words);
  for (std::size_t w = 0; w < words; ++w) made.sure[w] = ~arg.possible()[w];
  if (words > 0) made.sure.back() &= last;
  if (made.exact) return;
  made.may.resize(words);
  for (std::size_t w = 0; w < words; ++w) made.may[w] = ~arg.sure[w];
  if (words > 0) made.may.back() &= last;
}

void Machine::Impl::MakeConnected(const BoolNode& node, Planes& made) {
  const bool is_and = node.kind == BoolKind::kAnd;
  const Planes& first = Condition(node.args[0]);
  made.sure = first.sure;
  made.exact = first.exact;
  if (!made.exact) made.may = first.may;
  for (std::size_t i = 1; i < node.args.size(); ++i) {
    const Planes& arg = Condition(node.args[i]);
    if (made.exact && !arg.exact) {
      made.may = made.sure;
      made.exact = false;
    }
    const std::size_t words = made.sure.size();
    const Plane& possible = arg.possible();
    if (is_and) {
      for (std::size_t w = 0; w < words; ++w) made.sure[w] &= arg.sure[w];
      for (std::size_t w = 0; w < words && !made.exact; ++w) made.may[w] &= possible[w];
    } else {
      for (std::size_t w = 0; w < words; ++w) made.sure[w] |= arg.sure[w];
      for (std::size_t w = 0; w < words && !made.exact; ++w) made.may[w] |= possible[w];
    }
  }
}

void Machine::Impl::MakeGathered(const Planes& from, const std::vector<std::uint32_t>& places, Planes& made) {
  made.exact = from.exact;
  const auto gather = [&](const Plane& source, Plane& target) {
    target.assign(WordsFor(places.size()), 0);
    for (std::size_t i = 0; i < places.size(); ++i) {
      target[i / 64] |= std::uint64_t{facts::BitAt(source, places[i])} << (i % 64);
    }
  };
  gather(from.sure, made.sure);
  if (!made.exact) gather(from.may, made.may);
}

void Machine::Impl::MakeSome(const BoolNode& node, Planes& made) {
  const std::size_t entries = NumEntries(node.space);
  const Planes& body = Condition(node.args[0]);
  const std::vector<std::uint32_t>& parents = Parents(node.over);
  const bool doubtful = MayBeMissing(node.over);
  Fill(made.sure, entries, false);
  ForEachBit(body.sure, parents.size(), [&](std::size_t i) {
    if (!doubtful || IsThere(node.over, i)) facts::SetBit(made.sure, parents[i]);
  });
  made.may = made.sure;
  if (!body.exact || doubtful) {
    ForEachBit(body.possible(), parents.size(), [&](std::size_t i) { facts::SetBit(made.may, parents[i]); });
  }
  const bool open = AddOpen(node.over, made.may);
  made.exact = body.exact && !doubtful && !open;
}

void Machine::Impl::MakeCount(const BoolNode& node, Planes& made) {
  const std::size_t entries = NumEntries(node.space);
  const Planes& body = Condition(node.args[0]);
  const std::vector<std::uint32_t>& parents = Parents(node.over);
  const auto count = [&](const Plane& passing, Plane& plane) {
    std::vector<std::int64_t> counts(entries, 0);
    ForEachBit(passing, parents.size(), [&](std::size_t i) { ++counts[parents[i]]; });
    Fill(plane, entries, false);
    for (std::size_t i = 0; i < entries; ++i) {
      if (counts[i] >= node.count) facts::SetBit(plane, i);
    }
  };
  const bool doubtful = MayBeMissing(node.over);
  Plane sure = body.sure;
  if (doubtful) {
    ForEachBit(body.sure, parents.size(), [&](std::size_t i) {
      if (!IsThere(node.over, i)) facts::ClearBit(sure, i);
    });
  }
  count(sure, made.sure);
  count(body.possible(), made.may);
  // One that may be there may be there any number of times.
  ForEachBit(body.possible(), doubtful ? parents.size() : 0, [&](std::size_t i) {
    if (!IsThere(node.over, i)) facts::SetBit(made.may, parents[i]);
  });
  const bool open = AddOpen(node.over, made.may);
  made.exact = body.exact && !doubtful && !open;
}

void Machine::Impl::MakeNotEmpty(const BoolNode& node, Planes& made) {
  Fill(made.sure, NumEntries(node.space), false);
  const std::vector<std::uint32_t>& parents = Parents(node.over);
  const bool doubtful = MayBeMissing(node.over);
  made.may = made.sure;
  for (std::size_t i = 0; i < parents.size(); ++i) {
    facts::SetBit(made.may, parents[i]);
    if (!doubtful || IsThere(node.over, i)) facts::SetBit(made.sure, parents[i]);
  }
  made.exact = !AddOpen(node.over, made.may) && !doubtful;
}

void Machine::Impl::MakeIsKnown(const BoolNode& node, Planes& made) {
  const std::size_t entries = NumEntries(node.space);
  const facts::FactColumn& fact = columns_->facts[node.source.fact.index];
  const model::Fact& declared = policy_.facts[node.source.fact.index];
  Fill(made.sure, entries, false);
  const bool whole = node.space == kRows && !node.source.field;
  if (fact.touched && whole && declared.type.kind == model::TypeKind::kList) {
    std::copy_n(fact.list.given.begin(), made.sure.size(), made.sure.begin());
  } else if (fact.touched && whole && declared.type.kind == model::TypeKind::kRecord) {
    std::copy_n(fact.given.begin(), made.sure.size(), made.sure.begin());
  } else if (const facts::ScalarColumn* column = ColumnOf(node.source, node.space)) {
    std::copy_n(column->known.begin(), made.sure.size(), made.sure.begin());
    for (const facts::Inexact& inexact : column->inexact) {
      const bool given = inexact.state != facts::CellState::kNull;
      const bool exact = inexact.state == facts::CellState::kKnown;
      if (declared.is_decision ? exact : given) facts::SetBit(made.sure, inexact.entry);
    }
  }
  // A decision is there or is not: it is never sought.
  made.exact = declared.is_decision || learning_ == Learning::kNever;
  if (!made.exact) Fill(made.may, entries, true);
}

void Machine::Impl::MakeIsNone(const BoolNode& node, Planes& made) {
  const std::size_t entries = NumEntries(node.space);
  Fill(made.sure, entries, false);
  Fill(made.may, entries, true);
  made.exact = false;
  if (!TypeOf(node.source).or_none) Fill(made.may, entries, false);
  const facts::FactColumn& fact = columns_->facts[node.source.fact.index];
  const bool is_record = policy_.facts[node.source.fact.index].type.kind == model::TypeKind::kRecord;
  if (fact.touched && is_record && !node.source.field) {
    for (std::size_t w = 0; w < made.may.size(); ++w) {
      made.sure[w] = fact.none[w];
      made.may[w] &= ~fact.given[w] | fact.none[w];
    }
    return;
  }
  const facts::ScalarColumn* column = ColumnOf(node.source, node.space);
  if (column == nullptr) return;
  for (std::size_t w = 0; w < made.may.size(); ++w) made.may[w] &= ~column->known[w];
  for (const facts::Inexact& inexact : column->inexact) {
    if (inexact.state == facts::CellState::kKnown) facts::SetBit(made.sure, inexact.entry);
    if (inexact.state == facts::CellState::kKnown) facts::SetBit(made.may, inexact.entry);
    const bool has_value = inexact.state == facts::CellState::kRange || inexact.state == facts::CellState::kSymbols;
    if (has_value) facts::ClearBit(made.may, inexact.entry);
  }
}

void Machine::Impl::MakeAnswer(const BoolNode& node, Planes& made) {
  const AnswerSets& answers = AnswersOf(node.output);
  std::vector<Truth> truths;
  for (const std::vector<Answer>& set : answers.sets) {
    const auto num = std::count_if(set.begin(), set.end(),
                                   [&](const Answer& answer) { return Passes(node.test, node.value, answer); });
    const bool all = num == static_cast<std::ptrdiff_t>(set.size());
    truths.push_back(num == 0 ? Truth::kFalse : all ? Truth::kTrue : Truth::kUnknown);
  }
  const std::size_t entries = NumEntries(kRows);
  Fill(made.sure, entries, false);
  Fill(made.may, entries, false);
  made.exact = true;
  for (std::size_t row = 0; row < entries; ++row) {
    const Truth truth = truths[answers.codes[row]];
    made.sure[row / 64] |= std::uint64_t{truth == Truth::kTrue} << (row % 64);
    made.may[row / 64] |= std::uint64_t{truth != Truth::kFalse} << (row % 64);
    made.exact = made.exact && truth != Truth::kUnknown;
  }
}

// ---- the public face

Machine::Machine(const program::Program& program) : impl_(std::make_unique<Impl>(program)) {}
Machine::~Machine() = default;
void Machine::Run(const facts::Columns& columns, Learning learning) { impl_->Run(columns, learning); }
const Planes& Machine::Condition(BoolId id) { return impl_->Condition(id); }
const Intervals& Machine::Scalar(ScalarId id) { return impl_->Scalar(id); }
std::size_t Machine::NumEntries(SpaceId space) { return impl_->NumEntries(space); }
const std::vector<std::uint32_t>& Machine::Parents(SpaceId space) { return impl_->Parents(space); }
const AnswerSets& Machine::AnswersOf(model::OutputId output) { return impl_->AnswersOf(output); }

}  // namespace cordon::evaluate
