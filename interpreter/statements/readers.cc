// Joins the uses of names to the declarations that they stand in; see readers.h.
#include "statements/readers.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "compose/index.h"

namespace cordon::statements {
namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

// What is looked at as one thing, as compose::Entry calls it. What else the index holds are parts of these.
bool IsUnit(const std::string& what) {
  static const std::set<std::string> kUnits = {"subject",  "role",
                                               "event",    "category",
                                               "scale",    "set",
                                               "group",    "record",
                                               "field",    "param",
                                               "fact",     "action",
                                               "define",   "claim",
                                               "protocol", "output",
                                               "rule",     "table",
                                               "row",      "case",
                                               "cases",    "example",
                                               "release",  "guarantee",
                                               "test",     "recorded interpretation"};
  return kUnits.count(what) > 0;
}

bool HoldsRules(const std::string& what) {
  return what == "rule" || what == "row" || what == "table" || what == "protocol";
}

// Units beyond which no use is followed: nothing depends on what uses a name there, or it is another matter.
bool EndsThere(const std::string& what) {
  static const std::set<std::string> kEnds = {"claim", "case",      "cases",   "example",
                                              "test",  "guarantee", "release", "recorded interpretation"};
  return HoldsRules(what) || kEnds.count(what) > 0;
}

// model::Answer's word for it.
std::string WordFor(const std::string& what) {
  if (what == "define") return "definition";
  return what == "param" ? "parameter" : what;
}

}  // namespace

Readers::Readers(const model::Policy& policy, const compose::Composed& composed, const check::References& references)
    : policy_(policy) {
  for (std::size_t i = 0; i < policy.rules.size(); ++i) {
    const model::Rule& rule = policy.rules[i];
    const std::string protocol = policy.protocols[rule.protocol.index].name;
    rules_of_[protocol].emplace_back(i);
    rules_of_[protocol + "." + rule.name].emplace_back(i);
    if (rule.table.valid()) rules_of_[protocol + "." + policy.tables[rule.table.index].name].emplace_back(i);
  }
  AddUnits(composed);
  std::set<std::pair<std::size_t, std::size_t>> known;
  for (const check::Reference& reference : references.uses) {
    const std::size_t user = Innermost(reference.use);
    const std::size_t used = Innermost(reference.declaration);
    if (user == kNone || used == kNone || user == used || !known.emplace(used, user).second) continue;
    users_[used].push_back(user);
  }
}

void Readers::AddUnits(const compose::Composed& composed) {
  std::vector<const syntax::File*> trees;
  for (const compose::Text& text : composed.texts) trees.push_back(&text.tree);
  for (const compose::Entry& entry : compose::MakeIndex(trees).entries) {
    if (IsUnit(entry.what)) units_.push_back({WordFor(entry.what), entry.path, entry.extent});
  }
  const auto order = [](const Unit& unit) {
    return std::tuple(unit.extent.source, unit.extent.begin, ~unit.extent.end);
  };
  std::stable_sort(units_.begin(), units_.end(), [&](const Unit& a, const Unit& b) { return order(a) < order(b); });
  users_.resize(units_.size());
  std::vector<std::size_t> open;  // the units that the one at hand may stand in, outermost first
  for (std::size_t i = 0; i < units_.size(); ++i) {
    Unit& unit = units_[i];
    while (!open.empty()) {
      const diagnostics::Span& around = units_[open.back()].extent;
      if (around.source == unit.extent.source && unit.extent.begin < around.end) break;
      open.pop_back();
    }
    unit.around = open.empty() ? i : open.back();
    open.push_back(i);
    unit_of_.emplace(std::pair(unit.what, unit.path), i);
  }
}

// The smallest unit that `span` stands in.
std::size_t Readers::Innermost(const diagnostics::Span& span) const {
  const auto behind = std::upper_bound(
      units_.begin(), units_.end(), std::pair(span.source, span.begin),
      [](const auto& place, const Unit& unit) { return place < std::pair(unit.extent.source, unit.extent.begin); });
  if (behind == units_.begin()) return kNone;
  auto at = static_cast<std::size_t>(behind - units_.begin()) - 1;
  while (units_[at].extent.source != span.source || units_[at].extent.end <= span.begin) {
    if (units_[at].around == at) return kNone;
    at = units_[at].around;
  }
  return at;
}

// Where the uses end that lead from what is so called: at rules, at what holds rules, and at what makes none depend on
// it.
std::vector<std::size_t> Readers::Ends(const std::string& what, const std::string& path) const {
  std::vector<std::size_t> ends;
  std::vector<bool> seen(units_.size(), false);
  std::vector<std::size_t> waiting;
  if (const auto found = unit_of_.find({what, path}); found != unit_of_.end()) waiting.push_back(found->second);
  while (!waiting.empty()) {
    const std::size_t at = waiting.back();
    waiting.pop_back();
    if (seen[at]) continue;
    seen[at] = true;
    if (EndsThere(units_[at].what)) {
      ends.push_back(at);
    } else {
      waiting.insert(waiting.end(), users_[at].begin(), users_[at].end());
    }
  }
  return ends;
}

std::vector<model::RuleId> Readers::Of(const std::string& what, const std::string& path) const {
  std::set<model::RuleId> rules;
  for (const std::size_t end : Ends(what, path)) {
    if (!HoldsRules(units_[end].what)) continue;
    const auto found = rules_of_.find(units_[end].path);
    if (found != rules_of_.end()) rules.insert(found->second.begin(), found->second.end());
  }
  return {rules.begin(), rules.end()};
}

std::vector<std::string> Readers::GuaranteesOf(const std::string& what, const std::string& path) const {
  std::set<std::string> guarantees;
  for (const std::size_t end : Ends(what, path)) {
    if (units_[end].what == "guarantee") guarantees.insert(units_[end].path);
  }
  return {guarantees.begin(), guarantees.end()};
}

}  // namespace cordon::statements
