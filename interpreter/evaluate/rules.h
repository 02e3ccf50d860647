// What one rule has to do with an output, an action or another rule: the questions that several parts of evaluation
// ask.
#pragma once

#include "model/model.h"

namespace cordon::evaluate {

// Whether `rule` concludes something on `output`, or a duty of `action`, where it applies.
bool ConcludesOn(const model::Rule& rule, model::OutputId output);
bool ConcludesOn(const model::Rule& rule, model::ActionId action);

// Whether `rule` takes the conclusions on `output`, or of `action`, from what it overrides: it concludes its own, or
// drops them.
bool Takes(const model::Rule& rule, model::OutputId output);
bool Takes(const model::Rule& rule, model::ActionId action);

// Whether `rule` takes conclusions of `other` where it applies.
bool Overrides(const model::Rule& rule, model::RuleId other);

// Whether `action` is the one called `ask`: a duty to do it is a duty to ask for the facts of the group it is given.
// Source: the language manual, "Unknown facts".
bool IsAsking(const model::Policy& policy, model::ActionId action);

}  // namespace cordon::evaluate
