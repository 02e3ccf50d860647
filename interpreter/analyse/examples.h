// Examples: the plainest patient for whom a condition holds.
//
// A solver's patient is any patient; people read a plain one: few records, nothing said that does not matter, a day
// near one that they know, stays of days and not of centuries. Each step is tried and kept where the condition still
// holds, so what comes out is an example as good as what went in. Source: docs/language/analysis.md.
#pragma once

#include <functional>
#include <vector>

#include "symbolic/ground.h"
#include "symbolic/patient.h"

namespace cordon::analyse {

// `condition` and all axioms hold of `patient`, and of what comes back. `day`: an as-of date that people know.
symbolic::Patient Plainest(const symbolic::Terms& terms, const symbolic::Frame& frame, const symbolic::Axioms& axioms,
                           symbolic::TermId condition, symbolic::Patient patient, std::int64_t day);

}  // namespace cordon::analyse
