// The calendar: civil dates, datetimes and the one clamped month step.
//
// Entry points: ParseDate, ParseDatetime, AddMonths, Shift. Dates are days, datetimes are minutes since 1970-01-01,
// both civil (no zone, no clock changes), within 1901-01-01 to 2099-12-31. A step that would leave that range stops at
// its end, so every function here is total; and each grows with each of its arguments, which the search through unknown
// dates relies on.
// Tested by tests/unit/calendar_test.cc and tests/tables/date_add.csv.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cordon::calendar {

inline constexpr std::int64_t kMinutesPerDay = 24 * 60;

// A civil date: days since 1970-01-01.
struct Date {
  std::int64_t days = 0;
  auto operator<=>(const Date&) const = default;
};

// A civil time to the minute: minutes since 1970-01-01T00:00.
struct Datetime {
  std::int64_t minutes = 0;
  auto operator<=>(const Datetime&) const = default;
};

inline constexpr Date kFirstDate{-25202};                                               // 1901-01-01
inline constexpr Date kLastDate{47481};                                                 // 2099-12-31
inline constexpr Datetime kFirstDatetime{kFirstDate.days * kMinutesPerDay};             // 1901-01-01T00:00
inline constexpr Datetime kLastDatetime{(kLastDate.days + 1) * kMinutesPerDay - 1};     // 2099-12-31T23:59

// A length of time. Calendar lengths (years, months) and exact ones (weeks to minutes) never mix: one of the two is 0.
struct Period {
  std::int64_t months = 0;
  std::int64_t minutes = 0;
  bool is_calendar() const { return months != 0; }
  bool operator==(const Period&) const = default;
};

// The first and last date or minute that an imprecise date stands for, both included.
struct DateRange {
  Date first;
  Date last;
  bool operator==(const DateRange&) const = default;
};
struct DatetimeRange {
  Datetime first;
  Datetime last;
  bool operator==(const DatetimeRange&) const = default;
};

// The date of `year`-`month`-`day`, or nothing where there is no such day or it lies outside the range.
std::optional<Date> MakeDate(int year, int month, int day);

// `date` moved by `months` calendar months (negative: back). A day that the target month lacks becomes its last day.
// Source: the language manual, "Time".
Date AddMonths(Date date, std::int64_t months);
// The same for a time: the date part moves and the time of day stays, but where the target month lacks the day, the
// time becomes the last minute of its last day, so that a later time never lands before an earlier one.
Datetime AddMonths(Datetime time, std::int64_t months);

// `date` moved by `period`, forwards for +1 and back for -1. An exact period that is no whole number of days moves the
// date's midnight and keeps the day. REQUIRES: direction is 1 or -1.
Date Shift(Date date, const Period& period, int direction);
Datetime Shift(Datetime time, const Period& period, int direction);

// The day of a time.
Date DayOf(Datetime time);

// Reads `2025-03-01`, `2025-03`, `2025`, `2024-06/2024-09` (either side any of the former), `../2023` and `2023/..`.
// Nothing where the text is none of these, the date does not exist or the first lies after the last.
std::optional<DateRange> ParseDateRange(std::string_view text);
// The same with times of day, `2025-03-01T14:30`; a date stands for all its minutes.
std::optional<DatetimeRange> ParseDatetimeRange(std::string_view text);
// Exactly `2025-03-01`.
std::optional<Date> ParseDate(std::string_view text);
// Exactly `2025-03-01T14:30`.
std::optional<Datetime> ParseDatetime(std::string_view text);

// `2025-03-01`.
std::string Format(Date date);
// `2025-03-01T14:30`.
std::string Format(Datetime time);
// `6 months`, `2 years`, `1 week`, `3 days`, `90 minutes`: in the largest unit that divides it, but one day is
// `24 hours`, which is what guidelines write.
std::string Format(const Period& period);
// The shortest text that ParseDateRange reads as `range`: `2025-03`, `2024-06/2024-09-12`.
std::string Format(const DateRange& range);
std::string Format(const DatetimeRange& range);

}  // namespace cordon::calendar
