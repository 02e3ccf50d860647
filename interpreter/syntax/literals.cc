// The values that numbers and lengths of time spell; see literals.h.
#include "syntax/literals.h"

#include <charconv>

namespace cordon::syntax {
namespace {

constexpr std::int64_t kLongestYears = 1000;

struct Unit {
  std::string_view name;
  bool calendar;
  std::int64_t size;  // months or minutes
};
constexpr Unit kUnits[] = {{"year", true, 12},      {"month", true, 1},  {"week", false, 7 * 24 * 60},
                           {"day", false, 24 * 60}, {"hour", false, 60}, {"minute", false, 1}};

}  // namespace

std::optional<std::int64_t> ParseInt(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number > value::kLargestNumber) return std::nullopt;
  return number;
}

std::optional<std::int64_t> ParseDecimal(std::string_view text) {
  const std::size_t point = text.find('.');
  if (point == std::string_view::npos || text.size() - point - 1 > 3) return std::nullopt;
  const auto whole = ParseInt(text.substr(0, point));
  auto fraction = ParseInt(text.substr(point + 1));
  if (!whole || !fraction) return std::nullopt;
  for (std::size_t digits = text.size() - point - 1; digits < 3; ++digits) *fraction *= 10;
  const std::int64_t thousandths = *whole * value::kDecimalScale + *fraction;
  if (thousandths > value::kLargestNumber * value::kDecimalScale) return std::nullopt;
  return thousandths;
}

std::optional<value::Value> ParseQuantity(std::string_view text) {
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  const auto number = ParseInt(text.substr(0, digits));
  if (!number) return std::nullopt;
  const std::size_t letter = text.find_first_of("abcdefghijklmnopqrstuvwxyz");
  if (letter == std::string_view::npos) return std::nullopt;
  std::string_view word = text.substr(letter);
  if (word.ends_with('s')) word.remove_suffix(1);
  for (const Unit& unit : kUnits) {
    if (word != unit.name) continue;
    const std::int64_t most = kLongestYears * (unit.calendar ? 12 : 366 * 24 * 60) / unit.size;
    if (*number > most) return std::nullopt;
    return unit.calendar ? value::Value::Months(*number * unit.size) : value::Value::Duration(*number * unit.size);
  }
  return std::nullopt;
}

}  // namespace cordon::syntax
