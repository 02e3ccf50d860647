// The documents as tests: every command that README.md and docs/**/*.md show is run, and must print what is shown.
//
// In a page, in order:
//   ```cordon title=first.cordon     a file; a later block of the same title replaces it, `append` in the heading adds
//   ```json title=patient.json       the same; `generated` and `hex` in the heading mean what they do in golden_test.cc
//   ```csv shows=tests/tables/truth.csv  the content of that file of the repository, whole
//   ```console                       `$ cordon …` lines, each with what it prints below it, both streams as they come
// `…` alone on a line stands for any lines; digests are masked. The folder of a page starts with the repository's
// policies/ and docs/. `$ echo $?` shows the last exit status. Commands that are not ours are in kOtherCommands.
// With CORDON_UPDATE set, what a command prints is rewritten where it shows no `…`.
// Every diagnostic code has a page docs/errors/CODE.md with an example that prints it.
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "diagnostics/diagnostic.h"
#include "transcript.h"

namespace cordon::tests {
namespace {

// What a page may tell its reader to type beside our own program; it is not run here.
constexpr std::string_view kOtherCommands[] = {"./tests/run", "git ", "mkdir ", "cd ", "cat ", "ls ", "ls"};

// The codes that no command can be brought to print: a mistake in the program's own libraries, and a document read by
// somebody who, unlike the commands, gives no date.
constexpr std::string_view kNotPrinted[] = {"E0420", "E0518"};

constexpr std::string_view kAnyLines = "…";

bool StartsWith(std::string_view text, std::string_view start) { return text.substr(0, start.size()) == start; }

// A fenced block: what stands behind the opening fence, and its lines [first, last) in the page.
struct Block {
  std::vector<std::string> heading;
  std::size_t first = 0;
  std::size_t last = 0;
};

// The spaces before a fence (in a list, a block is indented), or nothing where `line` is none.
std::optional<std::size_t> FenceIndent(const std::string& line) {
  const std::size_t indent = line.find_first_not_of(' ');
  if (indent == std::string::npos || line.compare(indent, 3, "```") != 0) return std::nullopt;
  return indent;
}

std::vector<std::string> SplitAtSpaces(const std::string& text) {
  std::vector<std::string> words;
  std::size_t at = 0;
  while ((at = text.find_first_not_of(' ', at)) != std::string::npos) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    words.push_back(text.substr(at, end - at));
    at = end;
  }
  return words;
}

std::vector<Block> FindBlocks(const std::vector<std::string>& lines) {
  std::vector<Block> blocks;
  for (std::size_t at = 0; at < lines.size(); ++at) {
    const std::optional<std::size_t> indent = FenceIndent(lines[at]);
    if (!indent) continue;
    Block block{SplitAtSpaces(lines[at].substr(*indent + 3)), at + 1, at + 1};
    while (block.last < lines.size() && !FenceIndent(lines[block.last])) ++block.last;
    at = block.last;
    blocks.push_back(block);
  }
  return blocks;
}

// The file that a block defines, if it does.
void AddFile(const Block& block, const std::vector<std::string>& lines, Folder& folder) {
  std::string title;
  const auto says = [&](std::string_view word) {
    return std::find(block.heading.begin(), block.heading.end(), word) != block.heading.end();
  };
  for (const std::string& word : block.heading) {
    if (StartsWith(word, "title=")) title = word.substr(6);
  }
  if (title.empty()) return;
  std::string text;
  for (std::size_t i = block.first; i < block.last; ++i) text += lines[i] + "\n";
  if (says("generated")) text = Generate(text);
  if (says("hex")) text = FromHex(text);
  std::string& content = folder[title];
  content = says("append") ? content + text : text;
}

// The file of the repository that a block shows; empty where it shows none.
std::string ShownFile(const Block& block) {
  for (const std::string& word : block.heading) {
    if (StartsWith(word, "shows=")) return word.substr(6);
  }
  return "";
}

// Whether `shown`, in which `…` stands for any lines, shows `printed`.
bool Shows(const std::vector<std::string>& shown, const std::vector<std::string>& printed) {
  // Two rows of the usual table: matches[j] says whether the first i lines shown match the first j printed.
  std::vector<bool> matches(printed.size() + 1, false);
  matches[0] = true;
  for (const std::string& line : shown) {
    std::vector<bool> next(printed.size() + 1, false);
    for (std::size_t j = 0; j <= printed.size(); ++j) {
      if (line == kAnyLines) {
        next[j] = matches[j] || (j > 0 && next[j - 1]);
      } else if (j > 0) {
        next[j] = matches[j - 1] && line == printed[j - 1];
      }
    }
    matches = std::move(next);
  }
  return matches[printed.size()];
}

std::string JoinLines(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

// A page being run: its folder, and its lines as they should be.
class Page {
 public:
  explicit Page(std::string path) : path_(std::move(path)), lines_(SplitLines(ReadRepositoryFile(path_))) {
    folder_ = ReadRepository("policies", {".cordon", ".csv"});
    folder_.merge(ReadRepository("docs", {".json", ".cordon"}));
  }

  void Run() {
    for (const Block& block : FindBlocks(lines_)) {
      if (!block.heading.empty() && block.heading[0] == "console") {
        RunConsole(block);
      } else if (const std::string shown = ShownFile(block); !shown.empty()) {
        CompareShown(block, shown);
      } else {
        AddFile(block, lines_, folder_);
      }
    }
    Copy(lines_.size());
    if (IsUpdate() && updated_ != lines_) WriteRepositoryFile(path_, JoinLines(updated_));
  }

 private:
  void RunConsole(const Block& block) {
    std::size_t at = block.first;
    EXPECT_TRUE(at == block.last || StartsWith(lines_[at], "$ ")) << path_ << ":" << at + 1 << ": no command";
    while (at < block.last) {
      const std::size_t command = at++;
      while (at < block.last && !StartsWith(lines_[at], "$ ")) ++at;
      RunStep(command, at);
    }
  }

  void CompareShown(const Block& block, const std::string& file) {
    const std::vector<std::string> content = SplitLines(ReadRepositoryFile(file));
    const std::vector<std::string> shown(lines_.begin() + block.first, lines_.begin() + block.last);
    if (shown == content) return;
    if (!IsUpdate()) {
      EXPECT_EQ(JoinLines(shown), JoinLines(content)) << path_ << ":" << block.first << ": shows " << file;
      return;
    }
    Copy(block.first);
    updated_.insert(updated_.end(), content.begin(), content.end());
    copied_ = block.last;
  }

  // The command on line `command`, with what it prints on the lines behind it up to `last`.
  void RunStep(std::size_t command, std::size_t last) {
    const std::string typed = lines_[command].substr(2);
    const std::string place = path_ + ":" + std::to_string(command + 1) + ": " + typed;
    std::vector<std::string> printed;
    if (typed == "echo $?") {
      printed.push_back(std::to_string(status_));
    } else if (std::optional<Printed> run = RunCommand(typed, folder_)) {
      status_ = run->status;
      for (const Line& line : run->lines) printed.push_back(line.text);
    } else {
      const bool known = std::any_of(std::begin(kOtherCommands), std::end(kOtherCommands),
                                     [&](std::string_view other) { return StartsWith(typed, other); });
      EXPECT_TRUE(known) << place << ": can't be run here";
      return;
    }
    std::vector<std::string> shown;
    for (std::size_t i = command + 1; i < last; ++i) shown.push_back(MaskDigests(lines_[i]));
    if (Shows(shown, printed)) return;
    if (!IsUpdate() || std::find(shown.begin(), shown.end(), kAnyLines) != shown.end()) {
      EXPECT_EQ(JoinLines(shown), JoinLines(printed)) << place;
      return;
    }
    Copy(command + 1);
    updated_.insert(updated_.end(), printed.begin(), printed.end());
    copied_ = last;
  }

  // Takes over the lines up to `end` as they are.
  void Copy(std::size_t end) {
    updated_.insert(updated_.end(), lines_.begin() + copied_, lines_.begin() + end);
    copied_ = end;
  }

  std::string path_;
  std::vector<std::string> lines_;
  Folder folder_;
  int status_ = 0;
  std::vector<std::string> updated_;
  std::size_t copied_ = 0;
};

class DocumentTest : public testing::Test {
 public:
  explicit DocumentTest(std::string path) : path_(std::move(path)) {}
  void TestBody() override { Page(path_).Run(); }

 private:
  std::string path_;
};

std::vector<std::string> DocumentPaths() {
  std::vector<std::string> paths = {"README.md"};
  for (const auto& [path, text] : ReadRepository("docs", {".md"})) {
    const bool table = StartsWith(path, "docs/guidelines/") && text.find("\nMade by `") != std::string::npos;
    if (!table) paths.push_back(path);  // the tables are guidelines_test.cc's
  }
  return paths;
}

// What the console blocks of a page show.
std::vector<std::string> ConsoleLines(const std::string& path) {
  std::vector<std::string> shown;
  const std::vector<std::string> lines = SplitLines(ReadRepositoryFile(path));
  for (const Block& block : FindBlocks(lines)) {
    if (block.heading.empty() || block.heading[0] != "console") continue;
    shown.insert(shown.end(), lines.begin() + block.first, lines.begin() + block.last);
  }
  return shown;
}

bool AnyHolds(const std::vector<std::string>& lines, const std::string& text) {
  return std::any_of(lines.begin(), lines.end(),
                     [&](const std::string& line) { return line.find(text) != std::string::npos; });
}

class CodeTest : public testing::Test {
 public:
  explicit CodeTest(std::string code) : code_(std::move(code)) {}
  void TestBody() override {
    const std::string page = "docs/errors/" + code_ + ".md";
    ASSERT_EQ(ReadRepository("docs/errors", {"/" + code_ + ".md"}).size(), 1U) << "there is no page " << page;
    if (std::find(std::begin(kNotPrinted), std::end(kNotPrinted), code_) != std::end(kNotPrinted)) return;
    const std::vector<std::string> printed = ConsoleLines(page);
    EXPECT_TRUE(AnyHolds(printed, "[" + code_ + "]") || AnyHolds(printed, "\"code\":\"" + code_ + "\""))
        << page << " does not show the message being printed";
  }

 private:
  std::string code_;
};

class NoStrayPagesTest : public testing::Test {
 public:
  void TestBody() override {
    std::set<std::string> codes;
    for (const diagnostics::Code code : diagnostics::AllCodes()) codes.emplace(diagnostics::CodeText(code));
    for (const auto& [path, text] : ReadRepository("docs/errors", {".md"})) {
      const std::string name = path.substr(path.rfind('/') + 1);
      if (name == "README.md") continue;
      EXPECT_EQ(codes.count(name.substr(0, name.size() - 3)), 1U) << path << " is the page of no code";
    }
  }
};

}  // namespace

void RegisterDocumentTests() {
  for (const std::string& path : DocumentPaths()) {
    testing::RegisterTest("Document", path.c_str(), nullptr, nullptr, __FILE__, __LINE__,
                          [path]() -> testing::Test* { return new DocumentTest(path); });
  }
}

void RegisterCodeTests() {
  for (const diagnostics::Code code : diagnostics::AllCodes()) {
    const std::string text(diagnostics::CodeText(code));
    testing::RegisterTest("Code", text.c_str(), nullptr, nullptr, __FILE__, __LINE__,
                          [text]() -> testing::Test* { return new CodeTest(text); });
  }
  testing::RegisterTest("Code", "HasNoStrayPages", nullptr, nullptr, __FILE__, __LINE__,
                        []() -> testing::Test* { return new NoStrayPagesTest; });
}

}  // namespace cordon::tests
