// The connectives of three-valued logic against tests/tables/truth.csv, which lists every case.
#include "value/truth.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "table.h"

namespace cordon::value {
namespace {

Truth ReadTruth(const std::string& cell) {
  if (cell == "no") return Truth::kFalse;
  if (cell == "yes") return Truth::kTrue;
  EXPECT_EQ(cell, "unknown");
  return Truth::kUnknown;
}

TEST(Truth, FollowsTheTable) {
  std::set<std::string> cases;
  for (const std::vector<std::string>& row : tests::ReadTable("truth.csv", 4)) {
    SCOPED_TRACE(row[0] + " " + row[1] + " " + row[2]);
    const Truth left = ReadTruth(row[1]);
    const Truth result = ReadTruth(row[3]);
    if (row[0] == "not") {
      EXPECT_EQ(Not(left), result);
    } else if (row[0] == "and") {
      EXPECT_EQ(And(left, ReadTruth(row[2])), result);
    } else if (row[0] == "or") {
      EXPECT_EQ(Or(left, ReadTruth(row[2])), result);
    } else {
      EXPECT_EQ(row[0], "implies");
      EXPECT_EQ(Implies(left, ReadTruth(row[2])), result);
    }
    cases.insert(row[0] + row[1] + row[2]);
  }
  EXPECT_EQ(cases.size(), 3U + 3U * 9U) << "the table lists every case once";
}

// Kleene's logic never says more than every filling-in of the unknowns agrees on.
TEST(Truth, AgreesWithEveryFillingIn) {
  const std::vector<Truth> all = {Truth::kFalse, Truth::kUnknown, Truth::kTrue};
  const auto fillings = [](Truth t) {
    return t == Truth::kUnknown ? std::vector<Truth>{Truth::kFalse, Truth::kTrue} : std::vector<Truth>{t};
  };
  for (const Truth a : all) {
    for (const Truth b : all) {
      for (const Truth x : fillings(a)) {
        for (const Truth y : fillings(b)) {
          if (And(a, b) != Truth::kUnknown) {
            EXPECT_EQ(And(a, b), And(x, y));
          }
          if (Or(a, b) != Truth::kUnknown) {
            EXPECT_EQ(Or(a, b), Or(x, y));
          }
          if (Implies(a, b) != Truth::kUnknown) {
            EXPECT_EQ(Implies(a, b), Implies(x, y));
          }
        }
      }
    }
  }
}

TEST(Truth, TakesPlainBooleans) {
  EXPECT_EQ(FromBool(true), Truth::kTrue);
  EXPECT_EQ(FromBool(false), Truth::kFalse);
}

}  // namespace
}  // namespace cordon::value
