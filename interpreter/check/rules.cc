// Rules, guarantees, and the defaults and meanings of outputs. See context.h and conclusions.h.
//
// A rule's conditions become parts in the order written, one for each top-level conjunct, so that a result can name the
// first that failed.
#include <utility>

#include "check/conclusions.h"
#include "support/text.h"

namespace cordon::check {

namespace {

using model::ExprId;
using model::TypeKind;

ExprId SettingIs(Context& ctx, std::vector<std::size_t> leaves, const Span& span) {
  model::Expr setting;
  setting.kind = model::ExprKind::kFact;
  setting.type = OfCategory(*SettingCategory(ctx));
  setting.span = span;
  setting.fact = ctx.policy.setting;
  return AddMember(ctx, Add(ctx, std::move(setting)), std::move(leaves), span);
}

// Each top-level conjunct of `when` as a part; what one says about none holds for the next.
void AddWhenParts(Context& ctx, Scope& scope, syntax::ExprId when, model::Rule& rule) {
  if (!when.valid()) return;
  const syntax::Expr& expr = scope.file->expr(when);
  const std::vector<syntax::ExprId> conjuncts =
      expr.kind == syntax::ExprKind::kAnd ? expr.args : std::vector<syntax::ExprId>{when};
  for (const syntax::ExprId conjunct : conjuncts) {
    const Span span = scope.file->expr(conjunct).span;
    const ExprId condition = TypeCondition(ctx, scope, conjunct);
    if (!condition.valid()) continue;
    AddGuards(ctx, condition, true, scope);
    rule.parts.push_back({condition, FoldedText(ctx, span), span});
  }
}

void AddUnlessPart(Context& ctx, Scope& scope, syntax::ExprId unless, model::Rule& rule) {
  if (!unless.valid()) return;
  const Span span = scope.file->expr(unless).span;
  const ExprId condition = TypeCondition(ctx, scope, unless);
  if (!condition.valid()) return;
  AddGuards(ctx, condition, false, scope);
  rule.parts.push_back({AddNot(ctx, condition, span), "unless " + FoldedText(ctx, span), span});
}

void BuildRule(Context& ctx, model::ProtocolId protocol, const syntax::File& file, const syntax::RuleDecl& decl) {
  ProtocolInfo& info = ctx.protocols[protocol.index];
  if (!Declare(ctx, info.rule_names, decl.name, NameKind::kRule, ctx.policy.rules.size())) return;
  model::Rule rule;
  rule.name = decl.name.text;
  rule.protocol = protocol;
  rule.cites = ResolveCites(ctx, file, decl.notes.cites);
  rule.quotes = PlainTexts(decl.notes.quotes);
  rule.interpretations = ResolveInterpretations(ctx, decl.notes.interpretations);
  AddInterpretations(rule.interpretations, info.interpretations);
  rule.because = support::Join(decl.notes.because, " ");
  rule.span = decl.name.span;
  Scope scope;
  scope.file = &file;
  scope.protocol = protocol;
  AddSettingPart(ctx, decl.in, rule);
  if (EnterForEach(ctx, scope, decl.for_each, rule.for_each)) {
    AddWhenParts(ctx, scope, decl.when, rule);
    AddUnlessPart(ctx, scope, decl.unless, rule);
  }
  for (const syntax::Conclusion& conclusion : decl.conclusions) {
    if (const auto* output = std::get_if<syntax::OutputConclusion>(&conclusion)) {
      Conclude(ctx, scope, *output, rule);
    } else if (auto duty = ResolveDuty(ctx, scope, std::get<syntax::Duty>(conclusion), DutyUse::kConcluded)) {
      rule.duties.push_back(std::move(*duty));
    }
  }
  AddInterpretations(rule.interpretations, scope.interpretations);
  ResolveDrops(ctx, scope, decl.drops, rule);
  const model::RuleId id = AddRule(ctx, std::move(rule));
  if (!decl.overrides.empty()) ctx.overrides.push_back({protocol, {id}, &decl.overrides});
}

void BuildGuarantee(Context& ctx, model::ProtocolId protocol, const syntax::File& file,
                    const syntax::GuaranteeDecl& decl) {
  Scope scope;
  scope.file = &file;
  scope.protocol = protocol;
  model::Cites cites = ResolveCites(ctx, file, decl.notes.cites);
  ExprId condition = TypeCondition(ctx, scope, decl.condition);
  const std::vector<std::size_t> leaves = ResolveSettings(ctx, decl.in);
  if (!condition.valid()) return;
  if (!leaves.empty()) {
    const ExprId inside = SettingIs(ctx, leaves, decl.name.span);
    condition = decl.never ? AddBool(ctx, model::ExprKind::kAnd, {inside, condition}, decl.span)
                           : AddBool(ctx, model::ExprKind::kOr, {AddNot(ctx, inside, decl.span), condition}, decl.span);
  }
  std::vector<model::Guarantee>& made = ctx.policy.protocols[protocol.index].guarantees;
  for (const model::Guarantee& other : made) {
    if (other.name != decl.name.text) continue;
    ctx.sink.Report(Code::kDuplicateName, decl.name.span, "`" + decl.name.text + "` is already the name of a guarantee",
                    "give one of the two another name", {{other.span, "the first declaration is here"}});
    return;
  }
  made.push_back({decl.name.text, decl.never, condition, std::move(cites), decl.name.span});
}

void BuildDefault(Context& ctx, std::size_t index) {
  const syntax::OutputDecl& decl = *ctx.outputs[index].written.decl;
  const syntax::File& file = *ctx.outputs[index].written.file;
  model::Output& output = ctx.policy.outputs[index];
  Scope scope;
  scope.file = &file;
  scope.protocol = output.protocol;
  output.default_cites = ResolveCites(ctx, file, decl.default_cites);
  ResolveCites(ctx, file, decl.notes.cites);
  if (ctx.outputs[index].progress != Progress::kDone) return;
  if (decl.default_value.valid()) {
    const ConstantUse use{Code::kConclusionType, "the output `" + output.name + "`"};
    output.default_value = TypeConstant(ctx, scope, decl.default_value, output.type, use);
  }
  if (decl.means) {
    if (output.type.kind != TypeKind::kBool) {
      ctx.sink.Report(
          Code::kUnfitMeaning, decl.means->span,
          "`" + output.name + "` is " + DescribeType(ctx.policy, output.type) + ", and only a yes can mean a duty",
          "write the duty into a rule: `when " + output.name + " is …`");
    } else {
      output.means = ResolveDuty(ctx, scope, *decl.means, DutyUse::kConcluded);
    }
  }
  AddInterpretations(output.interpretations, scope.interpretations);
}

}  // namespace

void AddSettingPart(Context& ctx, const std::vector<syntax::QName>& names, model::Rule& rule) {
  const std::vector<std::size_t> leaves = ResolveSettings(ctx, names);
  if (leaves.empty()) return;
  std::string text = "in ";
  for (const syntax::QName& name : names) text += (&name == &names[0] ? "" : ", ") + Joined(name);
  rule.parts.push_back({SettingIs(ctx, leaves, names[0].span), std::move(text), names[0].span});
}

bool EnterForEach(Context& ctx, Scope& scope, const std::optional<syntax::ForEach>& for_each,
                  std::optional<model::ForEach>& made) {
  if (!for_each) return true;
  const ExprId list = TypeList(ctx, scope, for_each->list);
  if (!list.valid()) {
    // Conclusions still learn that the name is an element's.
    scope.variables.push_back({for_each->variable.text, model::VariableId(ctx.policy.num_variables++), {}});
    return false;
  }
  EnterVariable(ctx, scope, for_each->variable, ElementType(ctx.policy.expr(list).type));
  made = model::ForEach{scope.variables.back().id, list};
  return true;
}

model::RuleId AddRule(Context& ctx, model::Rule rule) {
  const model::RuleId id(ctx.policy.rules.size());
  ctx.policy.protocols[rule.protocol.index].rules.push_back(id);
  ctx.protocols[rule.protocol.index].rules.emplace(rule.name, id);
  ctx.policy.rules.push_back(std::move(rule));
  return id;
}

void BuildRules(Context& ctx) {
  for (std::size_t i = 0; i < ctx.outputs.size(); ++i) BuildDefault(ctx, i);
  for (std::size_t i = 0; i < ctx.protocols.size(); ++i) {
    const model::ProtocolId protocol(i);
    const Written<syntax::ProtocolDecl> written = ctx.protocols[i].written;
    for (const syntax::Member& member : written.decl->members) {
      if (const auto* rule = std::get_if<syntax::RuleDecl>(&member)) {
        BuildRule(ctx, protocol, *written.file, *rule);
      } else if (const auto* table = std::get_if<syntax::TableDecl>(&member)) {
        BuildTable(ctx, protocol, *written.file, *table);
      } else if (const auto* guarantee = std::get_if<syntax::GuaranteeDecl>(&member)) {
        BuildGuarantee(ctx, protocol, *written.file, *guarantee);
      }
    }
  }
}

}  // namespace cordon::check
