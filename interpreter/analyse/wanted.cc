// Reads wanted answers; see wanted.h.
#include "analyse/wanted.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "model/print.h"
#include "support/text.h"

namespace cordon::analyse {

using diagnostics::Code;

namespace {

constexpr std::string_view kJudgement = "judgement";
// More are not listed in a message.
constexpr std::size_t kMostListed = 12;

std::string Trimmed(std::string_view text) {
  const auto is_blank_or_quote = [](char c) { return c == ' ' || c == '\'' || c == '"'; };
  while (!text.empty() && is_blank_or_quote(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank_or_quote(text.back())) text.remove_suffix(1);
  return std::string(text);
}

void AddOnce(const std::string& text, std::vector<std::string>& texts) {
  if (std::find(texts.begin(), texts.end(), text) == texts.end()) texts.push_back(text);
}

class WantedReader {
 public:
  WantedReader(symbolic::Encoder& encoder, const symbolic::Frame& frame, diagnostics::Sink& sink)
      : policy_(encoder.policy()), encoder_(encoder), frame_(frame), sink_(sink), duties_(encoder.Duties()) {}

  std::optional<Wanted> Read(const std::string& text) {
    const std::size_t equals = text.rfind('=');
    Wanted wanted;
    if (equals != std::string::npos) wanted = {Trimmed(text.substr(0, equals)), Trimmed(text.substr(equals + 1)), {}};
    if (wanted.name.empty() || wanted.answer.empty()) {
      sink_.Report(Code::kWantedForm, {}, fmt::format("`--want` is given `{}`, which names no answer", text),
                   "write the output or duty, `=` and the answer, as in `screen=yes` or `\"ward: isolate\"=none`");
      return std::nullopt;
    }
    const std::vector<std::string> answers = Find(wanted);
    if (answers.empty()) return std::nullopt;
    if (std::find(answers.begin(), answers.end(), wanted.answer) != answers.end()) return wanted;
    const auto nearest = support::FindNearest(wanted.answer, answers);
    sink_.Report(Code::kWantedAnswer, {}, fmt::format("`{}` has no answer `{}`", wanted.name, wanted.answer),
                 nearest ? fmt::format("did you mean `{}`?", *nearest) : Listed("it has ", answers));
    return std::nullopt;
  }

 private:
  static std::string Listed(const std::string& lead, std::vector<std::string> names) {
    const std::size_t more = names.size() > kMostListed ? names.size() - kMostListed : 0;
    names.resize(names.size() - more);
    for (std::string& name : names) name = fmt::format("`{}`", name);
    if (more > 0) names.push_back(fmt::format("{} more", more));
    return lead + support::JoinWords(names, "and");
  }

  // The answers that it can have; none where there is no such output or duty, which is told.
  std::vector<std::string> Find(Wanted& wanted) {
    std::vector<std::string> names;
    for (const model::OutputId id : policy_.protocols[encoder_.protocol().index].outputs) {
      names.push_back(policy_.outputs[id.index].name);
      if (names.back() != wanted.name) continue;
      wanted.output = id;
      return AnswersOf(id);
    }
    for (const symbolic::DutyCase& duty : duties_) {
      names.push_back(duty.key);
      if (duty.key == wanted.name) return StatesOf(duty);
    }
    const auto nearest = support::FindNearest(wanted.name, names);
    sink_.Report(Code::kWantedName, {},
                 fmt::format("the protocol `{}` has no output or duty `{}`",
                             policy_.protocols[encoder_.protocol().index].name, wanted.name),
                 nearest ? fmt::format("did you mean `{}`?", *nearest) : Listed("it has ", names));
    return {};
  }

  std::vector<std::string> AnswersOf(model::OutputId id) {
    const model::Output& output = policy_.outputs[id.index];
    std::vector<std::string> answers;
    if (output.type.kind == model::TypeKind::kBool) answers = {"yes", "no"};
    if (output.type.kind == model::TypeKind::kCategory) {
      const std::size_t leaves = policy_.categories[output.type.category.index].leaves.size();
      for (std::size_t i = 0; i < leaves; ++i) {
        answers.push_back(model::PrintValue(policy_, value::Value::Symbol(i), output.type));
      }
    }
    for (const symbolic::AnswerCase& answer : encoder_.Answers(id)) AddOnce(answer.text, answers);
    AddOnce(std::string(kJudgement), answers);
    AddOnce(std::string(symbolic::kNotCovered), answers);
    AddOnce(std::string(symbolic::kConflict), answers);
    return answers;
  }

  // A duty of which an argument is the patient's is many duties: there is no one answer to want.
  std::vector<std::string> StatesOf(const symbolic::DutyCase& duty) {
    for (const symbolic::AnyArgument& any : frame_.arguments) {
      const std::string action = " " + any.action + "(";
      if (duty.key.find(action) == std::string::npos) continue;
      sink_.Report(Code::kWantedName, {},
                   fmt::format("the duty `{}` is one for each patient: its argument comes from the facts", duty.key),
                   "ask for the output that it hangs on");
      return {};
    }
    std::vector<std::string> states{"none", "conflict"};
    for (const symbolic::AnswerCase& state : duty.states) AddOnce(state.text, states);
    for (const auto modality : {model::Modality::kMust, model::Modality::kMustNot, model::Modality::kShould}) {
      AddOnce(std::string(model::ModalityText(modality)), states);
    }
    return states;
  }

  const model::Policy& policy_;
  symbolic::Encoder& encoder_;
  const symbolic::Frame& frame_;
  diagnostics::Sink& sink_;
  std::vector<symbolic::DutyCase> duties_;
};

}  // namespace

std::vector<Wanted> ReadWanted(symbolic::Encoder& encoder, const symbolic::Frame& frame,
                               const std::vector<std::string>& texts, diagnostics::Sink& sink) {
  WantedReader reader(encoder, frame, sink);
  std::vector<Wanted> all;
  for (const std::string& text : texts) {
    const auto wanted = reader.Read(text);
    if (!wanted) continue;
    const auto same = [&](const Wanted& other) { return other.name == wanted->name; };
    const auto other = std::find_if(all.begin(), all.end(), same);
    if (other == all.end()) {
      all.push_back(*wanted);
    } else if (other->answer != wanted->answer) {
      sink.Report(Code::kWantedTwice, {},
                  fmt::format("`{}` is wanted to be `{}` and to be `{}`", wanted->name, other->answer, wanted->answer),
                  "it has one answer: keep the one that is meant");
    }
  }
  return all;
}

bool IsWanted(const Wanted& wanted, const std::string& answer) {
  if (wanted.output.valid() && wanted.answer == kJudgement) return answer.rfind("judgement by ", 0) == 0;
  return answer == wanted.answer;
}

symbolic::TermId ConditionOf(symbolic::Terms& terms, symbolic::Encoder& encoder, const Wanted& wanted) {
  std::vector<symbolic::TermId> ways;
  const auto add = [&](const std::vector<symbolic::AnswerCase>& cases) {
    for (const symbolic::AnswerCase& one : cases) {
      if (IsWanted(wanted, one.text)) ways.push_back(one.when);
    }
  };
  if (wanted.output.valid()) {
    add(encoder.Answers(wanted.output));
  } else {
    for (const symbolic::DutyCase& duty : encoder.Duties()) {
      if (duty.key == wanted.name) add(duty.states);
    }
  }
  return terms.Or(std::move(ways));
}

}  // namespace cordon::analyse
