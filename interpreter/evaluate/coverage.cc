// Asks of each rule whether it applies, first in the world of what is known, then over all completions; see coverage.h.
#include "evaluate/coverage.h"

#include <functional>
#include <utility>

#include "evaluate/complete.h"
#include "evaluate/duties.h"
#include "evaluate/reads.h"
#include "evaluate/reference.h"

namespace cordon::evaluate {
namespace {

using value::Truth;

class Observer {
 public:
  Observer(const model::Policy& policy, model::ProtocolId protocol, const facts::Subject& subject)
      : policy_(policy),
        duties_(CollectDuties(policy, protocol, subject)),
        context_{policy,
                 protocol,
                 subject.as_of,
                 duties_,
                 ExprsThatReadFacts(policy),
                 nullptr,
                 CollectAskingElsewhere(policy, protocol, subject)},
        completions_(context_, subject),
        known_(completions_.Plain({}, Assuming::kNothing)),
        reference_(context_, known_.world, known_.views) {}

  // What `holds` is over all completions. What is settled by what is known is so in each of them.
  Truth Over(const std::function<Verdict(Reference&, std::size_t)>& holds) {
    const Truth known = holds(reference_, 0).truth;
    if (known != Truth::kUnknown) return known;
    const Query query{[&](Reference& reference, std::size_t view) {
                        const Verdict verdict = holds(reference, view);
                        if (verdict.truth == Truth::kUnknown) return Possible{{0, 1}, verdict.open};
                        return Possible{{verdict.truth == Truth::kTrue ? std::size_t{1} : 0}, nullptr};
                      },
                      {}};
    const std::vector<std::size_t> answers = completions_.Answers(query, Assuming::kNothing);
    if (answers.size() > 1) return Truth::kUnknown;
    return answers[0] == 1 ? Truth::kTrue : Truth::kFalse;
  }

  RuleSeen Observe(model::RuleId id) {
    const model::Rule& rule = policy_.rules[id.index];
    RuleSeen seen{id, Over([&](Reference& r, std::size_t view) { return r.Applies(id, view); }), {}};
    seen.parts.resize(rule.parts.size());
    if (reference_.InSetting(rule.protocol, 0).truth == Truth::kFalse) return seen;
    if (!rule.for_each) {
      ObserveParts(rule, {}, seen);
      return seen;
    }
    for (const auto& [element, passes] : reference_.Elements(rule.for_each->list, 0)) {
      if (passes.truth == Truth::kTrue) ObserveParts(rule, {{rule.for_each->variable, element}}, seen);
    }
    return seen;
  }

  Truth Holds(const model::Guarantee& guarantee, model::ProtocolId protocol) {
    return Over([&](Reference& r, std::size_t view) {
      const Verdict condition = r.Condition(guarantee.condition, {}, view);
      return Or(Not(r.InSetting(protocol, view)), guarantee.never ? Not(condition) : condition);
    });
  }

 private:
  void ObserveParts(const model::Rule& rule, const Bindings& bindings, RuleSeen& seen) {
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < rule.parts.size(); ++i) {
      const Truth truth = reference_.Condition(rule.parts[i].condition, bindings, 0).truth;
      if (truth == Truth::kUnknown) open.push_back(i);
      if (truth != Truth::kFalse) continue;
      seen.parts[i].failed_first = true;
      return;
    }
    for (const std::size_t i : open) seen.parts[i].open = true;
  }

  const model::Policy& policy_;
  const DutyTable duties_;
  const Context context_;
  const Completions completions_;
  const Start known_;
  Reference reference_;
};

}  // namespace

std::vector<RuleSeen> ObserveRules(const model::Policy& policy, model::ProtocolId protocol,
                                   const facts::Subject& subject) {
  Observer observer(policy, protocol, subject);
  std::vector<RuleSeen> seen;
  for (const model::RuleId rule : policy.protocols[protocol.index].rules) seen.push_back(observer.Observe(rule));
  return seen;
}

std::vector<Truth> ObserveGuarantees(const model::Policy& policy, model::ProtocolId protocol,
                                     const facts::Subject& subject) {
  const std::vector<model::Guarantee>& guarantees = policy.protocols[protocol.index].guarantees;
  if (guarantees.empty()) return {};
  Observer observer(policy, protocol, subject);
  std::vector<Truth> holds;
  for (const model::Guarantee& guarantee : guarantees) holds.push_back(observer.Holds(guarantee, protocol));
  return holds;
}

Coverage NoCoverage(const model::Policy& policy) {
  const std::vector<bool> reads_facts = ExprsThatReadFacts(policy);
  Coverage coverage;
  for (const model::Rule& rule : policy.rules) {
    RuleCount count;
    count.parts.resize(rule.parts.size());
    count.can_fail = rule.for_each.has_value() || !rule.parts.empty();
    count.can_be_unknown = rule.for_each.has_value();
    for (const model::Part& part : rule.parts) {
      count.can_be_unknown = count.can_be_unknown || reads_facts[part.condition.index];
    }
    coverage.rules.push_back(std::move(count));
  }
  for (const model::Protocol& protocol : policy.protocols) {
    coverage.guarantees.emplace_back(protocol.guarantees.size());
  }
  return coverage;
}

void Count(model::ProtocolId protocol, const std::vector<RuleSeen>& rules, const std::vector<Truth>& guarantees,
           Coverage& coverage) {
  ++coverage.num_subjects;
  const auto count = [](Truth truth, std::size_t& yes, std::size_t& no, std::size_t& unknown) {
    ++(truth == Truth::kTrue ? yes : truth == Truth::kFalse ? no : unknown);
  };
  for (const RuleSeen& seen : rules) {
    RuleCount& rule = coverage.rules[seen.rule.index];
    count(seen.applies, rule.applied, rule.not_applied, rule.unknown);
    for (std::size_t i = 0; i < seen.parts.size(); ++i) {
      rule.parts[i].failed_first += seen.parts[i].failed_first ? 1 : 0;
      rule.parts[i].open += seen.parts[i].open ? 1 : 0;
    }
  }
  for (std::size_t i = 0; i < guarantees.size(); ++i) {
    GuaranteeCount& guarantee = coverage.guarantees[protocol.index][i];
    count(guarantees[i], guarantee.held, guarantee.violated, guarantee.unknown);
  }
}

std::size_t Percent(const Share& share) { return share.all == 0 ? 100 : 100 * share.covered / share.all; }

Share CoverageTotals::all() const {
  return {applied.covered + not_applied.covered + unknown.covered + decided.covered,
          applied.all + not_applied.all + unknown.all + decided.all};
}

CoverageTotals Totals(const Coverage& coverage) {
  CoverageTotals totals;
  const auto add = [](bool possible, std::size_t count, Share& share) {
    if (!possible) return;
    ++share.all;
    if (count > 0) ++share.covered;
  };
  for (const RuleCount& rule : coverage.rules) {
    add(true, rule.applied, totals.applied);
    add(rule.can_fail, rule.not_applied, totals.not_applied);
    add(rule.can_be_unknown, rule.unknown, totals.unknown);
    for (const PartCount& part : rule.parts) add(true, part.failed_first, totals.decided);
  }
  return totals;
}

}  // namespace cordon::evaluate
