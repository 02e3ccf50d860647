// `latest xs by field` and `earliest xs by field`: the elements that have the greatest or the least. See expressions.h.
//
// There is no tie-break: it is the list of all elements whose key is the greatest key of the list. The greatest is one
// value for the whole list, so neither the list nor the key may read an element from outside.
// Source: the language manual, "Conditions".
#include <algorithm>
#include <utility>

#include "check/expressions.h"
#include "check/walk.h"

namespace cordon::check {

namespace {

using model::ExprId;
using model::TypeKind;

// The key of one more element, brought into scope for it; the element's id, and an invalid key where it is in error.
std::pair<model::VariableId, ExprId> TypeKey(Context& ctx, Scope& scope, const model::Type& element,
                                             syntax::ExprId key) {
  const model::VariableId variable(ctx.policy.num_variables++);
  scope.variables.push_back({"", variable, element});
  const ExprId typed = TypeExpr(ctx, scope, key);
  const bool ok = typed.valid() && CheckNotNone(ctx, scope, typed);
  scope.variables.pop_back();
  return {variable, ok ? typed : ExprId()};
}

bool CheckKeyType(Context& ctx, const model::Type& type, const Span& span, bool earliest) {
  if (IsDateLike(type) || IsNumber(type) || type.kind == TypeKind::kDuration) return true;
  ctx.sink.Report(Code::kUnfitExtreme, span,
                  std::string(earliest ? "`earliest`" : "`latest`") + " goes by " + DescribeType(ctx.policy, type) +
                      ", and it goes by a date, a number or an exact length of time",
                  "name another field");
  return false;
}

}  // namespace

bool CheckStandsAlone(Context& ctx, std::pair<ExprId, ExprId> list_and_key, model::VariableId own,
                      const std::vector<Variable>& parameters, const Span& span) {
  std::set<model::VariableId> bound = {own};
  for (const Variable& variable : parameters) {
    if (variable.is_parameter) bound.insert(variable.id);
  }
  bool alone = true;
  const auto collect = [&](const model::Expr& expr) {
    if (expr.kind != model::ExprKind::kElement && expr.variable.valid()) bound.insert(expr.variable);
  };
  const auto test = [&](const model::Expr& expr) {
    if (expr.kind == model::ExprKind::kElement && !bound.contains(expr.variable)) alone = false;
  };
  for (const ExprId root : {list_and_key.first, list_and_key.second}) WalkExprs(ctx.policy, root, collect);
  for (const ExprId root : {list_and_key.first, list_and_key.second}) WalkExprs(ctx.policy, root, test);
  if (alone) return true;
  ctx.sink.Report(Code::kUnfitExtreme, span,
                  "`" + FoldedText(ctx, span) +
                      "` reads the element of something around it, and the latest is the same "
                      "for the whole list",
                  "take the element's condition out of it, and ask for it of what is found");
  return false;
}

ExprId TypeLatest(Context& ctx, Scope& scope, const syntax::Expr& expr) {
  const bool earliest = expr.negated;
  const ExprId list = TypeList(ctx, scope, expr.args[0]);
  if (!list.valid()) return {};
  const model::Type type = ctx.policy.expr(list).type;
  if (type.element != TypeKind::kRecord) {
    ctx.sink.Report(Code::kNoRecord, expr.span, "`by` names a field, and the elements of this list have none",
                    "make them a `record` with a date");
    return {};
  }
  const auto [variable, key] = TypeKey(ctx, scope, ElementType(type), expr.args[1]);
  if (!key.valid()) return {};
  const model::Type key_type = ctx.policy.expr(key).type;
  if (!CheckKeyType(ctx, key_type, scope.file->expr(expr.args[1]).span, earliest)) return {};
  if (!CheckStandsAlone(ctx, {list, key}, variable, scope.variables, expr.span)) return {};
  const auto [element, own_key] = TypeKey(ctx, scope, ElementType(type), expr.args[1]);
  model::Expr extreme;
  extreme.kind = earliest ? model::ExprKind::kLeast : model::ExprKind::kGreatest;
  extreme.type = Scalar(key_type.kind);
  extreme.span = expr.span;
  extreme.args = {CopyOf(ctx, list), key};
  extreme.variable = variable;
  model::Expr made;
  made.kind = model::ExprKind::kFilter;
  made.type = type;
  made.span = expr.span;
  made.args = {list, AddBool(ctx, model::ExprKind::kEqual, {own_key, Add(ctx, std::move(extreme))}, expr.span)};
  made.variable = element;
  return Add(ctx, std::move(made));
}

}  // namespace cordon::check
