// Value: one known scalar, of any of the language's scalar types.
//
// Records and lists are not values here: a fact's records live in facts/, where each field may be unknown.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "calendar/calendar.h"

namespace cordon::value {

enum class Kind : std::uint8_t {
  kBool,      // number: 0 or 1
  kInt,       // number, within +-10^15
  kDecimal,   // number: thousandths, so that comparison is exact
  kText,      // text
  kDate,      // number: days since 1970-01-01
  kDatetime,  // number: minutes since 1970-01-01T00:00
  kDuration,  // number: minutes (exact durations)
  kPeriod,    // number: months (calendar durations)
  kSymbol,    // number: the index of a leaf in its category or scale
  kNone,      // the known absence of a value
};

struct Value {
  Kind kind = Kind::kNone;
  std::int64_t number = 0;
  std::string text;

  bool operator==(const Value&) const = default;

  static Value Bool(bool b) { return {Kind::kBool, b ? 1 : 0, {}}; }
  static Value Int(std::int64_t n) { return {Kind::kInt, n, {}}; }
  static Value Decimal(std::int64_t thousandths) { return {Kind::kDecimal, thousandths, {}}; }
  static Value Text(std::string_view t) { return {Kind::kText, 0, std::string(t)}; }
  static Value OfDate(calendar::Date d) { return {Kind::kDate, d.days, {}}; }
  static Value OfDatetime(calendar::Datetime t) { return {Kind::kDatetime, t.minutes, {}}; }
  static Value Duration(std::int64_t minutes) { return {Kind::kDuration, minutes, {}}; }
  static Value Months(std::int64_t months) { return {Kind::kPeriod, months, {}}; }
  static Value Symbol(std::size_t leaf) { return {Kind::kSymbol, static_cast<std::int64_t>(leaf), {}}; }
  static Value None() { return {}; }
};

// The largest magnitude of an `int` or a `decimal`'s whole part.
inline constexpr std::int64_t kLargestNumber = 1'000'000'000'000'000;
// A decimal counts thousandths: at most three digits after the point.
inline constexpr std::int64_t kDecimalScale = 1000;

// `-12.5` for -12500 thousandths: no trailing zeros, no point where it is whole.
std::string FormatDecimal(std::int64_t thousandths);

}  // namespace cordon::value
