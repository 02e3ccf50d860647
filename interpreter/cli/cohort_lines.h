// CohortLines: a file with one facts document on each line, read for two versions.
#pragma once

#include <string>

#include "analyse/cohort.h"
#include "cli/run.h"
#include "diagnostics/diagnostic.h"

namespace cordon::cli {

// Counts the subjects of `file`, or of standard input for `-`. Each version is given the facts that it declares. A line
// in error is left out, and `broken` is told; `sink` where the file cannot be read.
analyse::Cohort CountCohort(Environment& environment, const std::string& file, const model::Policy& old_policy,
                            const model::Policy& new_policy, analyse::Comparison& comparison,
                            diagnostics::Sources& sources, diagnostics::Sink& broken, diagnostics::Sink& sink);

}  // namespace cordon::cli
