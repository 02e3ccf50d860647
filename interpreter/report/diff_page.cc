// Writes a difference as a page of HTML; see diff_page.h. Tested by tests/unit/diff_report_test.cc.
#include "report/diff_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "report/diff_page_parts.h"
#include "report/diff_words.h"
#include "report/safe_text.h"
#include "support/text.h"

namespace cordon::report {
namespace {

using analyse::Diff;
using analyse::Transition;

// The language of every word that is the page's own.
constexpr std::string_view kPageLanguage = "en";

// A text of a policy, marked with its language where that is not the page's.
std::string InItsLanguage(std::string_view element, const model::LangText& text) {
  if (text.language == kPageLanguage) return TextElement(element, text.text);
  return TextElement(fmt::format("{} lang=\"{}\"", element, SafeHtml(text.language)), text.text);
}

bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// One word of HTML. A long name stays on one line as long as that has room for it, and goes on after a joint.
std::string WordHtml(std::string_view word) {
  std::string html;
  bool joined = false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    html += word[i];
    const bool joint = word[i] == '_' || word[i] == '.' || word[i] == '/';
    if (!joint || i == 0 || i + 1 == word.size() || !IsLetter(word[i - 1]) || !IsLetter(word[i + 1])) continue;
    html += "<wbr>";
    joined = true;
  }
  return joined ? Element("span class=\"name\"", html) : html;
}

// What links lead to: made of what a thing is called, each once.
class Anchors {
 public:
  std::string Make(std::string_view name) {
    std::string anchor;
    for (const char c : name) {
      const bool plain = IsLetter(c) || (c >= '0' && c <= '9') || c == '_';
      if (plain) anchor += c;
      if (!plain && !anchor.empty() && anchor.back() != '-') anchor += '-';
    }
    if (anchor.empty()) anchor = "part";
    std::string unique = anchor;
    for (std::size_t i = 2; !taken_.insert(unique).second; ++i) unique = fmt::format("{}-{}", anchor, i);
    return unique;
  }

 private:
  std::set<std::string> taken_;
};

class Writer {
 public:
  Writer(const Diff& diff, std::string_view language)
      : diff_(diff), language_(language), changes_(ChangesByAspect(diff)) {
    for (const char* own : {"changes", "undecided", "limits"}) anchors_.Make(own);
    for (const AspectChanges& changes : changes_) {
      for (const Transition* one : changes.transitions) {
        const std::string name = AspectName(*changes.aspect) + " " + one->from + " to " + one->to;
        anchor_of_.emplace(one, anchors_.Make(name));
      }
    }
  }

  std::string Write() {
    const std::string title = fmt::format("{}: {}", VersionsName(diff_, "→"), ResultText(ResultOf(diff_)));
    std::string html = "<!DOCTYPE html>\n";
    html += fmt::format("<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n", kPageLanguage);
    html += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
    html += "<meta name=\"color-scheme\" content=\"light dark\">\n";
    html += "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n";
    html += TextElement("title", title) + "\n<style>\n";
    html += DiffStyle();
    html += "</style>\n</head>\n<body>\n" + HeaderHtml() + "<main>\n" + ChangesHtml() + UndecidedHtml();
    for (const AspectChanges& changes : changes_) html += AspectHtml(changes);
    return html + LimitsHtml() + "</main>\n</body>\n</html>\n";
  }

 private:
  const std::string& AnchorOf(const Transition* transition) const { return anchor_of_.at(transition); }

  static std::string ArrowText(const Transition& transition) { return transition.from + " → " + transition.to; }

  std::string HeaderHtml() const {
    const DiffResult result = ResultOf(diff_);
    std::string html = Element("p class=\"verdict\"", TextElement("strong", ResultText(result)) + " " +
                                                          TextElement("span", ResultDetail(diff_)));
    html += "\n" + TextElement("h1", VersionsName(diff_, "→")) + "\n";
    if (const model::LangText* title = TextFor(diff_.new_version.titles, language_)) {
      html += InItsLanguage("p class=\"title\"", *title) + "\n";
    }
    return Element("header class=\"top\"", "\n" + html) + "\n";
  }

  // ---- how many changes of each kind

  std::string ChangesHtml() const {
    std::string html = TextElement("h2", changes_.empty() ? "Result" : "What changes") + "\n";
    std::string matrices;
    for (const AspectChanges& changes : changes_) matrices += MatrixHtml(changes);
    if (!matrices.empty()) html += Element("div class=\"matrices\"", "\n" + matrices) + "\n";
    html += TextElement("p class=\"remainder\"", RemainderText(diff_)) + "\n";
    html += TextElement("p", ComparedText(diff_)) + "\n";
    return Element("section id=\"changes\"", "\n" + html) + "\n";
  }

  static void AddOnce(std::vector<std::string>& names, const std::string& name) {
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }

  std::string MatrixHtml(const AspectChanges& changes) const {
    std::vector<std::string> froms;
    std::vector<std::string> tos;
    for (const Transition* one : changes.transitions) {
      AddOnce(froms, one->from);
      AddOnce(tos, one->to);
    }
    const std::string name = AspectName(*changes.aspect);
    std::string title =
        Element("h3", WordsHtml(name) + " " + TextElement("span class=\"kind\"", AspectKindText(changes.aspect->kind)));
    if (const model::LangText* text = TextFor(changes.aspect->texts, language_)) {
      title += InItsLanguage("p class=\"text\"", *text);
    }
    std::string head = TextElement("th scope=\"col\" class=\"corner\"", "from ↓ to →");
    for (const std::string& to : tos) head += WordElement("th scope=\"col\"", to);
    std::string rows;
    for (const std::string& from : froms) {
      std::string row = WordElement("th scope=\"row\"", from);
      for (const std::string& to : tos) row += MatrixCell(changes, from, to);
      rows += Element("tr", row) + "\n";
    }
    const std::string table = Element("thead", Element("tr", head)) + "\n" + Element("tbody", "\n" + rows);
    const std::string label = SafeHtml(name);
    return Element("div",
                   title + Element(fmt::format("div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{}\"",
                                               label),
                                   Element(fmt::format("table class=\"matrix\" aria-label=\"{}\"", label), table))) +
           "\n";
  }

  std::string MatrixCell(const AspectChanges& changes, const std::string& from, const std::string& to) const {
    for (const Transition* one : changes.transitions) {
      if (one->from != from || one->to != to) continue;
      const std::string link =
          TextElement(fmt::format("a href=\"#{}\"", AnchorOf(one)), RegionsText(one->regions.size()));
      return Element("td", link + (one->complete ? "" : " " + TextElement("strong", "list NOT complete")));
    }
    if (from == to) return TextElement("td class=\"none\"", "–");
    return TextElement("td class=\"none\"", IsComplete(diff_) ? "none" : "none found");
  }

  // ---- what was not decided

  std::string UndecidedHtml() const {
    if (diff_.undecided.empty()) return {};
    std::string items;
    for (const analyse::Undecided& one : diff_.undecided) {
      std::string item = WordElement("p", one.query);
      if (!one.budget.empty()) item += TextElement("p class=\"small\"", "given up after: " + one.budget);
      if (!one.file.empty()) item += TextElement("p class=\"small\"", "written out by --emit-smt2 as: " + one.file);
      items += Element("li", item) + "\n";
    }
    return Element("section id=\"undecided\"", "\n" + TextElement("h2", "Not decided: a change may hide here") + "\n" +
                                                   Element("ul", "\n" + items) + "\n") +
           "\n";
  }

  // ---- the regions

  std::string AspectHtml(const AspectChanges& changes) {
    const analyse::Aspect& aspect = *changes.aspect;
    std::string html = WordElement("h2", AspectName(aspect)) + "\n";
    if (const model::LangText* text = TextFor(aspect.texts, language_))
      html += InItsLanguage("p class=\"text\"", *text);
    for (const Transition* transition : changes.transitions) html += TransitionHtml(aspect, *transition);
    return Element("section class=\"aspect\"", "\n" + html) + "\n";
  }

  std::string TransitionHtml(const analyse::Aspect& aspect, const Transition& transition) {
    const std::size_t count = transition.regions.size();
    std::string head = WordsHtml(ArrowText(transition)) + " " + TextElement("span class=\"count\"", RegionsText(count));
    std::string html = Element(fmt::format("h3 id=\"{}\"", AnchorOf(&transition)), head) + "\n";
    if (!transition.complete) {
      html += TextElement("p", "This list is NOT complete: there may be further regions.") + "\n";
    }
    const std::string change = AspectName(aspect) + ": " + ArrowText(transition);
    for (const analyse::Region& region : transition.regions) {
      html += RegionHtml(diff_, region, anchors_.Make("region-" + region.id), change);
    }
    return html;
  }

  // ---- over which patients

  std::string LimitsHtml() const {
    const analyse::Scope& scope = diff_.scope;
    std::string items;
    const auto add = [&](const std::string& text) {
      if (!text.empty()) items += WordElement("li", text) + "\n";
    };
    if (!diff_.protocols.empty()) add("protocols: " + support::JoinWords(diff_.protocols, "and"));
    add(DatesText(scope));
    add(BoundsText(scope));
    for (const std::string& assumption : scope.assumptions) add("taken for granted: " + assumption);
    for (const std::string& other : scope.not_compared) add("not compared: " + other);
    add(CountText(diff_.num_queries, "query was asked", "queries were asked"));
    std::string html = TextElement("h2", "Limits: which patients were compared") + "\n" + Element("ul", "\n" + items);
    html +=
        Element("dl class=\"versions\"", VersionHtml("OLD", diff_.old_version) + VersionHtml("NEW", diff_.new_version));
    return Element("section id=\"limits\"", "\n" + html + "\n") + "\n";
  }

  std::string VersionHtml(const char* label, const analyse::Version& version) const {
    std::string html = TextElement("strong", FullName(version));
    if (const model::LangText* title = TextFor(version.titles, language_)) html += InItsLanguage("div", *title);
    if (!version.digest.empty()) html += TextElement("div class=\"digest\"", version.digest);
    return TextElement("dt", label) + Element("dd", html);
  }

  const Diff& diff_;
  std::string_view language_;
  std::vector<AspectChanges> changes_;
  Anchors anchors_;
  std::map<const Transition*, std::string> anchor_of_;
};

}  // namespace

std::string Element(std::string_view element, std::string_view content) {
  return fmt::format("<{}>{}</{}>", element, content, element.substr(0, element.find(' ')));
}

std::string TextElement(std::string_view element, std::string_view text) { return Element(element, SafeHtml(text)); }

std::string WordsHtml(std::string_view text) {
  const std::string safe = SafeHtml(text);
  std::string html;
  std::size_t at = 0;
  while (at < safe.size()) {
    const std::size_t end = std::min(safe.find_first_of(" \n\t", at), safe.size());
    html += WordHtml(std::string_view(safe).substr(at, end - at));
    if (end < safe.size()) html += safe[end];
    at = end + 1;
  }
  return html;
}

std::string WordElement(std::string_view element, std::string_view text) { return Element(element, WordsHtml(text)); }

std::string DiffPage(const Diff& diff, std::string_view language) { return Writer(diff, language).Write(); }

}  // namespace cordon::report
