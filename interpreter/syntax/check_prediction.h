// Whether the grammar needs more than the parser's simplest way of choosing between alternatives. For tests only.
#pragma once

#include <string>
#include <vector>

#include "diagnostics/source.h"

namespace cordon::syntax {

// Reads the source twice, once as Parse does (SLL) and once with full context and exact detection of ambiguity. Returns
// a line for each ambiguity, each choice that needs full context and each chunk whose two trees differ; none of these
// may exist for any text without mistakes. Slow.
std::vector<std::string> FindPredictionConflicts(const diagnostics::Sources& sources, diagnostics::SourceId source);

}  // namespace cordon::syntax
