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

// Where an expression stands.
struct ExprPlace {
  model::ExprId id;
  model::ExprId parent;               // what it is an argument of, or invalid
  std::vector<std::size_t> settings;  // sorted: those of its protocol; empty: any
};

// The steps of the expression itself, not of its arguments. What the policy does not write, such as the `and` in
// `within the last 6 months`, is not changed.
std::vector<ExprStep> StepsOf(const model::Policy& policy, const Phrases& phrases, const ExprPlace& place);

}  // namespace cordon::analyse
