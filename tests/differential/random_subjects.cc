// Makes up subjects; see random_subjects.h.
#include "random_subjects.h"

#include <algorithm>
#include <utility>

#include "evaluate/duties.h"
#include "evaluate/reads.h"
#include "evaluate/reference.h"
#include "evaluate/settle.h"
#include "evaluate/view.h"

namespace cordon::testing {
namespace {

using facts::Cell;
using facts::CellState;
using model::Type;
using model::TypeKind;
using value::Value;

constexpr std::int64_t kDay = calendar::kMinutesPerDay;
constexpr unsigned kTriesOfRecord = 8;

// One subject while it is drawn.
class Drawing {
 public:
  Drawing(const SubjectMaker& maker, Random& random, Gaps gaps)
      : maker_(maker), policy_(maker.policy()), random_(random), gaps_(gaps) {
    gap_ = gaps == Gaps::kNone ? 0 : gaps == Gaps::kFew ? 2 + random.Below(5) : 12 + random.Below(25);
    static const unsigned kYes[] = {3, 12, 30, 50, 85};
    yes_ = kYes[random.Below(5)];
    static const unsigned kLists[] = {4, 4, 4, 2, 1, 9};
    elements_ = kLists[random.Below(6)];
    all_facts_ = random.Once(5);
  }

  facts::Subject Draw() {
    subject_ = facts::Unasked(policy_, AsOf());
    if (!random_.Once(8)) subject_.id = std::to_string(random_.Below(1000));
    for (const bool lists : {false, true}) {
      for (std::size_t i = 0; i < policy_.facts.size(); ++i) {
        const TypeKind kind = policy_.facts[i].type.kind;
        if ((kind == TypeKind::kList || kind == TypeKind::kRecord) == lists) DrawFact(i);
      }
    }
    return std::move(subject_);
  }

  // The same but for one thing.
  facts::Subject Change(const facts::Subject& from) {
    subject_ = from;
    if (random_.Once(6)) {
      subject_.as_of = random_.Once(2) ? AsOf() : Next(subject_.as_of);
      return std::move(subject_);
    }
    std::vector<std::size_t> wanted;
    for (std::size_t i = 0; i < policy_.facts.size(); ++i) {
      if (maker_.wanted()[i]) wanted.push_back(i);
    }
    if (!wanted.empty()) DrawFact(wanted[random_.Below(static_cast<unsigned>(wanted.size()))]);
    return std::move(subject_);
  }

 private:
  bool Percent(unsigned percent) { return random_.Below(100) < percent; }
  std::int64_t Between(std::int64_t first, std::int64_t last) {
    return first + random_.Below(static_cast<unsigned>(last - first + 1));
  }
  template <typename T>
  const T& One(const std::vector<T>& from) {
    return from[random_.Below(static_cast<unsigned>(from.size()))];
  }

  // ---- the day

  model::Moment AsOf() {
    static const char* const kDays[] = {"2025-03-01", "2024-02-29", "2024-08-31", "2023-08-31", "2025-03-31",
                                        "2019-10-14", "2000-02-29", "2025-01-01", "2024-12-31", "2021-06-15"};
    calendar::Date day = *calendar::ParseDate(kDays[random_.Below(10)]);
    if (random_.Once(4)) day.days = Between(calendar::MakeDate(2015, 1, 1)->days, calendar::MakeDate(2030, 1, 1)->days);
    if (random_.Once(40)) day = random_.Once(2) ? calendar::kFirstDate : calendar::kLastDate;
    model::Moment moment{day, std::nullopt};
    if ((maker_.reads_now() && gaps_ == Gaps::kNone) || random_.Once(2)) {
      static const std::int64_t kTimes[] = {0, 1, 12 * 60, 14 * 60 + 30, kDay - 1};
      moment.time = calendar::Datetime{day.days * kDay + kTimes[random_.Below(5)]};
    }
    return moment;
  }
  static model::Moment Next(model::Moment moment) {
    if (moment.date < calendar::kLastDate) ++moment.date.days;
    if (moment.time && moment.date < calendar::kLastDate) moment.time->minutes += kDay;
    if (moment.time) moment.time->minutes = moment.date.days * kDay + moment.time->minutes % kDay;
    if (moment.time && calendar::DayOf(*moment.time) != moment.date) moment.time.reset();
    return moment;
  }

  // ---- facts

  void DrawFact(std::size_t index) {
    const model::Fact& fact = policy_.facts[index];
    Cell& cell = subject_.facts[index];
    cell = {};
    current_.clear();
    if (index == policy_.setting.index) return DrawSetting(fact.type, cell);
    if (!maker_.wanted()[index] && !all_facts_) return;
    if (fact.is_decision && Percent(60)) return;
    const Place place{model::FactId(index), {}, {}};
    switch (fact.type.kind) {
      case TypeKind::kList:
        DrawList(fact.type, place, cell);
        return;
      case TypeKind::kRecord:
        if (!Unknown(cell)) cell = DrawRecord(fact.type);
        return;
      case TypeKind::kBool:
      case TypeKind::kInt:
      case TypeKind::kDecimal:
      case TypeKind::kText:
      case TypeKind::kDate:
      case TypeKind::kDatetime:
      case TypeKind::kDuration:
      case TypeKind::kPeriod:
      case TypeKind::kCategory:
      case TypeKind::kGroup:
        cell = DrawScalar(fact.type, place);
    }
  }

  // Absent or null, if chance says so.
  bool Unknown(Cell& cell) {
    if (!Percent(gap_)) return false;
    if (random_.Once(3)) cell.state = CellState::kNull;
    return true;
  }

  void DrawSetting(const Type& type, Cell& cell) {
    const auto& settings = policy_.protocols[maker_.protocol().index].settings;
    const model::Category& category = policy_.categories[type.category.index];
    const bool inside = !settings.empty() && Percent(75);
    const std::size_t leaf = inside ? One(settings) : random_.Below(static_cast<unsigned>(category.leaves.size()));
    if (gaps_ != Gaps::kNone && Percent(gaps_ == Gaps::kFew ? 5 : 20)) {
      if (random_.Once(2)) return;
      cell = random_.Once(4) ? Cell{} : Imprecise(type, Value::Symbol(leaf));
      if (cell.state == CellState::kAbsent) cell.state = CellState::kNull;
      return;
    }
    cell = Cell::Known(Value::Symbol(leaf));
  }

  void DrawList(const Type& type, const Place& place, Cell& cell) {
    if (Unknown(cell)) return;
    cell.state = CellState::kList;
    cell.open = Percent(gap_ / 2);
    const Type element = ElementType(type);
    const bool records = element.kind == TypeKind::kRecord;
    for (unsigned n = random_.Below(elements_); n > 0; --n) {
      if (!cell.children.empty() && random_.Once(4)) {
        cell.children.push_back(One(cell.children));
        if (records && random_.Once(2)) ChangeField(element, cell.children.back());
        continue;
      }
      current_.clear();
      cell.children.push_back(records ? DrawRecord(element) : DrawScalar(element, place));
      if (cell.children.back().state == CellState::kAbsent) cell.children.back().state = CellState::kNull;
    }
  }

  Cell DrawRecord(const Type& type) {
    Cell cell;
    const bool careless = Percent(3);
    for (unsigned n = 0; n < kTriesOfRecord; ++n) {
      current_.clear();
      cell = {};
      cell.state = CellState::kRecord;
      const model::Record& record = policy_.records[type.record.index];
      cell.children.resize(record.fields.size());
      for (std::size_t i = 0; i < record.fields.size(); ++i) DrawField(type, i, cell);
      if (careless || Satisfies(type, cell)) break;
    }
    return cell;
  }

  void DrawField(const Type& type, std::size_t index, Cell& cell) {
    const model::Field& field = policy_.records[type.record.index].fields[index];
    if (field.derived.valid()) return;
    cell.children[index] = DrawScalar(field.type, {{}, type.record, model::FieldId(index)});
  }

  void ChangeField(const Type& type, Cell& cell) {
    if (cell.state != CellState::kRecord) return;
    const Cell before = cell;
    DrawField(type, random_.Below(static_cast<unsigned>(cell.children.size())), cell);
    if (!Satisfies(type, cell)) cell = before;
  }

  bool Satisfies(const Type& type, const Cell& cell) const {
    if (policy_.records[type.record.index].requires_.empty()) return true;
    evaluate::World world;
    evaluate::MakeCell(policy_, cell, type, world);
    const evaluate::DutyTable none;
    const evaluate::Context context{policy_, maker_.protocol(), subject_.as_of, none, maker_.reads_facts()};
    std::vector<evaluate::View> views{{{}, evaluate::MakeNow(policy_, subject_.as_of, world)}};
    evaluate::Left left;
    return evaluate::SettleObligations(context, views, world, &left);
  }

  // ---- scalars

  Cell DrawScalar(const Type& type, const Place& place) {
    Cell cell;
    if (type.or_none && random_.Once(5)) return Cell::Known(Value::None());
    Value value = DrawValue(type, place);
    Remember(place, value);
    if (!Percent(gap_)) return Cell::Known(std::move(value));
    if (random_.Once(2)) cell = Imprecise(type, value);
    if (cell.state == CellState::kAbsent && random_.Once(3)) cell.state = CellState::kNull;
    return cell;
  }

  void Remember(const Place& place, const Value& value) {
    if (place.record.valid()) current_[place] = value;
    drawn_[place].push_back(value);
  }
  // What stands at `place`: in the record that is being drawn, or somewhere.
  const Value* Known(const Place& place) {
    const auto here = current_.find(place);
    if (here != current_.end()) return &here->second;
    const auto there = drawn_.find(place);
    return there == drawn_.end() ? nullptr : &One(there->second);
  }

  Value DrawValue(const Type& type, const Place& place) {
    const Turning* turning = maker_.boundaries().Of(place);
    switch (type.kind) {
      case TypeKind::kBool:
        return Value::Bool(Percent(yes_));
      case TypeKind::kInt:
        return Value::Int(DrawNumber(turning, value::kLargestNumber));
      case TypeKind::kDecimal:
        return Value::Decimal(DrawNumber(turning, value::kLargestNumber * value::kDecimalScale));
      case TypeKind::kDuration:
      case TypeKind::kPeriod:
        return Value::Duration(std::abs(DrawNumber(turning, 100'000'000)));
      case TypeKind::kText:
        return Value::Text(DrawText(turning));
      case TypeKind::kDate:
        return Value::OfDate({DayOf(DrawTime(turning, true))});
      case TypeKind::kDatetime:
        return Value::OfDatetime({DrawTime(turning, false)});
      case TypeKind::kCategory:
        return Value::Symbol(DrawLeaf(turning, policy_.categories[type.category.index].leaves.size()));
      case TypeKind::kRecord:
      case TypeKind::kList:
      case TypeKind::kGroup:
        break;
    }
    return Value::None();
  }

  static std::int64_t DayOf(std::int64_t minutes) { return calendar::DayOf(calendar::Datetime{minutes}).days; }

  std::size_t DrawLeaf(const Turning* turning, std::size_t num_leaves) {
    const auto any = static_cast<std::size_t>(random_.Below(static_cast<unsigned>(num_leaves)));
    if (turning == nullptr || random_.Once(4)) return any;
    if (!turning->alike.empty() && random_.Once(4)) {
      const Value* other = Known(One(turning->alike));
      if (other != nullptr) return static_cast<std::size_t>(other->number);
    }
    return turning->symbols.empty() ? any : OfSet(One(turning->symbols), num_leaves, any);
  }
  // A leaf of the set, or as often one out of it.
  std::size_t OfSet(const std::vector<std::size_t>& set, std::size_t num_leaves, std::size_t any) {
    if (set.empty()) return any;
    if (random_.Once(2)) return One(set);
    for (std::size_t n = 0; n < num_leaves; ++n) {
      const std::size_t leaf = (any + n) % num_leaves;
      if (!std::binary_search(set.begin(), set.end(), leaf)) return leaf;
    }
    return any;
  }

  std::string DrawText(const Turning* turning) {
    static const char* const kTexts[] = {"", "a", "b", "x \"y\" \\ z", "æøå", "\n\t"};
    if (turning != nullptr && !turning->alike.empty() && random_.Once(4)) {
      const Value* other = Known(One(turning->alike));
      if (other != nullptr) return other->text;
    }
    if (turning != nullptr && !turning->texts.empty() && !random_.Once(4)) return One(turning->texts);
    return kTexts[random_.Below(6)];
  }

  std::int64_t DrawNumber(const Turning* turning, std::int64_t largest) {
    if (random_.Once(60)) return random_.Once(2) ? largest : -largest;
    if (turning == nullptr || turning->numbers.empty() || random_.Once(8)) return Between(-2, 10);
    const NumberEdge& edge = One(turning->numbers);
    std::int64_t rest = edge.rest.constant;
    for (const auto& [place, times] : edge.rest.parts) {
      const Value* other = Known(place);
      if (other == nullptr || std::abs(other->number) > value::kLargestNumber / 1000) return Between(-2, 10);
      rest += times * other->number;
    }
    const std::int64_t turns = -rest / edge.times;
    const std::int64_t beside = random_.Once(2) ? 0 : Between(-2, 2);
    return std::clamp(turns + (random_.Once(10) ? beside * 1000 : beside), -largest, largest);
  }

  // ---- times, in minutes

  std::int64_t DrawTime(const Turning* turning, bool is_date) {
    const std::int64_t today = subject_.as_of.date.days * kDay;
    std::int64_t at = today;
    if (random_.Once(12)) {
      at = Somewhen(today);
    } else if (turning == nullptr || turning->times.empty() || random_.Once(10)) {
      static const std::int64_t kAway[] = {0, 1, -1, -7, -30, -31, -180, -365, 10};
      at = today + kAway[random_.Below(9)] * kDay + (is_date ? 0 : Between(0, kDay - 1));
    } else {
      at = Beside(AtEdge(One(turning->times), is_date), is_date);
    }
    return std::clamp(at, calendar::kFirstDatetime.minutes, calendar::kLastDatetime.minutes);
  }

  std::int64_t AtEdge(const TimeEdge& edge, bool is_date) {
    std::int64_t at = BaseOf(edge.moment);
    for (auto move = edge.moment.moves.rbegin(); move != edge.moment.moves.rend(); ++move)
      at = Moved(at, edge.moment.is_date, *move);
    at = std::clamp(at + edge.minutes, calendar::kFirstDatetime.minutes, calendar::kLastDatetime.minutes);
    for (const Move& move : edge.undo) at = Moved(at, is_date, {move.period, -move.direction});
    return at;
  }

  std::int64_t BaseOf(const Moment& moment) {
    const std::int64_t today = subject_.as_of.date.days * kDay;
    switch (moment.base) {
      case Moment::Base::kConstant:
        return moment.constant;
      case Moment::Base::kToday:
        return today;
      case Moment::Base::kNow:
        return subject_.as_of.time ? subject_.as_of.time->minutes : today + 12 * 60;
      case Moment::Base::kPlace:
        break;
    }
    const Value* known = Known(moment.place);
    if (known == nullptr || known->kind == value::Kind::kNone) return today - Between(0, 40) * kDay;
    return known->number * (known->kind == value::Kind::kDate ? kDay : 1);
  }

  std::int64_t Beside(std::int64_t at, bool is_date) {
    static const std::int64_t kDays[] = {0, 0, 0, 1, -1, 1, -1, 2, -2, -10};
    static const std::int64_t kMinutes[] = {0, 0, 0, 1, -1, 1, -1, 60, -60, -600};
    if (is_date) return at + kDays[random_.Below(10)] * kDay;
    switch (random_.Below(4)) {
      case 0:
        return DayOf(at) * kDay + (random_.Once(2) ? 0 : kDay - 1);
      case 1:
        return at + kDays[random_.Below(10)] * kDay;
      default:
        return at + kMinutes[random_.Below(10)];
    }
  }

  // Month ends, leap days, the ends of the calendar.
  std::int64_t Somewhen(std::int64_t today) {
    switch (random_.Below(4)) {
      case 0:
        return random_.Once(2) ? calendar::kFirstDatetime.minutes : calendar::kLastDatetime.minutes;
      case 1:
        return calendar::ParseDate(random_.Pick({"2024-02-29", "2000-02-29", "2020-02-29"}))->days * kDay;
      default: {
        const auto months = Between(-14, 2);
        const calendar::Date to = calendar::AddMonths(calendar::Date{DayOf(today)}, months);
        const std::string month = calendar::Format(to).substr(0, 7);
        const calendar::DateRange whole = *calendar::ParseDateRange(month);
        return (random_.Once(2) ? whole.first : whole.last).days * kDay;
      }
    }
  }

  // ---- what is not exact

  // Some values, `value` among them; absent where there is no such thing.
  Cell Imprecise(const Type& type, const Value& value) {
    Cell cell;
    if (type.kind == TypeKind::kDate || type.kind == TypeKind::kDatetime) return Range(type.kind, value.number);
    if (type.kind != TypeKind::kCategory) return cell;
    std::vector<const model::CategoryNode*> inner;
    for (const model::CategoryNode& node : policy_.categories[type.category.index].nodes) {
      const auto leaf = static_cast<std::size_t>(value.number);
      if (!node.is_leaf() && node.first_leaf <= leaf && leaf < node.end_leaf) inner.push_back(&node);
    }
    if (inner.empty()) return cell;
    const model::CategoryNode& node = *One(inner);
    cell.state = CellState::kSymbols;
    cell.first_leaf = node.first_leaf;
    cell.end_leaf = node.end_leaf;
    return cell;
  }

  Cell Range(TypeKind kind, std::int64_t number) {
    const bool is_date = kind == TypeKind::kDate;
    const std::int64_t first = is_date ? calendar::kFirstDate.days : calendar::kFirstDatetime.minutes;
    const std::int64_t last = is_date ? calendar::kLastDate.days : calendar::kLastDatetime.minutes;
    const std::string text =
        is_date ? calendar::Format(calendar::Date{number}) : calendar::Format(calendar::Datetime{number});
    Cell cell;
    cell.state = CellState::kRange;
    cell.first = cell.last = number;
    const std::int64_t away = random_.Once(2) ? 1 : Between(1, is_date ? 40 : 3000);
    switch (random_.Below(7)) {
      case 0:
      case 1: {
        static const std::size_t kLengths[] = {7, 4, 10};  // the month, the year, the day
        const std::string whole = text.substr(0, kLengths[random_.Below(is_date ? 2 : 3)]);
        cell.first =
            is_date ? calendar::ParseDateRange(whole)->first.days : calendar::ParseDatetimeRange(whole)->first.minutes;
        cell.last =
            is_date ? calendar::ParseDateRange(whole)->last.days : calendar::ParseDatetimeRange(whole)->last.minutes;
        break;
      }
      case 2:
        cell.first = first;
        break;
      case 3:
        cell.last = last;
        break;
      case 4:
        cell.first -= away;
        break;
      case 5:
        cell.last += away;
        break;
      default:
        cell.first -= away;
        cell.last += away;
    }
    cell.first = std::max(cell.first, first);
    cell.last = std::min(cell.last, last);
    return cell.first < cell.last ? cell : Cell{};
  }

  const SubjectMaker& maker_;
  const model::Policy& policy_;
  Random& random_;
  Gaps gaps_;
  unsigned gap_ = 0;       // in a hundred
  unsigned yes_ = 50;      // in a hundred
  unsigned elements_ = 4;  // fewer than this in a list
  bool all_facts_ = false;
  facts::Subject subject_;
  std::map<Place, Value> current_;  // of the record that is being drawn
  std::map<Place, std::vector<Value>> drawn_;
};

}  // namespace

SubjectMaker::SubjectMaker(const model::Policy& policy, model::ProtocolId protocol, std::vector<bool> wanted)
    : policy_(policy),
      protocol_(protocol),
      wanted_(std::move(wanted)),
      boundaries_(policy),
      reads_facts_(evaluate::ExprsThatReadFacts(policy)) {
  for (const model::Expr& expr : policy.exprs) reads_now_ = reads_now_ || expr.kind == model::ExprKind::kNow;
}

facts::Subject SubjectMaker::Make(Random& random, Gaps gaps) const { return Drawing(*this, random, gaps).Draw(); }

std::vector<facts::Subject> SubjectMaker::MakeMany(Random& random, Gaps gaps, std::size_t count) const {
  std::vector<facts::Subject> subjects;
  while (subjects.size() < count) {
    if (!subjects.empty() && random.Once(4)) {
      const facts::Subject& before = subjects[random.Below(static_cast<unsigned>(subjects.size()))];
      subjects.push_back(random.Once(5) ? before : Drawing(*this, random, gaps).Change(before));
    } else {
      subjects.push_back(Make(random, gaps));
    }
  }
  return subjects;
}

}  // namespace cordon::testing
