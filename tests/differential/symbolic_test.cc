// The symbolic engine against the reference evaluator: random small policies, random complete patients.
//
// For each output exactly one case of its terms holds, and it is the evaluator's answer; the same for each duty. Then
// the solver: what it calls impossible no random patient shows, and the patient that it finds is one for whom the
// evaluator agrees. A difference prints the seed and the policy.
#include <gtest/gtest.h>

#include "analyse/replay.h"
#include "random_patients.h"
#include "random_policies.h"
#include "symbolic/encode.h"
#include "symbolic/solver.h"

namespace cordon {
namespace {

using symbolic::AnswerCase;
using symbolic::Encoder;
using symbolic::Frame;
using symbolic::Patient;
using symbolic::Terms;
using testing::Random;

constexpr unsigned kPatients = 12;

std::string TheOne(const std::vector<AnswerCase>& cases, symbolic::Evaluation& evaluation) {
  std::string text;
  for (const AnswerCase& answer : cases) {
    if (evaluation.Holds(answer.when)) text += (text.empty() ? "" : " AND ") + answer.text;
  }
  return text;
}

bool Has(const std::vector<std::string>& texts, const std::string& text) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

struct Encoded {
  explicit Encoded(const model::Policy& policy)
      : frame(symbolic::MakeFrame({&policy})), encoder(terms, frame, 0, model::ProtocolId(0)) {
    encoder.AddRequires(axioms);
    for (const model::OutputId id : policy.protocols[0].outputs) outputs.emplace_back(id, encoder.Answers(id));
    duties = encoder.Duties();
  }
  Terms terms;
  Frame frame;
  Encoder encoder;
  symbolic::Axioms axioms;
  std::vector<std::pair<model::OutputId, std::vector<AnswerCase>>> outputs;
  std::vector<symbolic::DutyCase> duties;
};

void ComparePatient(Encoded& encoded, const Patient& patient) {
  symbolic::Evaluation evaluation(encoded.terms, patient);
  const analyse::Replay replay(encoded.frame, 0, model::ProtocolId(0), patient);
  for (const auto& [id, cases] : encoded.outputs) {
    const std::string own = TheOne(cases, evaluation);
    EXPECT_TRUE(Has(replay.AnswersOf(id), own))
        << "output " << id.index << ": " << own << " and not " << replay.InWords(replay.AnswersOf(id));
  }
  for (const symbolic::DutyCase& duty : encoded.duties) {
    const std::string own = TheOne(duty.states, evaluation);
    EXPECT_TRUE(Has(replay.StatesOf(duty.key), own))
        << duty.key << ": " << own << " and not " << replay.InWords(replay.StatesOf(duty.key));
  }
}

void SolveCases(Encoded& encoded, const std::vector<Patient>& patients) {
  std::vector<symbolic::TermId> roots;
  for (const auto& [id, cases] : encoded.outputs) {
    for (const AnswerCase& answer : cases) roots.push_back(answer.when);
  }
  symbolic::Grounding grounding(encoded.terms, encoded.frame, encoded.axioms, roots);
  symbolic::Solver solver(symbolic::MakeSolverMemory(encoded.terms));
  for (const symbolic::TermId root : roots) {
    const symbolic::GroundId ground = grounding.Ground(root);
    for (const symbolic::GroundId constraint : grounding.TakeConstraints()) solver.Assert(constraint);
    const symbolic::Checked checked = solver.Check({ground});
    ASSERT_NE(checked.answer, symbolic::Answer::kGaveUp);
    if (checked.answer == symbolic::Answer::kNo) {
      for (const Patient& patient : patients) EXPECT_FALSE(symbolic::Evaluation(encoded.terms, patient).Holds(root));
      continue;
    }
    const Patient found = grounding.PatientOf(checked.solution);
    EXPECT_TRUE(symbolic::Evaluation(encoded.terms, found).Holds(root));
    EXPECT_TRUE(testing::IsAllowed(encoded.terms, encoded.axioms, found));
    ComparePatient(encoded, found);
  }
}

TEST(Symbolic, SaysWhatTheReferenceEvaluatorSays) {
  for (unsigned seed = testing::kFirstSeed; seed < testing::kFirstSeed + testing::NumPolicies(); ++seed) {
    Random random(seed);
    const std::string text = testing::RandomPolicy(random);
    const std::optional<model::Policy> policy = testing::BuildRandom(text);
    if (!policy) continue;
    SCOPED_TRACE("seed " + std::to_string(seed) + "\n" + text);
    Encoded encoded(*policy);
    std::vector<Patient> patients;
    for (unsigned n = 0; n < kPatients; ++n) {
      Patient patient = testing::RandomPatient(random, encoded.frame);
      if (!testing::IsAllowed(encoded.terms, encoded.axioms, patient)) continue;
      ComparePatient(encoded, patient);
      patients.push_back(std::move(patient));
    }
    SolveCases(encoded, patients);
    if (::testing::Test::HasFailure()) return;
  }
}

}  // namespace
}  // namespace cordon
