// Writes cells of CSV; see batch_cells.h.
#include "report/batch_cells.h"

#include <fmt/format.h>

#include <array>
#include <variant>

#include "report/batch_lines.h"
#include "report/json.h"
#include "report/words.h"
#include "support/text.h"

namespace cordon::report {
namespace {

using evaluate::Detail;
using model::Policy;

// The columns of an output, behind its name.
constexpr std::array<std::string_view, 2> kValueColumns = {"", ".status"};
constexpr std::array<std::string_view, 4> kReasonColumns = {".because", ".any_of", ".possible", ".needs"};

// A value as JSON has it, without quotation marks.
std::string ValueCell(const Policy& policy, const model::Output& output, const value::Value& value) {
  const bool is_text =
      value.kind != value::Kind::kBool && value.kind != value::Kind::kInt && value.kind != value::Kind::kDecimal;
  return is_text ? ValueText(policy, output.type, value) : ValueJson(policy, output.type, value);
}

std::string RulesCell(const Policy& policy, const std::vector<evaluate::Reason>& reasons) {
  std::vector<std::string> names;
  for (const evaluate::Reason& reason : reasons) names.push_back(ReasonName(policy, reason));
  return support::Join(names, ";");
}

std::string PossibleCell(const Policy& policy, const evaluate::OutputOutcome& outcome) {
  std::vector<std::string> answers;
  for (const evaluate::Answer& answer : outcome.possible) {
    answers.push_back(AnswerCell(policy, policy.outputs[outcome.output.index], answer));
  }
  return support::Join(answers, ";");
}

}  // namespace

std::string AnswerCell(const Policy& policy, const model::Output& output, const evaluate::Answer& answer) {
  if (const auto* value = std::get_if<evaluate::ValueAnswer>(&answer)) return ValueCell(policy, output, value->value);
  if (std::holds_alternative<evaluate::JudgementAnswer>(answer)) return "judgement";
  return std::holds_alternative<evaluate::ConflictAnswer>(answer) ? "conflict" : "not covered";
}

std::string CsvField(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string field = "\"";
  for (const char c : text) field += c == '"' ? "\"\"" : std::string(1, c);
  return field + "\"";
}

std::string CsvCells(const Policy& policy, const std::vector<evaluate::OutputOutcome>& outputs, Detail detail) {
  std::string cells;
  for (const evaluate::OutputOutcome& outcome : outputs) {
    const model::Output& output = policy.outputs[outcome.output.index];
    const auto* value = outcome.answer ? std::get_if<evaluate::ValueAnswer>(&*outcome.answer) : nullptr;
    cells += "," + (value != nullptr ? CsvField(ValueCell(policy, output, value->value)) : "");
    cells += fmt::format(",{}", StatusText(outcome.status));
    if (detail == Detail::kValues) continue;
    cells += "," + CsvField(RulesCell(policy, outcome.because)) + "," + CsvField(RulesCell(policy, outcome.any_of));
    cells += "," + CsvField(PossibleCell(policy, outcome)) + "," + CsvField(support::Join(outcome.needs, ";"));
  }
  return cells + ",\n";
}

std::string CsvRefused(const facts::Refused& refused, std::uint64_t number, std::size_t num_outputs, Detail detail) {
  const std::size_t columns = kValueColumns.size() + (detail == Detail::kValues ? 0 : kReasonColumns.size());
  std::vector<std::string> errors;
  for (const diagnostics::Diagnostic& diagnostic : refused.diagnostics) {
    errors.push_back(fmt::format("{}: {}", diagnostics::CodeText(diagnostic.code), diagnostic.message));
  }
  return std::string(num_outputs * columns + 1, ',') +
         CsvField(fmt::format("line {}: {}", number, support::Join(errors, "; "))) + "\n";
}

std::string Heading(const Policy& policy, model::ProtocolId protocol, const LineStyle& style) {
  if (style.format == LineFormat::kNdjson) return {};
  std::string heading = "subject";
  for (const model::OutputId id : policy.protocols[protocol.index].outputs) {
    const std::string& name = policy.outputs[id.index].name;
    for (const std::string_view column : kValueColumns) heading += fmt::format(",{}{}", name, column);
    if (style.detail == Detail::kValues) continue;
    for (const std::string_view column : kReasonColumns) heading += fmt::format(",{}{}", name, column);
  }
  return heading + ",error\n";
}

}  // namespace cordon::report
