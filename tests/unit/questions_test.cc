// The benchmark of the interview in small: that each way of asking ends with the right answers, so that what it counts
// can be compared, and that the table is the same each time.
#include "questions.h"

#include <gtest/gtest.h>

#include <sstream>
#include <string>

#include "cli/disk.h"
#include "cli/load.h"
#include "evaluate/evaluate.h"
#include "patients.h"
#include "question_table.h"

namespace cordon::bench {
namespace {

constexpr std::size_t kNumPatients = 4;  // an interview looks ahead, which takes its time

class QuestionsTest : public testing::Test {
 protected:
  QuestionsTest() {
    const cli::Disk disk;
    std::istringstream in;
    std::ostringstream out;
    const cli::Environment environment{
        disk, in, out, out, false, CORDON_SOURCE_DIR "/policies", *calendar::MakeDate(2025, 3, 1)};
    diagnostics::Sources sources;
    diagnostics::Sink sink;
    policy_ = cli::LoadPolicy(environment, {"dk.cpo@2018-09-04", environment.policies_root, environment.today}, sources,
                              sink);
    for (std::size_t i = 0; policy_ && i < policy_->protocols.size(); ++i) {
      if (policy_->protocols[i].name == "admission") admission_ = model::ProtocolId(i);
    }
  }

  facts::Subject Patient(Kind kind, tests::Random& random) const {
    return RandomPatient(*policy_, {*calendar::MakeDate(2025, 3, 1), std::nullopt}, InpatientSetting(*policy_), kind,
                         random);
  }

  // What is determined in the end is what is concluded where everything is known. Answers may stay provisional, for
  // what need not be asked.
  void ExpectRight(const Asked& asked, const evaluate::Outcome& known) const {
    ASSERT_EQ(asked.outcome.outputs.size(), known.outputs.size());
    for (std::size_t i = 0; i < known.outputs.size(); ++i) {
      const evaluate::OutputOutcome& output = asked.outcome.outputs[i];
      EXPECT_NE(output.status, evaluate::Status::kUndetermined);
      if (output.status == evaluate::Status::kProvisional) continue;
      EXPECT_EQ(output.status, known.outputs[i].status) << policy_->outputs[output.output.index].name;
      EXPECT_EQ(output.answer, known.outputs[i].answer) << policy_->outputs[output.output.index].name;
    }
  }

  std::optional<model::Policy> policy_;
  model::ProtocolId admission_;
};

TEST_F(QuestionsTest, EveryWayEndsWithTheAnswersOfThePatient) {
  ASSERT_TRUE(policy_.has_value());
  ASSERT_TRUE(admission_.valid());
  const std::vector<model::FactId> order = FormOrder(*policy_, admission_, "skema_1a");
  tests::Random random(1);
  std::size_t interview = 0;
  std::size_t stopped = 0;
  for (std::size_t i = 0; i < kNumPatients; ++i) {
    const facts::Subject patient = Patient(i % 2 == 0 ? Kind::kOrdinary : Kind::kEven, random);
    const evaluate::Outcome known = evaluate::Evaluate(*policy_, admission_, patient);
    const Asked by_interview = Interview(*policy_, admission_, patient, evaluate::LookUps::kAll);
    const Asked by_form = Form(*policy_, admission_, patient, evaluate::LookUps::kAll, order, Stop::kWhenSettled);
    const Asked to_the_end = Form(*policy_, admission_, patient, evaluate::LookUps::kAll, order, Stop::kAtTheEnd);
    ExpectRight(by_interview, known);
    ExpectRight(by_form, known);
    ExpectRight(to_the_end, known);
    for (const evaluate::OutputOutcome& output : to_the_end.outcome.outputs) {
      EXPECT_NE(output.status, evaluate::Status::kProvisional);
    }
    EXPECT_LE(by_interview.num_questions, to_the_end.num_questions);
    EXPECT_LE(by_form.num_questions, to_the_end.num_questions);
    interview += by_interview.num_questions;
    stopped += by_form.num_questions;
  }
  EXPECT_LT(interview, stopped);
}

TEST_F(QuestionsTest, TheFormBeginsWithTheFourGeneralQuestions) {
  ASSERT_TRUE(policy_.has_value());
  const std::vector<model::FactId> order = FormOrder(*policy_, admission_, "skema_1a");
  ASSERT_GT(order.size(), 4U);
  EXPECT_EQ(policy_->facts[order[0].index].name, "cpo_ever_detected");
  EXPECT_EQ(policy_->facts[order[1].index].name, "household_contacts");
  EXPECT_EQ(policy_->facts[order[2].index].name, "hospital_stays");
  EXPECT_EQ(policy_->facts[order[3].index].name, "stays_outside_nordic");
  EXPECT_EQ(policy_->facts[order[4].index].name, "special_situations");
}

TEST_F(QuestionsTest, TheTableHasEveryWayForEachKindOfPatient) {
  ASSERT_TRUE(policy_.has_value());
  const std::string table = Table(*policy_, {1, 7, evaluate::LookUps::kNoneOfTheAssumed});
  EXPECT_NE(table.find("assumptions kept; 1 patients, seed 7\n"), std::string::npos) << table;
  for (const char* line :
       {"\nOrdinary patients", "\nYes as likely as no", "\ncordon ask", "\nskema 1a's order, to the"}) {
    EXPECT_NE(table.find(line), std::string::npos) << table;
  }
}

TEST_F(QuestionsTest, AnotherSeedMakesOtherPatients) {
  ASSERT_TRUE(policy_.has_value());
  tests::Random one(1);
  tests::Random same(1);
  tests::Random other(2);
  const auto shown = [&](tests::Random& random) {
    std::string all;
    for (int i = 0; i < 5; ++i) {
      for (const facts::Cell& cell : Patient(Kind::kEven, random).facts) {
        all += std::to_string(cell.value.number) + " " + std::to_string(cell.children.size()) + " ";
      }
    }
    return all;
  };
  const std::string first = shown(one);
  EXPECT_EQ(first, shown(same));
  EXPECT_NE(first, shown(other));
}

}  // namespace
}  // namespace cordon::bench
