// WhyNotJson: the same as WhyNotText, for programs.
#pragma once

#include <string>

#include "analyse/why_not.h"

namespace cordon::report {

// The document, indented by two blanks, ending in a line break.
std::string WhyNotJson(const analyse::WhyNot& why_not);

}  // namespace cordon::report
