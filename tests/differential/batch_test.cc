// The batch engine, the reader of columns and the reference, on every protocol of the repository and on policies of
// chance.
//
// Compared, in each run: over 100,000 subjects by status and answer of every output, and some thousands of them by all
// that is concluded, word for word (batch_agreement.h). They are drawn at what conditions turn on (random_subjects.h);
// half of the blocks leave nothing unknown, most others a little, the rest much. Nothing is left out because it was
// seen before. CORDON_SUBJECTS_TO_TRY in the environment sets how many are compared altogether, as in
// `CORDON_SUBJECTS_TO_TRY=10000000 build/release/bin/cordon_unit_tests --gtest_filter='Batch*'`.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <map>
#include <set>
#include <sstream>

#include "batch_trial.h"
#include "cli/disk.h"
#include "cli/load.h"
#include "diagnostics/render.h"
#include "evaluate/reference.h"
#include "random_subjects.h"
#include "shrink.h"
#include "wide_policies.h"

namespace cordon {
namespace {

namespace fs = std::filesystem;

using testing::Gaps;
using testing::Plan;
using testing::Random;
using testing::Tally;

constexpr std::size_t kSubjects = 100'000;
// Of each protocol of a policy; of one that reads another in a different way; of each protocol of chance.
constexpr Plan kOfPolicy{150, 10};
constexpr Plan kOfReading{40, 2};
constexpr Plan kOfChance{70, 3};
constexpr unsigned kPoliciesOfChance = 150;

// How many times as many are tried as usual.
double Times() {
  const char* wanted = std::getenv("CORDON_SUBJECTS_TO_TRY");
  return wanted == nullptr ? 1.0 : std::strtod(wanted, nullptr) / static_cast<double>(kSubjects);
}
Plan Scaled(const Plan& plan) {
  const auto scale = [](std::size_t n) {
    return std::max<std::size_t>(1, static_cast<std::size_t>(static_cast<double>(n) * Times()));
  };
  return {scale(plan.answers), scale(plan.everything)};
}

std::optional<model::Policy> Load(const std::string& name) {
  const cli::Disk disk;
  std::istringstream in;
  std::ostringstream out;
  const cli::Environment environment{
      disk, in, out, out, false, CORDON_SOURCE_DIR "/policies", *calendar::MakeDate(2025, 3, 1)};
  diagnostics::Sources sources;
  diagnostics::Sink sink;
  auto policy = cli::LoadPolicy(environment, {name, environment.policies_root, environment.today}, sources, sink);
  EXPECT_TRUE(policy.has_value()) << diagnostics::RenderAll(sink, sources, diagnostics::Colour::kNever);
  return policy;
}

// Every version's folder.
std::set<std::string> AllVersions() {
  std::set<std::string> folders;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(CORDON_SOURCE_DIR "/policies")) {
    if (entry.path().extension() == ".cordon") folders.insert(entry.path().parent_path().string());
  }
  return folders;
}

void Show(const Tally& tally) {
  std::printf(
      "%zu subjects by their answers, %zu by everything; %zu had no completion, %zu were left out; %zu open outputs\n",
      tally.answers, tally.everything, tally.infeasible, tally.left_out, tally.open);
}

TEST(BatchAgainstReference, EveryProtocolOfTheRepository) {
  Tally tally;
  unsigned seed = testing::kFirstSeed;
  for (const std::string& folder : AllVersions()) {
    const auto policy = Load(folder);
    ASSERT_TRUE(policy.has_value()) << folder;
    const bool reading = folder.find("_readings/") != std::string::npos;
    for (std::size_t i = 0; i < policy->protocols.size(); ++i, ++seed) {
      const auto found =
          testing::TryProtocol(*policy, model::ProtocolId(i), seed, Scaled(reading ? kOfReading : kOfPolicy), tally);
      ASSERT_FALSE(found) << testing::Report(*policy, model::ProtocolId(i), folder, seed, *found);
    }
  }
  Show(tally);
}

TEST(BatchAgainstReference, PoliciesOfChance) {
  Tally tally;
  unsigned refused = 0;
  for (unsigned seed = testing::kFirstSeed; seed < testing::kFirstSeed + kPoliciesOfChance; ++seed) {
    Random random(seed);
    const std::string text = testing::WidePolicy(random);
    std::string problems;
    const auto policy = testing::BuildWide(text, problems);
    refused += policy ? 0 : 1;
    EXPECT_TRUE(policy || refused < kPoliciesOfChance / 10) << problems;
    for (std::size_t i = 0; policy && i < policy->protocols.size(); ++i) {
      const model::ProtocolId protocol(i);
      const auto found = testing::TryProtocol(*policy, protocol, seed, Scaled(kOfChance), tally);
      ASSERT_FALSE(found) << testing::Report(*policy, protocol, "random.cordon", seed, *found) << "---- random.cordon\n"
                          << testing::ShrinkPolicy(text, *policy, protocol, *found);
    }
  }
  Show(tally);
}

// ---- the subjects are worth comparing

// How often each rule applied, did not, and was open.
struct Shares {
  std::size_t yes = 0;
  std::size_t no = 0;
  std::size_t open = 0;
};

std::map<std::string, Shares> SharesOf(const model::Policy& policy, model::ProtocolId protocol, Gaps gaps,
                                       unsigned count) {
  const testing::SubjectMaker maker(policy, protocol, std::vector<bool>(policy.facts.size(), true));
  Random random(testing::kFirstSeed);
  std::map<std::string, Shares> shares;
  for (const facts::Subject& subject : maker.MakeMany(random, gaps, count)) {
    evaluate::World world;
    const std::vector<evaluate::View> views{MakeView(policy, subject, world, 0, nullptr, nullptr, nullptr)};
    const evaluate::DutyTable none;
    const evaluate::Context context{policy, protocol, subject.as_of, none, maker.reads_facts()};
    evaluate::Reference reference(context, world, views);
    for (const model::RuleId rule : policy.protocols[protocol.index].rules) {
      const value::Truth truth = reference.Applies(rule, 0).truth;
      Shares& of = shares[policy.rules[rule.index].name];
      ++(truth == value::Truth::kTrue ? of.yes : truth == value::Truth::kFalse ? of.no : of.open);
    }
  }
  return shares;
}

TEST(RandomSubjects, MakeEachRuleOfAdmissionApplyAndNotAndLeaveItOpen) {
  const auto policy = Load("dk.cpo@2018-09-04");
  ASSERT_TRUE(policy.has_value());
  std::size_t admission = 0;
  while (policy->protocols[admission].name != "admission") ++admission;
  constexpr unsigned kCount = 2000;
  for (const auto& [rule, shares] : SharesOf(*policy, model::ProtocolId(admission), Gaps::kNone, kCount)) {
    EXPECT_GE(shares.yes, kCount / 200) << rule;
    EXPECT_GE(shares.no, kCount / 10) << rule;
    EXPECT_EQ(shares.open, 0U) << rule;
  }
  for (const auto& [rule, shares] : SharesOf(*policy, model::ProtocolId(admission), Gaps::kMany, kCount))
    EXPECT_GE(shares.open, kCount / 20) << rule;
}

// ---- what is found is made small

const char* const kShrunkPolicy = R"(policy test.shrink version 1
  source s "S"

record Stay
  nights : int
  left   : date
  ward   : bool

fact carrier : bool recorded cite s "1"
fact fever   : bool recorded cite s "1"
fact stays   : list of Stay recorded cite s "1"

protocol visit
  output screen : bool strictest
    default no cite s "1"

  rule carriers cite s "1"
    when carrier
    then screen = yes

  rule stayed cite s "1"
    when some stay in stays has (stay.nights > 3 and stay.ward)
    then screen = yes
)";

TEST(Shrink, LeavesOfASubjectWhatADifferenceHangsOn) {
  std::string problems;
  const auto policy = testing::BuildWide(kShrunkPolicy, problems);
  ASSERT_TRUE(policy.has_value()) << problems;
  const testing::SubjectMaker maker(*policy, model::ProtocolId(0), {true, true, true});
  // As if an engine were wrong about stays of over 100 nights where it is not learnt whether there was fever.
  const auto differs = [](const facts::Subject& subject) {
    if (subject.facts[1].state == facts::CellState::kKnown) return false;
    for (const facts::Cell& stay : subject.facts[2].children) {
      if (stay.state == facts::CellState::kRecord && stay.children[0].value.number > 100) return true;
    }
    return false;
  };
  Random random(testing::kFirstSeed);
  unsigned found = 0;
  for (unsigned n = 0; n < 20'000 && found < 5; ++n) {
    const facts::Subject subject = maker.Make(random, Gaps::kMany);
    if (!differs(subject)) continue;
    ++found;
    facts::Subject smaller = testing::ShrinkSubject(*policy, subject, differs);
    smaller.as_of.date = *calendar::ParseDate("2025-03-01");
    EXPECT_EQ(testing::DocumentLine(*policy, smaller),
              R"({"as_of": "2025-03-01","facts": {"stays": [{"nights": 101}]}})");
  }
  EXPECT_EQ(found, 5U);
}

TEST(Shrink, LeavesOfAPolicyWhatADifferenceHangsOn) {
  const std::string text = testing::ShrinkText(kShrunkPolicy, [](const std::string& shorter) {
    std::string problems;
    return testing::BuildWide(shorter, problems) && shorter.find("stay.nights > 3") != std::string::npos;
  });
  EXPECT_EQ(text, R"(policy test.shrink version 1
  source s "S"
record Stay
  nights : int
  ward   : bool
fact stays   : list of Stay recorded cite s "1"
protocol visit
  output screen : bool strictest
  rule stayed cite s "1"
    when some stay in stays has (stay.nights > 3 and stay.ward)
    then screen = yes
)");
}

}  // namespace
}  // namespace cordon
