// Duties by identity: which conclusions of a protocol are one and the same duty.
//
// Identity is actor, action, arguments and one recipient; doing (must, should, may), refraining (must not, should not,
// need not) and considering are kept apart, each with its strongest modality. Source: the language manual, "Duties".
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "model/model.h"

namespace cordon::evaluate {

enum class DutySide : std::uint8_t { kDo, kRefrain, kConsider };

// One rule's conclusion, or one output's `means`, of a duty.
struct DutyConclusion {
  model::RuleId rule;      // valid, or
  model::OutputId output;  // valid: arises where this output is yes
  const model::Duty* duty = nullptr;
};

struct DutyEntry {
  model::RoleId actor;
  model::ActionId action;
  std::vector<model::Argument> args;
  std::optional<model::RoleId> to;
  DutySide side = DutySide::kDo;
  std::vector<DutyConclusion> conclusions;
  std::optional<std::size_t> opposite;  // the same duty's other side: doing against refraining
};

// All duties that a protocol can conclude, in order of declaration. Points into the policy.
using DutyTable = std::vector<DutyEntry>;

DutyTable CollectDuties(const model::Policy& policy, model::ProtocolId protocol);

// How strong a modality is on its side; a higher number wins.
int StrengthOf(model::Modality modality);
DutySide SideOf(model::Modality modality);
// Whether two modalities of opposite sides contradict each other: must and need not, may and must not, should and must
// not.
bool InConflict(model::Modality doing, model::Modality refraining);

}  // namespace cordon::evaluate
