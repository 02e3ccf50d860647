// Rules, outputs and duties in one World; see reference.h.
#include "evaluate/reference.h"

#include <algorithm>
#include <set>

#include "evaluate/conditions.h"
#include "evaluate/rules.h"
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
  // What a rule says about an output, and whether it stands.
  struct Voice {
    std::optional<value::Value> value;  // nothing: a judgement that is still open
    model::JudgementId judgement;
    bool exactly = false;
    Verdict stands;
  };

  Verdict OutputIs(const model::Expr& expr, std::size_t view);
  Verdict ComputeApplies(const model::Rule& rule, std::size_t view);
  Answers ComputeAnswers(OutputId id, std::size_t view);
  std::vector<Voice> VoicesOn(OutputId id, std::size_t view);
  Answers Strictest(const model::Output& output, const std::vector<Voice>& voices, const Answers& silent) const;
  Answers WithExact(const model::Output& output, const std::vector<Voice>& voices, const Answers& silent) const;
  Answers Unique(const std::vector<Voice>& voices, const Answers& silent) const;
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

namespace {

// Adds `answer` where it is not there yet.
void Include(std::vector<Answer>& answers, const Answer& answer) {
  if (std::find(answers.begin(), answers.end(), answer) == answers.end()) answers.push_back(answer);
}

}  // namespace

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

std::vector<Reference::Impl::Voice> Reference::Impl::VoicesOn(OutputId id, std::size_t view) {
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
  const model::Output& output = policy_.outputs[id.index];
  const Verdict inside = InSetting(output.protocol, view);
  if (inside.truth == Truth::kFalse) return {{NotCoveredAnswer{}}, nullptr};
  Answers silent;
  if (output.default_value) {
    silent.possible.push_back(ValueAnswer{*output.default_value});
  } else {
    silent.possible.push_back(NotCoveredAnswer{});
  }
  if (inside.truth == Truth::kUnknown) {
    // Outside its setting a protocol concludes nothing, not even its defaults.
    Include(silent.possible, NotCoveredAnswer{});
    silent.open = inside.open;
  }
  const std::vector<Voice> voices = VoicesOn(id, view);
  if (output.mode == model::Mode::kUnique) return Unique(voices, silent);
  return WithExact(output, voices, silent);
}

// The top of the scale beats a judgement; a judgement beats the rest and carries the strictest value beside it.
Answers Reference::Impl::Strictest(const model::Output& output, const std::vector<Voice>& voices,
                                   const Answers& silent) const {
  const std::int64_t top =
      output.type.kind == model::TypeKind::kBool
          ? 1
          : static_cast<std::int64_t>(policy_.categories[output.type.category.index].leaves.size()) - 1;
  std::optional<std::int64_t> certain_value;
  std::set<std::int64_t> open_values;
  std::set<model::JudgementId> certain_judgements;
  std::set<model::JudgementId> open_judgements;
  for (const Voice& voice : voices) {
    const bool certain = voice.stands.truth == Truth::kTrue;
    if (voice.value && certain)
      certain_value = std::max(certain_value.value_or(voice.value->number), voice.value->number);
    if (voice.value && !certain) open_values.insert(voice.value->number);
    if (!voice.value) (certain ? certain_judgements : open_judgements).insert(voice.judgement);
  }
  for (model::JudgementId judgement : certain_judgements) open_judgements.erase(judgement);
  std::vector<std::optional<std::int64_t>> values{certain_value};
  for (std::int64_t open : open_values) {
    if (!certain_value || open > *certain_value) values.emplace_back(open);
  }
  Answers answers;
  const value::Kind kind = output.type.kind == model::TypeKind::kBool ? value::Kind::kBool : value::Kind::kSymbol;
  // Every choice of the open judgements (there are few) with every strictest value that may come out.
  const std::vector<model::JudgementId> open(open_judgements.begin(), open_judgements.end());
  for (std::size_t chosen = 0; chosen < (std::size_t{1} << std::min<std::size_t>(open.size(), 10)); ++chosen) {
    std::set<model::JudgementId> judgements = certain_judgements;
    for (std::size_t i = 0; i < open.size(); ++i) {
      if ((chosen >> i & 1U) != 0) judgements.insert(open[i]);
    }
    for (const auto& number : values) {
      const auto value = number ? std::optional(value::Value{kind, *number, {}}) : std::nullopt;
      if (!judgements.empty() && number != top) {
        // At least the mildest value says nothing.
        const auto at_least = number != 0 ? value : std::nullopt;
        Include(answers.possible, JudgementAnswer{{judgements.begin(), judgements.end()}, at_least});
      } else if (value) {
        Include(answers.possible, ValueAnswer{*value});
      } else {
        for (const Answer& answer : silent.possible) Include(answers.possible, answer);
      }
    }
  }
  // The strictest voices first: they settle most.
  const Voice* strictest = nullptr;
  for (const Voice& voice : voices) {
    if (voice.stands.truth != Truth::kUnknown) continue;
    const bool matters = !voice.value || !certain_value || voice.value->number > *certain_value;
    if (!matters) continue;
    if (strictest == nullptr || (voice.value && (!strictest->value || voice.value->number > strictest->value->number)))
      strictest = &voice;
  }
  answers.open = strictest != nullptr ? strictest->stands.open : silent.open;
  return answers;
}

// Where something is concluded exactly, all that stands must agree with it; else the strictest holds.
Answers Reference::Impl::WithExact(const model::Output& output, const std::vector<Voice>& voices,
                                   const Answers& silent) const {
  std::vector<Voice> others;
  const Voice* exact = nullptr;
  bool certain = false;
  for (const Voice& voice : voices) {
    if (!voice.exactly) {
      others.push_back(voice);
      continue;
    }
    if (exact == nullptr || (!certain && voice.stands.truth == Truth::kTrue)) exact = &voice;
    certain = certain || voice.stands.truth == Truth::kTrue;
  }
  if (exact == nullptr) return Strictest(output, voices, silent);
  Answers answers = Unique(voices, silent);
  if (certain) return answers;
  for (const Answer& answer : Strictest(output, others, silent).possible) Include(answers.possible, answer);
  answers.open = exact->stands.open;
  return answers;
}

// All that stands must agree.
Answers Reference::Impl::Unique(const std::vector<Voice>& voices, const Answers& silent) const {
  Answers answers;
  std::vector<Answer> certain;
  std::vector<Answer> open;
  for (const Voice& voice : voices) {
    const Answer answer =
        voice.value ? Answer(ValueAnswer{*voice.value}) : Answer(JudgementAnswer{{voice.judgement}, {}});
    Include(voice.stands.truth == Truth::kTrue ? certain : open, answer);
    if (voice.stands.truth == Truth::kUnknown && !answers.open) answers.open = voice.stands.open;
  }
  if (certain.size() > 1) return {{ConflictAnswer{}}, nullptr};
  if (certain.empty()) {
    for (const Answer& answer : silent.possible) Include(answers.possible, answer);
    for (const Answer& answer : open) Include(answers.possible, answer);
  } else {
    answers.possible = certain;
  }
  std::vector<Answer> all = certain;
  for (const Answer& answer : open) Include(all, answer);
  if (all.size() > 1) answers.possible.push_back(ConflictAnswer{});
  if (!answers.open) answers.open = silent.open;
  return answers;
}

Verdict Reference::Impl::OutputIs(const model::Expr& expr, std::size_t view) {
  const Answers answers = AnswersOf(expr.output, view);
  const auto holds = [&](const Answer& answer) {
    const auto* value = std::get_if<ValueAnswer>(&answer);
    switch (expr.test) {
      case model::OutputTest::kValue:
        return value != nullptr && value->value == expr.value;
      case model::OutputTest::kAtLeast:
        return value != nullptr && value->value.number >= expr.value.number;
      case model::OutputTest::kJudgement:
        return std::holds_alternative<JudgementAnswer>(answer);
      case model::OutputTest::kNotCovered:
        return std::holds_alternative<NotCoveredAnswer>(answer);
      case model::OutputTest::kConflict:
        return std::holds_alternative<ConflictAnswer>(answer);
    }
    CORDON_ASSERT(false);
  };
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
