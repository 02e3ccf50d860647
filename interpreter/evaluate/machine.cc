// Conditions and scalars over columns, worked out when they are asked for; see machine.h.
#include "evaluate/machine.h"

#include <algorithm>
#include <map>

#include "evaluate/combine.h"
#include "evaluate/intervals.h"
#include "evaluate/planes.h"
#include "evaluate/row_keys.h"
#include "support/assert.h"

namespace cordon::evaluate {

using facts::Plane;
using program::BoolId;
using program::BoolKind;
using program::BoolNode;
using program::kRows;
using program::ScalarId;
using program::ScalarKind;
using program::ScalarNode;
using program::SpaceId;
using value::Truth;

class Machine::Impl {
 public:
  explicit Impl(const program::Program& program)
      : program_(program),
        policy_(*program.policy),
        bools_(program.bools.size()),
        scalars_(program.scalars.size()),
        spaces_(program.spaces.size()),
        outputs_(program.outputs.size()) {
    for (const program::Mask& mask : program.masks) {
      std::vector<std::uint32_t>& before = counts_.emplace_back(1, 0);
      for (const bool in : mask) before.push_back(before.back() + (in ? 1 : 0));
    }
  }

  void Run(const facts::Columns& columns, Learning learning) {
    columns_ = &columns;
    learning_ = learning;
    ++run_;
  }

  const Planes& Condition(BoolId id) {
    Made<Planes>& made = bools_[id.index];
    if (made.run != run_) {
      // Marked first: what it asks for stands before it, and asks nothing of it.
      made.run = run_;
      Make(program_.bools[id.index], made.value);
    }
    return made.value;
  }

  const Intervals& Scalar(ScalarId id) {
    Made<Intervals>& made = scalars_[id.index];
    if (made.run != run_) {
      made.run = run_;
      Make(program_.scalars[id.index], made.value);
    }
    return made.value;
  }

  std::size_t NumEntries(SpaceId space) {
    if (space == kRows) return columns_->num_rows();
    return Parents(space).size();
  }

  const std::vector<std::uint32_t>& Parents(SpaceId id) {
    const program::Space& space = program_.spaces[id.index];
    if (space.parent == kRows) return columns_->facts[space.list.index].touched ? ListOf(space).owners : nothing_;
    return PairsOf(id).parents;
  }

  const AnswerSets& AnswersOf(model::OutputId output);

 private:
  template <typename T>
  struct Made {
    T value;
    std::uint64_t run = 0;
  };
  // Some elements of a list for each of some entries.
  struct Pairs {
    std::vector<std::uint32_t> parents;
    std::vector<std::uint32_t> elements;
  };
  struct OutputState {
    AnswerSets answers;
    std::unique_ptr<RowKeys> keys;
    std::vector<std::uint16_t> code_of;  // by key number
    std::vector<std::uint32_t> numbers;
    std::uint64_t run = 0;
  };

  // ---- lists

  const facts::ListColumn& ListOf(const program::Space& space) const { return columns_->facts[space.list.index].list; }

  std::uint32_t RowOf(SpaceId space, std::uint32_t entry) {
    while (space != kRows) {
      entry = Parents(space)[entry];
      space = program_.spaces[space.index].parent;
    }
    return entry;
  }

  const Pairs& PairsOf(SpaceId id) {
    Made<Pairs>& made = spaces_[id.index];
    if (made.run == run_) return made.value;
    made.run = run_;
    made.value.parents.clear();
    made.value.elements.clear();
    const program::Space& space = program_.spaces[id.index];
    if (!columns_->facts[space.list.index].touched) return made.value;
    const facts::ListColumn& list = ListOf(space);
    const auto pair = [&](std::size_t entry) {
      const std::uint32_t row = RowOf(space.parent, static_cast<std::uint32_t>(entry));
      for (std::uint32_t element = list.offsets[row]; element < list.offsets[row + 1]; ++element) {
        made.value.parents.push_back(static_cast<std::uint32_t>(entry));
        made.value.elements.push_back(element);
      }
    };
    const std::size_t entries = NumEntries(space.parent);
    if (space.guard.valid()) {
      ForEachBit(Condition(space.guard).possible(), entries, pair);
    } else {
      for (std::size_t entry = 0; entry < entries; ++entry) pair(entry);
    }
    return made.value;
  }

  // Whether row `row`'s list may hold more elements than are given.
  bool MayHoldMore(model::FactId list, std::size_t row) const {
    const facts::FactColumn& fact = columns_->facts[list.index];
    return !fact.touched || !facts::BitAt(fact.list.given, row) || facts::BitAt(fact.list.open, row);
  }

  // Whether elements that `space` takes may be there or not; and whether one is there for certain.
  bool MayBeMissing(SpaceId space) const {
    const facts::FactColumn& fact = columns_->facts[program_.spaces[space.index].list.index];
    return fact.touched && !fact.list.maybe.empty();
  }
  bool IsThere(SpaceId space, std::size_t entry) {
    const program::Space& at = program_.spaces[space.index];
    const Plane& maybe = ListOf(at).maybe;
    return maybe.empty() || !facts::BitAt(maybe, at.parent == kRows ? entry : PairsOf(space).elements[entry]);
  }

  // Sets the entries of the parent's space of which the list may hold more. Returns whether there are any.
  bool AddOpen(SpaceId over, Plane& plane) {
    const program::Space& space = program_.spaces[over.index];
    const std::size_t entries = NumEntries(space.parent);
    const facts::FactColumn& fact = columns_->facts[space.list.index];
    if (space.parent == kRows) {
      std::uint64_t any = 0;
      for (std::size_t w = 0; w < plane.size(); ++w) {
        const std::uint64_t mask = w + 1 == plane.size() ? LastMask(entries) : ~std::uint64_t{0};
        const std::uint64_t closed = fact.touched ? fact.list.given[w] & ~fact.list.open[w] : 0;
        any |= ~closed & mask;
        plane[w] |= ~closed & mask;
      }
      return any != 0;
    }
    bool any = false;
    for (std::size_t entry = 0; entry < entries; ++entry) {
      if (!MayHoldMore(space.list, RowOf(space.parent, static_cast<std::uint32_t>(entry)))) continue;
      facts::SetBit(plane, entry);
      any = true;
    }
    return any;
  }

  // ---- columns

  const facts::ScalarColumn* ColumnOf(const program::Source& source, SpaceId space) const {
    const facts::FactColumn& fact = columns_->facts[source.fact.index];
    if (!fact.touched) return nullptr;
    if (space != kRows) return &fact.list.fields[*source.field];
    return source.field ? &fact.fields[*source.field] : &fact.scalar;
  }

  model::Type TypeOf(const program::Source& source) const {
    const model::Type& type = policy_.facts[source.fact.index].type;
    const model::Type held = type.kind == model::TypeKind::kList ? ElementType(type) : type;
    if (held.kind != model::TypeKind::kRecord || !source.field) return held;
    return policy_.records[held.record.index].fields[*source.field].type;
  }

  std::size_t NumLeaves(const model::Type& type) const {
    return type.kind == model::TypeKind::kCategory ? policy_.categories[type.category.index].leaves.size() : 0;
  }

  // ---- conditions

  void Make(const BoolNode& node, Planes& made);
  void MakeTruth(const BoolNode& node, Planes& made);
  void MakeComparison(const BoolNode& node, Planes& made);
  void MakeMember(const BoolNode& node, Planes& made);
  void MakeNot(const BoolNode& node, Planes& made);
  void MakeConnected(const BoolNode& node, Planes& made);
  void MakeGathered(const Planes& from, const std::vector<std::uint32_t>& places, Planes& made);
  void MakeSome(const BoolNode& node, Planes& made);
  void MakeCount(const BoolNode& node, Planes& made);
  void MakeNotEmpty(const BoolNode& node, Planes& made);
  void MakeIsKnown(const BoolNode& node, Planes& made);
  void MakeIsNone(const BoolNode& node, Planes& made);
  void MakeAnswer(const BoolNode& node, Planes& made);

  // ---- scalars

  void Make(const ScalarNode& node, Intervals& made);
  void MakeClock(const ScalarNode& node, Intervals& made);
  void MakeExtreme(const ScalarNode& node, Intervals& made);

  // ---- answers

  std::uint16_t CodeOf(model::OutputId output, KeyWords key);

  const program::Program& program_;
  const model::Policy& policy_;
  const facts::Columns* columns_ = nullptr;
  Learning learning_ = Learning::kMay;
  std::uint64_t run_ = 0;
  std::vector<Made<Planes>> bools_;
  std::vector<Made<Intervals>> scalars_;
  std::vector<Made<Pairs>> spaces_;
  std::vector<OutputState> outputs_;
  std::vector<std::vector<std::uint32_t>> counts_;  // by mask: how many leaves before this one are in
  std::vector<std::uint32_t> nothing_;
  Shifts shifts_;
};

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

// ---- answers

const AnswerSets& Machine::Impl::AnswersOf(model::OutputId output) {
  OutputState& state = outputs_[output.index];
  if (state.run == run_) return state.answers;
  state.run = run_;
  const program::OutputCode& code = program_.outputs[output.index];
  std::vector<const Plane*> planes;
  const auto add = [&](BoolId id) {
    const Planes& condition = Condition(id);
    planes.push_back(&condition.sure);
    planes.push_back(&condition.possible());
  };
  add(code.inside);
  for (const program::Voice& voice : code.groups) add(voice.stands);
  if (!state.keys) state.keys = std::make_unique<RowKeys>(planes.size());
  state.keys->Number(planes, NumEntries(kRows), state.numbers);
  for (std::size_t number = state.code_of.size(); number < state.keys->size(); ++number) {
    state.code_of.push_back(CodeOf(output, state.keys->key(static_cast<std::uint32_t>(number))));
  }
  state.answers.codes.resize(state.numbers.size());
  for (std::size_t row = 0; row < state.numbers.size(); ++row) {
    state.answers.codes[row] = state.code_of[state.numbers[row]];
  }
  return state.answers;
}

std::vector<Answer> AnswersFor(const model::Policy& policy, const program::OutputCode& code,
                               const std::vector<program::Voice>& voices, KeyWords key, std::size_t bit) {
  const auto verdict = [&](std::size_t at) {
    const Truth possible = KeyBit(key, at + 1) ? Truth::kUnknown : Truth::kFalse;
    return Verdict{KeyBit(key, at) ? Truth::kTrue : possible, nullptr};
  };
  const Verdict inside = verdict(bit);
  if (inside.truth == Truth::kFalse) return {NotCoveredAnswer{}};
  std::vector<Voice> standing;
  for (std::size_t i = 0; i < voices.size(); ++i) {
    Voice voice{voices[i].value, voices[i].judgement, voices[i].exactly, verdict(bit + 2 + 2 * i)};
    if (voice.stands.truth != Truth::kFalse) standing.push_back(std::move(voice));
  }
  return Combine(policy, code.output, inside, standing).possible;
}

std::uint16_t Machine::Impl::CodeOf(model::OutputId output, KeyWords key) {
  const std::vector<Answer> set =
      AnswersFor(policy_, program_.outputs[output.index], program_.outputs[output.index].groups, key, 0);
  std::vector<std::vector<Answer>>& sets = outputs_[output.index].answers.sets;
  const auto code = static_cast<std::uint16_t>(std::find(sets.begin(), sets.end(), set) - sets.begin());
  if (code == sets.size()) sets.push_back(set);
  return code;
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
