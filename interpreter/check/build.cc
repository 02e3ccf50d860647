// Makes the model's expressions, the only place that appends to them. See expressions.h.
#include <algorithm>
#include <utility>

#include "check/expressions.h"

namespace cordon::check {

using model::ExprId;
using model::ExprKind;

namespace {

Extent ExtentOf(const Context& ctx, const model::Expr& expr) {
  Extent extent;
  const auto count = [&](ExprId id) {
    if (!id.valid()) return;
    extent.depth = std::max(extent.depth, ctx.extents[id.index].depth);
    extent.size = std::min(kLargest, extent.size + ctx.extents[id.index].size);
  };
  for (const ExprId arg : expr.args) count(arg);
  if (expr.kind == ExprKind::kDefine) count(ctx.policy.defines[expr.define.index].value);
  if (expr.kind == ExprKind::kField) {
    const model::RecordId record = ctx.policy.expr(expr.args[0]).type.record;
    count(ctx.policy.records[record.index].fields[expr.field.index].derived);
  }
  ++extent.depth;
  extent.size = std::min(kLargest, extent.size + 1);
  return extent;
}

}  // namespace

ExprId Add(Context& ctx, model::Expr expr) {
  ctx.extents.push_back(ExtentOf(ctx, expr));
  ctx.policy.exprs.push_back(std::move(expr));
  return ExprId(ctx.policy.exprs.size() - 1);
}

ExprId AddBool(Context& ctx, ExprKind kind, std::vector<ExprId> args, const Span& span) {
  model::Expr expr;
  expr.kind = kind;
  expr.type = Scalar(model::TypeKind::kBool);
  expr.span = span;
  expr.args = std::move(args);
  return Add(ctx, std::move(expr));
}

ExprId AddConstant(Context& ctx, value::Value value, const model::Type& type, const Span& span) {
  model::Expr expr;
  expr.kind = ExprKind::kConstant;
  expr.type = type;
  expr.span = span;
  expr.value = std::move(value);
  return Add(ctx, std::move(expr));
}

ExprId AddYes(Context& ctx, bool yes, const Span& span) {
  return AddConstant(ctx, value::Value::Bool(yes), Scalar(model::TypeKind::kBool), span);
}

ExprId AddNot(Context& ctx, ExprId condition, const Span& span) {
  if (!condition.valid()) return {};
  return AddBool(ctx, ExprKind::kNot, {condition}, span);
}

ExprId AddElement(Context& ctx, const Variable& variable, const Span& span) {
  model::Expr expr;
  expr.kind = ExprKind::kElement;
  expr.type = variable.type;
  expr.span = span;
  expr.variable = variable.id;
  return Add(ctx, std::move(expr));
}

ExprId AddMember(Context& ctx, ExprId symbol, std::vector<std::size_t> leaves, const Span& span) {
  std::sort(leaves.begin(), leaves.end());
  leaves.erase(std::unique(leaves.begin(), leaves.end()), leaves.end());
  const ExprId id = AddBool(ctx, ExprKind::kMember, {symbol}, span);
  ctx.policy.exprs[id.index].leaves = std::move(leaves);
  return id;
}

ExprId AddSome(Context& ctx, ExprId list, model::VariableId variable, ExprId condition, const Span& span) {
  const ExprId id = AddBool(ctx, ExprKind::kSome, {list, condition}, span);
  ctx.policy.exprs[id.index].variable = variable;
  return id;
}

ExprId AddOutputIs(Context& ctx, model::OutputId output, model::OutputTest test, value::Value value, const Span& span) {
  const ExprId id = AddBool(ctx, ExprKind::kOutputIs, {}, span);
  model::Expr& expr = ctx.policy.exprs[id.index];
  expr.output = output;
  expr.test = test;
  expr.value = std::move(value);
  return id;
}

ExprId AddShift(Context& ctx, ExprId date, const calendar::Period& period, int direction, const Span& span) {
  model::Expr expr;
  expr.kind = ExprKind::kShift;
  expr.type = ctx.policy.expr(date).type;
  expr.type.or_none = false;
  expr.span = span;
  expr.args = {date};
  expr.period = period;
  expr.direction = direction;
  return Add(ctx, std::move(expr));
}

}  // namespace cordon::check
