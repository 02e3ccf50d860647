// The smallest changes against trying all of them: in a policy of yes-or-no facts, how many must change and which; in
// random policies, that what is called impossible no patient shows. That every way found leads there is asserted by the
// program itself.
#include "analyse/why_not.h"

#include <gtest/gtest.h>

#include <set>

#include "analyse/replay.h"
#include "evaluate/evaluate.h"
#include "random_patients.h"
#include "random_policies.h"

namespace cordon {
namespace {

using analyse::WhyNot;
using analyse::WhyNotResult;
using testing::Random;

constexpr unsigned kSubjects = 2;
constexpr unsigned kPatients = 20;
constexpr unsigned kFewerPolicies = 15;  // each asks much: so many times fewer are tried

constexpr const char* kFourFacts = R"(policy test.four version 1
  title  en "Four facts"
  source book "Book"
fact a : bool  recorded  cite book "1"
fact b : bool  recorded  cite book "2"
fact c : bool  recorded  cite book "3"
fact d : bool  recorded  cite book "4"
protocol p
  output isolate : bool strictest
    default no  cite book "5"
  rule both  cite book "6"
    when a and b
    then isolate = yes
  rule either  cite book "7"
    when c or d
    unless a
    then isolate = yes
)";

std::string Document(const model::Policy&, const facts::Subject&) { return "{}"; }

WhyNot Find(const model::Policy& policy, const facts::Subject& subject, const std::string& wanted,
            std::uint64_t effort = symbolic::kUsualEffort) {
  diagnostics::Sink sink;
  analyse::WhyNotQuestion question{policy, model::ProtocolId(0), subject, {wanted}, {}, Document, effort};
  question.freedom.as_of = true;
  question.freedom.setting = true;
  const auto found = analyse::FindWays(question, sink);
  EXPECT_TRUE(found.has_value());
  return found.value_or(WhyNot{});
}

facts::Subject FourFacts(const model::Policy& policy, unsigned bits) {
  facts::Subject subject = facts::Unasked(policy, testing::kAsOf);
  for (std::size_t i = 0; i < subject.facts.size(); ++i) {
    subject.facts[i] = facts::Cell::Known(value::Value::Bool((bits >> i & 1U) != 0));
  }
  return subject;
}

bool Isolates(const model::Policy& policy, unsigned bits) {
  const auto outcome = evaluate::Evaluate(policy, model::ProtocolId(0), FourFacts(policy, bits));
  return *outcome.outputs[0].answer == evaluate::Answer(evaluate::ValueAnswer{value::Value::Bool(true)});
}

// The sets of facts of which fewest change, as bits.
std::set<unsigned> Smallest(const model::Policy& policy, unsigned bits, bool wanted) {
  std::set<unsigned> smallest;
  int fewest = 5;
  for (unsigned other = 0; other < 16; ++other) {
    const int changes = __builtin_popcount(bits ^ other);
    if (changes > fewest || Isolates(policy, other) != wanted) continue;
    if (changes < fewest) smallest.clear();
    fewest = changes;
    smallest.insert(bits ^ other);
  }
  return smallest;
}

TEST(WhyNot, FindsEverySmallestSetOfFacts) {
  const auto policy = testing::BuildRandom(kFourFacts);
  ASSERT_TRUE(policy);
  for (unsigned bits = 0; bits < 16; ++bits) {
    for (const bool wanted : {false, true}) {
      const WhyNot found = Find(*policy, FourFacts(*policy, bits), wanted ? "isolate=yes" : "isolate=no");
      if (Isolates(*policy, bits) == wanted) {
        EXPECT_EQ(found.result, WhyNotResult::kAlready);
        continue;
      }
      ASSERT_EQ(found.result, WhyNotResult::kFound);
      EXPECT_TRUE(found.all);
      std::set<unsigned> changed;
      for (const analyse::Way& way : found.ways) {
        unsigned set = 0;
        for (const analyse::FactChange& change : way.changes) set |= 1U << (change.path[0] - 'a');
        changed.insert(set);
      }
      EXPECT_EQ(changed, Smallest(*policy, bits, wanted)) << bits << " to " << wanted;
      EXPECT_EQ(found.ways.size(), changed.size());
    }
  }
}

TEST(WhyNot, SaysThatItGaveUp) {
  const auto policy = testing::BuildRandom(kFourFacts);
  ASSERT_TRUE(policy);
  const WhyNot found = Find(*policy, FourFacts(*policy, 0), "isolate=yes", 1);
  EXPECT_EQ(found.result, WhyNotResult::kUndecided);
  EXPECT_TRUE(found.ways.empty());
}

// Whether some random patient has the answer.
bool IsShown(Random& random, const model::Policy& policy, model::OutputId output, const std::string& answer) {
  symbolic::Terms terms;
  const symbolic::Frame frame = symbolic::MakeFrame({&policy});
  symbolic::Encoder encoder(terms, frame, 0, model::ProtocolId(0));
  symbolic::Axioms axioms;
  encoder.AddRequires(axioms);
  for (unsigned i = 0; i < kPatients; ++i) {
    const symbolic::Patient patient = testing::RandomPatient(random, frame);
    if (!testing::IsAllowed(terms, axioms, patient)) continue;
    const analyse::Replay replay(frame, 0, model::ProtocolId(0), patient);
    const auto answers = replay.AnswersOf(output);
    if (answers.size() == 1 && answers[0] == answer) return true;
  }
  return false;
}

TEST(WhyNot, CallsNothingImpossibleThatSomePatientShows) {
  const unsigned policies = testing::NumPolicies() / kFewerPolicies;
  unsigned num_found = 0;
  for (unsigned seed = testing::kFirstSeed; seed < testing::kFirstSeed + policies; ++seed) {
    Random random(seed);
    const std::string text = testing::RandomPolicy(random);
    SCOPED_TRACE("seed " + std::to_string(seed) + "\n" + text);
    const auto policy = testing::BuildRandom(text);
    ASSERT_TRUE(policy);
    for (unsigned i = 0; i < kSubjects; ++i) {
      std::string shown;
      const facts::Subject subject = testing::RandomSubject(random, *policy, shown);
      diagnostics::Sink infeasible;
      if (!evaluate::CheckFeasible(*policy, subject, infeasible)) continue;
      for (const model::OutputId id : policy->protocols[0].outputs) {
        const std::string& name = policy->outputs[id.index].name;
        const WhyNot found = Find(*policy, subject, name + "=not covered");
        num_found += found.result == WhyNotResult::kFound ? 1 : 0;
        if (found.result == WhyNotResult::kImpossible) {
          EXPECT_FALSE(IsShown(random, *policy, id, "not covered")) << name << " of " << shown;
        }
      }
    }
    if (HasFailure()) return;
  }
  EXPECT_GT(num_found, 0U);
}

}  // namespace
}  // namespace cordon
