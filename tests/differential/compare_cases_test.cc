// The diff of versions made up to be telling: records beyond the bound, a query that is too hard, the 24 hours.
#include <gtest/gtest.h>

#include "compared.h"
#include "random_policies.h"

namespace cordon {
namespace {

using analyse::CompareOptions;
using analyse::Verdict;
using testing::Compared;

// One list, and a protocol whose rules are `rules`.
std::string PolicyWith(const std::string& rules) {
  return "policy test.cases version 2025-01-01\n  title en \"cases\"\n  source s \"S\"\n\n"
         "record Stay\n  abroad : bool\n  long : bool\n  day : date\n  admitted : datetime\n  discharged : datetime\n"
         "  length = discharged - admitted\n  require discharged >= admitted\n\n"
         "fact stays : list of Stay cite s \"1\" ask en \"stays?\"\n"
         "fact asked : bool cite s \"1\" ask en \"asked?\"\n\n"
         "protocol p about patient\n\n  output screen : bool strictest\n    default no cite s \"1\"\n\n" +
         rules;
}

std::string RuleWhen(const std::string& name, const std::string& condition) {
  return "  rule " + name + " cite s \"1\"\n    when " + condition + "\n    then screen = yes\n\n";
}

std::unique_ptr<testing::Versions> BothOf(const std::string& old_rules, const std::string& new_rules) {
  auto versions = testing::BuildVersions(PolicyWith(old_rules), PolicyWith(new_rules));
  EXPECT_TRUE(versions->old_policy && versions->new_policy) << versions->problems;
  return versions;
}

CompareOptions WithRecords(int more) {
  CompareOptions options;
  options.more_records = more;
  return options;
}

// ---- how many records are enough

struct BoundCase {
  const char* name;
  const char* added;  // what NEW asks besides
  int fewer;          // with so many records fewer, the difference is not seen
};

class Bound : public ::testing::TestWithParam<BoundCase> {};

TEST_P(Bound, IsEnoughAndNoMoreThanItHasToBe) {
  const auto versions =
      BothOf(RuleWhen("asked", "asked"), RuleWhen("asked", "asked") + RuleWhen("more", GetParam().added));
  Compared exact(*versions);
  EXPECT_EQ(exact.Transitions(), std::vector<std::string>{"p.screen: no -> yes"});
  EXPECT_EQ(exact.diff().verdict, Verdict::kRefuted);
  Compared more(*versions, WithRecords(2));
  EXPECT_EQ(testing::InWords(exact.diff()), testing::InWords(more.diff()));
  Compared fewer(*versions, WithRecords(-GetParam().fewer));
  EXPECT_NE(testing::InWords(exact.diff()), testing::InWords(fewer.diff()));
}

INSTANTIATE_TEST_SUITE_P(
    Cases, Bound,
    ::testing::Values(
        BoundCase{"CountTo3", "count(stays) >= 3", 1},
        BoundCase{"TwoSorts",
                  "some x in stays has (x.abroad and not x.long) and some x in stays has (x.long and not x.abroad)", 1},
        BoundCase{"ThreeSorts",
                  "some x in stays has (x.abroad and not x.long) and some x in stays has (x.long and not x.abroad) and "
                  "some x in stays has (x.long and x.abroad)",
                  1},
        BoundCase{"TwoOfOneSortAndAnother", "count(stays where (abroad)) >= 2 and some x in stays has (not x.abroad)",
                  1},
        BoundCase{"ExactlyTwoAndAnother", "count(stays where (abroad)) = 2 and some x in stays has (not x.abroad)", 4},
        BoundCase{"TheLatestAndAnother",
                  "some x in latest stays by day has (x.long) and some x in stays has (not x.long)", 2}),
    [](const auto& bound) { return bound.param.name; });

TEST(Bound, MoreRecordsSayNothingElseOfRandomPairs) {
  for (unsigned seed = 1; seed <= 16; ++seed) {
    testing::Random random(seed);
    const std::string old_text = testing::RandomPolicy(random);
    const std::string new_text = testing::RandomPolicy(random);
    const auto versions = testing::BuildVersions(old_text, new_text);
    if (!versions->old_policy || !versions->new_policy) continue;
    SCOPED_TRACE("seed " + std::to_string(seed));
    Compared exact(*versions);
    Compared more(*versions, WithRecords(2));
    EXPECT_EQ(exact.Transitions(), more.Transitions()) << old_text << "\n----\n" << new_text;
    EXPECT_EQ(exact.diff().verdict, more.diff().verdict);
    if (HasFailure()) return;
  }
}

// ---- a query that is given up

// Nine numbers from 1 to 8, no two the same: there are none, which takes long to see.
std::string Pigeons() {
  std::string facts;
  std::string condition;
  const auto add = [&](const std::string& part) { condition += (condition.empty() ? "" : " and ") + part; };
  for (int i = 1; i <= 9; ++i) {
    const std::string name = "n" + std::to_string(i);
    facts += "fact " + name + " : int recorded cite s \"1\"\n";
    add(name + " >= 1");
    add(name + " <= 8");
    for (int j = 1; j < i; ++j) add("not (" + name + " = n" + std::to_string(j) + ")");
  }
  return "policy test.hard version 2025-01-01\n  title en \"hard\"\n  source s \"S\"\n\n" + facts +
         "fact asked : bool recorded cite s \"1\"\n\n"
         "protocol p about patient\n\n  output screen : bool strictest\n    default no cite s \"1\"\n\n" +
         RuleWhen("asked", "asked") + "  rule pigeons cite s \"1\"\n    when " + condition +
         "\n    then screen = yes\n\n";
}

TEST(TooHard, IsUndecidedAndNeverNoChange) {
  const std::string old_text = Pigeons();
  std::string new_text = old_text;
  new_text.resize(new_text.find("  rule pigeons"));
  const auto versions = testing::BuildVersions(old_text, new_text);
  ASSERT_TRUE(versions->old_policy && versions->new_policy) << versions->problems;
  CompareOptions options;
  options.effort = 300'000;
  Compared compared(*versions, options);
  EXPECT_EQ(compared.diff().verdict, Verdict::kUndecided);
  ASSERT_EQ(compared.diff().undecided.size(), 1U);
  EXPECT_EQ(compared.diff().undecided[0].query, "p.screen: yes -> no");
  EXPECT_TRUE(compared.diff().transitions.empty());
}

// Whatever the effort: what is proved and what is found does not change, it is only more often left open.
TEST(TooHard, LittleEffortOnlyLeavesMoreOpen) {
  const auto versions =
      BothOf(RuleWhen("asked", "asked"),
             RuleWhen("asked", "asked") + RuleWhen("more", "some x in stays has (x.day within the last 6 months)"));
  bool decided = false;
  for (const std::uint64_t effort : {1ULL, 100ULL, 1'000ULL, 10'000ULL, 100'000ULL, 10'000'000ULL}) {
    CompareOptions options;
    options.effort = effort;
    Compared compared(*versions, options);
    EXPECT_NE(compared.diff().verdict, Verdict::kProved);
    for (const analyse::Transition& transition : compared.diff().transitions)
      EXPECT_TRUE(transition.complete || !compared.diff().undecided.empty());
    decided = compared.diff().verdict == Verdict::kRefuted && compared.diff().undecided.empty();
  }
  EXPECT_TRUE(decided);
}

// ---- 24 hours

// Skema 2 has a row for stays of over 24 hours and one for invasive procedures in under 24 hours.
TEST(TwentyFourHours, IsTheOnlyGapThatAtLeastCloses) {
  const std::string row_c = RuleWhen("c", "some x in stays has (x.length < 24 hours and x.abroad)");
  const auto versions = BothOf(RuleWhen("a", "some x in stays has (x.length > 24 hours)") + row_c,
                               RuleWhen("a", "some x in stays has (x.length >= 24 hours)") + row_c);
  Compared compared(*versions);
  EXPECT_EQ(compared.Transitions(), std::vector<std::string>{"p.screen: no -> yes"});
  ASSERT_EQ(compared.diff().transitions.size(), 1U);
  EXPECT_TRUE(compared.diff().transitions[0].complete);
  ASSERT_EQ(compared.diff().transitions[0].regions.size(), 1U) << testing::InWords(compared.diff());
  const analyse::PairedAspect& screen = compared.protocols()[0].aspects[0];
  const symbolic::Frame& frame = compared.comparison().frame;
  const symbolic::ListShape& stays = frame.lists[0];
  const auto field = [&](const std::string& path) {
    std::size_t i = 0;
    while (stays.fields[i].path != path) ++i;
    return i;
  };
  for (std::int64_t minutes = 0; minutes < 3000; ++minutes) {
    for (std::int64_t start : {0, 1, 719, 1439}) {
      symbolic::Patient patient = symbolic::PlainPatient(frame);
      symbolic::Record record(stays.fields.size(), 0);
      record[field("stays.admitted time")] = start;
      record[field("stays.discharged")] = (start + minutes) / 1440;
      record[field("stays.discharged time")] = (start + minutes) % 1440;
      patient.lists[0].push_back(record);
      EXPECT_EQ(compared.Check(screen, patient).has_value(), minutes == 1440) << minutes;
    }
  }
  const analyse::Region& region = compared.diff().transitions[0].regions[0];
  std::string facts;
  for (const auto& [name, value] : region.example.facts) facts += name + "=" + value + ";";
  EXPECT_EQ(region.example.old_answer, "no");
  EXPECT_EQ(region.example.new_answer, "yes");
  EXPECT_NE((facts + region.example.test).find("stays"), std::string::npos);
}

}  // namespace
}  // namespace cordon
