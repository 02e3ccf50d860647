// SARIF logs, held against the structure that the standard publishes: required properties, types, enumerations.
//
// Source: OASIS, SARIF Version 2.1.0, sections 3.13 (log) to 3.49 (rules), and its JSON schema.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <string>

#include "diagnostics/pages.h"
#include "report/diagnostics_sarif.h"

namespace cordon::report {
namespace {

using diagnostics::Code;
using Json = nlohmann::json;

// Fails where `object` lacks one of `required`, or has a property that is in neither list.
void ExpectProperties(const Json& object, const std::set<std::string>& required,
                      const std::set<std::string>& optional = {}) {
  ASSERT_TRUE(object.is_object()) << object;
  for (const std::string& name : required) EXPECT_TRUE(object.contains(name)) << "no `" << name << "` in " << object;
  for (const auto& [name, value] : object.items()) {
    EXPECT_TRUE(required.count(name) + optional.count(name) > 0) << "`" << name << "` in " << object;
  }
}

void ExpectMessage(const Json& message) {
  ExpectProperties(message, {"text"}, {"markdown"});
  EXPECT_TRUE(message["text"].is_string());
  EXPECT_FALSE(message["text"].get<std::string>().empty());
}

void ExpectLevel(const Json& level) {
  static const std::set<std::string> kLevels = {"none", "note", "warning", "error"};
  ASSERT_TRUE(level.is_string());
  EXPECT_EQ(kLevels.count(level), 1u) << level;
}

void ExpectLocation(const Json& location) {
  ExpectProperties(location, {"physicalLocation"}, {"id", "message"});
  if (location.contains("id")) EXPECT_GE(location["id"].get<int>(), 0);
  if (location.contains("message")) ExpectMessage(location["message"]);
  const Json& place = location["physicalLocation"];
  ExpectProperties(place, {"artifactLocation", "region"});
  ExpectProperties(place["artifactLocation"], {"uri"});
  EXPECT_TRUE(std::regex_match(place["artifactLocation"]["uri"].get<std::string>(),
                               std::regex("(file:///)?([A-Za-z0-9._~/-]|%[0-9A-F]{2})+")));
  const Json& region = place["region"];
  ExpectProperties(region, {"startLine", "startColumn", "endLine", "endColumn"});
  EXPECT_GE(region["startLine"].get<int>(), 1);
  EXPECT_GE(region["startColumn"].get<int>(), 1);
  EXPECT_GE(region["endLine"].get<int>(), region["startLine"].get<int>());
  if (region["endLine"] == region["startLine"]) {
    EXPECT_GE(region["endColumn"].get<int>(), region["startColumn"].get<int>());
  }
}

void ExpectRule(const Json& rule) {
  ExpectProperties(rule, {"id", "shortDescription", "help", "defaultConfiguration"});
  ExpectMessage(rule["shortDescription"]);
  ExpectMessage(rule["help"]);
  ExpectProperties(rule["defaultConfiguration"], {"level"});
  ExpectLevel(rule["defaultConfiguration"]["level"]);
}

void ExpectResult(const Json& result, const Json& rules) {
  ExpectProperties(result, {"message", "ruleId", "ruleIndex", "level", "partialFingerprints"},
                   {"locations", "relatedLocations"});
  ExpectMessage(result["message"]);
  ExpectLevel(result["level"]);
  const auto index = result["ruleIndex"].get<std::size_t>();
  ASSERT_LT(index, rules.size());
  EXPECT_EQ(rules[index]["id"], result["ruleId"]);
  for (const auto& [key, value] : result["partialFingerprints"].items()) EXPECT_TRUE(value.is_string()) << key;
  for (const char* places : {"locations", "relatedLocations"}) {
    if (!result.contains(places)) continue;
    EXPECT_FALSE(result[places].empty());
    for (const Json& location : result[places]) ExpectLocation(location);
  }
}

// The one run of a log that keeps to the standard.
Json RunOf(const std::string& text) {
  const Json log = Json::parse(text);
  ExpectProperties(log, {"version", "runs"}, {"$schema"});
  EXPECT_EQ(log["version"], "2.1.0");
  EXPECT_EQ(log["runs"].size(), 1u);
  const Json& run = log["runs"][0];
  ExpectProperties(run, {"tool", "results"}, {"columnKind"});
  EXPECT_TRUE(run["columnKind"] == "unicodeCodePoints" || run["columnKind"] == "utf16CodeUnits");
  ExpectProperties(run["tool"], {"driver"});
  const Json& driver = run["tool"]["driver"];
  ExpectProperties(driver, {"name"}, {"version", "rules"});
  std::set<std::string> ids;
  for (const Json& rule : driver["rules"]) {
    ExpectRule(rule);
    EXPECT_TRUE(ids.insert(rule["id"]).second) << rule["id"];
  }
  for (const Json& result : run["results"]) ExpectResult(result, driver["rules"]);
  return run;
}

diagnostics::Span SpanOf(diagnostics::SourceId source, std::uint32_t begin, std::uint32_t end) {
  return {source, begin, end};
}

TEST(Sarif, AnEmptyRunIsALog) {
  const Json run = RunOf(DiagnosticsSarif(diagnostics::Sink(), diagnostics::Sources(), "1.0"));
  EXPECT_TRUE(run["results"].empty());
  EXPECT_EQ(run["tool"]["driver"]["version"], "1.0");
}

TEST(Sarif, ResultsHaveRulesPlacesAndNotes) {
  diagnostics::Sources sources;
  const auto source = sources.Add("policies/å b/x.cordon", "one\ntwø three\n");
  diagnostics::Sink sink;
  sink.Report(Code::kUnusedFact, SpanOf(source, 4, 8), "second", "", {{SpanOf(source, 0, 3), "a note"}});
  sink.Report(Code::kUnknownName, SpanOf(source, 0, 3), "first", "mend it");
  sink.Report(Code::kNoSuchPolicy, {}, "no place");
  const Json run = RunOf(DiagnosticsSarif(sink, sources, "1.0"));
  ASSERT_EQ(run["results"].size(), 3u);
  std::size_t placed = 0;
  for (const Json& result : run["results"]) {
    if (!result.contains("locations")) continue;
    ++placed;
    const Json& place = result["locations"][0]["physicalLocation"];
    EXPECT_EQ(place["artifactLocation"]["uri"], "policies/%C3%A5%20b/x.cordon");
    if (result["ruleId"] != "W0602") continue;
    EXPECT_EQ(result["level"], "warning");
    EXPECT_EQ(place["region"]["startLine"], 2);
    EXPECT_EQ(place["region"]["startColumn"], 1);
    EXPECT_EQ(place["region"]["endColumn"], 4);  // code points, not bytes
    EXPECT_EQ(result["relatedLocations"][0]["message"]["text"], "a note");
  }
  EXPECT_EQ(placed, 2u);
}

std::string FingerprintIn(const std::string& text, std::uint32_t begin) {
  diagnostics::Sources sources;
  const auto source = sources.Add("a.cordon", text);
  diagnostics::Sink sink;
  sink.Report(Code::kUnusedFact, SpanOf(source, begin, begin + 4), "nothing reads it");
  const Json run = RunOf(DiagnosticsSarif(sink, sources, "1.0"));
  return run["results"][0]["partialFingerprints"]["cordon/v1"];
}

TEST(Sarif, AFingerprintOutlivesLinesAbove) {
  const std::string before = FingerprintIn("fact cough\n", 5);
  EXPECT_EQ(FingerprintIn("# more\n\nfact cough\n", 13), before);
  EXPECT_NE(FingerprintIn("fact fever\n", 5), before);
}

TEST(Sarif, TwoAlikeHaveTwoFingerprints) {
  diagnostics::Sources sources;
  const auto source = sources.Add("a.cordon", "fact x\nfact x\n");
  diagnostics::Sink sink;
  sink.Report(Code::kUnusedFact, SpanOf(source, 5, 6), "nothing reads it");
  sink.Report(Code::kUnusedFact, SpanOf(source, 12, 13), "nothing reads it");
  const Json results = RunOf(DiagnosticsSarif(sink, sources, "1.0"))["results"];
  EXPECT_NE(results[0]["partialFingerprints"], results[1]["partialFingerprints"]);
}

TEST(Sarif, PathsAreUris) {
  EXPECT_EQ(AsUri("policies/dk/a.cordon"), "policies/dk/a.cordon");
  EXPECT_EQ(AsUri("/a/b.cordon"), "file:///a/b.cordon");
  EXPECT_EQ(AsUri("50%#.cordon"), "50%25%23.cordon");
}

TEST(Sarif, EveryCodeHasAPageWithProse) {
  for (const Code code : diagnostics::AllCodes()) {
    const std::string_view page = diagnostics::CodePage(code);
    EXPECT_FALSE(page.empty()) << diagnostics::CodeText(code);
    const std::string prose = diagnostics::PageProse(page);
    EXPECT_FALSE(prose.empty()) << diagnostics::CodeText(code);
    EXPECT_EQ(prose.find("```"), std::string::npos) << diagnostics::CodeText(code);
  }
}

}  // namespace
}  // namespace cordon::report
