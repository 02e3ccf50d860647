// Results as people and programs read them, from outcomes made by hand: every status, and the wrapping of text.
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>
#include <string>

#include "report/diagnostics_json.h"
#include "report/json.h"
#include "report/page.h"
#include "report/text.h"
#include "report/words.h"
#include "support/text.h"

namespace cordon::report {
namespace {

using evaluate::Status;
using value::Value;

template <typename Id>
Id At(std::size_t index) {
  return Id(index);
}

// One protocol with one bool output that means a duty, one rule, one judgement, one fact.
model::Policy SmallPolicy() {
  model::Policy policy;
  policy.id = "xx.small";
  policy.version = "1";
  policy.digest = "sha256:00";
  policy.titles = {{"en", "A small guideline"}, {"da", "En lille vejledning"}};
  policy.roles = {{"ward", {{"en", "ward"}, {"da", "afdelingen"}}}, {"physician", {}}};
  policy.events = {{"admission", {{"en", "admission"}}}};
  policy.actions.resize(2);
  policy.actions[0].name = "isolate";
  policy.actions[0].texts = {{"en", "Place in a single room"}, {"da", "Isolér"}};
  policy.actions[1].name = "ask";
  model::Type group_type;
  group_type.kind = model::TypeKind::kGroup;
  policy.actions[1].parameters = {{"questions", group_type}};
  policy.actions[1].texts = {{"en", "Ask {questions}, please"}};
  policy.facts.resize(2);
  policy.facts[0].name = "fever";
  policy.facts[0].ask = {{"en", "Is there a fever?"}, {"da", "Er der feber?"}};
  policy.facts[0].assume = model::Assume{false, Value::Bool(false), false, "nobody said so"};
  policy.facts[1].name = "decision";
  policy.groups = {{"signs", {At<model::FactId>(0)}, {{"en", "the signs"}}, {}}};
  policy.interpretations = {{"A1", "Fever is 38.5 or more.", {}}};
  policy.protocols.resize(1);
  policy.protocols[0].name = "admission";
  model::Duty duty;
  duty.actor = At<model::RoleId>(0);
  duty.action = At<model::ActionId>(0);
  model::Output output;
  output.name = "isolation";
  output.protocol = At<model::ProtocolId>(0);
  output.default_cites = {"Guideline, 9"};
  output.means = duty;
  policy.outputs = {output};
  model::Rule rule;
  rule.name = "feverish";
  rule.cites = {"Guideline, 5"};
  rule.quotes = {{"da", "ved feber isoleres"}};
  rule.parts = {{{}, "fever", {}}};
  policy.rules = {rule};
  model::Judgement judgement;
  judgement.by = At<model::RoleId>(1);
  judgement.with = {At<model::RoleId>(0)};
  judgement.weighing = At<model::GroupId>(0);
  judgement.decided_in = At<model::FactId>(1);
  policy.judgements = {judgement};
  return policy;
}

facts::Subject SmallSubject(const model::Policy& policy) {
  facts::Subject subject = facts::Unasked(policy, {*calendar::ParseDate("2025-03-01"), std::nullopt});
  subject.id = "p1";
  return subject;
}

evaluate::Outcome Empty() {
  evaluate::Outcome outcome;
  outcome.protocol = At<model::ProtocolId>(0);
  outcome.outputs.resize(1);
  outcome.outputs[0].output = At<model::OutputId>(0);
  return outcome;
}

evaluate::Reason ByRule() { return {At<model::RuleId>(0), {}, {}}; }
evaluate::Reason ByDefault() { return {{}, At<model::OutputId>(0), {}}; }

std::string AsText(const evaluate::Outcome& outcome, const std::string& language = "en",
                   WhyNot why_not = WhyNot::kInclude) {
  const model::Policy policy = SmallPolicy();
  return Text(policy, SmallSubject(policy), outcome, {language, why_not, Emphasis::kNever});
}
std::string AsJson(const evaluate::Outcome& outcome, WhyNot why_not = WhyNot::kLeaveOut) {
  const model::Policy policy = SmallPolicy();
  return Json(policy, SmallSubject(policy), outcome, why_not);
}
// The document without white space.
std::string Packed(const evaluate::Outcome& outcome, WhyNot why_not = WhyNot::kLeaveOut) {
  std::string json = AsJson(outcome, why_not);
  json.erase(std::remove_if(json.begin(), json.end(), [](char c) { return c == ' ' || c == '\n'; }), json.end());
  return json;
}
bool Has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

evaluate::Outcome Determined() {
  evaluate::Outcome outcome = Empty();
  outcome.outputs[0].status = Status::kDetermined;
  outcome.outputs[0].answer = evaluate::ValueAnswer{Value::Bool(true)};
  outcome.outputs[0].because = {ByRule()};
  evaluate::DutyOutcome duty;
  duty.duty = *SmallPolicy().outputs[0].means;
  duty.duty.timings = {{model::EventRelation::kAt, At<model::EventId>(0)}};
  duty.because = {ByDefault()};
  outcome.duties = {duty};
  outcome.interpretations = {At<model::InterpretationId>(0)};
  outcome.assumptions = {{At<model::FactId>(0)}};
  return outcome;
}

TEST(Json, HasTheContractsMembersInOrder) {
  EXPECT_EQ(
      Packed(Determined()),
      R"({"policy":{"id":"xx.small","version":"1","digest":"sha256:00","language":"1"},"subject":"p1",)"
      R"("as_of":"2025-03-01","setting":null,"protocol":"admission","outputs":{"isolation":{"status":"determined",)"
      R"("value":true,"because":[{"rule":"feverish","cite":"Guideline,5"}]}},"duties":[{"actor":"ward",)"
      R"("modality":"must","action":"isolate","args":{},"at":"admission","status":"determined","rule":"isolation",)"
      R"("cite":"Guideline,5","text":{"en":"Placeinasingleroom","da":"Isolér"}}],"ask":[],)"
      R"("assumptions":[{"fact":"fever","value":false,"because":"nobodysaidso"}],)"
      R"("interpretations":[{"id":"A1","text":"Feveris38.5ormore."}]})");
}

TEST(Json, ShowsWhatIsOpen) {
  evaluate::Outcome outcome = Empty();
  evaluate::OutputOutcome& output = outcome.outputs[0];
  output.possible = {evaluate::ValueAnswer{Value::Bool(false)}, evaluate::NotCoveredAnswer{},
                     evaluate::JudgementAnswer{{At<model::JudgementId>(0)}, Value::Bool(false)}};
  output.at_least = Value::Bool(false);
  output.needs = {"fever"};
  output.open = {At<model::RuleId>(0)};
  outcome.ask = {{At<model::FactId>(0), "fever", false}};
  const std::string json = Packed(outcome);
  EXPECT_TRUE(Has(
      json, R"("isolation":{"status":"undetermined","possible":[false,{"status":"notcovered"},{"status":"judgement",)"
            R"("by":"physician","with":["ward"],"weighing":["fever"],"decided_in":"decision","at_least":false}],)"
            R"("at_least":false,"needs":["fever"]})"))
      << json;
  EXPECT_TRUE(Has(json, R"("ask":[{"fact":"fever","text":{"en":"Isthereafever?","da":"Erderfeber?"}}])")) << json;
}

TEST(Json, ShowsEveryOtherStatus) {
  evaluate::Outcome outcome = Empty();
  evaluate::OutputOutcome& output = outcome.outputs[0];
  output.status = Status::kJudgement;
  output.answer = evaluate::JudgementAnswer{{At<model::JudgementId>(0)}, std::nullopt};
  EXPECT_TRUE(Has(Packed(outcome), R"({"status":"judgement","by":"physician","with":["ward"],"weighing":["fever"],)"));
  output.status = Status::kNotCovered;
  output.answer = evaluate::NotCoveredAnswer{};
  EXPECT_TRUE(Has(Packed(outcome), R"("isolation":{"status":"notcovered"})"));
  output.status = Status::kConflict;
  output.answer = evaluate::ConflictAnswer{{At<model::RuleId>(0)}};
  EXPECT_TRUE(Has(Packed(outcome), R"({"status":"conflict","between":[{"rule":"feverish","cite":"Guideline,5"}]})"));
  output.status = Status::kProvisional;
  output.needs = {"fever"};
  EXPECT_TRUE(Has(Packed(outcome), R"({"status":"provisional","answer":{"status":"conflict",)"));
  output.answer = evaluate::ValueAnswer{Value::Bool(false)};
  output.because = {ByDefault()};
  EXPECT_TRUE(Has(Packed(outcome), R"({"status":"provisional","value":false,"because":[{"rule":"isolation.default",)"
                                   R"("cite":"Guideline,9"}],"needs":["fever"]})"));
}

TEST(Json, SaysThatMoreMayBeOpenThanIs) {
  evaluate::Outcome outcome = Determined();
  EXPECT_FALSE(Has(Packed(outcome), "exact"));
  EXPECT_FALSE(Has(AsText(outcome), "Too much is unknown"));
  outcome.exact = false;
  EXPECT_TRUE(Has(Packed(outcome), R"("exact":false,"outputs")"));
  EXPECT_TRUE(Has(AsText(outcome), "Too much is unknown to work everything out."));
}

TEST(Json, SaysWhyNotWhereAsked) {
  evaluate::Outcome outcome = Determined();
  outcome.outputs[0].why_not = {{At<model::RuleId>(0), std::size_t{0}, false, {}, false}};
  EXPECT_FALSE(Has(Packed(outcome), "why_not"));
  EXPECT_TRUE(Has(Packed(outcome, WhyNot::kInclude),
                  R"("why_not":[{"rule":"feverish","cite":"Guideline,5","failed":"fever"}])"));
}

TEST(Text, AnswersFirstThenWhy) {
  EXPECT_EQ(AsText(Determined()),
            "Place in a single room: YES\n"
            "\n"
            "Why\n"
            "  Place in a single room: YES\n"
            "    “ved feber isoleres”\n"
            "    fever\n"
            "    Guideline, 5 [feverish]\n"
            "\n"
            "Who does what\n"
            "  - ward must: Place in a single room, at admission\n"
            "\n"
            "Assumed\n"
            "  - fever = no: nobody said so\n"
            "\n"
            "How the guideline is read where it leaves room\n"
            "  - A1: Fever is 38.5 or more.\n"
            "\n"
            "admission, p1, as of 2025-03-01\n"
            "xx.small 1: A small guideline\n"
            "sha256:00\n");
}

TEST(Text, SpeaksTheLanguageAskedForWhereItCan) {
  const std::string text = AsText(Determined(), "da");
  EXPECT_TRUE(Has(text, "Isolér: YES\n"));
  EXPECT_TRUE(Has(text, "afdelingen must: Isolér, at admission"));
  EXPECT_TRUE(Has(text, "En lille vejledning"));
}

TEST(Text, IsPlainAboutWhatIsNotKnown) {
  evaluate::Outcome outcome = Empty();
  outcome.outputs[0].possible = {evaluate::ValueAnswer{Value::Bool(false)}, evaluate::ValueAnswer{Value::Bool(true)}};
  outcome.outputs[0].needs = {"fever", "decision"};
  outcome.ask = {{At<model::FactId>(0), "fever", false}, {At<model::FactId>(1), "decision", true}};
  const std::string text = AsText(outcome);
  EXPECT_TRUE(Has(text, "Place in a single room: NOT KNOWN YET: yes or no\n  this depends on: fever and decision\n"))
      << text;
  EXPECT_TRUE(Has(text, "Still to ask\n  - Is there a fever? [fever]\n")) << text;
  EXPECT_TRUE(Has(text, "To look up in the record\n  - decision\n")) << text;
}

TEST(Text, NamesTheReadingsAndShowsThemWhereAsked) {
  const std::string text = AsText(Determined(), "en", WhyNot::kLeaveOut);
  EXPECT_TRUE(
      Has(text, "\nReadings that could have mattered where the guideline leaves room: A1 (--explain shows them)\n\n"))
      << text;
  EXPECT_FALSE(Has(text, "Fever is 38.5 or more."));
  EXPECT_TRUE(Has(AsText(Determined()), "  - A1: Fever is 38.5 or more.\n"));
}

TEST(Text, LeadsNeedsByTheStatusAlikeForAnswersAndDuties) {
  evaluate::Outcome outcome = Determined();
  outcome.outputs[0].status = Status::kProvisional;
  outcome.outputs[0].needs = {"fever"};
  outcome.duties[0].status = Status::kProvisional;
  outcome.duties[0].needs = {"fever"};
  const std::string provisional = AsText(outcome);
  EXPECT_TRUE(Has(provisional, "PROVISIONALLY YES\n  may change with: fever\n")) << provisional;
  EXPECT_TRUE(Has(provisional, "at admission\n    may change with: fever\n")) << provisional;
  EXPECT_FALSE(Has(provisional, "this depends on")) << provisional;
  outcome.duties[0].status = Status::kUndetermined;
  EXPECT_TRUE(Has(AsText(outcome), "at admission\n    this depends on: fever\n"));
}

TEST(Text, OrdersQuestionsAsTheNeedsNameThem) {
  evaluate::Outcome outcome = Determined();
  outcome.outputs[0].needs = {"decision[1].day", "decision"};
  outcome.duties[0].needs = {"fever", "decision"};
  outcome.ask = {{At<model::FactId>(1), "other", true},
                 {At<model::FactId>(1), "decision", true},
                 {At<model::FactId>(1), "decision[1].day", true},
                 {At<model::FactId>(0), "fever", true}};
  const std::string text = AsText(outcome);
  EXPECT_TRUE(Has(text,
                  "To look up in the record\n  - decision[1].day\n  - decision\n  - Is there a fever? [fever]\n"
                  "  - other\n"))
      << text;
}

TEST(Text, SaysWhoDecides) {
  evaluate::Outcome outcome = Empty();
  outcome.outputs[0].status = Status::kJudgement;
  outcome.outputs[0].answer = evaluate::JudgementAnswer{{At<model::JudgementId>(0)}, std::nullopt};
  const std::string text = AsText(outcome);
  EXPECT_TRUE(Has(text, "Place in a single room: TO BE JUDGED by physician together with ward\n")) << text;
  EXPECT_TRUE(
      Has(text, "    weighing:\n      - Is there a fever? [fever]\n    the decision is recorded in: decision\n"))
      << text;
}

TEST(Text, SaysWhatTheGuidelineDoesNotSay) {
  evaluate::Outcome outcome = Empty();
  outcome.outputs[0].status = Status::kNotCovered;
  outcome.outputs[0].answer = evaluate::NotCoveredAnswer{};
  EXPECT_TRUE(Has(AsText(outcome), "Place in a single room: the guideline does not say\n"));
  outcome.outputs[0].status = Status::kConflict;
  outcome.outputs[0].answer = evaluate::ConflictAnswer{{At<model::RuleId>(0)}};
  EXPECT_TRUE(Has(AsText(outcome), "CONFLICT: the rules contradict one another"));
}

TEST(Text, GivesTheFirstConditionThatFailed) {
  evaluate::Outcome outcome = Determined();
  outcome.outputs[0].why_not = {{At<model::RuleId>(0), std::size_t{0}, false, {}, false}};
  EXPECT_TRUE(Has(AsText(outcome), "Why nothing else, for: Place in a single room\n  - feverish: not so: fever\n"));
}

TEST(Words, FillParametersIn) {
  const model::Policy policy = SmallPolicy();
  EXPECT_EQ(ActionText(policy, At<model::ActionId>(1), {At<model::GroupId>(0)}, "da"), "Ask the signs, please");
}

TEST(Page, WrapsAtAHundredColumns) {
  Page page(Emphasis::kNever);
  std::string words;
  for (int i = 0; i < 80; ++i) words += "æøå ";
  page.Paragraph(4, words + "\x1b[31m\n" + std::string(150, 'x'));
  std::istringstream lines(page.text());
  std::string line;
  bool first = true;
  while (std::getline(lines, line)) {
    EXPECT_TRUE(Has(line, "xxx") || support::CountCodePoints(line) <= 100u) << line;
    EXPECT_EQ(line.find_first_not_of(' '), first ? 4u : 6u);
    first = false;
  }
  EXPECT_FALSE(Has(page.text(), "\x1b"));
}

TEST(DiagnosticsJson, HasPlaces) {
  diagnostics::Sources sources;
  const auto source = sources.Add("a.cordon", "one\ntwo");
  diagnostics::Sink sink;
  sink.Report(diagnostics::Code::kUnknownName, {source, 4, 7}, "there is no `two`", "look");
  std::string json = DiagnosticsJson(sink, sources);
  json.erase(std::remove_if(json.begin(), json.end(), [](char c) { return c == ' ' || c == '\n'; }), json.end());
  EXPECT_EQ(json, R"({"diagnostics":[{"code":"E0201","severity":"error","message":"thereisno`two`","help":"look",)"
                  R"("place":{"file":"a.cordon","line":2,"column":1,"end_line":2,"end_column":4}}]})");
}

}  // namespace
}  // namespace cordon::report
