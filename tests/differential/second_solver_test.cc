// A second solver, cvc5, asked what the first was asked: the scripts that --emit-smt2 writes, run as anybody can.
//
// What was answered `unsat` is what proofs rest on: each has to be answered so again. What the second solver does not
// know, or takes too long over, is counted, and has to stay rare. Left out where cvc5 is not installed.
#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>

#include "child_process.h"
#include "compared.h"
#include "random_policies.h"

namespace cordon {
namespace {

constexpr std::chrono::milliseconds kLimit{5000};
constexpr std::size_t kMostProofs = 24;   // of one comparison
constexpr std::size_t kMostPatients = 4;  // queries that have a patient, of one comparison

struct Query {
  std::string name;
  std::string script;
  std::string status;
};

std::string StatusOf(const std::string& script) {
  const std::string key = "(set-info :status ";
  const std::size_t begin = script.find(key) + key.size();
  return script.substr(begin, script.find(')', begin) - begin);
}

class SecondSolver : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!testing::IsInstalled("cvc5")) GTEST_SKIP() << "cvc5 is not installed: `apt-get install cvc5`";
    file_ = std::filesystem::temp_directory_path() / ("cordon-query-" + std::to_string(getpid()) + ".smt2");
  }
  void TearDown() override {
    if (!file_.empty()) std::filesystem::remove(file_);
  }

  // Every comparison's queries, evenly taken where there are many.
  void Ask(const testing::Versions& versions, const std::string& protocol) {
    std::vector<Query> proofs;
    std::vector<Query> patients;
    analyse::CompareOptions options;
    options.protocol = protocol;
    options.log = [&](const std::string& name, const std::string& script) {
      const std::string status = StatusOf(script);
      if (status == "unsat") proofs.push_back({name, script, status});
      if (status == "sat") patients.push_back({name, script, status});
    };
    testing::Compared compared(versions, options);
    Again(proofs, kMostProofs);
    Again(patients, kMostPatients);
  }

  void Again(const std::vector<Query>& queries, std::size_t most) {
    const std::size_t step = std::max<std::size_t>(1, queries.size() / most);
    for (std::size_t i = 0; i < queries.size(); i += step) {
      std::ofstream(file_) << queries[i].script;
      const auto answer = testing::FirstWordOf({"cvc5", "--lang", "smt2", file_.string()}, kLimit);
      ++asked_;
      if (!answer || *answer == "unknown") {
        ++left_open_;
        continue;
      }
      EXPECT_EQ(*answer, queries[i].status) << queries[i].name << "\n" << queries[i].script.substr(0, 4000);
    }
  }

  void ExpectFewOpen(std::size_t at_least) const {
    std::cout << asked_ << " queries, " << left_open_ << " left open by cvc5\n";
    EXPECT_GE(asked_, at_least);
    EXPECT_LE(left_open_ * 20, asked_);
  }

  std::filesystem::path file_;
  std::size_t asked_ = 0;
  std::size_t left_open_ = 0;
};

TEST_F(SecondSolver, AgreesOnRandomPairs) {
  unsigned pairs = 0;
  for (unsigned seed = 1; pairs < 5; ++seed) {
    testing::Random random(seed);
    const std::string old_text = testing::RandomPolicy(random);
    const std::string new_text = testing::RandomPolicy(random);
    const auto versions = testing::BuildVersions(old_text, new_text);
    if (!versions->old_policy || !versions->new_policy) continue;
    ++pairs;
    SCOPED_TRACE("seed " + std::to_string(seed));
    Ask(*versions, "");
    if (HasFailure()) return;
  }
  ExpectFewOpen(50);
}

TEST_F(SecondSolver, AgreesOnTwelveMonthsForSix) {
  const auto versions = testing::LoadVersions("dk.cpo@2018-09-04", CORDON_SOURCE_DIR "/docs/how-to/what-if");
  ASSERT_TRUE(versions->old_policy && versions->new_policy) << versions->problems;
  Ask(*versions, "admission");
  ExpectFewOpen(20);
}

TEST_F(SecondSolver, AgreesOnEditsOfTheDanishGuideline) {
  for (const char* edit : {"03-set", "06-modality", "08-timing", "11-judgement", "16-row-split"}) {
    const auto versions =
        testing::LoadVersions("dk.cpo@2018-09-04", std::string(CORDON_SOURCE_DIR "/tests/golden/diff/edits/") + edit);
    ASSERT_TRUE(versions->old_policy && versions->new_policy) << versions->problems;
    SCOPED_TRACE(edit);
    Ask(*versions, "");
  }
  ExpectFewOpen(20);
}

}  // namespace
}  // namespace cordon
