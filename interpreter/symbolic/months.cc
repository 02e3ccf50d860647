// Pieces of the month step; see months.h.
#include "symbolic/months.h"

#include <algorithm>
#include <map>

#include "calendar/calendar.h"

namespace cordon::symbolic {

namespace {

using calendar::AddMonths;
using calendar::Date;

constexpr std::int64_t kCycleMonths = 48;
constexpr std::int64_t kCalendarMonths = 199 * 12;

// A cycle in the middle of the calendar: 1997-01-01 begins it.
constexpr std::int64_t kMiddle = calendar::kFirstDate.days + 24 * kCycleDays;

// How far a step moves the day at `offset`; whole cycles are taken apart, so that nothing leaves the calendar.
std::int64_t Moves(std::int64_t offset, std::int64_t months) {
  const std::int64_t cycles = months / kCycleMonths;
  const Date day{kMiddle + offset};
  return AddMonths(day, months - cycles * kCycleMonths).days - day.days + cycles * kCycleDays;
}

bool IsCut(std::int64_t offset, std::int64_t months) {
  const calendar::Datetime midnight{(kMiddle + offset) * calendar::kMinutesPerDay};
  return AddMonths(midnight, months % kCycleMonths).minutes % calendar::kMinutesPerDay != 0;
}

void AddOffset(std::int64_t offset, std::vector<Offsets>& to) {
  if (!to.empty() && to.back().last + 1 == offset) {
    to.back().last = offset;
  } else {
    to.push_back({offset, offset});
  }
}

}  // namespace

MonthStep StepBy(std::int64_t months) {
  MonthStep step;
  std::map<std::int64_t, std::vector<Offsets>> pieces;
  for (std::int64_t offset = 0; offset < kCycleDays; ++offset) {
    AddOffset(offset, pieces[Moves(offset, months)]);
    if (IsCut(offset, months)) AddOffset(offset, step.cut);
  }
  for (auto& [moves, offsets] : pieces) step.pieces.push_back({moves, std::move(offsets)});
  // Whole months leave the calendar together.
  step.first_day = calendar::kFirstDate.days;
  step.last_day = calendar::kLastDate.days;
  if (months <= -kCalendarMonths) step.first_day = calendar::kLastDate.days + 1;
  if (months >= kCalendarMonths) step.last_day = calendar::kFirstDate.days - 1;
  if (months < 0 && months > -kCalendarMonths) step.first_day = AddMonths(calendar::kFirstDate, -months).days;
  if (months > 0 && months < kCalendarMonths) {
    const Date first_of_last{calendar::kLastDate.days - 30};
    step.last_day = AddMonths(AddMonths(first_of_last, -months), 1).days - 1;
  }
  return step;
}

Interval Apart(std::int64_t less, std::int64_t more) {
  Interval apart{Moves(0, more) - Moves(0, less), Moves(0, more) - Moves(0, less)};
  for (std::int64_t offset = 0; offset < kCycleDays; ++offset) {
    const std::int64_t days = Moves(offset, more) - Moves(offset, less);
    apart = {std::min(apart.low, days), std::max(apart.high, days)};
  }
  return apart;
}

}  // namespace cordon::symbolic
