// Reasons; see explain.h.
#include "evaluate/explain.h"

#include <algorithm>
#include <map>
#include <set>

#include "model/rules.h"

namespace cordon::evaluate {
namespace {

using model::RuleId;
using value::Truth;

// More contributors than this are all listed where no single one concludes an answer.
constexpr std::size_t kMostContributors = 10;

Possible TwoWay(const Verdict& verdict) {
  switch (verdict.truth) {
    case Truth::kFalse:
      return {{0}, nullptr};
    case Truth::kTrue:
      return {{1}, nullptr};
    case Truth::kUnknown:
      break;
  }
  return {{0, 1}, verdict.open};
}

// Whether a conclusion is (part of) an answer, given that the rule stands.
bool Concludes(const Answer& answer, const model::OutputConclusion& conclusion,
               const std::optional<value::Value>& value) {
  if (const auto* v = std::get_if<ValueAnswer>(&answer)) return value && *value == v->value;
  if (const auto* j = std::get_if<JudgementAnswer>(&answer)) {
    if (value) return false;
    const auto id = std::get<model::JudgementId>(conclusion.value);
    return std::find(j->judgements.begin(), j->judgements.end(), id) != j->judgements.end();
  }
  return std::holds_alternative<ConflictAnswer>(answer);
}

struct Contributor {
  Reason reason;
  std::function<Verdict(Reference&)> holds;
};

std::vector<Contributor> Contributors(const Context& context, Reference& reference, const OutputOutcome& outcome) {
  const model::Policy& policy = context.policy;
  const model::Output& output = policy.outputs[outcome.output.index];
  const model::OutputId output_id = outcome.output;
  std::vector<Contributor> contributors;
  for (RuleId rule : policy.protocols[output.protocol.index].rules) {
    for (const model::OutputConclusion& conclusion : policy.rules[rule.index].conclusions) {
      if (conclusion.output != outcome.output) continue;
      const auto value = reference.ConcludedValue(conclusion, 0);
      if (!Concludes(*outcome.answer, conclusion, value)) continue;
      Reason reason{rule, {}, {}};
      const auto* judgement = std::get_if<model::JudgementId>(&conclusion.value);
      if (judgement != nullptr && value) reason.decision = policy.judgements[judgement->index].decided_in;
      contributors.push_back({reason, [=](Reference& r) { return r.StandsFor(rule, output_id, 0); }});
    }
  }
  const auto* value = std::get_if<ValueAnswer>(&*outcome.answer);
  if (value != nullptr && output.default_value == value->value) {
    contributors.push_back({{{}, outcome.output, {}}, [=](Reference& r) { return r.HasDefault(output_id, 0); }});
  }
  return contributors;
}

// A smallest set of contributors of which one holds in each completion.
std::vector<Reason> AnyOf(const Completions& completions, const FactSet& reads, Assuming assuming,
                          const std::vector<Contributor>& contributors) {
  std::vector<Reason> all;
  for (const Contributor& contributor : contributors) all.push_back(contributor.reason);
  if (contributors.size() > kMostContributors) return all;
  const std::size_t num_sets = std::size_t{1} << contributors.size();
  const Query which{[&](Reference& reference, std::size_t) {
                      std::size_t mask = 0;
                      for (std::size_t i = 0; i < contributors.size(); ++i) {
                        const Verdict verdict = contributors[i].holds(reference);
                        if (verdict.truth == Truth::kUnknown) return Possible{{num_sets, num_sets + 1}, verdict.open};
                        if (verdict.truth == Truth::kTrue) mask |= std::size_t{1} << i;
                      }
                      return Possible{{mask}, nullptr};
                    },
                    reads};
  const std::vector<std::size_t> masks = completions.Answers(which, assuming);
  std::size_t best = num_sets - 1;
  for (std::size_t set = 0; set < num_sets; ++set) {
    const bool hits = std::all_of(masks.begin(), masks.end(), [&](std::size_t mask) { return (mask & set) != 0; });
    if (hits && __builtin_popcountll(set) < __builtin_popcountll(best)) best = set;
  }
  std::vector<Reason> reasons;
  for (std::size_t i = 0; i < contributors.size(); ++i) {
    if ((best >> i & 1U) != 0) reasons.push_back(contributors[i].reason);
  }
  return reasons;
}

// The one part that fails for every element that the rule could apply to, or nothing.
std::optional<std::size_t> FirstFailing(const model::Rule& rule, Reference& reference,
                                        const std::vector<Bindings>& elements) {
  std::optional<std::size_t> common;
  for (const Bindings& bindings : elements) {
    std::optional<std::size_t> failing;
    for (std::size_t i = 0; i < rule.parts.size() && !failing; ++i) {
      if (reference.Condition(rule.parts[i].condition, bindings, 0).truth == Truth::kFalse) failing = i;
    }
    if (!failing || (common && common != failing)) return std::nullopt;
    common = failing;
  }
  return common;
}

Failed WhyNotApplied(const model::Policy& policy, RuleId id, Reference& reference) {
  const model::Rule& rule = policy.rules[id.index];
  Failed failed;
  failed.rule = id;
  if (reference.InSetting(rule.protocol, 0).truth == Truth::kFalse) {
    failed.outside_setting = true;
    return failed;
  }
  std::vector<Bindings> elements;
  if (rule.for_each) {
    for (const auto& [element, passes] : reference.Elements(rule.for_each->list, 0)) {
      if (passes.truth != Truth::kFalse) elements.push_back({{rule.for_each->variable, element}});
    }
    failed.no_element = elements.empty();
  } else {
    elements.push_back({});
  }
  failed.part = FirstFailing(rule, reference, elements);
  return failed;
}

RuleId OverriddenBy(const model::Policy& policy, RuleId id, model::OutputId output, Reference& reference) {
  for (RuleId other : policy.protocols[policy.rules[id.index].protocol.index].rules) {
    const model::Rule& rule = policy.rules[other.index];
    if (!Overrides(rule, id) || !Takes(rule, output)) continue;
    if (reference.Applies(other, 0).truth == Truth::kTrue) return other;
  }
  return {};
}

// Collects the interpretations of what is read, where the patient's facts give it something to read.
class Material {
 public:
  Material(const model::Policy& policy, const facts::Subject& subject) : policy_(policy), subject_(subject) {}

  void Include(const std::vector<model::InterpretationId>& ids) { relevant_.insert(ids.begin(), ids.end()); }

  // Whether `id` reads a fact that gives something, itself or through definitions, whose interpretations it includes
  // then.
  bool Read(model::ExprId id) {
    const model::Expr& expr = policy_.expr(id);
    bool something = false;
    for (model::ExprId arg : expr.args) something = (arg.valid() && Read(arg)) || something;
    if (expr.kind == model::ExprKind::kFact && GivesSomething(subject_.fact(expr.fact))) {
      Include(policy_.facts[expr.fact.index].interpretations);
      something = true;
    }
    if (expr.kind == model::ExprKind::kDefine) something = ReadDefine(expr.define) || something;
    return something;
  }

  std::vector<model::InterpretationId> Take() && { return {relevant_.begin(), relevant_.end()}; }

 private:
  bool ReadDefine(model::DefineId id) {
    const auto known = defines_.find(id);
    if (known != defines_.end()) return known->second;
    const bool something = Read(policy_.defines[id.index].value);
    if (something) Include(policy_.defines[id.index].interpretations);
    defines_.emplace(id, something);
    return something;
  }

  // A fact gives something to read that is unknown, or known to be anything but no and the empty list.
  static bool GivesSomething(const facts::Cell& cell) {
    if (cell.state == facts::CellState::kList) return cell.open || !cell.children.empty();
    return cell.state != facts::CellState::kKnown || cell.value != value::Value::Bool(false);
  }

  const model::Policy& policy_;
  const facts::Subject& subject_;
  std::set<model::InterpretationId> relevant_;
  std::map<model::DefineId, bool> defines_;
};

}  // namespace

void FindReasons(const Context& context, const Completions& completions, Assuming assuming, OutputOutcome& outcome) {
  const FactSet reads = FactsOfOutput(context.policy, context.protocol, outcome.output, Extent::kRead);
  const Start start = completions.Plain(reads, assuming);
  Reference reference(context, start.world, start.views);
  std::vector<Contributor> possible;
  for (const Contributor& contributor : Contributors(context, reference, outcome)) {
    const Query query{[&](Reference& r, std::size_t) { return TwoWay(contributor.holds(r)); }, reads};
    const std::vector<std::size_t> answers = completions.Answers(query, assuming);
    if (answers.back() == 1) possible.push_back(contributor);
    if (answers.front() == 1) outcome.because.push_back(contributor.reason);
  }
  const bool not_covered = std::holds_alternative<NotCoveredAnswer>(*outcome.answer);
  if (outcome.because.empty() && !not_covered && !possible.empty()) {
    outcome.any_of = AnyOf(completions, reads, assuming, possible);
  }
  if (auto* conflict = std::get_if<ConflictAnswer>(&*outcome.answer)) {
    for (const Reason& reason : outcome.because.empty() ? outcome.any_of : outcome.because)
      conflict->rules.push_back(reason.rule);
  }
}

namespace {

// What a record requires may settle a rule, which a look at its facts one by one does not see.
bool NeverApplies(const Context& context, const Completions& completions, Assuming assuming, RuleId rule) {
  const Query query{[&](Reference& reference, std::size_t) { return TwoWay(reference.Applies(rule, 0)); },
                    FactsOfRule(context.policy, context.protocol, rule, Extent::kRead)};
  return completions.Answers(query, assuming) == std::vector<std::size_t>{0};
}

}  // namespace

void FindWhyNot(const Context& context, const Completions& completions, Assuming assuming, OutputOutcome& outcome) {
  const model::Policy& policy = context.policy;
  const Start start =
      completions.Plain(FactsOfOutput(policy, context.protocol, outcome.output, Extent::kRead), assuming);
  Reference reference(context, start.world, start.views);
  for (RuleId rule : policy.protocols[policy.outputs[outcome.output.index].protocol.index].rules) {
    if (!ConcludesOn(policy.rules[rule.index], outcome.output)) continue;
    switch (reference.Applies(rule, 0).truth) {
      case Truth::kFalse:
        outcome.why_not.push_back(WhyNotApplied(policy, rule, reference));
        break;
      case Truth::kUnknown: {
        const bool concludes = std::any_of(outcome.because.begin(), outcome.because.end(),
                                           [&](const Reason& reason) { return reason.rule == rule; });
        if (concludes) break;
        if (NeverApplies(context, completions, assuming, rule)) {
          outcome.why_not.push_back(WhyNotApplied(policy, rule, reference));
        } else {
          outcome.open.push_back(rule);
        }
        break;
      }
      case Truth::kTrue: {
        const RuleId other = OverriddenBy(policy, rule, outcome.output, reference);
        if (other.valid()) outcome.why_not.push_back({rule, std::nullopt, false, other, false});
        break;
      }
    }
  }
}

std::vector<model::InterpretationId> RelevantInterpretations(const Context& context, const Completions& completions,
                                                             const facts::Subject& subject,
                                                             const std::vector<model::RuleId>& rules,
                                                             const std::vector<OutputOutcome>& outputs) {
  const model::Policy& policy = context.policy;
  Material material(policy, subject);
  FactSet reads;
  for (RuleId rule : rules) reads.merge(FactsOfRule(policy, context.protocol, rule, Extent::kRead));
  const Start start = completions.Plain(reads, Assuming::kEverything);
  Reference reference(context, start.world, start.views);
  for (const OutputOutcome& outcome : outputs) {
    const bool only_default = outcome.because.size() == 1 && !outcome.because[0].rule.valid();
    if (!only_default && !outcome.outside_setting)
      material.Include(policy.outputs[outcome.output.index].interpretations);
  }
  if (reference.InSetting(context.protocol, 0).truth == Truth::kFalse) return {};
  for (RuleId id : rules) {
    const model::Rule& rule = policy.rules[id.index];
    if (rule.for_each) material.Read(rule.for_each->list);
    const bool may_apply = reference.Applies(id, 0).truth != Truth::kFalse;
    if (may_apply) material.Include(rule.interpretations);
    const std::optional<std::size_t> failing = may_apply ? std::nullopt : WhyNotApplied(policy, id, reference).part;
    for (std::size_t i = 0; i < rule.parts.size(); ++i) {
      if (!failing || *failing == i) material.Read(rule.parts[i].condition);
    }
  }
  return std::move(material).Take();
}

}  // namespace cordon::evaluate
