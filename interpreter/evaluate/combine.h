// Combine: what the voices on an output come to, as its mode says.
//
// The one definition of `strictest`, `unique` and `exactly`, for the reference evaluator and for the batch. Source: the
// language manual, "Conclusions".
#pragma once

#include <optional>
#include <vector>

#include "evaluate/conditions.h"
#include "evaluate/outcome.h"
#include "model/model.h"

namespace cordon::evaluate {

// The answers that an output may still have; a single one is certain. `open` where there are several.
struct Answers {
  std::vector<Answer> possible;
  OpenPtr open;
};

// What a rule says about an output, and whether it stands.
struct Voice {
  std::optional<value::Value> value;  // nothing: a judgement that is still open
  model::JudgementId judgement;
  bool exactly = false;
  Verdict stands;
};

// The answers of `output`. `inside`: whether its protocol is in its setting, which is not false. `voices` are those of
// which it is not certain that they do not stand.
Answers Combine(const model::Policy& policy, model::OutputId output, const Verdict& inside,
                const std::vector<Voice>& voices);

// Whether a condition's test of an output holds of an answer.
bool Passes(model::OutputTest test, const value::Value& value, const Answer& answer);

}  // namespace cordon::evaluate
