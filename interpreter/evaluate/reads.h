// Reads: which facts an answer can depend on at all, found in the policy's text alone.
#pragma once

#include <set>
#include <vector>

#include "model/model.h"

namespace cordon::evaluate {

using FactSet = std::set<model::FactId>;

// The facts that `output` can depend on: those of every rule that concludes on it or overrides one, of definitions, of
// other outputs, of the protocol's setting, and of what decides whether an assumed fact must be asked for. Decisions
// are not among them.
FactSet ReadsOfOutput(const model::Policy& policy, model::ProtocolId root, model::OutputId output);
// The same for the conclusions of `rule`.
FactSet ReadsOfRule(const model::Policy& policy, model::ProtocolId root, model::RuleId rule);

// The same for one duty that `rule`, or `output`, concludes: what its `each` ranges over and `until` too.
FactSet ReadsOfDuty(const model::Policy& policy, model::ProtocolId root, model::RuleId rule, model::OutputId output,
                    const model::Duty& duty);

// Every fact that bears on `output`, or on a duty, in any way: decisions too, what a judgement weighs, what arguments
// and due dates read, and the groups that are asked for.
FactSet BearingOnOutput(const model::Policy& policy, model::ProtocolId root, model::OutputId output);
FactSet BearingOnDuty(const model::Policy& policy, model::ProtocolId root, model::RuleId rule, model::OutputId output,
                      const model::Duty& duty);

// By ExprId: whether an expression reads a fact or an output, itself or through definitions, and not the bound elements
// and the as-of date alone.
std::vector<bool> ExprsThatReadFacts(const model::Policy& policy);

}  // namespace cordon::evaluate
