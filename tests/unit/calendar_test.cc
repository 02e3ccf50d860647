// The calendar against tests/tables/date_add.csv, and its laws over every date there is.
#include "calendar/calendar.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "table.h"

namespace cordon::calendar {
namespace {

struct Step {
  Period period;
  int direction = 1;
};

// Reads `+6 months` or `-24 hours`.
Step ReadStep(const std::string& cell) {
  const std::size_t space = cell.find(' ');
  const std::int64_t count = std::stoll(cell.substr(1, space - 1));
  std::string unit = cell.substr(space + 1);
  if (unit.back() == 's') unit.pop_back();
  const int direction = cell[0] == '-' ? -1 : 1;
  if (unit == "year") return {{count * 12, 0}, direction};
  if (unit == "month") return {{count, 0}, direction};
  if (unit == "week") return {{0, count * 7 * kMinutesPerDay}, direction};
  if (unit == "day") return {{0, count * kMinutesPerDay}, direction};
  EXPECT_EQ(unit, "hour");
  return {{0, count * 60}, direction};
}

Date Day(const std::string& text) {
  const std::optional<Date> date = ParseDate(text);
  EXPECT_TRUE(date.has_value()) << text;
  return date.value_or(Date{});
}

Datetime Time(const std::string& text) {
  const std::optional<Datetime> time = ParseDatetime(text);
  EXPECT_TRUE(time.has_value()) << text;
  return time.value_or(Datetime{});
}

TEST(Calendar, StepsAsTheTableSays) {
  for (const std::vector<std::string>& row : tests::ReadTable("date_add.csv", 4)) {
    const Step step = ReadStep(row[1]);
    EXPECT_EQ(Format(Shift(Day(row[0]), step.period, step.direction)), row[2]) << row[0] << " " << row[1];
  }
}

TEST(Calendar, BeginsAndEndsWhereTheLanguageSays) {
  EXPECT_EQ(MakeDate(1901, 1, 1), kFirstDate);
  EXPECT_EQ(MakeDate(2099, 12, 31), kLastDate);
  EXPECT_EQ(Format(kFirstDatetime), "1901-01-01T00:00");
  EXPECT_EQ(Format(kLastDatetime), "2099-12-31T23:59");
  EXPECT_FALSE(MakeDate(1900, 12, 31).has_value());
  EXPECT_FALSE(MakeDate(2100, 1, 1).has_value());
}

TEST(Calendar, RefusesDaysThatDoNotExist) {
  EXPECT_TRUE(MakeDate(2024, 2, 29).has_value());
  EXPECT_FALSE(MakeDate(2025, 2, 29).has_value());
  EXPECT_FALSE(MakeDate(2025, 4, 31).has_value());
  EXPECT_FALSE(MakeDate(2025, 0, 1).has_value());
  EXPECT_FALSE(MakeDate(2025, 13, 1).has_value());
  EXPECT_FALSE(MakeDate(2025, 1, 0).has_value());
  EXPECT_FALSE(MakeDate(2025, std::numeric_limits<int>::max(), 1).has_value());
}

TEST(Calendar, ReadsBackEveryDateThatItWrites) {
  for (Date date = kFirstDate; date <= kLastDate; ++date.days) {
    ASSERT_EQ(ParseDate(Format(date)), date) << date.days;
    ASSERT_EQ(DayOf(Datetime{date.days * kMinutesPerDay}), date);
    ASSERT_EQ(DayOf(Datetime{(date.days + 1) * kMinutesPerDay - 1}), date);
  }
}

// A longer step never lands earlier, and a later date never lands before an earlier one: over every date.
TEST(Calendar, MonthStepsGrowWithTheDateAndWithTheStep) {
  std::vector<Date> before(49, kFirstDate);
  for (Date date = kFirstDate; date <= kLastDate; ++date.days) {
    Date shorter = kFirstDate;
    for (int months = -24; months <= 24; ++months) {
      const Date landed = AddMonths(date, months);
      ASSERT_GE(landed, before[months + 24]) << Format(date) << " " << months;
      ASSERT_GE(landed, shorter) << Format(date) << " " << months;
      ASSERT_LE(landed, kLastDate);
      before[months + 24] = landed;
      shorter = landed;
    }
    ASSERT_EQ(AddMonths(date, 0), date);
  }
}

TEST(Calendar, MonthStepsKeepTheTimeOfDayWhereTheDayExists) {
  EXPECT_EQ(Format(AddMonths(Time("2025-03-28T14:30"), -1)), "2025-02-28T14:30");
  EXPECT_EQ(Format(AddMonths(Time("2025-03-31T14:30"), -1)), "2025-02-28T23:59");
  EXPECT_EQ(Format(AddMonths(Time("2024-02-29T00:00"), 12)), "2025-02-28T23:59");
  EXPECT_EQ(AddMonths(Time("2099-12-01T00:00"), 1), kLastDatetime);
  EXPECT_EQ(AddMonths(Time("1901-01-31T23:59"), -1), kFirstDatetime);
}

// The same law for times: four times of each day of two years around a leap day.
TEST(Calendar, MonthStepsOfTimesGrowToo) {
  for (int months = -24; months <= 24; ++months) {
    Datetime before = kFirstDatetime;
    for (Datetime time = Time("2023-06-01T00:00"); time < Time("2025-06-01T00:00");
         time.minutes += kMinutesPerDay / 4) {
      const Datetime landed = AddMonths(time, months);
      ASSERT_GE(landed, before) << Format(time) << " " << months;
      ASSERT_EQ(DayOf(landed), AddMonths(DayOf(time), months));
      before = landed;
    }
  }
}

TEST(Calendar, StepsStopAtTheEndsHoweverLong) {
  const std::int64_t most = std::numeric_limits<std::int64_t>::max();
  const std::int64_t least = std::numeric_limits<std::int64_t>::min();
  EXPECT_EQ(AddMonths(Day("2025-03-01"), most), kLastDate);
  EXPECT_EQ(AddMonths(Day("2025-03-01"), least), kFirstDate);
  EXPECT_EQ(Shift(Day("2025-03-01"), {least, 0}, -1), kLastDate);
  EXPECT_EQ(Shift(Time("2025-03-01T10:00"), {0, most}, 1), kLastDatetime);
  EXPECT_EQ(Shift(Time("2025-03-01T10:00"), {0, most}, -1), kFirstDatetime);
  EXPECT_EQ(Shift(Time("2025-03-01T10:00"), {0, least}, 1), kFirstDatetime);
}

TEST(Calendar, ReadsImpreciseDates) {
  const auto read = [](const std::string& text) -> std::string {
    const std::optional<DateRange> range = ParseDateRange(text);
    return range ? Format(range->first) + " " + Format(range->last) : "nothing";
  };
  EXPECT_EQ(read("2025-03-01"), "2025-03-01 2025-03-01");
  EXPECT_EQ(read("2024-02"), "2024-02-01 2024-02-29");
  EXPECT_EQ(read("2025"), "2025-01-01 2025-12-31");
  EXPECT_EQ(read("2024-06/2024-09"), "2024-06-01 2024-09-30");
  EXPECT_EQ(read("2024-06-15/2025"), "2024-06-15 2025-12-31");
  EXPECT_EQ(read("../2023"), "1901-01-01 2023-12-31");
  EXPECT_EQ(read("2023/.."), "2023-01-01 2099-12-31");
  for (const char* text :
       {"", "/", "..", "../..", "2025-", "2025-3", "2025-13", "2025-02-30", "25-03-01", "2025-03-01T10:00", "2025/2024",
        "2025-03/", "/2025", "2025/2026/2027", "1900", "2100", " 2025", "2025 ", "+025"}) {
    EXPECT_EQ(read(text), "nothing") << text;
  }
}

TEST(Calendar, ReadsImpreciseTimes) {
  const auto read = [](const std::string& text) -> std::string {
    const std::optional<DatetimeRange> range = ParseDatetimeRange(text);
    return range ? Format(range->first) + " " + Format(range->last) : "nothing";
  };
  EXPECT_EQ(read("2025-03-01T14:30"), "2025-03-01T14:30 2025-03-01T14:30");
  EXPECT_EQ(read("2025-03-01"), "2025-03-01T00:00 2025-03-01T23:59");
  EXPECT_EQ(read("2025-03-01T14:30/2025-03-02"), "2025-03-01T14:30 2025-03-02T23:59");
  EXPECT_EQ(read("../2025-03-01T14:30"), "1901-01-01T00:00 2025-03-01T14:30");
  for (const char* text : {"2025-03-01T24:00", "2025-03-01T10:60", "2025-03-01T1:00", "2025-03-01 10:00",
                           "2025-03-01T10:00:00", "2025-03-01T10:00Z", "2025-03-02/2025-03-01T10:00"}) {
    EXPECT_EQ(read(text), "nothing") << text;
  }
}

TEST(Calendar, WritesTheShortestTextOfARange) {
  for (const char* text : {"2025", "2025-03", "2025-03-01", "2024-06/2024-09", "2024-06/2024-09-12", "../2023",
                           "2023/..", "../2099", "2024-06-15/2025", "1901", "2099"}) {
    const std::optional<DateRange> range = ParseDateRange(text);
    ASSERT_TRUE(range.has_value()) << text;
    EXPECT_EQ(Format(*range), text);
  }
  for (const char* text :
       {"2025", "2025-03-01", "2025-03-01T14:30", "2025-03-01T14:30/2025-03", "../2025-03-01T14:30"}) {
    const std::optional<DatetimeRange> range = ParseDatetimeRange(text);
    ASSERT_TRUE(range.has_value()) << text;
    EXPECT_EQ(Format(*range), text);
  }
}

TEST(Calendar, WritesPeriodsInTheLargestUnitThatFits) {
  EXPECT_EQ(Format(Period{6, 0}), "6 months");
  EXPECT_EQ(Format(Period{1, 0}), "1 month");
  EXPECT_EQ(Format(Period{12, 0}), "1 year");
  EXPECT_EQ(Format(Period{18, 0}), "18 months");
  EXPECT_EQ(Format(Period{0, kMinutesPerDay}), "24 hours");
  EXPECT_EQ(Format(Period{0, 2 * kMinutesPerDay}), "2 days");
  EXPECT_EQ(Format(Period{0, 7 * kMinutesPerDay}), "1 week");
  EXPECT_EQ(Format(Period{0, 90}), "90 minutes");
  EXPECT_EQ(Format(Period{0, 60}), "1 hour");
  EXPECT_EQ(Format(Period{}), "0 days");
}

}  // namespace
}  // namespace cordon::calendar
