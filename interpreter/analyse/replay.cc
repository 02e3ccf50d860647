// Asks the reference evaluator; see replay.h.
#include "analyse/replay.h"

#include <algorithm>
#include <utility>

#include "evaluate/duties.h"
#include "evaluate/evaluate.h"
#include "model/print.h"
#include "symbolic/encode.h"

namespace cordon::analyse {

using evaluate::Status;

namespace {

evaluate::Outcome Ask(const symbolic::Frame& frame, const model::Policy& policy, model::ProtocolId protocol,
                      const facts::Subject& subject, const Replay::Asked& asked) {
  if (!asked.output && asked.duty.empty()) return evaluate::Evaluate(policy, protocol, subject);
  evaluate::Scope scope;
  if (asked.output) scope.outputs.push_back(*asked.output);
  const auto add = [&](const model::Duty& duty) {
    if (asked.duty.empty()) return;
    if (symbolic::DutyKey(policy, frame, duty, {}) == asked.duty) scope.duties.insert(&duty);
    for (const model::RoleId to : duty.to) {
      if (symbolic::DutyKey(policy, frame, duty, to) == asked.duty) scope.duties.insert(&duty);
    }
  };
  for (const model::OutputId id : policy.protocols[protocol.index].outputs) {
    if (policy.outputs[id.index].means) add(*policy.outputs[id.index].means);
  }
  for (const model::RuleId id : policy.protocols[protocol.index].rules) {
    for (const model::Duty& duty : policy.rules[id.index].duties) add(duty);
  }
  return evaluate::EvaluatePart(policy, protocol, subject, scope);
}

}  // namespace

Replay::Replay(const symbolic::Frame& frame, std::size_t version, model::ProtocolId protocol,
               const symbolic::Patient& patient, const Asked& asked)
    : frame_(frame),
      policy_(*frame.versions[version].policy),
      patient_(&patient),
      subject_(symbolic::SubjectOf(frame, version, patient)),
      outcome_(Ask(frame, policy_, protocol, subject_, asked)) {}

Replay::Replay(const symbolic::Frame& frame, std::size_t version, model::ProtocolId protocol, facts::Subject subject,
               const Asked& asked)
    : frame_(frame),
      policy_(*frame.versions[version].policy),
      patient_(nullptr),
      subject_(std::move(subject)),
      outcome_(Ask(frame, policy_, protocol, subject_, asked)) {}

std::string Replay::TextOf(model::OutputId output, const evaluate::Answer& answer) const {
  const model::Type& type = policy_.outputs[output.index].type;
  if (const auto* value = std::get_if<evaluate::ValueAnswer>(&answer)) {
    return model::PrintValue(policy_, value->value, type);
  }
  if (std::holds_alternative<evaluate::NotCoveredAnswer>(answer)) return "not covered";
  if (std::holds_alternative<evaluate::ConflictAnswer>(answer)) return "conflict";
  const auto& judged = std::get<evaluate::JudgementAnswer>(answer);
  std::vector<std::string> texts;
  for (const model::JudgementId id : judged.judgements) {
    const std::string text = symbolic::JudgementText(policy_, policy_.judgements[id.index]);
    if (std::find(texts.begin(), texts.end(), text) == texts.end()) texts.push_back(text);
  }
  std::string all;
  for (const std::string& text : texts) all += (all.empty() ? "" : "; ") + text;
  return judged.at_least ? all + ", at least " + model::PrintValue(policy_, *judged.at_least, type) : all;
}

std::vector<std::string> Replay::AnswersOf(model::OutputId output) const {
  for (const evaluate::OutputOutcome& outcome : outcome_.outputs) {
    if (outcome.output != output) continue;
    if (outcome.answer) return {TextOf(output, *outcome.answer)};
    std::vector<std::string> texts;
    for (const evaluate::Answer& answer : outcome.possible) texts.push_back(TextOf(output, answer));
    return texts;
  }
  return {};
}

// Whether a duty is the one with the patient's "any argument".
bool Replay::HasArguments(const evaluate::DutyOutcome& duty) const {
  const std::string& action = policy_.actions[duty.duty.action.index].name;
  for (const symbolic::AnyArgument& any : frame_.arguments) {
    if (any.action != action || any.position >= duty.args.size()) continue;
    if (patient_ == nullptr) return false;
    const evaluate::Argument& arg = duty.args[any.position];
    if (!arg || !std::holds_alternative<value::Value>(*arg)) return false;
    const auto& value = std::get<value::Value>(*arg);
    std::int64_t number = patient_->scalars[any.slots.value];
    if (any.slots.minute != symbolic::Slots::kNone)
      number = number * calendar::kMinutesPerDay + patient_->scalars[any.slots.minute];
    if (value.kind == value::Kind::kText) {
      const bool named = number < static_cast<std::int64_t>(frame_.texts.size());
      const std::string further = "text " + std::to_string(number - static_cast<std::int64_t>(frame_.texts.size()) + 1);
      if (value.text != (named ? frame_.texts[static_cast<std::size_t>(number)] : further)) return false;
      continue;
    }
    std::int64_t own = value.number;
    if (value.kind == value::Kind::kSymbol) {
      const std::size_t version = &policy_ == frame_.versions[0].policy ? 0 : frame_.versions.size() - 1;
      for (const model::Action& declared : policy_.actions) {
        if (declared.name != action || any.position >= declared.parameters.size()) continue;
        const model::CategoryId category = declared.parameters[any.position].type.category;
        own = frame_.versions[version].leaves[category.index][static_cast<std::size_t>(value.number)];
      }
    }
    if (own != number) return false;
  }
  return true;
}

std::vector<std::string> Replay::StatesOf(const std::string& key) const {
  std::vector<const evaluate::DutyOutcome*> sides;
  for (const evaluate::DutyOutcome& duty : outcome_.duties) {
    const auto to = duty.duty.to.empty() ? std::nullopt : std::optional(duty.duty.to[0]);
    if (symbolic::DutyKey(policy_, frame_, duty.duty, to) == key && HasArguments(duty)) sides.push_back(&duty);
  }
  if (sides.empty()) return {"none"};
  std::vector<std::string> states;
  const auto add = [&](const std::string& text) {
    if (std::find(states.begin(), states.end(), text) == states.end()) states.push_back(text);
  };
  if (sides.size() == 1 && sides[0]->status != Status::kUndetermined) {
    add(sides[0]->status == Status::kConflict ? "conflict" : std::string(model::ModalityText(sides[0]->duty.modality)));
    return states;
  }
  const bool all_settled = std::all_of(sides.begin(), sides.end(), [](const auto* duty) {
    return duty->status != Status::kUndetermined && duty->status != Status::kConflict;
  });
  if (all_settled) {
    std::stable_sort(sides.begin(), sides.end(), [](const auto* a, const auto* b) {
      return evaluate::SideOf(a->duty.modality) < evaluate::SideOf(b->duty.modality);
    });
    std::string text;
    for (const auto* duty : sides) {
      text += (text.empty() ? "" : " and ") + std::string(model::ModalityText(duty->duty.modality));
    }
    add(text);
    return states;
  }
  for (const auto* duty : sides) {
    if (duty->status == Status::kConflict) add("conflict");
    for (const model::Modality modality : duty->possible_modalities) add(std::string(model::ModalityText(modality)));
    if (duty->status == Status::kUndetermined) add("none");
    if (duty->status == Status::kUndetermined) add("conflict");
  }
  return states;
}

std::vector<std::string> Replay::DetailsOf(const std::string& key) const {
  std::vector<std::string> details;
  for (const evaluate::DutyOutcome& outcome : outcome_.duties) {
    const model::Duty& duty = outcome.duty;
    const auto to = duty.to.empty() ? std::nullopt : std::optional(duty.to[0]);
    if (symbolic::DutyKey(policy_, frame_, duty, to) != key || !HasArguments(outcome)) continue;
    for (const model::EventTiming& timing : duty.timings) details.push_back(symbolic::TimingText(policy_, timing));
    for (const std::string& text : duty.when_texts) details.push_back("\"" + text + "\"");
    for (const model::RoleId role : duty.with) details.push_back("with " + policy_.roles[role.index].name);
    if (!duty.except.empty()) details.push_back("except \"" + duty.except + "\"");
    if (duty.as_far_as_possible) details.push_back("as far as possible");
    for (const evaluate::DueOutcome& due : outcome.dues) {
      const bool every = due.kind == model::DueKind::kEvery;
      std::string text = every ? "every " + calendar::Format(due.period) : "due by";
      if (due.has_date) text += (every ? " from " : " ") + due.date.value_or("a date that is not known");
      details.push_back(std::move(text));
    }
  }
  return details;
}

std::string Replay::InWords(const std::vector<std::string>& answers) const {
  if (answers.size() == 1) return answers[0];
  std::string text = "not known yet: ";
  for (std::size_t i = 0; i < answers.size(); ++i) {
    text += (i == 0 ? "" : i + 1 == answers.size() ? " or " : ", ") + answers[i];
  }
  return text;
}

}  // namespace cordon::analyse
