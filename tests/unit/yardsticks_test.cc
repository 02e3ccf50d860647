// External yardsticks: cases whose answers other languages and standards give, put through a real evaluation.
//
// Each row of tests/tables/month_end.csv, imprecise.csv, logic.csv and hit_policies.csv names its source; where Cordon
// differs, the row says so. Sources: HL7 Clinical Quality Language 1.5 and FHIRPath 2.0 on imprecise dates and
// three-valued logic, Catala's dates-calc on month ends, OMG DMN 1.4 on hit policies.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "cli/run.h"
#include "support/file_system.h"
#include "table.h"
#include "value/truth.h"

namespace cordon::tests {
namespace {

using Json = nlohmann::json;

constexpr char kHeader[] =
    "policy demo.yardstick version 1\n"
    "  source book \"A standard\"\n";

// What `policy` concludes from `facts`, as the contract's document.
Json Evaluated(const std::string& policy, const Json& facts) {
  const Json document = {{"as_of", "2025-03-01"}, {"facts", facts}};
  const support::MemoryFileSystem files({{"demo.cordon", policy}, {"facts.json", document.dump()}});
  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
  cli::Environment environment{files, in, out, err, false, "policies", *calendar::MakeDate(2025, 3, 1)};
  cli::Run({"eval", "demo.cordon", "--facts", "facts.json", "--format", "json"}, environment);
  EXPECT_EQ(err.str(), "") << policy;
  return Json::parse(out.str(), nullptr, false);
}

// `yes`, `no` and values as they are; `unknown`, `conflict`, `not covered`.
std::string AnswerOf(const Json& result, const std::string& output) {
  const Json& answer = result.at("outputs").at(output);
  if (answer.at("status") == "undetermined") return "unknown";
  if (answer.at("status") != "determined") return answer.at("status");
  const Json& value = answer.at("value");
  if (value.is_boolean()) return value.get<bool>() ? "yes" : "no";
  return value;
}

// Facts by name: `yes`, `no` and dates; `unknown` is left out.
Json FactsOf(const std::vector<std::pair<std::string, std::string>>& given) {
  Json facts = Json::object();
  for (const auto& [name, value] : given) {
    if (value == "unknown" || value.empty()) continue;
    facts[name] = value == "yes" || value == "no" ? Json(value == "yes") : Json(value);
  }
  return facts;
}

std::string Declared(const std::vector<std::string>& names, const std::string& type) {
  std::string text;
  for (const std::string& name : names) text += "fact " + name + " : " + type + " recorded cite book \"1\"\n";
  return text;
}

// Whether `condition` holds.
std::string Holds(const std::string& facts, const std::string& condition, const Json& given) {
  const std::string policy = kHeader + facts +
                             "protocol p\n"
                             "  output holds : bool strictest\n"
                             "    default no cite book \"1\"\n"
                             "  rule r cite book \"1\"\n"
                             "    when " +
                             condition + "\n    then holds = yes\n";
  return AnswerOf(Evaluated(policy, given), "holds");
}

TEST(Yardsticks, MonthEnd) {
  for (const auto& row : ReadTable("month_end.csv", 5)) {
    const std::string step = std::string(1, row[1][0]) + " " + row[1].substr(1);
    const Json given = FactsOf({{"day", row[0]}, {"result", row[2]}});
    EXPECT_EQ(Holds(Declared({"day", "result"}, "date"), "day " + step + " = result", given), "yes")
        << row[0] << " " << row[1] << " is not " << row[2];
  }
}

TEST(Yardsticks, ImpreciseDates) {
  for (const auto& row : ReadTable("imprecise.csv", 6)) {
    const Json given = FactsOf({{"a", row[0]}, {"b", row[1]}});
    EXPECT_EQ(Holds(Declared({"a", "b"}, "date"), row[2], given), row[3])
        << row[2] << " where a is " << row[0] << " and b is " << row[1] << ": " << row[5];
  }
}

value::Truth TruthOf(const std::string& word) {
  if (word == "unknown") return value::Truth::kUnknown;
  return word == "yes" ? value::Truth::kTrue : value::Truth::kFalse;
}

// Where the standard knows the answer, it is ours; for one connective alone it is the same in both.
TEST(Yardsticks, Logic) {
  for (const auto& row : ReadTable("logic.csv", 7)) {
    const std::string where = row[0] + " where x is " + row[1] + " and y is " + row[2];
    const Json given = FactsOf({{"x", row[1]}, {"y", row[2]}});
    EXPECT_EQ(Holds(Declared({"x", "y"}, "bool"), row[0], given), row[4]) << where;
    EXPECT_TRUE(row[3] == row[4] || row[3] == "unknown") << where;
    const value::Truth x = TruthOf(row[1]);
    const value::Truth y = TruthOf(row[2]);
    const value::Truth cql = TruthOf(row[3]);
    if (row[0] == "x and y") {
      EXPECT_EQ(value::And(x, y), cql) << where;
    }
    if (row[0] == "x or y") {
      EXPECT_EQ(value::Or(x, y), cql) << where;
    }
    if (row[0] == "x implies y") {
      EXPECT_EQ(value::Implies(x, y), cql) << where;
    }
    if (row[0] == "not x") {
      EXPECT_EQ(value::Not(x), cql) << where;
    }
  }
}

// Three rows: a says gown, b says room, c says gown.
std::string HitPolicy(const std::string& reading) {
  const std::string mode = reading == "strictest" ? "strictest" : "unique";
  const std::string first = reading == "first row wins" ? "first row wins  " : "";
  const std::string lead = kHeader + Declared({"a", "b", "c"}, "bool") +
                           "scale Care = gown < room\n"
                           "role nurse en \"nurse\"\n"
                           "action wear_gown text en \"Wear a gown\"\n"
                           "action prepare_room text en \"Prepare a room\"\n"
                           "protocol p\n";
  if (reading == "duties") {
    return lead +
           "  table t cite book \"1\"\n"
           "    | row | when || nurse: wear_gown | nurse: prepare_room |\n"
           "    | 1   | a    || must             | silent              |\n"
           "    | 2   | b    || silent           | must                |\n"
           "    | 3   | c    || must             | silent              |\n";
  }
  return lead + "  output care : Care " + mode + "\n  table t  " + first +
         "cite book \"1\"\n"
         "    | row | when || care |\n"
         "    | 1   | a    || gown |\n"
         "    | 2   | b    || room |\n"
         "    | 3   | c    || gown |\n";
}

// `gown? room`: the duties listed, `?` behind one that is not determined.
std::string DutiesOf(const Json& result) {
  std::string text;
  for (const Json& duty : result.at("duties")) {
    text += text.empty() ? "" : " ";
    text += duty.at("action") == "wear_gown" ? "gown" : "room";
    text += duty.at("status") == "determined" ? "" : "?";
  }
  return text.empty() ? "nothing" : text;
}

TEST(Yardsticks, HitPolicies) {
  for (const auto& row : ReadTable("hit_policies.csv", 9)) {
    const Json result = Evaluated(HitPolicy(row[1]), FactsOf({{"a", row[2]}, {"b", row[3]}, {"c", row[4]}}));
    const std::string seen = row[1] == "duties" ? DutiesOf(result) : AnswerOf(result, "care");
    EXPECT_EQ(seen, row[6]) << row[0] << " as " << row[1] << " with " << row[2] << " " << row[3] << " " << row[4];
  }
}

}  // namespace
}  // namespace cordon::tests
