// Writes one region of patients as HTML; see diff_page_parts.h. Tested by tests/unit/diff_report_test.cc.
#include <fmt/format.h>

#include <vector>

#include "report/diff_page_parts.h"
#include "report/diff_words.h"
#include "report/safe_text.h"

namespace cordon::report {
namespace {

using analyse::Diff;
using analyse::Whose;

std::string CiteHtml(const model::Cites& cites) {
  return cites.empty() ? "" : " " + WordElement("cite", CitesText(cites));
}

std::string ConditionList(const Diff& diff, const std::vector<analyse::Condition>& conditions) {
  std::string items;
  for (const analyse::Condition& condition : conditions) {
    items += Element("li", WordsHtml(ConditionText(diff, condition)) + CiteHtml(condition.cites));
  }
  return items;
}

std::string ConditionsHtml(const Diff& diff, const analyse::Region& region) {
  if (region.conditions.empty() && region.records.empty()) {
    return TextElement("h5", "Every patient");
  }
  std::string items = ConditionList(diff, region.conditions);
  for (const analyse::RecordConditions& records : region.records) {
    std::string item = WordsHtml(fmt::format("some {} in {}", records.element, records.list));
    if (!records.conditions.empty()) item += " has all of" + Element("ul", ConditionList(diff, records.conditions));
    items += Element("li", item);
  }
  return TextElement("h5", "Patients for whom all of this holds") + Element("ul", items);
}

std::string OthersHtml(const Diff& diff, const analyse::Region& region) {
  if (region.others.empty()) return {};
  return TextElement("h5", "And no other rule decides") + Element("ul", ConditionList(diff, region.others));
}

// A cell of the two versions. Its label is shown where the page is too narrow for a head row; ARIA's roles keep it a
// table there.
std::string SideCell(const std::string& label, std::string_view text, bool changed) {
  const std::string content = text.empty() ? TextElement("span class=\"none\"", "–") : WordsHtml(text);
  const std::string mark = changed ? TextElement("strong class=\"mark\"", "changed") + " " : "";
  return Element(
      fmt::format("td role=\"cell\" data-label=\"{}\"{}", SafeHtml(label), changed ? " class=\"changed\"" : ""),
      mark + Element("span class=\"said\"", content));
}

class PairTable {
 public:
  PairTable(const Diff& diff, const RulePair& pair)
      : pair_(pair), old_name_(VersionName(diff, Whose::kOld)), new_name_(VersionName(diff, Whose::kNew)) {}

  std::string Write() {
    const std::string head = TextElement("th role=\"columnheader\" scope=\"col\"", "Part") +
                             TextElement("th role=\"columnheader\" scope=\"col\"", old_name_) +
                             TextElement("th role=\"columnheader\" scope=\"col\"", new_name_);
    AddBoth("rule", [](const analyse::RuleText& rule) { return rule.path; });
    for (const CellPair& cell : PairCells(pair_)) {
      Add(cell.heading, cell.old_cell, cell.new_cell);
    }
    AddBoth("source", [](const analyse::RuleText& rule) { return CitesText(rule.cites); });
    AddBoth("file", [](const analyse::RuleText& rule) { return PlaceText(rule.place); });
    return Element("table class=\"sides\" role=\"table\"",
                   Element("thead role=\"rowgroup\"", Element("tr role=\"row\"", head)) +
                       Element("tbody role=\"rowgroup\"", rows_));
  }

 private:
  template <typename TextOf>
  void AddBoth(const char* heading, TextOf text_of) {
    const std::string old_text = pair_.old_rule == nullptr ? "" : text_of(*pair_.old_rule);
    const std::string new_text = pair_.new_rule == nullptr ? "" : text_of(*pair_.new_rule);
    if (old_text.empty() && new_text.empty()) return;
    AddRow("tr role=\"row\" class=\"about\"", heading,
           SideCell(old_name_, old_text, false) + SideCell(new_name_, new_text, false));
  }

  void Add(const std::string& heading, const analyse::Cell* old_cell, const analyse::Cell* new_cell) {
    const auto side = [](const std::string& label, const analyse::Cell* cell, bool changed) {
      return SideCell(label, cell == nullptr ? "" : cell->text, changed);
    };
    AddRow("tr role=\"row\"", heading,
           side(old_name_, old_cell, old_cell != nullptr && old_cell->changed) +
               side(new_name_, new_cell, new_cell != nullptr && new_cell->changed));
  }

  void AddRow(const char* row, const std::string& heading, const std::string& sides) {
    rows_ += Element(row, WordElement("th role=\"rowheader\" scope=\"row\"", heading) + sides) + "\n";
  }

  const RulePair& pair_;
  std::string old_name_;
  std::string new_name_;
  std::string rows_;
};

std::string RulesHtml(const Diff& diff, const analyse::Region& region) {
  if (region.rules.empty()) return {};
  std::string html = TextElement("h5", "What the two versions say");
  for (const RulePair& pair : PairRules(region.rules)) html += PairTable(diff, pair).Write() + "\n";
  return html;
}

std::string Term(const char* term, std::string_view text, std::string_view element = "span") {
  if (text.empty()) return {};
  return TextElement("dt", term) + Element("dd", WordElement(element, text));
}

std::string EditHtml(const analyse::Edit& edit) {
  const bool added = edit.old_text.empty();
  const bool removed = edit.new_text.empty();
  const std::string parts = Term(removed ? "removed" : "was", edit.old_text, "del") +
                            Term(added ? "added" : "is now", edit.new_text, "ins") + Term("because", edit.because) +
                            Term("source", CitesText(edit.cites), "cite") + Term("file", PlaceText(edit.place));
  return Element("li", WordElement("span class=\"path\"", edit.path) + (parts.empty() ? "" : Element("dl", parts)));
}

std::string EditsHtml(const analyse::Region& region) {
  if (region.edits.empty()) return {};
  std::string items;
  for (const analyse::Edit& edit : region.edits) items += EditHtml(edit);
  return TextElement("h5", region.edits.size() == 1 ? "The edit that causes it" : "The edits that cause it") +
         Element("ul class=\"edits\"", items);
}

std::string Folded(const char* summary, const std::string& text) {
  if (text.empty()) return {};
  return Element("details", TextElement("summary", summary) + Element("pre", TextElement("code", text)));
}

std::string ExampleHtml(const Diff& diff, const analyse::Example& example) {
  std::string facts;
  for (const auto& [fact, value] : example.facts) facts += WordElement("dt", fact) + WordElement("dd", value);
  const auto answer = [&](Whose whose, const std::string& text) {
    return TextElement("dt", VersionName(diff, whose) + " says") + Element("dd", WordElement("strong", text));
  };
  const std::string heading = example.as_of.empty() ? "Example patient" : "Example patient, as of " + example.as_of;
  return TextElement("h5", heading) + (facts.empty() ? "" : Element("dl class=\"facts\"", facts)) +
         Element("dl class=\"answers\"", Element("div", answer(Whose::kOld, example.old_answer)) +
                                             Element("div", answer(Whose::kNew, example.new_answer))) +
         Folded("The patient as a test", example.test) +
         Folded("The patient as JSON, for cordon eval --facts", example.document);
}

}  // namespace

std::string RegionHtml(const Diff& diff, const analyse::Region& region, const std::string& anchor,
                       const std::string& change) {
  const std::string head = Element("h4", SafeHtml("Region " + region.id)) + WordElement("p class=\"change\"", change);
  const std::string who = Element("div class=\"who\"", ConditionsHtml(diff, region) + OthersHtml(diff, region));
  const std::string example = Element("div class=\"example\"", ExampleHtml(diff, region.example));
  const std::string rules = RulesHtml(diff, region);
  const std::string edits = EditsHtml(region);
  std::string why = rules.empty() ? "" : Element("div class=\"rules\"", rules);
  if (!edits.empty()) why += Element("div class=\"edited\"", edits);
  if (!why.empty()) why = Element("div class=\"why\"", why) + "\n";
  return Element(fmt::format("article class=\"region\" id=\"{}\"", SafeHtml(anchor)),
                 Element("header", head) + "\n" + who + "\n" + why + example) +
         "\n";
}

}  // namespace cordon::report
