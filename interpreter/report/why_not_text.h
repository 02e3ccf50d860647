// WhyNotText: the smallest changes that lead to a wanted answer, for people.
#pragma once

#include <string>
#include <string_view>

#include "analyse/why_not.h"

namespace cordon::report {

// The result first; then each way with what every changed fact is, or what stands in the way.
std::string WhyNotText(const analyse::WhyNot& why_not, std::string_view language);

}  // namespace cordon::report
