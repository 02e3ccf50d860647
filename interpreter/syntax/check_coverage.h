// Whether some texts use every part of the grammar. For tests only.
#pragma once

#include <string>
#include <vector>

#include "diagnostics/source.h"

namespace cordon::syntax {

// A line for each word, sign or rule that a rule of the grammar names and that no source uses in it, such as
// "dutyQualifier: EXCEPT". Empty where the sources use the whole grammar. Chunks with mistakes do not count.
std::vector<std::string> FindUnusedGrammar(const diagnostics::Sources& sources,
                                           const std::vector<diagnostics::SourceId>& used);

}  // namespace cordon::syntax
