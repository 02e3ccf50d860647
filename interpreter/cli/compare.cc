// Holds outcomes against expectations; see compare.h. Tested by tests/unit/cli_test.cc.
#include "cli/compare.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <variant>

#include "report/words.h"
#include "support/text.h"

namespace cordon::cli {
namespace {

using evaluate::Status;
using model::ExpectedStatus;
using model::Policy;

Status StatusFor(ExpectedStatus expected) {
  switch (expected) {
    case ExpectedStatus::kValue:
      return Status::kDetermined;
    case ExpectedStatus::kProvisionally:
      return Status::kProvisional;
    case ExpectedStatus::kUnknown:
      return Status::kUndetermined;
    case ExpectedStatus::kJudgement:
      return Status::kJudgement;
    case ExpectedStatus::kNotCovered:
      return Status::kNotCovered;
    case ExpectedStatus::kConflict:
      return Status::kConflict;
  }
  return Status::kConflict;
}

std::vector<std::string> Sorted(std::vector<std::string> names) {
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

bool SameNames(const std::vector<std::string>& expected, const std::vector<std::string>& seen) {
  return expected.empty() || Sorted(expected) == Sorted(seen);
}

std::string Tail(std::string_view word, const std::vector<std::string>& names) {
  return names.empty() ? std::string() : fmt::format(" {} {}", word, support::Join(names, ", "));
}

std::vector<std::string> RuleNames(const Policy& policy, const std::vector<model::RuleId>& rules) {
  std::vector<std::string> names;
  for (const model::RuleId id : rules) names.push_back(policy.rules[id.index].name);
  return names;
}

std::vector<std::string> ReasonNames(const Policy& policy, const std::vector<evaluate::Reason>& reasons) {
  std::vector<std::string> names;
  for (const evaluate::Reason& reason : reasons) names.push_back(report::ReasonName(policy, reason));
  return names;
}

// ---- outputs

// `screen = yes`, `screen is provisionally no`, `screen is judgement`. REQUIRES: a value where the status has one.
std::string OutputWords(const Policy& policy, model::OutputId id, Status status, const value::Value* value) {
  const model::Output& output = policy.outputs[id.index];
  const std::string text = value != nullptr ? report::ValueText(policy, output.type, *value) : "";
  switch (status) {
    case Status::kDetermined:
      return fmt::format("{} = {}", output.name, text);
    case Status::kProvisional:
      return fmt::format("{} is provisionally {}", output.name, text);
    case Status::kUndetermined:
      return fmt::format("{} is unknown", output.name);
    case Status::kJudgement:
    case Status::kNotCovered:
    case Status::kConflict:
      return fmt::format("{} is {}", output.name, report::StatusText(status));
  }
  return {};
}

const value::Value* ValueOf(const evaluate::OutputOutcome& outcome) {
  if (!outcome.answer) return nullptr;
  const auto* value = std::get_if<evaluate::ValueAnswer>(&*outcome.answer);
  return value != nullptr ? &value->value : nullptr;
}

// What a provisional answer that is no value is called.
std::string_view AnswerName(const evaluate::Answer& answer) {
  if (std::holds_alternative<evaluate::JudgementAnswer>(answer)) return "judgement";
  return std::holds_alternative<evaluate::ConflictAnswer>(answer) ? "conflict" : "not covered";
}

std::string SeenOutput(const Policy& policy, const evaluate::OutputOutcome& outcome) {
  const value::Value* value = ValueOf(outcome);
  std::string words = OutputWords(policy, outcome.output, outcome.status, value);
  if (outcome.status == Status::kProvisional && value == nullptr && outcome.answer)
    words += AnswerName(*outcome.answer);
  const auto& reasons = outcome.because.empty() ? outcome.any_of : outcome.because;
  return words + Tail("needs", outcome.needs) + Tail("because", ReasonNames(policy, reasons));
}

bool Meets(const Policy& policy, const model::OutputExpectation& expected, const evaluate::OutputOutcome& outcome) {
  if (outcome.status != StatusFor(expected.status)) return false;
  const bool has_value = expected.status == ExpectedStatus::kValue || expected.status == ExpectedStatus::kProvisionally;
  const value::Value* value = ValueOf(outcome);
  if (has_value && (value == nullptr || *value != expected.value)) return false;
  const auto& reasons = outcome.because.empty() ? outcome.any_of : outcome.because;
  return SameNames(expected.needs, outcome.needs) &&
         SameNames(RuleNames(policy, expected.because), ReasonNames(policy, reasons));
}

std::optional<Mismatch> CompareOutput(const Policy& policy, const model::OutputExpectation& expected,
                                      const evaluate::Outcome& outcome) {
  for (const evaluate::OutputOutcome& seen : outcome.outputs) {
    if (seen.output != expected.output) continue;
    if (Meets(policy, expected, seen)) return std::nullopt;
    const std::string words = OutputWords(policy, expected.output, StatusFor(expected.status), &expected.value);
    return Mismatch{expected.span,
                    words + Tail("needs", expected.needs) + Tail("because", RuleNames(policy, expected.because)),
                    SeenOutput(policy, seen)};
  }
  return Mismatch{expected.span, policy.outputs[expected.output.index].name, "the protocol has no such output"};
}

// ---- duties

std::string DutyWords(const Policy& policy, const model::Duty& duty, Status status) {
  const model::Action& action = policy.actions[duty.action.index];
  std::vector<std::string> args;
  for (std::size_t i = 0; i < duty.args.size() && i < action.parameters.size(); ++i) {
    const auto* group = std::get_if<model::GroupId>(&duty.args[i]);
    args.push_back(group != nullptr
                       ? policy.groups[group->index].name
                       : report::ValueText(policy, action.parameters[i].type, std::get<value::Value>(duty.args[i])));
  }
  std::string words =
      fmt::format("{} {} {}", policy.roles[duty.actor.index].name, report::ModalityText(duty.modality), action.name);
  if (!args.empty()) words += fmt::format("({})", support::Join(args, ", "));
  for (const model::EventTiming& timing : duty.timings) {
    words += fmt::format(" {} {}", report::RelationText(timing.relation), policy.events[timing.event.index].name);
  }
  std::vector<std::string> to;
  for (const model::RoleId role : duty.to) to.push_back(policy.roles[role.index].name);
  words += Tail("to", to);
  switch (status) {
    case Status::kDetermined:
      return words;
    case Status::kProvisional:
      return words + " is provisional";
    case Status::kUndetermined:
      return words + " is unknown";
    case Status::kJudgement:
    case Status::kNotCovered:
    case Status::kConflict:
      return fmt::format("{} is {}", words, report::StatusText(status));
  }
  return words;
}

std::string SeenDuty(const Policy& policy, const evaluate::DutyOutcome& seen) {
  return DutyWords(policy, seen.duty, seen.status) + Tail("needs", seen.needs);
}

// Whether both are about the same thing: actor, action, arguments, and what else the expectation names.
bool SameDuty(const model::Duty& expected, const model::Duty& seen) {
  if (expected.actor != seen.actor || expected.action != seen.action || expected.args != seen.args) return false;
  auto has = [](const auto& list, const auto& item) { return std::find(list.begin(), list.end(), item) != list.end(); };
  for (const model::EventTiming& timing : expected.timings) {
    if (!has(seen.timings, timing)) return false;
  }
  for (const model::RoleId role : expected.to) {
    if (!has(seen.to, role)) return false;
  }
  return true;
}

bool HasModality(const model::Duty& expected, const evaluate::DutyOutcome& seen) {
  if (expected.modality == seen.duty.modality) return true;
  return std::find(seen.possible_modalities.begin(), seen.possible_modalities.end(), expected.modality) !=
         seen.possible_modalities.end();
}

bool Meets(const model::DutyExpectation& expected, const evaluate::DutyOutcome& seen) {
  return SameDuty(expected.duty, seen.duty) && HasModality(expected.duty, seen) &&
         seen.status == StatusFor(expected.status) && SameNames(expected.needs, seen.needs);
}

std::optional<Mismatch> CompareDuty(const Policy& policy, const model::DutyExpectation& expected,
                                    const evaluate::Outcome& outcome) {
  std::vector<std::string> near;  // what was concluded of the same actor and action
  for (const evaluate::DutyOutcome& seen : outcome.duties) {
    const bool same = SameDuty(expected.duty, seen.duty) && HasModality(expected.duty, seen);
    if (expected.absent && same) {
      return Mismatch{expected.span, "no duty " + DutyWords(policy, expected.duty, Status::kDetermined),
                      SeenDuty(policy, seen)};
    }
    if (!expected.absent && Meets(expected, seen)) return std::nullopt;
    if (seen.duty.actor == expected.duty.actor && seen.duty.action == expected.duty.action)
      near.push_back(SeenDuty(policy, seen));
  }
  if (expected.absent) return std::nullopt;
  return Mismatch{expected.span,
                  DutyWords(policy, expected.duty, StatusFor(expected.status)) + Tail("needs", expected.needs),
                  near.empty() ? "no such duty" : support::Join(near, "; ")};
}

}  // namespace

std::vector<Mismatch> Compare(const model::Policy& policy, const model::Test& test, const evaluate::Outcome& outcome) {
  std::vector<Mismatch> mismatches;
  for (const model::OutputExpectation& expected : test.outputs) {
    if (auto mismatch = CompareOutput(policy, expected, outcome)) mismatches.push_back(*std::move(mismatch));
  }
  for (const model::DutyExpectation& expected : test.duties) {
    if (auto mismatch = CompareDuty(policy, expected, outcome)) mismatches.push_back(*std::move(mismatch));
  }
  return mismatches;
}

}  // namespace cordon::cli
