// Groups a protocol's conclusions into duties; see duties.h.
#include "evaluate/duties.h"

#include "support/assert.h"

namespace cordon::evaluate {
namespace {

using model::Modality;

class Collector {
 public:
  void Add(const model::Duty& duty, model::RuleId rule, model::OutputId output) {
    if (duty.to.empty()) AddOne(duty, std::nullopt, {rule, output, &duty});
    for (model::RoleId recipient : duty.to) AddOne(duty, recipient, {rule, output, &duty});
  }

  DutyTable Take() && {
    for (std::size_t i = 0; i < table_.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        const bool opposite = table_[i].side != table_[j].side && table_[i].side != DutySide::kConsider &&
                              table_[j].side != DutySide::kConsider;
        if (!opposite || !SameDuty(table_[i], table_[j])) continue;
        table_[i].opposite = j;
        table_[j].opposite = i;
      }
    }
    return std::move(table_);
  }

 private:
  static bool SameDuty(const DutyEntry& a, const DutyEntry& b) {
    return a.actor == b.actor && a.action == b.action && a.args == b.args && a.to == b.to;
  }

  void AddOne(const model::Duty& duty, std::optional<model::RoleId> to, const DutyConclusion& conclusion) {
    DutyEntry entry{duty.actor, duty.action, duty.args, to, SideOf(duty.modality), {}, std::nullopt};
    for (DutyEntry& known : table_) {
      if (known.side == entry.side && SameDuty(known, entry)) {
        known.conclusions.push_back(conclusion);
        return;
      }
    }
    entry.conclusions.push_back(conclusion);
    table_.push_back(std::move(entry));
  }

  DutyTable table_;
};

}  // namespace

DutyTable CollectDuties(const model::Policy& policy, model::ProtocolId protocol) {
  Collector collector;
  for (model::OutputId id : policy.protocols[protocol.index].outputs) {
    const model::Output& output = policy.outputs[id.index];
    if (output.means) collector.Add(*output.means, {}, id);
  }
  for (model::RuleId id : policy.protocols[protocol.index].rules) {
    for (const model::Duty& duty : policy.rules[id.index].duties) collector.Add(duty, id, {});
  }
  return std::move(collector).Take();
}

DutySide SideOf(Modality modality) {
  switch (modality) {
    case Modality::kMust:
    case Modality::kShould:
    case Modality::kMay:
      return DutySide::kDo;
    case Modality::kMustNot:
    case Modality::kShouldNot:
    case Modality::kNeedNot:
      return DutySide::kRefrain;
    case Modality::kMustConsider:
    case Modality::kShouldConsider:
    case Modality::kMayConsider:
      return DutySide::kConsider;
  }
  CORDON_ASSERT(false);
}

int StrengthOf(Modality modality) {
  switch (modality) {
    case Modality::kMust:
    case Modality::kMustNot:
    case Modality::kMustConsider:
      return 3;
    case Modality::kShould:
    case Modality::kShouldNot:
    case Modality::kShouldConsider:
      return 2;
    case Modality::kMay:
    case Modality::kNeedNot:
    case Modality::kMayConsider:
      return 1;
  }
  CORDON_ASSERT(false);
}

bool InConflict(Modality doing, Modality refraining) {
  if (refraining == Modality::kMustNot) return true;
  if (refraining == Modality::kShouldNot) return doing != Modality::kMay;
  return doing == Modality::kMust;
}

}  // namespace cordon::evaluate
