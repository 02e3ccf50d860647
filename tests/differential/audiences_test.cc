// Results for an audience against the unrestricted ones, over random policies: what is shown is what the whole says.
#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <string>

#include "evaluate/audience.h"
#include "evaluate/evaluate.h"
#include "random_policies.h"
#include "report/json.h"

namespace cordon {
namespace {

using Lines = std::map<std::string, std::string>;

// Each output and duty of a result as a program reads it, by name.
Lines LinesOf(const model::Policy& policy, const facts::Subject& subject, evaluate::Outcome outcome) {
  Lines lines;
  outcome.disclosure.reset();
  outcome.ask.clear();
  outcome.assumptions.clear();
  outcome.interpretations.clear();
  evaluate::Outcome alone = outcome;
  alone.outputs.clear();
  for (const evaluate::DutyOutcome& duty : outcome.duties) {
    alone.duties = {duty};
    std::string& line = lines["duty " + policy.actions[duty.duty.action.index].name];
    line += report::Json(policy, subject, alone, report::WhyNot::kInclude);
  }
  alone.duties.clear();
  for (const evaluate::OutputOutcome& output : outcome.outputs) {
    alone.outputs = {output};
    lines[policy.outputs[output.output.index].name] = report::Json(policy, subject, alone, report::WhyNot::kInclude);
  }
  return lines;
}

// With one fact of each policy withheld from a new role: what that role is shown stands so in the whole result.
TEST(Audiences, AreShownWhatTheWholeResultSays) {
  std::size_t num_shown = 0;
  std::size_t num_hidden = 0;
  for (unsigned seed = testing::kFirstSeed; seed < testing::kFirstSeed + testing::NumPolicies(); ++seed) {
    testing::Random random(seed);
    const std::string text = testing::RandomPolicy(random);
    std::optional<model::Policy> policy = testing::BuildRandom(text);
    if (!policy) continue;
    const model::RoleId driver(policy->roles.size());
    policy->roles.push_back({"driver", {}});
    model::Fact& withheld = policy->facts[random.Below(static_cast<unsigned>(policy->facts.size()))];
    withheld.confidential_to = {model::RoleId(0)};
    const evaluate::Audience audience = evaluate::AudienceOf(*policy, model::ProtocolId(0), driver);
    std::string shown = "withheld " + withheld.name + ", ";
    const facts::Subject subject = testing::RandomSubject(random, *policy, shown);
    diagnostics::Sink sink;
    if (!evaluate::CheckFeasible(*policy, subject, sink)) continue;
    const evaluate::Outcome outcome = evaluate::Evaluate(*policy, model::ProtocolId(0), subject);
    if (!outcome.exact) continue;  // it may hold more than what is so
    const Lines whole = LinesOf(*policy, subject, outcome);
    const Lines part =
        LinesOf(*policy, subject, evaluate::EvaluateFor(*policy, model::ProtocolId(0), subject, audience));
    for (const auto& [name, line] : part) {
      ASSERT_EQ(whole.count(name), 1U) << "seed " << seed << ", " << shown << "\n" << text;
      EXPECT_EQ(whole.at(name), line) << "seed " << seed << ", " << shown << "\n" << text;
    }
    num_shown += part.size();
    num_hidden += whole.size() - part.size();
  }
  EXPECT_GT(num_shown, 20U);
  EXPECT_GT(num_hidden, 20U);
}

}  // namespace
}  // namespace cordon
