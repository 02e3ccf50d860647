// Turns a subject's cells into variables; see view.h.
#include "evaluate/view.h"

#include <algorithm>

#include "support/assert.h"

namespace cordon::evaluate {
namespace {

using facts::CellState;
using model::Type;
using model::TypeKind;

bool AsksWhatIsKnown(const model::Policy& policy) {
  return std::any_of(policy.exprs.begin(), policy.exprs.end(),
                     [](const model::Expr& e) { return e.kind == model::ExprKind::kIsKnown; });
}

class Maker {
 public:
  Maker(const model::Policy& policy, World& world, std::size_t view_index)
      : policy_(policy), world_(world), view_index_(view_index), asks_what_is_known_(AsksWhatIsKnown(policy)) {}

  std::vector<Root>* roots = nullptr;
  const Shared* shared = nullptr;

  // The cell of a fact, field or element. `path` is its name; `known` the first view's cell, where there is one.
  CellPtr Given(const facts::Cell& cell, const Type& type, const std::string& path, model::FactId fact,
                const CellPtr& first) {
    switch (cell.state) {
      case CellState::kKnown: {
        if (first != nullptr) return first;
        Cell made;
        made.value = cell.value;
        made.type = type;
        return std::make_shared<const Cell>(std::move(made));
      }
      case CellState::kRecord:
        return GivenRecord(cell, type, path, fact, first);
      case CellState::kList:
        return GivenList(cell, type, path, fact, first);
      case CellState::kAbsent:
      case CellState::kNull:
      case CellState::kRange:
      case CellState::kSymbols:
        break;
    }
    const RootId root = NextRoot(path, fact);
    if (first != nullptr && IsShared(root)) return first;
    return Unknown(&cell, type, root);
  }

  // A cell of which nothing is known but what `given` restricts (may be null).
  CellPtr Unknown(const facts::Cell* given, const Type& type, RootId root) {
    Cell made;
    made.type = type;
    const bool absent = given == nullptr || given->unknown();
    if (asks_what_is_known_ && given != nullptr && absent) made.is_known = world_.AddFinite(ValueSet::All(2), root);
    if (type.or_none && absent) made.is_none = world_.AddFinite(ValueSet::All(2), root);
    if (type.kind == TypeKind::kRecord) {
      made.kind = Cell::Kind::kRecord;
      for (const model::Field& field : policy_.records[type.record.index].fields) {
        made.children.push_back(field.derived.valid() ? nullptr : Unknown(nullptr, field.type, root));
      }
      return WithRequires(std::move(made));
    }
    if (type.kind == TypeKind::kList) {
      made.kind = Cell::Kind::kList;
      made.more = AddList(type, root);
      return std::make_shared<const Cell>(std::move(made));
    }
    made.kind = Cell::Kind::kVariable;
    made.var = AddVariable(given, type, root);
    return std::make_shared<const Cell>(std::move(made));
  }

 private:
  bool IsShared(RootId root) const { return shared != nullptr && (*shared)[root.index]; }

  RootId NextRoot(const std::string& path, model::FactId fact) {
    if (roots != nullptr) roots->push_back({path, fact});
    return RootId(num_roots_++);
  }

  CellPtr GivenRecord(const facts::Cell& cell, const Type& type, const std::string& path, model::FactId fact,
                      const CellPtr& first) {
    Cell made;
    made.kind = Cell::Kind::kRecord;
    made.type = type;
    const model::Record& record = policy_.records[type.record.index];
    for (std::size_t i = 0; i < record.fields.size(); ++i) {
      const model::Field& field = record.fields[i];
      if (field.derived.valid()) {
        made.children.push_back(nullptr);
        continue;
      }
      const CellPtr first_field = first == nullptr ? nullptr : first->children[i];
      made.children.push_back(Given(cell.children[i], field.type, path + "." + field.name, fact, first_field));
    }
    if (first != nullptr && made.children == first->children) return first;
    return WithRequires(std::move(made));
  }

  CellPtr GivenList(const facts::Cell& cell, const Type& type, const std::string& path, model::FactId fact,
                    const CellPtr& first) {
    Cell made;
    made.kind = Cell::Kind::kList;
    made.type = type;
    for (std::size_t i = 0; i < cell.children.size(); ++i) {
      const std::string element_path = path + "[" + std::to_string(i + 1) + "]";
      const CellPtr first_element = first == nullptr ? nullptr : first->children[i];
      made.children.push_back(GivenElement(cell.children[i], ElementType(type), element_path, fact, first_element));
    }
    if (cell.open) {
      const RootId root = NextRoot(path, fact);
      made.more = first != nullptr && IsShared(root) ? first->more : AddList(type, root);
    }
    if (first != nullptr && made.children == first->children && made.more == first->more) return first;
    return std::make_shared<const Cell>(std::move(made));
  }

  // An element of which nothing is known still names its fields one by one: `hospital_stays[2].country`.
  CellPtr GivenElement(const facts::Cell& cell, const Type& type, const std::string& path, model::FactId fact,
                       const CellPtr& first) {
    if (!cell.unknown() || type.kind != TypeKind::kRecord) return Given(cell, type, path, fact, first);
    facts::Cell record;
    record.state = CellState::kRecord;
    record.children.resize(policy_.records[type.record.index].fields.size());
    return GivenRecord(record, type, path, fact, first);
  }

  CellPtr WithRequires(Cell made) {
    const auto cell = std::make_shared<const Cell>(std::move(made));
    const model::Record& record = policy_.records[cell->type.record.index];
    for (const model::Require& require : record.requires_) {
      world_.obligations.push_back(
          {{Claim{require.condition, {}, {}, nullptr, nullptr}}, true, {{record.self, cell}}, view_index_});
    }
    return cell;
  }

  ListId AddList(const Type& type, RootId root) {
    world_.lists.push_back({type, root, {}, {}});
    return ListId(world_.lists.size() - 1);
  }

  VarId AddVariable(const facts::Cell* given, const Type& type, RootId root) {
    const bool range = given != nullptr && given->state == CellState::kRange;
    const auto ordered = [&](std::int64_t low, std::int64_t high) {
      return range ? world_.AddOrdered(given->first, given->last, root) : world_.AddOrdered(low, high, root);
    };
    switch (type.kind) {
      case TypeKind::kBool:
        return world_.AddFinite(ValueSet::All(2), root);
      case TypeKind::kCategory:
        return world_.AddFinite(Symbols(given, type), root);
      case TypeKind::kDate:
        return ordered(calendar::kFirstDate.days, calendar::kLastDate.days);
      case TypeKind::kDatetime:
        return ordered(calendar::kFirstDatetime.minutes, calendar::kLastDatetime.minutes);
      case TypeKind::kInt:
      case TypeKind::kDuration:
      case TypeKind::kPeriod:
        return ordered(-value::kLargestNumber, value::kLargestNumber);
      case TypeKind::kDecimal:
        return ordered(-value::kLargestNumber * value::kDecimalScale, value::kLargestNumber * value::kDecimalScale);
      case TypeKind::kText:
        return world_.AddText(root);
      case TypeKind::kRecord:
      case TypeKind::kList:
      case TypeKind::kGroup:
        break;
    }
    CORDON_ASSERT(false);
  }

  ValueSet Symbols(const facts::Cell* given, const Type& type) const {
    const std::size_t size = policy_.categories[type.category.index].leaves.size();
    if (given == nullptr || given->state != CellState::kSymbols) return ValueSet::All(size);
    ValueSet values = ValueSet::None(size);
    for (std::size_t leaf = given->first_leaf; leaf < given->end_leaf; ++leaf) values.add(leaf);
    return values;
  }

  const model::Policy& policy_;
  World& world_;
  std::size_t view_index_;
  bool asks_what_is_known_;
  std::size_t num_roots_ = 0;
};

CellPtr Undecided(const Type& type) {
  Cell made;
  made.kind = Cell::Kind::kUndecided;
  made.type = type;
  return std::make_shared<const Cell>(std::move(made));
}

// The as-of date's time as a cell: an imprecise one where only the day is said.
facts::Cell NowCell(const model::Moment& as_of) {
  if (as_of.time) return facts::Cell::Known(value::Value::OfDatetime(*as_of.time));
  facts::Cell cell;
  cell.state = CellState::kRange;
  cell.first = as_of.date.days * calendar::kMinutesPerDay;
  cell.last = cell.first + calendar::kMinutesPerDay - 1;
  return cell;
}

// Adds to `differing` the roots of the unknowns in `a` and `b` that `solution` gives different values.
class Comparison {
 public:
  explicit Comparison(const World& world) : world_(world), solution_(world.Solve()) {}

  void Compare(const Cell& a, const Cell& b) {
    if (a.kind == Cell::Kind::kVariable) Values(a.var, b.var);
    if (a.is_none.valid()) Values(a.is_none, b.is_none);
    if (a.is_known.valid()) Values(a.is_known, b.is_known);
    for (std::size_t i = 0; i < a.children.size(); ++i) {
      if (a.children[i]) Compare(*a.children[i], *b.children[i]);
    }
    if (a.more.valid() && a.more != b.more) Lists(world_.lists[a.more.index], world_.lists[b.more.index]);
  }

  std::vector<RootId> differing;

 private:
  void Values(VarId a, VarId b) {
    if (solution_[a.index] != solution_[b.index]) differing.push_back(world_.variables[a.index].root);
  }

  void Lists(const ListState& a, const ListState& b) {
    if (a.witnesses.size() != b.witnesses.size()) {
      differing.push_back(a.root);
      return;
    }
    for (std::size_t i = 0; i < a.witnesses.size(); ++i) Compare(*a.witnesses[i], *b.witnesses[i]);
  }

  const World& world_;
  std::vector<value::Value> solution_;
};

}  // namespace

View MakeView(const model::Policy& policy, const facts::Subject& subject, World& world, std::size_t view_index,
              std::vector<Root>* roots, const View* first, const Shared* shared) {
  CORDON_ASSERT((first == nullptr) == (shared == nullptr));
  Maker maker(policy, world, view_index);
  maker.roots = roots;
  maker.shared = shared;
  View view;
  for (std::size_t i = 0; i < policy.facts.size(); ++i) {
    const model::Fact& fact = policy.facts[i];
    const facts::Cell& cell = subject.facts[i];
    if (fact.is_decision && cell.state != CellState::kKnown) {
      view.facts.push_back(Undecided(fact.type));
      continue;
    }
    const CellPtr first_cell = first == nullptr ? nullptr : first->facts[i];
    view.facts.push_back(maker.Given(cell, fact.type, fact.name, model::FactId(i), first_cell));
  }
  Type datetime;
  datetime.kind = TypeKind::kDatetime;
  view.now = maker.Given(NowCell(subject.as_of), datetime, "now", {}, first == nullptr ? nullptr : first->now);
  return view;
}

CellPtr MakeCell(const model::Policy& policy, const facts::Cell& cell, const model::Type& type, World& world) {
  Maker maker(policy, world, 0);
  return maker.Given(cell, type, "", {}, nullptr);
}

CellPtr MakeNow(const model::Policy& policy, const model::Moment& as_of, World& world) {
  Type datetime;
  datetime.kind = TypeKind::kDatetime;
  return MakeCell(policy, NowCell(as_of), datetime, world);
}

CellPtr NewElement(const model::Policy& policy, const model::Type& type, World& world, RootId root,
                   std::size_t view_index) {
  Maker maker(policy, world, view_index);
  return maker.Unknown(nullptr, ElementType(type), root);
}

std::vector<RootId> DifferingRoots(const World& world, const View& a, const View& b) {
  Comparison comparison(world);
  for (std::size_t i = 0; i < a.facts.size(); ++i) comparison.Compare(*a.facts[i], *b.facts[i]);
  comparison.Compare(*a.now, *b.now);
  std::vector<RootId> roots = std::move(comparison.differing);
  std::sort(roots.begin(), roots.end());
  roots.erase(std::unique(roots.begin(), roots.end()), roots.end());
  return roots;
}

}  // namespace cordon::evaluate
