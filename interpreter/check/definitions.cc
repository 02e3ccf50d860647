// Definitions, derived fields and the conditions that records put on themselves. See context.h and expressions.h.
//
// Each is typed where first needed, so that a definition stands in the model after all that it uses; meeting one that
// is being typed is a cycle, which is shown whole.
#include <utility>

#include "check/expressions.h"

namespace cordon::check {

namespace {

using model::ExprId;
using model::TypeKind;

Scope ScopeOfRecord(const Context& ctx, std::size_t index) {
  Scope scope;
  scope.file = ctx.records[index].written.file;
  scope.own_record = model::RecordId(index);
  model::Type type = Scalar(TypeKind::kRecord);
  type.record = scope.own_record;
  scope.variables.push_back({"", ctx.policy.records[index].self, type});
  return scope;
}

void BuildRecordRules(Context& ctx, std::size_t index) {
  for (std::size_t i = 0; i < ctx.records[index].fields.size(); ++i) {
    NeedField(ctx, model::RecordId(index), model::FieldId(i), ctx.policy.records[index].fields[i].span);
  }
  for (const syntax::Require& require : ctx.records[index].written.decl->requires_) {
    Scope scope = ScopeOfRecord(ctx, index);
    const ExprId condition = TypeCondition(ctx, scope, require.condition);
    AddInterpretations(ctx.records[index].interpretations, scope.interpretations);
    if (condition.valid()) ctx.policy.records[index].requires_.push_back({condition, require.span});
  }
  for (model::Fact& fact : ctx.policy.facts) {
    const bool holds = (fact.type.kind == TypeKind::kRecord || fact.type.element == TypeKind::kRecord) &&
                       fact.type.record == model::RecordId(index);
    if (holds) AddInterpretations(fact.interpretations, ctx.records[index].interpretations);
  }
}

}  // namespace

void ReportDefinitionCycle(Context& ctx, const void* decl, const Span& use) {
  std::string chain;
  bool inside = false;
  std::string first;
  for (const Busy& step : ctx.busy) {
    if (step.decl == decl && !inside) {
      inside = true;
      first = step.name;
    }
    if (inside) chain += step.name + " -> ";
  }
  ctx.sink.Report(Code::kCycle, use, "`" + first + "` is defined by itself: `" + chain + first + "`",
                  "take one of these out of the definition of the other");
}

bool CheckDefinedType(Context& ctx, ExprId value, const Span& span) {
  const model::Type type = ctx.policy.expr(value).type;
  if (type.kind != TypeKind::kRecord && type.kind != TypeKind::kPeriod) return true;
  ctx.sink.Report(Code::kUnfitType, span,
                  "this is " + DescribeType(ctx.policy, type) + ", and a definition is a condition, a value or a list",
                  type.kind == TypeKind::kPeriod ? "name a length of time with `param`" : "define one of its fields");
  return false;
}

std::optional<model::DefineId> NeedDefine(Context& ctx, std::size_t index, const Span& use) {
  const DefineInfo info = ctx.defines[index];
  if (info.progress == Progress::kDone) return info.id;
  if (info.progress == Progress::kBusy) ReportDefinitionCycle(ctx, info.written.decl, use);
  if (info.progress != Progress::kWaiting) return std::nullopt;
  const syntax::DefineDecl& decl = *info.written.decl;
  ctx.defines[index].progress = Progress::kBusy;
  ctx.busy.push_back({&decl, decl.name.text});
  Scope scope;
  scope.file = info.written.file;
  scope.protocol = info.protocol;
  const ExprId value = TypeExpr(ctx, scope, decl.value);
  ctx.busy.pop_back();
  model::Define define;
  define.name = decl.name.text;
  define.value = value;
  define.cites = ResolveCites(ctx, *info.written.file, decl.notes.cites);
  define.interpretations = ResolveInterpretations(ctx, decl.notes.interpretations);
  define.span = decl.name.span;
  AddInterpretations(define.interpretations, scope.interpretations);
  ctx.defines[index].progress = Progress::kFailed;
  if (!value.valid() || !CheckDefinedType(ctx, value, decl.name.span)) return std::nullopt;
  ctx.defines[index].progress = Progress::kDone;
  ctx.defines[index].id = model::DefineId(ctx.policy.defines.size());
  ctx.policy.defines.push_back(std::move(define));
  return ctx.defines[index].id;
}

bool NeedField(Context& ctx, model::RecordId record, model::FieldId field, const Span& use) {
  RecordInfo& info = ctx.records[record.index];
  const syntax::FieldDecl& decl = *info.fields[field.index];
  Progress& progress = info.progress[field.index];
  if (progress == Progress::kDone) return true;
  if (progress == Progress::kBusy) ReportDefinitionCycle(ctx, &decl, use);
  if (progress != Progress::kWaiting) return false;
  progress = Progress::kBusy;
  ctx.busy.push_back({&decl, decl.name.text});
  Scope scope = ScopeOfRecord(ctx, record.index);
  const ExprId value = TypeExpr(ctx, scope, decl.derived);
  ctx.busy.pop_back();
  AddInterpretations(info.interpretations, scope.interpretations);
  progress = Progress::kFailed;
  if (!value.valid() || !CheckDefinedType(ctx, value, decl.name.span)) return false;
  model::Field& made = ctx.policy.records[record.index].fields[field.index];
  made.derived = value;
  made.type = ctx.policy.expr(value).type;
  progress = Progress::kDone;
  return true;
}

void BuildDefinitions(Context& ctx) {
  for (std::size_t i = 0; i < ctx.records.size(); ++i) BuildRecordRules(ctx, i);
  for (std::size_t i = 0; i < ctx.defines.size(); ++i) {
    const syntax::DefineDecl& decl = *ctx.defines[i].written.decl;
    if (decl.parameters.empty()) {
      NeedDefine(ctx, i, decl.name.span);
    } else {
      NeedParametric(ctx, i, decl.name.span);
    }
  }
}

}  // namespace cordon::check
