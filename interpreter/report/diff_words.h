// DiffWords: how the reports of a difference name and count things; shared by diff_text.cc, diff_json.cc, diff_page.cc.
//
// Nothing here decides anything about patients. One thing is held fast for all reports: a difference that was found is
// CHANGED whatever else is open, and NO CHANGE is said only where the claim is proved and no query is undecided.
// Texts are as the policies have them, not yet safe to show: see safe_text.h. Tested by tests/unit/diff_report_test.cc.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analyse/diff.h"

namespace cordon::report {

enum class DiffResult : std::uint8_t { kNoChange, kChanged, kUndecided };

DiffResult ResultOf(const analyse::Diff& diff);
// `CHANGED`, `NO CHANGE`, `UNDECIDED`.
std::string_view ResultText(DiffResult result);
// What follows it: `5 transitions, 9 regions, list complete`, `proved`, `2 of 40 queries undecided`.
std::string ResultDetail(const analyse::Diff& diff);

// Whether what is listed is proved to be all that differs.
bool IsComplete(const analyse::Diff& diff);
std::size_t NumRegions(const analyse::Diff& diff);

// `1 region`, `2 regions`, `no regions`; `many` is the plural.
std::string CountText(std::size_t count, std::string_view one, std::string_view many);
std::string RegionsText(std::size_t count);

// A version as sentences call it: `2018-09-04`; with the policy's id where the two are of two policies; `OLD` or `NEW`
// where nothing tells them apart. REQUIRES: one of the two, not kBoth.
std::string VersionName(const analyse::Diff& diff, analyse::Whose whose);
// `dk.cpo 2018-09-04`; `(unnamed)` where it has neither.
std::string FullName(const analyse::Version& version);
// `dk.cpo 2018-09-04 -> 2025-07-01`, with `arrow` between.
std::string VersionsName(const analyse::Diff& diff, std::string_view arrow);

// The text in `language`, else the one that stands first, else none.
const model::LangText* TextFor(const model::Texts& texts, std::string_view language);

// `admission: screen`, `admission: physician: notify to laboratory, due 7 days after find_date`.
std::string AspectName(const analyse::Aspect& aspect);
// `admission: screen (answer)`.
std::string AspectTitle(const analyse::Aspect& aspect);
// `answer`, `duty`, `timing`, `assumption`: for people and for programs alike.
std::string_view AspectKindText(analyse::AspectKind kind);

// The transitions of one aspect, in their order.
struct AspectChanges {
  const analyse::Aspect* aspect = nullptr;
  std::vector<const analyse::Transition*> transitions;
};
// Every aspect that has transitions, in the order of `diff`, into which it points.
std::vector<AspectChanges> ChangesByAspect(const analyse::Diff& diff);

// `admission.skema_2.3a applies in 2018-09-04 (stay.length > 24 hours)`; the words of one version alone are led by its
// name.
std::string ConditionText(const analyse::Diff& diff, const analyse::Condition& condition);
// `a; b`.
std::string CitesText(const model::Cites& cites);
// `policies/a.cordon:12`; empty where there is none.
std::string PlaceText(const analyse::Place& place);

// How many things were compared and how many of them differ.
std::string ComparedText(const analyse::Diff& diff);
// What may be concluded about everything that is not listed.
std::string RemainderText(const analyse::Diff& diff);
// `patients as of any day from 1901-01-01 to 2099-12-31`; empty without dates.
std::string DatesText(const analyse::Scope& scope);
// How many records of each list show every difference; empty without bounds.
std::string BoundsText(const analyse::Scope& scope);

// OLD's rule and NEW's, side by side: either may be missing, not both.
struct RulePair {
  const analyse::RuleText* old_rule = nullptr;
  const analyse::RuleText* new_rule = nullptr;
};
// One line of such a pair: null where a side has no such cell.
struct CellPair {
  std::string heading;
  const analyse::Cell* old_cell = nullptr;
  const analyse::Cell* new_cell = nullptr;
  bool changed = false;  // either says that it is
};
// Rules of one path stand together; of what is left, one of OLD and one of NEW do. In the order of `rules`. The pairs
// point into `rules`.
std::vector<RulePair> PairRules(const std::vector<analyse::RuleText>& rules);
std::vector<CellPair> PairCells(const RulePair& pair);

}  // namespace cordon::report
