// Writes the evaluation contract's document; see json.h.
//
// nlohmann's ordered_json stays inside this file; it keeps members in the order in which they are added here. Decimals
// are written from their exact text. Tested by tests/unit/report_test.cc.
#include "report/json.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>
#include <variant>
#include <vector>

#include "model/print.h"
#include "report/sentences.h"
#include "report/words.h"
#include "support/assert.h"

namespace cordon::report {
namespace {

using Document = nlohmann::ordered_json;
using model::Policy;

// The language version that this program reads.
constexpr const char* kLanguageVersion = "1";

// A number that is no whole one, exactly: up to 15 digits, what JSON writers print for the nearest binary number is the
// decimal itself; beyond that it is written as a text.
Document DecimalValue(std::int64_t thousandths) {
  constexpr std::int64_t kLargestExact = 999'999'999'999'999;
  if (thousandths % value::kDecimalScale == 0) return thousandths / value::kDecimalScale;
  const std::string text = value::FormatDecimal(thousandths);
  if (thousandths > kLargestExact || thousandths < -kLargestExact) return text;
  return Document::parse(text);
}

Document ValueOf(const Policy& policy, const model::Type& type, const value::Value& value) {
  switch (value.kind) {
    case value::Kind::kBool:
      return value.number != 0;
    case value::Kind::kInt:
      return value.number;
    case value::Kind::kDecimal:
      return DecimalValue(value.number);
    case value::Kind::kText:
    case value::Kind::kDate:
    case value::Kind::kDatetime:
    case value::Kind::kDuration:
    case value::Kind::kPeriod:
    case value::Kind::kSymbol:
    case value::Kind::kNone:
      return ValueText(policy, type, value);
  }
  return nullptr;
}

Document TextsOf(const model::Texts& texts) {
  Document by_language = Document::object();
  for (const model::LangText& text : texts) by_language[text.language] = text.text;
  return by_language;
}

evaluate::Status StatusOf(const evaluate::Answer& answer) {
  if (std::holds_alternative<evaluate::JudgementAnswer>(answer)) return evaluate::Status::kJudgement;
  if (std::holds_alternative<evaluate::ConflictAnswer>(answer)) return evaluate::Status::kConflict;
  return std::holds_alternative<evaluate::ValueAnswer>(answer) ? evaluate::Status::kDetermined
                                                               : evaluate::Status::kNotCovered;
}

Document HeadOf(const Policy& policy) {
  Document document = Document::object();
  document["policy"] = {
      {"id", policy.id}, {"version", policy.version}, {"digest", policy.digest}, {"language", kLanguageVersion}};
  return document;
}

// Whether what concludes an answer is named alone, or with its citation.
enum class Naming : std::uint8_t { kCited, kNamed };

class Writer {
 public:
  Writer(const Policy& policy, const evaluate::Outcome& outcome, WhyNot why_not, Naming naming = Naming::kCited)
      : policy_(policy), outcome_(outcome), why_not_(why_not), naming_(naming) {}

  Document Write(const facts::Subject& subject) const {
    Document document = Unnamed() ? Document::object() : HeadOf(policy_);
    if (!subject.id.empty()) document["subject"] = subject.id;
    document["as_of"] = MomentText(subject.as_of);
    const std::string setting = SettingText(policy_, subject);
    document["setting"] = setting.empty() ? Document(nullptr) : Document(setting);
    AddRest(document);
    return document;
  }

  // What stands behind the subject's own members.
  void AddRest(Document& document) const {
    if (!Unnamed()) AddPolicyNotes(document);
    if (outcome_.disclosure) AddDisclosure(*outcome_.disclosure, document);
    AddConclusions(document);
  }

  Document OutputOf(const evaluate::OutputOutcome& outcome) const {
    const model::Output& output = policy_.outputs[outcome.output.index];
    Document document = {{"status", StatusText(outcome.status)}};
    if (outcome.answer) {
      if (const auto* value = std::get_if<evaluate::ValueAnswer>(&*outcome.answer)) {
        document["value"] = ValueOf(policy_, output.type, value->value);
      } else if (outcome.status == evaluate::Status::kProvisional) {
        document["answer"] = AnswerOf(output, *outcome.answer);
      } else {
        AddAnswer(output, *outcome.answer, document);
      }
    }
    if (outcome.status == evaluate::Status::kUndetermined) AddPossible(output, outcome, document);
    if (!outcome.because.empty()) document["because"] = ReasonsOf(outcome.because);
    if (!outcome.any_of.empty()) document["any_of"] = ReasonsOf(outcome.any_of);
    if (outcome.status == evaluate::Status::kProvisional || outcome.status == evaluate::Status::kUndetermined) {
      document["needs"] = outcome.needs;
    }
    if (outcome.outside_setting) document["outside_setting"] = true;
    if (why_not_ == WhyNot::kInclude) AddWhyNot(outcome, document);
    return document;
  }

 private:
  // Whether the result is for an audience from which facts are kept: what the policy is called would speak of them.
  bool Unnamed() const { return outcome_.disclosure && outcome_.disclosure->withholds; }

  void AddPolicyNotes(Document& document) const {
    document["protocol"] = policy_.protocols[outcome_.protocol.index].name;
    for (const model::BaseVersion& base : policy_.bases) {
      if (base.text_unavailable.empty()) continue;
      document["text_unavailable"].push_back(
          {{"policy", base.id}, {"version", base.version}, {"because", base.text_unavailable}});
    }
  }

  void AddDisclosure(const evaluate::Disclosure& disclosure, Document& document) const {
    document["audience"] = policy_.roles[disclosure.audience.index].name;
    document["released"] = Document::array();
    for (const model::Texts& sentence : Sentences(policy_, disclosure)) {
      document["released"].push_back({{"text", TextsOf(sentence)}});
    }
  }

  void AddConclusions(Document& document) const {
    if (!outcome_.exact) document["exact"] = false;
    document["outputs"] = Document::object();
    for (const evaluate::OutputOutcome& output : outcome_.outputs) {
      document["outputs"][policy_.outputs[output.output.index].name] = OutputOf(output);
    }
    document["duties"] = Document::array();
    for (const evaluate::DutyOutcome& duty : outcome_.duties) document["duties"].push_back(DutyOf(duty));
    document["ask"] = Document::array();
    for (const evaluate::Question& question : outcome_.ask) document["ask"].push_back(QuestionOf(question));
    document["assumptions"] = Document::array();
    for (const evaluate::Assumed& assumed : outcome_.assumptions)
      document["assumptions"].push_back(AssumptionOf(assumed));
    document["interpretations"] = Document::array();
    for (const model::InterpretationId id : outcome_.interpretations) {
      const model::Interpretation& interpretation = policy_.interpretations[id.index];
      Document one = {{"id", interpretation.id}, {"text", interpretation.text}};
      if (!interpretation.alternatives.empty()) one["alternatives"] = interpretation.alternatives;
      for (const model::RoleId role : interpretation.settled_by) {
        one["to_be_settled_by"].push_back(policy_.roles[role.index].name);
      }
      if (interpretation.text_unavailable) one["text_unavailable"] = true;
      document["interpretations"].push_back(std::move(one));
    }
  }

  const model::Rule& RuleOf(model::RuleId id) const { return policy_.rules[id.index]; }

  Document ReasonOf(const evaluate::Reason& reason) const {
    if (naming_ == Naming::kNamed) return ReasonName(policy_, reason);
    Document document = {{"rule", ReasonName(policy_, reason)}, {"cite", CiteText(ReasonCites(policy_, reason))}};
    if (reason.decision.valid()) document["decision"] = policy_.facts[reason.decision.index].name;
    return document;
  }

  Document ReasonsOf(const std::vector<evaluate::Reason>& reasons) const {
    Document list = Document::array();
    for (const evaluate::Reason& reason : reasons) list.push_back(ReasonOf(reason));
    return list;
  }

  // ---- answers

  Document JudgementOf(model::JudgementId id) const {
    const model::Judgement& judgement = policy_.judgements[id.index];
    Document document = {{"by", policy_.roles[judgement.by.index].name}};
    for (const model::RoleId role : judgement.with) document["with"].push_back(policy_.roles[role.index].name);
    if (judgement.weighing.valid()) {
      document["weighing"] = Document::array();
      for (const model::FactId fact : policy_.groups[judgement.weighing.index].facts) {
        document["weighing"].push_back(policy_.facts[fact.index].name);
      }
    }
    if (judgement.decided_in.valid()) document["decided_in"] = policy_.facts[judgement.decided_in.index].name;
    return document;
  }

  // The members that say what an answer that is no value is. Several judgements at once are listed, one is spelt out
  // flat.
  void AddAnswer(const model::Output& output, const evaluate::Answer& answer, Document& document) const {
    if (const auto* judgement = std::get_if<evaluate::JudgementAnswer>(&answer)) {
      if (judgement->judgements.size() == 1) {
        document.update(JudgementOf(judgement->judgements.front()));
      } else {
        for (const model::JudgementId id : judgement->judgements) document["judgements"].push_back(JudgementOf(id));
      }
      if (judgement->at_least) document["at_least"] = ValueOf(policy_, output.type, *judgement->at_least);
    } else if (const auto* conflict = std::get_if<evaluate::ConflictAnswer>(&answer)) {
      document["between"] = Document::array();
      for (const model::RuleId id : conflict->rules) document["between"].push_back(ReasonOf({id, {}, {}}));
    }
  }

  // An answer on its own: a value, or an object that says which other answer it is.
  Document AnswerOf(const model::Output& output, const evaluate::Answer& answer) const {
    if (const auto* value = std::get_if<evaluate::ValueAnswer>(&answer))
      return ValueOf(policy_, output.type, value->value);
    Document document = {{"status", StatusText(StatusOf(answer))}};
    AddAnswer(output, answer, document);
    return document;
  }

  void AddPossible(const model::Output& output, const evaluate::OutputOutcome& outcome, Document& document) const {
    document["possible"] = Document::array();
    for (const evaluate::Answer& answer : outcome.possible) document["possible"].push_back(AnswerOf(output, answer));
    if (outcome.at_least) document["at_least"] = ValueOf(policy_, output.type, *outcome.at_least);
    if (outcome.at_most) document["at_most"] = ValueOf(policy_, output.type, *outcome.at_most);
  }

  void AddWhyNot(const evaluate::OutputOutcome& outcome, Document& document) const {
    document["why_not"] = Document::array();
    for (const evaluate::Failed& failed : outcome.why_not) {
      const model::Rule& rule = RuleOf(failed.rule);
      Document entry = {{"rule", rule.name}, {"cite", CiteText(rule.cites)}};
      if (failed.part) entry["failed"] = rule.parts[*failed.part].text;
      if (failed.no_element) entry["no_element"] = true;
      if (failed.overridden_by.valid()) entry["overridden_by"] = RuleOf(failed.overridden_by).name;
      if (failed.outside_setting) entry["outside_setting"] = true;
      document["why_not"].push_back(std::move(entry));
    }
    document["open"] = Document::array();
    for (const model::RuleId id : outcome.open) document["open"].push_back(RuleOf(id).name);
  }

  // ---- duties

  // An argument that is not known is null.
  Document ArgsOf(const evaluate::DutyOutcome& outcome) const {
    const model::Action& action = policy_.actions[outcome.duty.action.index];
    Document args = Document::object();
    for (std::size_t i = 0; i < outcome.args.size() && i < action.parameters.size(); ++i) {
      const model::ActionParameter& parameter = action.parameters[i];
      const evaluate::Argument& arg = outcome.args[i];
      if (!arg) {
        args[parameter.name] = nullptr;
      } else if (const auto* group = std::get_if<model::GroupId>(&*arg)) {
        args[parameter.name] = policy_.groups[group->index].name;
      } else {
        args[parameter.name] = ValueOf(policy_, parameter.type, std::get<value::Value>(*arg));
      }
    }
    return args;
  }

  // One of a kind stands alone, several are a list.
  static void AddOne(Document& document, const std::string& key, Document item) {
    if (!document.contains(key)) {
      document[key] = std::move(item);
      return;
    }
    if (!document[key].is_array()) document[key] = Document::array({document[key]});
    document[key].push_back(std::move(item));
  }

  // `due`: days; null where one is not known. `every`: a period, and from when.
  static void AddDues(const evaluate::DutyOutcome& outcome, Document& document) {
    for (const evaluate::DueOutcome& due : outcome.dues) {
      const Document date = due.date ? Document(*due.date) : Document(nullptr);
      if (due.kind != model::DueKind::kEvery) {
        AddOne(document, "due", date);
        continue;
      }
      Document every = {{"period", calendar::Format(due.period)}};
      if (due.has_date) every["after"] = date;
      AddOne(document, "every", std::move(every));
    }
  }

  void AddTimings(const model::Duty& duty, Document& document) const {
    for (const model::EventTiming& timing : duty.timings) {
      AddOne(document, std::string(RelationText(timing.relation)), policy_.events[timing.event.index].name);
    }
    for (const std::string& text : duty.when_texts) AddOne(document, "timing", text);
  }

  // What concludes a duty: a rule, or the output that means it, with what concludes that output.
  void AddDutyReasons(const evaluate::DutyOutcome& outcome, Document& document) const {
    Document reasons = Document::array();
    for (const evaluate::Reason& reason : outcome.because) reasons.push_back(DutyReasonOf(reason));
    if (reasons.empty()) return;
    for (const auto& [key, member] : reasons.front().items()) document[key] = member;
    if (reasons.size() > 1) document["because"] = reasons;
  }

  Document DutyReasonOf(const evaluate::Reason& reason) const {
    if (reason.rule.valid() || !reason.output.valid()) return ReasonOf(reason);
    Document document = {{"rule", policy_.outputs[reason.output.index].name}};
    const std::string cite = CiteText(OutputCites(outcome_, policy_, reason.output));
    if (!cite.empty()) document["cite"] = cite;
    return document;
  }

  Document DutyOf(const evaluate::DutyOutcome& outcome) const {
    const model::Duty& duty = outcome.duty;
    Document document = {{"actor", policy_.roles[duty.actor.index].name},
                         {"modality", model::ModalityText(duty.modality)},
                         {"action", policy_.actions[duty.action.index].name},
                         {"args", ArgsOf(outcome)}};
    if (duty.as_far_as_possible) document["as_far_as_possible"] = true;
    AddTimings(duty, document);
    AddDues(outcome, document);
    for (const model::RoleId role : duty.with) document["with"].push_back(policy_.roles[role.index].name);
    if (!duty.except.empty()) document["except"] = duty.except;
    for (const model::RoleId role : duty.to) document["to"].push_back(policy_.roles[role.index].name);
    document["status"] = StatusText(outcome.status);
    if (outcome.possible_modalities.size() > 1) {
      for (const model::Modality modality : outcome.possible_modalities) {
        document["possible_modalities"].push_back(model::ModalityText(modality));
      }
    }
    if (!outcome.needs.empty()) document["needs"] = outcome.needs;
    AddDutyReasons(outcome, document);
    const model::Texts texts = ActionTexts(policy_, duty.action, outcome.args);
    if (!texts.empty()) document["text"] = TextsOf(texts);
    return document;
  }

  // ---- what is still open

  Document QuestionOf(const evaluate::Question& question) const {
    const model::Fact& fact = policy_.facts[question.fact.index];
    Document document = {{"fact", fact.name}};
    if (!question.path.empty() && question.path != fact.name) document["path"] = question.path;
    if (question.recorded) document["recorded"] = true;
    const model::Texts& texts = QuestionTexts(policy_, question);
    if (!texts.empty()) document["text"] = TextsOf(texts);
    return document;
  }

  Document AssumptionOf(const evaluate::Assumed& assumed) const {
    const model::Fact& fact = policy_.facts[assumed.fact.index];
    CORDON_ASSERT(fact.assume.has_value());
    Document document = {{"fact", fact.name}};
    document["value"] = fact.assume->empty_list ? Document::array() : ValueOf(policy_, fact.type, fact.assume->value);
    document["because"] = fact.assume->because;
    return document;
  }

  const Policy& policy_;
  const evaluate::Outcome& outcome_;
  WhyNot why_not_;
  Naming naming_;
};

}  // namespace

std::string Json(const model::Policy& policy, const facts::Subject& subject, const evaluate::Outcome& outcome,
                 WhyNot why_not) {
  return Writer(policy, outcome, why_not).Write(subject).dump(2) + "\n";
}

std::string LineHead(const model::Policy& policy) {
  std::string text = HeadOf(policy).dump();
  text.back() = ',';
  return text;
}

std::string LineTail(const model::Policy& policy, const evaluate::Outcome& outcome) {
  Document document = Document::object();
  Writer(policy, outcome, WhyNot::kLeaveOut).AddRest(document);
  return document.dump().substr(1);
}

std::string CompactJson(const model::Policy& policy, const evaluate::OutputOutcome& outcome) {
  const model::Type& type = policy.outputs[outcome.output.index].type;
  Document document = {{"status", StatusText(outcome.status)}};
  if (outcome.answer) {
    const auto* value = std::get_if<evaluate::ValueAnswer>(&*outcome.answer);
    if (value != nullptr && outcome.status == evaluate::Status::kDetermined)
      return ValueOf(policy, type, value->value).dump();
    if (value != nullptr) {
      document["value"] = ValueOf(policy, type, value->value);
    } else if (outcome.status == evaluate::Status::kProvisional) {
      document["answer"] = {{"status", StatusText(StatusOf(*outcome.answer))}};
    }
  }
  return document.dump();
}

std::string ReasonsJson(const model::Policy& policy, const evaluate::OutputOutcome& outcome) {
  const evaluate::Outcome nothing;
  return Writer(policy, nothing, WhyNot::kLeaveOut, Naming::kNamed).OutputOf(outcome).dump();
}

std::string TextJson(const std::string& text) {
  return Document(text).dump(-1, ' ', false, Document::error_handler_t::replace);
}

std::string ValueJson(const model::Policy& policy, const model::Type& type, const value::Value& value) {
  return ValueOf(policy, type, value).dump();
}

}  // namespace cordon::report
