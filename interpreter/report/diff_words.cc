// Names and counts what differs; see diff_words.h. Tested by tests/unit/diff_report_test.cc.
#include "report/diff_words.h"

#include <fmt/format.h>

#include <algorithm>

#include "support/assert.h"
#include "support/text.h"

namespace cordon::report {
namespace {

using analyse::Diff;
using analyse::Whose;

std::size_t NumOpenTransitions(const Diff& diff) {
  return static_cast<std::size_t>(std::count_if(diff.transitions.begin(), diff.transitions.end(),
                                                [](const analyse::Transition& one) { return !one.complete; }));
}

std::string QueriesText(std::size_t count) { return CountText(count, "query", "queries"); }

bool IsOneSided(const RulePair& pair) { return pair.old_rule == nullptr || pair.new_rule == nullptr; }

// OLD's lonely rule and NEW's become one pair, if there is one of each.
void JoinTheLonely(std::vector<RulePair>& pairs) {
  if (std::count_if(pairs.begin(), pairs.end(), IsOneSided) != 2) return;
  const auto first = std::find_if(pairs.begin(), pairs.end(), IsOneSided);
  const auto second = std::find_if(first + 1, pairs.end(), IsOneSided);
  if ((first->old_rule == nullptr) == (second->old_rule == nullptr)) return;
  if (first->old_rule == nullptr) first->old_rule = second->old_rule;
  if (first->new_rule == nullptr) first->new_rule = second->new_rule;
  pairs.erase(second);
}

}  // namespace

DiffResult ResultOf(const Diff& diff) {
  if (!diff.transitions.empty() || diff.verdict == analyse::Verdict::kRefuted) return DiffResult::kChanged;
  const bool proved = diff.verdict == analyse::Verdict::kProved && diff.undecided.empty();
  return proved ? DiffResult::kNoChange : DiffResult::kUndecided;
}

std::string_view ResultText(DiffResult result) {
  switch (result) {
    case DiffResult::kNoChange:
      return "NO CHANGE";
    case DiffResult::kChanged:
      return "CHANGED";
    case DiffResult::kUndecided:
      return "UNDECIDED";
  }
  return {};
}

bool IsComplete(const Diff& diff) {
  if (ResultOf(diff) == DiffResult::kUndecided) return false;
  if (ResultOf(diff) == DiffResult::kChanged && diff.transitions.empty()) return false;
  return diff.undecided.empty() && NumOpenTransitions(diff) == 0;
}

std::size_t NumRegions(const Diff& diff) {
  std::size_t count = 0;
  for (const analyse::Transition& transition : diff.transitions) count += transition.regions.size();
  return count;
}

std::string CountText(std::size_t count, std::string_view one, std::string_view many) {
  if (count == 0) return fmt::format("no {}", many);
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

std::string RegionsText(std::size_t count) { return CountText(count, "region", "regions"); }

std::string ResultDetail(const Diff& diff) {
  const std::size_t open = diff.undecided.size();
  switch (ResultOf(diff)) {
    case DiffResult::kNoChange:
      return "proved";
    case DiffResult::kUndecided:
      if (open == 0) return "neither proved nor refuted";
      return diff.num_queries < open ? fmt::format("{} undecided", QueriesText(open))
                                     : fmt::format("{} of {} undecided", open, QueriesText(diff.num_queries));
    case DiffResult::kChanged:
      break;
  }
  const std::string counts =
      CountText(diff.transitions.size(), "transition", "transitions") + ", " + RegionsText(NumRegions(diff));
  if (IsComplete(diff)) return counts + ", list complete";
  return counts + ", list NOT complete" + (open == 0 ? "" : fmt::format(": {} undecided", QueriesText(open)));
}

std::string VersionName(const Diff& diff, Whose whose) {
  CORDON_ASSERT(whose != Whose::kBoth);
  const analyse::Version& own = whose == Whose::kOld ? diff.old_version : diff.new_version;
  const bool same_id = diff.old_version.id == diff.new_version.id;
  const bool same_version = diff.old_version.version == diff.new_version.version;
  if (!same_id && !own.id.empty()) return FullName(own);
  if (!same_version && !own.version.empty()) return own.version;
  return whose == Whose::kOld ? "OLD" : "NEW";
}

std::string FullName(const analyse::Version& version) {
  if (version.id.empty() && version.version.empty()) return "(unnamed)";
  if (version.id.empty() || version.version.empty()) return version.id + version.version;
  return version.id + " " + version.version;
}

std::string VersionsName(const Diff& diff, std::string_view arrow) {
  const std::string names =
      fmt::format("{} {} {}", VersionName(diff, Whose::kOld), arrow, VersionName(diff, Whose::kNew));
  const bool same_id = diff.old_version.id == diff.new_version.id;
  return same_id && !diff.old_version.id.empty() ? diff.old_version.id + " " + names : names;
}

const model::LangText* TextFor(const model::Texts& texts, std::string_view language) {
  for (const model::LangText& text : texts) {
    if (text.language == language) return &text;
  }
  return texts.empty() ? nullptr : &texts.front();
}

std::string AspectName(const analyse::Aspect& aspect) {
  std::string name = aspect.protocol.empty() ? aspect.name : aspect.protocol + ": " + aspect.name;
  if (!aspect.detail.empty()) name += ", " + aspect.detail;
  return name;
}

std::string AspectTitle(const analyse::Aspect& aspect) {
  return fmt::format("{} ({})", AspectName(aspect), AspectKindText(aspect.kind));
}

std::string_view AspectKindText(analyse::AspectKind kind) {
  switch (kind) {
    case analyse::AspectKind::kOutput:
      return "answer";
    case analyse::AspectKind::kDuty:
      return "duty";
    case analyse::AspectKind::kTiming:
      return "timing";
    case analyse::AspectKind::kAssumption:
      return "assumption";
  }
  return {};
}

std::vector<AspectChanges> ChangesByAspect(const Diff& diff) {
  std::vector<AspectChanges> all(diff.aspects.size());
  for (std::size_t i = 0; i < all.size(); ++i) all[i].aspect = &diff.aspects[i];
  for (const analyse::Transition& transition : diff.transitions) {
    CORDON_ASSERT(transition.aspect < all.size());
    all[transition.aspect].transitions.push_back(&transition);
  }
  std::erase_if(all, [](const AspectChanges& changes) { return changes.transitions.empty(); });
  return all;
}

std::string ConditionText(const Diff& diff, const analyse::Condition& condition) {
  const bool both = condition.whose == Whose::kBoth;
  if (condition.rule.empty()) {
    return both ? condition.text : fmt::format("in {}: {}", VersionName(diff, condition.whose), condition.text);
  }
  std::string text = condition.rule + (condition.holds || both ? " applies in " : " does not apply in ");
  if (both) text += condition.holds ? "both versions" : "neither version";
  if (!both) text += VersionName(diff, condition.whose);
  if (!condition.text.empty()) text += " (" + condition.text + ")";
  return text;
}

std::string CitesText(const model::Cites& cites) { return support::Join(cites, "; "); }

std::string PlaceText(const analyse::Place& place) {
  if (place.file.empty() || place.line == 0) return place.file;
  return fmt::format("{}:{}", place.file, place.line);
}

std::string ComparedText(const Diff& diff) {
  const std::size_t differ = diff.aspects.size();
  const std::size_t compared = std::max(diff.num_aspects, differ);
  if (compared == 0) return "Nothing was compared.";
  std::string text = fmt::format("Compared: {}. ", CountText(compared, "answer, duty, timing or assumption",
                                                             "answers, duties, timings and assumptions"));
  if (IsComplete(diff)) {
    text += differ == 0 ? "None differs." : CountText(differ, "differs.", "differ.");
  } else {
    text +=
        differ == 0 ? "None was found to differ." : CountText(differ, "was found to differ.", "were found to differ.");
  }
  if (diff.num_identical > 0) {
    text +=
        " " + CountText(diff.num_identical, "is written the same way in both.", "are written the same way in both.");
  }
  return text;
}

std::string RemainderText(const Diff& diff) {
  if (ResultOf(diff) == DiffResult::kNoChange) {
    return "No patient is treated differently: proved for every patient within the limits below.";
  }
  if (IsComplete(diff)) {
    return "Nothing else changes: proved for every patient within the limits below.";
  }
  return "There may be other changes: not everything could be proved.";
}

std::string DatesText(const analyse::Scope& scope) {
  if (scope.first_day.empty() && scope.last_day.empty()) return {};
  if (scope.first_day == scope.last_day) return "patients as of " + scope.first_day;
  if (scope.last_day.empty()) return "patients as of any day from " + scope.first_day;
  if (scope.first_day.empty()) return "patients as of any day up to " + scope.last_day;
  return fmt::format("patients as of any day from {} to {}", scope.first_day, scope.last_day);
}

std::string BoundsText(const analyse::Scope& scope) {
  if (scope.bounds.empty()) return {};
  std::vector<std::string> parts;
  for (const analyse::Bound& bound : scope.bounds) {
    parts.push_back(parts.empty() ? CountText(bound.records, "record", "records") + " of " + bound.list
                                  : fmt::format("{} of {}", bound.records, bound.list));
  }
  return "lists of any length: every difference shows with at most " + support::JoinWords(parts, "and");
}

std::vector<RulePair> PairRules(const std::vector<analyse::RuleText>& rules) {
  std::vector<RulePair> pairs;
  for (const analyse::RuleText& rule : rules) {
    if (rule.whose == Whose::kBoth) {
      pairs.push_back({&rule, &rule});
      continue;
    }
    const bool is_old = rule.whose == Whose::kOld;
    const auto partner = std::find_if(pairs.begin(), pairs.end(), [&](const RulePair& pair) {
      const analyse::RuleText* own = is_old ? pair.old_rule : pair.new_rule;
      const analyse::RuleText* other = is_old ? pair.new_rule : pair.old_rule;
      return own == nullptr && other != nullptr && other->path == rule.path;
    });
    if (partner == pairs.end()) {
      pairs.push_back(is_old ? RulePair{&rule, nullptr} : RulePair{nullptr, &rule});
    } else {
      (is_old ? partner->old_rule : partner->new_rule) = &rule;
    }
  }
  JoinTheLonely(pairs);
  return pairs;
}

std::vector<CellPair> PairCells(const RulePair& pair) {
  std::vector<CellPair> cells;
  if (pair.old_rule != nullptr) {
    for (const analyse::Cell& cell : pair.old_rule->cells)
      cells.push_back({cell.heading, &cell, nullptr, cell.changed});
  }
  if (pair.new_rule == nullptr) return cells;
  auto next = cells.begin();  // where a cell stands that OLD has not
  for (const analyse::Cell& cell : pair.new_rule->cells) {
    const auto partner = std::find_if(cells.begin(), cells.end(), [&](const CellPair& other) {
      return other.new_cell == nullptr && other.heading == cell.heading;
    });
    if (partner == cells.end()) {
      next = cells.insert(next, {cell.heading, nullptr, &cell, cell.changed}) + 1;
    } else {
      partner->new_cell = &cell;
      partner->changed = partner->changed || cell.changed;
      next = partner + 1;
    }
  }
  return cells;
}

}  // namespace cordon::report
