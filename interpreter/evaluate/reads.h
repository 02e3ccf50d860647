// Reads: which facts an answer can depend on at all, found in the policy's text alone.
#pragma once

#include <cstdint>
#include <set>
#include <vector>

#include "model/model.h"

namespace cordon::evaluate {

using FactSet = std::set<model::FactId>;

// How much of what an answer hangs on is meant.
enum class Extent : std::uint8_t {
  // What it can depend on: every rule that concludes on it or overrides one, definitions, other outputs, the protocol's
  // setting, and what decides whether an assumed fact must be asked for. Decisions are not among the facts.
  kRead,
  // Every fact that bears on it in any way: decisions too, what a judgement weighs, what arguments and due dates read,
  // and the groups that are asked for.
  kBearing,
};

// The facts of `output`, and of the conclusions of `rule`.
FactSet FactsOfOutput(const model::Policy& policy, model::ProtocolId root, model::OutputId output, Extent extent);
FactSet FactsOfRule(const model::Policy& policy, model::ProtocolId root, model::RuleId rule, Extent extent);
// Those of one duty that `rule`, or `output`, concludes: what its `each` ranges over and `until` too.
FactSet FactsOfDuty(const model::Policy& policy, model::ProtocolId root, model::RuleId rule, model::OutputId output,
                    const model::Duty& duty, Extent extent);
// Those of all outputs, rules and duties of `protocol`.
FactSet FactsOfProtocol(const model::Policy& policy, model::ProtocolId root, model::ProtocolId protocol, Extent extent);

// The protocols whose outputs `root` reads, itself or through others of them; not `root`.
std::set<model::ProtocolId> ProtocolsReadBy(const model::Policy& policy, model::ProtocolId root);

// By ExprId: whether an expression reads a fact or an output, itself or through definitions, and not the bound elements
// and the as-of date alone.
std::vector<bool> ExprsThatReadFacts(const model::Policy& policy);

}  // namespace cordon::evaluate
