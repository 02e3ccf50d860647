// Mutants held against tests: which are noticed, whatever the number of threads, what is asked of an equivalence check,
// and how its verdicts are told.
#include "cli/mutant_runs.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "check_texts.h"
#include "cli/test_runs.h"
#include "report/mutants_report.h"

namespace cordon::cli {
namespace {

using analyse::Mutant;
using analyse::Verdict;

constexpr const char* kPolicy = R"(policy t.runs version 2025-01-01
  title  en "Runs"
  source book "The ward's book"
fact age   : int   recorded  cite book "1"
fact fever : bool  recorded  cite book "1"
protocol arrival
  output screen : bool strictest
    default no  cite book "2"
  rule hot  cite book "2"
    when fever and age >= 18
    then screen = yes
  rule old  cite book "2"
    when age > 80
    then screen = yes
  test "hot"   given age = 40, fever = yes  expect screen = yes
  test "cold"  given age = 40, fever = no   expect screen = no
  test "old"   given age = 81, fever = no   expect screen = yes
protocol departure
  output seen : bool strictest
    default no  cite book "3"
  rule others  cite book "3"
    when arrival.screen
    then seen = yes
  test "seen"  given age = 40, fever = yes  expect seen = yes
)";

class MutantRuns : public testing::Test {
 protected:
  void SetUp() override {
    check::CheckTexts(checked_, {kPolicy}, {});
    ASSERT_TRUE(checked_.policy) << check::MessagesOf(checked_);
    mutants_ = analyse::ListMutants(*checked_.policy, checked_.sources);
    ASSERT_GT(mutants_.size(), 20U);
  }

  std::vector<report::MutantRun> Run(std::size_t num_threads, const analyse::EquivalenceCheck& check = {}) const {
    return RunMutants(*checked_.policy, mutants_, num_threads, check);
  }
  std::string Text(const std::vector<report::MutantRun>& runs) const {
    return report::MutantsText(*checked_.policy, checked_.sources, {runs, runs.size()});
  }
  const report::MutantRun& Find(const std::vector<report::MutantRun>& runs, const std::string& new_text) const {
    return *std::find_if(runs.begin(), runs.end(),
                         [&](const report::MutantRun& run) { return run.mutant->new_text == new_text; });
  }

  check::Checked checked_;
  std::vector<Mutant> mutants_;
};

TEST_F(MutantRuns, NoticeWhatATestShowsAndNothingElse) {
  const std::vector<report::MutantRun> runs = Run(1);
  ASSERT_NE(Find(runs, "age > 81").noticed_by, nullptr);
  EXPECT_EQ(Find(runs, "age > 81").noticed_by->name, "old");
  EXPECT_EQ(Find(runs, "age > 79").noticed_by, nullptr);
  EXPECT_EQ(Find(runs, "age >= 17").noticed_by, nullptr);
  EXPECT_NE(Find(runs, "fever or age >= 18").mutant, nullptr);
}

TEST_F(MutantRuns, AreTheSameForAnyNumberOfThreads) {
  const std::vector<report::MutantRun> one = Run(1);
  for (const std::size_t num_threads : {2U, 5U, 64U}) {
    const std::vector<report::MutantRun> many = Run(num_threads);
    ASSERT_EQ(many.size(), one.size());
    for (std::size_t i = 0; i < one.size(); ++i) {
      EXPECT_EQ(many[i].mutant, one[i].mutant);
      EXPECT_EQ(many[i].noticed_by, one[i].noticed_by) << one[i].mutant->id;
    }
  }
}

// Every mutant, held against every test of the policy without a choice among them.
TEST_F(MutantRuns, LeaveOutNoTestThatWouldNotice) {
  for (const report::MutantRun& run : Run(1)) {
    const model::Policy changed = analyse::Apply(*checked_.policy, *run.mutant);
    const bool noticed = std::any_of(changed.tests.begin(), changed.tests.end(), [&](const model::Test& test) {
      return !RunOneTest(changed, test, Watch::kResult).failures.empty();
    });
    EXPECT_EQ(run.noticed_by != nullptr, noticed) << run.mutant->id;
  }
}

TEST_F(MutantRuns, AskForEquivalenceOfSurvivorsAlone) {
  std::size_t num_asked = 0;
  const std::vector<report::MutantRun> runs = Run(3, [&](const model::Policy& original, const model::Policy& mutant) {
    EXPECT_EQ(&original, &*checked_.policy);
    EXPECT_EQ(mutant.tests.size(), original.tests.size());
    ++num_asked;
    return Verdict::kProved;
  });
  for (const report::MutantRun& run : runs) EXPECT_EQ(run.equivalent.has_value(), run.noticed_by == nullptr);
  const auto num_survivors = static_cast<std::size_t>(
      std::count_if(runs.begin(), runs.end(), [](const auto& run) { return run.noticed_by == nullptr; }));
  EXPECT_EQ(num_asked, num_survivors);
  EXPECT_NE(Text(runs).find("that differ; " + std::to_string(num_survivors) + " are equivalent\n"), std::string::npos)
      << Text(runs);
  EXPECT_EQ(Text(runs).find("no test notices"), std::string::npos);
}

TEST_F(MutantRuns, AreToldByVerdict) {
  std::vector<report::MutantRun> runs = Run(1);
  runs.erase(std::remove_if(runs.begin(), runs.end(), [](const auto& run) { return run.noticed_by != nullptr; }),
             runs.end());
  ASSERT_GE(runs.size(), 3U);
  runs.resize(3);
  runs[0].equivalent = Verdict::kProved;
  runs[1].equivalent = Verdict::kRefuted;
  runs[2].equivalent = Verdict::kUndecided;
  const std::string text = Text(runs);
  EXPECT_NE(text.find("noticed 0 of 1 that differ; 1 is equivalent; of 1 more it is undecided whether they do\n"),
            std::string::npos)
      << text;
  EXPECT_EQ(text.find(runs[0].mutant->id), std::string::npos);
  EXPECT_NE(text.find(runs[1].mutant->id), std::string::npos);
  EXPECT_NE(text.find("no test notices: write one in which the two differ\n"), std::string::npos);
  EXPECT_NE(text.find("no test notices; whether any patient is treated differently is undecided\n"), std::string::npos);
  const report::MutantsCount count = report::CountMutants({runs, runs.size()});
  EXPECT_EQ(count.equivalent, 1U);
  EXPECT_EQ(count.survived, 1U);
  EXPECT_EQ(count.undecided, 1U);
}

}  // namespace
}  // namespace cordon::cli
