// Conclusions: values of outputs and judgements. See conclusions.h.
#include "check/conclusions.h"

#include <utility>

namespace cordon::check {

namespace {

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
    Refer(ctx, written.decided_in->span, found->second.span);
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

std::optional<model::OutputId> ResolveOutput(Context& ctx, const Scope& scope, const syntax::QName& name) {
  const NameTable& own = ctx.protocols[scope.protocol.index].names;
  const std::string& protocol = ctx.policy.protocols[scope.protocol.index].name;
  const bool dotted = name.parts.size() == 2 && name.parts[0].text == protocol;
  const std::string written = dotted ? name.parts[1].text : Joined(name);
  const auto found = own.find(written);
  if (found != own.end() && found->second.kind == NameKind::kOutput) {
    Refer(ctx, name.parts.back().span, found->second.span);
    if (dotted) Refer(ctx, name.parts[0].span, ctx.policy.protocols[scope.protocol.index].span);
    return model::OutputId(found->second.index);
  }
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

void Conclude(Context& ctx, Scope& scope, model::OutputId output_id, const ConcludedValue& concluded, const Span& span,
              model::Rule& rule) {
  for (const model::OutputConclusion& other : rule.conclusions) {
    if (other.output != output_id) continue;
    ctx.sink.Report(Code::kConcludedTwice, span,
                    "`" + rule.name + "` concludes twice on `" + ctx.policy.outputs[output_id.index].name + "`",
                    "take one of the two out, or write two rules");
    return;
  }
  if (ctx.outputs[output_id.index].progress != Progress::kDone) return;
  const model::Output& output = ctx.policy.outputs[output_id.index];
  if (const auto* judgement = std::get_if<syntax::Judgement>(&concluded.value)) {
    if (concluded.exactly) {
      ctx.sink.Report(Code::kConclusionType, span, "`exactly` forbids every other value, and a judgement is none",
                      "write `= judgement …`");
    }
    const auto resolved = ResolveJudgement(ctx, *judgement, output);
    if (resolved) rule.conclusions.push_back({output_id, *resolved});
    return;
  }
  const ConstantUse use{Code::kConclusionType, "the output `" + output.name + "`"};
  const auto constant = TypeConstant(ctx, scope, std::get<syntax::ExprId>(concluded.value), output.type, use);
  if (constant) rule.conclusions.push_back({output_id, *constant, concluded.exactly});
}

void Conclude(Context& ctx, Scope& scope, const syntax::OutputConclusion& written, model::Rule& rule) {
  const auto output = ResolveOutput(ctx, scope, written.output);
  if (output) Conclude(ctx, scope, *output, {written.value, written.exactly}, written.span, rule);
}

}  // namespace cordon::check
