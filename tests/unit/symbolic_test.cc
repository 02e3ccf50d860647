// Terms and the arithmetic of month steps: normal forms, and every day of the calendar against calendar::AddMonths.
//
// What ground.cc tells the solver about month steps (the pieces, the windows, that later days never land earlier) is
// held here against every day there is, so that no proof rests on reasoning about the calendar alone.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "calendar/calendar.h"
#include "symbolic/months.h"
#include "symbolic/patient.h"
#include "symbolic/term.h"

namespace cordon::symbolic {
namespace {

using calendar::AddMonths;
using calendar::Date;
using calendar::kFirstDate;
using calendar::kLastDate;

const std::vector<std::int64_t> kSteps = {1,   2,   3,   4,    5,    6,    7,    8,    9,    10,  11,  12,
                                          13,  18,  24,  30,   36,   47,   48,   49,   60,   96,  119, 120,
                                          240, 600, 601, 1200, 2375, 2376, 2387, 2388, 2389, 5000};

// By offset, how far it moves; counts how often each offset is claimed.
std::int64_t MovesAt(const MonthStep& step, std::int64_t offset, int& claims) {
  std::int64_t moves = 0;
  claims = 0;
  for (const MonthStep::Piece& piece : step.pieces) {
    for (const Offsets& offsets : piece.offsets) {
      if (offset < offsets.first || offset > offsets.last) continue;
      ++claims;
      moves = piece.moves;
    }
  }
  return moves;
}

bool IsInside(const std::vector<Offsets>& ranges, std::int64_t offset) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [&](const Offsets& range) { return range.first <= offset && offset <= range.last; });
}

class EveryDay : public testing::TestWithParam<std::int64_t> {};

// Where the step leaves the calendar, the pieces are not read: the day lands on the calendar's first or last.
TEST_P(EveryDay, LandsWhereTheCalendarSays) {
  const MonthStep step = StepBy(GetParam());
  std::vector<std::int64_t> moves;
  std::vector<bool> cut;
  for (std::int64_t offset = 0; offset < kCycleDays; ++offset) {
    int claims = 0;
    moves.push_back(MovesAt(step, offset, claims));
    ASSERT_EQ(claims, 1) << "offset " << offset;
    cut.push_back(IsInside(step.cut, offset));
  }
  for (Date day = kFirstDate; day.days <= kLastDate.days; ++day.days) {
    const auto offset = static_cast<std::size_t>((day.days - kFirstDate.days) % kCycleDays);
    const bool early = day.days < step.first_day;
    const bool late = day.days > step.last_day;
    ASSERT_FALSE(early && late);
    const std::int64_t landed = early ? kFirstDate.days : late ? kLastDate.days : day.days + moves[offset];
    ASSERT_EQ(landed, AddMonths(day, GetParam()).days) << calendar::Format(day);
    // As Op::kCut is evaluated, and as it is grounded.
    const calendar::Datetime midnight{day.days * calendar::kMinutesPerDay};
    const bool is_cut = AddMonths(midnight, GetParam()).minutes % calendar::kMinutesPerDay != 0;
    ASSERT_EQ(late || (!early && cut[offset]), is_cut) << calendar::Format(day);
  }
}

// `d <= e` implies `step(d) <= step(e)` for all days, since it does for each and the next.
TEST_P(EveryDay, NeverLandsBeforeTheDayBefore) {
  for (Date day = kFirstDate; day.days < kLastDate.days; ++day.days) {
    ASSERT_LE(AddMonths(day, GetParam()).days, AddMonths(Date{day.days + 1}, GetParam()).days) << calendar::Format(day);
  }
}

// Back and on again, as AddThereAndBack says: with the lemma before, of all days at or after that place, and of all
// days before it.
TEST_P(EveryDay, ComesBackToTheDayOrShortlyBefore) {
  const std::int64_t months = std::abs(GetParam());
  const MonthStep back = StepBy(-months);
  for (Date day = kFirstDate; day.days <= kLastDate.days; ++day.days) {
    if (day.days < back.first_day) continue;
    const Date place = AddMonths(day, -months);
    const std::int64_t there = AddMonths(place, months).days;
    ASSERT_LE(there, day.days) << calendar::Format(day);
    ASSERT_GE(there, day.days - kMostCut) << calendar::Format(day);
    if (place.days == kFirstDate.days) continue;
    ASSERT_LT(AddMonths(Date{place.days - 1}, months).days, day.days) << calendar::Format(day);
  }
}

std::vector<std::int64_t> BothWays() {
  std::vector<std::int64_t> steps;
  for (const std::int64_t months : kSteps) {
    steps.push_back(months);
    steps.push_back(-months);
  }
  return steps;
}

INSTANTIATE_TEST_SUITE_P(Months, EveryDay, testing::ValuesIn(BothWays()), [](const auto& step) {
  return (step.param < 0 ? "Minus" : "Plus") + std::to_string(std::abs(step.param));
});

bool StaysInside(const MonthStep& step, Date day) { return step.first_day <= day.days && day.days <= step.last_day; }

// The windows that ground.cc asserts: two steps of one day, where both stay inside; and from the day itself.
TEST(Apart, HoldsForEveryDayAndIsReached) {
  const std::vector<std::int64_t> steps = {0,  1,   -1, 2,   -2, 3,   -3, 6,   -6,  12,  -12,
                                           18, -18, 24, -24, 36, -36, 48, -48, 600, -600};
  for (const std::int64_t less : steps) {
    for (const std::int64_t more : steps) {
      const Interval apart = Apart(less, more);
      const MonthStep first = StepBy(less);
      const MonthStep second = StepBy(more);
      Interval seen{apart.high, apart.low};
      for (Date day = kFirstDate; day.days <= kLastDate.days; ++day.days) {
        if (!StaysInside(first, day) || !StaysInside(second, day)) continue;
        const std::int64_t days = AddMonths(day, more).days - AddMonths(day, less).days;
        ASSERT_LE(apart.low, days) << less << " and " << more << " from " << calendar::Format(day);
        ASSERT_GE(apart.high, days) << less << " and " << more << " from " << calendar::Format(day);
        seen = {std::min(seen.low, days), std::max(seen.high, days)};
      }
      EXPECT_EQ(seen.low, apart.low) << less << " and " << more;
      EXPECT_EQ(seen.high, apart.high) << less << " and " << more;
    }
  }
}

// ---- normal forms

class TermsTest : public testing::Test {
 protected:
  TermId Bool(std::size_t i) { return terms_.Is(terms_.Scalar(ScalarId(i), {0, 1})); }
  TermId Day(std::size_t i) { return terms_.Scalar(ScalarId(i), {kFirstDate.days, kLastDate.days}); }
  TermId Number(std::size_t i) { return terms_.Scalar(ScalarId(i), {-1000, 1000}); }
  TermId Symbol(std::size_t i) { return terms_.Scalar(ScalarId(i), {0, 4}); }
  TermId Constant(std::int64_t n) { return terms_.Constant(n); }
  Terms terms_;
};

TEST_F(TermsTest, SumsGatherLikeParts) {
  const TermId x = Number(1);
  const TermId y = Number(2);
  EXPECT_EQ(terms_.Plus(x, y), terms_.Plus(y, x));
  EXPECT_EQ(terms_.Plus(terms_.Plus(x, y), y, -1), x);
  EXPECT_EQ(terms_.Plus(x, x, -1), Constant(0));
  EXPECT_EQ(terms_.Plus(x, x), terms_.Times(x, 2));
  EXPECT_EQ(terms_.Plus(terms_.Plus(x, Constant(3)), Constant(-3)), x);
}

TEST_F(TermsTest, ComparisonsAreDividedAndTurned) {
  const TermId x = Number(1);
  const TermId y = Number(2);
  EXPECT_EQ(terms_.LessEqual(terms_.Times(x, 2), Constant(5)), terms_.LessEqual(x, Constant(2)));
  EXPECT_EQ(terms_.LessEqual(Constant(5), terms_.Times(x, 2)), terms_.LessEqual(Constant(3), x));
  EXPECT_EQ(terms_.Not(terms_.LessEqual(x, y)), terms_.LessEqual(terms_.Plus(y, Constant(1)), x));
  EXPECT_EQ(terms_.LessEqual(x, Constant(1000)), terms_.True());
  EXPECT_EQ(terms_.LessEqual(x, Constant(-1001)), terms_.False());
  EXPECT_EQ(terms_.LessEqual(terms_.Times(x, -2), Constant(5)), terms_.LessEqual(Constant(-2), x));
}

TEST_F(TermsTest, AndTakesOutWhatIsKnown) {
  const TermId a = Bool(1);
  const TermId b = Bool(2);
  const TermId c = Bool(3);
  EXPECT_EQ(terms_.And(a, b), terms_.And(b, a));
  EXPECT_EQ(terms_.And({a, terms_.And(b, c)}), terms_.And({terms_.And(a, b), c}));
  EXPECT_EQ(terms_.And(a, terms_.Not(a)), terms_.False());
  EXPECT_EQ(terms_.And(a, terms_.Or(a, b)), a);
  EXPECT_EQ(terms_.And(a, terms_.Or(terms_.Not(a), b)), terms_.And(a, b));
  EXPECT_EQ(terms_.Or(a, terms_.And(terms_.Not(a), b)), terms_.Or(a, b));
  EXPECT_EQ(terms_.And({a, b, terms_.Not(terms_.And(a, b))}), terms_.False());
  EXPECT_EQ(terms_.Not(terms_.And(a, b)), terms_.Or(terms_.Not(a), terms_.Not(b)));
  EXPECT_EQ(terms_.And({}), terms_.True());
  EXPECT_EQ(terms_.Or(std::vector<TermId>{}), terms_.False());
}

TEST_F(TermsTest, SetsAndTheirComplementsAreEachOthersNegation) {
  const TermId symbol = Symbol(1);
  EXPECT_EQ(terms_.In(symbol, {1, 2}, 5), terms_.Not(terms_.In(symbol, {4, 3, 0}, 5)));
  EXPECT_EQ(terms_.In(symbol, {2, 1, 2}, 5), terms_.In(symbol, {1, 2}, 5));
  EXPECT_EQ(terms_.In(symbol, {0, 1, 2, 3, 4}, 5), terms_.True());
  EXPECT_EQ(terms_.In(symbol, {}, 5), terms_.False());
  EXPECT_EQ(terms_.In(Constant(3), {1, 3}, 5), terms_.True());
  EXPECT_EQ(terms_.In(Constant(0), {1, 3}, 5), terms_.False());
}

// A time is 1440 * day + minute; its day is the day, whatever the minute.
TEST_F(TermsTest, TheDayOfATimeIsItsDay) {
  const TermId day = Day(1);
  const TermId minute = terms_.Scalar(ScalarId(2), {0, 1439});
  const TermId time = terms_.Plus(minute, day, 1440);
  EXPECT_EQ(terms_.Quotient(time, 1440), day);
  EXPECT_EQ(terms_.Quotient(terms_.Plus(time, Constant(-2880)), 1440), terms_.Plus(day, Constant(-2)));
  EXPECT_NE(terms_.Quotient(terms_.Plus(time, Constant(1)), 1440), day);
  EXPECT_EQ(terms_.Quotient(Constant(-1), 1440), Constant(-1));
}

TEST_F(TermsTest, NothingIsSaidTwice) {
  const TermId day = Day(1);
  EXPECT_EQ(terms_.Months(day, 0), day);
  EXPECT_EQ(terms_.Months(day, -6), terms_.Months(day, -6));
  EXPECT_EQ(terms_.Months(Constant(calendar::MakeDate(2024, 8, 31)->days), -6),
            Constant(calendar::MakeDate(2024, 2, 29)->days));
  EXPECT_EQ(terms_.Choice(Bool(5), day, day), day);
  EXPECT_EQ(terms_.Choice(terms_.Not(Bool(5)), day, Constant(1)), terms_.Choice(Bool(5), Constant(1), day));
  EXPECT_EQ(terms_.Some(ListId(0), terms_.False()), terms_.False());
  EXPECT_EQ(terms_.Count(ListId(0), Bool(1), 1), terms_.Some(ListId(0), Bool(1)));
  EXPECT_EQ(terms_.Count(ListId(0), Bool(1), 0), terms_.True());
  EXPECT_EQ(terms_.Named(terms_.Named(Bool(1))), terms_.Named(Bool(1)));
}

// Random terms beside what they come to, worked out without them.
class RandomTerms {
 public:
  explicit RandomTerms(std::mt19937& engine) : engine_(engine) {
    for (std::size_t i = 0; i < 4; ++i) {
      patient_.scalars.push_back(Below(9) - 4);
      Add(terms_.Scalar(ScalarId(i), {-4, 4}), patient_.scalars.back());
    }
    conditions_.emplace_back(terms_.True(), true);
  }

  void AddNumber() {
    const auto [a, x] = Any(numbers_);
    const auto [b, y] = Any(numbers_);
    const auto [p, holds] = Any(conditions_);
    const std::int64_t factor = Below(5) - 2;
    const std::int64_t divisor = 2 + Below(3);
    const Interval range{Below(3) - 3, Below(3) + 1};
    switch (Below(4)) {
      case 0:
        return Add(terms_.Plus(a, b, factor), x + factor * y);
      case 1:
        return Add(terms_.Quotient(a, divisor), evaluate::FloorDivide(x, divisor));
      case 2:
        return Add(terms_.Choice(p, a, b), holds ? x : y);
      default:
        return Add(terms_.Clamped(a, range), std::clamp(x, range.low, range.high));
    }
  }

  void AddCondition() {
    const auto [a, x] = Any(numbers_);
    const auto [b, y] = Any(numbers_);
    const auto [p, first] = Any(conditions_);
    const auto [q, second] = Any(conditions_);
    switch (Below(4)) {
      case 0:
        conditions_.emplace_back(terms_.LessEqual(a, b), x <= y);
        break;
      case 1:
        conditions_.emplace_back(terms_.SameNumber(a, b), x == y);
        break;
      case 2:
        conditions_.emplace_back(terms_.And(p, q), first && second);
        break;
      default:
        conditions_.emplace_back(terms_.Or(terms_.Not(p), q), !first || second);
    }
  }

  void Expect() const {
    Evaluation evaluation(terms_, patient_);
    for (const auto& [id, value] : numbers_) {
      ASSERT_EQ(evaluation.Number(id), value);
      const Interval range = terms_.RangeOf(id);
      ASSERT_TRUE(range.low <= value && value <= range.high);
    }
    for (const auto& [id, holds] : conditions_) ASSERT_EQ(evaluation.Holds(id), holds);
  }

 private:
  std::int64_t Below(unsigned n) { return static_cast<std::int64_t>(engine_() % n); }
  template <typename T>
  T Any(const std::vector<T>& all) {
    return all[static_cast<std::size_t>(Below(static_cast<unsigned>(all.size())))];
  }
  void Add(TermId id, std::int64_t value) { numbers_.emplace_back(id, value); }

  std::mt19937& engine_;
  Terms terms_;
  Patient patient_;
  std::vector<std::pair<TermId, std::int64_t>> numbers_;
  std::vector<std::pair<TermId, bool>> conditions_;
};

TEST(NormalForms, KeepTheMeaning) {
  std::mt19937 engine(7);
  for (int round = 0; round < 3000; ++round) {
    SCOPED_TRACE(round);
    RandomTerms random(engine);
    for (int step = 0; step < 14; ++step) step % 2 == 0 ? random.AddNumber() : random.AddCondition();
    ASSERT_NO_FATAL_FAILURE(random.Expect());
  }
}

}  // namespace
}  // namespace cordon::symbolic
