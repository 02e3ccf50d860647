// Talks to a person; see interview_terminal.h. Tested by tests/golden/ask/.
#include "cli/interview_terminal.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "cli/input_lines.h"
#include "cli/interview_words.h"
#include "cli/prompt_text.h"
#include "diagnostics/render.h"
#include "facts/answer.h"
#include "model/print.h"
#include "report/page.h"
#include "report/words.h"
#include "support/text.h"

namespace cordon::cli {
namespace {

using evaluate::Prompt;
using evaluate::PromptKind;
using evaluate::Reply;
using evaluate::ReplyKind;
using evaluate::Status;

constexpr std::size_t kLongestLine = 10'000;
constexpr std::size_t kMostShown = 12;  // symbols of a category
constexpr std::size_t kIndent = 3;

class Conversation {
 public:
  Conversation(Session& session, Environment& environment, const diagnostics::Sources& sources,
               const std::string& language)
      : session_(session),
        policy_(session.policy()),
        environment_(environment),
        sources_(sources),
        language_(language),
        words_(WordsIn(language)) {}

  void Run() {
    if (!session_.done()) Say(0, words_.intro);
    Say(0, Ask() ? words_.all_asked : words_.stopped);
    Flush();
    environment_.err << '\n' << std::flush;
  }

 private:
  // Whether everything was asked.
  bool Ask() {
    while (!session_.done()) {
      Put();
      const auto line = Listen();
      if (!line || !React(*line)) return false;
    }
    return true;
  }

  const Prompt& prompt() const { return *session_.turn().prompt; }
  const model::Fact& fact() const { return policy_.facts[prompt().place.fact.index]; }

  void Say(std::size_t indent, std::string_view text) { page_.Paragraph(indent, text); }

  void Flush() {
    environment_.err << page_.text() << std::flush;
    page_ = report::Page(emphasis());
  }

  // Shows what was said so far, asks for a line, and shows that too where the person does not see it.
  std::optional<std::string> Listen() {
    Flush();
    environment_.err << "> " << std::flush;
    std::optional<std::string> line = ReadLine(environment_.in, kLongestLine + 1);
    if (!line || !environment_.typed) environment_.err << line.value_or("") << '\n';
    return line;
  }

  report::Emphasis emphasis() const {
    return environment_.colour ? report::Emphasis::kAllowed : report::Emphasis::kNever;
  }

  // ---- the question

  std::string_view Text(const model::Texts& texts) const { return report::TextIn(texts, language_); }

  std::string Question() const {
    std::string text(Text(PromptTexts(policy_, prompt())));
    if (text.empty()) {
      const model::Field* field = PromptField(policy_, prompt());
      text = prompt().place.fact == policy_.setting ? words_.setting : field != nullptr ? field->name : fact().name;
      std::replace(text.begin(), text.end(), '_', ' ');
    }
    const bool has_own_question = !fact().ask.empty() && PromptField(policy_, prompt()) == nullptr;
    if (prompt().kind == PromptKind::kFurtherElement) text = fmt::format(fmt::runtime(words_.are_there_more), text);
    if (prompt().kind == PromptKind::kAnyElement && !has_own_question)
      text += fmt::format("{} {}", text.back() == '?' ? "" : ":", words_.is_there_any);
    if (!prompt().recorded || prompt().place.fact == policy_.setting) return text;
    return std::string(words_.from_chart) + text;
  }

  void Put() {
    if (page_.text().empty()) environment_.err << '\n';
    page_.Gap();
    page_.Paragraph(0, fmt::format("{}. {} [{}]", session_.number(), Question(), prompt().path),
                    report::Weight::kStrong);
    Say(kIndent, Expected());
    SaySymbols();
  }

  // What an answer looks like.
  std::string Expected() const {
    const model::Type& type = prompt().type;
    const std::string_view or_none = type.or_none ? words_.or_none : "";
    switch (type.kind) {
      case model::TypeKind::kBool:
        return fmt::format("{}{}", words_.yes_or_no, or_none);
      case model::TypeKind::kInt:
        return fmt::format("{}{}", words_.whole_number, or_none);
      case model::TypeKind::kDecimal:
        return fmt::format("{}{}", words_.number, or_none);
      case model::TypeKind::kDate:
        return fmt::format("{}{}", words_.date, or_none);
      case model::TypeKind::kDatetime:
        return fmt::format("{}{}", words_.datetime, or_none);
      case model::TypeKind::kDuration:
        return fmt::format("{}{}", words_.duration, or_none);
      case model::TypeKind::kPeriod:
        return fmt::format("{}{}", words_.period, or_none);
      case model::TypeKind::kCategory:
        return fmt::format(fmt::runtime(words_.one_of), policy_.categories[type.category.index].name) +
               std::string(or_none);
      case model::TypeKind::kText:
      case model::TypeKind::kRecord:
      case model::TypeKind::kList:
      case model::TypeKind::kGroup:
        break;
    }
    return fmt::format("{}{}", words_.text, or_none);
  }

  void SaySymbols() {
    if (prompt().type.kind != model::TypeKind::kCategory) return;
    const model::Category& category = policy_.categories[prompt().type.category.index];
    if (category.nodes.size() > kMostShown) return;
    for (const model::CategoryNode& node : category.nodes) {
      const std::string_view text = Text(node.texts);
      Say(kIndent, fmt::format("- {}{}{}", node.path, text.empty() ? "" : ": ", text));
    }
  }

  // ---- the line

  // Whether to go on.
  bool React(const std::string& line) {
    switch (Understood(line)) {
      case Spoken::kAnswer:
        Answer(line);
        return true;
      case Spoken::kUnknown:
        Give({ReplyKind::kUnknown, {}});
        return true;
      case Spoken::kSkip:
        Give({ReplyKind::kSkip, {}});
        return true;
      case Spoken::kBack:
        if (!session_.GoBack()) Say(0, words_.first);
        return true;
      case Spoken::kWhy:
        Why();
        return true;
      case Spoken::kHelp:
        Help();
        return true;
      case Spoken::kQuit:
        return false;
    }
    return false;
  }

  // A symbol's own name is that symbol, whatever else the word may mean.
  Spoken Understood(const std::string& line) const {
    const std::size_t begin = std::min(line.find_first_not_of(" \t"), line.size());
    const std::size_t end = line.find_last_not_of(" \t");
    const std::string word = begin < line.size() ? line.substr(begin, end + 1 - begin) : "";
    if (prompt().type.kind == model::TypeKind::kCategory) {
      for (const model::CategoryNode& node : policy_.categories[prompt().type.category.index].nodes) {
        if (node.name == word) return Spoken::kAnswer;
      }
    }
    return Understand(word);
  }

  facts::Asked Asked() const { return {policy_, prompt().type, prompt().path, session_.subject().as_of}; }

  void Answer(const std::string& line) {
    diagnostics::Sink sink;
    if (line.find_first_not_of(" \t") == std::string::npos) return;  // the question again
    if (line.size() > kLongestLine) {
      sink.Report(diagnostics::Code::kFactsTooLarge, {},
                  fmt::format("`{}` is given a line of more than {} bytes", prompt().path, kLongestLine));
    } else if (support::FindInvalidUtf8(line)) {
      sink.Report(diagnostics::Code::kFactsNotUtf8, {},
                  fmt::format("`{}` is given a text that is not UTF-8", prompt().path), "set the terminal to UTF-8");
    } else if (const auto cell = facts::ReadTyped(Asked(), line, sink)) {
      session_.Give({ReplyKind::kAnswer, *cell}, sink);
    }
    Tell(sink);
  }

  void Give(const Reply& reply) {
    diagnostics::Sink sink;
    session_.Give(reply, sink);
    Tell(sink);
  }

  void Tell(const diagnostics::Sink& sink) {
    const auto colour = environment_.colour ? diagnostics::Colour::kAlways : diagnostics::Colour::kNever;
    for (const diagnostics::Diagnostic& diagnostic : sink.diagnostics())
      environment_.err << diagnostics::Render(diagnostic, sources_, colour);
  }

  // ---- what is told on request

  void Help() {
    const std::string_view help = Text(PromptHelp(policy_, prompt()));
    if (!help.empty()) Say(kIndent, help);
    SayAssumed();
    SaySource();
    Say(kIndent, words_.commands);
  }

  void SayAssumed() {
    if (!prompt().assumed) return;
    const model::Assume& assume = *fact().assume;
    const std::string value = assume.empty_list ? "[]" : report::ValueText(policy_, fact().type, assume.value);
    Say(kIndent, fmt::format(fmt::runtime(words_.assumed), value));
  }

  void SaySource() {
    if (!fact().cites.empty()) Say(kIndent, std::string(words_.source) + report::CiteText(fact().cites));
  }

  void Why() {
    SayOpen(words_.bears_on, true);
    SayOpen(words_.also_open, false);
    SayAssumed();
    SaySource();
  }

  // The open conclusions that need what is asked, or all the others.
  void SayOpen(std::string_view heading, bool needing) {
    bool first = true;
    const auto say = [&](const std::string& about, Status status, const std::vector<std::string>& needs) {
      const bool open = status == Status::kUndetermined || status == Status::kProvisional;
      const bool needed = std::find(needs.begin(), needs.end(), prompt().path) != needs.end();
      if (!open || needed != needing) return;
      if (first) Say(kIndent, heading);
      first = false;
      Say(kIndent, fmt::format("- {}: {}{}", about, words_.depends_on, support::JoinWords(needs, "and")));
    };
    const evaluate::Outcome& outcome = session_.turn().outcome;
    for (const evaluate::OutputOutcome& output : outcome.outputs)
      say(report::OutputText(policy_, policy_.outputs[output.output.index], language_), output.status, output.needs);
    for (const evaluate::DutyOutcome& duty : outcome.duties) {
      say(fmt::format("{} {}: {}", report::RoleText(policy_.roles[duty.duty.actor.index], language_),
                      model::ModalityText(duty.duty.modality),
                      report::ActionText(policy_, duty.duty.action, duty.args, language_)),
          duty.status, duty.needs);
    }
  }

  Session& session_;
  const model::Policy& policy_;
  Environment& environment_;
  const diagnostics::Sources& sources_;
  const std::string& language_;
  const InterviewWords& words_;
  report::Page page_{report::Emphasis::kNever};
};

}  // namespace

void InterviewPerson(Session& session, Environment& environment, const diagnostics::Sources& sources,
                     const std::string& language) {
  Conversation(session, environment, sources, language).Run();
}

}  // namespace cordon::cli
