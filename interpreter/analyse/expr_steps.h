// ExprSteps: the small steps that one expression can be changed by.
#pragma once

#include <string>
#include <vector>

#include "analyse/mutants.h"
#include "analyse/phrases.h"
#include "model/model.h"

namespace cordon::analyse {

struct ExprStep {
  MutantKind kind = MutantKind::kStrictness;
  std::string old_text;
  std::string new_text;
  diagnostics::Span span;
  ExprChange change;
};

// The steps of expression `id` itself, not of its arguments. `parent` is what it is an argument of, or invalid. What
// the policy does not write, such as the `and` in `within the last 6 months`, is not changed.
std::vector<ExprStep> StepsOf(const model::Policy& policy, const Phrases& phrases, model::ExprId id,
                              model::ExprId parent);

}  // namespace cordon::analyse
