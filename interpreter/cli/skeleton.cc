// Writes the files of a new policy; see skeleton.h.
#include "cli/skeleton.h"

#include <fmt/format.h>

#include <string_view>

#include "format/format.h"
#include "support/assert.h"

namespace cordon::cli {
namespace {

// A text of the example in the languages that it can be given in.
struct Text {
  std::string_view en;
  std::string_view da;
};

constexpr Text kTitle = {"The guideline's title", "Vejledningens titel"};
constexpr Text kWard = {"the ward", "afdelingen"};
constexpr Text kQuestion = {"Has a test been positive before?", "Har en prøve tidligere været positiv?"};
constexpr Text kSample = {"Take a sample", "Tag en prøve"};
constexpr Text kAdmission = {"admission", "indlæggelsen"};
constexpr Text kAsk = {"Ask {questions}", "Spørg {questions}"};
constexpr Text kQuestions = {"the questions at admission", "spørgsmålene ved indlæggelse"};
constexpr Text kInform = {"Inform the staff", "Informér personalet"};

std::string Quote(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return quoted + "\"";
}

std::string Texts(const Beginning& beginning, const Text& text, const std::string& instead = {}) {
  std::string written;
  for (const std::string& language : beginning.languages) {
    const std::string_view words = language == "da" ? text.da : text.en;
    written += fmt::format(" {} {}", language, Quote(instead.empty() ? words : instead));
  }
  return written;
}

constexpr std::string_view kPolicy = R"(# What this policy covers stands in SOURCE.md.
#
# What follows the header is an example of each thing that a policy is made of. Replace it, piece by piece, by what the
# guideline says: its questions, its tables row by row, its rules, each with the section that it comes from.

policy {name} version {version}
  title {title}
  issuer "Who issues the guideline"
  source guideline "The guideline's title, number and date"
  {in_force}

use std.settings

role ward {ward}
event admission {admission}

action ask(questions: Group)
  text {ask}
action take_sample
  text {sample}
action inform_staff
  text {inform}

# A question that is asked at admission, and the group that it is asked in.
fact earlier_positive : bool
  ask {question}
  cite guideline "1"
group questions = earlier_positive
  text {questions}

protocol admission about patient in hospital.inpatient cite guideline "2"

  # What the protocol answers, and the duty that a yes means.
  output screen : bool strictest
    default no cite guideline "2"
    means ward must take_sample

  # Who asks, and when.
  rule ask_everybody cite guideline "1"
    then ward must ask(questions) at admission

  # The guideline's table: tests left of the double bar, answers right of it.
  table risk cite guideline "2, table 1"
    | row | earlier_positive || screen |
    | 1 | yes || yes |
    | 2 | no || no |

  # A rule that stands in the guideline's text.
  rule tell_staff cite guideline "3"
    when earlier_positive
    then ward should inform_staff

  # A patient, and what follows for that patient and for one who differs.
  example never_positive
    today {today}
    given earlier_positive = no

  test "2: never positive, not tested" like never_positive
    expect screen = no because risk.2, no duty ward should inform_staff

  test "2, 3: positive before, tested, and the staff informed" like never_positive
    given earlier_positive = yes
    expect screen = yes because risk.1, ward must take_sample, ward should inform_staff

  test "nothing asked yet, not known"
    today {today}
    expect screen is unknown needs earlier_positive
)";

constexpr std::string_view kSource = R"(# {title}

**Text.** The guideline's title, number and date; who issues it; where it can be read, and in which print or edition it
was read for this policy.

**What is covered here.** The sections that this folder states, and those that it leaves out.

## Statement by statement

| Section | What the guideline says, in our words | Where |
|---|---|---|
| 1 | Everybody is asked about earlier tests | fact `earlier_positive` |
| 2 | Who was positive before is tested | table `risk` |
| 3 | The staff is informed | rule `tell_staff` |

## What the guideline leaves open

| Id | What is open | What was chosen, and why |
|---|---|---|
)";

std::string InStyle(const std::string& text) {
  diagnostics::Sources sources;
  diagnostics::Sink sink;
  const auto formatted = format::Format(sources, sources.Add("policy.cordon", text), sink);
  CORDON_ASSERT(formatted.has_value());
  return *formatted;
}

}  // namespace

std::map<std::string, std::string> MakeSkeleton(const Beginning& beginning) {
  const std::string in_force = beginning.from.empty() ? "" : "in force from " + beginning.from;
  const std::string policy = fmt::format(
      kPolicy, fmt::arg("name", beginning.name), fmt::arg("version", beginning.version),
      fmt::arg("title", Texts(beginning, kTitle, beginning.title)), fmt::arg("in_force", in_force),
      fmt::arg("ward", Texts(beginning, kWard)), fmt::arg("ask", Texts(beginning, kAsk)),
      fmt::arg("questions", Texts(beginning, kQuestions)), fmt::arg("admission", Texts(beginning, kAdmission)),
      fmt::arg("sample", Texts(beginning, kSample)), fmt::arg("inform", Texts(beginning, kInform)),
      fmt::arg("question", Texts(beginning, kQuestion)), fmt::arg("today", beginning.today));
  const std::string title = beginning.title.empty() ? beginning.name : beginning.title;
  return {{"policy.cordon", InStyle(policy)}, {"SOURCE.md", fmt::format(kSource, fmt::arg("title", title))}};
}

}  // namespace cordon::cli
