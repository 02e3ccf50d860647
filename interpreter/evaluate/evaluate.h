// Evaluate: a policy's protocol, and the facts of one subject, to everything that can be concluded.
#pragma once

#include <set>
#include <variant>
#include <vector>

#include "diagnostics/diagnostic.h"
#include "evaluate/outcome.h"
#include "evaluate/work.h"
#include "facts/subject.h"
#include "model/model.h"

namespace cordon::evaluate {

// Reports to `sink` every record whose `require` no completion of the given facts satisfies (E0510, at the record's
// place in the document). Facts that fail it have no completion and must not be evaluated.
bool CheckFeasible(const model::Policy& policy, const facts::Subject& subject, diagnostics::Sink& sink);

// Evaluates `protocol` for `subject` over every completion of its facts. Exact: what is reported as determined holds in
// every completion, and what is reported as possible is given by one; the latter as far as `most_work` goes, which the
// outcome says.
// REQUIRES: CheckFeasible holds. Cost: exponential in the number of open conditions that decide an answer together,
// which is small for guidelines. Source: the language manual, "Unknown facts", "Conclusions".
Outcome Evaluate(const model::Policy& policy, model::ProtocolId protocol, const facts::Subject& subject,
                 std::size_t most_work = kMostWork);

// The status of an output with this one answer.
Status StatusOf(const Answer& answer);

// The status and the answer of each of the protocol's outputs, as Evaluate says them, and nothing else.
// REQUIRES: as Evaluate.
std::vector<OutputOutcome> EvaluateAnswers(const model::Policy& policy, model::ProtocolId protocol,
                                           const facts::Subject& subject);

// A part of what a protocol can conclude. A duty is in it where every rule and output that concludes it is, also from
// the other side.
struct Scope {
  std::vector<model::OutputId> outputs;  // those of other protocols too
  std::set<const model::Duty*> duties;   // as the policy's rules and outputs state them
  std::vector<model::RuleId> rules;      // those whose interpretations, and whose conditions', may be listed
};

// Evaluates only that part: the needs, questions, assumptions and interpretations are its own alone.
// REQUIRES: as Evaluate.
Outcome EvaluatePart(const model::Policy& policy, model::ProtocolId protocol, const facts::Subject& subject,
                     const Scope& scope);

}  // namespace cordon::evaluate
