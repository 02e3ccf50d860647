// DutySteps: the small steps that a duty can be changed by.
#pragma once

#include <string>
#include <vector>

#include "analyse/mutants.h"
#include "model/model.h"

namespace cordon::analyse {

struct DutyStep {
  MutantKind kind = MutantKind::kModality;
  std::string old_text;
  std::string new_text;
  model::Duty now;
  std::vector<ExprChange> exprs;  // the due date, where its period changes
};

// All but leaving it out.
std::vector<DutyStep> StepsOf(const model::Policy& policy, const model::Duty& duty);

// `ward must isolate`.
std::string DutyName(const model::Policy& policy, const model::Duty& duty);

}  // namespace cordon::analyse
