// Completions drawn from the points where conditions turn; see draw.h.
#include "evaluate/draw.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "evaluate/intervals.h"
#include "evaluate/turning_points.h"
#include "support/assert.h"

namespace cordon::evaluate {

using facts::Cell;
using facts::CellState;
using facts::Columns;
using facts::FactColumn;
using facts::ScalarColumn;
using model::TypeKind;
using program::ScalarKind;
using program::ScalarNode;

class Draw::Impl {
 public:
  explicit Impl(const program::Program& program) : program_(program), policy_(*program.policy), points_(program) {}

  void Append(const Columns& from, std::size_t row, std::uint64_t number, Columns& to) {
    from_ = &from;
    to_ = &to;
    from_row_ = row;
    row_ = static_cast<std::uint32_t>(to.BeginRow());
    to.days[row_] = from.days[row];
    for (std::size_t i = 0; i < policy_.facts.size(); ++i) {
      if (!program_.reads[i]) continue;
      // What is drawn for one fact is drawn alike whatever else is known: what told answers apart once may again.
      sequence_ = Sequence((number << 20) + i);
      Complete(model::FactId(i));
    }
    model::Moment as_of{calendar::Date{from.days[row]}, std::nullopt};
    if (facts::BitAt(from.timed, row)) {
      as_of.time = calendar::Datetime{from.minutes[row]};
    } else {
      const auto minute = static_cast<std::int64_t>(Sequence(number).Below(calendar::kMinutesPerDay));
      as_of.time = calendar::Datetime{as_of.date.days * calendar::kMinutesPerDay + minute};
    }
    to.EndRow(from.ids[row], as_of);
  }

 private:
  // ---- rows

  void Complete(model::FactId fact) {
    const model::Fact& declared = policy_.facts[fact.index];
    const FactColumn& from = from_->facts[fact.index];
    list_ = {};
    if (declared.type.kind == TypeKind::kList) return CompleteList(fact);
    FactColumn& to = to_->Touch(fact);
    if (declared.type.kind == TypeKind::kRecord) {
      facts::SetBit(to.given, row_);
      const bool given = from.touched && facts::BitAt(from.given, from_row_);
      const bool none = given ? facts::BitAt(from.none, from_row_) : declared.type.or_none && sequence_.Below(3) == 0;
      if (none) {
        facts::SetBit(to.none, row_);
        return;
      }
      CompleteFields(from.touched ? &from.fields : nullptr, static_cast<std::uint32_t>(from_row_), to.fields, row_,
                     fact);
      return;
    }
    const ScalarColumn* column = from.touched ? &from.scalar : nullptr;
    if (declared.is_decision) {
      if (column != nullptr) to_->Put(to.scalar, row_, from_->Get(*column, static_cast<std::uint32_t>(from_row_)));
      return;
    }
    PutOne(column, static_cast<std::uint32_t>(from_row_), to.scalar, row_, {fact, std::nullopt}, declared.type);
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
    constexpr std::uint64_t kFurther[] = {0, 1, 1, 1, 2};
    for (std::uint64_t more = kFurther[sequence_.Below(5)]; more > 0; --more) {
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
    if (type.or_none && given.unknown() && sequence_.Below(3) == 0) return Cell::Known(value::Value::None());
    if (type.kind == TypeKind::kBool) return Cell::Known(value::Value::Bool(sequence_.Below(2) == 0));
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
    std::vector<std::size_t> fitting;
    for (std::size_t leaf : points_.Kinds(place)) {
      if (leaf >= first && leaf < end) fitting.push_back(leaf);
    }
    // A part of the tree may lie between the first symbols of all kinds.
    if (fitting.empty() || given.state == CellState::kSymbols) return first + sequence_.Below(end - first);
    return fitting[sequence_.Below(fitting.size())];
  }

  std::string DrawnText() {
    if (texts_.empty()) {
      for (const ScalarNode& node : program_.scalars) {
        if (node.kind == ScalarKind::kConstant && node.type == TypeKind::kText) texts_.push_back(node.text);
      }
      texts_.emplace_back("any other text");
    }
    return texts_[sequence_.Below(texts_.size())];
  }

  std::int64_t DrawnNumber(const Place& place, const model::Type& type, const Interval& whole) {
    const std::size_t meetings = points_.NumMeetings(place);
    const Spot spot{*to_, row_, list_, element_, sequence_};
    for (int attempt = 0; attempt < 3 && meetings > 0; ++attempt) {
      const auto number = points_.At(place, sequence_.Below(meetings), spot);
      if (number) return *number + Nudge(type.kind);
    }
    if (whole.low == whole.high) return whole.low;
    return sequence_.Below(2) == 0 ? whole.low : whole.high;
  }

  // At a point, just beside it, or between it and the next ones.
  std::int64_t Nudge(TypeKind kind) {
    constexpr std::int64_t kDays[] = {0, 0, -1, 1, -30, 30};
    constexpr std::int64_t kMinutes[] = {0, 0, -1, 1, 1440, -1440, 3 * 1440, -3 * 1440, -40 * 1440};
    constexpr std::int64_t kNumbers[] = {0, 0, -1, 1, 1000, -1000};
    if (kind == TypeKind::kDate) return kDays[sequence_.Below(6)];
    if (kind == TypeKind::kDatetime) return kMinutes[sequence_.Below(9)];
    return kNumbers[sequence_.Below(6)];
  }

  const program::Program& program_;
  const model::Policy& policy_;
  TurningPoints points_;
  std::vector<std::string> texts_;

  const Columns* from_ = nullptr;
  Columns* to_ = nullptr;
  std::size_t from_row_ = 0;
  std::uint32_t row_ = 0;
  model::FactId list_;  // whose element is being filled
  std::uint32_t element_ = 0;
  Sequence sequence_{0};
};

Draw::Draw(const program::Program& program) : impl_(std::make_unique<Impl>(program)) {}
Draw::~Draw() = default;
void Draw::Append(const Columns& from, std::size_t row, std::uint64_t number, Columns& to) {
  impl_->Append(from, row, number, to);
}

}  // namespace cordon::evaluate
