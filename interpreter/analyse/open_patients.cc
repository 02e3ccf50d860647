// Leaves facts unknown; see open_patients.h.
#include "analyse/open_patients.h"

#include <algorithm>
#include <set>
#include <utility>

#include "evaluate/coverage.h"
#include "evaluate/evaluate.h"

namespace cordon::analyse {

using facts::Cell;
using facts::CellState;
using facts::Subject;
using model::RuleId;

namespace {

class Opener {
 public:
  Opener(const model::Policy& policy, model::ProtocolId protocol) : policy_(policy), protocol_(protocol) {
    const evaluate::Coverage coverage = evaluate::NoCoverage(policy);
    for (const RuleId rule : policy.protocols[protocol.index].rules) {
      if (coverage.rules[rule.index].can_be_unknown) wanted_.insert(rule);
    }
  }

  std::vector<OpenPatient> Run(const std::vector<Subject>& known) {
    for (const Subject& subject : known) {
      for (const evaluate::RuleSeen& seen : evaluate::ObserveRules(policy_, protocol_, subject)) {
        if (seen.applies == value::Truth::kUnknown) wanted_.erase(seen.rule);
      }
    }
    for (const Subject& subject : known) {
      for (std::size_t i = 0; i < subject.facts.size() && !wanted_.empty(); ++i) {
        // Whether there is a setting is asked of nobody.
        if (model::FactId(i) == policy_.setting) continue;
        Subject open = subject;
        ForEachPlace(open.facts[i], [&] { Try(open); });
      }
    }
    return std::move(found_);
  }

 private:
  // `act` while one place of the cell is not known: the whole, then each field of each record.
  template <typename Act>
  static void ForEachPlace(Cell& cell, const Act& act) {
    if (cell.state == CellState::kAbsent || cell.state == CellState::kNull) return;
    Cell unknown;
    unknown.state = CellState::kNull;
    std::swap(cell, unknown);
    act();
    std::swap(cell, unknown);
    // A list of records of fields: as deep as types nest, which declarations bound.
    for (Cell& child : cell.children) ForEachPlace(child, act);
  }

  void Try(const Subject& subject) {
    diagnostics::Sink sink;
    if (!evaluate::CheckFeasible(policy_, subject, sink)) return;
    std::vector<RuleId> rules;
    for (const evaluate::RuleSeen& seen : evaluate::ObserveRules(policy_, protocol_, subject)) {
      if (seen.applies == value::Truth::kUnknown && wanted_.count(seen.rule) > 0) rules.push_back(seen.rule);
    }
    if (rules.empty()) return;
    for (const value::Truth holds : evaluate::ObserveGuarantees(policy_, protocol_, subject)) {
      if (holds == value::Truth::kFalse) return;
    }
    for (const RuleId rule : rules) wanted_.erase(rule);
    found_.push_back({subject, std::move(rules)});
  }

  const model::Policy& policy_;
  model::ProtocolId protocol_;
  std::set<RuleId> wanted_;
  std::vector<OpenPatient> found_;
};

}  // namespace

std::vector<OpenPatient> OpenPatients(const model::Policy& policy, model::ProtocolId protocol,
                                      const std::vector<Subject>& known) {
  return Opener(policy, protocol).Run(known);
}

}  // namespace cordon::analyse
