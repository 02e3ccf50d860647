// Lists: quantifiers, filters, emptiness. See expressions.h.
//
// `every x in xs has C` is `not some x in xs has not C`; `no` is `not some`.
#include "check/expressions.h"

namespace cordon::check {

namespace {

using model::ExprId;
using model::TypeKind;

}  // namespace

ExprId TypeList(Context& ctx, Scope& scope, syntax::ExprId id) {
  const ExprId list = TypeExpr(ctx, scope, id);
  if (!list.valid()) return {};
  const model::Type type = ctx.policy.expr(list).type;
  if (type.kind == TypeKind::kList) return list;
  ctx.sink.Report(Code::kNoList, Behind(scope, id).span,
                  "a list is needed here, and this is " + DescribeType(ctx.policy, type));
  return {};
}

ExprId TypeQuantifier(Context& ctx, Scope& scope, const syntax::Expr& expr) {
  const ExprId list = TypeList(ctx, scope, expr.args[0]);
  if (!list.valid()) return {};
  EnterVariable(ctx, scope, expr.variable, ElementType(ctx.policy.expr(list).type));
  const model::VariableId variable = scope.variables.back().id;
  ExprId condition;
  {
    const GuardsSaved saved(scope);
    condition = TypeCondition(ctx, scope, expr.args[1]);
  }
  scope.variables.pop_back();
  if (!condition.valid()) return {};
  const bool every = expr.quantifier == syntax::Quantifier::kEvery;
  const ExprId tested = every ? AddNot(ctx, condition, expr.span) : condition;
  const ExprId some = AddSome(ctx, list, variable, tested, expr.span);
  return expr.quantifier == syntax::Quantifier::kSome ? some : AddNot(ctx, some, expr.span);
}

ExprId TypeWhere(Context& ctx, Scope& scope, const syntax::Expr& expr) {
  const ExprId list = TypeList(ctx, scope, expr.args[0]);
  if (!list.valid()) return {};
  const model::Type type = ctx.policy.expr(list).type;
  if (type.element != TypeKind::kRecord) {
    ctx.sink.Report(Code::kNoRecord, expr.span, "`where` names fields, and the elements of this list have none",
                    "write `some x in … has (…)`");
    return {};
  }
  scope.variables.push_back({"", model::VariableId(ctx.policy.num_variables++), ElementType(type)});
  const model::VariableId variable = scope.variables.back().id;
  ExprId condition;
  {
    const GuardsSaved saved(scope);
    condition = TypeCondition(ctx, scope, expr.args[1]);
  }
  scope.variables.pop_back();
  if (!condition.valid()) return {};
  model::Expr made;
  made.kind = model::ExprKind::kFilter;
  made.type = type;
  made.span = expr.span;
  made.args = {list, condition};
  made.variable = variable;
  return Add(ctx, std::move(made));
}

ExprId TypeIsEmpty(Context& ctx, Scope& scope, const syntax::Expr& expr) {
  const ExprId list = TypeList(ctx, scope, expr.args[0]);
  if (!list.valid()) return {};
  const ExprId some = AddSome(ctx, list, model::VariableId(ctx.policy.num_variables++), {}, expr.span);
  return expr.negated ? some : AddNot(ctx, some, expr.span);
}

}  // namespace cordon::check
