// Parts what an audience may hear from what it may not; see audience.h.
#include "evaluate/audience.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>
#include <variant>

#include "model/rules.h"

namespace cordon::evaluate {
namespace {

using model::Duty;
using model::OutputId;
using model::RuleId;

bool Has(const std::vector<model::RoleId>& roles, model::RoleId role) {
  return std::find(roles.begin(), roles.end(), role) != roles.end();
}

FactSet WithheldFrom(const model::Policy& policy, model::RoleId role) {
  FactSet withheld;
  for (std::size_t i = 0; i < policy.facts.size(); ++i) {
    const std::vector<model::RoleId>& to = policy.facts[i].confidential_to;
    if (!to.empty() && !Has(to, role)) withheld.insert(model::FactId(i));
  }
  return withheld;
}

bool Meet(const FactSet& a, const FactSet& b) {
  return std::any_of(a.begin(), a.end(), [&](model::FactId fact) { return b.count(fact) > 0; });
}

// A duty as the policy states it, and what states it.
struct Statement {
  const Duty* duty;
  bool withheld;
};

// Whether two statements can come to one and the same duty for some subject; a side of it is no matter here.
bool MayBeOne(const Duty& a, const Duty& b) {
  if (a.actor != b.actor || a.action != b.action) return false;
  const bool same_recipient = std::any_of(a.to.begin(), a.to.end(), [&](model::RoleId to) { return Has(b.to, to); });
  if (!same_recipient && !(a.to.empty() && b.to.empty())) return false;
  for (std::size_t i = 0; i < a.args.size() && i < b.args.size(); ++i) {
    const bool evaluated =
        std::holds_alternative<model::ExprId>(a.args[i]) || std::holds_alternative<model::ExprId>(b.args[i]);
    if (!evaluated && a.args[i] != b.args[i]) return false;
  }
  return true;
}

class Sorter {
 public:
  Sorter(const model::Policy& policy, model::ProtocolId protocol, const FactSet& withheld)
      : policy_(policy), protocol_(protocol), withheld_(withheld) {}

  Scope Open() const {
    Scope scope;
    for (const OutputId output : outputs()) {
      if (!Meet(FactsOfOutput(policy_, protocol_, output, Extent::kBearing), withheld_))
        scope.outputs.push_back(output);
    }
    const std::vector<Statement> statements = Statements();
    for (const Statement& statement : statements) {
      const bool hidden = std::any_of(statements.begin(), statements.end(), [&](const Statement& other) {
        return other.withheld && MayBeOne(*statement.duty, *other.duty);
      });
      if (!hidden) scope.duties.insert(statement.duty);
    }
    scope.rules = RulesOf(scope);
    return scope;
  }

 private:
  const std::vector<OutputId>& outputs() const { return policy_.protocols[protocol_.index].outputs; }
  const std::vector<RuleId>& rules() const { return policy_.protocols[protocol_.index].rules; }

  Statement StatementOf(const Duty& duty, RuleId rule, OutputId output) const {
    return {&duty, Meet(FactsOfDuty(policy_, protocol_, rule, output, duty, Extent::kBearing), withheld_)};
  }

  std::vector<Statement> Statements() const {
    std::vector<Statement> statements;
    for (const OutputId id : outputs()) {
      const std::optional<Duty>& means = policy_.outputs[id.index].means;
      if (means) statements.push_back(StatementOf(*means, {}, id));
    }
    for (const RuleId id : rules()) {
      for (const Duty& duty : policy_.rules[id.index].duties) statements.push_back(StatementOf(duty, id, {}));
    }
    return statements;
  }

  // The rules that conclude what is in `scope`, and those that override one of these.
  std::vector<RuleId> RulesOf(const Scope& scope) const {
    std::set<RuleId> found;
    for (const RuleId id : rules()) {
      if (ConcludesIn(policy_.rules[id.index], scope)) found.insert(id);
    }
    for (std::size_t before = 0; before != found.size();) {
      before = found.size();
      for (const RuleId id : rules()) {
        const std::vector<RuleId>& targets = policy_.rules[id.index].overrides;
        if (std::any_of(targets.begin(), targets.end(), [&](RuleId target) { return found.count(target) > 0; })) {
          found.insert(id);
        }
      }
    }
    return {found.begin(), found.end()};
  }

  static bool ConcludesIn(const model::Rule& rule, const Scope& scope) {
    return std::any_of(rule.duties.begin(), rule.duties.end(),
                       [&](const Duty& duty) { return scope.duties.count(&duty) > 0; }) ||
           std::any_of(scope.outputs.begin(), scope.outputs.end(),
                       [&](OutputId output) { return ConcludesOn(rule, output); });
  }

  const model::Policy& policy_;
  model::ProtocolId protocol_;
  const FactSet& withheld_;
};

// A sentence is a flat statement: an assumption or a judgement to come does not carry it.
std::optional<value::Value> Sayable(const OutputOutcome& outcome) {
  if (outcome.status != Status::kDetermined) return std::nullopt;
  const value::Value& value = std::get<ValueAnswer>(*outcome.answer).value;
  if (value.kind == value::Kind::kBool && value.number == 0) return std::nullopt;
  return value;
}

std::vector<Released> ReleasedOf(const model::Policy& policy, model::ProtocolId protocol, const facts::Subject& subject,
                                 const std::vector<model::ReleaseId>& releases) {
  Scope scope;
  for (const model::ReleaseId id : releases) scope.outputs.push_back(policy.releases[id.index].output);
  const Outcome outcome = EvaluatePart(policy, protocol, subject, scope);
  std::vector<Released> released;
  for (std::size_t i = 0; i < releases.size(); ++i) {
    const std::optional<value::Value> value = Sayable(outcome.outputs[i]);
    if (value) released.push_back({releases[i], *value});
  }
  return released;
}

}  // namespace

Audience AudienceOf(const model::Policy& policy, model::ProtocolId protocol, model::RoleId role) {
  Audience audience;
  audience.role = role;
  audience.withheld = WithheldFrom(policy, role);
  audience.open = Sorter(policy, protocol, audience.withheld).Open();
  for (const model::ReleaseId id : policy.protocols[protocol.index].releases) {
    if (Has(policy.releases[id.index].to, role)) audience.releases.push_back(id);
  }
  return audience;
}

Outcome EvaluateFor(const model::Policy& policy, model::ProtocolId protocol, const facts::Subject& subject,
                    const Audience& audience) {
  facts::Subject known = subject;
  for (const model::FactId fact : audience.withheld) known.facts[fact.index] = {};
  Outcome outcome = EvaluatePart(policy, protocol, known, audience.open);
  outcome.disclosure = {audience.role, !audience.withheld.empty(),
                        ReleasedOf(policy, protocol, subject, audience.releases)};
  return outcome;
}

}  // namespace cordon::evaluate
