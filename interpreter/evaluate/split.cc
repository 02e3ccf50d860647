// Cases of a row; see split.h.
#include "evaluate/split.h"

#include <algorithm>
#include <utility>

#include "evaluate/intervals.h"

namespace cordon::evaluate {

using facts::Cell;
using facts::CellState;
using facts::Columns;
using facts::FactColumn;
using facts::ScalarColumn;
using model::Type;
using model::TypeKind;

namespace {

// More parts than this are not worth a case each.
constexpr std::size_t kMostParts = 16;
// How many cases of one element stand side by side.
constexpr std::size_t kMostTogether = 256;

Cell Stretch(std::int64_t first, std::int64_t last, TypeKind type) {
  if (first == last && type == TypeKind::kDate) return Cell::Known(value::Value::OfDate(calendar::Date{first}));
  if (first == last && type == TypeKind::kDatetime) {
    return Cell::Known(value::Value::OfDatetime(calendar::Datetime{first}));
  }
  Cell cell;
  cell.state = CellState::kRange;
  cell.first = first;
  cell.last = last;
  return cell;
}

}  // namespace

Split::Split(const program::Program& program) : program_(program), policy_(*program.policy), points_(program) {}

// As many leaves as there are cases for; of one element alone, or for the last way of all. Empty past that.
std::vector<const Split::Leaf*> Split::Choose(const std::vector<Leaf>& leaves, std::size_t way, std::size_t most) {
  std::vector<std::pair<model::FactId, std::uint32_t>> elements;
  for (const Leaf& leaf : leaves) {
    const std::pair element(leaf.list, leaf.element);
    if (leaf.list.valid() && (elements.empty() || elements.back() != element)) elements.push_back(element);
  }
  std::vector<const Leaf*> chosen;
  if (way > elements.size()) return chosen;
  std::size_t num = 1;
  for (const Leaf& leaf : leaves) {
    if (way < elements.size() && elements[way] != std::pair(leaf.list, leaf.element)) continue;
    if (num * leaf.parts.size() > most) continue;
    num *= leaf.parts.size();
    chosen.push_back(&leaf);
  }
  return chosen;
}

std::optional<std::size_t> Split::Append(const Columns& from, std::uint32_t row, std::size_t way, std::size_t most,
                                         Columns& to) const {
  std::vector<Leaf> leaves;
  for (std::size_t i = 0; i < policy_.facts.size(); ++i) {
    if (program_.reads[i]) AddLeaves(from, row, model::FactId(i), leaves);
  }
  // The parts of elements first: they are read together most often.
  std::stable_sort(leaves.begin(), leaves.end(),
                   [](const Leaf& a, const Leaf& b) { return a.list.valid() && !b.list.valid(); });
  const std::vector<const Leaf*> chosen = Choose(leaves, way, most);
  if (chosen.empty()) return std::nullopt;
  std::size_t num = 1;
  for (const Leaf* leaf : chosen) num *= leaf->parts.size();
  for (std::size_t which = 0; which < num; ++which) {
    to.AppendCopy(from, row);
    const auto made = static_cast<std::uint32_t>(to.num_rows() - 1);
    std::size_t rest = which;
    for (const Leaf* leaf : chosen) {
      FactColumn& column = to.Touch(leaf->place.fact);
      const Cell& part = leaf->parts[rest % leaf->parts.size()];
      rest /= leaf->parts.size();
      if (leaf->list.valid()) {
        to.Replace(column.list.fields[*leaf->place.field], column.list.offsets[made] + leaf->element, part);
      } else if (leaf->place.field) {
        facts::SetBit(column.given, made);
        to.Replace(column.fields[*leaf->place.field], made, part);
      } else {
        to.Replace(column.scalar, made, part);
      }
    }
  }
  return num;
}

void Split::AppendTogether(const Columns& from, std::uint32_t row, Columns& to) const {
  facts::Subject subject = from.ToSubject(row);
  std::vector<std::pair<model::FactId, std::uint32_t>> maybe;
  for (std::size_t i = 0; i < policy_.facts.size(); ++i) {
    const model::FactId fact(i);
    Cell& list = subject.facts[i];
    if (!program_.reads[i] || policy_.facts[i].type.kind != TypeKind::kList) continue;
    const bool more = list.state != CellState::kList || list.open;
    std::vector<Cell> elements;
    for (std::size_t e = 0; e <= list.children.size(); ++e) {
      if (e == list.children.size() && !more) break;
      const bool given = e < list.children.size();
      const auto at = given ? from.facts[i].list.offsets[row] + static_cast<std::uint32_t>(e) : kNoElement;
      std::vector<Cell> cases = CasesOf(from, row, fact, at, given ? list.children[e] : Cell());
      const bool certain = given && cases.size() == 1;
      for (Cell& one : cases) {
        if (!certain) maybe.emplace_back(fact, static_cast<std::uint32_t>(elements.size()));
        elements.push_back(std::move(one));
      }
    }
    list = Cell();
    list.state = CellState::kList;
    list.children = std::move(elements);
  }
  to.Append(subject);
  for (const auto& [fact, index] : maybe) {
    facts::ListColumn& list = to.facts[fact.index].list;
    to.MarkMaybe(list, list.offsets[to.num_rows() - 1] + index);
  }
}

std::vector<Cell> Split::CasesOf(const Columns& from, std::uint32_t row, model::FactId fact, std::uint32_t element,
                                 const Cell& cell) const {
  const Type held = ElementType(policy_.facts[fact.index].type);
  const bool is_record = held.kind == TypeKind::kRecord;
  Cell first = cell;
  if (is_record && first.state != CellState::kRecord) {
    first = Cell();
    first.state = CellState::kRecord;
    first.children.resize(policy_.records[held.record.index].fields.size());
  }
  std::vector<Cell> cases{first};
  const std::size_t num_fields = is_record ? first.children.size() : 1;
  for (std::size_t f = 0; f < num_fields; ++f) {
    const Place place{fact, f};
    const Cell& field = is_record ? first.children[f] : first;
    if (field.state == CellState::kKnown || !points_.IsRead(place)) continue;
    Sequence sequence(1);
    const std::vector<Cell> parts = PartsOf(field, place, {from, row, fact, element, sequence});
    if (parts.size() < 2 || cases.size() * parts.size() > kMostTogether) continue;
    std::vector<Cell> more;
    for (const Cell& one : cases) {
      for (const Cell& part : parts) {
        more.push_back(one);
        (is_record ? more.back().children[f] : more.back()) = part;
      }
    }
    cases = std::move(more);
  }
  return cases;
}

void Split::AddLeaves(const Columns& from, std::uint32_t row, model::FactId fact, std::vector<Leaf>& leaves) const {
  const FactColumn& column = from.facts[fact.index];
  const model::Fact& declared = policy_.facts[fact.index];
  if (declared.is_decision) return;
  if (declared.type.kind == TypeKind::kList) {
    if (!column.touched || !facts::BitAt(column.list.given, row)) return;
    const std::uint32_t first = column.list.offsets[row];
    for (std::uint32_t entry = first; entry < column.list.offsets[row + 1]; ++entry) {
      for (std::size_t f = 0; f < column.list.fields.size(); ++f) {
        AddLeaf(from, row, column.list.fields[f], entry, {{fact, f}, fact, entry - first, {}}, leaves);
      }
    }
    return;
  }
  static const ScalarColumn kNothing;
  if (declared.type.kind == TypeKind::kRecord) {
    if (!column.touched) return;
    for (std::size_t f = 0; f < column.fields.size(); ++f) {
      AddLeaf(from, row, column.fields[f], row, {{fact, f}, {}, 0, {}}, leaves);
    }
    return;
  }
  AddLeaf(from, row, column.touched ? column.scalar : kNothing, row, {{fact, std::nullopt}, {}, 0, {}}, leaves);
}

void Split::AddLeaf(const Columns& from, std::uint32_t row, const ScalarColumn& column, std::uint32_t entry, Leaf leaf,
                    std::vector<Leaf>& leaves) const {
  if (!points_.IsRead(leaf.place)) return;
  const Cell cell = column.known.empty() ? Cell() : from.Get(column, entry);
  if (cell.state == CellState::kKnown) return;
  Sequence sequence(1);
  leaf.parts = PartsOf(cell, leaf.place, {from, row, leaf.list, entry, sequence});
  if (leaf.parts.size() > 1) leaves.push_back(std::move(leaf));
}

// What a cell may be, in parts that leave nothing out; empty where it is not taken apart.
std::vector<Cell> Split::PartsOf(const Cell& cell, const Place& place, const Spot& spot) const {
  const model::Type type = points_.TypeOf(place);
  std::vector<Cell> parts;
  if (type.kind == TypeKind::kBool) {
    parts = {Cell::Known(value::Value::Bool(false)), Cell::Known(value::Value::Bool(true))};
  } else if (type.kind == TypeKind::kCategory) {
    parts = Symbols(cell, place);
  } else if (type.kind != TypeKind::kText) {
    parts = Stretches(cell, place, spot);
  }
  if (parts.size() > kMostParts) return {};
  if (!parts.empty() && type.or_none && cell.unknown()) parts.push_back(Cell::Known(value::Value::None()));
  return parts;
}

std::vector<Cell> Split::Symbols(const Cell& cell, const Place& place) const {
  std::vector<Cell> parts;
  if (cell.state != CellState::kSymbols) {
    for (const std::size_t leaf : points_.Kinds(place)) parts.push_back(Cell::Known(value::Value::Symbol(leaf)));
    return parts;
  }
  if (cell.end_leaf - cell.first_leaf > kMostParts) return {};
  for (std::size_t leaf = cell.first_leaf; leaf < cell.end_leaf; ++leaf) {
    parts.push_back(Cell::Known(value::Value::Symbol(leaf)));
  }
  return parts;
}

// Cut before and after each point, so that each is a stretch of its own.
std::vector<Cell> Split::Stretches(const Cell& cell, const Place& place, const Spot& spot) const {
  const TypeKind type = points_.TypeOf(place).kind;
  Interval whole = WholeOf(type, 0);
  if (cell.state == CellState::kRange) whole = {cell.first, cell.last};
  std::vector<std::int64_t> begins{whole.low};
  const auto cut = [&](std::int64_t at) {
    if (at > whole.low && at <= whole.high) begins.push_back(at);
  };
  for (std::size_t meeting = 0; meeting < points_.NumMeetings(place); ++meeting) {
    // The day of a time begins and ends somewhere: twice finds both, mostly.
    for (int time = 0; time < 4; ++time) {
      const auto point = points_.At(place, meeting, spot);
      if (!point) break;
      cut(*point);
      cut(*point + 1);
    }
  }
  std::sort(begins.begin(), begins.end());
  begins.erase(std::unique(begins.begin(), begins.end()), begins.end());
  std::vector<Cell> parts;
  for (std::size_t i = 0; i < begins.size(); ++i) {
    parts.push_back(Stretch(begins[i], i + 1 < begins.size() ? begins[i + 1] - 1 : whole.high, type));
  }
  return parts;
}

}  // namespace cordon::evaluate
