// Versions put together: ropes and the way back from them, and that a whole written out says what the chain says.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "cli/run.h"
#include "compose/columns.h"
#include "compose/layout.h"
#include "compose/plan.h"
#include "compose/rope.h"
#include "support/file_system.h"

namespace cordon::compose {
namespace {

using diagnostics::SourceId;
using diagnostics::Sources;

Span At(SourceId source, std::uint32_t begin, std::uint32_t end) { return {source, begin, end}; }

class Ropes : public testing::Test {
 protected:
  Ropes() : base_(sources_.Add("base", "one two three\n")), delta_(sources_.Add("delta", "TWO and a half")) {
    rope_ = {{At(base_, 0, 14), {}, kNoChange}};
  }
  Rope Changed() { return Apply(sources_, rope_, {{4, 7, {{At(delta_, 0, 3), {}, 5}}, ""}}); }
  // The changed text as a source of its own, with the way back.
  SourceId Compose(Origins& origins) {
    const Rope rope = Changed();
    const SourceId composed = sources_.Add("composed", TextOf(sources_, rope));
    origins.Add(composed, sources_, rope);
    return composed;
  }

  Sources sources_;
  SourceId base_;
  SourceId delta_;
  Rope rope_;
};

TEST_F(Ropes, AnEditReplacesItsBytes) { EXPECT_EQ(TextOf(sources_, Changed()), "one TWO three\n"); }

TEST_F(Ropes, EditsAreMadeAtOnceWhateverTheirOrder) {
  const Edit first{0, 3, {{At(delta_, 4, 7), {}, 0}}, ""};
  const Edit second{8, 13, {}, ""};
  EXPECT_EQ(TextOf(sources_, Apply(sources_, rope_, {first, second})), "and two \n");
  EXPECT_EQ(TextOf(sources_, Apply(sources_, rope_, {second, first})), "and two \n");
}

TEST_F(Ropes, AnEditWithinAnotherIsLeftOut) {
  const Edit outer{0, 7, {{At(delta_, 0, 3), {}, 0}}, ""};
  const Edit inner{4, 7, {{At(delta_, 4, 7), {}, 1}}, ""};
  EXPECT_EQ(TextOf(sources_, Apply(sources_, rope_, {inner, outer})), "TWO three\n");
}

TEST_F(Ropes, WhatIsSetInStandsBeforeWhatIsReplacedThere) {
  const Edit set_in{4, 4, {{At(delta_, 0, 3), " ", 0}}, ""};
  const Edit replaced{4, 7, {{At(delta_, 0, 3), {}, 1}}, ""};
  EXPECT_EQ(TextOf(sources_, Apply(sources_, rope_, {replaced, set_in})), "one  TWO three\n");
}

TEST_F(Ropes, APlaceLeadsBackToTheFileThatAPersonWrote) {
  Origins origins;
  const SourceId composed = Compose(origins);
  EXPECT_TRUE(origins.Trace(At(composed, 4, 7)) == At(delta_, 0, 3));
  EXPECT_TRUE(origins.Trace(At(composed, 5, 6)) == At(delta_, 1, 2));
  EXPECT_TRUE(origins.Trace(At(composed, 8, 13)) == At(base_, 8, 13));
  EXPECT_TRUE(origins.Trace(At(composed, 0, 13)) == At(base_, 0, 13)) << "both ends lie in the base";
  EXPECT_TRUE(origins.Trace(At(base_, 1, 2)) == At(base_, 1, 2)) << "a text that was not composed";
}

TEST_F(Ropes, TheChangesOfAPlaceAreKnown) {
  Origins origins;
  const SourceId composed = Compose(origins);
  EXPECT_EQ(origins.ChangesIn(At(composed, 0, 13)), std::vector<std::size_t>{5});
  EXPECT_EQ(origins.ChangesIn(At(composed, 8, 13)), std::vector<std::size_t>());
}

TEST_F(Ropes, AnEmptyTextLeadsNowhereElse) {
  Origins origins;
  const SourceId empty = sources_.Add("empty", "");
  origins.Add(empty, sources_, {});
  EXPECT_TRUE(origins.Trace(At(empty, 0, 0)) == At(empty, 0, 0));
  EXPECT_TRUE(origins.ChangesIn(At(empty, 0, 0)).empty());
}

TEST(Layout, LinesThatAreRemovedTakeOneEmptyLineWithThem) {
  Sources sources;
  const SourceId source = sources.Add("text", "a\n\n  gone  # with its comment\n\nb\n");
  const Span lines = WholeLines(sources, At(source, 5, 9));
  EXPECT_EQ(sources.text(lines), "  gone  # with its comment\n\n");
}

TEST(Layout, WhatStandsBesideSomethingIsRemovedAlone) {
  Sources sources;
  const SourceId source = sources.Add("text", "a, gone, b\n");
  EXPECT_EQ(sources.text(WholeLines(sources, At(source, 3, 7))), "gone");
}

TEST(Layout, SetInTextKeepsItsShapeAtAnotherDepth) {
  Sources sources;
  const SourceId source = sources.Add("text", "  rule a\n    when b\n\n    then c\n");
  EXPECT_EQ(TextOf(sources, Indented(sources, At(source, 2, 31), 6, 0)), "rule a\n        when b\n\n        then c");
}

TEST(Layout, WhatIsSetInAmongRemovedLinesStandsBeforeThem) {
  Sources sources;
  const SourceId source = sources.Add("text", "a\nb\nc\n");
  const SourceId glue = sources.Add("new", "");
  std::vector<Edit> edits = {{2, 4, {}, ""}, {4, 6, {}, ""}, {5, 5, {{At(glue, 0, 0), "\nnew", 0}}, ""}};
  MoveOutOfRemoved(edits);
  const Rope rope = {{At(source, 0, 6), {}, kNoChange}};
  EXPECT_EQ(TextOf(sources, Apply(sources, rope, edits)), "a\nnew\n");
}

std::string RowIn(const std::string& row, const std::string& model) {
  Sources sources;
  const std::string text = "  " + row + "\n";
  const SourceId written = sources.Add("written", text);
  const SourceId base = sources.Add("base", "    " + model + "\n");
  const auto bar = static_cast<std::uint32_t>(text.rfind('|') + 1);
  const Span extent = At(written, 2, static_cast<std::uint32_t>(text.size() - 1));
  return TextOf(sources, InColumns(sources, At(written, 2, bar), extent,
                                   At(base, 4, static_cast<std::uint32_t>(4 + model.size())), 0));
}

TEST(Columns, ARowTakesTheColumnsOfThoseAroundIt) {
  EXPECT_EQ(RowIn("| c | å || no |", "| row | when  || screen |"), "| c   | å     || no     |");
  EXPECT_EQ(RowIn("| c | fever and cough || no |", "| a | b || yes |"), "| c | fever and cough || no  |") << "too wide";
  EXPECT_EQ(RowIn("| c | x = \"|\" || no |", "| row | when    || screen |"), "| c   | x = \"|\" || no     |");
  EXPECT_EQ(RowIn("| c | || no |", "| row | when || screen |"), "| c   |      || no     |");
}

TEST(Columns, NotesBehindARowStay) {
  EXPECT_EQ(RowIn("| c || no |  cite b \"1\"", "| row || yes |"), "| c   || no  |  cite b \"1\"");
}

TEST(Columns, ARowOfOtherCellsStaysAsItIs) {
  EXPECT_EQ(RowIn("| c | d || no |", "| row || screen |"), "| c | d || no |");
}

// ---- wholes

struct Printed {
  int status = 0;
  std::string out;
};

Printed Do(const std::map<std::string, std::string>& files, const std::vector<std::string>& args) {
  const support::MemoryFileSystem disk(files);
  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
  cli::Environment environment{disk, in, out, err, false, "policies", *calendar::ParseDate("2025-03-01")};
  Printed printed;
  printed.status = cli::Run(args, environment);
  printed.out = out.str();
  return printed;
}

std::string ReadText(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// The files that a transcript brings.
std::map<std::string, std::string> FilesOf(const std::filesystem::path& transcript) {
  std::istringstream lines(ReadText(transcript));
  std::map<std::string, std::string> files;
  std::string name;
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind("$ ", 0) == 0) break;
    if (line.rfind("--- ", 0) == 0) {
      name = line.substr(4);
    } else if (!name.empty()) {
      files[name] += line + "\n";
    }
  }
  return files;
}

std::set<std::string> FoldersOf(const std::map<std::string, std::string>& files) {
  std::set<std::string> folders;
  for (const auto& [name, text] : files) {
    if (name.ends_with(".cordon") && name.find('/') != std::string::npos)
      folders.insert(name.substr(0, name.rfind('/')));
  }
  return folders;
}

// The model without its claims, which a whole does not make.
std::string ModelOf(const std::map<std::string, std::string>& files, const std::string& policy) {
  const Printed printed = Do(files, {"dump", "--stage", "model", policy});
  EXPECT_EQ(printed.status, 0) << policy;
  std::istringstream lines(printed.out);
  std::string model;
  bool in_claim = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind(' ', 0) != 0) in_claim = line.rfind("claim", 0) == 0;
    if (!in_claim) model += line + "\n";
  }
  return model;
}

// How many wholes were held against their chains.
std::size_t HoldWholes(const std::map<std::string, std::string>& files) {
  std::size_t count = 0;
  for (const std::string& folder : FoldersOf(files)) {
    const Printed whole = Do(files, {"show", folder, "--plain"});
    if (whole.status != 0) continue;  // a transcript about a mistake
    std::map<std::string, std::string> with = files;
    with["whole.cordon"] = whole.out;
    EXPECT_EQ(ModelOf(with, "whole.cordon"), ModelOf(files, folder)) << folder << "\n" << whole.out;
    ++count;
  }
  return count;
}

TEST(Wholes, SayWhatTheirChainsSay) {
  std::size_t count = 0;
  const std::filesystem::path root = CORDON_SOURCE_DIR;
  for (const auto& entry : std::filesystem::directory_iterator(root / "tests/golden/versions")) {
    SCOPED_TRACE(entry.path().filename().string());
    count += HoldWholes(FilesOf(entry.path()));
  }
  EXPECT_GE(count, 20U);
}

TEST(Wholes, OfThePoliciesSayWhatThePoliciesSay) {
  std::map<std::string, std::string> files;
  const std::filesystem::path root = CORDON_SOURCE_DIR;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root / "policies")) {
    if (entry.path().extension() != ".cordon") continue;
    files[std::filesystem::relative(entry.path(), root).string()] = ReadText(entry.path());
  }
  EXPECT_GE(HoldWholes(files), 1U);
}

std::string WithoutDigest(const std::string& text) {
  return std::regex_replace(text, std::regex("sha256:[0-9a-f]+"), "sha256:");
}

TEST(Wholes, AnswerWhatTheirChainsAnswer) {
  const std::filesystem::path root = CORDON_SOURCE_DIR;
  std::map<std::string, std::string> files = FilesOf(root / "tests/golden/versions/chain.golden");
  files["whole.cordon"] = Do(files, {"show", "demo.clinic@7", "--plain"}).out;
  std::set<std::string> answers;
  for (const std::string hot : {"true", "false", "null"}) {
    for (const std::string symptom : {"\"cough\"", "\"spots\"", "\"wheals\"", "\"rash\"", "null"}) {
      for (const std::string stays : {"[]", "null", R"([{"country": "DE", "ended": "2023-01-01"}])"}) {
        files["patient.json"] = R"({"as_of": "2024-07-01", "facts": {"hot": )" + hot + R"(, "symptom": )" + symptom +
                                R"(, "stays": )" + stays + "}}";
        const Printed chain = Do(files, {"eval", "demo.clinic@7", "--facts", "patient.json", "--format", "json"});
        const Printed whole = Do(files, {"eval", "whole.cordon", "--facts", "patient.json", "--format", "json"});
        ASSERT_EQ(chain.status, 0) << files["patient.json"];
        EXPECT_EQ(WithoutDigest(whole.out), WithoutDigest(chain.out));
        answers.insert(WithoutDigest(chain.out));
      }
    }
  }
  EXPECT_GT(answers.size(), 5U);
}

TEST(Wholes, TheDigestCoversEveryBase) {
  const std::filesystem::path root = CORDON_SOURCE_DIR;
  std::map<std::string, std::string> files = FilesOf(root / "tests/golden/versions/chain.golden");
  const auto digest = [&] {
    const Printed printed = Do(files, {"test", "demo.clinic@7", "--format", "json"});
    std::smatch match;
    EXPECT_TRUE(std::regex_search(printed.out, match, std::regex("sha256:[0-9a-f]{64}")));
    return match.str();
  };
  const std::string before = digest();
  files["policies/demo/ward/1/policy.cordon"] += "\n# a remark\n";
  EXPECT_NE(digest(), before);
}

}  // namespace
}  // namespace cordon::compose
