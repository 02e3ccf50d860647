// A value as text, in the spelling that policies and results share.
#pragma once

#include <string>

#include "value/value.h"

namespace cordon::value {

// `yes`, `-12.5`, `2025-03-01`, `6 months`, `none`; a text as it is, without quotes; a symbol as the number of its
// leaf, for its name is known to its category alone.
std::string Format(const Value& value);

}  // namespace cordon::value
