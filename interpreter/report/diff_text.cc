// Prints a difference as text; see diff_text.h. Tested by tests/unit/diff_report_test.cc.
#include "report/diff_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>
#include <utility>
#include <vector>

#include "report/diff_words.h"
#include "report/page.h"
#include "report/safe_text.h"
#include "report/side_by_side.h"
#include "support/text.h"

namespace cordon::report {
namespace {

using analyse::Diff;
using analyse::Whose;

// A page's, on which paragraphs are wrapped.
constexpr std::size_t kWidth = 100;

class Writer {
 public:
  Writer(const Diff& diff, std::string_view language, ShowTests tests)
      : diff_(diff), language_(language), tests_(tests), changes_(ChangesByAspect(diff)) {}

  std::string Write() {
    Put(0, fmt::format("{}   {}", ResultText(ResultOf(diff_)), ResultDetail(diff_)), Spaces::kKeep);
    Put(0, VersionsName(diff_, "->"));
    if (const model::LangText* title = TextFor(diff_.new_version.titles, language_)) Put(0, title->text);
    AddCounts();
    AddUndecided();
    for (const AspectChanges& changes : changes_) AddAspect(changes);
    AddAllEdits();
    AddScope();
    return std::move(text_);
  }

 private:
  enum class Spaces { kJoin, kKeep };

  void Put(std::size_t indent, const std::string& text, Spaces spaces = Spaces::kJoin) {
    if (spaces == Spaces::kKeep) {
      text_ += std::string(indent, ' ') + SafeText(text) + '\n';
      return;
    }
    Page page(Emphasis::kNever);
    page.Paragraph(indent, SafeLine(text));
    text_ += page.text();
  }

  // A heading after an empty line.
  void Head(std::size_t indent, const std::string& text) {
    text_ += '\n';
    Put(indent, text);
  }

  void AddCounts() {
    if (!changes_.empty()) Head(0, "What changes");
    for (const AspectChanges& changes : changes_) {
      const model::LangText* text = TextFor(changes.aspect->texts, language_);
      Put(2, AspectTitle(*changes.aspect) + (text == nullptr ? "" : ": " + text->text));
      std::vector<SideRow> rows;
      for (const analyse::Transition* one : changes.transitions)
        rows.push_back({ArrowText(*one), CountsOf(*one), "", false});
      text_ += SideBySide(2, rows);
    }
    text_ += '\n';
    Put(0, RemainderText(diff_));
    Put(0, ComparedText(diff_));
  }

  // `no -> yes`
  static std::string ArrowText(const analyse::Transition& transition) {
    return SafeLine(transition.from) + " -> " + SafeLine(transition.to);
  }

  static std::string CountsOf(const analyse::Transition& transition) {
    return RegionsText(transition.regions.size()) + (transition.complete ? "" : ", list NOT complete");
  }

  void AddUndecided() {
    if (diff_.undecided.empty()) return;
    Head(0, "Not decided: a change may hide here");
    for (const analyse::Undecided& one : diff_.undecided) {
      Put(2, "- " + one.query);
      if (!one.budget.empty()) Put(4, "given up after: " + one.budget);
      if (!one.file.empty()) Put(4, "written out by --emit-smt2 as: " + one.file);
    }
  }

  void AddAspect(const AspectChanges& changes) {
    const analyse::Aspect& aspect = *changes.aspect;
    for (const analyse::Transition* transition : changes.transitions) {
      text_ += '\n';
      Put(0, std::string(kWidth, '-'), Spaces::kKeep);
      Put(0, fmt::format("{}: {}", AspectName(aspect), ArrowText(*transition)));
      if (const model::LangText* text = TextFor(aspect.texts, language_)) Put(0, text->text);
      Put(0, CountsOf(*transition));
      for (const analyse::Region& region : transition->regions) AddRegion(region);
    }
  }

  void AddRegion(const analyse::Region& region) {
    Head(2, "Region " + region.id);
    AddConditions(region);
    AddRules(region);
    AddEdits(region);
    AddExample(region.example);
  }

  void AddConditions(const analyse::Region& region) {
    if (region.conditions.empty() && region.records.empty()) {
      Put(4, "Every patient");
    } else {
      Put(4, "Patients for whom all of this holds");
    }
    for (const analyse::Condition& condition : region.conditions) AddCondition(6, condition);
    for (const analyse::RecordConditions& records : region.records) {
      Put(6, fmt::format("- some {} in {}{}", records.element, records.list,
                         records.conditions.empty() ? "" : " has all of"));
      for (const analyse::Condition& condition : records.conditions) AddCondition(8, condition);
    }
    AddOthers(region, Whose::kBoth, "and none of these rules applies: ");
    AddOthers(region, Whose::kOld, "nor, in " + VersionName(diff_, Whose::kOld) + ": ");
    AddOthers(region, Whose::kNew, "nor, in " + VersionName(diff_, Whose::kNew) + ": ");
  }

  // The rules that would decide too, by name: what they ask is in the page and the JSON.
  void AddOthers(const analyse::Region& region, Whose whose, const std::string& heading) {
    std::vector<std::string> names;
    for (const analyse::Condition& other : region.others) {
      if (other.whose == whose) names.push_back(other.rule);
    }
    if (!names.empty()) Put(6, "- " + heading + support::JoinWords(names, "and"));
  }

  void AddCondition(std::size_t indent, const analyse::Condition& condition) {
    const std::string text = SafeLine("- " + ConditionText(diff_, condition));
    const std::string cites = condition.cites.empty() ? "" : SafeLine("[" + CitesText(condition.cites) + "]");
    const std::size_t length = indent + support::CountCodePoints(text) + 1 + support::CountCodePoints(cites);
    if (length <= kWidth) {
      Put(indent, text + " " + cites);
    } else {
      Put(indent, text);
      Put(indent + 2, cites);
    }
  }

  void AddRules(const analyse::Region& region) {
    if (region.rules.empty()) return;
    Put(4, "What the versions say (* changed)");
    bool first = true;
    for (const RulePair& pair : PairRules(region.rules)) {
      if (!first) text_ += '\n';
      first = false;
      text_ += SideBySide(6, RowsOf(pair));
    }
  }

  std::vector<SideRow> RowsOf(const RulePair& pair) const {
    std::vector<SideRow> rows = {{"", VersionName(diff_, Whose::kOld), VersionName(diff_, Whose::kNew), false}};
    const auto both = [&](const char* heading, auto text_of) {
      SideRow row = {heading, pair.old_rule ? text_of(*pair.old_rule) : "",
                     pair.new_rule ? text_of(*pair.new_rule) : "", false};
      if (!row.old_text.empty() || !row.new_text.empty()) rows.push_back(std::move(row));
    };
    both("rule", [](const analyse::RuleText& rule) { return rule.path; });
    for (const CellPair& cell : PairCells(pair)) {
      rows.push_back({cell.heading, cell.old_cell ? cell.old_cell->text : "", cell.new_cell ? cell.new_cell->text : "",
                      cell.changed});
    }
    both("source", [](const analyse::RuleText& rule) { return CitesText(rule.cites); });
    both("file", [](const analyse::RuleText& rule) { return PlaceText(rule.place); });
    return rows;
  }

  void AddAllEdits() {
    if (diff_.edits.empty()) return;
    text_ += '\n';
    Put(0, std::string(kWidth, '-'), Spaces::kKeep);
    Put(0, "What the texts state differently, whatever comes of it");
    ListEdits(diff_.edits);
  }

  void AddEdits(const analyse::Region& region) {
    if (region.edits.empty()) return;
    Put(4, region.edits.size() == 1 ? "The edit that causes it" : "The edits that cause it");
    ListEdits(region.edits);
  }

  void ListEdits(const std::vector<analyse::Edit>& edits) {
    for (const analyse::Edit& edit : edits) {
      Put(6, "- " + edit.path);
      if (!edit.old_text.empty()) Put(8, (edit.new_text.empty() ? "removed: " : "was: ") + edit.old_text);
      if (!edit.new_text.empty()) Put(8, (edit.old_text.empty() ? "added: " : "is:  ") + edit.new_text);
      if (!edit.because.empty()) Put(8, "because: " + edit.because);
      const std::string cites = CitesText(edit.cites);
      if (!cites.empty()) Put(8, "source: " + cites);
      const std::string place = PlaceText(edit.place);
      if (!place.empty()) Put(8, "file: " + place);
    }
  }

  void AddExample(const analyse::Example& example) {
    Put(4, example.as_of.empty() ? "Example patient" : "Example patient, as of " + example.as_of);
    std::vector<SideRow> rows;
    for (const auto& [fact, value] : example.facts) rows.push_back({fact, value, "", false});
    rows.push_back({VersionName(diff_, Whose::kOld) + " says", example.old_answer, "", false});
    rows.push_back({VersionName(diff_, Whose::kNew) + " says", example.new_answer, "", false});
    text_ += SideBySide(4, rows);
    if (tests_ == ShowTests::kLeaveOut || example.test.empty()) return;
    Put(4, "as a test");
    std::istringstream test(SafeText(example.test));
    std::string line;
    while (std::getline(test, line)) Put(6, line, Spaces::kKeep);
  }

  void AddScope() {
    const analyse::Scope& scope = diff_.scope;
    text_ += '\n';
    Put(0, std::string(kWidth, '-'), Spaces::kKeep);
    Put(0, "Limits: which patients were compared");
    if (!diff_.protocols.empty()) Put(2, "- protocols: " + support::JoinWords(diff_.protocols, "and"));
    if (!DatesText(scope).empty()) Put(2, "- " + DatesText(scope));
    if (!BoundsText(scope).empty()) Put(2, "- " + BoundsText(scope));
    for (const std::string& assumption : scope.assumptions) Put(2, "- taken for granted: " + assumption);
    for (const std::string& other : scope.not_compared) Put(2, "- not compared: " + other);
    Put(2, fmt::format("- {}", CountText(diff_.num_queries, "query was asked", "queries were asked")));
    AddVersion("OLD", diff_.old_version);
    AddVersion("NEW", diff_.new_version);
  }

  void AddVersion(const char* label, const analyse::Version& version) {
    Put(0, fmt::format("{} {} {}", label, FullName(version), version.digest));
  }

  const Diff& diff_;
  std::string_view language_;
  ShowTests tests_;
  std::vector<AspectChanges> changes_;
  std::string text_;
};

}  // namespace

std::string DiffText(const Diff& diff, std::string_view language, ShowTests tests) {
  return Writer(diff, language, tests).Write();
}

std::string DiffSummary(const Diff& diff) {
  return SafeLine(fmt::format("{}: {}, {}", VersionsName(diff, "->"), ResultText(ResultOf(diff)), ResultDetail(diff)));
}

}  // namespace cordon::report
