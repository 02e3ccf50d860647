// Duties by identity: which conclusions of a protocol are one and the same duty of a subject.
//
// Identity is actor, action, arguments and one recipient; doing (must, should, may), refraining (must not, should not,
// need not) and considering are kept apart, each with its strongest modality. A duty that reads an element (its rule's
// `for each`, its own `each`) is there once for each given element, and once for all that an open list may still hold.
// An argument that is not known makes a duty of its own: it may turn out to be another one's. Source: the language
// manual, "Duties".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "evaluate/outcome.h"
#include "facts/subject.h"
#include "model/model.h"

namespace cordon::evaluate {

enum class DutySide : std::uint8_t { kDo, kRefrain, kConsider };

// The element that a conclusion is about.
struct DutyElement {
  model::VariableId variable;
  model::ExprId list;
  model::FactId fact;                // the list that it stands in
  std::optional<std::size_t> index;  // among the given elements; nothing: some element that is not given
  bool of_rule = false;              // bound by the rule's `for each`, not by the duty's `each`
};

// One rule's conclusion, or one output's `means`, of a duty.
struct DutyConclusion {
  model::RuleId rule;      // valid, or
  model::OutputId output;  // valid: arises where this output is yes
  const model::Duty* duty = nullptr;
  std::optional<DutyElement> element;
};

// An unknown that an argument reads.
using UnknownPath = std::pair<model::FactId, std::string>;

struct DutyEntry {
  model::RoleId actor;
  model::ActionId action;
  std::vector<Argument> args;
  std::vector<UnknownPath> unknown;  // what the arguments that are not known wait for, each once
  std::optional<model::RoleId> to;
  DutySide side = DutySide::kDo;
  std::vector<DutyConclusion> conclusions;
  std::optional<std::size_t> opposite;  // the same duty's other side: doing against refraining
};

// All duties that a protocol can conclude for `subject`, in order of declaration. Points into the policy.
using DutyTable = std::vector<DutyEntry>;

DutyTable CollectDuties(const model::Policy& policy, model::ProtocolId protocol, const facts::Subject& subject);

// The duties to ask of the protocols that `protocol` reads: they too decide what is assumed `unless asked`.
DutyTable CollectAskingElsewhere(const model::Policy& policy, model::ProtocolId protocol,
                                 const facts::Subject& subject);

// How strong a modality is on its side; a higher number wins.
int StrengthOf(model::Modality modality);
DutySide SideOf(model::Modality modality);
// Whether two modalities of opposite sides contradict each other: must and need not, may and must not, should and must
// not.
bool InConflict(model::Modality doing, model::Modality refraining);

}  // namespace cordon::evaluate
