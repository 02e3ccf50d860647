// The tables of docs/guidelines/ as tests: each is what a `cordon statements … --format markdown` prints, the command
// that its last line names, and that finds every statement accounted for.
//
// With CORDON_UPDATE set, a page that is out of date is written anew. Pages that no command makes are documents like
// others. Every list of statements in policies/ has its table.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "transcript.h"

namespace cordon::tests {
namespace {

const char* const kFolder = "docs/guidelines";

// The command in the last line, "Made by `./cordon …`."; empty where there is none.
std::string MadeBy(const std::string& page) {
  constexpr std::string_view kMark = "\nMade by `";
  const std::size_t mark = page.rfind(kMark);
  const std::size_t end = page.rfind("`.\n");
  if (mark == std::string::npos || end == std::string::npos || end < mark) return "";
  return page.substr(mark + kMark.size(), end - mark - kMark.size());
}

std::vector<std::string> Tables() {
  std::vector<std::string> paths;
  for (const auto& [path, text] : ReadRepository(kFolder, {".md"})) {
    if (!MadeBy(text).empty()) paths.push_back(path);
  }
  return paths;
}

class TableTest : public testing::Test {
 public:
  explicit TableTest(std::string path) : path_(std::move(path)) {}
  void TestBody() override {
    const std::string page = ReadRepositoryFile(path_);
    const std::string command = MadeBy(page);
    Folder folder = ReadRepository("policies", {".cordon", ".csv"});
    const std::optional<Printed> printed = RunCommand(command, folder);
    ASSERT_TRUE(printed.has_value()) << path_ << " does not end in the command that makes it";
    std::string text;
    std::string mistakes;
    for (const Line& line : printed->lines) (line.stream == Stream::kOut ? text : mistakes) += line.text + "\n";
    EXPECT_EQ(printed->status, 0) << command << ": not every statement is accounted for\n" << mistakes;
    if (IsUpdate() && mistakes.empty()) {
      if (text != page) WriteRepositoryFile(path_, text);
    } else {
      EXPECT_TRUE(text == page) << path_ << " is out of date: " << command << " > " << path_;
    }
  }

 private:
  std::string path_;
};

class EveryListTest : public testing::Test {
 public:
  void TestBody() override {
    std::vector<std::string> commands;
    for (const std::string& path : Tables()) commands.push_back(MadeBy(ReadRepositoryFile(path)) + " ");
    for (const auto& [path, text] : ReadRepository("policies", {"/statements.csv"})) {
      std::string name = path.substr(sizeof("policies/") - 1);
      name.resize(name.rfind('/'));
      name[name.rfind('/')] = '@';
      std::replace(name.begin(), name.begin() + static_cast<std::ptrdiff_t>(name.rfind('@')), '/', '.');
      const bool has_table = std::any_of(commands.begin(), commands.end(), [&](const std::string& command) {
        return command.find(" " + name + " ") != std::string::npos;
      });
      EXPECT_TRUE(has_table) << kFolder << " has no table of " << name << ", which has a list of statements";
    }
  }
};

}  // namespace

void RegisterGuidelineTests() {
  for (const std::string& path : Tables()) {
    testing::RegisterTest("Guideline", path.c_str(), nullptr, nullptr, __FILE__, __LINE__,
                          [path]() -> testing::Test* { return new TableTest(path); });
  }
  testing::RegisterTest("Guideline", "EveryListHasItsTable", nullptr, nullptr, __FILE__, __LINE__,
                        []() -> testing::Test* { return new EveryListTest; });
}

}  // namespace cordon::tests
