// Statements as a page for clinicians, in Markdown; see statements.h.
//
// Tables as GitHub has them. Texts of lists and policies are escaped: none of them is Markdown.
#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "report/statements.h"
#include "report/words.h"
#include "support/text.h"

namespace cordon::report {
namespace {

using statements::EntryKind;
using statements::Line;
using statements::Status;

// `text` in one line, with every sign that Markdown would take for its own.
std::string Plain(std::string_view text) {
  constexpr std::string_view kSigns = "\\`*_<>[]|#~$&";
  std::string plain;
  for (const char c : text) {
    const bool blank = static_cast<unsigned char>(c) <= 0x20 || c == 0x7f;
    if (blank && (plain.empty() || plain.back() == ' ')) continue;
    if (kSigns.find(c) != std::string_view::npos) plain += '\\';
    plain += blank ? ' ' : c;
  }
  while (!plain.empty() && plain.back() == ' ') plain.pop_back();
  return plain;
}

std::string RowOf(const std::vector<std::string>& cells) { return "| " + support::Join(cells, " | ") + " |\n"; }

std::string HeadingOf(const std::vector<std::string>& titles) {
  std::string rule = "|";
  for (std::size_t i = 0; i < titles.size(); ++i) rule += "---|";
  return RowOf(titles) + rule + "\n";
}

// `admission.cordon`: without the folder.
std::string FileName(const diagnostics::Sources& sources, const diagnostics::Span& span) {
  const std::string& path = sources.name(span.source);
  return path.substr(path.rfind('/') + 1);
}

std::string Places(const diagnostics::Sources& sources, const Line& line) {
  std::vector<std::string> places;
  for (const statements::Answered& answer : line.answers) {
    places.push_back(fmt::format("{} `{}` ({})", answer.what, answer.path, Plain(FileName(sources, answer.span))));
  }
  return support::Join(places, "<br>");
}

std::string Shown(const Line& line) {
  std::vector<std::string> shown;
  for (const statements::Answered& answer : line.answers) {
    std::string text = EvidenceText(answer.evidence);
    for (std::size_t i = 0; i < answer.evidence.examples.size(); ++i) {
      text += fmt::format("{} “{}”", i == 0 ? ":" : ",", Plain(answer.evidence.examples[i]));
    }
    shown.push_back(std::move(text));
  }
  return (line.tested() ? "" : "**not tested**: ") + support::Join(shown, "<br>");
}

std::string CountsOf(const StatementsReport& report) {
  const statements::Account& account = report.account;
  const StatementsCount said = Count(account, EntryKind::kStatement);
  const StatementsCount open = Count(account, EntryKind::kOpenPoint);
  std::string text;
  if (said.all > 0) {
    text += fmt::format("Statements: {}. Answered {}, left out {}, missing {}; answered and not tested {}.\n", said.all,
                        said.answered, said.omitted, said.missing, said.untested);
  }
  if (open.all > 0) {
    text += fmt::format("Open points: {}. Read or answered {}, left out {}, missing {}.\n", open.all, open.answered,
                        open.omitted, open.missing);
  }
  text += fmt::format("Tests: {}", account.num_tests);
  if (account.num_failed == 1) text += ", of which 1 fails and shows nothing";
  if (account.num_failed > 1) text += fmt::format(", of which {} fail and show nothing", account.num_failed);
  return text + ".\n";
}

std::string ChaptersTable(const statements::Account& account) {
  const std::vector<Chapter> chapters = CountChapters(account);
  if (chapters.empty()) return "";
  std::string text = "\n" + HeadingOf({"Chapter", "Statements", "Answered", "Left out", "Missing", "Not tested"});
  for (const auto& [name, count] : chapters) {
    text += RowOf({name.empty() ? "(none)" : Plain(name), std::to_string(count.all), std::to_string(count.answered),
                   std::to_string(count.omitted), std::to_string(count.missing), std::to_string(count.untested)});
  }
  return text;
}

std::string StatementsTable(const diagnostics::Sources& sources, const statements::Account& account) {
  std::string text;
  for (const Line& line : account.lines) {
    if (line.entry.kind != EntryKind::kStatement) continue;
    if (text.empty()) {
      text = "\n## Statement by statement\n\n" +
             HeadingOf({"Id", "Section", "Statement", "Strength", "In the policy", "Tested"});
    }
    std::string where = "**missing**";
    std::string tested;
    if (line.status == Status::kAnswered) {
      where = Places(sources, line);
      tested = Shown(line);
    } else if (line.status == Status::kOmitted) {
      where = "left out; why stands below";
    }
    text += RowOf({Plain(line.entry.id), Plain(line.entry.section), Plain(line.entry.text), Plain(line.entry.strength),
                   where, tested});
  }
  return text;
}

std::string OmittedTable(const statements::Account& account) {
  std::string text;
  for (const Line& line : account.lines) {
    if (line.status != Status::kOmitted) continue;
    if (text.empty()) {
      text =
          "\n## Left out, and why\n\n" + HeadingOf({"Id", "Section", "Statement or open point", "Why it is left out"});
    }
    const std::string cites = line.omission->cites.empty() ? "" : " (" + CiteText(line.omission->cites) + ")";
    text += RowOf({Plain(line.entry.id), Plain(line.entry.section), Plain(line.entry.text),
                   Plain(line.omission->because + cites)});
  }
  return text;
}

// How an open point is read, and what else it could mean.
std::string ReadingsOf(const model::Policy& policy, const Line& line) {
  std::vector<std::string> texts;
  for (const model::InterpretationId id : line.readings) {
    const model::Interpretation& reading = policy.interpretations[id.index];
    if (!reading.text.empty()) texts.push_back(Plain(reading.text));
    for (const std::string& other : reading.alternatives) texts.push_back("*Instead of:* " + Plain(other));
  }
  return support::Join(texts, "<br>");
}

std::string OpenPointPlaces(const diagnostics::Sources& sources, const Line& line) {
  constexpr std::size_t kMostShown = 6;
  std::vector<std::string> places;
  for (const std::string& place : line.stands_at) {
    if (std::find(places.begin(), places.end(), place) == places.end()) places.push_back(place);
  }
  if (places.size() > kMostShown) {
    const std::size_t more = places.size() - kMostShown + 1;
    places.resize(kMostShown - 1);
    places.push_back(fmt::format("and {} more", more));
  }
  if (!line.answers.empty()) places.push_back(Places(sources, line));
  return places.empty() ? "nowhere in particular" : support::Join(places, "<br>");
}

std::string OpenPointsTable(const diagnostics::Sources& sources, const StatementsReport& report) {
  std::string text;
  for (const Line& line : report.account.lines) {
    if (line.entry.kind != EntryKind::kOpenPoint) continue;
    if (text.empty()) {
      text = "\n## What the guideline leaves open\n\n" +
             HeadingOf({"Id", "Section", "Question", "How the policy reads it", "Where"});
    }
    std::string reading = ReadingsOf(*report.policy, line);
    std::string where = OpenPointPlaces(sources, line);
    if (line.status == Status::kOmitted) where = "left out; why stands above";
    if (line.status == Status::kMissing) where = "**missing**";
    text += RowOf({Plain(line.entry.id), Plain(line.entry.section), Plain(line.entry.text), reading, where});
  }
  return text;
}

std::string One(const diagnostics::Sources& sources, const StatementsReport& report) {
  const std::string title(TextIn(report.policy->titles, "en"));
  return fmt::format("# {}\n\nThe policy `{}`, version `{}`, held against the guideline that it encodes.\n\n",
                     Plain(title), report.policy->id, report.policy->version) +
         CountsOf(report) + ChaptersTable(report.account) + StatementsTable(sources, report.account) +
         OmittedTable(report.account) + OpenPointsTable(sources, report);
}

}  // namespace

std::string StatementsMarkdown(const diagnostics::Sources& sources, const std::vector<StatementsReport>& reports,
                               const std::string& made_by) {
  std::string text;
  for (const StatementsReport& report : reports) text += One(sources, report) + "\n";
  return text + fmt::format("Made by `{}`.\n", made_by);
}

}  // namespace cordon::report
