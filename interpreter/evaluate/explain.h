// Explain: what concludes an answer, why other rules do not, and which interpretations could have mattered.
//
// Source: the language manual, "Why, and why not".
#pragma once

#include <vector>

#include "evaluate/complete.h"
#include "evaluate/outcome.h"

namespace cordon::evaluate {

// Fills in what concludes `outcome`'s one answer: in every completion, or a smallest set of which one does in each.
// REQUIRES: outcome.answer.
void FindReasons(const Context& context, const Completions& completions, Assuming assuming, OutputOutcome& outcome);

// Fills in, for every rule that could conclude on the output, why it does not, or that this is open.
void FindWhyNot(const Context& context, const Completions& completions, Assuming assuming, OutputOutcome& outcome);

// The interpretations that could have mattered: of those of `rules` that apply or may; of outputs that have more than
// their default; and of definitions and facts that a rule's conditions read, all of them where it may apply and the
// first that fails where it does not, as far as the patient's facts give them something to read.
std::vector<model::InterpretationId> RelevantInterpretations(const Context& context, const Completions& completions,
                                                             const facts::Subject& subject,
                                                             const std::vector<model::RuleId>& rules,
                                                             const std::vector<OutputOutcome>& outputs);

}  // namespace cordon::evaluate
