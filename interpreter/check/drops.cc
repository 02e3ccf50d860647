// `drops`: what a rule takes away from what it overrides and does not replace. See conclusions.h.
//
// Something is dropped where a rule that is overridden concludes on it; the rule that drops it does not.
// Source: the language manual, "Rules, tables, exceptions, settings".
#include <algorithm>

#include "check/conclusions.h"

namespace cordon::check {

namespace {

bool ConcludesOn(const model::Rule& rule, const PendingDrop& drop) {
  if (drop.output.valid()) {
    return std::any_of(rule.conclusions.begin(), rule.conclusions.end(),
                       [&](const model::OutputConclusion& conclusion) { return conclusion.output == drop.output; });
  }
  return std::any_of(rule.duties.begin(), rule.duties.end(),
                     [&](const model::Duty& duty) { return duty.action == drop.action; });
}

// The output and the action that `name` may mean.
PendingDrop FindDropped(const Context& ctx, const Scope& scope, const syntax::QName& name) {
  PendingDrop drop;
  drop.rule = model::RuleId(ctx.policy.rules.size());
  drop.name = Joined(name);
  drop.span = name.span;
  const NameTable& own = ctx.protocols[scope.protocol.index].names;
  const bool dotted = name.parts.size() == 2 && name.parts[0].text == ctx.policy.protocols[scope.protocol.index].name;
  const auto output = own.find(dotted ? name.parts[1].text : drop.name);
  if (output != own.end() && output->second.kind == NameKind::kOutput) {
    drop.output = model::OutputId(output->second.index);
    Refer(ctx, name.parts.back().span, output->second.span);
    if (dotted) Refer(ctx, name.parts[0].span, ctx.policy.protocols[scope.protocol.index].span);
  }
  const auto action = ctx.actions.find(drop.name);
  if (action != ctx.actions.end()) {
    drop.action = model::ActionId(action->second.index);
    Refer(ctx, name.span, action->second.span);
  }
  return drop;
}

void ReportNothing(Context& ctx, const Scope& scope, const PendingDrop& drop) {
  std::vector<std::string> candidates = NamesOf(ctx.actions);
  for (const auto& [known, entry] : ctx.protocols[scope.protocol.index].names) {
    if (entry.kind == NameKind::kOutput) candidates.push_back(known);
  }
  ReportUnknown(ctx, Code::kUnknownDeclaration, drop.span, "there is no action or output `" + drop.name + "`",
                NearestHelp(drop.name, candidates, "`drops` names what the overridden rules conclude"));
}

}  // namespace

void ResolveDrops(Context& ctx, const Scope& scope, const std::vector<syntax::QName>& names, model::Rule& rule) {
  for (const syntax::QName& name : names) {
    const PendingDrop drop = FindDropped(ctx, scope, name);
    if (!drop.output.valid() && !drop.action.valid()) {
      ReportNothing(ctx, scope, drop);
      continue;
    }
    if (drop.output.valid() && drop.action.valid()) {
      ctx.sink.Report(Code::kAmbiguousName, name.span, "`" + drop.name + "` is both an output and an action",
                      "write `" + ctx.policy.protocols[scope.protocol.index].name + "." + drop.name +
                          "` for the output; for the action rename one of the two");
      continue;
    }
    if (ConcludesOn(rule, drop)) {
      ctx.sink.Report(Code::kDropsNothing, name.span,
                      "`" + rule.name + "` drops `" + drop.name + "`, and concludes on it itself",
                      "take one of the two out: what a rule concludes takes the place of what it overrides");
      continue;
    }
    if (drop.output.valid()) rule.drops_outputs.push_back(drop.output);
    if (drop.action.valid()) rule.drops_actions.push_back(drop.action);
    ctx.drops.push_back(drop);
  }
}

void CheckDrops(Context& ctx) {
  for (const PendingDrop& drop : ctx.drops) {
    const model::Rule& rule = ctx.policy.rules[drop.rule.index];
    const bool written = std::any_of(ctx.overrides.begin(), ctx.overrides.end(), [&](const PendingOverrides& pending) {
      return std::find(pending.rules.begin(), pending.rules.end(), drop.rule) != pending.rules.end();
    });
    const bool any = std::any_of(rule.overrides.begin(), rule.overrides.end(),
                                 [&](model::RuleId id) { return ConcludesOn(ctx.policy.rules[id.index], drop); });
    if (any || (written && rule.overrides.empty())) continue;  // what it overrides is not declared, which was said
    ctx.sink.Report(Code::kDropsNothing, drop.span,
                    written
                        ? "`" + rule.name + "` drops `" + drop.name + "`, and nothing that it overrides concludes on it"
                        : "`" + rule.name + "` drops `" + drop.name + "`, and overrides nothing",
                    written ? "name the rule that does in `overrides`, or take `drops " + drop.name + "` out"
                            : "name the rules that conclude on it: `overrides …`");
  }
}

}  // namespace cordon::check
