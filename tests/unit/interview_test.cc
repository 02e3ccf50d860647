// Interviews without a skin: which question comes next, what an answer does, how much looking ahead may cost.
#include "evaluate/interview.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "check_texts.h"
#include "evaluate/look_ahead.h"
#include "facts/read.h"
#include "report/facts_json.h"

namespace cordon::evaluate {
namespace {

using facts::Cell;
using facts::CellState;

class InterviewTest : public testing::Test {
 protected:
  // A policy of the vocabulary's facts, with one protocol of `rules`.
  void Load(const std::string& rules) {
    const std::string protocol = "protocol p\n  output out : bool strictest\n    default no cite guide \"1\"\n" + rules;
    check::CheckTexts(checked_, {check::kVocabulary, protocol}, {});
    ASSERT_TRUE(checked_.policy.has_value()) << check::MessagesOf(checked_);
    state_.subject = facts::Unasked(policy(), {*calendar::ParseDate("2025-03-01"), std::nullopt});
  }
  const model::Policy& policy() const { return *checked_.policy; }

  std::string Next() const {
    const Turn turn = NextTurn(policy(), model::ProtocolId(std::size_t{0}), state_, LookUps::kAll);
    return turn.prompt ? turn.prompt->path : "";
  }
  void Answer(const Cell& value) {
    const Turn turn = NextTurn(policy(), model::ProtocolId(std::size_t{0}), state_, LookUps::kAll);
    ASSERT_TRUE(turn.prompt.has_value());
    diagnostics::Sink sink;
    const auto after = Answered(policy(), state_, *turn.prompt, {ReplyKind::kAnswer, value}, sink);
    ASSERT_TRUE(after.has_value());
    state_ = *after;
  }
  static Cell Yes(bool yes) { return Cell::Known(value::Value::Bool(yes)); }

  check::Checked checked_;
  InterviewState state_;
};

TEST_F(InterviewTest, AsksFirstWhatSettlesMost) {
  Load(
      "  output second : bool strictest\n    default no cite guide \"2\"\n"
      "  rule r cite guide \"3\"\n    when sure or decided\n    then out = yes\n"
      "  rule s cite guide \"4\"\n    when decided\n    then second = yes\n");
  EXPECT_EQ(Next(), "decided");
  Answer(Yes(true));
  EXPECT_EQ(Next(), "");
}

TEST_F(InterviewTest, TakesTheFirstDeclaredOfEquals) {
  Load("  rule r cite guide \"3\"\n    when sure and decided\n    then out = yes\n");
  EXPECT_EQ(Next(), "sure");
}

TEST_F(InterviewTest, AsksForARecordFieldByField) {
  Load("  rule r cite guide \"3\"\n    when last_stay.calm and last_stay.kind is plain\n    then out = yes\n");
  EXPECT_EQ(Next().substr(0, 10), "last_stay.");
}

TEST_F(InterviewTest, WritesTheFactsThatItReadsBack) {
  Load("  rule r cite guide \"3\"\n    when some s in stays has (s.calm)\n    then out = yes\n");
  EXPECT_EQ(Next(), "stays");
  Answer(Yes(true));
  EXPECT_EQ(Next(), "stays[1].calm");
  Answer(Yes(false));
  EXPECT_EQ(Next(), "stays");
  const std::string written = report::FactsJson(policy(), state_.subject);
  diagnostics::Sources sources;
  diagnostics::Sink sink;
  const auto read = facts::ReadDocument(policy(), sources, sources.Add("facts", written), {}, sink);
  ASSERT_TRUE(read.has_value()) << written;
  EXPECT_EQ(report::FactsJson(policy(), *read), written);
  for (std::size_t i = 0; i < policy().facts.size(); ++i) {
    if (policy().facts[i].name != "stays") continue;
    const Cell& stays = state_.subject.facts[i];
    EXPECT_TRUE(stays.state == CellState::kList && stays.open);
  }
}

// Classes are what a policy's sets and constants can tell apart.
TEST_F(InterviewTest, KnowsWhichAnswersDiffer) {
  Load("  rule r cite guide \"3\"\n    when kind in wides and day within the last look_back\n    then out = yes\n");
  const auto count = [&](const char* name) {
    Prompt prompt;
    for (const model::Fact& fact : policy().facts) {
      if (fact.name == name) prompt.type = fact.type;
    }
    return PlausibleAnswers(policy(), state_.subject.as_of, prompt).size();
  };
  EXPECT_EQ(count("kind"), 2U);    // in the set or not
  EXPECT_EQ(count("colour"), 1U);  // nothing asks for it
  EXPECT_EQ(count("day"), 2U);     // today, or before the six months
  EXPECT_EQ(count("sure"), 2U);
}

TEST_F(InterviewTest, LooksAheadWithinItsBudget) {
  Load("  rule r cite guide \"3\"\n    when sure\n    then out = yes\n");
  Prompt prompt;
  prompt.type.kind = model::TypeKind::kBool;
  for (const std::size_t size : {1U, 2U, 6U, 7U, 50U}) {
    std::size_t tried = 0;
    const auto after = [&](const Prompt&, const Cell&) -> std::optional<Remaining> {
      ++tried;
      return Remaining{1, 1};
    };
    const std::vector<Prompt> prompts(size, prompt);
    EXPECT_EQ(MostPromising(policy(), state_.subject.as_of, prompts, after), 0U);
    EXPECT_LE(tried, kLookAheadEvaluations);
    EXPECT_EQ(tried, size == 1 ? 0U : std::min(2 * size, kLookAheadEvaluations));
  }
}

}  // namespace
}  // namespace cordon::evaluate
