// Lays out one outcome for people; see text.h. Tested by tests/unit/report_test.cc.
#include "report/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <variant>
#include <vector>

#include "model/print.h"
#include "report/sentences.h"
#include "report/words.h"
#include "support/assert.h"
#include "support/text.h"

namespace cordon::report {
namespace {

using evaluate::Status;
using model::Policy;

constexpr std::size_t kIndent = 2;
constexpr std::size_t kDeep = 4;

class Layout {
 public:
  Layout(const Policy& policy, const facts::Subject& subject, const evaluate::Outcome& outcome,
         const TextOptions& options)
      : policy_(policy), subject_(subject), outcome_(outcome), options_(options), page_(options.emphasis) {}

  std::string Write() {
    if (outcome_.disclosure) Disclosed(*outcome_.disclosure);
    Caveats();
    Answers();
    Why();
    Duties();
    Questions();
    Assumptions();
    Interpretations();
    if (options_.why_not == WhyNot::kInclude) WhyNots();
    Inexact();
    if (!Unnamed()) Unavailable();
    Foot();
    return page_.text();
  }

 private:
  std::string_view language() const { return options_.language; }
  void Heading(std::string_view text) {
    page_.Gap();
    page_.Paragraph(0, text, Weight::kStrong);
  }

  // Whether the result is for an audience from which facts are kept: what the policy is called would speak of them.
  bool Unnamed() const { return outcome_.disclosure && outcome_.disclosure->withholds; }

  // ---- released sentences

  void Disclosed(const evaluate::Disclosure& disclosure) {
    const std::string_view role = RoleText(policy_.roles[disclosure.audience.index], language());
    const std::vector<std::string> sentences = SentencesIn(policy_, disclosure, language());
    if (!sentences.empty()) {
      page_.Paragraph(0, fmt::format("For {}:", role), Weight::kStrong);
    } else if (disclosure.withholds) {
      page_.Paragraph(0, fmt::format("For {}: no sentence can be passed on. That does not mean no.", role),
                      Weight::kStrong);
    }
    for (const std::string& sentence : sentences) page_.Paragraph(kIndent, sentence, Weight::kStrong);
    page_.Gap();
  }

  // ---- what could not be read

  // Before the answers: whoever reads no further must see it.
  void Caveats() {
    for (const model::InterpretationId id : outcome_.interpretations) {
      const model::Interpretation& interpretation = policy_.interpretations[id.index];
      if (!interpretation.text_unavailable) continue;
      page_.Paragraph(0, fmt::format("Warning: {} [{}]", interpretation.text, interpretation.id), Weight::kStrong);
      page_.Gap();
    }
  }

  // ---- answers

  std::string Words(const model::Type& type, const value::Value& value) const {
    return ValueWords(policy_, type, value, language());
  }
  std::string ValueWord(const model::Output& output, const value::Value& value) const {
    std::string word = Words(output.type, value);
    if (value.kind == value::Kind::kBool) {
      std::transform(word.begin(), word.end(), word.begin(), [](char c) { return static_cast<char>(c - 'a' + 'A'); });
    }
    return word;
  }

  std::string RoleWords(const std::vector<model::RoleId>& roles) const {
    std::vector<std::string> names;
    for (const model::RoleId role : roles) names.emplace_back(RoleText(policy_.roles[role.index], language()));
    return support::JoinWords(names, "and");
  }

  std::string JudgementWords(const evaluate::JudgementAnswer& answer) const {
    std::vector<std::string> deciders;
    for (const model::JudgementId id : answer.judgements) {
      const model::Judgement& judgement = policy_.judgements[id.index];
      std::string decider = RoleWords({judgement.by});
      if (!judgement.with.empty()) decider += " together with " + RoleWords(judgement.with);
      if (std::find(deciders.begin(), deciders.end(), decider) == deciders.end()) deciders.push_back(decider);
    }
    return support::JoinWords(deciders, "and");
  }

  // An answer in a few words: `YES`, `left to the judgement of treating physician`.
  std::string AnswerWords(const model::Output& output, const evaluate::Answer& answer) const {
    if (const auto* value = std::get_if<evaluate::ValueAnswer>(&answer)) return ValueWord(output, value->value);
    if (const auto* judgement = std::get_if<evaluate::JudgementAnswer>(&answer)) {
      std::string words = "TO BE JUDGED by " + JudgementWords(*judgement);
      if (judgement->at_least) words += ", at least " + Words(output.type, *judgement->at_least);
      return words;
    }
    if (std::holds_alternative<evaluate::ConflictAnswer>(answer)) return "CONFLICT: the rules contradict one another";
    return "the guideline does not say";
  }

  // One of several answers that are still possible, in lower case: "yes", "a judgement by treating physician".
  std::string PossibleWords(const model::Output& output, const evaluate::Answer& answer) const {
    if (const auto* value = std::get_if<evaluate::ValueAnswer>(&answer)) return Words(output.type, value->value);
    if (const auto* judgement = std::get_if<evaluate::JudgementAnswer>(&answer)) {
      return "a judgement by " + JudgementWords(*judgement);
    }
    if (std::holds_alternative<evaluate::ConflictAnswer>(answer)) return "a conflict";
    return "not covered by the guideline";
  }

  std::string OutcomeWords(const evaluate::OutputOutcome& outcome) const {
    const model::Output& output = policy_.outputs[outcome.output.index];
    if (outcome.outside_setting) return "does not apply in this care setting";
    if (outcome.status != Status::kUndetermined) {
      CORDON_ASSERT(outcome.answer.has_value());
      const std::string words = AnswerWords(output, *outcome.answer);
      return outcome.status == Status::kProvisional ? "PROVISIONALLY " + words : words;
    }
    if (outcome.at_least && outcome.at_most && outcome.possible.size() > 3) {
      return fmt::format("NOT KNOWN YET: at least {}, at most {}", Words(output.type, *outcome.at_least),
                         Words(output.type, *outcome.at_most));
    }
    std::vector<std::string> possible;
    for (const evaluate::Answer& answer : outcome.possible) {
      std::string words = PossibleWords(output, answer);
      if (std::find(possible.begin(), possible.end(), words) == possible.end()) possible.push_back(std::move(words));
    }
    // `no` sorts before `yes`; people say it the other way round.
    if (possible.size() >= 2 && possible[0] == "no" && possible[1] == "yes") std::swap(possible[0], possible[1]);
    return "NOT KNOWN YET: " + support::JoinWords(possible, "or");
  }

  void Needs(std::size_t indent, Status status, const std::vector<std::string>& needs) {
    if (needs.empty()) return;
    const std::string_view lead = status == Status::kProvisional ? "may change with" : "this depends on";
    page_.Paragraph(indent, fmt::format("{}: {}", lead, support::JoinWords(needs, "and")));
  }

  void Answers() {
    for (const evaluate::OutputOutcome& outcome : outcome_.outputs) {
      const model::Output& output = policy_.outputs[outcome.output.index];
      page_.Paragraph(0, fmt::format("{}: {}", OutputText(policy_, output, language()), OutcomeWords(outcome)),
                      Weight::kStrong);
      Needs(kIndent, outcome.status, outcome.needs);
    }
    if (outcome_.outputs.empty() && !outcome_.disclosure)
      page_.Paragraph(0, "This protocol has no answers, only duties.");
  }

  // ---- why

  void ReasonLines(const evaluate::Reason& reason, std::size_t indent) {
    const std::string cite = CiteText(ReasonCites(policy_, reason));
    if (!reason.rule.valid()) {
      page_.Paragraph(indent, fmt::format("No rule applies; then this holds{}{} [{}]", cite.empty() ? "" : ": ", cite,
                                          ReasonName(policy_, reason)));
      return;
    }
    const model::Rule& rule = policy_.rules[reason.rule.index];
    if (!rule.quotes.empty()) page_.Paragraph(indent, fmt::format("“{}”", TextIn(rule.quotes, language())));
    std::vector<std::string> parts;
    for (const model::Part& part : rule.parts) parts.push_back(part.text);
    if (!parts.empty()) page_.Paragraph(indent, support::Join(parts, "; "));
    page_.Paragraph(indent, fmt::format("{}{}[{}]", cite, cite.empty() ? "" : " ", rule.name));
    if (reason.decision.valid()) {
      page_.Paragraph(indent, fmt::format("decided, as recorded in {}", policy_.facts[reason.decision.index].name));
    }
  }

  void JudgementLines(const evaluate::JudgementAnswer& answer) {
    for (const model::JudgementId id : answer.judgements) {
      const model::Judgement& judgement = policy_.judgements[id.index];
      page_.Paragraph(kDeep, fmt::format("decides: {}", RoleWords({judgement.by})));
      if (!judgement.with.empty()) page_.Paragraph(kDeep, fmt::format("together with: {}", RoleWords(judgement.with)));
      if (judgement.weighing.valid()) {
        page_.Paragraph(kDeep, "weighing:");
        for (const model::FactId fact : policy_.groups[judgement.weighing.index].facts) {
          page_.Paragraph(kDeep + kIndent, "- " + FactWords(fact));
        }
      }
      if (judgement.decided_in.valid()) {
        page_.Paragraph(kDeep,
                        fmt::format("the decision is recorded in: {}", policy_.facts[judgement.decided_in.index].name));
      }
    }
  }

  // A fact's question or help, and its name.
  std::string FactWords(model::FactId id) const {
    const model::Fact& fact = policy_.facts[id.index];
    const std::string_view text = TextIn(fact.ask.empty() ? fact.help : fact.ask, language());
    return text.empty() ? fact.name : fmt::format("{} [{}]", text, fact.name);
  }

  void Why() {
    bool first = true;
    for (const evaluate::OutputOutcome& outcome : outcome_.outputs) {
      if (!HasReasons(outcome)) continue;
      if (first) Heading("Why");
      first = false;
      const model::Output& output = policy_.outputs[outcome.output.index];
      page_.Paragraph(kIndent, fmt::format("{}: {}", OutputText(policy_, output, language()), OutcomeWords(outcome)));
      for (const evaluate::Reason& reason : outcome.because) ReasonLines(reason, kDeep);
      if (!outcome.any_of.empty()) page_.Paragraph(kDeep, "one of these, whatever is still unknown:");
      for (const evaluate::Reason& reason : outcome.any_of) ReasonLines(reason, kDeep + kIndent);
      if (!outcome.answer) continue;
      if (const auto* judgement = std::get_if<evaluate::JudgementAnswer>(&*outcome.answer)) JudgementLines(*judgement);
    }
  }

  static bool HasReasons(const evaluate::OutputOutcome& outcome) {
    const bool no_value = outcome.answer && !std::holds_alternative<evaluate::ValueAnswer>(*outcome.answer) &&
                          !std::holds_alternative<evaluate::NotCoveredAnswer>(*outcome.answer);
    return !outcome.because.empty() || !outcome.any_of.empty() || no_value;
  }

  // ---- duties

  static std::string DueWords(const evaluate::DueOutcome& due) {
    const std::string date = due.date ? *due.date : "a day that is not known yet";
    if (due.kind != model::DueKind::kEvery) return ", by " + date;
    return ", every " + calendar::Format(due.period) + (due.has_date ? " from " + date : "");
  }

  std::string DutyWords(const evaluate::DutyOutcome& outcome) const {
    const model::Duty& duty = outcome.duty;
    std::string words =
        fmt::format("{} {}: {}", RoleText(policy_.roles[duty.actor.index], language()),
                    model::ModalityText(duty.modality), ActionText(policy_, duty.action, outcome.args, language()));
    if (duty.as_far_as_possible) words += ", as far as possible";
    for (const model::EventTiming& timing : duty.timings) {
      words += fmt::format(", {} {}", RelationText(timing.relation),
                           EventText(policy_.events[timing.event.index], language()));
    }
    for (const std::string& text : duty.when_texts) words += ", \"" + text + "\"";
    for (const evaluate::DueOutcome& due : outcome.dues) words += DueWords(due);
    if (!duty.with.empty()) words += ", with " + RoleWords(duty.with);
    if (!duty.except.empty()) words += ", except \"" + duty.except + "\"";
    if (!duty.to.empty()) words += ", to " + RoleWords(duty.to);
    return words;
  }

  static std::string_view DutyLead(Status status) {
    switch (status) {
      case Status::kUndetermined:
        return "NOT KNOWN YET whether ";
      case Status::kProvisional:
        return "PROVISIONALLY ";
      case Status::kConflict:
        return "CONFLICT: ";
      case Status::kDetermined:
      case Status::kJudgement:
      case Status::kNotCovered:
        break;
    }
    return "";
  }

  void Duties() {
    if (outcome_.duties.empty()) return;
    Heading("Who does what");
    for (const evaluate::DutyOutcome& outcome : outcome_.duties) {
      page_.Paragraph(kIndent, fmt::format("- {}{}", DutyLead(outcome.status), DutyWords(outcome)));
      Needs(kDeep, outcome.status, outcome.needs);
      for (const evaluate::Reason& reason : outcome.because) DutyReasonLines(reason);
    }
  }

  // A duty that an output means is reasoned under that output.
  void DutyReasonLines(const evaluate::Reason& reason) {
    if (!reason.rule.valid()) return;
    const model::Rule& rule = policy_.rules[reason.rule.index];
    if (!rule.quotes.empty()) page_.Paragraph(kDeep, fmt::format("“{}”", TextIn(rule.quotes, language())));
    page_.Paragraph(kDeep, fmt::format("{} [{}]", CiteText(rule.cites), rule.name));
  }

  // ---- what is still open

  std::string QuestionName(const evaluate::Question& question) const {
    return question.path.empty() ? policy_.facts[question.fact.index].name : question.path;
  }

  // The questions in the order in which the answers and duties above first name them as needed.
  std::vector<evaluate::Question> OrderedQuestions() const {
    std::vector<std::string> named;
    for (const evaluate::OutputOutcome& output : outcome_.outputs) {
      named.insert(named.end(), output.needs.begin(), output.needs.end());
    }
    for (const evaluate::DutyOutcome& duty : outcome_.duties) {
      named.insert(named.end(), duty.needs.begin(), duty.needs.end());
    }
    std::map<std::string, std::size_t> places;
    for (const std::string& name : named) places.emplace(name, places.size());
    auto place = [&](const evaluate::Question& question) {
      const auto found = places.find(QuestionName(question));
      return found == places.end() ? places.size() : found->second;
    };
    std::vector<evaluate::Question> questions = outcome_.ask;
    std::stable_sort(questions.begin(), questions.end(),
                     [&](const auto& a, const auto& b) { return place(a) < place(b); });
    return questions;
  }

  void QuestionLines(const std::vector<evaluate::Question>& questions, std::string_view heading, bool recorded) {
    bool first = true;
    for (const evaluate::Question& question : questions) {
      if (question.recorded != recorded) continue;
      if (first) Heading(heading);
      first = false;
      const std::string name = QuestionName(question);
      const std::string_view text = TextIn(QuestionTexts(policy_, question), language());
      page_.Paragraph(kIndent, text.empty() ? "- " + name : fmt::format("- {} [{}]", text, name));
    }
  }

  void Questions() {
    const std::vector<evaluate::Question> questions = OrderedQuestions();
    QuestionLines(questions, "Still to ask", false);
    QuestionLines(questions, "To look up in the record", true);
  }

  void Assumptions() {
    if (outcome_.assumptions.empty()) return;
    Heading("Assumed");
    for (const evaluate::Assumed& assumed : outcome_.assumptions) {
      const model::Fact& fact = policy_.facts[assumed.fact.index];
      CORDON_ASSERT(fact.assume.has_value());
      const std::string value = fact.assume->empty_list ? "empty" : Words(fact.type, fact.assume->value);
      page_.Paragraph(kIndent, fmt::format("- {} = {}: {}", fact.name, value, fact.assume->because));
    }
  }

  // Only their names where no more is asked for: many readings under a short answer hide it.
  void Interpretations() {
    if (outcome_.interpretations.empty()) return;
    if (options_.why_not == WhyNot::kLeaveOut) {
      std::vector<std::string> names;
      for (const model::InterpretationId id : outcome_.interpretations) {
        names.push_back(policy_.interpretations[id.index].id);
      }
      page_.Gap();
      page_.Paragraph(0, fmt::format("Readings that could have mattered where the guideline leaves room: {} "
                                     "(--explain shows them)",
                                     support::Join(names, ", ")));
      return;
    }
    Heading("How the guideline is read where it leaves room");
    for (const model::InterpretationId id : outcome_.interpretations) {
      const model::Interpretation& interpretation = policy_.interpretations[id.index];
      page_.Paragraph(kIndent, fmt::format("- {}: {}", interpretation.id, interpretation.text));
      for (const std::string& other : interpretation.alternatives) {
        page_.Paragraph(2 * kIndent, "instead of: " + other);
      }
      std::vector<std::string> settlers;
      for (const model::RoleId role : interpretation.settled_by) {
        settlers.emplace_back(RoleText(policy_.roles[role.index], language()));
      }
      if (!settlers.empty()) page_.Paragraph(2 * kIndent, "to be settled by: " + support::Join(settlers, ", "));
    }
  }

  // ---- why not

  std::string FailedWords(const evaluate::Failed& failed) const {
    const model::Rule& rule = policy_.rules[failed.rule.index];
    if (failed.outside_setting) return "not in this care setting";
    if (failed.overridden_by.valid())
      return "applies, but is overridden by " + policy_.rules[failed.overridden_by.index].name;
    if (failed.no_element) return "there is nothing in the list that it is about";
    if (failed.part) return "not so: " + rule.parts[*failed.part].text;
    return "its conditions do not hold together";
  }

  void WhyNots() {
    for (const evaluate::OutputOutcome& outcome : outcome_.outputs) {
      if (outcome.why_not.empty() && outcome.open.empty()) continue;
      const model::Output& output = policy_.outputs[outcome.output.index];
      Heading(fmt::format("Why nothing else, for: {}", OutputText(policy_, output, language())));
      for (const evaluate::Failed& failed : outcome.why_not) {
        page_.Paragraph(kIndent, fmt::format("- {}: {}", policy_.rules[failed.rule.index].name, FailedWords(failed)));
      }
      for (const model::RuleId rule : outcome.open) {
        page_.Paragraph(kIndent, fmt::format("- {}: not known yet whether it applies", policy_.rules[rule.index].name));
      }
    }
  }

  void Inexact() {
    if (outcome_.exact) return;
    page_.Gap();
    page_.Paragraph(0,
                    "Too much is unknown to work everything out. What is given as known is so; what is given as not "
                    "known may be settled already, and fewer facts may be needed. Each further fact makes it easier.");
  }
  // What the policy builds on and does not hold: any answer may lack it.
  void Unavailable() {
    for (const model::BaseVersion& base : policy_.bases) {
      if (base.text_unavailable.empty()) continue;
      page_.Gap();
      page_.Paragraph(0, fmt::format("Warning: this policy adapts {} {}, whose text was not available ({}). What that "
                                     "says and this policy does not is missing from every answer above.",
                                     base.id, base.version, base.text_unavailable));
    }
  }
  // By which text, for whom and when: what makes the answer one that can be checked.
  void Foot() {
    page_.Gap();
    std::string about = Unnamed() ? "" : policy_.protocols[outcome_.protocol.index].name + ", ";
    if (!subject_.id.empty()) about += subject_.id + ", ";
    about += "as of " + MomentText(subject_.as_of);
    const std::string setting = SettingText(policy_, subject_);
    if (policy_.setting.valid()) about += setting.empty() ? ", care setting not known" : ", " + setting;
    page_.Paragraph(0, about);
    if (Unnamed()) return;
    const std::string_view title = TextIn(policy_.titles, language());
    page_.Paragraph(0, fmt::format("{} {}{}{}", policy_.id, policy_.version, title.empty() ? "" : ": ", title));
    page_.Paragraph(0, policy_.digest);
  }

  const Policy& policy_;
  const facts::Subject& subject_;
  const evaluate::Outcome& outcome_;
  const TextOptions& options_;
  Page page_;
};

}  // namespace

std::string Text(const model::Policy& policy, const facts::Subject& subject, const evaluate::Outcome& outcome,
                 const TextOptions& options) {
  return Layout(policy, subject, outcome, options).Write();
}

}  // namespace cordon::report
