// What check makes of policies without mistakes: sugar lowered, rows as rules, overrides, tests, texts.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "check/stdlib.h"
#include "check_texts.h"
#include "model/print.h"
#include "model/verify.h"

namespace cordon::check {
namespace {

// ---- what sugar becomes

struct Sugar {
  const char* condition;
  const char* lowered;  // the rule's parts, each on a line
};

const Sugar kSugar[] = {
    {"sure", "sure"},
    {"sure = yes", "sure"},
    {"sure = no", "(not sure)"},
    {"sure and not asked", "sure\n(not asked)"},
    {"sure implies asked", "((not sure) or asked)"},
    {"number > 3", "(3 < number)"},
    {"number >= two", "(2 <= number)"},
    {"number in 1 .. 3", "((1 <= number) and (number <= 3))"},
    {"weight < 3", "(weight < 3)"},
    {"number != 3", "(not (number = 3))"},
    {"kind is wide", "(kind in { narrow, deep, deeper })"},
    {"kind is not wide", "(not (kind in { narrow, deep, deeper }))"},
    {"kind = wide.other", "(kind in { deep, deeper })"},
    {"kind != plain", "(not (kind in { plain }))"},
    {"plain = kind", "(kind in { plain })"},
    {"kind in wides", "(kind in { narrow, deep, deeper })"},
    {"kind not in { deep, plain }", "(not (kind in { deep, plain }))"},
    {"same_one is right.same", "(same_one in { same })"},
    {"setting is hospital.inpatient", "(setting in { inpatient })"},
    {"level > low", "(level in { middle, high })"},
    {"middle >= level", "(level in { low, middle })"},
    {"day within the last look_back", "(((today - 6 months) <= day) and (day <= today))"},
    {"moment less than some_hours before now", "(((now - 36 hours) < moment) and (moment <= now))"},
    {"day more than 7 days ago", "(day < (today - 1 week))"},
    {"day at least 1 month before moment", "(day <= (moment - 1 month))"},
    {"day + 3 days < today", "((day + 3 days) < today)"},
    {"moment - moment > 24 hours", "(24 hours < (moment - moment))"},
    {"moment < day", "(moment < day)"},
    {"number + 3 < number", "((number + 3) < number)"},
    {"number - two > number", "(number < (number - 2))"},
    {"number - number > two", "(2 < (number - number))"},
    {"3 - number > 1 + two", "((1 + 2) < (3 - number))"},
    {"span > (some_hours when sure, otherwise 2 hours)", "((36 hours when sure, otherwise 2 hours) < span)"},
    {"some s in stays has (s.calm)", "(some x1 in stays has x1.calm)"},
    {"every s in stays has (s.calm)", "(not (some x1 in stays has (not x1.calm)))"},
    {"no s in stays has (s.length > 1 day)", "(not (some x1 in stays has (24 hours < x1.length)))"},
    {"some d in days has (d = today)", "(some x1 in days has (x1 = today))"},
    {"stays is empty", "(not (stays is not empty))"},
    {"(stays where (calm)) is not empty", "((x1 of stays where x1.calm) is not empty)"},
    {"count(stays where (kind is plain)) >= 2", "(count((x1 of stays where (x1.kind in { plain }))) >= 2)"},
    {"count(stays) > 2", "(count(stays) >= 3)"},
    {"count(stays) < 2", "(not (count(stays) >= 2))"},
    {"count(stays) = 1", "((count(stays) >= 1) and (not (count(stays) >= 2)))"},
    {"count(stays) = 0", "(not (count(stays) >= 1))"},
    {"count(stays) >= 0", "yes"},
    {"count(stays) < 0", "no"},
    {"2 <= count(stays)", "(count(stays) >= 2)"},
    {"count(stays) in 1 .. 2", "((count(stays) >= 1) and (not (count(stays) >= 3)))"},
    {"last_stay.calm", "last_stay.calm"},
    {"last_stay.calm is known", "(last_stay.calm is known)"},
    {"day is unknown", "(not (day is known))"},
    {"maybe is not none and maybe < today", "(not (maybe is none))\n(maybe < today)"},
    {"(maybe is none or maybe < today)", "((maybe is none) or (maybe < today))"},
    {"maybe is not none implies maybe < today", "((not (not (maybe is none))) or (maybe < today))"},
    {"some s in stays has (s.ended is not none and s.ended < today)",
     "(some x1 in stays has ((not (x1.ended is none)) and (x1.ended < today)))"},
    {"kind = (plain when sure, otherwise deep)", "(kind = (plain when sure, otherwise wide.other.deep))"},
    {"q.other", "(q.other is yes)"},
    {"q.other = no", "(q.other is no)"},
    {"q.tint is wide.other", "((q.tint is wide.other.deep) or (q.tint is wide.other.deeper))"},
    {"q.step is at least middle", "(q.step is at least middle)"},
    {"q.tint is not covered", "(q.tint is not covered)"},
    {"q.other is judgement", "(q.other is judgement)"},
};

TEST(Check, LowersSugar) {
  for (const Sugar& test : kSugar) {
    SCOPED_TRACE(test.condition);
    Checked checked;
    CheckTexts(checked, {kVocabulary, RuleWhen(test.condition)}, {});
    ASSERT_TRUE(checked.policy.has_value()) << MessagesOf(checked);
    EXPECT_EQ(model::Verify(*checked.policy), std::vector<std::string>());
    std::string lowered;
    for (const model::Part& part : checked.policy->rules[0].parts) {
      lowered += (lowered.empty() ? "" : "\n") + model::PrintExpr(*checked.policy, part.condition);
    }
    EXPECT_EQ(lowered, test.lowered);
  }
}

// Quantifiers inside one another that come back to no list under the opposite one.
TEST(Check, AcceptsQuantifiersThatEnd) {
  for (const char* condition : {"some s in stays has (some t in stays has (t.admitted > s.admitted))",
                                "no s in stays has (some t in stays has (t.admitted > s.admitted))",
                                "every s in stays has (every t in stays has (t.admitted <= s.discharged))",
                                "some s in stays has (no d in days has (d > s.admitted))",
                                "some s in stays has (s.calm and (every t in stays has (not t.calm)))",
                                "(some s in stays has (no d in days has (d > s.admitted))) and (no s in stays has "
                                "(every d in days has (d > s.admitted)))",
                                "count(stays where (calm)) >= 2 and (every s in stays has (s.calm))"}) {
    Checked checked;
    CheckTexts(checked, {kVocabulary, RuleWhen(condition)}, {});
    EXPECT_TRUE(checked.policy.has_value()) << condition << "\n" << MessagesOf(checked);
  }
}

// A number alone is a year where a date or a time is given.
TEST(Check, ReadsAYearAsADate) {
  const char* text =
      "protocol p\n  output o : bool strictest\n  test \"x\"\n    today 2025-01-01\n"
      "    given day = 2019, moment = 2019, stays = [ { ended: 2018 } ], number = 2019\n    expect o is not covered\n";
  Checked checked;
  CheckTexts(checked, {kVocabulary, text}, {});
  ASSERT_TRUE(checked.policy.has_value()) << MessagesOf(checked);
  const std::vector<model::Given>& given = checked.policy->tests[0].setup.given;
  ASSERT_GE(given.size(), 4U);
  const auto value_of = [&](const std::string& fact) -> const model::GivenValue& {
    for (const model::Given& one : given) {
      if (checked.policy->facts[one.fact.index].name == fact) return one.value;
    }
    return given[0].value;
  };
  const auto expect_range = [](const model::GivenValue& value, std::int64_t first, std::int64_t last) {
    EXPECT_EQ(value.kind, model::GivenKind::kRange);
    EXPECT_EQ(value.first, first);
    EXPECT_EQ(value.last, last);
  };
  const auto days = calendar::ParseDateRange("2019-01-01/2019-12-31");
  const auto earlier = calendar::ParseDateRange("2018-01-01/2018-12-31");
  const auto minutes = calendar::ParseDatetimeRange("2019-01-01T00:00/2019-12-31T23:59");
  ASSERT_TRUE(days && earlier && minutes);
  expect_range(value_of("day"), days->first.days, days->last.days);
  expect_range(value_of("moment"), minutes->first.minutes, minutes->last.minutes);
  expect_range(value_of("stays").elements[0].fields[0].value[0], earlier->first.days, earlier->last.days);
  EXPECT_EQ(value_of("number").kind, model::GivenKind::kValue);
}

// ---- whole policies, by their dump

// The lines of the dump from the one that begins with `first`, up to the next line that is not deeper.
std::string DumpFrom(const model::Policy& policy, const std::string& first) {
  const std::string dump = model::Print(policy);
  std::size_t at = dump.find("\n" + first);
  if (at == std::string::npos) return "nothing";
  ++at;
  const std::size_t indent = first.find_first_not_of(' ');
  std::string lines;
  while (at < dump.size()) {
    const std::size_t end = dump.find('\n', at);
    const std::string line = dump.substr(at, end - at);
    if (!lines.empty() && line.find_first_not_of(' ') <= indent) break;
    lines += line.substr(indent) + "\n";
    at = end + 1;
  }
  return lines;
}

void ExpectDump(const char* text, const std::string& first, const std::string& expected) {
  Checked checked;
  CheckTexts(checked, {kVocabulary, text}, {});
  ASSERT_TRUE(checked.policy.has_value()) << MessagesOf(checked);
  EXPECT_EQ(DumpFrom(*checked.policy, first), expected);
}

TEST(Check, MakesEachRowARule) {
  const char* text = R"(protocol p
  output o : bool strictest
  table t first row wins in home cite guide "9.2, skema 2"
    interpretation T1 "Of the table."
    for each s in stays
    | row | s.length   | when    | s.kind    || o   | nurse: paint      |
    | 3a  | > 24 hours | s.calm  | in wides  || yes | silent            |
      interpretation R1 "Of the row."
    | 3b  | any        | any     | plain     || no  | must (red, 2)     |
    | 3c  | otherwise  | otherwise | otherwise || no | may (blue, two)  |
)";
  ExpectDump(text, "  row t.3a",
             "row t.3a\n"
             "  for each x1 in stays\n"
             "  cite \"Guide 7, 9.2, skema 2, 3a\"\n"
             "  interpretation R1\n"
             "  interpretation T1\n"
             "  interpretation S1\n"
             "  part `in home`\n    (setting in { flat, house })\n"
             "  part `s.length > 24 hours`\n    (24 hours < x1.length)\n"
             "  part `s.calm`\n    x1.calm\n"
             "  part `s.kind in wides`\n    (x1.kind in { narrow, deep, deeper })\n"
             "  then o = yes\n");
  ExpectDump(text, "  row t.3b",
             "row t.3b\n"
             "  for each x1 in stays\n"
             "  cite \"Guide 7, 9.2, skema 2, 3b\"\n"
             "  interpretation T1\n"
             "  part `in home`\n    (setting in { flat, house })\n"
             "  part `s.kind = plain`\n    (x1.kind in { plain })\n"
             "  part `no row above applies`\n"
             "    (not ((24 hours < x1.length) and x1.calm and (x1.kind in { narrow, deep, deeper })))\n"
             "  then o = no\n"
             "  then nurse must paint(red, 2)\n");
  ExpectDump(text, "  row t.3c",
             "row t.3c\n"
             "  for each x1 in stays\n"
             "  cite \"Guide 7, 9.2, skema 2, 3c\"\n"
             "  interpretation T1\n"
             "  part `in home`\n    (setting in { flat, house })\n"
             "  part `otherwise`\n"
             "    (not (((24 hours < x1.length) and x1.calm and (x1.kind in { narrow, deep, deeper })) or "
             "(x1.kind in { plain })))\n"
             "  then o = no\n"
             "  then nurse may paint(blue, 2)\n");
}

TEST(Check, KeepsPartsAsWritten) {
  ExpectDump(R"(protocol p about patient in home.flat, hospital
  output o : bool strictest default yes cite guide "0" means nurse should rest at admission
  rule r in home  for each s in stays  cite guide "1"
    quote da "ja"
    when s.calm
     and s.admitted   within
         the last look_back
    unless number > 3 and sure
    then o = judgement by nurse with doctor weighing questions decided in decided
    also doctor must not rest as far as possible before admission due by day to nurse
)",
             "protocol p",
             "protocol p about patient in hospital.inpatient, hospital.outpatient, home.flat\n"
             "  output o : bool strictest\n"
             "    default yes\n"
             "    cite \"Guide 7, 0\"\n"
             "    means nurse should rest at admission\n"
             "  rule r\n"
             "    for each x1 in stays\n"
             "    cite \"Guide 7, 1\"\n"
             "    interpretation P1\n"
             "    quote da \"ja\"\n"
             "    part `in home`\n      (setting in { flat, house })\n"
             "    part `s.calm`\n      x1.calm\n"
             "    part `s.admitted within the last look_back`\n"
             "      (((today - 6 months) <= x1.admitted) and (x1.admitted <= today))\n"
             "    part `unless number > 3 and sure`\n      (not ((3 < number) and sure))\n"
             "    then o = judgement by nurse with doctor weighing questions decided in decided\n"
             "    then doctor must not rest as far as possible before admission due by day to nurse\n");
}

TEST(Check, ResolvesOverrides) {
  const char* text = R"(protocol p
  output o : bool strictest
  table t cite guide "1"
    | row | sure || o   |
    | 1   | yes  || yes |
    | 2   | no   || no  |
  rule plain_rule cite guide "2" then o = yes
  rule of_duty cite guide "3" then nurse must rest
  rule all overrides every rule for o cite guide "4" then o = no
  rule one overrides every rule for o overrides all cite guide "5" then o = yes
  rule rows overrides t.1, of_duty cite guide "6" then o = yes
)";
  ExpectDump(text, "  rule all",
             "rule all\n  overrides t.1\n  overrides t.2\n  overrides plain_rule\n  overrides rows\n"
             "  cite \"Guide 7, 4\"\n  then o = no\n");
  ExpectDump(text, "  rule one",
             "rule one\n  overrides t.1\n  overrides t.2\n  overrides plain_rule\n  overrides all\n  overrides rows\n"
             "  cite \"Guide 7, 5\"\n  then o = yes\n");
  ExpectDump(text, "  rule rows",
             "rule rows\n  overrides t.1\n  overrides of_duty\n  cite \"Guide 7, 6\"\n  then o = yes\n");
}

TEST(Check, CompletesTests) {
  const char* text = R"(protocol p in home
  output o : bool strictest
  rule r cite guide "1" then o = yes
  example base
    today 2025-03-01
    given sure = yes, stays = [], day = 2019-09
  example more like base
    given sure = unknown, kind = wide, moment = 2024-02-29
  test "one" like more
    given setting = hospital.inpatient, number = not asked,
      stays = at least [ { calm: yes, ended: none, admitted: 2024 } ]
    expect o = yes because r, o is provisionally no needs sure, stays[1].calm
  cases c like base for one s in stays
    | case | today      | s.kind | s.calm  | sure || o              |
    | a    | 2025-04-01 | deep   | unknown | no   || unknown        |
    | b    | 2025-04-02 | wide   | yes     | yes  || provisionally no |
)";
  ExpectDump(text, "test \"one\"",
             "test \"one\" of p\n"
             "  today 2025-03-01\n"
             "  given sure = unknown\n"
             "  given stays = at least [{ calm: yes, ended: none, admitted: 2024-01-01T00:00 .. 2024-12-31T23:59 }]\n"
             "  given day = 2019-09-01 .. 2019-09-30\n"
             "  given kind = wide.narrow .. wide.other.deeper\n"
             "  given moment = 2024-02-29T00:00 .. 2024-02-29T23:59\n"
             "  given setting = hospital.inpatient\n"
             "  given number = not asked\n"
             "  expect o = yes because r\n"
             "  expect o is provisionally no needs sure, stays[1].calm\n");
  ExpectDump(text, "test \"c: b\"",
             "test \"c: b\" of p\n"
             "  case of c\n"
             "  today 2025-04-02\n"
             "  given sure = yes\n"
             "  given stays = [{ kind: wide.narrow .. wide.other.deeper, calm: yes }]\n"
             "  given day = 2019-09-01 .. 2019-09-30\n"
             "  given setting = home.flat\n"
             "  expect o is provisionally no\n");
}

TEST(Check, PutsParametersIntoTexts) {
  ExpectDump(R"(fact f : bool
  ask en "In the last {look_back}, {some_hours}?"
      da "Inden for de sidste {look_back}, {some_hours}?"
  interpretation F1 "A fact."
  cite guide ""
group g = f text en "{two} questions"
)",
             "fact f",
             "fact f : bool\n"
             "  ask en \"In the last 6 months, 36 hours?\"\n"
             "  ask da \"Inden for de sidste 6 måneder, 36 timer?\"\n"
             "  cite \"Guide 7\"\n"
             "  interpretation F1\n");
}

TEST(Check, PutsDefinitionsAfterWhatTheyUse) {
  Checked checked;
  CheckTexts(checked, {kVocabulary, "define a = b and c\ndefine b = kind in wides\ndefine c = not b\n"}, {});
  ASSERT_TRUE(checked.policy.has_value()) << MessagesOf(checked);
  std::string names;
  for (const model::Define& define : checked.policy->defines) names += define.name;
  EXPECT_EQ(names, "bca");
  EXPECT_EQ(checked.policy->defines[0].interpretations.size(), 1U);
}

TEST(Check, MakesTheSettingAFact) {
  Checked checked;
  CheckTexts(checked, {kVocabulary, "fact f : bool recorded\n"}, {});
  ASSERT_TRUE(checked.policy.has_value());
  EXPECT_EQ(checked.policy->facts.back().name, "setting");
  EXPECT_EQ(checked.policy->setting.index, checked.policy->facts.size() - 1);
}

TEST(Check, ChecksEveryStandardLibrary) {
  std::vector<std::string> libraries;
  std::string uses = "policy a version 1999-01-01\nuse ";
  for (const std::string& name : StandardLibraries()) {
    uses += (libraries.empty() ? "" : ", ") + name;
    libraries.emplace_back(*StandardLibrary(name));
  }
  Checked checked;
  CheckTexts(checked, {uses + "\ncategory Reader = one\n"}, libraries);
  EXPECT_TRUE(checked.policy.has_value()) << MessagesOf(checked);
  EXPECT_TRUE(checked.sink.diagnostics().empty()) << MessagesOf(checked);
}

}  // namespace
}  // namespace cordon::check
