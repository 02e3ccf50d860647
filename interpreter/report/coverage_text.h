// CoverageText: what the tests of a policy cover, as tables and sentences for its author.
#pragma once

#include <string>

#include "diagnostics/source.h"
#include "evaluate/coverage.h"
#include "model/model.h"

namespace cordon::report {

// A table for each protocol, then what no test shows, then the totals. Ends in a line break.
std::string CoverageText(const model::Policy& policy, const diagnostics::Sources& sources,
                         const evaluate::Coverage& coverage);

// `demo.cordon:22:41`; empty where the place is not known.
std::string PlaceText(const diagnostics::Sources& sources, const diagnostics::Span& span);

}  // namespace cordon::report
