// The decisions of a World against trying every value: random systems of comparisons over a few dates, times and texts.
#include "evaluate/world.h"

#include <gtest/gtest.h>

#include <random>

namespace cordon::evaluate {
namespace {

using value::Truth;

constexpr calendar::Period kMonth{1, 0};

Step AddStep(std::int64_t n) { return {StepKind::kAdd, {}, 1, n}; }
Step MonthStep(int direction) { return {StepKind::kShiftDate, kMonth, direction, 0}; }
Step DayStep() { return {StepKind::kDayOf, {}, 1, 0}; }

Term Of(VarId var, std::vector<Step> steps = {}) { return {var, 0, std::move(steps)}; }
Term Constant(std::int64_t number) { return {{}, number, {}}; }

std::int64_t Day(const char* text) { return calendar::ParseDate(text)->days; }

TEST(World, NarrowsBothSidesOfAComparison) {
  World world;
  const VarId admitted = world.AddOrdered(0, 100, RootId(0));
  const VarId discharged = world.AddOrdered(-50, 40, RootId(1));
  world.Add(Order{Of(admitted), Of(discharged)});
  ASSERT_TRUE(world.consistent());
  EXPECT_EQ(world.variables[admitted.index].high, 40);
  EXPECT_EQ(world.variables[discharged.index].low, 0);
}

TEST(World, RefusesACycleThatOnlyGrows) {
  World world;
  const VarId a = world.AddOrdered(-1'000'000'000'000, 1'000'000'000'000, RootId(0));
  const VarId b = world.AddOrdered(-1'000'000'000'000, 1'000'000'000'000, RootId(1));
  world.Add(Order{Of(a, {AddStep(1)}), Of(b)});
  world.Add(Order{Of(b, {AddStep(1)}), Of(a)});
  EXPECT_FALSE(world.consistent());
}

TEST(World, RefusesACycleOverDaysAndMinutes) {
  World world;
  const VarId time = world.AddOrdered(calendar::kFirstDatetime.minutes, calendar::kLastDatetime.minutes, RootId(0));
  const VarId date = world.AddOrdered(calendar::kFirstDate.days, calendar::kLastDate.days, RootId(1));
  world.Add(Order{Of(date, {AddStep(1)}), Of(time, {DayStep()})});
  world.Add(Order{Of(time, {DayStep()}), Of(date)});
  EXPECT_FALSE(world.consistent());
}

// A month less than `b` is one value, however it is reached: nothing lies before it and at most a minute behind.
TEST(World, RefusesACycleThroughMonths) {
  World world;
  const VarId a = world.AddOrdered(calendar::kFirstDatetime.minutes, calendar::kLastDatetime.minutes, RootId(0));
  const VarId b = world.AddOrdered(calendar::kFirstDatetime.minutes, calendar::kLastDatetime.minutes, RootId(1));
  const Step month_less{StepKind::kShiftDatetime, kMonth, -1, 0};
  world.Add(Order{Of(a), Of(b, {month_less})});
  world.Add(Order{Of(b, {month_less, AddStep(1)}), Of(a)});
  EXPECT_FALSE(world.consistent());
}

TEST(World, KeepsTheOnlySolutionOfACycleAtTheCalendarsEnd) {
  World world;
  const VarId a = world.AddOrdered(calendar::kFirstDate.days, calendar::kLastDate.days, RootId(0));
  const VarId b = world.AddOrdered(calendar::kFirstDate.days, calendar::kLastDate.days, RootId(1));
  world.Add(Order{Of(a, {MonthStep(1)}), Of(b)});
  world.Add(Order{Of(b), Of(a)});
  ASSERT_TRUE(world.consistent());
  EXPECT_EQ(world.variables[a.index].low, calendar::kLastDate.days);
}

TEST(World, DecidesBetweenTwoUnknowns) {
  World world;
  const VarId a = world.AddOrdered(0, 10, RootId(0));
  const VarId b = world.AddOrdered(0, 10, RootId(1));
  world.Add(Order{Of(a, {AddStep(3)}), Of(b)});
  EXPECT_EQ(world.Decide(Order{Of(a, {AddStep(2)}), Of(b)}), Truth::kTrue);
  EXPECT_EQ(world.Decide(Order{Of(b), Of(a)}), Truth::kFalse);
  EXPECT_EQ(world.Decide(Order{Of(a, {AddStep(4)}), Of(b)}), Truth::kUnknown);
}

TEST(World, KeepsTextsApart) {
  World world;
  const VarId a = world.AddText(RootId(0));
  const VarId b = world.AddText(RootId(1));
  world.Add(TextLiteral{a, {}, "ward 1", true});
  EXPECT_EQ(world.Decide(TextLiteral{a, b, "", true}), Truth::kUnknown);
  world.Add(TextLiteral{b, {}, "ward 1", false});
  EXPECT_EQ(world.Decide(TextLiteral{a, b, "", true}), Truth::kFalse);
  world.Add(TextLiteral{a, b, "", true});
  EXPECT_FALSE(world.consistent());
}

// Random comparisons between three unknown dates, through months, days and times, tried on every value of a short
// window.
TEST(World, AgreesWithTryingEveryValue) {
  const std::int64_t first = Day("2024-02-26");
  const std::int64_t last = Day("2024-03-04");
  for (unsigned seed = 1; seed <= 400; ++seed) {
    std::mt19937 random(seed);
    const auto below = [&](unsigned n) { return static_cast<int>(random() % n); };
    World world;
    std::vector<VarId> vars;
    for (std::size_t i = 0; i < 3; ++i) vars.push_back(world.AddOrdered(first, last, RootId(i)));
    std::vector<Order> orders;
    const auto term = [&] {
      if (below(5) == 0) return Constant(first + below(8));
      Term made = Of(vars[static_cast<std::size_t>(below(3))]);
      if (below(3) == 0) {
        made.steps.push_back(MonthStep(-1));
        made.steps.push_back(MonthStep(1));
      }
      if (below(2) == 0) made.steps.push_back(AddStep(below(5) - 2));
      return made;
    };
    for (int n = below(5) + 1; n > 0; --n) orders.push_back({term(), term()});
    bool possible = false;
    for (std::int64_t x = first; x <= last; ++x) {
      for (std::int64_t y = first; y <= last; ++y) {
        for (std::int64_t z = first; z <= last; ++z) {
          const std::int64_t values[] = {x, y, z};
          const auto number = [&](const Term& t) { return t.var.valid() ? t.Apply(values[t.var.index]) : t.Known(); };
          bool all = true;
          for (const Order& order : orders) all = all && number(order.left) <= number(order.right);
          possible = possible || all;
        }
      }
    }
    for (const Order& order : orders) {
      if (world.consistent()) world.Add(order);
    }
    EXPECT_EQ(world.consistent(), possible) << "seed " << seed;
    if (!world.consistent()) continue;
    const std::vector<value::Value> solution = world.Solve();
    const auto solved = [&](const Term& t) {
      return t.var.valid() ? t.Apply(solution[t.var.index].number) : t.Known();
    };
    for (const Order& order : orders) EXPECT_LE(solved(order.left), solved(order.right)) << "seed " << seed;
  }
}

}  // namespace
}  // namespace cordon::evaluate
