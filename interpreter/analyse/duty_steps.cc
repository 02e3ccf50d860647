// The small steps of a duty; see duty_steps.h. Tested by tests/unit/mutants_test.cc.
#include "analyse/duty_steps.h"

#include <fmt/format.h>

#include <utility>

#include "analyse/neighbours.h"
#include "model/print.h"

namespace cordon::analyse {
namespace {

using model::Duty;

std::string_view RelationName(model::EventRelation relation) {
  switch (relation) {
    case model::EventRelation::kAt:
      return "at";
    case model::EventRelation::kBefore:
      return "before";
    case model::EventRelation::kAfter:
      return "after";
    case model::EventRelation::kDuring:
      return "during";
  }
  return {};
}

class Stepper {
 public:
  Stepper(const model::Policy& policy, const Duty& duty)
      : policy_(policy), duty_(duty), name_(DutyName(policy, duty)) {}

  std::vector<DutyStep> Steps() {
    for (const model::Modality next : Neighbours(duty_.modality)) {
      Duty now = duty_;
      now.modality = next;
      std::string text = DutyName(policy_, now);
      steps_.push_back({MutantKind::kModality, name_, std::move(text), std::move(now), {}});
    }
    Timings();
    for (std::size_t i = 0; i < duty_.dues.size(); ++i) DueOf(i);
    Arguments();
    Roles("to", &Duty::to);
    Roles("with", &Duty::with);
    Qualifiers();
    return std::move(steps_);
  }

 private:
  void Add(MutantKind kind, const std::string& before, const std::string& after, Duty now,
           std::vector<ExprChange> exprs = {}) {
    const auto with = [&](const std::string& text) { return text.empty() ? name_ : name_ + " " + text; };
    steps_.push_back({kind, with(before), with(after), std::move(now), std::move(exprs)});
  }

  void Timings() {
    for (std::size_t i = 0; i < duty_.timings.size(); ++i) {
      const model::EventTiming& timing = duty_.timings[i];
      const std::string& event = policy_.events[timing.event.index].name;
      const std::string before = fmt::format("{} {}", RelationName(timing.relation), event);
      for (const model::EventRelation next : Neighbours(timing.relation)) {
        Duty now = duty_;
        now.timings[i].relation = next;
        Add(MutantKind::kTiming, before, fmt::format("{} {}", RelationName(next), event), std::move(now));
      }
      Duty now = duty_;
      now.timings.erase(now.timings.begin() + static_cast<std::ptrdiff_t>(i));
      Add(MutantKind::kTiming, before, "", std::move(now));
    }
  }

  void DueOf(std::size_t i) {
    const model::Due& due = duty_.dues[i];
    const bool every = due.kind == model::DueKind::kEvery;
    const std::string lead = every ? "every" : "due";
    if (due.kind != model::DueKind::kBy) {
      for (const calendar::Period& next : Neighbours(due.period)) {
        Duty now = duty_;
        now.dues[i].period = next;
        std::vector<ExprChange> exprs;
        if (!every) {  // the date holds the period too
          model::Expr date = policy_.expr(due.date);
          date.period = next;
          exprs.push_back({due.date, {}, std::move(date)});
        }
        Add(MutantKind::kDue, lead + " " + calendar::Format(due.period), lead + " " + calendar::Format(next),
            std::move(now), std::move(exprs));
      }
    }
    Duty now = duty_;
    now.dues.erase(now.dues.begin() + static_cast<std::ptrdiff_t>(i));
    const std::string period = due.kind == model::DueKind::kBy ? "by a date" : calendar::Format(due.period);
    Add(MutantKind::kDue, lead + " " + period, "", std::move(now));
  }

  void Arguments() {
    for (std::size_t i = 0; i < duty_.args.size(); ++i) {
      const auto* constant = std::get_if<value::Value>(&duty_.args[i]);
      if (constant == nullptr) continue;
      const model::ActionParameter& parameter = policy_.actions[duty_.action.index].parameters[i];
      const auto text = [&](const value::Value& value) {
        return fmt::format("({} = {})", parameter.name, model::PrintValue(policy_, value, parameter.type));
      };
      for (value::Value& next : Neighbours(policy_, *constant, parameter.type)) {
        Duty now = duty_;
        const std::string after = text(next);
        now.args[i] = std::move(next);
        Add(MutantKind::kArgument, text(*constant), after, std::move(now));
      }
    }
  }

  void Roles(const std::string& lead, std::vector<model::RoleId> Duty::*roles) {
    for (std::size_t i = 0; i < (duty_.*roles).size(); ++i) {
      Duty now = duty_;
      (now.*roles).erase((now.*roles).begin() + static_cast<std::ptrdiff_t>(i));
      Add(MutantKind::kRecipient, lead + " " + policy_.roles[(duty_.*roles)[i].index].name, "", std::move(now));
    }
  }

  void Qualifiers() {
    if (duty_.as_far_as_possible) {
      Duty now = duty_;
      now.as_far_as_possible = false;
      Add(MutantKind::kQualifier, "as far as possible", "", std::move(now));
    }
    if (duty_.stands_while.valid()) {
      Duty now = duty_;
      now.stands_while = {};
      Add(MutantKind::kQualifier, "until not " + model::PrintExpr(policy_, duty_.stands_while), "", std::move(now));
    }
    if (!duty_.except.empty()) {
      Duty now = duty_;
      now.except.clear();
      Add(MutantKind::kQualifier, fmt::format("except \"{}\"", duty_.except), "", std::move(now));
    }
  }

  const model::Policy& policy_;
  const Duty& duty_;
  const std::string name_;
  std::vector<DutyStep> steps_;
};

}  // namespace

std::string DutyName(const model::Policy& policy, const Duty& duty) {
  return fmt::format("{} {} {}", policy.roles[duty.actor.index].name, model::ModalityText(duty.modality),
                     policy.actions[duty.action.index].name);
}

std::vector<DutyStep> StepsOf(const model::Policy& policy, const Duty& duty) { return Stepper(policy, duty).Steps(); }

}  // namespace cordon::analyse
