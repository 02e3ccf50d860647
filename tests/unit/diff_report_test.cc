// Differences as people and programs read them, from differences made by hand (diff_samples.h): held against the files
// of tests/unit/diff_report/. With CORDON_UPDATE set those are written anew; read what changes.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "diff_samples.h"
#include "report/diff_json.h"
#include "report/diff_page.h"
#include "report/diff_page_parts.h"
#include "report/diff_text.h"
#include "report/diff_words.h"
#include "report/safe_text.h"
#include "report/side_by_side.h"
#include "support/text.h"

namespace cordon::report {
namespace {

using analyse::Diff;

bool Has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::string FirstLine(const std::string& text) { return text.substr(0, text.find('\n')); }

std::string AsText(const Diff& diff) { return DiffText(diff, "en", ShowTests::kLeaveOut); }

struct Sample {
  const char* name;
  Diff diff;
};

std::vector<Sample> Samples() {
  return {{"no_change", NoChangeSample()}, {"changed", ChangedSample()}, {"undecided", UndecidedSample()},
          {"partly", PartlySample()},      {"sparse", SparseSample()},   {"hostile", HostileSample()}};
}

void ExpectFile(const std::string& name, const std::string& text) {
  const std::string path = std::string(CORDON_SOURCE_DIR) + "/tests/unit/diff_report/" + name;
  if (std::getenv("CORDON_UPDATE") != nullptr) {
    std::ofstream(path, std::ios::binary) << text;
    return;
  }
  std::ifstream file(path, std::ios::binary);
  ASSERT_TRUE(file) << path << " is not there";
  std::ostringstream expected;
  expected << file.rdbuf();
  EXPECT_EQ(expected.str(), text) << name;
}

// The page without its style.
std::string Unstyled(std::string page) {
  const std::string style(DiffStyle());
  const std::size_t at = page.find(style);
  EXPECT_NE(at, std::string::npos);
  return at == std::string::npos ? page : page.replace(at, style.size(), "");
}

TEST(DiffReport, IsAsItsFilesHaveIt) {
  for (const Sample& sample : Samples()) {
    const std::string name = sample.name;
    ExpectFile(name + ".txt", DiffSummary(sample.diff) + "\n\n" + AsText(sample.diff));
    ExpectFile(name + ".json", DiffJson(sample.diff));
    ExpectFile(name + ".html", Unstyled(DiffPage(sample.diff, "en")));
  }
}

// ---- the verdict

TEST(DiffReport, BeginsWithTheVerdict) {
  EXPECT_EQ(FirstLine(AsText(NoChangeSample())), "NO CHANGE   proved");
  EXPECT_EQ(FirstLine(AsText(ChangedSample())), "CHANGED   6 transitions, 7 regions, list complete");
  EXPECT_EQ(FirstLine(AsText(UndecidedSample())), "UNDECIDED   2 of 40 queries undecided");
  EXPECT_EQ(FirstLine(AsText(PartlySample())),
            "CHANGED   1 transition, 1 region, list NOT complete: 1 query undecided");
}

TEST(DiffReport, SumsUpInOneLine) {
  EXPECT_EQ(DiffSummary(ChangedSample()),
            "dk.cpo 2018-09-04 -> 2025-07-01: CHANGED, 6 transitions, 7 regions, list complete");
  Diff other = NoChangeSample();
  other.old_version.id = "uk.phe.cpe";
  EXPECT_EQ(DiffSummary(other), "uk.phe.cpe 2018-09-04 -> dk.cpo 2025-07-01: NO CHANGE, proved");
  other = NoChangeSample();
  other.new_version.version = other.old_version.version;
  EXPECT_EQ(DiffSummary(other), "dk.cpo OLD -> NEW: NO CHANGE, proved");
}

TEST(DiffReport, NeverSaysNoChangeWhileAQueryIsOpen) {
  Diff diff = UndecidedSample();
  diff.verdict = analyse::Verdict::kProved;
  EXPECT_EQ(ResultOf(diff), DiffResult::kUndecided);
  diff.undecided.clear();
  EXPECT_EQ(ResultOf(diff), DiffResult::kNoChange);
  diff.verdict = analyse::Verdict::kUndecided;
  EXPECT_EQ(ResultOf(diff), DiffResult::kUndecided);
  EXPECT_FALSE(IsComplete(diff));
}

TEST(DiffReport, SaysCompleteOnlyIfEveryTransitionIs) {
  Diff diff = ChangedSample();
  EXPECT_TRUE(IsComplete(diff));
  diff.transitions[3].complete = false;
  EXPECT_EQ(ResultDetail(diff), "6 transitions, 7 regions, list NOT complete");
  EXPECT_TRUE(Has(AsText(diff), "There may be other changes"));
  EXPECT_FALSE(Has(AsText(diff), "Nothing else changes"));
  EXPECT_FALSE(Has(DiffPage(diff, "en"), "<td class=\"none\">none</td>"));
  EXPECT_TRUE(Has(DiffPage(diff, "en"), "<td class=\"none\">none found</td>"));
}

TEST(DiffReport, CountsInWords) {
  EXPECT_EQ(RegionsText(0), "no regions");
  EXPECT_EQ(RegionsText(1), "1 region");
  EXPECT_EQ(RegionsText(2), "2 regions");
}

// ---- conditions

TEST(DiffReport, SaysOfRulesWhetherTheyApplyAndWhere) {
  const Diff diff = ChangedSample();
  const auto text = [&](analyse::Whose whose, const char* asks, const char* rule, bool holds) {
    return ConditionText(diff, {whose, asks, rule, holds, {}});
  };
  using analyse::Whose;
  EXPECT_EQ(text(Whose::kOld, "stay.length > 24 hours", "skema_2.3a", true),
            "skema_2.3a applies in 2018-09-04 (stay.length > 24 hours)");
  EXPECT_EQ(text(Whose::kNew, "", "skema_2.3a", false), "skema_2.3a does not apply in 2025-07-01");
  EXPECT_EQ(text(Whose::kBoth, "fever", "hot", true), "hot applies in both versions (fever)");
  EXPECT_EQ(text(Whose::kBoth, "fever", "hot", false), "hot applies in neither version (fever)");
  EXPECT_EQ(text(Whose::kBoth, "fever", "", true), "fever");
  EXPECT_EQ(text(Whose::kNew, "fever", "", true), "in 2025-07-01: fever");
}

// ---- two versions side by side

TEST(DiffReport, PairsRulesOfOnePathAndThoseLeftOver) {
  using analyse::Whose;
  std::vector<analyse::RuleText> rules = {{Whose::kOld, "a", {}, {}, {}},
                                          {Whose::kOld, "b", {}, {}, {}},
                                          {Whose::kNew, "b", {}, {}, {}},
                                          {Whose::kNew, "c", {}, {}, {}}};
  std::vector<RulePair> pairs = PairRules(rules);
  ASSERT_EQ(pairs.size(), 2u);
  EXPECT_EQ(pairs[0].old_rule->path + pairs[0].new_rule->path, "ac");
  EXPECT_EQ(pairs[1].old_rule->path + pairs[1].new_rule->path, "bb");
  rules.push_back({Whose::kNew, "d", {}, {}, {}});
  pairs = PairRules(rules);
  ASSERT_EQ(pairs.size(), 4u);
  EXPECT_EQ(pairs[0].new_rule, nullptr);
  EXPECT_EQ(pairs[3].old_rule, nullptr);
}

TEST(DiffReport, KeepsEveryCellOfEitherVersion) {
  using analyse::Whose;
  const analyse::RuleText old_rule = {Whose::kOld, "a", {{"x", "1", false}, {"x", "2", true}}, {}, {}};
  const analyse::RuleText new_rule = {Whose::kNew, "a", {{"y", "3", true}, {"x", "4", false}}, {}, {}};
  const std::vector<CellPair> cells = PairCells({&old_rule, &new_rule});
  ASSERT_EQ(cells.size(), 3u);
  EXPECT_EQ(cells[0].old_cell, nullptr) << "as NEW has them in order";
  EXPECT_EQ(cells[0].heading, "y");
  EXPECT_EQ(cells[1].old_cell->text, "1");
  EXPECT_EQ(cells[1].new_cell->text, "4");
  EXPECT_FALSE(cells[1].changed);
  EXPECT_EQ(cells[2].new_cell, nullptr);
  EXPECT_TRUE(cells[2].changed);
}

TEST(SideBySide, WrapsEachColumnAndCutsWhatIsTooLong) {
  std::string words;
  for (int i = 0; i < 40; ++i) words += "æøå ";
  const std::string text =
      SideBySide(6, {{"", "OLD", "NEW", false}, {std::string(50, 'h'), words, std::string(90, 'x'), true}});
  std::istringstream lines(text);
  std::string line;
  std::string together;
  while (std::getline(lines, line)) {
    EXPECT_LE(support::CountCodePoints(line), 110u) << line;
    together += line;
  }
  EXPECT_EQ(std::count(together.begin(), together.end(), 'x'), 90);
  EXPECT_EQ(std::count(together.begin(), together.end(), 'h'), 50);
  EXPECT_EQ(std::count(together.begin(), together.end(), '*'), 1);
}

TEST(DiffText, HasLinesOfAtMost110Columns) {
  for (const Sample& sample : Samples()) {
    std::istringstream lines(AsText(sample.diff));
    std::string line;
    while (std::getline(lines, line)) EXPECT_LE(support::CountCodePoints(line), 110u) << sample.name << ": " << line;
  }
}

TEST(DiffText, ShowsTestsWhereAsked) {
  EXPECT_FALSE(Has(AsText(ChangedSample()), "given cpo_ever_detected"));
  EXPECT_TRUE(Has(DiffText(ChangedSample(), "en", ShowTests::kInclude),
                  "    as a test\n"
                  "      test \"a stay of exactly 24 hours\"\n"
                  "        given cpo_ever_detected = no\n"
                  "        expect screen = yes\n"));
}

TEST(DiffText, SpeaksTheLanguageAskedForWhereItCan) {
  const std::string text = DiffText(ChangedSample(), "da", ShowTests::kLeaveOut);
  EXPECT_TRUE(Has(text, "Undersøg for CPO"));
  EXPECT_FALSE(Has(text, "Sample for CPO"));
  EXPECT_TRUE(Has(AsText(ChangedSample()), "Isolér på enestue"));
}

// ---- what strangers wrote

TEST(SafeText, LosesWhatATerminalObeys) {
  EXPECT_EQ(SafeText("a\x1b[31m\xC2\x9B\xE2\x80\xAE\xE2\x81\xA6\xFF\xC3\n\tæ"), "a�[31m�����\n\tæ");
  EXPECT_EQ(SafeText(std::string("\0", 1)), "�");
  EXPECT_EQ(SafeLine("  a \n\t b "), "a b");
  EXPECT_EQ(SafeHtml("<a b='c' d=\"e\">&"), "&lt;a b=&#39;c&#39; d=&quot;e&quot;&gt;&amp;");
}

TEST(DiffReport, ObeysNoText) {
  for (const std::string& text : {AsText(HostileSample()), DiffPage(HostileSample(), "en")}) {
    for (const char* bad : {"\x1b", "\r", "\xC2\x9B", "\xE2\x80\xAE", "\xFF"}) EXPECT_FALSE(Has(text, bad));
  }
  EXPECT_FALSE(Has(DiffSummary(HostileSample()), "\n"));
  EXPECT_FALSE(Has(DiffPage(HostileSample(), "en"), "<script"));
  EXPECT_FALSE(Has(DiffPage(HostileSample(), "en"), "<b>"));
}

// ---- the page

// What stands in the tags of a page, in order: `p class="verdict"`, `/p`.
std::vector<std::string> TagsOf(const std::string& page) {
  std::vector<std::string> tags;
  std::size_t at = 0;
  while ((at = page.find('<', at)) != std::string::npos) {
    const std::size_t end = page.find('>', at);
    tags.push_back(page.substr(at + 1, end - at - 1));
    at = end;
  }
  return tags;
}

std::string AttributeOf(const std::string& tag, const std::string& name) {
  const std::string lead = " " + name + "=\"";
  const std::size_t at = tag.find(lead);
  if (at == std::string::npos) return {};
  return tag.substr(at + lead.size(), tag.find('"', at + lead.size()) - at - lead.size());
}

TEST(DiffPage, ClosesEveryElement) {
  for (const Sample& sample : Samples()) {
    std::vector<std::string> open;
    for (const std::string& tag : TagsOf(Unstyled(DiffPage(sample.diff, "da")))) {
      const std::string element = tag.substr(0, tag.find(' '));
      if (element == "!DOCTYPE" || element == "meta" || element == "wbr") continue;
      if (element[0] != '/') {
        open.push_back(element);
        continue;
      }
      ASSERT_FALSE(open.empty()) << sample.name << ": " << tag;
      EXPECT_EQ("/" + open.back(), element) << sample.name;
      open.pop_back();
    }
    EXPECT_TRUE(open.empty()) << sample.name << ": " << open.size() << " stay open";
  }
}

TEST(DiffPage, HasEveryPlaceThatALinkLeadsToOnce) {
  for (const Sample& sample : Samples()) {
    std::set<std::string> places;
    std::set<std::string> links;
    for (const std::string& tag : TagsOf(Unstyled(DiffPage(sample.diff, "en")))) {
      const std::string place = AttributeOf(tag, "id");
      EXPECT_TRUE(place.empty() || places.insert(place).second) << sample.name << ": twice " << place;
      const std::string link = AttributeOf(tag, "href");
      if (!link.empty()) links.insert(link);
    }
    EXPECT_EQ(links.size(), sample.diff.transitions.size());
    for (const std::string& link : links) EXPECT_EQ(places.count(link.substr(1)), 1u) << sample.name << ": " << link;
  }
}

TEST(DiffPage, AsksNothingOfTheNetwork) {
  const std::string page = DiffPage(ChangedSample(), "en");
  for (const char* bad : {"http:", "https:", "//", "url(", "@import", "src=", "<link", "<script"}) {
    EXPECT_FALSE(Has(page, bad)) << bad;
  }
  EXPECT_TRUE(Has(page, "default-src 'none'"));
}

TEST(DiffPage, MarksTextsInAnotherLanguage) {
  const std::string page = DiffPage(ChangedSample(), "da");
  EXPECT_TRUE(Has(page, "<html lang=\"en\">"));
  EXPECT_TRUE(Has(page, " lang=\"da\">Undersøg for CPO</"));
  EXPECT_TRUE(Has(DiffPage(ChangedSample(), "en"), " lang=\"da\">Isolér på enestue</"));
  EXPECT_FALSE(Has(DiffPage(ChangedSample(), "en"), "Undersøg for CPO"));
}

TEST(DiffPage, MarksChangedCellsInWords) {
  const std::string page = DiffPage(ChangedSample(), "en");
  EXPECT_TRUE(Has(page, "class=\"changed\"><strong class=\"mark\">changed</strong> <span class=\"said\">yes</span>"));
}

// ---- JSON

TEST(DiffJson, HasTheVerdictTheCountsAndTheIds) {
  const auto json = nlohmann::json::parse(DiffJson(PartlySample()));
  EXPECT_EQ(json["result"], "changed");
  EXPECT_EQ(json["verdict"], "REFUTED");
  EXPECT_EQ(json["complete"], false);
  EXPECT_EQ(json["counts"]["undecided"], 1);
  const auto& transition = json["aspects"][0]["transitions"][0];
  EXPECT_EQ(transition["id"], "admission: screen (answer): no -> yes");
  EXPECT_EQ(transition["regions"][0]["id"], "screen-3f2a");
  EXPECT_EQ(transition["regions"][0]["example"]["document"]["as_of"], "2025-03-01");
}

TEST(DiffJson, GivesADocumentThatIsNoJsonAsText) {
  const auto json = nlohmann::json::parse(DiffJson(HostileSample()));
  EXPECT_TRUE(json["aspects"][0]["transitions"][0]["regions"][0]["example"]["document"].is_string());
}

}  // namespace
}  // namespace cordon::report
