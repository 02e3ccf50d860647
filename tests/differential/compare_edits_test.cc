// Edits of the Danish guideline whose differences are known: tests/golden/diff/edits. Exactly what truth.txt says is
// listed, and nothing is of a version that says the same.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>

#include "compared.h"

namespace cordon {
namespace {

const std::filesystem::path kEdits = CORDON_SOURCE_DIR "/tests/golden/diff/edits";

std::vector<std::string> Edits() {
  std::vector<std::string> edits;
  for (const auto& entry : std::filesystem::directory_iterator(kEdits)) {
    if (entry.is_directory()) edits.push_back(entry.path().filename());
  }
  std::sort(edits.begin(), edits.end());
  return edits;
}

struct Truth {
  bool same = false;
  std::vector<std::string> transitions;
};

Truth ReadTruth(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  Truth truth;
  truth.same = line == "same";
  while (std::getline(file, line)) {
    if (!line.empty() && line[0] != '#' && line[0] != '!') truth.transitions.push_back(line);
  }
  std::sort(truth.transitions.begin(), truth.transitions.end());
  return truth;
}

// Who judges, without what is weighed and where the decision is noted.
std::string Shortened(std::string text) {
  for (const char* tail : {" weighing ", " decided in "}) text = text.substr(0, text.find(tail));
  return text;
}

// As truth.txt writes them; of timings, the old beside the new.
std::vector<std::string> InShort(const analyse::Diff& diff) {
  std::vector<std::string> all;
  std::map<std::string, std::pair<std::string, std::string>> timings;
  for (const analyse::Transition& transition : diff.transitions) {
    const analyse::Aspect& aspect = diff.aspects[transition.aspect];
    std::string name = aspect.protocol + " " + aspect.name;
    if (aspect.kind == analyse::AspectKind::kTiming) {
      auto& [before, after] = timings[name];
      (transition.from == "stated" ? before : after) += aspect.detail;
      continue;
    }
    if (aspect.kind == analyse::AspectKind::kOutput) name = aspect.protocol + "." + aspect.name;
    if (aspect.kind == analyse::AspectKind::kAssumption) name = aspect.protocol + " assumption " + aspect.name;
    all.push_back(name + ": " + Shortened(transition.from) + " -> " + Shortened(transition.to));
  }
  for (const auto& [name, timing] : timings) all.push_back(name + ": " + timing.first + " -> " + timing.second);
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

class Edit : public ::testing::TestWithParam<std::string> {};

TEST_P(Edit, ChangesExactlyWhatItsTruthSays) {
  const std::filesystem::path folder = kEdits / GetParam();
  const bool is_pair = std::filesystem::exists(folder / "old");
  const auto versions = is_pair ? testing::LoadVersions(folder / "old", folder / "new")
                                : testing::LoadVersions("dk.cpo@2018-09-04", folder);
  ASSERT_TRUE(versions->old_policy && versions->new_policy) << versions->problems;
  const Truth truth = ReadTruth(folder / "truth.txt");
  testing::Compared compared(*versions);
  EXPECT_EQ(InShort(compared.diff()), truth.transitions);
  EXPECT_TRUE(compared.diff().undecided.empty());
  EXPECT_EQ(compared.diff().verdict, truth.same ? analyse::Verdict::kProved : analyse::Verdict::kRefuted);
  for (const analyse::Transition& transition : compared.diff().transitions) EXPECT_TRUE(transition.complete);
}

INSTANTIATE_TEST_SUITE_P(Danish, Edit, ::testing::ValuesIn(Edits()), [](const auto& edit) {
  std::string name = edit.param;
  for (char& c : name) c = c == '-' ? '_' : c;
  return name;
});

}  // namespace
}  // namespace cordon
