// Lines of many subjects: a full line is the document that one subject gets, whatever stands in it; ids of all kinds;
// counts and back.
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "cli/disk.h"
#include "cli/disk_streams.h"
#include "cli/run.h"
#include "report/batch_cells.h"
#include "report/batch_summary.h"
#include "support/file_system.h"

namespace cordon::report {
namespace {

using Document = nlohmann::ordered_json;

constexpr const char* kPolicy =
    "policy xx.demo version 1\n"
    "  source g \"Guideline\"\n"
    "fact fever : bool recorded cite g \"1\"\n"
    "protocol arrival\n"
    "  output screen : bool strictest\n"
    "    default no cite g \"2\"\n"
    "  rule hot cite g \"3\"\n"
    "    when fever\n"
    "    then screen = yes\n";

std::string RunOn(const std::string& input, const std::vector<std::string>& args) {
  const cli::Disk real;
  const support::MemoryFileSystem memory(std::map<std::string, std::string>{{"demo.cordon", kPolicy}});
  const bool is_demo = args[1] == "demo.cordon";
  const support::FileSystem& disk = is_demo ? static_cast<const support::FileSystem&>(memory) : real;
  const cli::DiskStreams streams;
  std::istringstream in(input);
  std::ostringstream out;
  std::ostringstream err;
  cli::Environment environment{
      disk, in, out, err, false, CORDON_SOURCE_DIR "/policies", *calendar::MakeDate(2025, 3, 1)};
  environment.streams = &streams;
  cli::Run(args, environment);
  EXPECT_EQ(err.str().find("\"error\""), std::string::npos) << err.str();
  return out.str();
}

// Subjects of whom much, little and nothing is known, with and without a name, a setting and a time.
const std::vector<std::string> kSubjects = {
    R"({"facts":{}})",
    R"({"subject":"p1","as_of":"2020-03-01T14:30","setting":"hospital.inpatient","facts":{"cpo_ever_detected":true}})",
    R"({"subject":"p\"2\\\u0007","setting":"hospital","facts":{"cpo_ever_detected":null}})",
    R"({"subject":"Åse","setting":null,"facts":{"cpo_ever_detected":false,)"
    R"("special_situations":[{"last_day":"2025-02"}]}})",
};

TEST(BatchLines, AFullLineIsTheDocumentOfOneSubject) {
  for (const std::string protocol : {"admission", "transport"}) {
    std::string lines;
    std::string expected;
    for (const std::string& subject : kSubjects) {
      lines += subject + "\n";
      const std::string one =
          RunOn(subject, {"eval", "dk.cpo@2018-09-04", protocol, "--facts", "-", "--format", "json"});
      ASSERT_FALSE(one.empty()) << subject;
      expected += Document::parse(one).dump() + "\n";
    }
    EXPECT_EQ(RunOn(lines, {"batch", "dk.cpo@2018-09-04", protocol, "--facts", "-", "--output", "full"}), expected);
  }
}

TEST(BatchLines, EveryIdComesBackAsItWas) {
  std::vector<std::string> ids = {"p",   "12345678", "1234567\"", "\\2345678",    "12345678\n",
                                  "æøå", "\x7f",     "\x1f",      "12345678\x1fz"};
  for (int c = 1; c < 128; ++c) ids.push_back("somebody" + std::string(1, static_cast<char>(c)) + "else");
  std::string lines;
  for (const std::string& id : ids) lines += Document{{"subject", id}, {"facts", Document::object()}}.dump() + "\n";
  std::istringstream out(RunOn(lines, {"batch", "demo.cordon", "arrival", "--facts", "-"}));
  std::string line;
  for (const std::string& id : ids) {
    ASSERT_TRUE(std::getline(out, line));
    EXPECT_EQ(Document::parse(line).at("subject").get<std::string>(), id);
  }
  EXPECT_FALSE(std::getline(out, line));
}

TEST(BatchCells, QuoteWhatNeedsIt) {
  EXPECT_EQ(CsvField("p1"), "p1");
  EXPECT_EQ(CsvField(""), "");
  EXPECT_EQ(CsvField("a,b"), "\"a,b\"");
  EXPECT_EQ(CsvField("say \"no\""), "\"say \"\"no\"\"\"");
  EXPECT_EQ(CsvField("a\nb"), "\"a\nb\"");
}

TEST(BatchSummary, CountsComeBackAsTheyWere) {
  Tally tally;
  tally.subjects = 12345678901;
  tally.refused = 3;
  tally.errors = {{"E0504", 2}, {"E0512", 1}};
  tally.outputs["screen"] = {{{"true", 7}}, {{"false", 2}}, {{"not covered", 1}}, {{"a.b", 4}}, {{"stays[1].x", 9}}};
  EXPECT_EQ(ReadTally(TallyJson(tally)), tally);
  Tally twice = tally;
  twice.Add(tally);
  EXPECT_EQ(twice.outputs["screen"].determined["true"], 14U);
  EXPECT_EQ(twice.errors["E0504"], 4U);
  EXPECT_EQ(ReadTally("{\"subjects\":1}"), std::nullopt);
  EXPECT_EQ(ReadTally("no JSON"), std::nullopt);
}

}  // namespace
}  // namespace cordon::report
