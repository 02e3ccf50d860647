// Comparisons by what they compare, solved for one side; see turning_points.h.
#include "evaluate/turning_points.h"

#include <algorithm>

#include "evaluate/numbers.h"

namespace cordon::evaluate {

using model::TypeKind;
using program::BoolKind;
using program::BoolNode;
using program::ScalarId;
using program::ScalarKind;
using program::ScalarNode;

namespace {

Place PlaceOf(const program::Source& source) { return {source.fact, source.field}; }

std::optional<std::int64_t> Filled(const facts::ScalarColumn& column, std::uint32_t entry) {
  if (!facts::BitAt(column.known, entry)) return std::nullopt;
  if (column.kind == TypeKind::kBool) return facts::BitAt(column.truths, entry) ? 1 : 0;
  if (facts::IsWide(column.kind)) return column.wide[entry];
  return column.narrow[entry];
}

std::int64_t Shifted(std::int64_t number, const ScalarNode& node, int direction) {
  if (node.type == TypeKind::kDate) {
    const std::int64_t day = std::clamp(number, calendar::kFirstDate.days, calendar::kLastDate.days);
    return calendar::Shift(calendar::Date{day}, node.period, direction).days;
  }
  const std::int64_t minute = std::clamp(number, calendar::kFirstDatetime.minutes, calendar::kLastDatetime.minutes);
  return calendar::Shift(calendar::Datetime{minute}, node.period, direction).minutes;
}

}  // namespace

std::uint64_t Sequence::Next() {
  std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31);
}

TurningPoints::TurningPoints(const program::Program& program) : program_(program), policy_(*program.policy) {
  for (const BoolNode& node : program.bools) {
    if (node.kind == BoolKind::kLessEqual || node.kind == BoolKind::kEqual) {
      Meet(node.a, node.a, node.b);
      Meet(node.b, node.b, node.a);
    }
    if (node.kind == BoolKind::kTruth) known_.try_emplace(PlaceOf(node.source));
    if (node.kind == BoolKind::kMember) Tell(node.a, program.masks[node.mask.index]);
  }
  for (auto& [place, known] : known_) known.kinds = KindsOf(place, known);
}

void TurningPoints::Meet(ScalarId at, ScalarId own, ScalarId other) {
  const ScalarNode& node = program_.scalars[at.index];
  if (node.kind == ScalarKind::kSource) known_[PlaceOf(node.source)].meetings.push_back({own, other});
  if (node.a.valid()) Meet(node.a, own, other);
  if (node.b.valid()) Meet(node.b, own, other);
}

void TurningPoints::Tell(ScalarId symbol, const program::Mask& mask) {
  const ScalarNode& node = program_.scalars[symbol.index];
  if (node.kind == ScalarKind::kSource) known_[PlaceOf(node.source)].masks.push_back(&mask);
  if (node.a.valid()) Tell(node.a, mask);
  if (node.b.valid()) Tell(node.b, mask);
}

model::Type TurningPoints::TypeOf(const Place& place) const {
  const model::Type& type = policy_.facts[place.fact.index].type;
  const model::Type held = type.kind == TypeKind::kList ? ElementType(type) : type;
  if (held.kind != TypeKind::kRecord || !place.field) return held;
  return policy_.records[held.record.index].fields[*place.field].type;
}

// Every symbol where it is compared with others one by one, else one of each combination of sets.
std::vector<std::size_t> TurningPoints::KindsOf(const Place& place, const Known& known) const {
  const model::Type type = TypeOf(place);
  if (type.kind != TypeKind::kCategory) return {};
  std::vector<std::size_t> kinds;
  std::map<std::vector<bool>, std::size_t> first;
  for (std::size_t leaf = 0; leaf < policy_.categories[type.category.index].leaves.size(); ++leaf) {
    std::vector<bool> in;
    for (const program::Mask* mask : known.masks) in.push_back((*mask)[leaf]);
    if (!known.meetings.empty() || first.emplace(in, leaf).second) kinds.push_back(leaf);
  }
  return kinds;
}

const std::vector<std::size_t>& TurningPoints::Kinds(const Place& place) const {
  const auto known = known_.find(place);
  return known == known_.end() ? nothing_ : known->second.kinds;
}

std::size_t TurningPoints::NumMeetings(const Place& place) const {
  const auto known = known_.find(place);
  return known == known_.end() ? 0 : known->second.meetings.size();
}

std::optional<std::int64_t> TurningPoints::At(const Place& place, std::size_t meeting, const Spot& spot) const {
  const Meeting& at = known_.find(place)->second.meetings[meeting];
  const auto other = ValueOf(at.other, spot);
  return other ? Invert(at.own, place, *other, spot) : std::nullopt;
}

// ---- what a scalar comes to, as far as it is known

std::optional<std::int64_t> TurningPoints::SourceValue(const ScalarNode& node, const Spot& spot) const {
  const program::Source& source = node.source;
  const facts::FactColumn& column = spot.columns.facts[source.fact.index];
  const bool own = node.space != program::kRows && spot.list == source.fact;
  if (!column.touched || (own && spot.element == kNoElement)) return std::nullopt;
  if (node.space == program::kRows) {
    return Filled(source.field ? column.fields[*source.field] : column.scalar, spot.row);
  }
  const facts::ScalarColumn& field = column.list.fields[*source.field];
  if (own) return Filled(field, spot.element);
  const std::uint32_t first = column.list.offsets[spot.row];
  const bool is_last = spot.row == spot.columns.num_rows();  // the row is still being filled
  const std::size_t end = is_last ? column.list.owners.size() : column.list.offsets[spot.row + 1];
  if (end <= first) return std::nullopt;
  return Filled(field, first + static_cast<std::uint32_t>(spot.sequence.Below(end - first)));
}

std::optional<std::int64_t> TurningPoints::TwoValues(const ScalarNode& node, const Spot& spot) const {
  const auto a = ValueOf(node.a, spot);
  const auto b = ValueOf(node.b, spot);
  if (!a || !b) return std::nullopt;
  return node.kind == ScalarKind::kAdd ? AddBounded(*a, *b) : MultiplyBounded(AddBounded(*a, -*b), node.number);
}

std::optional<std::int64_t> TurningPoints::ValueOf(ScalarId id, const Spot& spot) const {
  const ScalarNode& node = program_.scalars[id.index];
  switch (node.kind) {
    case ScalarKind::kConstant:
      if (node.type == TypeKind::kText) return std::nullopt;
      return node.number;
    case ScalarKind::kToday:
      return spot.columns.days[spot.row];
    case ScalarKind::kNow:
      return spot.columns.days[spot.row] * calendar::kMinutesPerDay;
    case ScalarKind::kSource:
      return SourceValue(node, spot);
    case ScalarKind::kShift: {
      const auto a = ValueOf(node.a, spot);
      return a ? std::optional(Shifted(*a, node, node.direction)) : std::nullopt;
    }
    case ScalarKind::kDayOf: {
      const auto a = ValueOf(node.a, spot);
      return a ? std::optional(FloorDivide(*a, calendar::kMinutesPerDay)) : std::nullopt;
    }
    case ScalarKind::kSubtract:
    case ScalarKind::kAdd:
      return TwoValues(node, spot);
    case ScalarKind::kMultiply: {
      const auto a = ValueOf(node.a, spot);
      return a ? std::optional(MultiplyBounded(*a, node.number)) : std::nullopt;
    }
    case ScalarKind::kConditional:
      return ValueOf(spot.sequence.Below(2) == 0 ? node.a : node.b, spot);
    case ScalarKind::kGreatest:
    case ScalarKind::kLeast:
    case ScalarKind::kSpread:
    case ScalarKind::kPick:
      return ValueOf(node.a, spot);
    case ScalarKind::kNoValue:
      break;
  }
  return std::nullopt;
}

// ---- the value of a place for which a scalar is about a number

bool TurningPoints::Reads(ScalarId id, const Place& place) const {
  const ScalarNode& node = program_.scalars[id.index];
  if (node.kind == ScalarKind::kSource) return PlaceOf(node.source) == place;
  return (node.a.valid() && Reads(node.a, place)) || (node.b.valid() && Reads(node.b, place));
}

std::optional<std::int64_t> TurningPoints::InvertTwo(const ScalarNode& node, const Place& place, std::int64_t number,
                                                     const Spot& spot) const {
  const bool left = Reads(node.a, place);
  const auto beside = ValueOf(left ? node.b : node.a, spot);
  if (!beside) return std::nullopt;
  if (node.kind == ScalarKind::kAdd) return Invert(left ? node.a : node.b, place, AddBounded(number, -*beside), spot);
  const std::int64_t part = FloorDivide(number, node.number);
  return left ? Invert(node.a, place, AddBounded(part, *beside), spot)
              : Invert(node.b, place, AddBounded(*beside, -part), spot);
}

std::optional<std::int64_t> TurningPoints::Invert(ScalarId id, const Place& place, std::int64_t number,
                                                  const Spot& spot) const {
  const ScalarNode& node = program_.scalars[id.index];
  switch (node.kind) {
    case ScalarKind::kSource:
      return number;
    case ScalarKind::kShift:
      return Invert(node.a, place, Shifted(number, node, -node.direction), spot);
    case ScalarKind::kDayOf: {
      const std::int64_t minute = spot.sequence.Below(2) == 0 ? 0 : calendar::kMinutesPerDay - 1;
      return Invert(node.a, place, number * calendar::kMinutesPerDay + minute, spot);
    }
    case ScalarKind::kSubtract:
    case ScalarKind::kAdd:
      return InvertTwo(node, place, number, spot);
    case ScalarKind::kMultiply:
      if (node.number == 0) return std::nullopt;
      return Invert(node.a, place, FloorDivide(number, node.number), spot);
    case ScalarKind::kConditional:
      return Invert(Reads(node.a, place) ? node.a : node.b, place, number, spot);
    case ScalarKind::kGreatest:
    case ScalarKind::kLeast:
    case ScalarKind::kSpread:
    case ScalarKind::kPick:
      return Invert(node.a, place, number, spot);
    case ScalarKind::kConstant:
    case ScalarKind::kNoValue:
    case ScalarKind::kToday:
    case ScalarKind::kNow:
      break;
  }
  return std::nullopt;
}

}  // namespace cordon::evaluate
