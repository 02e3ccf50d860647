// Protocols: their settings and outputs, and which facts are decisions. See context.h.
//
// Runs before any condition is typed: a condition may read an output, and may not read a decision.
#include <variant>

#include "check/types.h"

namespace cordon::check {

namespace {

using model::TypeKind;

void BuildProtocol(Context& ctx, std::size_t index) {
  ProtocolInfo& info = ctx.protocols[index];
  const syntax::ProtocolDecl& decl = *info.written.decl;
  model::Protocol& protocol = ctx.policy.protocols[index];
  protocol.subject = "patient";
  if (decl.about) {
    protocol.subject = decl.about->text;
    if (decl.about->text != "patient") FindDeclared(ctx, ctx.subjects, *decl.about, "subject");
  }
  protocol.settings = ResolveSettings(ctx, decl.in);
  if (!decl.in.empty() && SettingCategory(ctx)) {
    const model::Category& settings = ctx.policy.categories[SettingCategory(ctx)->index];
    const SymbolMatch first = MatchSymbol(settings, Joined(decl.in[0]));
    if (first.node) info.first_setting = settings.nodes[*first.node].first_leaf;
  }
  info.interpretations = ResolveInterpretations(ctx, decl.notes.interpretations);
  protocol.cites = ResolveCites(ctx, *info.written.file, decl.notes.cites);
  for (const syntax::Member& member : decl.members) {
    const auto* example = std::get_if<syntax::ExampleDecl>(&member);
    if (example == nullptr) continue;
    const auto [first, added] = info.examples.emplace(example->name.text, example);
    if (added) continue;
    ctx.sink.Report(Code::kDuplicateName, example->name.span,
                    "`" + example->name.text + "` is already the name of an example",
                    "give one of the two another name", {{first->second->name.span, "the first declaration is here"}});
  }
}

void CheckMode(Context& ctx, const syntax::OutputDecl& decl, const model::Type& type) {
  const bool ordered = type.kind == TypeKind::kBool ||
                       (type.kind == TypeKind::kCategory && ctx.policy.categories[type.category.index].is_scale);
  if (decl.mode == syntax::Mode::kUnique || ordered) return;
  ctx.sink.Report(
      Code::kUnfitMode, decl.name.span,
      "`" + decl.name.text + "` is " + DescribeType(ctx.policy, type) + ", of which none is stricter than another",
      "write `unique`, or give the output a `scale`");
}

void BuildOutput(Context& ctx, std::size_t index) {
  OutputInfo& info = ctx.outputs[index];
  const syntax::OutputDecl& decl = *info.written.decl;
  model::Output& output = ctx.policy.outputs[index];
  output.mode = decl.mode == syntax::Mode::kStrictest ? model::Mode::kStrictest : model::Mode::kUnique;
  output.texts = FilledTexts(ctx, decl.notes.texts);
  output.quotes = PlainTexts(decl.notes.quotes);
  output.interpretations = ResolveInterpretations(ctx, decl.notes.interpretations);
  AddInterpretations(output.interpretations, ctx.protocols[output.protocol.index].interpretations);
  info.progress = Progress::kFailed;
  const std::optional<model::Type> type = ResolveType(ctx, decl.type);
  if (!type) return;
  if (type->kind == TypeKind::kList || type->kind == TypeKind::kRecord || type->kind == TypeKind::kGroup ||
      type->or_none) {
    ctx.sink.Report(Code::kUnfitType, decl.type.span, "an output cannot be " + DescribeType(ctx.policy, *type),
                    "it is yes or no, a symbol, a number, a date, a length of time or a text");
    return;
  }
  output.type = *type;
  CheckMode(ctx, decl, *type);
  info.progress = Progress::kDone;
}

void MarkDecision(Context& ctx, const syntax::Judgement& judgement) {
  if (!judgement.decided_in) return;
  const auto found = ctx.values.find(judgement.decided_in->text);
  if (found == ctx.values.end() || found->second.kind != NameKind::kFact) return;
  model::Fact& fact = ctx.policy.facts[found->second.index];
  ctx.facts[found->second.index].used = true;
  if (fact.is_decision) return;
  fact.is_decision = true;
  if (fact.ask.empty() && !fact.assume) return;
  ctx.sink.Report(
      Code::kDecisionAsked, fact.span,
      "`" + fact.name + "` is a decision, and a decision is never " + (fact.assume ? "assumed" : "asked for"),
      fact.assume ? "take the assumption out" : "take `ask` out; write `recorded`",
      {{judgement.decided_in->span, "the judgement is here"}});
}

void MarkDecisions(Context& ctx, const syntax::Member& member) {
  if (const auto* rule = std::get_if<syntax::RuleDecl>(&member)) {
    for (const syntax::Conclusion& conclusion : rule->conclusions) {
      const auto* output = std::get_if<syntax::OutputConclusion>(&conclusion);
      if (output == nullptr) continue;
      if (const auto* judgement = std::get_if<syntax::Judgement>(&output->value)) MarkDecision(ctx, *judgement);
    }
  } else if (const auto* table = std::get_if<syntax::TableDecl>(&member)) {
    for (const syntax::TablePart& part : table->parts) {
      for (const syntax::RowDecl& row : part.rows) {
        for (const syntax::OutCell& cell : row.conclusions) {
          if (const auto* judgement = std::get_if<syntax::Judgement>(&cell.value)) MarkDecision(ctx, *judgement);
        }
      }
    }
  }
}

}  // namespace

void BuildProtocols(Context& ctx) {
  for (std::size_t i = 0; i < ctx.protocols.size(); ++i) BuildProtocol(ctx, i);
  for (std::size_t i = 0; i < ctx.outputs.size(); ++i) BuildOutput(ctx, i);
  for (const ProtocolInfo& info : ctx.protocols) {
    for (const syntax::Member& member : info.written.decl->members) MarkDecisions(ctx, member);
  }
}

}  // namespace cordon::check
