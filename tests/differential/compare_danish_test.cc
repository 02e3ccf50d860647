// The diff of the Danish guideline and one that looks back twelve months, against patients of chance.
//
// Days are taken from where answers change: today's look-backs and the days beside them. Each patient's change of each
// aspect has to be listed, in a region that holds; and of each region a thousand members, made from one of its own by
// small changes, show its transition, some of them by the reference evaluator.
#include <gtest/gtest.h>

#include <map>

#include "compared.h"
#include "random_patients.h"
#include "symbolic/session.h"

namespace cordon {
namespace {

using symbolic::Frame;
using symbolic::Patient;
using symbolic::Sort;
using symbolic::Unknown;
using testing::Compared;
using testing::Random;

constexpr unsigned kPatients = 8000;
constexpr unsigned kMembers = 1000;
constexpr unsigned kReplayEvery = 400;
constexpr unsigned kReplayMemberEvery = 250;

std::int64_t RandomToday(Random& random) {
  static const std::vector<const char*> kDays = {"2019-10-14", "2024-02-29", "2024-08-31", "2023-08-31", "2025-03-01",
                                                 "2025-03-31", "2000-02-29", "1901-09-01", "2099-12-31", "1902-01-01"};
  return calendar::ParseDate(random.Pick(kDays))->days;
}

// A day at the edge of a look-back, or beside it.
std::int64_t RandomDay(Random& random, std::int64_t today) {
  static const std::vector<int> kMonths = {0, 0, 0, -1, -6, -6, -6, -12, -12, -12, 1, -9, -3};
  static const std::vector<int> kDays = {0, 0, 1, -1, -7, -8, -14, 7, 2, -2, -30};
  calendar::Date day{today};
  day = calendar::AddMonths(day, kMonths[random.Below(static_cast<unsigned>(kMonths.size()))]);
  day.days += kDays[random.Below(static_cast<unsigned>(kDays.size()))];
  return std::clamp(day.days, calendar::kFirstDate.days, calendar::kLastDate.days);
}

std::int64_t RandomValue(Random& random, const Unknown& unknown, std::int64_t today) {
  for (;;) {
    std::int64_t value = 0;
    switch (unknown.sort) {
      case Sort::kBool:
        value = random.Once(5) ? 1 : 0;
        break;
      case Sort::kSymbol:
        value = random.Below(static_cast<unsigned>(unknown.range.high) + 1);
        break;
      case Sort::kNumber:
        value = static_cast<std::int64_t>(random.Below(9)) - 2;
        break;
      case Sort::kDay:
        value = RandomDay(random, today);
        break;
      case Sort::kMinute:
        value = random.Pick({"0", "1", "2"})[0] == '0' ? 0 : random.Below(1440);
        break;
      case Sort::kText:
        value = random.Below(3);
        break;
    }
    value = std::clamp(value, unknown.range.low, unknown.range.high);
    if (!std::binary_search(unknown.gaps.begin(), unknown.gaps.end(), value)) return value;
  }
}

// Where a record has an end, it begins some days before: lengths are about a day.
symbolic::Record RandomRecord(Random& random, const symbolic::ListShape& list, std::int64_t today) {
  symbolic::Record record;
  std::size_t begins = list.fields.size();
  std::size_t ends = list.fields.size();
  for (std::size_t i = 0; i < list.fields.size(); ++i) {
    Unknown field = list.fields[i];
    std::int64_t value = RandomValue(random, field, today);
    if (field.sort == Sort::kBool) value = random.Below(2);
    record.push_back(value);
    if (field.path == list.name + ".admitted") begins = i;
    if (field.path == list.name + ".discharged") ends = i;
  }
  if (begins < record.size() && ends < record.size())
    record[begins] = std::max(calendar::kFirstDate.days, record[ends] - random.Below(4));
  return record;
}

Patient RandomDanish(Random& random, const Frame& frame) {
  Patient patient = symbolic::PlainPatient(frame);
  const std::int64_t today = RandomToday(random);
  patient.scalars[frame.today.index] = today;
  for (std::size_t i = 0; i < frame.scalars.size(); ++i) {
    if (i != frame.today.index && !random.Once(3)) patient.scalars[i] = RandomValue(random, frame.scalars[i], today);
  }
  for (const symbolic::JointFact& fact : frame.facts) {
    if (fact.slots.given != symbolic::Slots::kNone) patient.scalars[fact.slots.given] = random.Once(6) ? 0 : 1;
  }
  for (std::size_t i = 0; i < frame.lists.size(); ++i) {
    for (unsigned n = random.Once(2) ? random.Below(3) : 0; n > 0; --n)
      patient.lists[i].push_back(RandomRecord(random, frame.lists[i], today));
  }
  return patient;
}

class DanishTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    versions_ = testing::LoadVersions("dk.cpo@2018-09-04", CORDON_SOURCE_DIR "/docs/how-to/what-if");
    ASSERT_TRUE(versions_->old_policy && versions_->new_policy) << versions_->problems;
    analyse::CompareOptions options;
    options.protocol = "admission";
    compared_ = std::make_unique<Compared>(*versions_, options);
  }
  static void TearDownTestSuite() {
    compared_.reset();
    versions_.reset();
  }
  static bool Allowed(const Patient& patient) {
    return testing::IsAllowed(compared_->comparison().terms, compared_->axioms(), patient);
  }
  static inline std::unique_ptr<testing::Versions> versions_;
  static inline std::unique_ptr<Compared> compared_;
};

TEST_F(DanishTest, EveryChangeOfPatientsAtTheBoundariesIsListed) {
  Random random(1);
  std::map<std::size_t, unsigned> seen;
  unsigned taken = 0;
  while (taken < kPatients) {
    const Patient patient = RandomDanish(random, compared_->comparison().frame);
    if (!Allowed(patient)) continue;
    if (++taken % kReplayEvery == 0) compared_->AgreesWithReplay(patient);
    symbolic::Evaluation evaluation(compared_->comparison().terms, patient);
    for (const analyse::PairedAspect& aspect : compared_->protocols()[0].aspects) {
      const auto transition = compared_->Check(aspect, evaluation);
      if (transition) ++seen[*transition];
      ASSERT_FALSE(HasFailure());
    }
  }
  // Patients of chance are no proof; but they have to come by what they are to try.
  EXPECT_GE(seen.size() * 2, compared_->diff().transitions.size());
}

// Changes one to three things, one of them at most a day.
Patient Mutated(Random& random, const Frame& frame, Patient patient) {
  const std::int64_t today = patient.scalars[frame.today.index];
  for (unsigned n = 1 + random.Below(3); n > 0; --n) {
    const unsigned what = random.Below(4);
    const std::size_t list = random.Below(static_cast<unsigned>(frame.lists.size()));
    auto& records = patient.lists[list];
    if (what == 0) {
      const std::size_t i = random.Below(static_cast<unsigned>(frame.scalars.size()));
      patient.scalars[i] = i == frame.today.index ? std::clamp(today + random.Below(3) - 1, calendar::kFirstDate.days,
                                                               calendar::kLastDate.days)
                                                  : RandomValue(random, frame.scalars[i], today);
    } else if (what == 1 && records.size() < 3) {
      records.push_back(RandomRecord(random, frame.lists[list], today));
    } else if (what == 2 && !records.empty()) {
      records.erase(records.begin() + random.Below(static_cast<unsigned>(records.size())));
    } else if (!records.empty()) {
      symbolic::Record& record = records[random.Below(static_cast<unsigned>(records.size()))];
      const std::size_t f = random.Below(static_cast<unsigned>(record.size()));
      record[f] = RandomValue(random, frame.lists[list].fields[f], today);
    }
  }
  return patient;
}

// Members of a region, each made from the one before.
std::vector<Patient> MembersOf(Random& random, Compared& compared, symbolic::TermId condition) {
  analyse::Comparison& comparison = compared.comparison();
  symbolic::Session session(comparison.terms, comparison.frame, compared.axioms(), {condition});
  const symbolic::Found found = session.Find({condition});
  std::vector<Patient> members;
  if (!found.patient) return members;
  Patient current = *found.patient;
  for (unsigned tries = 0; members.size() < kMembers && tries < 100 * kMembers; ++tries) {
    Patient next = Mutated(random, comparison.frame, current);
    const bool allowed = testing::IsAllowed(comparison.terms, compared.axioms(), next);
    if (!allowed || !symbolic::Evaluation(comparison.terms, next).Holds(condition)) continue;
    current = std::move(next);
    members.push_back(current);
    if (members.size() % kReplayMemberEvery == 0) compared.AgreesWithReplay(current);
  }
  return members;
}

TEST_F(DanishTest, AThousandMembersOfEachRegionShowItsTransition) {
  Random random(2);
  const analyse::Diff& diff = compared_->diff();
  std::map<symbolic::TermId, std::vector<Patient>> members;  // duties share the regions of their answer
  for (const analyse::RegionCondition& region : compared_->comparison().regions) {
    const analyse::Transition& transition = diff.transitions[region.transition];
    const analyse::Aspect& aspect = diff.aspects[transition.aspect];
    SCOPED_TRACE(aspect.name + ": " + transition.from + " -> " + transition.to + ", " +
                 transition.regions[region.region].id);
    std::vector<Patient>& known = members[region.condition];
    if (known.empty()) known = MembersOf(random, *compared_, region.condition);
    ASSERT_EQ(known.size(), kMembers);
    for (const analyse::PairedAspect& paired : compared_->protocols()[0].aspects) {
      const analyse::Aspect& own = paired.aspect;
      if (own.kind != aspect.kind || own.name != aspect.name || own.detail != aspect.detail) continue;
      for (const Patient& patient : known) {
        EXPECT_EQ(compared_->Check(paired, patient), region.transition);
        ASSERT_FALSE(HasFailure());
      }
    }
  }
}

}  // namespace
}  // namespace cordon
