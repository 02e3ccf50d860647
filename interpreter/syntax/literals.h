// The values that numbers and lengths of time spell. Private to syntax/.
//
// Each function returns nothing where the value is out of the language's range; the spelling is the lexer's.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "value/value.h"

namespace cordon::syntax {

// `42`: at most value::kLargestNumber.
std::optional<std::int64_t> ParseInt(std::string_view text);
// `2.5` in thousandths. Nothing where more than three digits follow the point.
std::optional<std::int64_t> ParseDecimal(std::string_view text);
// `6 months`, `24 hours`: a calendar length or an exact one. Nothing past 1000 years, or for another unit.
std::optional<value::Value> ParseQuantity(std::string_view text);

}  // namespace cordon::syntax
