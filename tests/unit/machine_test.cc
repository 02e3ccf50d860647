// Bit-planes of many subjects against tests/tables/truth.csv, which lists every case of three-valued logic.
#include "evaluate/machine.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "check/check.h"
#include "diagnostics/render.h"
#include "program/lower.h"
#include "syntax/parse.h"
#include "table.h"

namespace cordon::evaluate {
namespace {

constexpr const char* kPolicy = R"(policy test.planes version 1
  title  en "Planes"
  issuer "Test"
  source s "S"

fact a : bool  recorded  cite s "1"
fact b : bool  recorded  cite s "1"

protocol planes  about patient

  output is_not : bool strictest
    default no cite s "1"
  output is_and : bool strictest
    default no cite s "1"
  output is_or : bool strictest
    default no cite s "1"
  output is_implies : bool strictest
    default no cite s "1"

  rule n  cite s "1"
    when not a
    then is_not = yes
  rule c  cite s "1"
    when a and b
    then is_and = yes
  rule d  cite s "1"
    when a or b
    then is_or = yes
  rule i  cite s "1"
    when a implies b
    then is_implies = yes
)";

model::Policy Policy() {
  diagnostics::Sources sources;
  diagnostics::Sink sink;
  check::Unit unit;
  unit.files.push_back(syntax::Parse(sources, sources.Add("planes.cordon", kPolicy), sink));
  auto policy = check::Check(sources, unit, sink);
  EXPECT_TRUE(policy) << diagnostics::RenderAll(sink, sources, diagnostics::Colour::kNever);
  return *std::move(policy);
}

facts::Cell CellOf(const std::string& word) {
  if (word == "unknown" || word.empty()) return {};
  return facts::Cell::Known(value::Value::Bool(word == "yes"));
}

std::string WordAt(const Planes& planes, std::size_t row) {
  if (facts::BitAt(planes.sure, row)) return "yes";
  return facts::BitAt(planes.possible(), row) ? "unknown" : "no";
}

// So many copies of every case that words of planes are filled and one is left over.
TEST(Machine, FollowsTheTableOfTruth) {
  const auto table = tests::ReadTable("truth.csv", 4);
  const model::Policy policy = Policy();
  const std::vector<bool> wanted(policy.facts.size(), true);
  const program::Program program = program::Lower(policy, model::ProtocolId(0), {}, wanted);
  constexpr std::size_t kCopies = 7;
  facts::Columns columns(policy, wanted);
  columns.Clear(kCopies * table.size());
  for (std::size_t copy = 0; copy < kCopies; ++copy) {
    for (const std::vector<std::string>& row : table) {
      facts::Subject subject = facts::Unasked(policy, {*calendar::ParseDate("2025-01-02"), std::nullopt});
      for (std::size_t i = 0; i < policy.facts.size(); ++i) {
        if (policy.facts[i].name == "a") subject.facts[i] = CellOf(row[1]);
        if (policy.facts[i].name == "b") subject.facts[i] = CellOf(row[2]);
      }
      columns.Append(subject);
    }
  }
  Machine machine(program);
  machine.Run(columns, Learning::kMay);
  for (std::size_t i = 0; i < kCopies * table.size(); ++i) {
    const std::vector<std::string>& row = table[i % table.size()];
    SCOPED_TRACE(row[0] + " " + row[1] + " " + row[2]);
    const auto output = std::find_if(policy.outputs.begin(), policy.outputs.end(),
                                     [&](const model::Output& o) { return o.name == "is_" + row[0]; });
    ASSERT_NE(output, policy.outputs.end());
    const auto& code = program.outputs[static_cast<std::size_t>(output - policy.outputs.begin())];
    ASSERT_EQ(code.groups.size(), 1U);
    EXPECT_EQ(WordAt(machine.Condition(code.groups[0].stands), i), row[3]);
  }
}

}  // namespace
}  // namespace cordon::evaluate
