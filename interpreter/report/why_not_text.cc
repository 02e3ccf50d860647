// Prints ways to a wanted answer as text; see why_not_text.h. Tested by tests/golden/why_not.
#include "report/why_not_text.h"

#include <fmt/format.h>

#include "report/diff_words.h"
#include "report/page.h"
#include "report/safe_text.h"
#include "support/text.h"

namespace cordon::report {
namespace {

using analyse::FactChange;
using analyse::WhyNotResult;

class WhyNotWriter {
 public:
  WhyNotWriter(const analyse::WhyNot& why_not, std::string_view language) : why_not_(why_not), language_(language) {}

  std::string Write() {
    Put(0, Headline());
    for (const analyse::WantedNow& wanted : why_not_.wanted) {
      Put(2, fmt::format("wanted: {} = {}, now: {}", wanted.name, wanted.answer, wanted.now));
    }
    for (std::size_t i = 0; i < why_not_.ways.size(); ++i) AddWay(i + 1, why_not_.ways[i]);
    if (why_not_.result == WhyNotResult::kImpossible) AddHindrances();
    page_.Gap();
    Put(0, fmt::format("{} {}, {}, as of {}", why_not_.policy, why_not_.version, why_not_.protocol, why_not_.as_of));
    Put(0, why_not_.digest);
    return page_.text();
  }

 private:
  void Put(std::size_t indent, const std::string& text) { page_.Paragraph(indent, SafeLine(text)); }

  std::string Headline() const {
    const std::size_t ways = why_not_.ways.size();
    switch (why_not_.result) {
      case WhyNotResult::kAlready:
        return "ALREADY SO: nothing need change";
      case WhyNotResult::kFound:
        if (why_not_.num_changes == 0) {
          return "FOUND: so it is if what is not known yet turns out right; nothing that is known need change";
        }
        return fmt::format(
            "FOUND: {} of what is known, in {}; fewer do not lead there, proved; {}",
            CountText(why_not_.num_changes, "change", "changes"), CountText(ways, "way", "ways"),
            why_not_.all ? "there are no other places to change" : "there may be other places to change");
      case WhyNotResult::kImpossible:
        return "IMPOSSIBLE, proved: no change of the facts leads there";
      case WhyNotResult::kUndecided:
        return "UNDECIDED: the solver gave up before a way was found, or the proof that there is none";
    }
    return {};
  }

  void AddWay(std::size_t number, const analyse::Way& way) {
    page_.Gap();
    Put(0, fmt::format("Way {}{}", number, way.nearest ? "" : ", perhaps not with the nearest values"));
    for (const FactChange& change : way.turns_out) {
      Put(2, fmt::format("if {} turned out to be: {}", change.path, change.after));
      AddText(change);
    }
    for (const FactChange& change : way.changes) {
      if (change.before.empty()) {
        Put(2, fmt::format("{}: one more: {}", change.path, change.after));
      } else if (change.after.empty()) {
        Put(2, fmt::format("{}: taken away: {}", change.path, change.before));
      } else {
        Put(2, fmt::format("{}: {} -> {}", change.path, change.before, change.after));
      }
      AddText(change);
    }
  }

  void AddText(const FactChange& change) {
    const model::LangText* text = TextFor(change.texts, language_);
    if (text != nullptr) Put(4, text->text);
  }

  void AddHindrances() {
    page_.Gap();
    Put(0, "These cannot hold together:");
    for (const std::string& one : why_not_.together) Put(2, "- " + one);
    for (const analyse::WantedNow& wanted : why_not_.wanted) {
      Add(fmt::format("What {} comes from now:", wanted.name), wanted.concluded);
      Add(fmt::format("Rules on {} that do not conclude:", wanted.name), wanted.missing);
    }
  }

  void Add(const std::string& heading, const std::vector<analyse::Hindrance>& rules) {
    if (rules.empty()) return;
    page_.Gap();
    Put(0, heading);
    for (const analyse::Hindrance& rule : rules) {
      const std::string cites = rule.cites.empty() ? "" : " [" + support::Join(rule.cites, "; ") + "]";
      Put(2, "- " + rule.path + (rule.text.empty() ? "" : ": " + rule.text) + cites);
    }
  }

  const analyse::WhyNot& why_not_;
  std::string_view language_;
  Page page_{Emphasis::kNever};
};

}  // namespace

std::string WhyNotText(const analyse::WhyNot& why_not, std::string_view language) {
  return WhyNotWriter(why_not, language).Write();
}

}  // namespace cordon::report
