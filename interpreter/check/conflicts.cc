// Rules that contradict one another. See context.h.
//
// Certain and told as errors: two rules that apply under the very same conditions and conclude different values of a
// `unique` output (or one of them `exactly`), or the same duty as done and as forbidden, where no `overrides` decides.
// Possible and told as a warning: two rules with different values of a `unique` output whose conditions do not
// obviously exclude each other. What neither sees, the analysis does. Source: the language manual, "Conclusions".
#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "check/exclusion.h"
#include "value/format.h"

namespace cordon::check {

namespace {

using model::OutputId;
using model::RuleId;

// The most rules on one output that are held against each other for the warning.
constexpr std::size_t kMostRules = 300;

const model::OutputConclusion* ConclusionOn(const model::Rule& rule, OutputId output) {
  for (const model::OutputConclusion& conclusion : rule.conclusions) {
    if (conclusion.output == output) return &conclusion;
  }
  return nullptr;
}

std::string ValueText(const model::Policy& policy, const model::Output& output, const value::Value& value) {
  if (value.kind != value::Kind::kSymbol) return value::Format(value);
  const model::Category& category = policy.categories[output.type.category.index];
  return category.nodes[category.leaves[static_cast<std::size_t>(value.number)]].name;
}

class ConflictSearch {
 public:
  explicit ConflictSearch(Context& ctx) : ctx_(ctx), policy_(ctx.policy), exclusion_(ctx) {
    overridden_.resize(policy_.rules.size());
    for (std::size_t i = 0; i < policy_.rules.size(); ++i) {
      for (const RuleId target : policy_.rules[i].overrides) overridden_[target.index] = true;
    }
  }

  void Run() {
    for (std::size_t i = 0; i < policy_.outputs.size(); ++i) VisitOutput(OutputId(i));
    for (const model::Protocol& protocol : policy_.protocols) VisitDuties(protocol);
  }

 private:
  bool Overrides(RuleId a, RuleId b) const {
    const auto& overrides = policy_.rules[a.index].overrides;
    return std::binary_search(overrides.begin(), overrides.end(), b);
  }
  // Whether some `overrides` may decide between the two: of one against the other, or of a third.
  bool Decided(RuleId a, RuleId b) const {
    return Overrides(a, b) || Overrides(b, a) || overridden_[a.index] || overridden_[b.index];
  }

  // What the conditions of a rule are, so that rules of one key apply together. Empty where they cannot be compared.
  std::string ConditionsKey(const model::Rule& rule) {
    std::set<std::string> parts;
    for (const model::Part& part : rule.parts) {
      const std::string& key = exclusion_.KeyOf(part.condition);
      if (key.empty()) return {};
      parts.insert(key);
    }
    std::string all = "when";
    for (const std::string& part : parts) all += " " + part;
    if (!rule.for_each) return all;
    const std::string& list = exclusion_.KeyOf(rule.for_each->list);
    // Elements have their own names in each rule; rows of one part share them.
    return list.empty() ? list : all + " each" + std::to_string(rule.for_each->variable.index) + " " + list;
  }

  struct Speaker {
    RuleId rule;
    const model::OutputConclusion* conclusion = nullptr;
    const value::Value& value() const { return std::get<value::Value>(conclusion->value); }
  };

  void VisitOutput(OutputId id) {
    const model::Output& output = policy_.outputs[id.index];
    std::vector<Speaker> speakers;
    for (const RuleId rule : policy_.protocols[output.protocol.index].rules) {
      const model::OutputConclusion* conclusion = ConclusionOn(policy_.rules[rule.index], id);
      if (conclusion == nullptr || !std::holds_alternative<value::Value>(conclusion->value)) continue;
      speakers.push_back({rule, conclusion});
    }
    if (FindCertain(output, speakers) || output.mode != model::Mode::kUnique) return;
    if (speakers.size() <= kMostRules) FindPossible(output, speakers);
  }

  bool FindCertain(const model::Output& output, const std::vector<Speaker>& speakers) {
    std::map<std::string, std::vector<const Speaker*>> by_conditions;
    for (const Speaker& speaker : speakers) {
      const std::string key = ConditionsKey(policy_.rules[speaker.rule.index]);
      if (!key.empty()) by_conditions[key].push_back(&speaker);
    }
    bool found = false;
    for (const auto& [key, alike] : by_conditions) {
      for (std::size_t i = 1; i < alike.size(); ++i) {
        const Speaker& a = *alike[0];
        const Speaker& b = *alike[i];
        const bool disagree = output.mode == model::Mode::kUnique || a.conclusion->exactly || b.conclusion->exactly;
        if (!disagree || a.value() == b.value() || Decided(a.rule, b.rule)) continue;
        ReportBoth(output, a, b, Code::kConcludesBoth, " under the same conditions",
                   "take one of the two out, or say with `overrides` which of them holds");
        found = true;
        break;
      }
    }
    return found;
  }

  void FindPossible(const model::Output& output, const std::vector<Speaker>& speakers) {
    for (std::size_t i = 0; i < speakers.size(); ++i) {
      for (std::size_t j = i + 1; j < speakers.size(); ++j) {
        const Speaker& a = speakers[i];
        const Speaker& b = speakers[j];
        if (a.value() == b.value() || Decided(a.rule, b.rule)) continue;
        if (Exclude(policy_.rules[a.rule.index], policy_.rules[b.rule.index])) continue;
        ReportBoth(output, a, b, Code::kMayConflict, ", and both may apply: the answer is then `conflict`",
                   "say with `overrides` which of them holds where both apply, or let their conditions exclude each "
                   "other");
        return;  // one for each output
      }
    }
  }

  // Whether the rules never both apply. Conditions on elements may hold for different ones, so they count only for rows
  // of one part of a table, for one and the same element: two elements may still lead to both, which is how such a
  // table is meant to be read, and its outputs are mostly `strictest`.
  bool Exclude(const model::Rule& a, const model::Rule& b) {
    const bool one_element = a.for_each && b.for_each && a.for_each->variable == b.for_each->variable;
    std::vector<model::ExprId> conditions;
    for (const model::Rule* rule : {&a, &b}) {
      for (const model::Part& part : rule->parts) {
        if (rule->for_each && !one_element && ReadsElement(part.condition, rule->for_each->variable)) continue;
        conditions.push_back(part.condition);
      }
    }
    return exclusion_.Excludes(conditions);
  }

  bool ReadsElement(model::ExprId id, model::VariableId variable) const {
    std::vector<model::ExprId> open = {id};
    std::set<model::ExprId> seen;
    while (!open.empty()) {
      const model::ExprId next = open.back();
      open.pop_back();
      if (!next.valid() || !seen.insert(next).second) continue;
      const model::Expr& expr = policy_.expr(next);
      if (expr.kind == model::ExprKind::kElement && expr.variable == variable) return true;
      open.insert(open.end(), expr.args.begin(), expr.args.end());
    }
    return false;
  }

  void ReportBoth(const model::Output& output, const Speaker& a, const Speaker& b, Code code, const std::string& how,
                  const std::string& help) {
    const model::Rule& first = policy_.rules[a.rule.index];
    const model::Rule& second = policy_.rules[b.rule.index];
    ctx_.sink.Report(code, second.span,
                     "`" + first.name + "` concludes `" + output.name + " = " + ValueText(policy_, output, a.value()) +
                         "` and `" + second.name + "` concludes `" + ValueText(policy_, output, b.value()) + "`" + how,
                     help, {{first.span, "the other rule is here"}});
  }

  // ---- duties

  struct Obligation {
    RuleId rule;
    const model::Duty* duty = nullptr;
  };

  static bool Demands(model::Modality modality) {
    return modality == model::Modality::kMust || modality == model::Modality::kShould;
  }
  static bool Forbids(model::Modality modality) {
    return modality == model::Modality::kMustNot || modality == model::Modality::kShouldNot;
  }

  // Whether both duties stand wherever their rules apply, and are one and the same.
  static bool SameDuty(const model::Duty& a, const model::Duty& b) {
    if (a.actor != b.actor || a.action != b.action || a.args != b.args || a.timings != b.timings || a.to != b.to) {
      return false;
    }
    const auto plain = [](const model::Duty& duty) {
      return duty.each.empty() && !duty.stands_while.valid() && duty.except.empty() && duty.when_texts.empty() &&
             duty.dues.empty();
    };
    return plain(a) && plain(b);
  }

  // Duties of one rule, and of rules without conditions.
  void VisitDuties(const model::Protocol& protocol) {
    std::vector<Obligation> always;
    for (const RuleId id : protocol.rules) {
      const model::Rule& rule = policy_.rules[id.index];
      std::vector<Obligation> own;
      for (const model::Duty& duty : rule.duties) own.push_back({id, &duty});
      if (rule.parts.empty() && !rule.for_each) {
        always.insert(always.end(), own.begin(), own.end());
      } else {
        FindContradiction(own);
      }
    }
    FindContradiction(always);
  }

  void FindContradiction(const std::vector<Obligation>& obligations) {
    std::map<model::ActionId, std::vector<const Obligation*>> forbidden;
    for (const Obligation& one : obligations) {
      if (Forbids(one.duty->modality)) forbidden[one.duty->action].push_back(&one);
    }
    for (const Obligation& one : obligations) {
      const auto found = forbidden.find(one.duty->action);
      if (!Demands(one.duty->modality) || found == forbidden.end()) continue;
      for (const Obligation* other : found->second) {
        if (!SameDuty(*one.duty, *other->duty)) continue;
        if (one.rule != other->rule && Decided(one.rule, other->rule)) continue;
        ReportContradiction(one, *other);
      }
    }
  }

  void ReportContradiction(const Obligation& demanded, const Obligation& forbidden) {
    const std::string actor = policy_.roles[demanded.duty->actor.index].name;
    const std::string action = policy_.actions[demanded.duty->action.index].name;
    ctx_.sink.Report(Code::kDutyAgainstItself, forbidden.duty->span,
                     "`" + actor + "` is told to `" + action + "` and told not to, wherever either is said",
                     "take one of the two out, or say with `overrides` which of them holds",
                     {{demanded.duty->span, "it is demanded here"}});
  }

  Context& ctx_;
  const model::Policy& policy_;
  Exclusion exclusion_;
  std::vector<bool> overridden_;  // by some rule
};

}  // namespace

void CheckConflicts(Context& ctx) {
  if (ctx.sink.has_errors()) return;  // what is missing might be what decides
  ConflictSearch(ctx).Run();
}

}  // namespace cordon::check
