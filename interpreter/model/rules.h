// What one rule has to do with an output, an action or another rule: the questions that several parts of evaluation
// ask.
#pragma once

#include "model/model.h"

namespace cordon::model {

// Whether `rule` concludes something on `output`, or a duty of `action`, where it applies.
bool ConcludesOn(const Rule& rule, OutputId output);
bool ConcludesOn(const Rule& rule, ActionId action);

// Whether `rule` takes the conclusions on `output`, or of `action`, from what it overrides: it concludes its own, or
// drops them.
bool Takes(const Rule& rule, OutputId output);
bool Takes(const Rule& rule, ActionId action);

// Whether `rule` takes conclusions of `other` where it applies.
bool Overrides(const Rule& rule, RuleId other);

// Whether `action` is the one called `ask`: a duty to do it is a duty to ask for the facts of the group it is given.
// Source: the language manual, "Unknown facts".
bool IsAsking(const Policy& policy, ActionId action);

}  // namespace cordon::model
