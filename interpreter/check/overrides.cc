// Which rules each rule overrides, and circles among them. See context.h.
//
// `every rule for OUTPUT` means every rule that concludes on it, but for the rule itself and for others that say the
// same: between two such, `overrides` by name decides.
#include <algorithm>
#include <set>
#include <utility>

#include "check/conclusions.h"
#include "support/text.h"

namespace cordon::check {

namespace {

using model::OutputId;
using model::RuleId;

bool ConcludesOn(const model::Rule& rule, OutputId output) {
  return std::any_of(rule.conclusions.begin(), rule.conclusions.end(),
                     [&](const model::OutputConclusion& conclusion) { return conclusion.output == output; });
}

// The rules that a target's name means: a rule, a row, or all rows of a table.
std::vector<RuleId> FindTargets(Context& ctx, model::ProtocolId protocol, const syntax::QName& name) {
  const ProtocolInfo& info = ctx.protocols[protocol.index];
  const std::string written = Joined(name);
  ReferToRule(ctx, protocol, name);
  if (const auto rule = info.rules.find(written); rule != info.rules.end()) return {rule->second};
  if (const auto table = info.tables.find(written); table != info.tables.end()) return table->second;
  std::vector<std::string> candidates;
  for (const auto& [known, id] : info.rules) candidates.push_back(known);
  for (const auto& [known, ids] : info.tables) candidates.push_back(known);
  ReportUnknown(
      ctx, Code::kUnknownRule, name.span,
      "the protocol `" + ctx.policy.protocols[protocol.index].name + "` has no rule, table or row `" + written + "`",
      NearestHelp(written, candidates));
  return {};
}

// For each output, the rules that override every rule for it.
using Sweeping = std::map<OutputId, std::set<RuleId>>;

void AddSweeping(Context& ctx, const PendingOverrides& pending, Sweeping& sweeping) {
  Scope scope;
  scope.protocol = pending.protocol;
  for (const syntax::Override& clause : *pending.overrides) {
    for (const syntax::QName& name : clause.every_rule_for) {
      if (const auto output = ResolveOutput(ctx, scope, name)) {
        sweeping[*output].insert(pending.rules.begin(), pending.rules.end());
      }
    }
  }
}

void AddNamed(Context& ctx, const PendingOverrides& pending) {
  for (const syntax::Override& clause : *pending.overrides) {
    for (const syntax::QName& name : clause.targets) {
      const std::vector<RuleId> targets = FindTargets(ctx, pending.protocol, name);
      for (const RuleId rule : pending.rules) {
        std::vector<RuleId>& overrides = ctx.policy.rules[rule.index].overrides;
        for (const RuleId target : targets) {
          if (target != rule) overrides.push_back(target);
        }
      }
    }
  }
}

void AddSwept(Context& ctx, const Sweeping& sweeping) {
  for (const auto& [output, rules] : sweeping) {
    const model::ProtocolId protocol = ctx.policy.outputs[output.index].protocol;
    for (const RuleId target : ctx.policy.protocols[protocol.index].rules) {
      if (rules.contains(target) || !ConcludesOn(ctx.policy.rules[target.index], output)) continue;
      for (const RuleId rule : rules) ctx.policy.rules[rule.index].overrides.push_back(target);
    }
  }
}

// A depth-first search for circles with its own stack; every circle is reported once.
class CircleSearch {
 public:
  explicit CircleSearch(Context& ctx) : ctx_(ctx), states_(ctx.policy.rules.size(), Progress::kWaiting) {}

  void Run() {
    for (std::size_t i = 0; i < states_.size(); ++i) {
      if (states_[i] == Progress::kWaiting) Visit(RuleId(i));
    }
  }

 private:
  void Visit(RuleId root) {
    Enter(root);
    while (!path_.empty()) {
      auto& [rule, next] = path_.back();
      const std::vector<RuleId>& targets = ctx_.policy.rules[rule.index].overrides;
      if (next == targets.size()) {
        states_[rule.index] = Progress::kDone;
        path_.pop_back();
        continue;
      }
      const RuleId target = targets[next++];
      if (states_[target.index] == Progress::kBusy) ReportCircle(target);
      if (states_[target.index] == Progress::kWaiting) Enter(target);
    }
  }
  void Enter(RuleId rule) {
    states_[rule.index] = Progress::kBusy;
    path_.push_back({rule, 0});
  }
  void ReportCircle(RuleId first) {
    std::string chain;
    bool inside = false;
    for (const auto& [rule, next] : path_) {
      inside = inside || rule == first;
      if (inside) chain += ctx_.policy.rules[rule.index].name + " -> ";
    }
    const model::Rule& rule = ctx_.policy.rules[first.index];
    ctx_.sink.Report(Code::kOverrideCycle, rule.span,
                     "rules override one another in a circle: `" + chain + rule.name + "`",
                     "decide which of them holds where both apply, and take the other `overrides` out");
  }

  Context& ctx_;
  std::vector<Progress> states_;
  std::vector<std::pair<RuleId, std::size_t>> path_;
};

}  // namespace

void ResolveOverrides(Context& ctx) {
  Sweeping sweeping;
  for (const PendingOverrides& pending : ctx.overrides) {
    AddNamed(ctx, pending);
    AddSweeping(ctx, pending, sweeping);
  }
  AddSwept(ctx, sweeping);
  for (model::Rule& rule : ctx.policy.rules) {
    std::sort(rule.overrides.begin(), rule.overrides.end());
    rule.overrides.erase(std::unique(rule.overrides.begin(), rule.overrides.end()), rule.overrides.end());
  }
  CircleSearch(ctx).Run();
}

}  // namespace cordon::check
