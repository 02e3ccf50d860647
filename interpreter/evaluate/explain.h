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

// The interpretations that stand on rules that apply or could, on the protocol's outputs, and on definitions and facts that
// the protocol reads and that the patient's facts, known or unknown, give something to read.
std::vector<model::InterpretationId> RelevantInterpretations(const Context& context, const Completions& completions,
                                                             const facts::Subject& subject);

}  // namespace cordon::evaluate
