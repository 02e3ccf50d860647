// The inside of Machine: one run's conditions, scalars, lists and answers. Inside evaluate/ only; see machine.h.
#pragma once

#include <memory>
#include <vector>

#include "evaluate/intervals.h"
#include "evaluate/machine.h"
#include "evaluate/planes.h"
#include "evaluate/row_keys.h"

namespace cordon::evaluate {

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

  const Planes& Condition(program::BoolId id) {
    Made<Planes>& made = bools_[id.index];
    if (made.run != run_) {
      // Marked first: what it asks for stands before it, and asks nothing of it.
      made.run = run_;
      Make(program_.bools[id.index], made.value);
    }
    return made.value;
  }

  const Intervals& Scalar(program::ScalarId id) {
    Made<Intervals>& made = scalars_[id.index];
    if (made.run != run_) {
      made.run = run_;
      Make(program_.scalars[id.index], made.value);
    }
    return made.value;
  }

  std::size_t NumEntries(program::SpaceId space) {
    if (space == program::kRows) return columns_->num_rows();
    return Parents(space).size();
  }

  const std::vector<std::uint32_t>& Parents(program::SpaceId id) {
    const program::Space& space = program_.spaces[id.index];
    if (space.parent == program::kRows)
      return columns_->facts[space.list.index].touched ? ListOf(space).owners : nothing_;
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

  std::uint32_t RowOf(program::SpaceId space, std::uint32_t entry) {
    while (space != program::kRows) {
      entry = Parents(space)[entry];
      space = program_.spaces[space.index].parent;
    }
    return entry;
  }

  const Pairs& PairsOf(program::SpaceId id) {
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
  bool MayBeMissing(program::SpaceId space) const {
    const facts::FactColumn& fact = columns_->facts[program_.spaces[space.index].list.index];
    return fact.touched && !fact.list.maybe.empty();
  }
  bool IsThere(program::SpaceId space, std::size_t entry) {
    const program::Space& at = program_.spaces[space.index];
    const facts::Plane& maybe = ListOf(at).maybe;
    return maybe.empty() || !facts::BitAt(maybe, at.parent == program::kRows ? entry : PairsOf(space).elements[entry]);
  }

  // Sets the entries of the parent's space of which the list may hold more. Returns whether there are any.
  bool AddOpen(program::SpaceId over, facts::Plane& plane) {
    const program::Space& space = program_.spaces[over.index];
    const std::size_t entries = NumEntries(space.parent);
    const facts::FactColumn& fact = columns_->facts[space.list.index];
    if (space.parent == program::kRows) {
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

  const facts::ScalarColumn* ColumnOf(const program::Source& source, program::SpaceId space) const {
    const facts::FactColumn& fact = columns_->facts[source.fact.index];
    if (!fact.touched) return nullptr;
    if (space != program::kRows) return &fact.list.fields[*source.field];
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

  void Make(const program::BoolNode& node, Planes& made);
  void MakeTruth(const program::BoolNode& node, Planes& made);
  void MakeComparison(const program::BoolNode& node, Planes& made);
  void MakeMember(const program::BoolNode& node, Planes& made);
  void MakeNot(const program::BoolNode& node, Planes& made);
  void MakeConnected(const program::BoolNode& node, Planes& made);
  void MakeGathered(const Planes& from, const std::vector<std::uint32_t>& places, Planes& made);
  void MakeSome(const program::BoolNode& node, Planes& made);
  void MakeCount(const program::BoolNode& node, Planes& made);
  void MakeNotEmpty(const program::BoolNode& node, Planes& made);
  void MakeIsKnown(const program::BoolNode& node, Planes& made);
  void MakeIsNone(const program::BoolNode& node, Planes& made);
  void MakeAnswer(const program::BoolNode& node, Planes& made);

  // ---- scalars

  void Make(const program::ScalarNode& node, Intervals& made);
  void MakeClock(const program::ScalarNode& node, Intervals& made);
  void MakeExtreme(const program::ScalarNode& node, Intervals& made);

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

}  // namespace cordon::evaluate
