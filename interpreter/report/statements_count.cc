// Counts statements, and words what tests show; see statements.h.
#include <fmt/format.h>

#include <map>

#include "report/statements.h"

namespace cordon::report {
namespace {

using statements::EntryKind;
using statements::Line;
using statements::Status;

void Add(const Line& line, StatementsCount& count) {
  ++count.all;
  switch (line.status) {
    case Status::kAnswered:
      ++count.answered;
      if (line.entry.kind == EntryKind::kStatement && !line.tested()) ++count.untested;
      break;
    case Status::kOmitted:
      ++count.omitted;
      break;
    case Status::kMissing:
      ++count.missing;
      break;
  }
}

// "1 test", "5 tests".
std::string Tests(std::size_t number) { return fmt::format("{} test{}", number, number == 1 ? "" : "s"); }

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

std::string NotShown(const statements::Evidence& evidence) {
  using statements::Basis;
  const bool of_rules = evidence.basis == Basis::kReaders || evidence.basis == Basis::kHeld;
  if (of_rules && evidence.num_rules == 0) return "no rule reads it, so that no test shows it";
  if (of_rules) return "no test makes a rule apply that reads it";
  return evidence.basis == Basis::kRule ? "no test makes it apply" : "no test shows it";
}

// The number that `section` begins with, or nothing.
std::string NumberOf(const std::string& section) {
  std::size_t end = 0;
  while (end < section.size() && IsDigit(section[end])) ++end;
  return section.substr(0, end);
}

}  // namespace

StatementsCount Count(const statements::Account& account, EntryKind kind) {
  StatementsCount count;
  for (const Line& line : account.lines) {
    if (line.entry.kind == kind) Add(line, count);
  }
  return count;
}

std::vector<Chapter> CountChapters(const statements::Account& account) {
  std::vector<Chapter> chapters;
  std::map<std::string, std::size_t> chapter_of;
  std::string numbered;
  for (const Line& line : account.lines) {
    if (line.entry.kind != EntryKind::kStatement) continue;
    const std::string number = NumberOf(line.entry.section);
    if (!number.empty()) numbered = number;
    const std::string name = numbered.empty() ? line.entry.section : numbered;
    const auto [chapter, is_new] = chapter_of.emplace(name, chapters.size());
    if (is_new) chapters.push_back({name, {}});
    Add(line, chapters[chapter->second].count);
  }
  return chapters;
}

std::string EvidenceText(const statements::Evidence& evidence) {
  using statements::Basis;
  const std::string not_so = evidence.num_not == 0 ? "" : fmt::format(", not in {}", evidence.num_not);
  const std::string open = evidence.num_unknown == 0 ? "" : fmt::format(", unknown in {}", evidence.num_unknown);
  const std::string rules = fmt::format("{} rule{}", evidence.num_rules, evidence.num_rules == 1 ? "" : "s");
  const std::string one = evidence.num_rules == 1 ? "it applies" : "one of them applies";
  if (evidence.num_shown == 0) return NotShown(evidence);
  switch (evidence.basis) {
    case Basis::kRule:
      return fmt::format("applies in {}{}{}", Tests(evidence.num_shown), not_so, open);
    case Basis::kHeld:
      return fmt::format("holds {}; {} in {}{}{}", rules, one, Tests(evidence.num_shown), not_so, open);
    case Basis::kReaders:
      return fmt::format("read by {}; {} in {}{}{}", rules, one, Tests(evidence.num_shown), not_so, open);
    case Basis::kGuaranteed:
      return fmt::format("read by a guarantee, which holds in {}{}", Tests(evidence.num_shown), open);
    case Basis::kExpectation:
      return fmt::format("{} expect{} an answer", Tests(evidence.num_shown), evidence.num_shown == 1 ? "s" : "");
    case Basis::kGuarantee:
      return fmt::format("holds in {}{}", Tests(evidence.num_shown), open);
  }
  return "";
}

}  // namespace cordon::report
