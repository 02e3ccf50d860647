// The small steps of rules, outputs and facts; see row_steps.h. Tested by tests/unit/mutants_test.cc.
#include "analyse/row_steps.h"

#include <fmt/format.h>

#include <utility>

#include "analyse/duty_steps.h"
#include "analyse/neighbours.h"
#include "model/print.h"

namespace cordon::analyse {
namespace {

using diagnostics::Span;
using model::Rule;

class RuleStepper {
 public:
  RuleStepper(const model::Policy& policy, model::RuleId id)
      : policy_(policy), id_(id), rule_(policy.rules[id.index]) {}

  std::vector<RowStep> Steps() {
    Silence();
    for (std::size_t i = 0; i < rule_.parts.size(); ++i) PartOf(i);
    for (std::size_t i = 0; i < rule_.conclusions.size(); ++i) Conclusion(i);
    for (std::size_t i = 0; i < rule_.duties.size(); ++i) DutyOf(i);
    Overrides();
    return std::move(steps_);
  }

 private:
  void Add(MutantKind kind, std::string before, std::string after, const Span& span, Rule now) {
    steps_.push_back({kind,
                      std::move(before),
                      std::move(after),
                      span.valid() ? span : rule_.span,
                      RowChange<model::RuleId, Rule>{id_, std::move(now)},
                      {},
                      {}});
  }

  // Without the rule nothing is concluded or overridden by it; what else refers to it stays.
  void Silence() {
    Rule now = rule_;
    now.conclusions.clear();
    now.duties.clear();
    now.overrides.clear();
    now.drops_outputs.clear();
    now.drops_actions.clear();
    Add(MutantKind::kRule, fmt::format("{} {}", rule_.table.valid() ? "row" : "rule", rule_.name), "", rule_.span,
        std::move(now));
  }

  void PartOf(std::size_t i) {
    const model::Part& part = rule_.parts[i];
    Rule dropped = rule_;
    dropped.parts.erase(dropped.parts.begin() + static_cast<std::ptrdiff_t>(i));
    Add(MutantKind::kDropped, part.text, "", part.span, std::move(dropped));

    Rule negated = rule_;
    const model::Expr& condition = policy_.expr(part.condition);
    constexpr std::string_view kUnless = "unless ";
    const bool unless = part.text.compare(0, kUnless.size(), kUnless) == 0;
    std::string text = unless ? "when " + part.text.substr(kUnless.size()) : fmt::format("not ({})", part.text);
    if (condition.kind == model::ExprKind::kNot) {
      negated.parts[i].condition = condition.args[0];
      Add(MutantKind::kNegation, part.text, std::move(text), part.span, std::move(negated));
      return;
    }
    negated.parts[i].condition = model::ExprId(policy_.exprs.size());
    Add(MutantKind::kNegation, part.text, std::move(text), part.span, std::move(negated));
    model::Expr no;
    no.kind = model::ExprKind::kNot;
    no.type.kind = model::TypeKind::kBool;
    no.span = part.span;
    no.args = {part.condition};
    steps_.back().added.push_back(std::move(no));
  }

  void Conclusion(std::size_t i) {
    const model::OutputConclusion& conclusion = rule_.conclusions[i];
    const model::Output& output = policy_.outputs[conclusion.output.index];
    const auto* value = std::get_if<value::Value>(&conclusion.value);
    const std::string lead = fmt::format("{} = {}", output.name, conclusion.exactly ? "exactly " : "");
    const std::string text =
        lead + (value == nullptr ? std::string("judgement") : model::PrintValue(policy_, *value, output.type));
    if (value != nullptr) {
      for (value::Value& next : Neighbours(policy_, *value, output.type)) {
        Rule now = rule_;
        std::string after = lead + model::PrintValue(policy_, next, output.type);
        now.conclusions[i].value = std::move(next);
        Add(MutantKind::kValue, text, std::move(after), rule_.span, std::move(now));
      }
    }
    if (conclusion.exactly) {
      Rule now = rule_;
      now.conclusions[i].exactly = false;
      Add(MutantKind::kExactly, text, fmt::format("{} = {}", output.name, text.substr(lead.size())), rule_.span,
          std::move(now));
    }
    Rule now = rule_;
    now.conclusions.erase(now.conclusions.begin() + static_cast<std::ptrdiff_t>(i));
    Add(MutantKind::kSilenced, text, "", rule_.span, std::move(now));
  }

  void DutyOf(std::size_t i) {
    const model::Duty& duty = rule_.duties[i];
    for (DutyStep& step : StepsOf(policy_, duty)) {
      Rule now = rule_;
      now.duties[i] = std::move(step.now);
      Add(step.kind, std::move(step.old_text), std::move(step.new_text), duty.span, std::move(now));
      steps_.back().exprs = std::move(step.exprs);
    }
    Rule now = rule_;
    now.duties.erase(now.duties.begin() + static_cast<std::ptrdiff_t>(i));
    Add(MutantKind::kDuty, DutyName(policy_, duty), "", duty.span, std::move(now));
  }

  template <typename Id>
  void Drop(std::vector<Id> Rule::*ids, std::size_t i, std::string text) {
    Rule now = rule_;
    (now.*ids).erase((now.*ids).begin() + static_cast<std::ptrdiff_t>(i));
    Add(MutantKind::kOverride, std::move(text), "", rule_.span, std::move(now));
  }

  void Overrides() {
    for (std::size_t i = 0; i < rule_.overrides.size(); ++i) {
      Drop(&Rule::overrides, i, "overrides " + policy_.rules[rule_.overrides[i].index].name);
    }
    for (std::size_t i = 0; i < rule_.drops_outputs.size(); ++i) {
      Drop(&Rule::drops_outputs, i, "drops " + policy_.outputs[rule_.drops_outputs[i].index].name);
    }
    for (std::size_t i = 0; i < rule_.drops_actions.size(); ++i) {
      Drop(&Rule::drops_actions, i, "drops " + policy_.actions[rule_.drops_actions[i].index].name);
    }
  }

  const model::Policy& policy_;
  const model::RuleId id_;
  const Rule& rule_;
  std::vector<RowStep> steps_;
};

class OutputStepper {
 public:
  OutputStepper(const model::Policy& policy, model::OutputId id)
      : policy_(policy), id_(id), output_(policy.outputs[id.index]) {}

  std::vector<RowStep> Steps() {
    Default();
    Mode();
    Means();
    return std::move(steps_);
  }

 private:
  void Add(MutantKind kind, std::string before, std::string after, const Span& span, model::Output now) {
    steps_.push_back({kind,
                      std::move(before),
                      std::move(after),
                      span.valid() ? span : output_.span,
                      RowChange<model::OutputId, model::Output>{id_, std::move(now)},
                      {},
                      {}});
  }

  void Default() {
    if (!output_.default_value) return;
    const auto text = [&](const value::Value& value) {
      return "default " + model::PrintValue(policy_, value, output_.type);
    };
    for (value::Value& next : Neighbours(policy_, *output_.default_value, output_.type)) {
      model::Output now = output_;
      std::string after = text(next);
      now.default_value = std::move(next);
      Add(MutantKind::kDefault, text(*output_.default_value), std::move(after), output_.span, std::move(now));
    }
    model::Output now = output_;
    now.default_value.reset();
    Add(MutantKind::kDefault, text(*output_.default_value), "", output_.span, std::move(now));
  }

  void Mode() {
    const model::Type& type = output_.type;
    const bool ordered = type.kind == model::TypeKind::kBool ||
                         (type.kind == model::TypeKind::kCategory && policy_.categories[type.category.index].is_scale);
    if (!ordered) return;
    const bool strictest = output_.mode == model::Mode::kStrictest;
    model::Output now = output_;
    now.mode = strictest ? model::Mode::kUnique : model::Mode::kStrictest;
    Add(MutantKind::kMode, strictest ? "strictest" : "unique", strictest ? "unique" : "strictest", output_.span,
        std::move(now));
  }

  void Means() {
    if (!output_.means) return;
    for (DutyStep& step : StepsOf(policy_, *output_.means)) {
      model::Output now = output_;
      now.means = std::move(step.now);
      Add(step.kind, std::move(step.old_text), std::move(step.new_text), output_.means->span, std::move(now));
      steps_.back().exprs = std::move(step.exprs);
    }
    model::Output now = output_;
    now.means.reset();
    Add(MutantKind::kDuty, DutyName(policy_, *output_.means), "", output_.means->span, std::move(now));
  }

  const model::Policy& policy_;
  const model::OutputId id_;
  const model::Output& output_;
  std::vector<RowStep> steps_;
};

std::string AssumeText(const model::Policy& policy, const model::Fact& fact) {
  const model::Assume& assume = *fact.assume;
  const std::string value = assume.empty_list ? "empty" : model::PrintValue(policy, assume.value, fact.type);
  return "assume " + value + (assume.unless_asked ? " unless asked" : "");
}

}  // namespace

std::vector<RowStep> StepsOf(const model::Policy& policy, model::RuleId id) { return RuleStepper(policy, id).Steps(); }

std::vector<RowStep> StepsOf(const model::Policy& policy, model::OutputId id) {
  return OutputStepper(policy, id).Steps();
}

std::vector<RowStep> StepsOf(const model::Policy& policy, model::FactId id) {
  const model::Fact& fact = policy.facts[id.index];
  std::vector<RowStep> steps;
  if (!fact.assume) return steps;
  const auto add = [&](model::Fact now) {
    std::string after = now.assume ? AssumeText(policy, now) : std::string();
    steps.push_back({MutantKind::kAssumption,
                     AssumeText(policy, fact),
                     std::move(after),
                     fact.span,
                     RowChange<model::FactId, model::Fact>{id, std::move(now)},
                     {},
                     {}});
  };
  if (!fact.assume->empty_list) {
    for (value::Value& next : Neighbours(policy, fact.assume->value, fact.type)) {
      model::Fact now = fact;
      now.assume->value = std::move(next);
      add(std::move(now));
    }
  }
  if (fact.assume->unless_asked) {
    model::Fact now = fact;
    now.assume->unless_asked = false;
    add(std::move(now));
  }
  model::Fact now = fact;
  now.assume.reset();
  add(std::move(now));
  return steps;
}

}  // namespace cordon::analyse
