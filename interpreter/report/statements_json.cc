// Statements as JSON; see statements.h.
#include <nlohmann/json.hpp>

#include "report/statements.h"

namespace cordon::report {
namespace {

using Document = nlohmann::ordered_json;
using diagnostics::Sources;
using statements::EntryKind;
using statements::Line;
using statements::Status;

void AddText(const std::string& name, const std::string& text, Document& document) {
  if (!text.empty()) document[name] = text;
}

void AddPlace(const Sources& sources, const diagnostics::Span& span, Document& document) {
  document["file"] = sources.name(span.source);
  document["line"] = sources.place(span.source, span.begin).line;
}

std::string StatusText(Status status) {
  switch (status) {
    case Status::kAnswered:
      return "answered";
    case Status::kOmitted:
      return "left out";
    case Status::kMissing:
      return "missing";
  }
  return "";
}

std::string BasisText(statements::Basis basis) {
  switch (basis) {
    case statements::Basis::kRule:
      return "rule";
    case statements::Basis::kHeld:
      return "rules that it holds";
    case statements::Basis::kGuaranteed:
      return "guarantees that read it";
    case statements::Basis::kReaders:
      return "rules that read it";
    case statements::Basis::kExpectation:
      return "expected answers";
    case statements::Basis::kGuarantee:
      return "guarantee";
  }
  return "";
}

Document EvidenceOf(const statements::Evidence& evidence) {
  Document document = {{"by", BasisText(evidence.basis)}};
  if (evidence.num_rules > 0) document["rules"] = evidence.num_rules;
  document["shown"] = evidence.num_shown;
  document["not"] = evidence.num_not;
  document["unknown"] = evidence.num_unknown;
  document["examples"] = evidence.examples;
  return document;
}

Document LineOf(const model::Policy& policy, const Sources& sources, const Line& line) {
  const statements::Entry& entry = line.entry;
  const bool statement = entry.kind == EntryKind::kStatement;
  Document document = {{"id", entry.id}};
  AddText("section", entry.section, document);
  AddText(statement ? "statement" : "question", entry.text, document);
  AddText("strength", entry.strength, document);
  AddText("who", entry.who, document);
  AddText("where", entry.where, document);
  AddText("open", entry.open, document);
  AddText("open_because", entry.open_because, document);
  AddText("proposed", entry.proposed, document);
  document["status"] = StatusText(line.status);
  if (statement && line.status == Status::kAnswered) document["tested"] = line.tested();
  for (const statements::Answered& answer : line.answers) {
    Document one = {{"what", answer.what}, {"path", answer.path}};
    AddPlace(sources, answer.span, one);
    one["tests"] = EvidenceOf(answer.evidence);
    document["answers"].push_back(std::move(one));
  }
  for (const model::InterpretationId id : line.readings) {
    const model::Interpretation& reading = policy.interpretations[id.index];
    Document one = {{"text", reading.text}};
    if (!reading.alternatives.empty()) one["instead_of"] = reading.alternatives;
    AddPlace(sources, reading.span, one);
    document["readings"].push_back(std::move(one));
  }
  if (line.omission != nullptr && line.status == Status::kOmitted) {
    Document one = {{"because", line.omission->because}};
    if (!line.omission->cites.empty()) one["cites"] = line.omission->cites;
    AddPlace(sources, line.omission->span, one);
    document["omitted"] = std::move(one);
  }
  return document;
}

Document CountOf(const StatementsCount& count) {
  return {{"all", count.all}, {"answered", count.answered}, {"left_out", count.omitted}, {"missing", count.missing}};
}

Document ReportOf(const Sources& sources, const StatementsReport& report) {
  const model::Policy& policy = *report.policy;
  Document said = CountOf(Count(report.account, EntryKind::kStatement));
  said["not_tested"] = Count(report.account, EntryKind::kStatement).untested;
  Document document = {
      {"policy", {{"id", policy.id}, {"version", policy.version}, {"digest", policy.digest}}},
      {"tests", report.account.num_tests},
      {"failed", report.account.num_failed},
      {"count",
       {{"statements", std::move(said)}, {"open_points", CountOf(Count(report.account, EntryKind::kOpenPoint))}}},
      {"statements", Document::array()},
      {"open_points", Document::array()}};
  for (const Line& line : report.account.lines) {
    const bool statement = line.entry.kind == EntryKind::kStatement;
    document[statement ? "statements" : "open_points"].push_back(LineOf(policy, sources, line));
  }
  return document;
}

}  // namespace

std::string StatementsJson(const Sources& sources, const std::vector<StatementsReport>& reports) {
  Document document = {{"policies", Document::array()}};
  for (const StatementsReport& report : reports) document["policies"].push_back(ReportOf(sources, report));
  return document.dump(2) + "\n";
}

}  // namespace cordon::report
