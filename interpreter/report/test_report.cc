// Writes what tests came to; see test_report.h.
//
// nlohmann's ordered_json stays inside this file. The XML is written by hand: a few elements, with every text escaped.
#include "report/test_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "report/coverage_text.h"

namespace cordon::report {
namespace {

using Document = nlohmann::ordered_json;
using diagnostics::Sources;

const std::string& ProtocolName(const model::Policy& policy, const TestRun& run) {
  return policy.protocols[run.test->protocol.index].name;
}

std::string FailureText(const Sources& sources, const TestFailure& failure) {
  return fmt::format("  at        {}\n  expected  {}\n  seen      {}\n", PlaceText(sources, failure.span),
                     failure.expected, failure.seen);
}

// ---- JSON

void AddPlace(const Sources& sources, const diagnostics::Span& span, Document& document) {
  if (!span.valid()) return;
  const diagnostics::Place place = sources.place(span.source, span.begin);
  document["file"] = sources.name(span.source);
  document["line"] = place.line;
  document["column"] = place.column;
}

Document RunOf(const model::Policy& policy, const Sources& sources, const TestRun& run) {
  Document document = {{"protocol", ProtocolName(policy, run)}, {"name", run.test->name}};
  AddPlace(sources, run.test->span, document);
  if (!run.test->inherited_from.empty()) document["inherited_from"] = run.test->inherited_from;
  document["passed"] = run.failures.empty();
  for (const TestFailure& failure : run.failures) {
    Document one = Document::object();
    AddPlace(sources, failure.span, one);
    one["expected"] = failure.expected;
    one["seen"] = failure.seen;
    document["failures"].push_back(std::move(one));
  }
  return document;
}

Document ShareOf(const evaluate::Share& share) {
  return {{"covered", share.covered}, {"of", share.all}, {"percent", evaluate::Percent(share)}};
}

Document RuleOf(const model::Policy& policy, std::size_t index, const evaluate::RuleCount& count) {
  const model::Rule& rule = policy.rules[index];
  Document document = {{"protocol", policy.protocols[rule.protocol.index].name},
                       {"rule", rule.name},
                       {"applied", count.applied},
                       {"not_applied", count.not_applied},
                       {"unknown", count.unknown},
                       {"conditions", Document::array()}};
  for (std::size_t i = 0; i < rule.parts.size(); ++i) {
    document["conditions"].push_back({{"text", rule.parts[i].text},
                                      {"failed_first", count.parts[i].failed_first},
                                      {"unknown", count.parts[i].open}});
  }
  return document;
}

Document CoverageOf(const model::Policy& policy, const Sources& sources, const TestReport& report) {
  const evaluate::Coverage& coverage = *report.coverage;
  const evaluate::CoverageTotals totals = evaluate::Totals(coverage);
  Document document = {{"percent", evaluate::Percent(totals.all())}};
  if (report.fail_under) document["fail_under"] = *report.fail_under;
  document["applied"] = ShareOf(totals.applied);
  document["not_applied"] = ShareOf(totals.not_applied);
  document["unknown"] = ShareOf(totals.unknown);
  document["decided"] = ShareOf(totals.decided);
  document["rules"] = Document::array();
  for (std::size_t i = 0; i < policy.rules.size(); ++i)
    document["rules"].push_back(RuleOf(policy, i, coverage.rules[i]));
  document["guarantees"] = Document::array();
  for (std::size_t i = 0; i < policy.protocols.size(); ++i) {
    for (std::size_t j = 0; j < coverage.guarantees[i].size(); ++j) {
      const evaluate::GuaranteeCount& count = coverage.guarantees[i][j];
      document["guarantees"].push_back({{"protocol", policy.protocols[i].name},
                                        {"guarantee", policy.protocols[i].guarantees[j].name},
                                        {"held", count.held},
                                        {"violated", count.violated},
                                        {"unknown", count.unknown}});
    }
  }
  document["missing"] = Document::array();
  for (const Missing& missing : FindMissing(policy, coverage)) {
    Document one = {{"rule", policy.rules[missing.rule.index].name}};
    AddPlace(sources, missing.span, one);
    one["text"] = missing.text;
    document["missing"].push_back(std::move(one));
  }
  return document;
}

// ---- XML

// As an attribute's value. XML 1.0 has no way to write control characters.
std::string Escaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\n':
        escaped += "&#10;";
        break;
      default:
        escaped += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
  }
  return escaped;
}

std::string CaseXml(const model::Policy& policy, const Sources& sources, const TestRun& run) {
  std::string place;
  if (run.test->span.valid()) {
    const diagnostics::Span& span = run.test->span;
    place = fmt::format(" file=\"{}\" line=\"{}\"", Escaped(sources.name(span.source)),
                        sources.place(span.source, span.begin).line);
  }
  const std::string lead =
      fmt::format("    <testcase classname=\"{}\" name=\"{}\"{} time=\"0\"",
                  Escaped(policy.id + "." + ProtocolName(policy, run)), Escaped(run.test->name), place);
  if (run.failures.empty()) return lead + "/>\n";
  std::string text = lead + ">\n";
  for (const TestFailure& failure : run.failures) {
    const std::string message = fmt::format("expected {}, seen {}", failure.expected, failure.seen);
    text += fmt::format("      <failure type=\"expectation\" message=\"{0}\">{1}: {0}</failure>\n", Escaped(message),
                        Escaped(PlaceText(sources, failure.span)));
  }
  return text + "    </testcase>\n";
}

// Of the whole policy, though they stand in a suite: the format has no other place for them.
std::string PropertiesXml(const evaluate::Coverage& coverage) {
  const evaluate::CoverageTotals totals = evaluate::Totals(coverage);
  std::string text = "    <properties>\n";
  const auto add = [&](std::string_view name, const evaluate::Share& share) {
    text += fmt::format("      <property name=\"coverage{}\" value=\"{}\"/>\n", name, evaluate::Percent(share));
  };
  add("", totals.all());
  add(".applied", totals.applied);
  add(".not_applied", totals.not_applied);
  add(".unknown", totals.unknown);
  add(".decided", totals.decided);
  return text + "    </properties>\n";
}

std::string SuiteXml(const model::Policy& policy, const Sources& sources, const TestReport& report,
                     std::size_t protocol) {
  std::size_t num = 0;
  std::size_t num_failed = 0;
  std::string cases;
  for (const TestRun& run : report.runs) {
    if (run.test->protocol.index != protocol) continue;
    ++num;
    if (!run.failures.empty()) ++num_failed;
    cases += CaseXml(policy, sources, run);
  }
  if (num == 0) return {};
  return fmt::format(
      "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"0\" time=\"0\">\n{}{}"
      "  </testsuite>\n",
      Escaped(policy.id + "." + policy.protocols[protocol].name), num, num_failed,
      report.coverage ? PropertiesXml(*report.coverage) : std::string(), cases);
}

}  // namespace

std::size_t NumFailed(const TestReport& report) {
  return static_cast<std::size_t>(
      std::count_if(report.runs.begin(), report.runs.end(), [](const TestRun& run) { return !run.failures.empty(); }));
}

bool IsUnder(const TestReport& report) {
  return report.coverage && report.fail_under &&
         evaluate::Percent(evaluate::Totals(*report.coverage).all()) < *report.fail_under;
}

std::string TestText(const model::Policy& policy, const Sources& sources, const TestReport& report) {
  std::string text;
  for (const TestRun& run : report.runs) {
    if (run.failures.empty()) continue;
    text += fmt::format("FAILED {}: {}\n", ProtocolName(policy, run), run.test->name);
    for (const TestFailure& failure : run.failures) text += FailureText(sources, failure);
    if (!run.test->inherited_from.empty()) {
      text += fmt::format("  from      {}\n", run.test->inherited_from);
    }
    text += '\n';
  }
  if (report.coverage) text += CoverageText(policy, sources, *report.coverage);
  if (IsUnder(report)) text += fmt::format("this is under the {} % asked for\n", *report.fail_under);
  if (report.coverage) text += '\n';
  if (policy.tests.empty()) text += fmt::format("{} {} has no tests\n", policy.id, policy.version);
  const std::size_t num_failed = NumFailed(report);
  const auto num_inherited = std::count_if(report.runs.begin(), report.runs.end(), [](const TestRun& run) {
    return !run.failures.empty() && !run.test->inherited_from.empty();
  });
  if (num_inherited > 0) {
    text += "what a version below tests must hold here too, or be replaced or removed with a reason\n";
  }
  text += fmt::format("{} passed, {} failed\n", report.runs.size() - num_failed, num_failed);
  return text;
}

std::string TestJson(const model::Policy& policy, const Sources& sources, const TestReport& report) {
  const std::size_t num_failed = NumFailed(report);
  Document document = {{"policy", {{"id", policy.id}, {"version", policy.version}, {"digest", policy.digest}}},
                       {"passed", report.runs.size() - num_failed},
                       {"failed", num_failed},
                       {"tests", Document::array()}};
  for (const TestRun& run : report.runs) document["tests"].push_back(RunOf(policy, sources, run));
  if (report.coverage) document["coverage"] = CoverageOf(policy, sources, report);
  return document.dump(2) + "\n";
}

std::string TestJunit(const model::Policy& policy, const Sources& sources, const TestReport& report) {
  std::string text = fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<testsuites name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\" time=\"0\">\n",
      Escaped(policy.id + " " + policy.version), report.runs.size(), NumFailed(report));
  for (std::size_t i = 0; i < policy.protocols.size(); ++i) text += SuiteXml(policy, sources, report, i);
  return text + "</testsuites>\n";
}

}  // namespace cordon::report
