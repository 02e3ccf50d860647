// Holds Batch and ColumnReader against the reference; see batch_agreement.h.
#include "batch_agreement.h"

#include <algorithm>
#include <utility>

#include "evaluate/complete.h"
#include "evaluate/duties.h"
#include "evaluate/evaluate.h"
#include "evaluate/reference.h"
#include "facts/column_reader.h"
#include "facts/columns.h"
#include "report/facts_json.h"
#include "report/json.h"

namespace cordon::testing {
namespace {

using evaluate::Detail;
using evaluate::OutputOutcome;
using evaluate::Status;

// ---- outcomes in words, so that equal words are equal outcomes

std::string Words(const value::Value& value) {
  return std::to_string(static_cast<int>(value.kind)) + ":" + std::to_string(value.number) + ":" + value.text;
}
std::string Words(const std::optional<value::Value>& value) { return value ? Words(*value) : "-"; }

// Which rules are in conflict is a reason, not an answer.
std::string Words(const model::Policy& policy, const evaluate::Answer& answer, Detail detail) {
  if (const auto* value = std::get_if<evaluate::ValueAnswer>(&answer)) return Words(value->value);
  if (std::holds_alternative<evaluate::NotCoveredAnswer>(answer)) return "not covered";
  std::string words;
  if (const auto* conflict = std::get_if<evaluate::ConflictAnswer>(&answer)) {
    words = "conflict";
    if (detail == Detail::kValues) return words;
    for (model::RuleId rule : conflict->rules) words += " " + policy.rules[rule.index].name;
    return words;
  }
  const auto& judgement = std::get<evaluate::JudgementAnswer>(answer);
  words = "judgement";
  for (model::JudgementId id : judgement.judgements) words += " " + std::to_string(id.index);
  return words + " at least " + Words(judgement.at_least);
}

std::string Words(const model::Policy& policy, const std::vector<evaluate::Reason>& reasons) {
  std::string words;
  for (const evaluate::Reason& reason : reasons) {
    words += " " + (reason.rule.valid() ? policy.rules[reason.rule.index].name : "default");
    if (reason.output.valid()) words += " of " + policy.outputs[reason.output.index].name;
    if (reason.decision.valid()) words += " decided in " + policy.facts[reason.decision.index].name;
  }
  return words;
}

std::string Words(const model::Policy& policy, const OutputOutcome& outcome, Detail detail) {
  static const char* const kStatuses[] = {"determined", "provisional", "undetermined",
                                          "judgement",  "not covered", "conflict"};
  std::string words = policy.outputs[outcome.output.index].name + " " + kStatuses[static_cast<int>(outcome.status)];
  if (outcome.answer) words += " " + Words(policy, *outcome.answer, detail);
  if (detail == Detail::kValues) return words + "\n";
  for (const evaluate::Answer& answer : outcome.possible) words += " | " + Words(policy, answer, detail);
  words += "\n  at least " + Words(outcome.at_least) + ", at most " + Words(outcome.at_most) + "\n  needs";
  for (const std::string& path : outcome.needs) words += " " + path;
  words += "\n  because" + Words(policy, outcome.because) + "\n  any of" + Words(policy, outcome.any_of);
  return words + (outcome.outside_setting ? "\n  outside the setting\n" : "\n");
}

std::string Words(const model::Policy& policy, const std::vector<OutputOutcome>& outputs, Detail detail) {
  std::string words;
  for (const OutputOutcome& outcome : outputs) words += Words(policy, outcome, detail);
  return words;
}

facts::Columns ColumnsOf(const model::Policy& policy, const std::vector<facts::Subject>& subjects,
                         const evaluate::Batch& batch) {
  facts::Columns columns(policy, batch.wanted(), batch.constants());
  columns.Clear(subjects.size());
  for (const facts::Subject& subject : subjects) columns.Append(subject);
  return columns;
}

constexpr report::WhyNot kWhyNot = report::WhyNot::kLeaveOut;
const char* const kNoCompletion = "no completion";

// What the reference may spend on one subject: many times what most need, and less than a tenth of a second.
constexpr std::size_t kWorkOfAnswers = 1'000;
constexpr std::size_t kWorkOfEverything = 1'000;

}  // namespace

BatchAgreement::BatchAgreement(const model::Policy& policy, model::ProtocolId protocol)
    : policy_(policy),
      protocol_(protocol),
      values_(policy, protocol, Detail::kValues),
      reasons_(policy, protocol, Detail::kReasons),
      full_(policy, protocol, Detail::kFull),
      reads_facts_(evaluate::ExprsThatReadFacts(policy)) {
  for (model::OutputId output : policy.protocols[protocol.index].outputs)
    reads_.push_back(evaluate::FactsOfOutput(policy, protocol, output, evaluate::Extent::kRead));
}

// ---- the reference for answers alone

// As Evaluate concludes an output, without what stands beside the answer.
OutputOutcome BatchAgreement::AnswerOf(const evaluate::Context& context, const facts::Subject& subject,
                                       std::size_t output) const {
  const model::OutputId id = policy_.protocols[protocol_.index].outputs[output];
  std::vector<evaluate::Answer> numbered;
  const evaluate::Query query{[id, &numbered](evaluate::Reference& reference, std::size_t view) {
                                const evaluate::Answers answers = reference.AnswersOf(id, view);
                                evaluate::Possible possible{{}, answers.open};
                                for (const evaluate::Answer& answer : answers.possible) {
                                  const auto found = std::find(numbered.begin(), numbered.end(), answer);
                                  possible.answers.push_back(static_cast<std::size_t>(found - numbered.begin()));
                                  if (found == numbered.end()) numbered.push_back(answer);
                                }
                                return possible;
                              },
                              reads_[output]};
  const evaluate::Completions completions(context, subject);
  OutputOutcome outcome;
  outcome.output = id;
  std::vector<std::size_t> answers = completions.Answers(query, evaluate::Assuming::kNothing);
  const bool open = answers.size() > 1;
  if (open) answers = completions.Answers(query, evaluate::Assuming::kEverything);
  if (answers.size() > 1) return outcome;
  outcome.answer = numbered[answers[0]];
  static const Status kStatuses[] = {Status::kDetermined, Status::kJudgement, Status::kNotCovered, Status::kConflict};
  outcome.status = open ? Status::kProvisional : kStatuses[outcome.answer->index()];
  return outcome;
}

bool BatchAgreement::IsFeasible(const facts::Subject& subject) {
  diagnostics::Sink sink;
  const bool feasible = evaluate::CheckFeasible(policy_, subject, sink);
  num_infeasible_ += feasible ? 0 : 1;
  return feasible;
}

std::optional<BatchAgreement::Expected> BatchAgreement::EverythingOf(const facts::Subject& subject) {
  Expected expected;
  expected.feasible = IsFeasible(subject);
  if (!expected.feasible) return expected;
  expected.outcome = evaluate::Evaluate(policy_, protocol_, subject, kWorkOfEverything);
  expected.outputs = expected.outcome.outputs;
  num_left_out_ += expected.outcome.exact ? 0 : 1;
  return expected.outcome.exact ? std::optional(std::move(expected)) : std::nullopt;
}

std::optional<BatchAgreement::Expected> BatchAgreement::AnswersOf(const facts::Subject& subject) {
  Expected expected;
  expected.feasible = IsFeasible(subject);
  if (!expected.feasible) return expected;
  const evaluate::DutyTable duties = evaluate::CollectDuties(policy_, protocol_, subject);
  evaluate::Work work(kWorkOfAnswers);
  const evaluate::Context context{policy_,
                                  protocol_,
                                  subject.as_of,
                                  duties,
                                  reads_facts_,
                                  &work,
                                  evaluate::CollectAskingElsewhere(policy_, protocol_, subject)};
  for (std::size_t i = 0; i < reads_.size(); ++i) {
    expected.outputs.push_back(AnswerOf(context, subject, i));
    if (!expected.outputs.back().answer) ++num_open_;
  }
  num_left_out_ += work.exhausted() ? 1 : 0;
  return work.exhausted() ? std::nullopt : std::optional(std::move(expected));
}

// ---- comparisons

std::optional<Disagreement> BatchAgreement::CompareDetail(const std::vector<facts::Subject>& subjects,
                                                          const std::vector<Expected>& expected, evaluate::Batch& batch,
                                                          Detail detail) {
  const facts::Columns columns = ColumnsOf(policy_, subjects, batch);
  std::vector<std::uint32_t> numbers;
  batch.Evaluate(columns, numbers);
  if (numbers.size() != subjects.size()) return Disagreement{0, std::to_string(numbers.size()) + " rows", "as given"};
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    const bool feasible = numbers[i] != evaluate::Batch::kInfeasible;
    if (!feasible && !expected[i].feasible) continue;
    const std::string seen = feasible ? Words(policy_, batch.conclusion(numbers[i]).outputs, detail) : kNoCompletion;
    const std::string words = expected[i].feasible ? Words(policy_, expected[i].outputs, detail) : kNoCompletion;
    if (seen != words) return Disagreement{i, seen, words};
    if (detail != Detail::kFull) continue;
    const std::string json = report::Json(policy_, subjects[i], batch.conclusion(numbers[i]).outcome, kWhyNot);
    const std::string reference = report::Json(policy_, subjects[i], expected[i].outcome, kWhyNot);
    if (json != reference) return Disagreement{i, json, reference};
  }
  return std::nullopt;
}

std::optional<Disagreement> BatchAgreement::Answers(const std::vector<facts::Subject>& subjects) {
  std::vector<facts::Subject> compared;
  std::vector<Expected> expected;
  for (const facts::Subject& subject : subjects) {
    auto one = AnswersOf(subject);
    if (!one) continue;
    expected.push_back(std::move(*one));
    compared.push_back(subject);
  }
  return CompareDetail(compared, expected, values_, Detail::kValues);
}

std::optional<Disagreement> BatchAgreement::Everything(const std::vector<facts::Subject>& subjects) {
  std::vector<facts::Subject> compared;
  std::vector<Expected> expected;
  for (const facts::Subject& subject : subjects) {
    auto one = EverythingOf(subject);
    if (!one) continue;
    expected.push_back(std::move(*one));
    compared.push_back(subject);
  }
  if (auto wrong = CompareDetail(compared, expected, values_, Detail::kValues)) return wrong;
  if (auto wrong = CompareDetail(compared, expected, reasons_, Detail::kReasons)) return wrong;
  if (auto wrong = CompareDetail(compared, expected, full_, Detail::kFull)) return wrong;
  return CompareLines(compared);
}

std::optional<Disagreement> BatchAgreement::CompareLines(const std::vector<facts::Subject>& subjects) const {
  std::string text;
  for (const facts::Subject& subject : subjects) text += DocumentLine(policy_, subject) + "\n";
  const std::size_t size = text.size();
  text.append(facts::kReadingPadding, ' ');
  const facts::Overrides overrides;
  facts::ColumnReader reader(policy_, overrides);
  facts::Block block{facts::Columns(policy_, values_.wanted(), values_.constants()), {}, {}};
  const facts::Columns appended = ColumnsOf(policy_, subjects, values_);
  const std::size_t end = reader.Read(std::string_view(text).substr(0, size), 1, 0, block);
  if (end != size || block.lines.size() != subjects.size())
    return Disagreement{0, std::to_string(end) + " bytes, " + std::to_string(block.lines.size()) + " lines", "all"};
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    const facts::Line& line = block.lines[i];
    if (line.refused) return Disagreement{i, block.refused[line.index].diagnostics[0].message, "a subject"};
    const std::string seen = DocumentLine(policy_, block.columns.ToSubject(line.index));
    const std::string expected = DocumentLine(policy_, appended.ToSubject(i));
    if (seen != expected) return Disagreement{i, seen, expected};
    if (line.number != i + 1) return Disagreement{i, "line " + std::to_string(line.number), std::to_string(i + 1)};
  }
  return std::nullopt;
}

std::string DocumentLine(const model::Policy& policy, const facts::Subject& subject) {
  const std::string document = report::FactsJson(policy, subject);
  std::string line;
  for (std::size_t at = 0; at < document.size(); ++at) {
    if (document[at] != '\n') {
      line += document[at];
      continue;
    }
    while (at + 1 < document.size() && document[at + 1] == ' ') ++at;  // its indent; no text holds a line break
  }
  return line;
}

}  // namespace cordon::testing
