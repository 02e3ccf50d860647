// Conclusions: values of outputs, judgements, duties. See conclusions.h.
#include "check/conclusions.h"

#include <utility>

#include "check/walk.h"
#include "support/text.h"

namespace cordon::check {

namespace {

using model::TypeKind;

model::EventRelation RelationOf(syntax::EventRelation relation) {
  switch (relation) {
    case syntax::EventRelation::kAt:
      return model::EventRelation::kAt;
    case syntax::EventRelation::kBefore:
      return model::EventRelation::kBefore;
    case syntax::EventRelation::kAfter:
      return model::EventRelation::kAfter;
    case syntax::EventRelation::kDuring:
      return model::EventRelation::kDuring;
  }
  return model::EventRelation::kAt;
}

std::vector<model::RoleId> ResolveRoles(Context& ctx, const std::vector<syntax::Name>& names, bool& ok) {
  std::vector<model::RoleId> roles;
  for (const syntax::Name& name : names) {
    const std::optional<std::size_t> role = FindDeclared(ctx, ctx.roles, name, "role");
    ok = ok && role.has_value();
    if (role) roles.emplace_back(*role);
  }
  return roles;
}

std::optional<model::Argument> ResolveArgument(Context& ctx, Scope& scope, syntax::ExprId id,
                                               const model::ActionParameter& parameter) {
  if (parameter.type.kind != TypeKind::kGroup) {
    const ConstantUse use{Code::kWrongArguments, "the parameter `" + parameter.name + "`"};
    const auto value = TypeConstant(ctx, scope, id, parameter.type, use);
    if (!value) return std::nullopt;
    return model::Argument(*value);
  }
  const syntax::Expr& expr = scope.file->expr(id);
  if (expr.kind != syntax::ExprKind::kName || expr.name.parts.size() != 1) {
    ctx.sink.Report(Code::kWrongArguments, expr.span,
                    "`" + FoldedText(ctx, expr.span) + "` is no group of facts, and `" + parameter.name + "` is one",
                    "name a `group`");
    return std::nullopt;
  }
  const std::optional<std::size_t> group = FindDeclared(ctx, ctx.groups, expr.name.parts[0], "group");
  if (!group) return std::nullopt;
  return model::Argument(model::GroupId(*group));
}

bool ResolveArguments(Context& ctx, Scope& scope, const syntax::Duty& written, model::Duty& duty) {
  if (ctx.action_infos[duty.action.index].progress != Progress::kDone) return false;
  const model::Action& action = ctx.policy.actions[duty.action.index];
  if (written.args.size() != action.parameters.size()) {
    std::vector<std::string> names;
    for (const model::ActionParameter& parameter : action.parameters) names.push_back(parameter.name);
    ctx.sink.Report(
        Code::kWrongArguments, written.action.span,
        "`" + action.name + "` has " + std::to_string(names.size()) + " in brackets, and " +
            std::to_string(written.args.size()) + " are given",
        names.empty() ? "leave the brackets out" : "write `" + action.name + "(" + support::Join(names, ", ") + ")`");
    return false;
  }
  bool ok = true;
  for (std::size_t i = 0; i < written.args.size(); ++i) {
    auto argument = ResolveArgument(ctx, scope, written.args[i], action.parameters[i]);
    ok = ok && argument.has_value();
    if (argument) duty.args.push_back(std::move(*argument));
  }
  return ok;
}

// Whether `root` reads today's date or the element of a `for each`, through definitions too.
struct DueReads {
  bool today = false;
  bool element = false;
};
DueReads ReadsOf(const Context& ctx, const Scope& scope, model::ExprId root) {
  DueReads reads;
  std::vector<model::ExprId> open = {root};
  std::vector<bool> seen(ctx.policy.defines.size(), false);
  while (!open.empty()) {
    const model::ExprId next = open.back();
    open.pop_back();
    WalkExprs(ctx.policy, next, [&](const model::Expr& expr) {
      if (expr.kind == model::ExprKind::kToday || expr.kind == model::ExprKind::kNow) reads.today = true;
      for (const Variable& variable : scope.variables) {
        if (expr.kind == model::ExprKind::kElement && expr.variable == variable.id) reads.element = true;
      }
      if (expr.kind != model::ExprKind::kDefine || seen[expr.define.index]) return;
      seen[expr.define.index] = true;
      open.push_back(ctx.policy.defines[expr.define.index].value);
    });
  }
  return reads;
}

bool ResolveDue(Context& ctx, Scope& scope, const syntax::Duty& written, model::Duty& duty) {
  if (written.dues.empty()) return true;
  const Span span = scope.file->expr(written.dues[0].date).span;
  const model::ExprId date = TypeExpr(ctx, scope, written.dues[0].date);
  if (!date.valid()) return false;
  duty.dues.push_back({model::DueKind::kBy, date, {}});
  const model::Type type = ctx.policy.expr(date).type;
  if (!IsDateLike(type)) {
    ctx.sink.Report(Code::kTypeMismatch, span, "`due by` needs a date, and this is " + DescribeType(ctx.policy, type));
    return false;
  }
  if (!CheckNotNone(ctx, scope, date)) return false;
  const DueReads reads = ReadsOf(ctx, scope, date);
  if (reads.element) {
    ctx.sink.Report(Code::kConclusionReadsElement, span,
                    "the due date reads the element of the `for each`, and a duty is the same for every element",
                    "reckon from a fact");
  }
  if (reads.today) {
    ctx.sink.Report(Code::kDueReadsToday, span,
                    "the due date reads today's date: worked out anew each day, it would never come",
                    "reckon from a date among the facts");
  }
  return !reads.element && !reads.today;
}

std::optional<model::JudgementId> ResolveJudgement(Context& ctx, const syntax::Judgement& written,
                                                   const model::Output& output) {
  model::Judgement judgement;
  judgement.span = written.span;
  bool ok = true;
  const std::vector<model::RoleId> by = ResolveRoles(ctx, {written.by}, ok);
  if (!by.empty()) judgement.by = by[0];
  judgement.with = ResolveRoles(ctx, written.with, ok);
  if (written.weighing) {
    const std::optional<std::size_t> group = FindDeclared(ctx, ctx.groups, *written.weighing, "group");
    ok = ok && group.has_value();
    if (group) judgement.weighing = model::GroupId(*group);
  }
  if (written.decided_in) {
    const auto found = ctx.values.find(written.decided_in->text);
    if (found == ctx.values.end() || found->second.kind != NameKind::kFact) {
      std::vector<std::string> candidates;
      for (const model::Fact& fact : ctx.policy.facts) candidates.push_back(fact.name);
      ReportUnknown(ctx, Code::kUnknownName, written.decided_in->span,
                    "there is no fact `" + written.decided_in->text + "`",
                    NearestHelp(written.decided_in->text, candidates, "declare it: `fact … recorded`"));
      return std::nullopt;
    }
    judgement.decided_in = model::FactId(found->second.index);
    const model::Fact& fact = ctx.policy.facts[found->second.index];
    if (ctx.facts[found->second.index].progress != Progress::kDone) return std::nullopt;
    if (fact.type != output.type) {
      ctx.sink.Report(Code::kDecisionType, written.decided_in->span,
                      "`" + fact.name + "` is " + DescribeType(ctx.policy, fact.type) + ", and the output `" +
                          output.name + "` that it decides is " + DescribeType(ctx.policy, output.type),
                      "give both the same type", {{fact.span, "the fact is declared here"}});
      ok = false;
    }
  }
  if (!ok) return std::nullopt;
  ctx.policy.judgements.push_back(std::move(judgement));
  return model::JudgementId(ctx.policy.judgements.size() - 1);
}

}  // namespace

model::Modality ModalityOf(syntax::Modality modality) {
  switch (modality) {
    case syntax::Modality::kMust:
      return model::Modality::kMust;
    case syntax::Modality::kMustNot:
      return model::Modality::kMustNot;
    case syntax::Modality::kShould:
      return model::Modality::kShould;
    case syntax::Modality::kShouldNot:
      return model::Modality::kShouldNot;
    case syntax::Modality::kMay:
      return model::Modality::kMay;
    case syntax::Modality::kNeedNot:
      return model::Modality::kNeedNot;
    case syntax::Modality::kMustConsider:
      return model::Modality::kMustConsider;
    case syntax::Modality::kShouldConsider:
      return model::Modality::kShouldConsider;
    case syntax::Modality::kMayConsider:
      return model::Modality::kMayConsider;
  }
  return model::Modality::kMust;
}

std::optional<model::Duty> ResolveDuty(Context& ctx, Scope& scope, const syntax::Duty& written) {
  model::Duty duty;
  duty.modality = ModalityOf(written.modality);
  duty.as_far_as_possible = written.as_far_as_possible;
  duty.span = written.span;
  bool ok = true;
  const std::vector<model::RoleId> actor = ResolveRoles(ctx, {written.actor}, ok);
  if (!actor.empty()) duty.actor = actor[0];
  duty.to = ResolveRoles(ctx, written.to, ok);
  for (const syntax::EventTiming& timing : written.timings) {
    const std::optional<std::size_t> event = FindDeclared(ctx, ctx.events, timing.event, "event");
    ok = ok && event.has_value();
    if (event) duty.timings.push_back({RelationOf(timing.relation), model::EventId(*event)});
  }
  const std::optional<std::size_t> action = FindDeclared(ctx, ctx.actions, written.action, "action");
  if (!action) return std::nullopt;
  duty.action = model::ActionId(*action);
  ok = ResolveArguments(ctx, scope, written, duty) && ok;
  ok = ResolveDue(ctx, scope, written, duty) && ok;
  if (!ok) return std::nullopt;
  return duty;
}

std::optional<model::OutputId> ResolveOutput(Context& ctx, const Scope& scope, const syntax::QName& name) {
  const NameTable& own = ctx.protocols[scope.protocol.index].names;
  const std::string& protocol = ctx.policy.protocols[scope.protocol.index].name;
  const bool dotted = name.parts.size() == 2 && name.parts[0].text == protocol;
  const std::string written = dotted ? name.parts[1].text : Joined(name);
  const auto found = own.find(written);
  if (found != own.end() && found->second.kind == NameKind::kOutput) return model::OutputId(found->second.index);
  std::vector<std::string> candidates;
  for (const auto& [known, entry] : own) {
    if (entry.kind == NameKind::kOutput) candidates.push_back(known);
  }
  ReportUnknown(ctx, Code::kUnknownOutput, name.span,
                "the protocol `" + protocol + "` has no output `" + Joined(name) + "`",
                NearestHelp(written, candidates,
                            "declare it: `output " + written +
                                " : bool strictest`; a rule concludes on the outputs of "
                                "its own protocol"));
  return std::nullopt;
}

void Conclude(Context& ctx, Scope& scope, model::OutputId output_id, const syntax::ConclusionValue& value,
              const Span& span, model::Rule& rule) {
  for (const model::OutputConclusion& other : rule.conclusions) {
    if (other.output != output_id) continue;
    ctx.sink.Report(Code::kConcludedTwice, span,
                    "`" + rule.name + "` concludes twice on `" + ctx.policy.outputs[output_id.index].name + "`",
                    "take one of the two out, or write two rules");
    return;
  }
  if (ctx.outputs[output_id.index].progress != Progress::kDone) return;
  const model::Output& output = ctx.policy.outputs[output_id.index];
  if (const auto* judgement = std::get_if<syntax::Judgement>(&value)) {
    const auto resolved = ResolveJudgement(ctx, *judgement, output);
    if (resolved) rule.conclusions.push_back({output_id, *resolved});
    return;
  }
  const ConstantUse use{Code::kConclusionType, "the output `" + output.name + "`"};
  const auto constant = TypeConstant(ctx, scope, std::get<syntax::ExprId>(value), output.type, use);
  if (constant) rule.conclusions.push_back({output_id, *constant});
}

void Conclude(Context& ctx, Scope& scope, const syntax::OutputConclusion& written, model::Rule& rule) {
  const auto output = ResolveOutput(ctx, scope, written.output);
  if (output) Conclude(ctx, scope, *output, written.value, written.span, rule);
}

}  // namespace cordon::check
