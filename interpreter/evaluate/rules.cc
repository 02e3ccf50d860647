// Looks through a rule's conclusions; see rules.h.
#include "evaluate/rules.h"

#include <algorithm>

namespace cordon::evaluate {

bool ConcludesOn(const model::Rule& rule, model::OutputId output) {
  return std::any_of(rule.conclusions.begin(), rule.conclusions.end(),
                     [&](const model::OutputConclusion& c) { return c.output == output; });
}

bool ConcludesOn(const model::Rule& rule, model::ActionId action) {
  return std::any_of(rule.duties.begin(), rule.duties.end(), [&](const model::Duty& d) { return d.action == action; });
}

bool Takes(const model::Rule& rule, model::OutputId output) {
  const auto& drops = rule.drops_outputs;
  return ConcludesOn(rule, output) || std::find(drops.begin(), drops.end(), output) != drops.end();
}

bool Takes(const model::Rule& rule, model::ActionId action) {
  const auto& drops = rule.drops_actions;
  return ConcludesOn(rule, action) || std::find(drops.begin(), drops.end(), action) != drops.end();
}

bool Overrides(const model::Rule& rule, model::RuleId other) {
  return std::find(rule.overrides.begin(), rule.overrides.end(), other) != rule.overrides.end();
}

bool IsAsking(const model::Policy& policy, model::ActionId action) {
  return policy.actions[action.index].name == "ask";
}

}  // namespace cordon::evaluate
