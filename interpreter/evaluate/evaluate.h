// Evaluate: a policy's protocol, and the facts of one subject, to everything that can be concluded.
#pragma once

#include <variant>

#include "diagnostics/diagnostic.h"
#include "evaluate/outcome.h"
#include "facts/subject.h"
#include "model/model.h"

namespace cordon::evaluate {

// Reports to `sink` every record whose `require` no completion of the given facts satisfies (E0510, at the record's
// place in the document). Facts that fail it have no completion and must not be evaluated.
bool CheckFeasible(const model::Policy& policy, const facts::Subject& subject, diagnostics::Sink& sink);

// Evaluates `protocol` for `subject` over every completion of its facts. Exact: what is reported as determined holds in
// every completion, and what is reported as possible is given by one.
// REQUIRES: CheckFeasible holds. Cost: exponential in the number of open conditions that decide an answer together,
// which is small for guidelines. Source: the language manual, "Unknown facts", "Conclusions".
Outcome Evaluate(const model::Policy& policy, model::ProtocolId protocol, const facts::Subject& subject);

}  // namespace cordon::evaluate
