// DiffJson: the difference of two versions as a JSON document, with all that diff_text.h prints.
//
// Members come in a fixed order; ids of aspects, transitions and regions hang on what they say, not on where they
// stand. Source: docs/language/analysis.md.
#pragma once

#include <string>

#include "analyse/diff.h"

namespace cordon::report {

// Indented by two blanks, ending in a line break. Equal differences give equal bytes. Texts that may be empty are left
// out where they are; lists are not. Bytes that are no UTF-8 become U+FFFD.
std::string DiffJson(const analyse::Diff& diff);

}  // namespace cordon::report
