// One step from a value; see neighbours.h. Tested by tests/unit/mutants_test.cc.
#include "analyse/neighbours.h"

#include <utility>

namespace cordon::analyse {
namespace {

using model::Modality;
using value::Kind;
using value::Value;

constexpr std::int64_t kHour = 60;

// The unit that so many minutes are written in: `7 days` in days, `24 hours` in hours.
std::int64_t UnitOf(std::int64_t minutes) {
  if (minutes % calendar::kMinutesPerDay == 0 && minutes != calendar::kMinutesPerDay) return calendar::kMinutesPerDay;
  return minutes % kHour == 0 ? kHour : 1;
}

// The last digit that `thousandths` are written with.
std::int64_t DigitOf(std::int64_t thousandths) {
  std::int64_t digit = value::kDecimalScale;
  while (digit > 1 && thousandths % digit != 0) digit /= 10;
  return digit;
}

std::vector<Value> Around(const Value& value, std::int64_t step, std::int64_t least, std::int64_t most) {
  std::vector<Value> around;
  for (const std::int64_t number : {value.number - step, value.number + step}) {
    if (number >= least && number <= most) around.push_back({value.kind, number, {}});
  }
  return around;
}

std::vector<Value> SymbolsAround(const model::Policy& policy, const Value& value, const model::Type& type) {
  if (!type.category.valid()) return {};
  const model::Category& category = policy.categories[type.category.index];
  const auto num = static_cast<std::int64_t>(category.leaves.size());
  if (category.is_scale) return Around(value, 1, 0, num - 1);
  if (num < 2) return {};
  return {Value::Symbol(static_cast<std::size_t>((value.number + 1) % num))};
}

}  // namespace

std::vector<Value> Neighbours(const model::Policy& policy, const Value& value, const model::Type& type) {
  constexpr std::int64_t kMost = value::kLargestNumber;
  switch (value.kind) {
    case Kind::kBool:
      return {Value::Bool(value.number == 0)};
    case Kind::kInt:
      return Around(value, 1, -kMost, kMost);
    case Kind::kDecimal:
      return Around(value, DigitOf(value.number), -kMost, kMost);
    case Kind::kDate:
      return Around(value, 1, calendar::kFirstDate.days, calendar::kLastDate.days);
    case Kind::kDatetime:
      return Around(value, value.number % calendar::kMinutesPerDay == 0 ? calendar::kMinutesPerDay : 1,
                    calendar::kFirstDatetime.minutes, calendar::kLastDatetime.minutes);
    case Kind::kDuration:
      return Around(value, UnitOf(value.number), 0, kMost);
    case Kind::kPeriod:
      return Around(value, 1, 1, kMost);
    case Kind::kSymbol:
      return SymbolsAround(policy, value, type);
    case Kind::kText:
    case Kind::kNone:
      break;
  }
  return {};
}

std::vector<calendar::Period> Neighbours(const calendar::Period& period) {
  std::vector<calendar::Period> around;
  const std::int64_t unit = UnitOf(period.minutes);
  for (const std::int64_t step : {-1, 1}) {
    calendar::Period next = period;
    (period.is_calendar() ? next.months : next.minutes) += period.is_calendar() ? step : step * unit;
    if (next.months + next.minutes > 0) around.push_back(next);
  }
  return around;
}

std::vector<Modality> Neighbours(Modality modality) {
  switch (modality) {
    case Modality::kMust:
      return {Modality::kShould, Modality::kMustNot};
    case Modality::kMustNot:
      return {Modality::kShouldNot, Modality::kMust};
    case Modality::kShould:
      return {Modality::kMay, Modality::kMust, Modality::kShouldNot};
    case Modality::kShouldNot:
      return {Modality::kMustNot, Modality::kShould};
    case Modality::kMay:
      return {Modality::kShould, Modality::kNeedNot};
    case Modality::kNeedNot:
      return {Modality::kShouldNot, Modality::kMay};
    case Modality::kMustConsider:
      return {Modality::kShouldConsider, Modality::kMust};
    case Modality::kShouldConsider:
      return {Modality::kMayConsider, Modality::kMustConsider};
    case Modality::kMayConsider:
      return {Modality::kShouldConsider, Modality::kMay};
  }
  return {};
}

std::vector<model::EventRelation> Neighbours(model::EventRelation relation) {
  using model::EventRelation;
  switch (relation) {
    case EventRelation::kAt:
      return {EventRelation::kBefore, EventRelation::kAfter};
    case EventRelation::kBefore:
    case EventRelation::kAfter:
    case EventRelation::kDuring:
      return {EventRelation::kAt};
  }
  return {};
}

}  // namespace cordon::analyse
