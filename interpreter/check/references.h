// References: where each name of a policy is used, and where it is declared.
//
// Check fills them where it is asked to. Renaming reads them; an editor may.
#pragma once

#include <vector>

#include "diagnostics/source.h"

namespace cordon::check {

// A use of a name, and the name in its declaration. A use may be noted more than once.
struct Reference {
  diagnostics::Span use;
  diagnostics::Span declaration;
};
struct References {
  std::vector<Reference> uses;
};

}  // namespace cordon::check
