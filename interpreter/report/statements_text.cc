// Statements for people at a terminal; see statements.h.
#include <fmt/format.h>

#include <algorithm>

#include "report/page.h"
#include "report/statements.h"
#include "report/words.h"
#include "support/text.h"

namespace cordon::report {
namespace {

using statements::EntryKind;
using statements::Line;
using statements::Status;

std::string Plural(std::size_t number, std::string_view noun) {
  return fmt::format("{} {}{}", number, noun, number == 1 ? "" : "s");
}

// "DK-041 (5.1.1, must): The general risk situations must be asked about".
std::string Head(const statements::Entry& entry) {
  std::vector<std::string> where;
  if (!entry.section.empty()) where.push_back(entry.section);
  if (!entry.strength.empty()) where.push_back(entry.strength);
  return fmt::format("- {}{}{}", entry.id, where.empty() ? "" : " (" + support::Join(where, ", ") + ")",
                     entry.text.empty() ? "" : ": " + entry.text);
}

void Chapters(const statements::Account& account, std::string& text) {
  std::vector<Chapter> chapters = CountChapters(account);
  if (chapters.empty()) return;
  chapters.push_back({"all", Count(account, EntryKind::kStatement)});
  std::size_t widest = sizeof("chapter") - 1;
  for (Chapter& chapter : chapters) {
    if (chapter.name.empty()) chapter.name = "(none)";
    widest = std::max(widest, support::CountCodePoints(chapter.name));
  }
  text += fmt::format("\n{:<{}}  statements  answered  left out  missing  not tested\n", "chapter", widest);
  for (const auto& [name, count] : chapters) {
    const std::string blanks(widest - support::CountCodePoints(name), ' ');
    text += fmt::format("{}{}  {:>10}  {:>8}  {:>8}  {:>7}  {:>10}\n", name, blanks, count.all, count.answered,
                        count.omitted, count.missing, count.untested);
  }
}

void Omitted(const statements::Account& account, Page& page) {
  bool first = true;
  for (const Line& line : account.lines) {
    if (line.status != Status::kOmitted) continue;
    if (first) page.Paragraph(0, "Left out, and why");
    first = false;
    page.Paragraph(2, Head(line.entry));
    const std::string cites = line.omission->cites.empty() ? "" : " (" + CiteText(line.omission->cites) + ")";
    page.Paragraph(4, fmt::format("because {}{}", line.omission->because, cites));
  }
}

void Missing(const statements::Account& account, EntryKind kind, const std::string& title, Page& page) {
  bool first = true;
  for (const Line& line : account.lines) {
    if (line.status != Status::kMissing || line.entry.kind != kind) continue;
    if (first) page.Gap();
    if (first) page.Paragraph(0, title);
    first = false;
    page.Paragraph(2, Head(line.entry));
  }
}

void Untested(const statements::Account& account, Page& page) {
  bool first = true;
  for (const Line& line : account.lines) {
    if (line.status != Status::kAnswered || line.entry.kind != EntryKind::kStatement || line.tested()) continue;
    if (first) page.Gap();
    if (first) page.Paragraph(0, "Answered, and shown by no test");
    first = false;
    page.Paragraph(2, Head(line.entry));
    for (const statements::Answered& answer : line.answers) {
      page.Paragraph(4, fmt::format("{} `{}`: {}", answer.what, answer.path, EvidenceText(answer.evidence)));
    }
  }
}

std::string Verdict(const statements::Account& account) {
  const StatementsCount said = Count(account, EntryKind::kStatement);
  const StatementsCount open = Count(account, EntryKind::kOpenPoint);
  std::vector<std::string> parts;
  if (said.missing > 0) parts.push_back(Plural(said.missing, "statement"));
  if (open.missing > 0) parts.push_back(Plural(open.missing, "open point"));
  std::string text = parts.empty() ? "nothing is missing" : "missing: " + support::JoinWords(parts, "and");
  if (said.untested > 0) text += fmt::format("; not tested: {}", Plural(said.untested, "statement"));
  return text + "\n";
}

std::string One(const StatementsReport& report) {
  const statements::Account& account = report.account;
  const StatementsCount said = Count(account, EntryKind::kStatement);
  const StatementsCount open = Count(account, EntryKind::kOpenPoint);
  std::string text = fmt::format("{} {}: {}, {}; ", report.policy->id, report.policy->version,
                                 Plural(said.all, "statement"), Plural(open.all, "open point"));
  text += account.num_failed == 0
              ? fmt::format("{}\n", Plural(account.num_tests, "test"))
              : fmt::format("{}, of which {} and show{} nothing\n", Plural(account.num_tests, "test"),
                            account.num_failed == 1 ? "1 fails" : fmt::format("{} fail", account.num_failed),
                            account.num_failed == 1 ? "s" : "");
  Chapters(account, text);
  if (open.all > 0) {
    text += fmt::format("\nopen points: {} read or answered, {} left out, {} missing\n", open.answered, open.omitted,
                        open.missing);
  }
  Page page(Emphasis::kNever);
  Omitted(account, page);
  Missing(account, EntryKind::kStatement, "Missing statements", page);
  Missing(account, EntryKind::kOpenPoint, "Missing open points", page);
  Untested(account, page);
  if (!page.text().empty()) text += "\n" + page.text();
  return text + "\n" + Verdict(account);
}

}  // namespace

std::string StatementsText(const std::vector<StatementsReport>& reports) {
  std::string text;
  for (const StatementsReport& report : reports) text += (text.empty() ? "" : "\n") + One(report);
  return text;
}

}  // namespace cordon::report
