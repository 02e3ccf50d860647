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
    case ExpectedStatus::kProvisionalJudgement:
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
  const bool judged = outcome.answer && std::holds_alternative<evaluate::JudgementAnswer>(*outcome.answer);
  if (expected.status == ExpectedStatus::kProvisionalJudgement && !judged) return false;
  const auto& reasons = outcome.because.empty() ? outcome.any_of : outcome.because;
  return SameNames(expected.needs, outcome.needs) &&
         SameNames(RuleNames(policy, expected.because), ReasonNames(policy, reasons));
}

std::optional<Mismatch> CompareOutput(const Policy& policy, const model::OutputExpectation& expected,
                                      const evaluate::Outcome& outcome) {
  for (const evaluate::OutputOutcome& seen : outcome.outputs) {
    if (seen.output != expected.output) continue;
    if (Meets(policy, expected, seen)) return std::nullopt;
    const bool judged = expected.status == ExpectedStatus::kProvisionalJudgement;
    std::string words =
        OutputWords(policy, expected.output, StatusFor(expected.status), judged ? nullptr : &expected.value);
    if (judged) words += "judgement";
    return Mismatch{expected.span,
                    words + Tail("needs", expected.needs) + Tail("because", RuleNames(policy, expected.because)),
                    SeenOutput(policy, seen)};
  }
  return Mismatch{expected.span, policy.outputs[expected.output.index].name, "the protocol has no such output"};
}

// ---- duties

std::string WithStatus(const std::string& words, Status status) {
  switch (status) {
    case Status::kDetermined:
      return words;
    case Status::kUndetermined:
      return words + " is unknown";
    case Status::kProvisional:
    case Status::kJudgement:
    case Status::kNotCovered:
    case Status::kConflict:
      return fmt::format("{} is {}", words, report::StatusText(status));
  }
  return words;
}

std::string SeenDuty(const Policy& policy, const evaluate::DutyOutcome& seen) {
  const std::string words = report::DutySpelling(policy, seen.duty, seen.args, seen.dues);
  return WithStatus(words, seen.status) + Tail("needs", seen.needs);
}

// The due dates that an expectation writes; nothing where one of them has to be worked out.
std::optional<std::vector<evaluate::DueOutcome>> WrittenDues(const Policy& policy, const model::Duty& duty) {
  std::vector<evaluate::DueOutcome> dues;
  for (const model::Due& due : duty.dues) {
    evaluate::DueOutcome written{due.kind, std::nullopt, due.period, due.date.valid()};
    if (due.date.valid()) {
      const model::Expr& date = policy.expr(due.date);
      if (date.kind != model::ExprKind::kConstant || due.kind == model::DueKind::kAfter) return std::nullopt;
      written.date = report::ValueText(policy, date.type, date.value);
    }
    dues.push_back(std::move(written));
  }
  return dues;
}

// One expectation of a duty, for one of its recipients.
struct ExpectedDuty {
  const model::DutyExpectation& written;
  std::optional<model::RoleId> to;
  std::vector<evaluate::DueOutcome> dues;
};

template <typename Item>
bool Has(const std::vector<Item>& list, const Item& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

// Whether a due date is the one expected. One that is not known may be the one that must be absent, and is never the
// one that must be there. A day is met by any minute of it.
bool SameDue(const evaluate::DueOutcome& expected, const evaluate::DueOutcome& seen, bool absent) {
  const bool repeated = expected.kind == model::DueKind::kEvery;
  if (repeated != (seen.kind == model::DueKind::kEvery)) return false;
  if (repeated && expected.period != seen.period) return false;
  if (!expected.has_date) return true;
  return seen.date ? seen.date->starts_with(*expected.date) : absent && seen.has_date;
}

// Whether both are about the same thing: actor, modality, action, arguments, and what else the expectation names.
bool SameDuty(const ExpectedDuty& expected, const evaluate::DutyOutcome& seen) {
  const model::Duty& duty = expected.written.duty;
  if (duty.actor != seen.duty.actor || duty.action != seen.duty.action) return false;
  if (report::StatedArguments(duty) != seen.args) return false;
  if (duty.modality != seen.duty.modality && !Has(seen.possible_modalities, duty.modality)) return false;
  if (duty.as_far_as_possible && !seen.duty.as_far_as_possible) return false;
  for (const model::EventTiming& timing : duty.timings) {
    if (!Has(seen.duty.timings, timing)) return false;
  }
  if (expected.to && !Has(seen.duty.to, *expected.to)) return false;
  for (const std::string& text : duty.when_texts) {
    if (!Has(seen.duty.when_texts, text)) return false;
  }
  for (const model::RoleId role : duty.with) {
    if (!Has(seen.duty.with, role)) return false;
  }
  if (!duty.except.empty() && duty.except != seen.duty.except) return false;
  return std::all_of(expected.dues.begin(), expected.dues.end(), [&](const evaluate::DueOutcome& due) {
    return std::any_of(seen.dues.begin(), seen.dues.end(),
                       [&](const evaluate::DueOutcome& other) { return SameDue(due, other, expected.written.absent); });
  });
}

bool Meets(const ExpectedDuty& expected, const evaluate::DutyOutcome& seen) {
  return SameDuty(expected, seen) && seen.status == StatusFor(expected.written.status) &&
         SameNames(expected.written.needs, seen.needs);
}

// The expectation as a test spells it, for the one recipient.
std::string ExpectedWords(const Policy& policy, const ExpectedDuty& expected) {
  model::Duty duty = expected.written.duty;
  if (expected.to) duty.to = {*expected.to};
  const std::string words = report::DutySpelling(policy, duty, report::StatedArguments(duty), expected.dues);
  if (expected.written.absent) return "no duty " + words;
  return WithStatus(words, StatusFor(expected.written.status)) + Tail("needs", expected.written.needs);
}

std::optional<Mismatch> CompareDuty(const Policy& policy, const ExpectedDuty& expected,
                                    const evaluate::Outcome& outcome) {
  const model::DutyExpectation& written = expected.written;
  std::vector<std::string> near;  // what was concluded of the same actor and action
  for (const evaluate::DutyOutcome& seen : outcome.duties) {
    if (written.absent && SameDuty(expected, seen)) {
      return Mismatch{written.span, ExpectedWords(policy, expected), SeenDuty(policy, seen)};
    }
    if (!written.absent && Meets(expected, seen)) return std::nullopt;
    if (seen.duty.actor == written.duty.actor && seen.duty.action == written.duty.action)
      near.push_back(SeenDuty(policy, seen));
  }
  if (written.absent) return std::nullopt;
  return Mismatch{written.span, ExpectedWords(policy, expected),
                  near.empty() ? "no such duty" : support::Join(near, "; ")};
}

// A duty to several recipients is one duty to each: the first of them that does not hold.
std::optional<Mismatch> CompareDuty(const Policy& policy, const model::DutyExpectation& written,
                                    const evaluate::Outcome& outcome) {
  const auto dues = WrittenDues(policy, written.duty);
  if (!dues) {
    const std::string lead = written.absent ? "no duty " : "";
    const std::string duty = report::DutySpelling(policy, written.duty, report::StatedArguments(written.duty), {});
    return Mismatch{written.span, lead + duty + " due by a date, as in 2025-03-01",
                    "a due date that has to be worked out, and a test compares with the date as written"};
  }
  if (written.duty.to.empty()) return CompareDuty(policy, ExpectedDuty{written, std::nullopt, *dues}, outcome);
  for (const model::RoleId to : written.duty.to) {
    if (auto mismatch = CompareDuty(policy, ExpectedDuty{written, to, *dues}, outcome)) return mismatch;
  }
  return std::nullopt;
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
