// Rules, outputs and duties in one World; see reference.h.
#include "evaluate/reference.h"

#include <algorithm>
#include <set>

#include "evaluate/combine.h"
#include "evaluate/conditions.h"
#include "model/rules.h"
#include "support/assert.h"

namespace cordon::evaluate {

using model::ActionId;
using model::FactId;
using model::Modality;
using model::OutputId;
using model::RuleId;
using value::Truth;

class Reference::Impl {
 public:
  Impl(const Context& context, const World& world, const std::vector<View>& views)
      : context_(context),
        policy_(context.policy),
        views_(views),
        conditions_(context.policy, context.as_of, context.reads_facts, world, views,
                    [this](const model::Expr& expr, std::size_t view) { return OutputIs(expr, view); }) {}

  Verdict InSetting(model::ProtocolId id, std::size_t view);
  Verdict Applies(RuleId id, std::size_t view);
  // `target`: an output or an action.
  template <typename Target>
  Verdict StandsFor(RuleId id, Target target, std::size_t view);
  Verdict HasDefault(OutputId id, std::size_t view);
  Answers AnswersOf(OutputId id, std::size_t view);
  std::optional<value::Value> ConcludedValue(const model::OutputConclusion& conclusion, std::size_t view) const;
  Verdict Stands(const DutyConclusion& conclusion, std::size_t view);
  CellPtr CellOf(const DutyElement& element, std::size_t view) const;
  DutyAnswers DutyOf(std::size_t index, std::size_t view);
  Verdict MustAsk(FactId fact, std::size_t view);
  Verdict HasAssumedValue(FactId fact, std::size_t view);
  Conditions& conditions() { return conditions_; }

 private:
  bool AsksFor(const DutyEntry& entry, FactId fact) const;
  Verdict OutputIs(const model::Expr& expr, std::size_t view);
  Verdict ComputeApplies(const model::Rule& rule, std::size_t view);
  Answers ComputeAnswers(OutputId id, std::size_t view);
  std::vector<Voice> VoicesOn(OutputId id, std::size_t view);
  Verdict IsConcluded(const DutyConclusion& conclusion, std::size_t view);
  Verdict StandsForElement(const DutyConclusion& conclusion, std::size_t view);
  template <typename Target>
  Verdict NotTaken(RuleId id, Target target, Verdict verdict, std::size_t view);

  const Context& context_;
  const model::Policy& policy_;
  const std::vector<View>& views_;
  Conditions conditions_;
  std::map<std::pair<RuleId, std::size_t>, Verdict> applies_;
  std::map<std::pair<OutputId, std::size_t>, Answers> answers_;
};

// ---- rules

Verdict Reference::Impl::InSetting(model::ProtocolId id, std::size_t view) {
  const model::Protocol& protocol = policy_.protocols[id.index];
  if (id != context_.protocol || protocol.settings.empty()) return Certain(true);
  const CellPtr& setting = views_[view].facts[policy_.setting.index];
  return conditions_.CellIsIn(*setting, protocol.settings);
}

Verdict Reference::Impl::Applies(RuleId id, std::size_t view) {
  const auto key = std::pair(id, view);
  const auto known = applies_.find(key);
  if (known != applies_.end()) return known->second;
  const Verdict verdict = ComputeApplies(policy_.rules[id.index], view);
  applies_.emplace(key, verdict);
  return verdict;
}

Verdict Reference::Impl::ComputeApplies(const model::Rule& rule, std::size_t view) {
  const Verdict inside = InSetting(rule.protocol, view);
  if (inside.truth == Truth::kFalse) return inside;
  if (!rule.for_each) {
    std::vector<model::ExprId> parts;
    for (const model::Part& part : rule.parts) parts.push_back(part.condition);
    return And(inside, conditions_.All(parts, {}, view));
  }
  std::vector<Sentence::Test> tests;
  for (const model::Part& part : rule.parts) tests.push_back({rule.for_each->variable, part.condition});
  return And(inside, conditions_.Some(conditions_.Range(rule.for_each->list, {}, view), tests, view));
}

template <typename Target>
Verdict Reference::Impl::StandsFor(RuleId id, Target target, std::size_t view) {
  return NotTaken(id, target, Applies(id, view), view);
}

// `verdict`, and that no rule takes from `id` what it concludes on `target`.
template <typename Target>
Verdict Reference::Impl::NotTaken(RuleId id, Target target, Verdict verdict, std::size_t view) {
  for (RuleId other : policy_.protocols[policy_.rules[id.index].protocol.index].rules) {
    if (verdict.truth == Truth::kFalse) break;
    const model::Rule& rule = policy_.rules[other.index];
    if (Overrides(rule, id) && Takes(rule, target)) verdict = And(verdict, Not(Applies(other, view)));
  }
  return verdict;
}

// ---- outputs

std::optional<value::Value> Reference::Impl::ConcludedValue(const model::OutputConclusion& conclusion,
                                                            std::size_t view) const {
  if (const auto* value = std::get_if<value::Value>(&conclusion.value)) return *value;
  const model::Judgement& judgement = policy_.judgements[std::get<model::JudgementId>(conclusion.value).index];
  if (!judgement.decided_in.valid()) return std::nullopt;
  const Cell& decision = *views_[view].facts[judgement.decided_in.index];
  if (decision.kind != Cell::Kind::kValue) return std::nullopt;
  return decision.value;
}

std::vector<Voice> Reference::Impl::VoicesOn(OutputId id, std::size_t view) {
  std::vector<Voice> voices;
  for (RuleId rule_id : policy_.protocols[policy_.outputs[id.index].protocol.index].rules) {
    for (const model::OutputConclusion& conclusion : policy_.rules[rule_id.index].conclusions) {
      if (conclusion.output != id) continue;
      Voice voice{ConcludedValue(conclusion, view), {}, conclusion.exactly, StandsFor(rule_id, id, view)};
      if (!voice.value) voice.judgement = std::get<model::JudgementId>(conclusion.value);
      if (voice.stands.truth != Truth::kFalse) voices.push_back(std::move(voice));
    }
  }
  return voices;
}

Verdict Reference::Impl::HasDefault(OutputId id, std::size_t view) {
  Verdict verdict = InSetting(policy_.outputs[id.index].protocol, view);
  for (const Voice& voice : VoicesOn(id, view)) verdict = And(verdict, Not(voice.stands));
  return verdict;
}

Answers Reference::Impl::AnswersOf(OutputId id, std::size_t view) {
  const auto key = std::pair(id, view);
  const auto known = answers_.find(key);
  if (known != answers_.end()) return known->second;
  Answers answers = ComputeAnswers(id, view);
  if (answers.possible.size() == 1) answers.open = nullptr;
  CORDON_ASSERT(answers.possible.size() == 1 || answers.open);
  answers_.emplace(key, answers);
  return answers;
}

Answers Reference::Impl::ComputeAnswers(OutputId id, std::size_t view) {
  const Verdict inside = InSetting(policy_.outputs[id.index].protocol, view);
  if (inside.truth == Truth::kFalse) return {{NotCoveredAnswer{}}, nullptr};
  return Combine(policy_, id, inside, VoicesOn(id, view));
}

Verdict Reference::Impl::OutputIs(const model::Expr& expr, std::size_t view) {
  const Answers answers = AnswersOf(expr.output, view);
  const auto holds = [&](const Answer& answer) { return Passes(expr.test, expr.value, answer); };
  const auto num = std::count_if(answers.possible.begin(), answers.possible.end(), holds);
  if (num == 0) return Certain(false);
  if (num == static_cast<std::ptrdiff_t>(answers.possible.size())) return Certain(true);
  return {Truth::kUnknown, answers.open};
}

// ---- duties

Verdict Reference::Impl::Stands(const DutyConclusion& conclusion, std::size_t view) {
  if (conclusion.element) return StandsForElement(conclusion, view);
  const Verdict verdict = IsConcluded(conclusion, view);
  if (!conclusion.duty->stands_while.valid()) return verdict;
  return And(verdict, conditions_.Condition(conclusion.duty->stands_while, {}, view));
}

// By its rule or output, whatever its `until` says.
Verdict Reference::Impl::IsConcluded(const DutyConclusion& conclusion, std::size_t view) {
  if (conclusion.rule.valid()) return StandsFor(conclusion.rule, conclusion.duty->action, view);
  model::Expr yes;
  yes.output = conclusion.output;
  yes.value = value::Value::Bool(true);
  return OutputIs(yes, view);
}

// The rule's conditions and `until` are asked of the one element, given or further.
Verdict Reference::Impl::StandsForElement(const DutyConclusion& conclusion, std::size_t view) {
  const DutyElement& element = *conclusion.element;
  std::vector<Sentence::Test> tests;
  Verdict verdict = Certain(true);
  if (element.of_rule) {
    const model::Rule& rule = policy_.rules[conclusion.rule.index];
    verdict = InSetting(rule.protocol, view);
    for (const model::Part& part : rule.parts) tests.push_back({element.variable, part.condition});
    verdict = NotTaken(conclusion.rule, conclusion.duty->action, verdict, view);
  } else {
    verdict = IsConcluded(conclusion, view);
  }
  if (verdict.truth == Truth::kFalse) return verdict;
  const model::ExprId stands_while = conclusion.duty->stands_while;
  if (stands_while.valid()) tests.push_back({element.variable, stands_while});
  const ListRange range = conditions_.Range(element.list, {}, view);
  return And(verdict, conditions_.OneElement(range, tests, element.index, view));
}

CellPtr Reference::Impl::CellOf(const DutyElement& element, std::size_t view) const {
  if (!element.index) return nullptr;
  return views_[view].facts[element.fact.index]->children[*element.index];
}

DutyAnswers Reference::Impl::DutyOf(std::size_t index, std::size_t view) {
  const DutyEntry& entry = context_.duties[index];
  DutyAnswers answers;
  std::optional<Modality> certain;
  const auto stronger = [](const std::optional<Modality>& a, Modality b) {
    return !a || StrengthOf(b) > StrengthOf(*a);
  };
  std::vector<std::pair<Modality, Verdict>> voices;
  for (const DutyConclusion& conclusion : entry.conclusions) {
    const Verdict stands = Stands(conclusion, view);
    const Modality modality = conclusion.duty->modality;
    if (stands.truth == Truth::kTrue && stronger(certain, modality)) certain = modality;
    if (stands.truth == Truth::kUnknown) voices.emplace_back(modality, stands);
  }
  answers.may_be_absent = !certain;
  if (certain) answers.modalities.push_back(*certain);
  for (const auto& [modality, stands] : voices) {
    if (!stronger(certain, modality)) continue;
    if (!answers.open) answers.open = stands.open;
    if (std::find(answers.modalities.begin(), answers.modalities.end(), modality) == answers.modalities.end()) {
      answers.modalities.push_back(modality);
    }
  }
  std::sort(answers.modalities.begin(), answers.modalities.end(),
            [](Modality a, Modality b) { return StrengthOf(a) > StrengthOf(b); });
  return answers;
}

bool Reference::Impl::AsksFor(const DutyEntry& entry, FactId fact) const {
  if (!IsAsking(policy_, entry.action)) return false;
  return std::any_of(entry.args.begin(), entry.args.end(), [&](const Argument& arg) {
    const auto* group = arg ? std::get_if<model::GroupId>(&*arg) : nullptr;
    if (group == nullptr) return false;
    const auto& facts = policy_.groups[group->index].facts;
    return std::find(facts.begin(), facts.end(), fact) != facts.end();
  });
}

Verdict Reference::Impl::MustAsk(FactId fact, std::size_t view) {
  Verdict verdict = Certain(false);
  for (const DutyTable* duties : {&context_.duties, &context_.asking_elsewhere}) {
    for (const DutyEntry& entry : *duties) {
      if (!AsksFor(entry, fact)) continue;
      for (const DutyConclusion& conclusion : entry.conclusions) {
        if (conclusion.duty->modality == Modality::kMust) verdict = Or(verdict, Stands(conclusion, view));
      }
    }
  }
  return verdict;
}

Verdict Reference::Impl::HasAssumedValue(FactId fact, std::size_t view) {
  const model::Assume& assume = *policy_.facts[fact.index].assume;
  const CellPtr& cell = views_[view].facts[fact.index];
  if (assume.empty_list) return Not(conditions_.Some({cell, {}, {}}, {}, view));
  return conditions_.CellIs(*cell, assume.value);
}

// ---- the public face

Reference::Reference(const Context& context, const World& world, const std::vector<View>& views)
    : impl_(std::make_unique<Impl>(context, world, views)) {}
Reference::~Reference() = default;

Verdict Reference::Condition(model::ExprId expr, const Bindings& bindings, std::size_t view) {
  return impl_->conditions().Condition(expr, bindings, view);
}
Verdict Reference::All(const std::vector<Claim>& claims, const Bindings& bindings, std::size_t view) {
  return impl_->conditions().All(claims, bindings, view);
}
Verdict Reference::InSetting(model::ProtocolId protocol, std::size_t view) { return impl_->InSetting(protocol, view); }
Verdict Reference::Applies(RuleId rule, std::size_t view) { return impl_->Applies(rule, view); }
Verdict Reference::StandsFor(RuleId rule, OutputId output, std::size_t view) {
  return impl_->StandsFor(rule, output, view);
}
Verdict Reference::StandsFor(RuleId rule, ActionId action, std::size_t view) {
  return impl_->StandsFor(rule, action, view);
}
Verdict Reference::HasDefault(OutputId output, std::size_t view) { return impl_->HasDefault(output, view); }
Answers Reference::AnswersOf(OutputId output, std::size_t view) { return impl_->AnswersOf(output, view); }
std::optional<value::Value> Reference::ConcludedValue(const model::OutputConclusion& conclusion,
                                                      std::size_t view) const {
  return impl_->ConcludedValue(conclusion, view);
}
DutyAnswers Reference::DutyOf(std::size_t duty, std::size_t view) { return impl_->DutyOf(duty, view); }
Verdict Reference::MustAsk(FactId fact, std::size_t view) { return impl_->MustAsk(fact, view); }
Verdict Reference::HasAssumedValue(FactId fact, std::size_t view) { return impl_->HasAssumedValue(fact, view); }
Verdict Reference::Stands(const DutyConclusion& conclusion, std::size_t view) {
  return impl_->Stands(conclusion, view);
}
std::optional<value::Value> Reference::KnownValue(model::ExprId expr, const Bindings& bindings, std::size_t view) {
  return impl_->conditions().KnownValue(expr, bindings, view);
}
std::optional<value::Value> Reference::KnownValue(model::ExprId expr, const std::optional<DutyElement>& element,
                                                  std::size_t view) {
  if (!element) return KnownValue(expr, Bindings(), view);
  const CellPtr cell = impl_->CellOf(*element, view);
  if (cell == nullptr) return std::nullopt;
  return KnownValue(expr, Bindings{{element->variable, cell}}, view);
}
ListRange Reference::Range(model::ExprId list, const Bindings& bindings, std::size_t view) {
  return impl_->conditions().Range(list, bindings, view);
}
Sentence Reference::SentenceOf(const ListRange& range, const std::vector<Sentence::Test>& tests, std::size_t view) {
  return impl_->conditions().SentenceOf(range, tests, view);
}
std::vector<CellPtr> Reference::ElementsOf(const Cell& list) { return impl_->conditions().Elements(list); }
std::vector<std::pair<CellPtr, Verdict>> Reference::Elements(model::ExprId list, std::size_t view) {
  const ListRange range = impl_->conditions().Range(list, {}, view);
  std::vector<std::pair<CellPtr, Verdict>> elements;
  for (const CellPtr& element : impl_->conditions().Elements(*range.list)) {
    elements.emplace_back(element, impl_->conditions().ElementPasses(element, range.filters, range.bindings, view));
  }
  return elements;
}

}  // namespace cordon::evaluate
