// RowSteps: the small steps that a rule, an output or a fact can be changed by, apart from what its conditions read.
#pragma once

#include <string>
#include <vector>

#include "analyse/mutants.h"
#include "model/model.h"

namespace cordon::analyse {

struct RowStep {
  MutantKind kind = MutantKind::kRule;
  std::string old_text;
  std::string new_text;
  diagnostics::Span span;
  AnyRowChange row;
  std::vector<model::Expr> added;
  std::vector<ExprChange> exprs;
};

std::vector<RowStep> StepsOf(const model::Policy& policy, model::RuleId id);
std::vector<RowStep> StepsOf(const model::Policy& policy, model::OutputId id);
std::vector<RowStep> StepsOf(const model::Policy& policy, model::FactId id);

}  // namespace cordon::analyse
