// Every spelling that the language promises, alone: each is read without a word of complaint, and says what it should.
//
// A row is a text and a line that its dump must hold. What the parts mean together is in tests/golden/ast.
#include <gtest/gtest.h>

#include <string>

#include "parse_texts.h"
#include "syntax/check_prediction.h"
#include "syntax/print.h"

namespace cordon::syntax {
namespace {

struct Spelling {
  const char* name;
  std::string text;
  std::string dumped;
};

void PrintTo(const Spelling& spelling, std::ostream* out) { *out << spelling.name; }

std::string Duty(const std::string& qualifiers) {
  return "protocol p\n  rule r\n    when a\n    then ward must test" + qualifiers + "\n";
}
std::string Rule(const std::string& clauses) { return "protocol p\n  rule r " + clauses + "\n"; }
std::string Header(const std::string& line) { return "policy dk.cpo version 2025-07-01\n" + line + "\n"; }
std::string Table(const std::string& heading, const std::string& row) {
  return "protocol p\n  table t\n    | row | " + heading + " |\n    | 1 | " + row + " |\n";
}

const Spelling kSpellings[] = {
    // Duties.
    {"Possible", Duty(" as far as possible"), "duty ward must test as far as possible"},
    {"At", Duty(" at admission"), "duty ward must test at admission"},
    {"Before", Duty(" before admission"), "duty ward must test before admission"},
    {"After", Duty(" after admission"), "duty ward must test after admission"},
    {"During", Duty(" during admission"), "duty ward must test during admission"},
    {"Quoted", Duty(" \"without delay\""), "timing \"without delay\""},
    {"DueBy", Duty(" due by planned"), "due by\n        name planned"},
    {"DueByADay", Duty(" due by 2025-01-01"), "due by\n        literal 2025-01-01"},
    {"DueAfter", Duty(" due 3 days after admitted"),
     "due\n        literal 3 days\n        after\n          name admitted"},
    {"Every", Duty(" every 1 week"), "every\n        literal 1 week"},
    {"EveryAfter", Duty(" every 1 week after relaxed_on"),
     "every\n        literal 1 week\n        after\n          name relaxed_on"},
    {"Until", Duty(" until new_cases = 0"), "until\n        compare ="},
    {"UntilInBrackets", Duty(" until (new_cases = 0) to ssi"), "duty ward must test to ssi"},
    {"With", Duty(" with a, b"), "duty ward must test with a, b"},
    {"Except", Duty(" except \"a medical test\""), "except \"a medical test\""},
    {"To", Duty(" to ssi, unit"), "duty ward must test to ssi, unit"},
    {"AnyOrder",
     Duty(" to ssi except \"x\" with a every 7 days due by today + 1 day \"soon\" at admission as far as possible "
          "until b"),
     "duty ward must test as far as possible at admission with a to ssi"},
    {"OnFurtherLines", Duty("\n      every 1 week after relaxed_on\n      until relax = no\n    also a may leave"),
     "duty a may leave"},
    {"Arguments", Duty("(p.id, 2)"), "argument\n        name p.id"},
    {"Each", Duty("(each site in earlier_sites)"), "argument\n        each site"},
    {"EachWhere", Duty("(each site in sites where (positive))"), "each site\n          where"},
    {"EachInATable", Table("when || ward: take", "always_so || must (each site in earlier_sites)"), "each site"},
    {"DutyCells", Table("a || ward: take | b: c", "yes || must (wound) | must"), "concludes must\n          argument"},
    {"SilentCell", Table("a || x | y", "any || silent | judgement by w"), "concludes silent"},
    {"Cells",
     Table("a | b | c | d | e || x", "> 24 hours | in nordic | 2..5 | within the last 3 days | otherwise || no"),
     "cell otherwise"},
    {"CellWithList", Table("latest xs by sampled || x", "is none || no"), "latest"},
    // Conclusions and rules.
    {"ExactlyNone", Rule("then placement exactly none"), "then placement exactly"},
    {"ExactlyJudgement", Rule("then placement exactly judgement by a"), "judgement by a"},
    {"AlsoExactly", Rule("then a = yes also placement exactly none"), "then placement exactly"},
    {"Drops", Rule("overrides ask_everybody drops ask\n    when a"), "drops ask"},
    {"DropsSeveral", Rule("overrides x drops ask, screen, p.q"), "drops ask, screen, p.q"},
    {"DropsAfterItsConditions", Rule("overrides x\n    when a\n    unless b\n    drops ask"), "drops ask"},
    {"DropsAndConcludes", Rule("overrides x drops ask\n    when a\n    then b = yes"), "then b"},
    // Definitions, sums, lists.
    {"DefineWithParameter", "define recent(day : date) = day within the last look_back\n", "parameter day : date"},
    {"Call", "define a = recent(stay.discharged)\n", "call recent"},
    {"CallOfAnotherProtocol", "define a = p.recent(x, 2 days)\n", "call p.recent"},
    {"NumberTimes", "define a = 2 * b\n", "multiply\n    literal 2\n    name b"},
    {"TimesNumber", "define a = b * 2\n", "multiply\n    name b\n    literal 2"},
    {"LatestByField", "define a = latest xs by sampled\n", "latest\n    name xs\n    name sampled"},
    {"EarliestOfBrackets", "define a = earliest (xs where (ok)) by sampled\n", "earliest\n    where"},
    {"LatestInQuantifier", "define a = some t in latest xs by sampled has (t.ok)\n", "some t\n    latest"},
    {"CountOfLatest", "define a = count(latest xs by sampled) = 1\n", "count"},
    {"ForEachLatest", Rule("for each t in latest xs by sampled then a = yes"), "for each t\n      latest"},
    // Releases and claims.
    {"Release", "protocol p\n  release o to driver as en \"x\" da \"y\" because \"r\" cite s \"1\"\n",
     "release o to driver"},
    {"ReleaseOnLines",
     "protocol p\n  release o to driver, crew\n    as en \"x\"\n    because \"r\"\n    cite s \"1\"\n",
     "release o to driver, crew"},
    {"Claim", "claim conforms\n", "claim conforms\n"},
    {"ClaimExactly", "claim conforms exactly because \"b\" cite s \"1\"\n", "claim conforms exactly"},
    // Headers.
    {"Revises", Header("  revises 2018-09-04"), "revises \"2018-09-04\""},
    {"Adapts", Header("  adapts uk.phe.cpe version 2013-12"), "adapts uk.phe.cpe version \"2013-12\""},
    {"TextUnavailable", Header("  adapts uk.phe.cpe version 2013-12  text unavailable because \"b\""),
     "text unavailable because \"b\""},
    {"RevisesUpon", Header("  revises 1 upon dk.cpo version 2025-07-01"),
     "revises \"1\" upon dk.cpo version \"2025-07-01\""},
    {"RevisesInOneLine", "policy dk.cpo version 2 revises 1\n  title en \"t\"\n", "revises \"1\""},
    // Changes.
    {"ChangeParam", "change look_back: 6 months -> 12 months because \"b\"\n", "to\n    literal 1 year"},
    {"ChangeOutputCell", "change admission.skema_2.3c.isolate_until_result: no -> yes because \"b\"\n",
     "change admission.skema_2.3c.isolate_until_result"},
    {"ChangeInputCell", "change admission.skema_2.3c.stay.length: > 24 hours -> >= 24 hours because \"b\"\n",
     "compare >=\n      its column"},
    {"ChangeSet", "change nordic: {DK, SE} -> {DK, SE, NO} because \"b\"\n", "name NO"},
    {"ChangeToAny", "change a.b.1.c: yes -> any because \"b\"\n", "to\n    any"},
    {"ChangeToOtherwise", "change a.b.1.c: any -> otherwise because \"b\"\n", "to\n    otherwise"},
    {"ChangeToSilent", "change a.b.1.c: yes -> silent because \"b\"\n", "to\n    silent"},
    {"ChangeToRange", "change a.b.1.c: 2..5 -> 3..5 because \"b\"\n", "range\n      its column\n      literal 3"},
    {"ChangeIsCell", "change a.b.1.c: is leicestershire -> is not uk because \"b\"\n", "is not uk"},
    {"ChangeDutyCell", "change a.b.1.ward: must (wound) -> should because \"b\"\n", "to\n    should"},
    {"ChangeEachCell", "change a.b.1.ward: must (wound) -> must (each x in xs) because \"b\"\n", "each x"},
    {"ChangeJudgement", "change a.b.1.c: yes -> judgement by ward with unit weighing g decided in f because \"b\"\n",
     "judgement by ward with unit weighing g decided in f"},
    {"ChangeDefault", "change admission.screen.default: no -> yes because \"b\"\n", "change admission.screen.default"},
    {"ChangeWhen", "change admission.r.when: a and b -> a because \"b\"\n", "change admission.r.when"},
    {"ChangeUnless", "change admission.r.unless: a -> some x in xs has (x.a) because \"b\"\n", "some x"},
    {"ChangeDefinition", "change day: today -> a when b, otherwise today because \"b\"\n", "to\n    conditional"},
    {"ChangeText", "change hospital_stays.ask: da \"a\" -> da \"b\" because \"b\"\n", "text da \"b\""},
    {"ChangeTexts", "change xs.ask: en \"a\" no \"b\" -> en \"a\" no \"c\" because \"b\"\n", "text no \"c\""},
    {"ChangeWithArrowSign", "change p: 1 → 2 because \"b\"\n", "literal 2"},
    {"ChangeReasonOnLines", "change p: 1 -> 2\n  cite s \"1\"\n  because \"b\"\n  cite s \"2\"\n", "cite s \"2\""},
    {"ChangeOverLines", "change p:\n  1 -> 2\n  because \"b\"\n", "literal 2"},
    {"ChangeRow",
     "change row a.t.3d\n  | row | x || y |\n  | 3d | < 24 hours || yes |\n  because \"b\"  cite s \"3\"\n",
     "change row a.t.3d"},
    {"ChangeRowReasonFirst", "change row a.t.3d because \"b\"\n  | row | x || y |\n  | 3d | any || yes |\n",
     "because \"b\""},
    {"AddDeclarations", "add because \"b\"\n  fact x : bool recorded\n  role nurse en \"nurse\"\n", "role nurse"},
    {"AddProtocol", "add because \"b\"\n  protocol q about ward\n    rule r\n      then x = yes\n",
     "protocol q about ward"},
    {"AddStatements", "add to admission because \"b\"\n  rule r\n    then x = yes\n  define d = x\n", "define d"},
    {"AddRows", "add to admission.t because \"b\"\n  | row | x || y |\n  | 9 | any || yes |\n", "row 9"},
    {"AddFields", "add to HospitalStay because \"b\"\n  ward : text\n  days = to - from\n", "field ward : text"},
    {"AddFieldsAndReason", "add to HospitalStay\n  ward : text\n  because \"b\"\n", "field ward : text"},
    {"AddSymbols", "add to Organism because \"b\"\n  c_auris en \"C. auris\", other (x, y)\n", "symbol c_auris"},
    {"AddToSet", "add to nordic because \"b\"\n  DE, NL\n", "symbol NL"},
    {"AddToGroup", "add to skema_1a because \"b\"\n  fever\n", "symbol fever"},
    {"ReplaceDeclaration", "replace because \"b\"\n  fact g : int\n", "replace\n  fact g : int"},
    {"ReplaceStatement", "replace in admission because \"b\"\n  rule r\n    then x = no\n",
     "replace admission\n  rule r"},
    {"ReplaceField", "replace in HospitalStay because \"b\"\n  id : int\n", "field id : int"},
    {"ReplaceRow", "replace in a.t because \"b\"\n  | row | x || y |\n  | 9 | any || yes |\n", "row 9"},
    {"RemoveRule", "remove admission.accompanying_relative because \"b\"\n", "remove admission.accompanying_relative"},
    {"RemoveRow", "remove admission.skema_2.3c because \"b\"\n", "remove admission.skema_2.3c"},
    {"RemoveTest", "remove admission.test \"a b\" because \"b\"\n", "remove admission.test \"a b\""},
    {"RemoveFact", "remove fever because \"b\" cite s \"1\"\n", "remove fever"},
    {"RemoveInterpretation", "remove admission.r.A48 because \"b\"\n", "remove admission.r.A48"},
    {"RemoveSymbol", "remove Organism.e_coli because \"b\"\n", "remove Organism.e_coli"},
    {"RemoveField", "remove HospitalStay.length because \"b\"\n", "remove HospitalStay.length"},
    {"Rename", "rename admission.old to new because \"b\"\n", "rename admission.old to new"},
};

class SpellingTest : public testing::TestWithParam<Spelling> {};

TEST_P(SpellingTest, IsRead) {
  const Parsed parsed = Read(GetParam().text);
  ASSERT_TRUE(parsed.sink.diagnostics().empty()) << GetParam().text << parsed.sink.diagnostics().front().message;
  const std::string dump = Print(parsed.file);
  EXPECT_NE(dump.find(GetParam().dumped), std::string::npos) << dump;
}

TEST_P(SpellingTest, LeavesNoChoice) {
  diagnostics::Sources sources;
  const auto source = sources.Add("test.cordon", GetParam().text);
  EXPECT_EQ(FindPredictionConflicts(sources, source), std::vector<std::string>());
}

INSTANTIATE_TEST_SUITE_P(Parse, SpellingTest, testing::ValuesIn(kSpellings),
                         [](const testing::TestParamInfo<Spelling>& info) { return info.param.name; });

}  // namespace
}  // namespace cordon::syntax
