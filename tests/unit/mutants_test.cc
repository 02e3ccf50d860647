// The mutants of a policy with something of every kind: each changes the model, keeps its invariants and is like no
// other; and what a few of them say and do.
#include "analyse/mutants.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "analyse/neighbours.h"
#include "check_texts.h"
#include "model/print.h"
#include "model/verify.h"

namespace cordon::analyse {
namespace {

using value::Value;

std::string EverythingText() {
  std::ifstream file(CORDON_SOURCE_DIR "/tests/unit/mutants_every.cordon");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

class Mutants : public testing::Test {
 protected:
  void SetUp() override {
    check::CheckTexts(checked_, {EverythingText()}, {});
    ASSERT_TRUE(checked_.policy) << check::MessagesOf(checked_);
    mutants_ = ListMutants(*checked_.policy, checked_.sources);
  }

  const model::Policy& policy() const { return *checked_.policy; }

  // The mutant that says so; the test fails where there is not exactly one.
  const Mutant* Find(const std::string& path, const std::string& old_text, const std::string& new_text) const {
    const Mutant* found = nullptr;
    for (const Mutant& mutant : mutants_) {
      if (mutant.path != path || mutant.old_text != old_text || mutant.new_text != new_text) continue;
      EXPECT_EQ(found, nullptr) << "twice: " << mutant.id;
      found = &mutant;
    }
    EXPECT_NE(found, nullptr) << path << ": " << old_text << " -> " << new_text;
    return found;
  }

  // The lines of the dump that a mutant changes: those lost with `-`, those new with `+`.
  std::string Changed(const Mutant& mutant) const {
    const std::vector<std::string> before = Lines(model::Print(policy()));
    const std::vector<std::string> after = Lines(model::Print(Apply(policy(), mutant)));
    std::size_t same = 0;
    while (same < before.size() && same < after.size() && before[same] == after[same]) ++same;
    std::size_t end = 0;
    while (end + same < before.size() && end + same < after.size() &&
           before[before.size() - 1 - end] == after[after.size() - 1 - end]) {
      ++end;
    }
    std::string text;
    for (std::size_t i = same; i + end < before.size(); ++i) text += "-" + before[i] + "\n";
    for (std::size_t i = same; i + end < after.size(); ++i) text += "+" + after[i] + "\n";
    return text;
  }

  static std::vector<std::string> Lines(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) lines.push_back(line.substr(line.find_first_not_of(' ')));
    return lines;
  }

  check::Checked checked_;
  std::vector<Mutant> mutants_;
};

TEST_F(Mutants, EveryKindOccurs) {
  std::set<MutantKind> seen;
  for (const Mutant& mutant : mutants_) seen.insert(mutant.kind);
  for (std::size_t i = 0; i < kNumMutantKinds; ++i) {
    EXPECT_EQ(seen.count(static_cast<MutantKind>(i)), 1U) << MutantKindName(static_cast<MutantKind>(i));
  }
}

TEST_F(Mutants, EachChangesTheModelAsNoOtherDoes) {
  std::map<std::string, std::string> seen = {{model::Print(policy()), "the policy itself"}};
  for (const Mutant& mutant : mutants_) {
    const auto [first, added] = seen.emplace(model::Print(Apply(policy(), mutant)), mutant.id);
    EXPECT_TRUE(added) << mutant.id << " is the same as " << first->second;
  }
}

TEST_F(Mutants, EachKeepsTheModelSound) {
  for (const Mutant& mutant : mutants_) {
    const std::vector<std::string> broken = model::Verify(Apply(policy(), mutant));
    EXPECT_TRUE(broken.empty()) << mutant.id << ": " << (broken.empty() ? "" : broken[0]);
  }
}

TEST_F(Mutants, EachHasAnIdOfItsOwnAPlaceAndTwoTexts) {
  std::set<std::string> ids;
  for (const Mutant& mutant : mutants_) {
    EXPECT_TRUE(ids.insert(mutant.id).second) << mutant.id;
    EXPECT_TRUE(mutant.span.valid()) << mutant.id;
    EXPECT_NE(mutant.old_text, mutant.new_text) << mutant.id;
    EXPECT_FALSE(mutant.old_text.empty()) << mutant.id;
  }
}

TEST_F(Mutants, TheSameTextGivesTheSameIds) {
  const std::vector<Mutant> again = ListMutants(policy(), checked_.sources);
  ASSERT_EQ(again.size(), mutants_.size());
  for (std::size_t i = 0; i < again.size(); ++i) EXPECT_EQ(again[i].id, mutants_[i].id);
}

struct Step {
  const char* path;
  const char* old_text;
  const char* new_text;
  const char* changed;
};

const Step kSteps[] = {
    {"arrival.asks", "age >= 18", "age > 18", "-(18 <= age)\n+(18 < age)\n"},
    {"arrival.asks", "age >= 18", "age >= 19", "-(18 <= age)\n+(19 <= age)\n"},
    {"arrival.cold", "weight > 37.5", "weight > 37.4", "-(37.5 < weight)\n+(37.4 < weight)\n"},
    {"arrival.cold", "2 * age", "3 * age", "-((age * 2) < 80)\n+((age * 3) < 80)\n"},
    {"arrival.hot", "fever and tired", "fever or tired", "-(not (fever and tired))\n+(not (fever or tired))\n"},
    {"arrival.hot", "fever and tired", "fever", "-(not (fever and tired))\n+(not fever)\n"},
    {"arrival.hot", "unless relative", "when relative", "-(not relative)\n+relative\n"},
    {"arrival.hot", "unless relative", "", "-part `unless relative`\n-(not relative)\n"},
    {"arrival.hot", "ill", "not (ill)", "-ill\n+(not ill)\n"},
    {"arrival.hot", "grade = exactly high", "grade = high", "-then grade exactly high\n+then grade = high\n"},
    {"arrival.hot", "shade = wide.narrow", "shade = wide.deep", "-then shade = wide.narrow\n+then shade = wide.deep\n"},
    {"arrival.cold", "overrides hot", "", "-overrides hot\n"},
    {"arrival.stayed", "grade = middle", "grade = high", "-then grade = middle\n+then grade = high\n"},
    {"arrival.stayed", "count(long_stays) >= 2", "count(long_stays) >= 3",
     "-(count(long_stays) >= 2)\n+(count(long_stays) >= 3)\n"},
    {"arrival.told", "driver need not isolate", "driver may isolate",
     "-then driver need not isolate\n+then driver may isolate\n"},
    {"arrival.asks", "nurse must ask at admission", "nurse must ask before admission",
     "-then nurse must ask(questions) at admission\n+then nurse must ask(questions) before admission\n"},
    {"arrival.by_kind.rest", "otherwise", "",
     "-part `otherwise`\n"
     "-(not ((x1.kind in { narrow, deep }) or ((x1.kind in { plain }) and (2 days < x1.length))))\n"},
    {"arrival.screen", "strictest", "unique", "-output screen : bool strictest\n+output screen : bool unique\n"},
    {"arrival.screen", "default no", "", "-default no\n"},
    {"smokes", "assume no", "assume yes",
     "-assume no because \"1: noted if so\"\n+assume yes because \"1: noted if so\"\n"},
    {"coughs", "assume no unless asked", "assume no",
     "-assume no unless asked because \"1\"\n+assume no because \"1\"\n"},
    {"long_stays", "length > 24 hours", "length > 25 hours",
     "-define long_stays : list of Stay = (x1 of stays where (24 hours < x1.length))\n"
     "+define long_stays : list of Stay = (x1 of stays where (25 hours < x1.length))\n"},
};

TEST_F(Mutants, SayWhatTheyDoInThePolicysWords) {
  for (const Step& step : kSteps) {
    const Mutant* mutant = Find(step.path, step.old_text, step.new_text);
    if (mutant != nullptr) {
      EXPECT_EQ(Changed(*mutant), step.changed) << mutant->id;
    }
  }
}

// `recent(born)`: the lowered date and its bound have no expression in the rule's own text.
TEST_F(Mutants, ADefinitionWithParametersIsChangedWhereItIsWritten) {
  const Mutant* mutant = Find("arrival.cold", "day within the last look_back",
                              "day within the last look_back, with 5 months for 6 months");
  ASSERT_NE(mutant, nullptr);
  EXPECT_EQ(Changed(*mutant),
            "-(((today - 6 months) <= born) and (born <= today))\n"
            "+(((today - 5 months) <= born) and (born <= today))\n");
}

TEST_F(Mutants, SomeAndEveryBecomeEachOther) {
  std::vector<std::string> changes;
  for (const Mutant& mutant : mutants_) {
    if (mutant.kind == MutantKind::kQuantifier) changes.push_back(mutant.new_text + "\n" + Changed(mutant));
  }
  const std::vector<std::string> expected = {
      "every s in stays has (s.kind is wide and s.calm)\n"
      "-(some x1 in stays has ((x1.kind in { narrow, deep }) and x1.calm))\n"
      "+(not (some x1 in stays has (not ((x1.kind in { narrow, deep }) and x1.calm))))\n",
      "some s in latest stays by from has (s.calm)\n"
      "-(not (some x2 in (x3 of stays where (x3.from = (greatest x4.from over x4 in stays))) has (not x2.calm)))\n"
      "+(some x2 in (x3 of stays where (x3.from = (greatest x4.from over x4 in stays))) has x2.calm)\n"};
  EXPECT_EQ(changes, expected);
}

// A duty's due date is worked out by a shift that holds the period once more.
TEST_F(Mutants, ADueDateMovesWithItsPeriod) {
  const Mutant* mutant = Find("arrival.hot", "ward should wash due 1 week", "ward should wash due 8 days");
  ASSERT_NE(mutant, nullptr);
  const model::Policy changed = Apply(policy(), *mutant);
  for (const model::Rule& rule : changed.rules) {
    for (const model::Duty& duty : rule.duties) {
      for (const model::Due& due : duty.dues) {
        if (due.kind != model::DueKind::kAfter) continue;
        EXPECT_EQ(calendar::Format(due.period), "8 days");
        EXPECT_EQ(model::PrintExpr(changed, due.date), "(born + 8 days)");
      }
    }
  }
}

struct Neighbour {
  Value value;
  std::vector<Value> around;
};

TEST(MutantNeighbours, AreOneStepAwayInTheUnitThatIsWritten) {
  const Neighbour table[] = {
      {Value::Bool(true), {Value::Bool(false)}},
      {Value::Int(3), {Value::Int(2), Value::Int(4)}},
      {Value::Int(value::kLargestNumber), {Value::Int(value::kLargestNumber - 1)}},
      {Value::Decimal(37500), {Value::Decimal(37400), Value::Decimal(37600)}},
      {Value::Decimal(38000), {Value::Decimal(37000), Value::Decimal(39000)}},
      {Value::Duration(24 * 60), {Value::Duration(23 * 60), Value::Duration(25 * 60)}},
      {Value::Duration(3 * 24 * 60), {Value::Duration(2 * 24 * 60), Value::Duration(4 * 24 * 60)}},
      {Value::Duration(90), {Value::Duration(89), Value::Duration(91)}},
      {Value::Months(12), {Value::Months(11), Value::Months(13)}},
      {Value::OfDate(calendar::kLastDate), {Value::OfDate({calendar::kLastDate.days - 1})}},
      {Value::Text("x"), {}},
      {Value::None(), {}},
  };
  for (const Neighbour& row : table) EXPECT_EQ(Neighbours({}, row.value, {}), row.around) << row.value.number;
}

TEST(MutantNeighbours, OfAPeriodAreNeverNothing) {
  EXPECT_EQ(Neighbours(calendar::Period{1, 0}), (std::vector<calendar::Period>{{2, 0}}));
  EXPECT_EQ(Neighbours(calendar::Period{0, 60}), (std::vector<calendar::Period>{{0, 120}}));
  EXPECT_EQ(Neighbours(calendar::Period{0, 7 * 24 * 60}),
            (std::vector<calendar::Period>{{0, 6 * 24 * 60}, {0, 8 * 24 * 60}}));
}

// Every step between modalities can be gone back, but for those between considering and doing.
TEST(MutantNeighbours, OfAModalityAreNeverItself) {
  for (int i = 0; i <= static_cast<int>(model::Modality::kMayConsider); ++i) {
    const auto modality = static_cast<model::Modality>(i);
    const std::vector<model::Modality> around = Neighbours(modality);
    EXPECT_GE(around.size(), 2U) << model::ModalityText(modality);
    EXPECT_EQ(std::count(around.begin(), around.end(), modality), 0) << model::ModalityText(modality);
  }
}

}  // namespace
}  // namespace cordon::analyse
