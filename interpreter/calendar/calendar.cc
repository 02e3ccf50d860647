// The calendar's arithmetic and spellings; see calendar.h.
//
// Day counts and year-month-day triples are converted by std::chrono's proleptic Gregorian calendar. Its month
// arithmetic is not used: `2025-03-31 - months{1}` there is the 31st of February, which is no date. AddMonths is the
// one place that falls back to the month's last day.
#include "calendar/calendar.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "support/assert.h"

namespace cordon::calendar {
namespace {

constexpr int kFirstYear = 1901;
constexpr int kLastYear = 2099;
// More months, or minutes, than the whole range holds: a longer step ends where this one does.
constexpr std::int64_t kMostMonths = (kLastYear - kFirstYear + 1) * 12;
constexpr std::int64_t kMostMinutes = kLastDatetime.minutes - kFirstDatetime.minutes + 1;

std::chrono::year_month_day Civil(Date date) {
  return std::chrono::sys_days{std::chrono::days{static_cast<int>(date.days)}};
}

int YearOf(Date date) { return static_cast<int>(Civil(date).year()); }
int MonthOf(Date date) { return static_cast<int>(static_cast<unsigned>(Civil(date).month())); }
int DayOfMonth(Date date) { return static_cast<int>(static_cast<unsigned>(Civil(date).day())); }

Date LastOfMonth(int year, int month) {
  const std::chrono::year_month_day_last last{
      std::chrono::year{year}, std::chrono::month_day_last{std::chrono::month{static_cast<unsigned>(month)}}};
  return {std::chrono::sys_days{last}.time_since_epoch().count()};
}

Date Clamp(Date date) { return std::clamp(date, kFirstDate, kLastDate); }
Datetime Clamp(Datetime time) { return std::clamp(time, kFirstDatetime, kLastDatetime); }

// `text` as a number where it is exactly `num_digits` digits.
std::optional<int> ReadDigits(std::string_view text, std::size_t num_digits) {
  if (text.size() != num_digits) return std::nullopt;
  int number = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + (c - '0');
  }
  return number;
}

// `2025`, `2025-03` or `2025-03-01`.
std::optional<DateRange> ParseDateSide(std::string_view text) {
  const std::optional<int> year = ReadDigits(text.substr(0, 4), 4);
  if (!year || *year < kFirstYear || *year > kLastYear) return std::nullopt;
  if (text.size() == 4) return DateRange{*MakeDate(*year, 1, 1), *MakeDate(*year, 12, 31)};
  if (text.size() < 7 || text[4] != '-') return std::nullopt;
  const std::optional<int> month = ReadDigits(text.substr(5, 2), 2);
  if (!month || *month < 1 || *month > 12) return std::nullopt;
  if (text.size() == 7) return DateRange{*MakeDate(*year, *month, 1), LastOfMonth(*year, *month)};
  const std::optional<Date> date = ParseDate(text);
  if (!date) return std::nullopt;
  return DateRange{*date, *date};
}

// Any of the former, or a time.
std::optional<DatetimeRange> ParseDatetimeSide(std::string_view text) {
  if (const std::optional<Datetime> time = ParseDatetime(text)) return DatetimeRange{*time, *time};
  const std::optional<DateRange> range = ParseDateSide(text);
  if (!range) return std::nullopt;
  return DatetimeRange{{range->first.days * kMinutesPerDay}, {(range->last.days + 1) * kMinutesPerDay - 1}};
}

// One side, or two around `/` of which one may be `..`, read with `parse_side`; `whole` is what `..` reaches to.
template <typename Range, typename ParseSide>
std::optional<Range> ParseRange(std::string_view text, const Range& whole, ParseSide parse_side) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return parse_side(text);
  const std::string_view left = text.substr(0, slash);
  const std::string_view right = text.substr(slash + 1);
  if (left == ".." && right == "..") return std::nullopt;
  const std::optional<Range> first = left == ".." ? whole : parse_side(left);
  const std::optional<Range> last = right == ".." ? whole : parse_side(right);
  if (!first || !last || first->first > last->last) return std::nullopt;
  return Range{first->first, last->last};
}

// The shortest side that begins on `first`, and the shortest that ends on `last`.
std::string FormatFirst(Date first) {
  if (first == kFirstDate) return "..";
  if (DayOfMonth(first) != 1) return Format(first);
  return Format(first).substr(0, MonthOf(first) == 1 ? 4 : 7);
}
std::string FormatLast(Date last) {
  if (last == kLastDate) return "..";
  if (last != LastOfMonth(YearOf(last), MonthOf(last))) return Format(last);
  return Format(last).substr(0, MonthOf(last) == 12 ? 4 : 7);
}

// Two sides as a range; the whole calendar has no text with two open sides.
std::string JoinSides(const std::string& first, const std::string& last) {
  if (first == ".." && last == "..") return fmt::format("../{}", kLastYear);
  return fmt::format("{}/{}", first, last);
}

std::string CountUnits(std::int64_t count, std::string_view unit) {
  return fmt::format("{} {}{}", count, unit, count == 1 || count == -1 ? "" : "s");
}

}  // namespace

std::optional<Date> MakeDate(int year, int month, int day) {
  if (year < kFirstYear || year > kLastYear || month < 1 || month > 12 || day < 1) return std::nullopt;
  const Date last = LastOfMonth(year, month);
  if (day > DayOfMonth(last)) return std::nullopt;
  return Date{last.days - DayOfMonth(last) + day};
}

Date AddMonths(Date date, std::int64_t months) {
  const Date start = Clamp(date);
  const std::int64_t step = std::clamp(months, -kMostMonths, kMostMonths);
  const std::int64_t index = std::int64_t{YearOf(start)} * 12 + (MonthOf(start) - 1) + step;
  if (index < kFirstYear * 12) return kFirstDate;
  if (index >= (kLastYear + 1) * 12) return kLastDate;
  const Date last = LastOfMonth(static_cast<int>(index / 12), static_cast<int>(index % 12) + 1);
  return {last.days - std::max(0, DayOfMonth(last) - DayOfMonth(start))};
}

Datetime AddMonths(Datetime time, std::int64_t months) {
  const Datetime start = Clamp(time);
  const Date day = DayOf(start);
  const std::int64_t step = std::clamp(months, -kMostMonths, kMostMonths);
  const std::int64_t index = std::int64_t{YearOf(day)} * 12 + (MonthOf(day) - 1) + step;
  if (index < kFirstYear * 12) return kFirstDatetime;
  if (index >= (kLastYear + 1) * 12) return kLastDatetime;
  const Date landed = AddMonths(day, step);
  const bool fell_back = DayOfMonth(landed) < DayOfMonth(day);
  return {landed.days * kMinutesPerDay + (fell_back ? kMinutesPerDay - 1 : start.minutes - day.days * kMinutesPerDay)};
}

Date Shift(Date date, const Period& period, int direction) {
  CORDON_ASSERT(direction == 1 || direction == -1);
  if (period.is_calendar()) return AddMonths(date, std::clamp(period.months, -kMostMonths, kMostMonths) * direction);
  return DayOf(Shift(Datetime{Clamp(date).days * kMinutesPerDay}, period, direction));
}

Datetime Shift(Datetime time, const Period& period, int direction) {
  CORDON_ASSERT(direction == 1 || direction == -1);
  if (period.is_calendar()) return AddMonths(time, std::clamp(period.months, -kMostMonths, kMostMonths) * direction);
  const std::int64_t step = std::clamp(period.minutes, -kMostMinutes, kMostMinutes) * direction;
  return Clamp(Datetime{Clamp(time).minutes + step});
}

Date DayOf(Datetime time) {
  const std::int64_t days = time.minutes / kMinutesPerDay;
  return {time.minutes % kMinutesPerDay < 0 ? days - 1 : days};
}

std::optional<DateRange> ParseDateRange(std::string_view text) {
  return ParseRange(text, DateRange{kFirstDate, kLastDate}, ParseDateSide);
}

std::optional<DatetimeRange> ParseDatetimeRange(std::string_view text) {
  return ParseRange(text, DatetimeRange{kFirstDatetime, kLastDatetime}, ParseDatetimeSide);
}

std::optional<Date> ParseDate(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const std::optional<int> year = ReadDigits(text.substr(0, 4), 4);
  const std::optional<int> month = ReadDigits(text.substr(5, 2), 2);
  const std::optional<int> day = ReadDigits(text.substr(8, 2), 2);
  if (!year || !month || !day) return std::nullopt;
  return MakeDate(*year, *month, *day);
}

std::optional<Datetime> ParseDatetime(std::string_view text) {
  if (text.size() != 16 || text[10] != 'T' || text[13] != ':') return std::nullopt;
  const std::optional<Date> date = ParseDate(text.substr(0, 10));
  const std::optional<int> hour = ReadDigits(text.substr(11, 2), 2);
  const std::optional<int> minute = ReadDigits(text.substr(14, 2), 2);
  if (!date || !hour || !minute || *hour > 23 || *minute > 59) return std::nullopt;
  return Datetime{date->days * kMinutesPerDay + *hour * 60 + *minute};
}

std::string Format(Date date) {
  return fmt::format("{:04}-{:02}-{:02}", YearOf(date), MonthOf(date), DayOfMonth(date));
}

std::string Format(Datetime time) {
  const Date date = DayOf(time);
  const std::int64_t minute = time.minutes - date.days * kMinutesPerDay;
  return fmt::format("{}T{:02}:{:02}", Format(date), minute / 60, minute % 60);
}

std::string Format(const Period& period) {
  if (period.is_calendar()) {
    if (period.months % 12 == 0) return CountUnits(period.months / 12, "year");
    return CountUnits(period.months, "month");
  }
  const std::int64_t minutes = period.minutes;
  if (minutes == 0) return "0 days";
  if (minutes % (7 * kMinutesPerDay) == 0) return CountUnits(minutes / (7 * kMinutesPerDay), "week");
  if (minutes % kMinutesPerDay == 0 && minutes != kMinutesPerDay) return CountUnits(minutes / kMinutesPerDay, "day");
  if (minutes % 60 == 0) return CountUnits(minutes / 60, "hour");
  return CountUnits(minutes, "minute");
}

std::string Format(const DateRange& range) {
  if (range.first == range.last) return Format(range.first);
  for (const std::size_t length : {4, 7}) {
    const std::string text = Format(range.first).substr(0, length);
    if (ParseDateRange(text) == range) return text;
  }
  return JoinSides(FormatFirst(range.first), FormatLast(range.last));
}

std::string Format(const DatetimeRange& range) {
  if (range.first == range.last) return Format(range.first);
  const Date first = DayOf(range.first);
  const Date last = DayOf(range.last);
  const bool begins_a_day = range.first.minutes == first.days * kMinutesPerDay;
  const bool ends_a_day = range.last.minutes == (last.days + 1) * kMinutesPerDay - 1;
  if (begins_a_day && ends_a_day) return Format(DateRange{first, last});
  return JoinSides(begins_a_day ? FormatFirst(first) : Format(range.first),
                   ends_a_day ? FormatLast(last) : Format(range.last));
}

}  // namespace cordon::calendar
