// The syntax tree's text dump: `cordon dump --stage ast`, and what golden tests compare.
#pragma once

#include <string>

#include "syntax/ast.h"

namespace cordon::syntax {

// One line a node, indented by depth, in source order; no spans, so that layout does not show.
std::string Print(const File& file);

}  // namespace cordon::syntax
