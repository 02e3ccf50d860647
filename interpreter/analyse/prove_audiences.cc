// What a result made for an audience depends on: never on what is withheld from it, but by a released sentence; see
// prover.h.
//
// Such a result is evaluated for the patient without the withheld facts, and only conclusions are in it that they do
// not bear on by the policy's text. Here the terms of these conclusions are looked at: one that reads none of the
// withheld facts is the same for any two patients who differ in them alone.
#include <fmt/format.h>

#include <algorithm>

#include "analyse/prover.h"
#include "evaluate/audience.h"

namespace cordon::analyse {

namespace {

class AudienceProof {
 public:
  AudienceProof(Prover& prover, model::ProtocolId protocol)
      : prover_(prover), policy_(prover.policy()), protocol_(protocol) {}

  void Prove(model::RoleId role) {
    const evaluate::Audience audience = evaluate::AudienceOf(policy_, protocol_, role);
    if (audience.withheld.empty() || audience.hears_nothing()) return;
    std::set<std::size_t> withheld;
    for (const model::FactId fact : audience.withheld) withheld.insert(prover_.frame().versions[0].facts[fact.index]);
    std::vector<TermId> shown;
    symbolic::Encoder& encoder = prover_.encoder(protocol_);
    for (const model::OutputId output : audience.open.outputs) {
      if (policy_.outputs[output.index].protocol != protocol_) continue;
      for (const symbolic::AnswerCase& answer : encoder.Answers(output)) shown.push_back(answer.when);
    }
    for (const symbolic::DutyCase& duty : prover_.Duties(protocol_)) {
      if (IsShown(audience, duty.key)) AddDuty(duty, shown);
    }
    for (const std::size_t fact : FactsRead(prover_.terms(), prover_.frame(), std::move(shown))) {
      if (withheld.count(fact) > 0) return Leaks(role, prover_.frame().facts[fact].name);
    }
    prover_.Proved(Topic::kAudiences);
  }

 private:
  static void AddDuty(const symbolic::DutyCase& duty, std::vector<TermId>& shown) {
    for (const symbolic::AnswerCase& state : duty.states) shown.push_back(state.when);
    for (const symbolic::AnswerCase& detail : duty.details) shown.push_back(detail.when);
  }

  bool IsShown(const evaluate::Audience& audience, const std::string& key) const {
    return std::any_of(audience.open.duties.begin(), audience.open.duties.end(), [&](const model::Duty* duty) {
      if (duty->to.empty()) return symbolic::DutyKey(policy_, prover_.frame(), *duty, {}) == key;
      return std::any_of(duty->to.begin(), duty->to.end(), [&](const model::RoleId to) {
        return symbolic::DutyKey(policy_, prover_.frame(), *duty, to) == key;
      });
    });
  }

  void Leaks(model::RoleId role, const std::string& fact) {
    prover_.Undecided(Topic::kAudiences, policy_.protocols[protocol_.index].span,
                      fmt::format("what `{}` hears of `{}` is the same whatever `{}` is",
                                  policy_.roles[role.index].name, policy_.protocols[protocol_.index].name, fact));
  }

  Prover& prover_;
  const model::Policy& policy_;
  model::ProtocolId protocol_;
};

}  // namespace

void ProveAudiences(Prover& prover) {
  const model::Policy& policy = prover.policy();
  const bool any = std::any_of(policy.facts.begin(), policy.facts.end(),
                               [](const model::Fact& fact) { return !fact.confidential_to.empty(); });
  if (!any) return;
  for (std::size_t p = 0; p < policy.protocols.size(); ++p) {
    AudienceProof proof(prover, model::ProtocolId(p));
    for (std::size_t r = 0; r < policy.roles.size(); ++r) proof.Prove(model::RoleId(r));
  }
}

}  // namespace cordon::analyse
