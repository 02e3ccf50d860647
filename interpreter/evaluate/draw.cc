// Completions drawn from the points where conditions turn; see draw.h.
#include "evaluate/draw.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "evaluate/intervals.h"
#include "evaluate/numbers.h"
#include "support/assert.h"

namespace cordon::evaluate {

using facts::Cell;
using facts::CellState;
using facts::Columns;
using facts::FactColumn;
using facts::ScalarColumn;
using model::TypeKind;
using program::BoolKind;
using program::BoolNode;
using program::kRows;
using program::ScalarId;
using program::ScalarKind;
using program::ScalarNode;
using program::Source;

namespace {

// A sequence that is the same everywhere.
class Sequence {
 public:
  explicit Sequence(std::uint64_t seed) : state_(seed) {}
  std::uint64_t Next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
  }
  std::uint64_t Below(std::uint64_t n) { return (Next() >> 32) * n >> 32; }

 private:
  std::uint64_t state_;
};

// One comparison that a value stands in, on its side.
struct Meeting {
  ScalarId own;
  ScalarId other;
};

struct Known {
  std::vector<Meeting> meetings;    // of a number or a date
  std::vector<std::size_t> leaves;  // of a symbol: one of each kind that conditions tell apart
};

bool IsNumber(TypeKind kind) { return kind == TypeKind::kDate || kind == TypeKind::kDatetime || facts::IsWide(kind); }

using Place = std::pair<model::FactId, std::size_t>;  // of a scalar fact: field kNoField
constexpr std::size_t kNoField = static_cast<std::size_t>(-1);
Place PlaceOf(const Source& source) { return {source.fact, source.field.value_or(kNoField)}; }

}  // namespace

class Draw::Impl {
 public:
  explicit Impl(const program::Program& program) : program_(program), policy_(*program.policy) {
    for (const BoolNode& node : program.bools) {
      const bool compares = node.kind == BoolKind::kLessEqual || node.kind == BoolKind::kEqual;
      if (compares) {
        Meet(node.a, node.a, node.b);
        Meet(node.b, node.b, node.a);
      }
      if (node.kind == BoolKind::kMember) Tell(node.a, program.masks[node.mask.index]);
    }
    for (auto& [place, known] : known_) known.leaves = KindsOf(place);
  }

  void Append(const Columns& from, std::size_t row, std::uint64_t number, Columns& to) {
    from_ = &from;
    to_ = &to;
    from_row_ = row;
    row_ = static_cast<std::uint32_t>(to.BeginRow());
    std::uint64_t seed = number * 0xD1342543DE82EF95ULL + static_cast<std::uint64_t>(from.days[row]);
    for (const char c : from.ids[row]) seed = (seed ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
    Sequence sequence(seed);
    sequence_ = &sequence;
    to.days[row_] = from.days[row];
    for (std::size_t i = 0; i < policy_.facts.size(); ++i) {
      if (program_.reads[i]) Complete(model::FactId(i));
    }
    model::Moment as_of{calendar::Date{from.days[row]}, std::nullopt};
    if (facts::BitAt(from.timed, row)) {
      as_of.time = calendar::Datetime{from.minutes[row]};
    } else {
      const auto minute = static_cast<std::int64_t>(sequence.Below(calendar::kMinutesPerDay));
      as_of.time = calendar::Datetime{as_of.date.days * calendar::kMinutesPerDay + minute};
    }
    to.EndRow(from.ids[row], as_of);
  }

 private:
  // ---- what the program compares

  void Meet(ScalarId at, ScalarId own, ScalarId other) {
    const ScalarNode& node = program_.scalars[at.index];
    if (node.kind == ScalarKind::kSource) known_[PlaceOf(node.source)].meetings.push_back({own, other});
    if (node.a.valid()) Meet(node.a, own, other);
    if (node.b.valid()) Meet(node.b, own, other);
  }

  void Tell(ScalarId symbol, const program::Mask& mask) {
    const ScalarNode& node = program_.scalars[symbol.index];
    if (node.kind == ScalarKind::kSource) {
      known_.try_emplace(PlaceOf(node.source));
      masks_[PlaceOf(node.source)].push_back(&mask);
    }
    if (node.a.valid()) Tell(node.a, mask);
    if (node.b.valid()) Tell(node.b, mask);
  }

  model::Type TypeOf(const Place& place) const {
    const model::Type& type = policy_.facts[place.first.index].type;
    const model::Type held = type.kind == TypeKind::kList ? ElementType(type) : type;
    if (held.kind != TypeKind::kRecord || place.second == kNoField) return held;
    return policy_.records[held.record.index].fields[place.second].type;
  }

  // Every symbol where it is compared with others one by one, else one of each combination of sets.
  std::vector<std::size_t> KindsOf(const Place& place) {
    const model::Type type = TypeOf(place);
    if (type.kind != TypeKind::kCategory) return {};
    const std::size_t num_leaves = policy_.categories[type.category.index].leaves.size();
    std::vector<std::size_t> kinds;
    std::map<std::vector<bool>, std::size_t> first;
    for (std::size_t leaf = 0; leaf < num_leaves; ++leaf) {
      std::vector<bool> in;
      for (const program::Mask* mask : masks_[place]) in.push_back((*mask)[leaf]);
      if (!known_[place].meetings.empty() || first.emplace(in, leaf).second) kinds.push_back(leaf);
    }
    return kinds;
  }

  // ---- rows

  void Complete(model::FactId fact) {
    const model::Fact& declared = policy_.facts[fact.index];
    const FactColumn& from = from_->facts[fact.index];
    list_ = {};
    if (declared.type.kind == TypeKind::kList) return CompleteList(fact);
    FactColumn& to = to_->Touch(fact);
    if (declared.type.kind == TypeKind::kRecord) {
      facts::SetBit(to.given, row_);
      CompleteFields(from.touched ? &from.fields : nullptr, static_cast<std::uint32_t>(from_row_), to.fields, row_,
                     fact);
      return;
    }
    const ScalarColumn* column = from.touched ? &from.scalar : nullptr;
    if (declared.is_decision) {
      if (column != nullptr) to_->Put(to.scalar, row_, from_->Get(*column, static_cast<std::uint32_t>(from_row_)));
      return;
    }
    PutOne(column, static_cast<std::uint32_t>(from_row_), to.scalar, row_, {fact, kNoField}, declared.type);
  }

  void CompleteList(model::FactId fact) {
    const FactColumn& from = from_->facts[fact.index];
    FactColumn& to = to_->Touch(fact);
    list_ = fact;
    facts::SetBit(to.list.given, row_);
    const bool given = from.touched && facts::BitAt(from.list.given, from_row_);
    if (given) {
      for (std::uint32_t e = from.list.offsets[from_row_]; e < from.list.offsets[from_row_ + 1]; ++e) {
        element_ = to_->AddElement(to);
        CompleteElement(&from.list.fields, e, to, fact);
      }
    }
    if (given && !facts::BitAt(from.list.open, from_row_)) return;
    constexpr std::uint64_t kFurther[] = {0, 0, 1, 1, 1, 2};
    for (std::uint64_t more = kFurther[sequence_->Below(6)]; more > 0; --more) {
      element_ = to_->AddElement(to);
      CompleteElement(nullptr, 0, to, fact);
    }
  }

  void CompleteElement(const std::vector<ScalarColumn>* from, std::uint32_t entry, FactColumn& to, model::FactId fact) {
    const model::Type element = ElementType(policy_.facts[fact.index].type);
    if (element.kind == TypeKind::kRecord) {
      CompleteFields(from, entry, to.list.fields, element_, fact);
    } else {
      PutOne(from == nullptr ? nullptr : from->data(), entry, to.list.fields[0], element_, {fact, 0}, element);
    }
  }

  void CompleteFields(const std::vector<ScalarColumn>* from, std::uint32_t entry, std::vector<ScalarColumn>& to,
                      std::uint32_t to_entry, model::FactId fact) {
    const model::Type& type = policy_.facts[fact.index].type;
    const model::Record& record = policy_.records[type.record.index];
    // What is given first: what is drawn may be compared with it.
    for (const bool drawn : {false, true}) {
      for (std::size_t f = 0; f < record.fields.size(); ++f) {
        if (record.fields[f].derived.valid()) continue;
        const ScalarColumn* column = from == nullptr ? nullptr : &(*from)[f];
        if (drawn == (column != nullptr && facts::BitAt(column->known, entry))) continue;
        PutOne(column, entry, to[f], to_entry, {fact, f}, record.fields[f].type);
      }
    }
  }

  // A value that is given is copied, any other drawn.
  void PutOne(const ScalarColumn* from, std::uint32_t entry, ScalarColumn& to, std::uint32_t to_entry,
              const Place& place, const model::Type& type) {
    if (from != nullptr && facts::BitAt(from->known, entry)) {
      facts::SetBit(to.known, to_entry);
      if (type.kind == TypeKind::kBool) {
        if (facts::BitAt(from->truths, entry)) facts::SetBit(to.truths, to_entry);
      } else if (facts::IsWide(type.kind)) {
        to.wide[to_entry] = from->wide[entry];
      } else if (type.kind == TypeKind::kText) {
        to.narrow[to_entry] = to_->texts.NumberOf(from_->texts.text(from->narrow[entry]));
      } else {
        to.narrow[to_entry] = from->narrow[entry];
      }
      return;
    }
    const Cell given = from == nullptr ? Cell() : from_->Get(*from, entry);
    if (given.state == CellState::kKnown) {
      to_->Put(to, to_entry, given);  // none
      return;
    }
    to_->Put(to, to_entry, Drawn(given, place, type));
  }

  // ---- values

  Cell Drawn(const Cell& given, const Place& place, const model::Type& type) {
    if (type.or_none && given.unknown() && sequence_->Below(3) == 0) return Cell::Known(value::Value::None());
    if (type.kind == TypeKind::kBool) return Cell::Known(value::Value::Bool(sequence_->Below(2) == 0));
    if (type.kind == TypeKind::kCategory) return Cell::Known(value::Value::Symbol(DrawnLeaf(given, place, type)));
    if (type.kind == TypeKind::kText) return Cell::Known(value::Value::Text(DrawnText()));
    Interval whole = WholeOf(type.kind, 0);
    if (given.state == CellState::kRange) whole = {given.first, given.last};
    const std::int64_t number = std::clamp(DrawnNumber(place, type, whole), whole.low, whole.high);
    switch (type.kind) {
      case TypeKind::kDate:
        return Cell::Known(value::Value::OfDate(calendar::Date{number}));
      case TypeKind::kDatetime:
        return Cell::Known(value::Value::OfDatetime(calendar::Datetime{number}));
      case TypeKind::kInt:
        return Cell::Known(value::Value::Int(number));
      case TypeKind::kDecimal:
        return Cell::Known(value::Value::Decimal(number));
      case TypeKind::kDuration:
        return Cell::Known(value::Value::Duration(number));
      case TypeKind::kPeriod:
        return Cell::Known(value::Value::Months(number));
      case TypeKind::kBool:
      case TypeKind::kText:
      case TypeKind::kCategory:
      case TypeKind::kRecord:
      case TypeKind::kList:
      case TypeKind::kGroup:
        break;
    }
    CORDON_ASSERT(false);
  }

  std::size_t DrawnLeaf(const Cell& given, const Place& place, const model::Type& type) {
    const std::size_t end =
        given.state == CellState::kSymbols ? given.end_leaf : policy_.categories[type.category.index].leaves.size();
    const std::size_t first = given.state == CellState::kSymbols ? given.first_leaf : 0;
    const auto known = known_.find(place);
    std::vector<std::size_t> fitting;
    if (known != known_.end()) {
      for (std::size_t leaf : known->second.leaves) {
        if (leaf >= first && leaf < end) fitting.push_back(leaf);
      }
    }
    // A part of the tree may lie between the first symbols of all kinds.
    if (fitting.empty() || given.state == CellState::kSymbols) return first + sequence_->Below(end - first);
    return fitting[sequence_->Below(fitting.size())];
  }

  std::string DrawnText() {
    if (texts_.empty()) {
      for (const ScalarNode& node : program_.scalars) {
        if (node.kind == ScalarKind::kConstant && node.type == TypeKind::kText) texts_.push_back(node.text);
      }
      texts_.emplace_back("any other text");
    }
    return texts_[sequence_->Below(texts_.size())];
  }

  std::int64_t DrawnNumber(const Place& place, const model::Type& type, const Interval& whole) {
    const auto known = known_.find(place);
    if (known != known_.end() && !known->second.meetings.empty() && sequence_->Below(16) != 0) {
      for (int attempt = 0; attempt < 3; ++attempt) {
        const auto& meetings = known->second.meetings;
        const Meeting& meeting = meetings[sequence_->Below(meetings.size())];
        const auto other = ValueOf(meeting.other);
        const auto number = other ? Invert(meeting.own, place, *other) : std::nullopt;
        if (number && IsNumber(type.kind)) return *number + Nudge(type.kind);
      }
    }
    if (whole.low == whole.high) return whole.low;
    return sequence_->Below(2) == 0 ? whole.low : whole.high;
  }

  // At a point, just beside it, or between it and the next ones.
  std::int64_t Nudge(TypeKind kind) {
    constexpr std::int64_t kDays[] = {0, 0, -1, 1, -30, 30};
    constexpr std::int64_t kMinutes[] = {0, 0, -1, 1, 1440, -1440, 3 * 1440, -3 * 1440, -40 * 1440};
    constexpr std::int64_t kNumbers[] = {0, 0, -1, 1, 1000, -1000};
    if (kind == TypeKind::kDate) return kDays[sequence_->Below(6)];
    if (kind == TypeKind::kDatetime) return kMinutes[sequence_->Below(9)];
    return kNumbers[sequence_->Below(6)];
  }

  // ---- what a scalar comes to for the row and the element at hand, as far as they are filled

  std::optional<std::int64_t> Filled(const ScalarColumn& column, std::uint32_t entry) const {
    if (!facts::BitAt(column.known, entry)) return std::nullopt;
    if (column.kind == TypeKind::kBool) return facts::BitAt(column.truths, entry) ? 1 : 0;
    if (facts::IsWide(column.kind)) return column.wide[entry];
    return column.narrow[entry];
  }

  std::optional<std::int64_t> SourceValue(const Source& source, program::SpaceId space) {
    const FactColumn& column = to_->facts[source.fact.index];
    if (!column.touched) return std::nullopt;
    if (space == kRows) return Filled(source.field ? column.fields[*source.field] : column.scalar, row_);
    const ScalarColumn& field = column.list.fields[*source.field];
    if (list_.valid() && list_ == source.fact) return Filled(field, element_);
    const std::uint32_t first = column.list.offsets[row_];
    const std::size_t num = column.list.owners.size() - first;
    if (num == 0) return std::nullopt;
    return Filled(field, first + static_cast<std::uint32_t>(sequence_->Below(num)));
  }

  std::optional<std::int64_t> ValueOf(ScalarId id) {
    const ScalarNode& node = program_.scalars[id.index];
    const auto of = [&](ScalarId arg) { return ValueOf(arg); };
    switch (node.kind) {
      case ScalarKind::kConstant:
        if (node.type == TypeKind::kText) return std::nullopt;
        return node.number;
      case ScalarKind::kToday:
        return to_->days[row_];
      case ScalarKind::kNow:
        return to_->days[row_] * calendar::kMinutesPerDay;
      case ScalarKind::kSource:
        return SourceValue(node.source, node.space);
      case ScalarKind::kShift: {
        const auto a = of(node.a);
        return a ? std::optional(Shifted(*a, node, node.direction)) : std::nullopt;
      }
      case ScalarKind::kDayOf: {
        const auto a = of(node.a);
        return a ? std::optional(FloorDivide(*a, calendar::kMinutesPerDay)) : std::nullopt;
      }
      case ScalarKind::kSubtract:
      case ScalarKind::kAdd: {
        const auto a = of(node.a);
        const auto b = of(node.b);
        if (!a || !b) return std::nullopt;
        return node.kind == ScalarKind::kAdd ? AddBounded(*a, *b) : MultiplyBounded(AddBounded(*a, -*b), node.number);
      }
      case ScalarKind::kMultiply: {
        const auto a = of(node.a);
        return a ? std::optional(MultiplyBounded(*a, node.number)) : std::nullopt;
      }
      case ScalarKind::kConditional:
        return of(sequence_->Below(2) == 0 ? node.a : node.b);
      case ScalarKind::kGreatest:
      case ScalarKind::kLeast:
      case ScalarKind::kSpread:
      case ScalarKind::kPick:
        return of(node.a);
      case ScalarKind::kNoValue:
        break;
    }
    return std::nullopt;
  }

  static std::int64_t Shifted(std::int64_t number, const ScalarNode& node, int direction) {
    if (node.type == TypeKind::kDate) {
      const std::int64_t day = std::clamp(number, calendar::kFirstDate.days, calendar::kLastDate.days);
      return calendar::Shift(calendar::Date{day}, node.period, direction).days;
    }
    const std::int64_t minute = std::clamp(number, calendar::kFirstDatetime.minutes, calendar::kLastDatetime.minutes);
    return calendar::Shift(calendar::Datetime{minute}, node.period, direction).minutes;
  }

  bool Reads(ScalarId id, const Place& place) const {
    const ScalarNode& node = program_.scalars[id.index];
    if (node.kind == ScalarKind::kSource) return PlaceOf(node.source) == place;
    return (node.a.valid() && Reads(node.a, place)) || (node.b.valid() && Reads(node.b, place));
  }

  // The value of `place` for which the scalar is about `number`.
  std::optional<std::int64_t> Invert(ScalarId id, const Place& place, std::int64_t number) {
    const ScalarNode& node = program_.scalars[id.index];
    switch (node.kind) {
      case ScalarKind::kSource:
        return number;
      case ScalarKind::kShift:
        return Invert(node.a, place, Shifted(number, node, -node.direction));
      case ScalarKind::kDayOf: {
        constexpr std::int64_t kLast = calendar::kMinutesPerDay - 1;
        const std::int64_t minute = sequence_->Below(2) == 0 ? 0 : kLast;
        return Invert(node.a, place, number * calendar::kMinutesPerDay + minute);
      }
      case ScalarKind::kSubtract:
      case ScalarKind::kAdd: {
        const bool left = Reads(node.a, place);
        const auto beside = ValueOf(left ? node.b : node.a);
        if (!beside) return std::nullopt;
        const std::int64_t part = node.kind == ScalarKind::kSubtract ? FloorDivide(number, node.number) : number;
        if (node.kind == ScalarKind::kAdd) return Invert(left ? node.a : node.b, place, AddBounded(part, -*beside));
        return left ? Invert(node.a, place, AddBounded(part, *beside))
                    : Invert(node.b, place, AddBounded(*beside, -part));
      }
      case ScalarKind::kMultiply:
        if (node.number == 0) return std::nullopt;
        return Invert(node.a, place, number / node.number);
      case ScalarKind::kConditional:
        return Invert(Reads(node.a, place) ? node.a : node.b, place, number);
      case ScalarKind::kGreatest:
      case ScalarKind::kLeast:
      case ScalarKind::kSpread:
      case ScalarKind::kPick:
        return Invert(node.a, place, number);
      case ScalarKind::kConstant:
      case ScalarKind::kNoValue:
      case ScalarKind::kToday:
      case ScalarKind::kNow:
        break;
    }
    return std::nullopt;
  }

  const program::Program& program_;
  const model::Policy& policy_;
  std::map<Place, Known> known_;
  std::map<Place, std::vector<const program::Mask*>> masks_;
  std::vector<std::string> texts_;

  const Columns* from_ = nullptr;
  Columns* to_ = nullptr;
  std::size_t from_row_ = 0;
  std::uint32_t row_ = 0;
  model::FactId list_;  // whose element is being filled
  std::uint32_t element_ = 0;
  Sequence* sequence_ = nullptr;
};

Draw::Draw(const program::Program& program) : impl_(std::make_unique<Impl>(program)) {}
Draw::~Draw() = default;
void Draw::Append(const Columns& from, std::size_t row, std::uint64_t number, Columns& to) {
  impl_->Append(from, row, number, to);
}

}  // namespace cordon::evaluate
