// Words and tables for what tests cover; see coverage_text.h and test_report.h. Tested by
// tests/golden/test/coverage.golden.
#include "report/coverage_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "report/test_report.h"
#include "support/text.h"

namespace cordon::report {
namespace {

using evaluate::Coverage;
using evaluate::RuleCount;

// "`fever`", "not `fever`". A condition that follows `unless` holds where what it names does not.
std::string Wanted(const model::Part& part, bool holds) {
  constexpr std::string_view kUnless = "unless ";
  const bool unless = std::string_view(part.text).substr(0, kUnless.size()) == kUnless;
  const std::string_view text = unless ? std::string_view(part.text).substr(kUnless.size()) : part.text;
  return fmt::format("{}`{}`", holds == unless ? "not " : "", text);
}

std::vector<std::string> Wanted(const model::Rule& rule, bool holds) {
  std::vector<std::string> texts;
  for (const model::Part& part : rule.parts) texts.push_back(Wanted(part, holds));
  return texts;
}

// Each of these says what a test has to give.
std::string HowToApply(const model::Rule& rule) {
  if (rule.parts.empty()) return rule.for_each ? "one with an element to apply to" : "one in its setting";
  return fmt::format("one with {}{}", support::JoinWords(Wanted(rule, true), "and"),
                     rule.for_each ? " for one element" : "");
}

std::string HowToFail(const model::Rule& rule) {
  if (rule.parts.empty()) return "one with no element to apply to";
  return fmt::format("one with {}{}", support::JoinWords(Wanted(rule, false), "or"),
                     rule.for_each ? " for every element, or with none" : "");
}

std::string HowToLeaveOpen(const model::Rule& rule) {
  if (rule.parts.empty()) return "one where it is unknown whether there is an element";
  if (rule.parts.size() == 1) return fmt::format("one that leaves unknown what `{}` reads", rule.parts[0].text);
  return fmt::format("one with {}, that leaves unknown what one of them reads",
                     support::JoinWords(Wanted(rule, true), "and"));
}

std::string HowToDecide(const model::Rule& rule, std::size_t part) {
  std::vector<std::string> texts = Wanted(rule, true);
  texts.resize(part);
  texts.push_back(Wanted(rule.parts[part], false));
  return fmt::format("one with {}{}", support::JoinWords(texts, "and"), rule.for_each ? " for one element" : "");
}

// Cells, each padded to its column's width: the first column and the last to the left, numbers to the right.
class Columns {
 public:
  explicit Columns(std::vector<std::string> heading) { Add(std::move(heading)); }
  void Add(std::vector<std::string> cells) {
    widths_.resize(std::max(widths_.size(), cells.size()));
    for (std::size_t i = 0; i < cells.size(); ++i)
      widths_[i] = std::max(widths_[i], support::CountCodePoints(cells[i]));
    rows_.push_back(std::move(cells));
  }
  std::string Text() const {
    std::string text;
    for (const std::vector<std::string>& row : rows_) {
      std::string line = " ";
      for (std::size_t i = 0; i < row.size(); ++i) {
        const std::string padding(widths_[i] - support::CountCodePoints(row[i]), ' ');
        const bool left = i == 0 || i == kLastColumn;
        line += (i == 0 ? " " : "  ") + (left ? row[i] + padding : padding + row[i]);
      }
      line.erase(line.find_last_not_of(' ') + 1);
      text += line + "\n";
    }
    return text;
  }

 private:
  static constexpr std::size_t kLastColumn = 4;
  std::vector<std::vector<std::string>> rows_;
  std::vector<std::size_t> widths_;
};

// `-` for what cannot be shown inside the protocol's setting.
std::string Number(bool possible, std::size_t number) {
  return possible || number > 0 ? fmt::format("{}", number) : "-";
}

std::string ProtocolTable(const model::Policy& policy, const model::Protocol& protocol, const Coverage& coverage) {
  Columns columns({"rule or row", "applied", "not", "unknown", "conditions that never decided"});
  for (const model::RuleId id : protocol.rules) {
    const model::Rule& rule = policy.rules[id.index];
    const RuleCount& count = coverage.rules[id.index];
    std::vector<std::string> never;
    for (std::size_t i = 0; i < rule.parts.size(); ++i) {
      if (count.parts[i].failed_first == 0) never.push_back(rule.parts[i].text);
    }
    columns.Add({rule.name, Number(true, count.applied), Number(count.can_fail, count.not_applied),
                 Number(count.can_be_unknown, count.unknown), support::Join(never, "; ")});
  }
  return columns.Text();
}

std::string GuaranteeTable(const model::Protocol& protocol, const std::vector<evaluate::GuaranteeCount>& counts) {
  Columns columns({"guarantee", "held", "violated", "unknown"});
  for (std::size_t i = 0; i < counts.size(); ++i) {
    columns.Add({protocol.guarantees[i].name, Number(true, counts[i].held), Number(true, counts[i].violated),
                 Number(true, counts[i].unknown)});
  }
  return columns.Text();
}

std::string ShareText(const evaluate::Share& share) {
  return fmt::format("{:>3} of {:>3}  {:>3} %", share.covered, share.all, evaluate::Percent(share));
}

std::string TotalsText(const Coverage& coverage) {
  const evaluate::CoverageTotals totals = evaluate::Totals(coverage);
  return fmt::format(
      "  rules and rows that applied  {}\n"
      "  that did not apply           {}\n"
      "  that were unknown            {}\n"
      "  conditions that decided      {}\n"
      "coverage                       {}\n",
      ShareText(totals.applied), ShareText(totals.not_applied), ShareText(totals.unknown), ShareText(totals.decided),
      ShareText(totals.all()));
}

}  // namespace

std::string PlaceText(const diagnostics::Sources& sources, const diagnostics::Span& span) {
  if (!span.valid()) return {};
  const diagnostics::Place place = sources.place(span.source, span.begin);
  return fmt::format("{}:{}:{}", sources.name(span.source), place.line, place.column);
}

std::vector<Missing> FindMissing(const model::Policy& policy, const Coverage& coverage) {
  std::vector<Missing> missing;
  for (std::size_t i = 0; i < policy.rules.size(); ++i) {
    const model::Rule& rule = policy.rules[i];
    const RuleCount& count = coverage.rules[i];
    const auto add = [&](const diagnostics::Span& span, const std::string& what, const std::string& how) {
      missing.push_back({span, model::RuleId(i), fmt::format("in no test {}: write {}", what, how)});
    };
    if (count.applied == 0) add(rule.span, fmt::format("`{}` applies", rule.name), HowToApply(rule));
    if (count.can_fail && count.not_applied == 0) {
      add(rule.span, fmt::format("`{}` does not apply", rule.name), HowToFail(rule));
    }
    if (count.can_be_unknown && count.unknown == 0) {
      add(rule.span, fmt::format("it is unknown whether `{}` applies", rule.name), HowToLeaveOpen(rule));
    }
    for (std::size_t part = 0; part < rule.parts.size(); ++part) {
      if (count.parts[part].failed_first > 0) continue;
      const std::string what =
          fmt::format("`{}` is the first condition of `{}` to fail", rule.parts[part].text, rule.name);
      add(rule.parts[part].span, what, HowToDecide(rule, part));
    }
  }
  return missing;
}

std::string CoverageText(const model::Policy& policy, const diagnostics::Sources& sources, const Coverage& coverage) {
  const std::size_t num = coverage.num_subjects;
  std::string text =
      fmt::format("coverage of {} {} by {} test{}\n\n", policy.id, policy.version, num, num == 1 ? "" : "s");
  for (std::size_t i = 0; i < policy.protocols.size(); ++i) {
    const model::Protocol& protocol = policy.protocols[i];
    text += fmt::format("protocol {}\n{}\n", protocol.name, ProtocolTable(policy, protocol, coverage));
    if (!protocol.guarantees.empty()) text += GuaranteeTable(protocol, coverage.guarantees[i]) + "\n";
  }
  const std::vector<Missing> missing = FindMissing(policy, coverage);
  if (!missing.empty()) text += "missing\n";
  for (const Missing& one : missing) text += fmt::format("  {}  {}\n", PlaceText(sources, one.span), one.text);
  if (!missing.empty()) text += "\n";
  return text + TotalsText(coverage);
}

}  // namespace cordon::report
