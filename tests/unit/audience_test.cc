// Results for an audience, by brute force: for each of some small policies every patient of a small domain, and every
// way to print what the driver may hear. Patients who differ in withheld facts alone, and of whom the same sentences
// are released, must come out the same, byte for byte; and what is shown must be what the whole result says.
#include "evaluate/audience.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "check_texts.h"
#include "cli/prepare.h"
#include "facts/read.h"
#include "report/json.h"
#include "report/text.h"

namespace cordon::evaluate {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kHead = R"(policy t.audience version 1
  title en "A trial" da "En prøve"
  source g "Guide"

category Setting = hospital, home
category Place = house (room en "room" da "stue", hall en "hall" da "gang"), garden
scale Level = low < middle < high
role ward   en "ward"       da "afdelingen"
role driver en "the driver" da "chaufføren"
role lab    en "lab"        da "laboratoriet"
event arrival en "arrival" da "ankomsten"
record Stay
  place : Place
  long  : bool
action move                text en "Move" da "Flyt"
action clean(where: Place) text en "Clean {where}" da "Rengør {where}"
action ask(what: Group)    text en "Ask {what}" da "Spørg {what}"
)";

constexpr const char* kBools[] = {"", "null", "false", "true"};

// One fact of a trial's patients: its name and everything that it is given as; nothing stands for absent.
struct Varied {
  std::string name;
  std::vector<std::string> values;
};
Varied Bool(std::string name) { return {std::move(name), {std::begin(kBools), std::end(kBools)}}; }

struct Trial {
  std::string name;
  std::string text;
  std::vector<Varied> facts;
  std::string protocol = "p";
};

std::vector<Trial> Trials() {
  return {
      {"direct reads",
       R"(fact secret : bool recorded cite g "1" confidential to ward
fact plain : bool recorded cite g "1"
protocol p
  output alone : bool strictest
    default no cite g "1"
    means driver must move at arrival
  output seen : bool strictest
    default no cite g "1"
  rule a cite g "2"
    when secret
    then alone = yes
  rule b cite g "2"
    when plain
    then seen = yes
    also lab must move
  release alone to driver as en "Alone" da "Alene" because "seats"
)",
       {Bool("secret"), Bool("plain")}},
      {"definitions and assumptions",
       R"(fact secret : bool recorded cite g "1" confidential to ward assume no because "noted"
fact asked : bool cite g "1" ask en "Asked?" da "Spurgt?" assume no unless asked because "rare"
fact plain : bool recorded cite g "1" assume no because "noted"
  interpretation I1 "Plain is plain."
group questions = asked
define both = secret and plain
define wider = both or secret
  interpretation I2 "Wider is wide."
protocol p
  output alone : bool strictest
    default no cite g "1"
  output seen : bool strictest
    default no cite g "1"
  output other : bool strictest
    default no cite g "1"
  rule asking cite g "2"
    when secret
    then ward must ask(questions)
  rule a cite g "2"
    when wider
    then alone = yes
  rule b cite g "2"
    when asked
    then seen = yes
  rule c cite g "2"
    when plain
    then other = yes
  release alone to driver as en "Alone" da "Alene" because "seats"
)",
       {Bool("secret"), Bool("asked"), Bool("plain")}},
      {"outputs of other protocols",
       R"(fact secret : bool recorded cite g "1" confidential to ward
fact second : bool recorded cite g "1" confidential to ward, lab
fact plain : bool recorded cite g "1"
protocol risk
  output high : bool strictest
    default no cite g "1"
  output low : bool strictest
    default no cite g "1"
  rule a cite g "2"
    when secret or second
    then high = yes
  rule b cite g "2"
    when plain
    then low = yes
protocol p
  output alone : bool strictest
    default no cite g "1"
  output seen : bool strictest
    default no cite g "1"
  rule c cite g "2"
    when risk.high
    then alone = yes
    also ward must move
  rule d cite g "2"
    when risk.low
    then seen = yes
  release alone to driver as en "Careful" da "Forsigtig" because "safety"
)",
       {Bool("secret"), Bool("second"), Bool("plain")}},
      {"overrides and drops",
       R"(fact secret : bool recorded cite g "1" confidential to ward
fact plain : bool recorded cite g "1"
protocol p
  output grade : Level strictest
    default low cite g "1"
  output other : Level strictest
    default low cite g "1"
  rule a cite g "2"
    when plain
    then grade = high
    also driver must move
  rule b cite g "2"
    when plain
    then other = middle
    also lab must move
  rule exempt overrides a drops move cite g "3"
    when secret
    then grade = middle
  release grade to driver as en "Grade {grade}" da "Grad {grade}" because "seats"
)",
       {Bool("secret"), Bool("plain")}},
      {"lists",
       R"(fact stays : list of Stay recorded cite g "1" confidential to ward
fact rooms : list of Stay recorded cite g "1"
protocol p
  output alone : bool strictest
    default no cite g "1"
  output seen : bool strictest
    default no cite g "1"
  rule a for each s in stays cite g "2"
    when s.long
    then alone = yes
    also driver must clean(s.place)
  rule b for each r in rooms cite g "2"
    when r.long
    then seen = yes
    also lab must clean(r.place)
  release alone to driver as en "Alone" da "Alene" because "seats"
)",
       {{"stays",
         {"", "null", "[]", R"([{"place":"room","long":true}])", R"([{"place":"hall"}])",
          R"([{"place":"room","long":false},{"place":"garden","long":true}])", R"({"known":[],"open":true})"}},
        {"rooms", {"", "[]", R"([{"place":"room","long":true}])", R"([{"place":"hall"}])"}}}},
      {"arguments and due dates",
       R"(fact spot : Place recorded cite g "1" confidential to ward
fact found : date recorded cite g "1" confidential to ward
fact there : Place recorded cite g "1"
fact day : date recorded cite g "1"
protocol p
  output near : Place unique
    default garden cite g "1"
  rule a cite g "2"
    then driver must clean(spot)
    also driver must clean(room)
    also ward must clean(there)
    also ward must clean(hall)
    also lab must move due 1 week after found to ward
    also lab must move due 1 week after day to driver
  rule b cite g "2"
    when spot is room
    then near = room
  release near to driver as en "Bring {near}" da "Medbring {near}" because "it is not there"
)",
       {{"spot", {"", "null", "\"room\"", "\"hall\"", "\"house\""}},
        {"found", {"", "\"2025-01-31\"", "\"2025-02\""}},
        {"there", {"", "\"room\"", "\"hall\""}},
        {"day", {"", "\"2025-02-01\""}}}},
      {"conflicts",
       R"(fact secret : bool recorded cite g "1" confidential to ward
fact plain : bool recorded cite g "1"
protocol p
  output place : Place unique
  output other : Place unique
  rule a cite g "2"
    when plain
    then place = room
    also other = room
    also driver must move
    also lab must move
  rule b cite g "2"
    when secret
    then place = hall
    also driver must not move
  rule c cite g "2"
    when not plain
    then other = hall
    also lab need not move
  rule d cite g "2"
    when plain
    then lab must not move
  release place to driver as en "To the {place}" da "Til {place}" because "the way"
)",
       {Bool("secret"), Bool("plain")}},
      {"judgements",
       R"(fact ruling : bool recorded cite g "1" confidential to ward
fact factor : bool recorded cite g "1" confidential to ward
fact chosen : bool recorded cite g "1"
fact plain : bool recorded cite g "1"
group factors = factor
protocol p
  output alone : bool strictest
    default no cite g "1"
  output weighed : bool strictest
    default no cite g "1"
  output seen : bool strictest
    default no cite g "1"
  rule a cite g "2"
    when plain
    then alone = judgement by ward decided in ruling
  rule b cite g "2"
    when plain
    then weighed = judgement by ward weighing factors
  rule c cite g "2"
    when plain
    then seen = judgement by ward decided in chosen
  release alone to driver as en "Alone" da "Alene" because "seats"
)",
       {Bool("ruling"), Bool("factor"), Bool("chosen"), Bool("plain")}},
      {"sentences that several releases share",
       R"(fact first_sign : bool recorded cite g "1" confidential to ward
fact second_sign : bool recorded cite g "1" confidential to ward
fact third_sign : bool recorded cite g "1" confidential to ward
protocol p
  output a : bool strictest
    default no cite g "1"
  output b : bool strictest
    default no cite g "1"
  output c : Level strictest
    default low cite g "1"
  rule ra cite g "2"
    when first_sign
    then a = yes
  rule rb cite g "2"
    when second_sign
    then b = yes
  rule rc cite g "2"
    when third_sign
    then c = high
  release a to driver as en "Wear gloves" da "Tag handsker på" because "x"
  release b to driver, lab as en "Keep apart" da "Hold afstand" because "x"
  release c to driver as en "Level {c}" da "Grad {c}" because "x"
  release b to driver as da "Tag handsker på" en "Wear gloves" because "x"
  release a to lab as en "Alone" da "Alene" because "x"
)",
       {Bool("first_sign"), Bool("second_sign"), Bool("third_sign")}},
      {"care settings",
       R"(fact secret : bool recorded cite g "1" confidential to ward
fact plain : bool recorded cite g "1"
protocol p in hospital
  output alone : bool strictest
    default no cite g "1"
  output seen : bool strictest
    default no cite g "1"
  rule a cite g "2"
    when secret
    then alone = yes
  rule b cite g "2"
    when plain
    then seen = yes
  release alone to driver as en "Alone" da "Alene" because "seats"
)",
       {Bool("secret"), Bool("plain"), {"setting", {"", "\"hospital\"", "\"home\""}}}},
  };
}

class AudienceTest : public testing::Test {
 protected:
  void Load(const Trial& trial) {
    check::CheckTexts(checked_, {kHead + trial.text}, {});
    ASSERT_FALSE(checked_.sink.has_errors()) << trial.name << "\n" << check::MessagesOf(checked_);
    ASSERT_TRUE(checked_.policy.has_value()) << trial.name << "\n" << check::MessagesOf(checked_);
    const auto& protocols = policy().protocols;
    const auto found =
        std::find_if(protocols.begin(), protocols.end(), [&](const auto& p) { return p.name == trial.protocol; });
    ASSERT_NE(found, protocols.end());
    protocol_ = model::ProtocolId(static_cast<std::size_t>(found - protocols.begin()));
  }
  const model::Policy& policy() const { return *checked_.policy; }

  model::RoleId Role(const std::string& name) const {
    for (std::size_t i = 0; i < policy().roles.size(); ++i) {
      if (policy().roles[i].name == name) return model::RoleId(i);
    }
    ADD_FAILURE() << "no role " << name;
    return {};
  }

  bool Withheld(const std::string& fact, const Audience& audience) const {
    return std::any_of(audience.withheld.begin(), audience.withheld.end(),
                       [&](model::FactId id) { return policy().facts[id.index].name == fact; });
  }

  facts::Subject Read(const std::map<std::string, std::string>& given) {
    std::string facts;
    std::string setting;
    for (const auto& [name, value] : given) {
      if (value.empty()) continue;
      if (name == "setting") {
        setting = ", \"setting\": " + value;
      } else {
        facts += (facts.empty() ? "\"" : ", \"") + name + "\": " + value;
      }
    }
    diagnostics::Sources sources;
    diagnostics::Sink sink;
    const auto id =
        sources.Add("facts", R"({"subject": "p1", "as_of": "2025-03-01")" + setting + ", \"facts\": {" + facts + "}}");
    const auto subject = facts::ReadDocument(policy(), sources, id, {}, sink);
    EXPECT_TRUE(subject.has_value()) << facts << "\n"
                                     << (sink.diagnostics().empty() ? "" : sink.diagnostics()[0].message);
    return subject.value_or(facts::Subject{});
  }

  // Everything that a caller can see of a result: both formats, each language, with and without reasons, the status.
  std::string Printed(const facts::Subject& subject, const Outcome& outcome) const {
    std::string all;
    for (const report::WhyNot why_not : {report::WhyNot::kLeaveOut, report::WhyNot::kInclude}) {
      all += report::Json(policy(), subject, outcome, why_not);
      for (const char* language : {"en", "da"}) {
        all += report::Text(policy(), subject, outcome, {language, why_not, report::Emphasis::kNever});
      }
    }
    return all + std::to_string(cli::StatusOf(outcome, true)) + std::to_string(cli::StatusOf(outcome, false));
  }

  Json Parsed(const facts::Subject& subject, const Outcome& outcome) const {
    return Json::parse(report::Json(policy(), subject, outcome, report::WhyNot::kInclude));
  }

  check::Checked checked_;
  model::ProtocolId protocol_;
};

// Every combination of the facts' values.
std::vector<std::map<std::string, std::string>> Patients(const std::vector<Varied>& facts) {
  std::vector<std::map<std::string, std::string>> patients{{}};
  for (const Varied& fact : facts) {
    std::vector<std::map<std::string, std::string>> longer;
    for (const auto& patient : patients) {
      for (const std::string& value : fact.values) {
        longer.push_back(patient);
        longer.back()[fact.name] = value;
      }
    }
    patients = std::move(longer);
  }
  return patients;
}

bool Contains(const Json& list, const Json& item) { return std::find(list.begin(), list.end(), item) != list.end(); }

// That what the audience is shown stands so in the whole result.
void ExpectPartOf(const Json& shown, const Json& whole, const std::string& patient) {
  for (const auto& [name, output] : shown["outputs"].items()) EXPECT_EQ(output, whole["outputs"][name]) << patient;
  for (const char* list : {"duties", "ask", "assumptions", "interpretations"}) {
    for (const Json& item : shown[list]) EXPECT_TRUE(Contains(whole[list], item)) << patient << "\n" << item.dump(2);
  }
}

class EachTrial : public AudienceTest, public testing::WithParamInterface<Trial> {};

TEST_P(EachTrial, SameSentencesAndSameOpenFactsGiveTheSameBytes) {
  ASSERT_NO_FATAL_FAILURE(Load(GetParam()));
  const Audience audience = AudienceOf(policy(), protocol_, Role("driver"));
  std::map<std::string, std::string> groups;           // what may be heard -> all that is printed
  std::map<std::string, std::set<std::string>> whole;  // the same -> the unrestricted results
  for (const auto& patient : Patients(GetParam().facts)) {
    const facts::Subject subject = Read(patient);
    const Outcome outcome = EvaluateFor(policy(), protocol_, subject, audience);
    const Outcome unrestricted = Evaluate(policy(), protocol_, subject);
    const Json shown = Parsed(subject, outcome);
    std::string key = shown["released"].dump();
    std::string described;
    for (const auto& [name, value] : patient) {
      described += name + "=" + value + " ";
      if (!Withheld(name, audience)) key += " " + name + "=" + value;
    }
    const std::string printed = Printed(subject, outcome);
    const auto known = groups.emplace(key, printed).first;
    EXPECT_EQ(known->second, printed) << GetParam().name << ": " << described;
    ExpectPartOf(shown, Parsed(subject, unrestricted), described);
    whole[key].insert(Printed(subject, unrestricted));
  }
  EXPECT_GT(groups.size(), 1U) << "nothing can be told apart: the trial shows nothing";
  EXPECT_TRUE(std::any_of(whole.begin(), whole.end(), [](const auto& group) { return group.second.size() > 1; }))
      << "without the protection the results would be the same too: the trial cannot fail";
}

TEST_P(EachTrial, NoNameOfAWithheldFactOrOfThePolicyIsPrinted) {
  ASSERT_NO_FATAL_FAILURE(Load(GetParam()));
  const Audience audience = AudienceOf(policy(), protocol_, Role("driver"));
  for (const auto& patient : Patients(GetParam().facts)) {
    const facts::Subject subject = Read(patient);
    const std::string printed = Printed(subject, EvaluateFor(policy(), protocol_, subject, audience));
    for (const model::FactId fact : audience.withheld) {
      const std::string& name = policy().facts[fact.index].name;
      EXPECT_EQ(printed.find(name), std::string::npos) << name << "\n" << printed;
    }
    EXPECT_EQ(printed.find("t.audience"), std::string::npos);
    EXPECT_EQ(printed.find("sha256"), std::string::npos);
  }
}

TEST_P(EachTrial, WhoeverMayKnowEveryFactIsShownEverything) {
  ASSERT_NO_FATAL_FAILURE(Load(GetParam()));
  const Audience ward = AudienceOf(policy(), protocol_, Role("ward"));
  EXPECT_TRUE(ward.withheld.empty());
  for (const auto& patient : Patients(GetParam().facts)) {
    const facts::Subject subject = Read(patient);
    Json shown = Parsed(subject, EvaluateFor(policy(), protocol_, subject, ward));
    EXPECT_EQ(shown["audience"], "ward");
    shown.erase("audience");
    shown.erase("released");
    EXPECT_EQ(shown, Parsed(subject, Evaluate(policy(), protocol_, subject)));
  }
}

INSTANTIATE_TEST_SUITE_P(Audiences, EachTrial, testing::ValuesIn(Trials()), [](const auto& trial) {
  std::string name = trial.param.name;
  std::replace(name.begin(), name.end(), ' ', '_');
  return name;
});

// What stays visible, by trial: too much hidden would be of no use, and go unnoticed above.
TEST_F(AudienceTest, WhatHangsOnNoWithheldFactIsShown) {
  const std::map<std::string, std::pair<std::set<std::string>, std::size_t>> expected = {
      {"direct reads", {{"seen"}, 1}},
      {"definitions and assumptions", {{"other"}, 0}},
      {"outputs of other protocols", {{"seen"}, 0}},
      {"overrides and drops", {{"other"}, 1}},
      {"lists", {{"seen"}, 1}},
      {"arguments and due dates", {{}, 3}},
      {"conflicts", {{"other"}, 3}},
      {"judgements", {{"seen"}, 0}},
      {"sentences that several releases share", {{}, 0}},
      {"care settings", {{"seen"}, 0}},
  };
  for (const Trial& trial : Trials()) {
    checked_ = {};
    ASSERT_NO_FATAL_FAILURE(Load(trial));
    const Audience audience = AudienceOf(policy(), protocol_, Role("driver"));
    std::set<std::string> outputs;
    for (const model::OutputId id : audience.open.outputs) outputs.insert(policy().outputs[id.index].name);
    const auto& [shown, num_duties] = expected.at(trial.name);
    EXPECT_EQ(outputs, shown) << trial.name;
    EXPECT_EQ(audience.open.duties.size(), num_duties) << trial.name;
  }
}

}  // namespace
}  // namespace cordon::evaluate
