// DayTable: dates and times of fixed spelling, read by arithmetic on their digits.
//
// Knows no calendar of its own: the table of months is filled by calendar::MakeDate. What it does not read is either
// imprecise or wrong, which calendar::ParseDateRange tells. Tested by tests/unit/column_reader_test.cc.
#pragma once

#include <array>
#include <cstdint>

#include "calendar/calendar.h"
#include "facts/line_bytes.h"

namespace cordon::facts {

class DayTable {
 public:
  DayTable();

  // No date or time has this number.
  static constexpr std::int32_t kNone = INT32_MIN;

  // The day that the ten bytes at `at` spell as `2025-03-01`, or kNone. Looks at 16 bytes.
  std::int32_t Day(const char* at) const {
    const std::uint64_t head = Load8(at) ^ Word("0000-00-");
    const std::uint64_t end = (Load8(at + 8) ^ Word("00")) & 0xffff;
    const std::uint64_t wrong = NotAsSpelt(head, kHeadMarks) | NotAsSpelt(end, 0);
    return wrong != 0 ? kNone : Find(DigitPairs(head), DigitPairs(end) & 0xff);
  }

  // The minute that the 16 bytes at `at` spell as `2025-03-01T14:30`, or kNone.
  std::int32_t Minute(const char* at) const {
    const std::uint64_t head = Load8(at) ^ Word("0000-00-");
    const std::uint64_t end = Load8(at + 8) ^ Word("00T00:00");
    const std::uint64_t pairs = DigitPairs(end);
    const auto hour = static_cast<std::int32_t>(pairs >> 24 & 0xff);
    const auto minute = static_cast<std::int32_t>(pairs >> 48 & 0xff);
    if ((NotAsSpelt(head, kHeadMarks) | NotAsSpelt(end, kEndMarks)) != 0) return kNone;
    const std::int32_t day = Find(DigitPairs(head), pairs & 0xff);
    if (hour > 23 || minute > 59 || day == kNone) return kNone;
    return day * static_cast<std::int32_t>(calendar::kMinutesPerDay) + hour * 60 + minute;
  }

 private:
  static constexpr unsigned kFirstYear = 1901;
  static constexpr unsigned kNumMonths = 199 * 12;
  static constexpr std::uint64_t kHeadMarks = 0xff0000ff00000000;  // the bytes that are no digits
  static constexpr std::uint64_t kEndMarks = 0x0000ff0000ff0000;

  // The words below are a text's, less the digit 0 where a digit stands, and less itself where a mark stands.

  // Bits where a byte is not 0 to 9, or not 0 for a mark.
  static std::uint64_t NotAsSpelt(std::uint64_t word, std::uint64_t marks) {
    return (word | (word + kEachByte * 0x76 + (marks & kEachByte * 0x09))) & kHighBits;
  }
  // Byte i is ten times byte i, and byte i + 1.
  static std::uint64_t DigitPairs(std::uint64_t word) { return word * 10 + (word >> 8); }

  std::int32_t Find(std::uint64_t pairs, std::uint64_t day) const {
    const auto month = static_cast<unsigned>(pairs >> 40 & 0xff);
    const auto year = static_cast<unsigned>((pairs & 0xff) * 100 + (pairs >> 16 & 0xff));
    const unsigned at = (year - kFirstYear) * 12 + month - 1;
    if (month - 1 >= 12 || at >= kNumMonths) return kNone;
    const std::int32_t first = first_[at];
    const auto days = static_cast<std::uint64_t>(first_[at + 1] - first);
    return day - 1 >= days ? kNone : first + static_cast<std::int32_t>(day) - 1;
  }

  std::array<std::int32_t, kNumMonths + 1> first_;  // the first day of each month from 1901-01 on, and of 2100-01
};

}  // namespace cordon::facts
