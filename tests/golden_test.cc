// Golden transcripts: every tests/golden/**/*.golden is a test, with the files it needs and what is expected in one
// text.
//
//   # What the transcript claims.
//   --- admission.cordon
//   policy …
//   --- deep.cordon (generated)         {{repeat 20000 "("}} in it stands for so many brackets
//   --- bad.cordon (hex)                its lines are bytes: ff fe 41
//   --- policies (from policies/)       the repository's own folder
//   $ cordon check admission.cordon < facts.json
//   | a line on standard output
//   ! a line on standard error
//   exit 2
//
// Empty lines before a `---` or `$` line belong to nothing. With CORDON_UPDATE set (tests/run --update), what is
// expected is rewritten in place and everything else kept.
#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "transcript.h"

namespace cordon::tests {
namespace {

// One command with the lines of the file that say what is expected: [first, last) among the transcript's lines.
struct Step {
  std::string command;
  std::size_t first = 0;
  std::size_t last = 0;
};

struct Transcript {
  std::vector<std::string> lines;
  Folder folder;
  std::vector<Step> steps;
};

bool StartsWith(const std::string& text, std::string_view start) { return text.compare(0, start.size(), start) == 0; }
bool IsHeading(const std::string& line) { return StartsWith(line, "--- "); }
bool IsCommand(const std::string& line) { return StartsWith(line, "$ "); }
bool IsExpectation(const std::string& line) {
  return line == "|" || line == "!" || StartsWith(line, "| ") || StartsWith(line, "! ") || StartsWith(line, "exit ");
}

// Adds the file that `heading` names, with the text under it.
void AddFile(const std::string& heading, const std::string& text, Folder& folder) {
  std::string name = heading.substr(4);
  std::string how;
  if (const std::size_t bracket = name.find(" ("); bracket != std::string::npos) {
    how = name.substr(bracket + 2, name.size() - bracket - 3);
    name.resize(bracket);
  }
  if (how == "generated") {
    folder[name] = Generate(text);
  } else if (how == "hex") {
    folder[name] = FromHex(text);
  } else if (how == "from policies/") {
    folder.merge(ReadRepository("policies", {".cordon", ".csv"}));
  } else {
    EXPECT_EQ(how, "") << "the runner knows generated, hex and from policies/";
    folder[name] = text;
  }
}

// The text of lines [first, last), without the empty lines at its end.
std::string TextOf(const std::vector<std::string>& lines, std::size_t first, std::size_t last) {
  while (last > first && lines[last - 1].empty()) --last;
  std::string text;
  for (std::size_t i = first; i < last; ++i) text += lines[i] + "\n";
  return text;
}

Transcript ReadTranscript(const std::string& path) {
  Transcript transcript;
  transcript.lines = SplitLines(ReadRepositoryFile(path));
  const std::vector<std::string>& lines = transcript.lines;
  std::size_t at = 0;
  while (at < lines.size()) {
    const std::size_t first = at + 1;
    if (IsHeading(lines[at])) {
      std::size_t last = first;
      while (last < lines.size() && !IsHeading(lines[last]) && !IsCommand(lines[last])) ++last;
      AddFile(lines[at], TextOf(lines, first, last), transcript.folder);
      at = last;
    } else if (IsCommand(lines[at])) {
      std::size_t last = first;
      while (last < lines.size() && IsExpectation(lines[last])) ++last;
      transcript.steps.push_back({lines[at].substr(2), first, last});
      at = last;
    } else {
      EXPECT_TRUE(lines[at].empty() || lines[at][0] == '#') << path << ":" << at + 1 << ": " << lines[at];
      ++at;
    }
  }
  EXPECT_TRUE(!lines.empty() && StartsWith(lines[0], "# ")) << path << " does not begin with what it claims";
  EXPECT_FALSE(transcript.steps.empty()) << path << " runs no command";
  return transcript;
}

// What a command printed, as the transcript writes it.
std::vector<std::string> WriteExpectation(const Printed& printed) {
  std::vector<std::string> lines;
  for (const Line& line : printed.lines) {
    const std::string mark = line.stream == Stream::kOut ? "|" : "!";
    lines.push_back(line.text.empty() ? mark : mark + " " + line.text);
  }
  lines.push_back("exit " + std::to_string(printed.status));
  return lines;
}

std::string JoinLines(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

void CheckTranscript(const std::string& path) {
  Transcript transcript = ReadTranscript(path);
  std::vector<std::string> updated;
  std::size_t copied = 0;
  for (const Step& step : transcript.steps) {
    const std::optional<Printed> printed = RunCommand(step.command, transcript.folder);
    ASSERT_TRUE(printed.has_value()) << path << ": only `cordon` can be run: " << step.command;
    const std::vector<std::string> actual = WriteExpectation(*printed);
    const auto begin = transcript.lines.begin();
    const std::vector<std::string> expected(begin + step.first, begin + step.last);
    if (!IsUpdate()) {
      EXPECT_EQ(JoinLines(expected), JoinLines(actual)) << path << ":" << step.first << ": " << step.command;
    }
    updated.insert(updated.end(), begin + copied, begin + step.first);
    updated.insert(updated.end(), actual.begin(), actual.end());
    copied = step.last;
  }
  updated.insert(updated.end(), transcript.lines.begin() + copied, transcript.lines.end());
  if (IsUpdate() && updated != transcript.lines) WriteRepositoryFile(path, JoinLines(updated));
}

class GoldenTest : public testing::Test {
 public:
  explicit GoldenTest(std::string path) : path_(std::move(path)) {}
  void TestBody() override { CheckTranscript(path_); }

 private:
  std::string path_;
};

}  // namespace

void RegisterGoldenTests() {
  for (const auto& [path, text] : ReadRepository("tests/golden", {".golden"})) {
    const std::string name = path.substr(sizeof("tests/golden/") - 1);
    testing::RegisterTest("Golden", name.c_str(), nullptr, nullptr, __FILE__, __LINE__,
                          [path = path]() -> testing::Test* { return new GoldenTest(path); });
  }
}

}  // namespace cordon::tests
