// Constant multiples of numbers: `2 * nights`, `contacts * weight`. See expressions.h.
//
// One side is constant. A whole number times a whole constant is whole; of a decimal, one of the two sides is whole, so
// that the product is exact in thousandths. Source: the language manual, "Conditions".
#include <cstdlib>
#include <utility>

#include "check/expressions.h"

namespace cordon::check {

namespace {

using model::ExprId;
using model::TypeKind;

bool IsConstant(const model::Policy& policy, ExprId id) { return policy.expr(id).kind == model::ExprKind::kConstant; }

void ReportNoProduct(Context& ctx, const model::Type& left, const model::Type& right, const Span& span) {
  const std::string seen = DescribeType(ctx.policy, left) + " is multiplied by " + DescribeType(ctx.policy, right);
  const bool lengths = left.kind == TypeKind::kDuration || left.kind == TypeKind::kPeriod ||
                       right.kind == TypeKind::kDuration || right.kind == TypeKind::kPeriod;
  ctx.sink.Report(Code::kUnfitProduct, span, seen + ", and only numbers can be multiplied",
                  lengths ? "write the length of time that is meant, or name it with `param`" : "");
}

// Whether the two can be multiplied; reports where not.
bool CheckFactors(Context& ctx, ExprId left, ExprId right, const Span& span) {
  const model::Type a = ctx.policy.expr(left).type;
  const model::Type b = ctx.policy.expr(right).type;
  if (!IsNumber(a) || !IsNumber(b)) {
    ReportNoProduct(ctx, a, b, span);
    return false;
  }
  if (!IsConstant(ctx.policy, left) && !IsConstant(ctx.policy, right)) {
    ctx.sink.Report(Code::kUnfitProduct, span,
                    "`" + FoldedText(ctx, span) + "` multiplies two values that both vary, and one has to be constant",
                    "write a number, or name one with `param`; or declare the product as a fact of its own");
    return false;
  }
  if (a.kind != TypeKind::kDecimal || b.kind != TypeKind::kDecimal) return true;
  ctx.sink.Report(Code::kUnfitProduct, span,
                  "two decimal numbers are multiplied, and thousandths could not hold the product exactly",
                  "multiply by a whole number");
  return false;
}

ExprId ConstantProduct(Context& ctx, ExprId left, ExprId right, const model::Type& type, const Span& span) {
  const std::int64_t a = ctx.policy.expr(left).value.number;
  const std::int64_t b = ctx.policy.expr(right).value.number;
  const std::int64_t most = value::kLargestNumber * (type.kind == TypeKind::kDecimal ? value::kDecimalScale : 1);
  if (a != 0 && std::abs(b) > most / std::abs(a)) {
    ctx.sink.Report(Code::kProductTooLarge, span,
                    "`" + FoldedText(ctx, span) + "` is beyond 1000000000000000, and no number is",
                    "write smaller numbers");
    return {};
  }
  value::Value value = type.kind == TypeKind::kDecimal ? value::Value::Decimal(a * b) : value::Value::Int(a * b);
  return AddConstant(ctx, std::move(value), type, span);
}

}  // namespace

ExprId TypeProduct(Context& ctx, Scope& scope, const syntax::Expr& expr) {
  ExprId left = TypeExpr(ctx, scope, expr.args[0]);
  ExprId right = TypeExpr(ctx, scope, expr.args[1]);
  if (!left.valid() || !right.valid()) return {};
  if (!CheckFactors(ctx, left, right, expr.span)) return {};
  if (!CheckNotNone(ctx, scope, left) || !CheckNotNone(ctx, scope, right)) return {};
  const bool decimal =
      ctx.policy.expr(left).type.kind == TypeKind::kDecimal || ctx.policy.expr(right).type.kind == TypeKind::kDecimal;
  const model::Type type = Scalar(decimal ? TypeKind::kDecimal : TypeKind::kInt);
  if (IsConstant(ctx.policy, left)) std::swap(left, right);
  if (IsConstant(ctx.policy, left)) return ConstantProduct(ctx, left, right, type, expr.span);
  model::Expr made;
  made.kind = model::ExprKind::kMultiply;
  made.type = type;
  made.span = expr.span;
  made.args = {left};
  made.value = ctx.policy.expr(right).value;
  return Add(ctx, std::move(made));
}

}  // namespace cordon::check
