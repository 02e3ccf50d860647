// Talks to a program; see interview_json.h. Tested by tests/golden/ask/messages.golden.
#include "cli/interview_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "cli/input_lines.h"
#include "cli/prompt_text.h"
#include "facts/answer.h"
#include "facts/json_tree.h"
#include "model/print.h"
#include "report/json.h"
#include "report/words.h"

namespace cordon::cli {
namespace {

using Document = nlohmann::ordered_json;
using evaluate::Prompt;
using evaluate::PromptKind;
using evaluate::ReplyKind;
using evaluate::Status;

std::string Line(const Document& document) {
  return document.dump(-1, ' ', false, Document::error_handler_t::replace) + "\n";
}

Document TextsOf(const model::Texts& texts) {
  Document by_language = Document::object();
  for (const model::LangText& text : texts) by_language[text.language] = text.text;
  return by_language;
}

std::string_view KindOf(PromptKind kind) {
  switch (kind) {
    case PromptKind::kValue:
      return "value";
    case PromptKind::kAnyElement:
      return "any";
    case PromptKind::kFurtherElement:
      return "more";
  }
  return {};
}

// ---- the question

Document OptionsOf(const model::Policy& policy, const model::Type& type) {
  Document options = Document::array();
  if (type.kind == model::TypeKind::kBool) options = {{{"value", true}}, {{"value", false}}};
  if (type.kind == model::TypeKind::kCategory) {
    for (const model::CategoryNode& node : policy.categories[type.category.index].nodes) {
      Document option = {{"value", node.path}};
      if (!node.texts.empty()) option["text"] = TextsOf(node.texts);
      if (!node.is_leaf()) option["imprecise"] = true;
      options.push_back(std::move(option));
    }
  }
  if (type.or_none) options.push_back({{"value", "none"}});
  return options;
}

Document QuestionOf(const model::Policy& policy, const Prompt& prompt, std::size_t number) {
  const model::Fact& fact = policy.facts[prompt.place.fact.index];
  Document document = {{"number", number}, {"path", prompt.path}, {"fact", fact.name}};
  if (const model::Field* field = PromptField(policy, prompt)) document["field"] = field->name;
  document["kind"] = KindOf(prompt.kind);
  document["text"] = TextsOf(PromptTexts(policy, prompt));
  document["help"] = TextsOf(PromptHelp(policy, prompt));
  document["type"] = AnswerType(policy, prompt.type);
  const Document options = OptionsOf(policy, prompt.type);
  if (!options.empty()) document["options"] = options;
  if (prompt.recorded) document["recorded"] = true;
  if (prompt.assumed) {
    const model::Assume& assume = *fact.assume;
    document["assumed"] =
        assume.empty_list ? Document::array() : Document::parse(report::ValueJson(policy, fact.type, assume.value));
  }
  if (!fact.cites.empty()) document["cite"] = report::CiteText(fact.cites);
  return document;
}

// ---- what is open

bool IsOpen(Status status) { return status == Status::kUndetermined || status == Status::kProvisional; }

// The open conclusions; only those that need `path`, where it is given.
Document OpenOf(const model::Policy& policy, const evaluate::Outcome& outcome, const std::string* path) {
  Document open = Document::array();
  const auto add = [&](Document conclusion, Status status, const std::vector<std::string>& needs) {
    if (!IsOpen(status)) return;
    if (path != nullptr && std::find(needs.begin(), needs.end(), *path) == needs.end()) return;
    conclusion["status"] = report::StatusText(status);
    conclusion["needs"] = needs;
    open.push_back(std::move(conclusion));
  };
  for (const evaluate::OutputOutcome& output : outcome.outputs)
    add({{"output", policy.outputs[output.output.index].name}}, output.status, output.needs);
  for (const evaluate::DutyOutcome& duty : outcome.duties) {
    add({{"duty",
          {{"actor", policy.roles[duty.duty.actor.index].name},
           {"modality", model::ModalityText(duty.duty.modality)},
           {"action", policy.actions[duty.duty.action.index].name}}}},
        duty.status, duty.needs);
  }
  return open;
}

Document ErrorOf(const diagnostics::Sink& sink) {
  const diagnostics::Diagnostic& diagnostic = sink.diagnostics().front();
  Document document = {{"code", diagnostics::CodeText(diagnostic.code)}, {"message", diagnostic.message}};
  if (!diagnostic.help.empty()) document["help"] = diagnostic.help;
  return document;
}

// ---- the conversation

class Driver {
 public:
  Driver(Session& session, Environment& environment, diagnostics::Sources& sources)
      : session_(session), environment_(environment), sources_(sources) {}

  void Run() {
    while (!session_.done()) {
      Send();
      const auto line = ReadLine(environment_.in, facts::kLargestDocument + 1);
      if (!line || !React(*line)) return;
    }
  }

 private:
  const Prompt& prompt() const { return *session_.turn().prompt; }

  void Send() {
    before_["question"] = QuestionOf(session_.policy(), prompt(), session_.number());
    before_["open"] = OpenOf(session_.policy(), session_.turn().outcome, nullptr);
    environment_.out << Line(before_) << std::flush;
    before_ = Document::object();
  }

  // Whether to go on.
  bool React(const std::string& line) {
    const diagnostics::SourceId source = sources_.Add("message", line);
    diagnostics::Sink sink;
    const facts::Asked asked{session_.policy(), prompt().type, prompt().path, session_.subject().as_of};
    const auto message = facts::ReadMessage(asked, sources_, source, sink);
    if (message && message->kind == facts::MessageKind::kQuit) return false;
    if (message) Take(*message, sink);
    if (sink.has_errors()) before_["error"] = ErrorOf(sink);
    return true;
  }

  void Take(const facts::Message& message, diagnostics::Sink& sink) {
    switch (message.kind) {
      case facts::MessageKind::kAnswer:
        session_.Give({ReplyKind::kAnswer, message.answer}, sink);
        return;
      case facts::MessageKind::kUnknown:
        session_.Give({ReplyKind::kUnknown, {}}, sink);
        return;
      case facts::MessageKind::kSkip:
        session_.Give({ReplyKind::kSkip, {}}, sink);
        return;
      case facts::MessageKind::kBack:
        session_.GoBack();
        return;
      case facts::MessageKind::kWhy:
        before_["why"] = OpenOf(session_.policy(), session_.turn().outcome, &prompt().path);
        return;
      case facts::MessageKind::kQuit:
        return;
    }
  }

  Session& session_;
  Environment& environment_;
  diagnostics::Sources& sources_;
  Document before_ = Document::object();  // what the next message begins with
};

}  // namespace

void InterviewProgram(Session& session, Environment& environment, diagnostics::Sources& sources) {
  Driver(session, environment, sources).Run();
}

std::string ResultMessage(const std::string& result) { return Line({{"result", Document::parse(result)}}); }

}  // namespace cordon::cli
