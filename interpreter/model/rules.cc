// Looks through a rule's conclusions; see rules.h.
#include "model/rules.h"

#include <algorithm>

namespace cordon::model {

bool ConcludesOn(const Rule& rule, OutputId output) {
  return std::any_of(rule.conclusions.begin(), rule.conclusions.end(),
                     [&](const OutputConclusion& c) { return c.output == output; });
}

bool ConcludesOn(const Rule& rule, ActionId action) {
  return std::any_of(rule.duties.begin(), rule.duties.end(), [&](const Duty& d) { return d.action == action; });
}

bool Takes(const Rule& rule, OutputId output) {
  const auto& drops = rule.drops_outputs;
  return ConcludesOn(rule, output) || std::find(drops.begin(), drops.end(), output) != drops.end();
}

bool Takes(const Rule& rule, ActionId action) {
  const auto& drops = rule.drops_actions;
  return ConcludesOn(rule, action) || std::find(drops.begin(), drops.end(), action) != drops.end();
}

bool Overrides(const Rule& rule, RuleId other) {
  return std::find(rule.overrides.begin(), rule.overrides.end(), other) != rule.overrides.end();
}

bool IsAsking(const Policy& policy, ActionId action) { return policy.actions[action.index].name == "ask"; }

}  // namespace cordon::model
