// Records by themselves against records in lists: a condition says the same of a patient, whichever of the records
// have unknowns of their own (symbolic/unroll.h). Random small policies, random complete patients.
#include "symbolic/unroll.h"

#include <gtest/gtest.h>

#include "random_patients.h"
#include "random_policies.h"
#include "symbolic/encode.h"

namespace cordon {
namespace {

using symbolic::Frame;
using symbolic::Patient;
using symbolic::TermId;
using testing::Random;

constexpr unsigned kPatients = 8;

// The patient with some records taken out of their lists, and some that are not there.
struct Unrolled {
  Unrolled(Random& random, const Frame& lists, const Patient& whole) : frame(lists), patient(whole) {
    for (std::size_t list = 0; list < whole.lists.size(); ++list) {
      patient.lists[list].clear();
      for (const symbolic::Record& record : whole.lists[list]) {
        if (random.Once(2)) {
          AddOwn(list, record, true);
        } else {
          patient.lists[list].push_back(record);
        }
        if (random.Once(3)) AddOwn(list, record, false);
      }
    }
  }

  void AddOwn(std::size_t list, const symbolic::Record& record, bool there) {
    records.push_back(symbolic::AddOwnRecord(frame, symbolic::ListId(list), frame.lists[list].name + "[own]"));
    patient.scalars.push_back(there ? 1 : 0);
    patient.scalars.insert(patient.scalars.end(), record.begin(), record.end());
  }

  Frame frame;
  Patient patient;
  std::vector<symbolic::OwnRecord> records;
};

void CompareConditions(Random& random, symbolic::Terms& terms, const Frame& frame,
                       const std::vector<TermId>& conditions, const symbolic::Axioms& axioms) {
  const Patient whole = testing::RandomPatient(random, frame);
  const Unrolled unrolled(random, frame, whole);
  symbolic::Unroll unroll(terms, unrolled.frame, unrolled.records, std::vector<bool>(frame.lists.size(), true));
  const symbolic::Axioms own = unroll.Of(axioms);
  std::vector<TermId> written;
  for (const TermId condition : conditions) written.push_back(unroll.Of(condition));
  symbolic::Evaluation before(terms, whole);
  symbolic::Evaluation after(terms, unrolled.patient);
  for (std::size_t i = 0; i < conditions.size(); ++i) {
    EXPECT_EQ(before.Holds(conditions[i]), after.Holds(written[i])) << "condition " << i;
  }
  EXPECT_EQ(testing::IsAllowed(terms, axioms, whole), testing::IsAllowed(terms, own, unrolled.patient));
}

TEST(Unroll, SaysTheSameOfRecordsByThemselves) {
  for (unsigned seed = testing::kFirstSeed; seed < testing::kFirstSeed + testing::NumPolicies(); ++seed) {
    Random random(seed);
    const std::string text = testing::RandomPolicy(random);
    const auto policy = testing::BuildRandom(text);
    ASSERT_TRUE(policy) << "seed " << seed << "\n" << text;
    symbolic::Terms terms;
    const Frame frame = symbolic::MakeFrame({&*policy});
    symbolic::Encoder encoder(terms, frame, 0, model::ProtocolId(0));
    symbolic::Axioms axioms;
    encoder.AddRequires(axioms);
    std::vector<TermId> conditions;
    for (const model::OutputId id : policy->protocols[0].outputs) {
      for (const symbolic::AnswerCase& answer : encoder.Answers(id)) conditions.push_back(answer.when);
    }
    for (unsigned i = 0; i < kPatients; ++i) CompareConditions(random, terms, frame, conditions, axioms);
    if (HasFailure()) FAIL() << "seed " << seed << "\n" << text;
  }
}

}  // namespace
}  // namespace cordon
