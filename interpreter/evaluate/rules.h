// What one rule has to do with an output, an action or another rule: the questions that several parts of evaluation
// ask.
#pragma once

#include "model/model.h"

namespace cordon::evaluate {

// Whether `rule` concludes something on `output`, or a duty of `action`, where it applies.
bool ConcludesOn(const model::Rule& rule, model::OutputId output);
bool ConcludesOn(const model::Rule& rule, model::ActionId action);

// Whether `rule` takes conclusions of `other` where it applies.
bool Overrides(const model::Rule& rule, model::RuleId other);

}  // namespace cordon::evaluate
