// Find parts: what a path names in a composed policy, as it reads there. Tested by tests/golden/versions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compose/compose.h"

namespace cordon::compose {

// A declaration, statement or row.
struct PolicyPart {
  std::string what;  // "table"
  std::string path;  // `admission.skema_2`
  std::string file;
  std::size_t line = 0;  // of the composed text, counted from 1
  std::string text;      // its lines, set back to the margin; a row's below its heading
};

// Every part of the policy that `path` names, in order; a name of several kinds names one of each. Empty where nothing
// has that path.
std::vector<PolicyPart> FindParts(const diagnostics::Sources& sources, const Composed& composed, std::string_view path);

// Every path that names a part, for help with one that names nothing.
std::vector<std::string> PathsOfParts(const Composed& composed);

}  // namespace cordon::compose
