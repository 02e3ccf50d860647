// Comparisons of values, ranges and time phrases. See expressions.h.
//
// `>` and `>=` turn their sides about; a time phrase becomes comparisons with the anchor moved back: `x within D before
// E` is E - D <= x and x <= E. Source: the language manual, "Time".
#include <algorithm>
#include <utility>

#include "check/expressions.h"

namespace cordon::check {

namespace {

using model::ExprId;
using model::TypeKind;
using syntax::CompareOp;

CompareOp TurnedAbout(CompareOp op) {
  switch (op) {
    case CompareOp::kLess:
      return CompareOp::kGreater;
    case CompareOp::kLessEqual:
      return CompareOp::kGreaterEqual;
    case CompareOp::kGreater:
      return CompareOp::kLess;
    case CompareOp::kGreaterEqual:
      return CompareOp::kLessEqual;
    case CompareOp::kEqual:
    case CompareOp::kNotEqual:
      break;
  }
  return op;
}

bool IsOrdering(CompareOp op) { return op != CompareOp::kEqual && op != CompareOp::kNotEqual; }

void ReportUnitMistake(Context& ctx, const model::Type& left, const model::Type& right, const Span& span) {
  const std::string seen = DescribeType(ctx.policy, left) + " is compared with " + DescribeType(ctx.policy, right);
  const auto is_length = [](const model::Type& type) {
    return type.kind == TypeKind::kDuration || type.kind == TypeKind::kPeriod;
  };
  if ((IsDateLike(left) && is_length(right)) || (IsDateLike(right) && is_length(left))) {
    ctx.sink.Report(Code::kDateAndDuration, span, seen,
                    "ask when it was: `… within the last 7 days`, `… more than 7 days ago`; or take the difference of "
                    "two dates first");
  } else if (is_length(left) && is_length(right)) {
    ctx.sink.Report(Code::kCalendarAndExact, span, seen + "; months and years have no fixed length",
                    "write weeks, days, hours or minutes, or ask `… before …` of the dates themselves");
  } else if (IsNumber(left) && IsNumber(right)) {
    ctx.sink.Report(Code::kTypeMismatch, span, seen, "declare both as `decimal`, or both as `int`");
  } else if (left.kind == TypeKind::kBool || right.kind == TypeKind::kBool) {
    ctx.sink.Report(Code::kTypeMismatch, span, seen, "yes and no are written without quotes: `= yes`");
  } else {
    ctx.sink.Report(Code::kTypeMismatch, span, seen, "");
  }
}

// Whether values of the two types can be compared at all; reports where not.
bool CheckComparable(Context& ctx, const model::Type& left, const model::Type& right, const Span& span) {
  for (const model::Type* type : {&left, &right}) {
    if (type->kind != TypeKind::kList && type->kind != TypeKind::kRecord && type->kind != TypeKind::kGroup) continue;
    ctx.sink.Report(
        Code::kTypeMismatch, span, DescribeType(ctx.policy, *type) + " is compared, and only values can be",
        type->kind == TypeKind::kList ? "ask `some x in … has (…)`, or `count(…) >= 1`" : "compare its fields");
    return false;
  }
  const bool lengths_of_months = left.kind == TypeKind::kPeriod && right.kind == TypeKind::kPeriod;
  if ((SameKind(left, right) && !lengths_of_months) || (IsDateLike(left) && IsDateLike(right))) return true;
  ReportUnitMistake(ctx, left, right, span);
  return false;
}

bool CheckOrdered(Context& ctx, const model::Type& type, const Span& span) {
  const bool is_scale = type.kind == TypeKind::kCategory && ctx.policy.categories[type.category.index].is_scale;
  if (type.kind != TypeKind::kBool && type.kind != TypeKind::kText && (type.kind != TypeKind::kCategory || is_scale)) {
    return true;
  }
  ctx.sink.Report(
      Code::kNotOrdered, span,
      "values that are " + DescribeType(ctx.policy, type) + " have no order, so that none is less",
      type.kind == TypeKind::kCategory ? "a `scale` has an order; for a category ask `is` or `in`" : "ask `=`");
  return false;
}

// A yes-or-no value held against another: against a constant it is itself, or its opposite.
ExprId CompareBools(Context& ctx, ExprId left, ExprId right, const Span& span) {
  if (ctx.policy.expr(left).kind == model::ExprKind::kConstant) std::swap(left, right);
  const model::Expr& constant = ctx.policy.expr(right);
  if (constant.kind != model::ExprKind::kConstant || ctx.policy.expr(left).type.or_none) {
    return AddBool(ctx, model::ExprKind::kEqual, {left, right}, span);
  }
  return constant.value.number != 0 ? left : AddNot(ctx, left, span);
}

// What `id` is, through definitions.
const model::Expr& Resolved(const model::Policy& policy, ExprId id) {
  const model::Expr* expr = &policy.expr(id);
  while (expr->kind == model::ExprKind::kDefine) expr = &policy.expr(policy.defines[expr->define.index].value);
  return *expr;
}

// Whether `id` is the as-of date, or counted from it.
bool IsAsOf(const model::Policy& policy, ExprId id) {
  const model::Expr* expr = &Resolved(policy, id);
  while (expr->kind == model::ExprKind::kShift) expr = &Resolved(policy, expr->args[0]);
  return expr->kind == model::ExprKind::kToday || expr->kind == model::ExprKind::kNow;
}

// Reports a date that is moved before it is compared: the step belongs on the other one. That is certain where the
// other is the as-of date; of two dates of the facts it is the one on the left that is tested.
void LintStep(Context& ctx, ExprId id, ExprId other, bool is_left, const Span& span) {
  const model::Expr& expr = Resolved(ctx.policy, id);
  if (expr.kind != model::ExprKind::kShift || expr.period.months == 0 || IsAsOf(ctx.policy, id)) return;
  if (!IsAsOf(ctx.policy, other) && !(is_left && expr.direction > 0)) return;
  const bool adds = expr.direction > 0;
  std::vector<diagnostics::Note> notes;
  if (ctx.policy.expr(id).kind == model::ExprKind::kDefine) notes.push_back({expr.span, "the step is taken here"});
  ctx.sink.Report(
      Code::kStepFromWrongEnd, span,
      std::string("a number of months is ") + (adds ? "added to" : "taken from") + " the date that is tested; going " +
          (adds ? "back" : "on") + " from the other date can differ by some days",
      adds ? "write `… within " + calendar::Format(expr.period) + " before …`, which goes back from the second date"
           : "move the other date: `… + " + calendar::Format(expr.period) + "`",
      std::move(notes));
}

// `id` as a date or time, for a time phrase.
ExprId TypeMoment(Context& ctx, Scope& scope, syntax::ExprId id) {
  const ExprId typed = TypeExpr(ctx, scope, id);
  if (!typed.valid()) return {};
  const model::Type type = ctx.policy.expr(typed).type;
  if (IsDateLike(type)) return CheckNotNone(ctx, scope, typed) ? typed : ExprId();
  const bool is_length = type.kind == TypeKind::kDuration || type.kind == TypeKind::kPeriod;
  ctx.sink.Report(is_length ? Code::kDateAndDuration : Code::kTypeMismatch, Behind(scope, id).span,
                  "a phrase of time asks when something was, and this is " + DescribeType(ctx.policy, type),
                  is_length ? "compare a length with `<`, `>` or `=`" : "");
  return {};
}

}  // namespace

bool CheckDifference(Context& ctx, ExprId left, ExprId right, const Span& span) {
  const model::Type& type = ctx.policy.expr(left).type;
  if (type.kind != TypeKind::kDuration) return true;
  const std::pair<Shape, Shape> shapes = {ShapeOf(ctx.policy, left), ShapeOf(ctx.policy, right)};
  const bool has_constant = shapes.first == Shape::kConstant || shapes.second == Shape::kConstant;
  if (has_constant || std::max(shapes.first, shapes.second) != Shape::kDifference) return true;
  ctx.sink.Report(Code::kDifferenceMisplaced, span,
                  "a difference is compared with something that varies, and it can only be compared with a constant",
                  "write a length of time, or name one with `param`");
  return false;
}

std::optional<calendar::Period> TypeLength(Context& ctx, Scope& scope, syntax::ExprId id) {
  const std::optional<calendar::Period> period = FindPeriod(ctx, scope, id);
  if (period) return period;
  const ExprId typed = TypeExpr(ctx, scope, id);
  if (!typed.valid()) return std::nullopt;
  const model::Type type = ctx.policy.expr(typed).type;
  const Span span = Behind(scope, id).span;
  if (type.kind == TypeKind::kDuration || type.kind == TypeKind::kPeriod) {
    ctx.sink.Report(Code::kNotConstant, span, "this length of time is worked out from facts, and it has to be constant",
                    "write it down, or name it with `param`");
  } else {
    ctx.sink.Report(Code::kDateAndDuration, span,
                    "a length of time is needed here, and this is " + DescribeType(ctx.policy, type),
                    "write one: `6 months`, `7 days`, `24 hours`");
  }
  return std::nullopt;
}

ExprId CompareTyped(Context& ctx, Scope& scope, CompareOp op, std::pair<ExprId, ExprId> sides, const Span& span) {
  const auto [left, right] = sides;
  if (!left.valid() || !right.valid()) return {};
  const model::Type type = ctx.policy.expr(left).type;
  if (!CheckComparable(ctx, type, ctx.policy.expr(right).type, span)) return {};
  if (IsOrdering(op) && !CheckOrdered(ctx, type, span)) return {};
  if (!CheckNotNone(ctx, scope, left) || !CheckNotNone(ctx, scope, right)) return {};
  if (!CheckDifference(ctx, left, right, span)) return {};
  if (IsOrdering(op)) {
    LintStep(ctx, left, right, true, span);
    LintStep(ctx, right, left, false, span);
  }
  switch (op) {
    case CompareOp::kLess:
      return AddBool(ctx, model::ExprKind::kLess, {left, right}, span);
    case CompareOp::kLessEqual:
      return AddBool(ctx, model::ExprKind::kLessEqual, {left, right}, span);
    case CompareOp::kGreater:
      return AddBool(ctx, model::ExprKind::kLess, {right, left}, span);
    case CompareOp::kGreaterEqual:
      return AddBool(ctx, model::ExprKind::kLessEqual, {right, left}, span);
    case CompareOp::kEqual:
    case CompareOp::kNotEqual:
      break;
  }
  const ExprId equal = type.kind == TypeKind::kBool ? CompareBools(ctx, left, right, span)
                                                    : AddBool(ctx, model::ExprKind::kEqual, {left, right}, span);
  return op == CompareOp::kEqual ? equal : AddNot(ctx, equal, span);
}

ExprId TypeComparison(Context& ctx, Scope& scope, const Comparison& written) {
  Comparison comparison = written;
  if (!comparison.left.valid() || !comparison.right.valid()) return {};
  const auto turn = [&comparison] {
    std::swap(comparison.left, comparison.right);
    comparison.op = TurnedAbout(comparison.op);
  };
  const auto is_count = [&scope](syntax::ExprId id) { return Behind(scope, id).kind == syntax::ExprKind::kCount; };
  if (is_count(comparison.right) && !is_count(comparison.left)) turn();
  if (is_count(comparison.left)) return CompareCount(ctx, scope, comparison);
  if (!FindOutput(ctx, scope, comparison.left) && FindOutput(ctx, scope, comparison.right)) turn();
  if (const auto output = FindOutput(ctx, scope, comparison.left)) {
    return CompareOutput(ctx, scope, *output, comparison);
  }
  const auto names_nothing = [&](syntax::ExprId id) {
    const syntax::Expr& expr = Behind(scope, id);
    return expr.kind == syntax::ExprKind::kName && !NamesValue(ctx, scope, expr.name);
  };
  if (names_nothing(comparison.left) && !names_nothing(comparison.right)) turn();
  const ExprId left = TypeExpr(ctx, scope, comparison.left);
  if (!left.valid()) {
    if (!names_nothing(comparison.right)) TypeExpr(ctx, scope, comparison.right);
    return {};
  }
  const model::Type type = ctx.policy.expr(left).type;
  if (type.kind == TypeKind::kCategory && names_nothing(comparison.right)) {
    const syntax::QName& symbol = Behind(scope, comparison.right).name;
    return CompareSymbol(ctx, scope, comparison.op, left, symbol, comparison.span);
  }
  const ExprId right = TypeExpr(ctx, scope, comparison.right, &type);
  return CompareTyped(ctx, scope, comparison.op, {left, right}, comparison.span);
}

ExprId TypeCompare(Context& ctx, Scope& scope, const syntax::Expr& expr) {
  return TypeComparison(ctx, scope, {expr.compare, expr.args[0], expr.args[1], expr.span});
}

ExprId TypeRange(Context& ctx, Scope& scope, const syntax::Expr& expr) {
  const ExprId low = TypeComparison(ctx, scope, {CompareOp::kGreaterEqual, expr.args[0], expr.args[1], expr.span});
  if (!low.valid()) return {};
  const ExprId high = TypeComparison(ctx, scope, {CompareOp::kLessEqual, expr.args[0], expr.args[2], expr.span});
  if (!high.valid()) return {};
  return AddBool(ctx, model::ExprKind::kAnd, {low, high}, expr.span);
}

ExprId TypeTime(Context& ctx, Scope& scope, const syntax::Expr& expr) {
  const ExprId moment = TypeMoment(ctx, scope, expr.args[0]);
  const std::optional<calendar::Period> length = TypeLength(ctx, scope, expr.args[1]);
  const ExprId anchor = TypeMoment(ctx, scope, expr.args[2]);
  if (!moment.valid() || !length || !anchor.valid()) return {};
  const ExprId start = AddShift(ctx, anchor, *length, -1, expr.span);
  const auto compare = [&](model::ExprKind kind, ExprId left, ExprId right) {
    return AddBool(ctx, kind, {left, right}, expr.span);
  };
  using model::ExprKind;
  switch (expr.relation) {
    case syntax::TimeRelation::kMoreThan:
      return compare(ExprKind::kLess, moment, start);
    case syntax::TimeRelation::kAtLeast:
      return compare(ExprKind::kLessEqual, moment, start);
    case syntax::TimeRelation::kWithin:
    case syntax::TimeRelation::kLessThan:
      break;
  }
  const bool within = expr.relation == syntax::TimeRelation::kWithin;
  const ExprId after = compare(within ? ExprKind::kLessEqual : ExprKind::kLess, start, moment);
  const ExprId before = compare(ExprKind::kLessEqual, moment, anchor);
  return AddBool(ctx, ExprKind::kAnd, {after, before}, expr.span);
}

}  // namespace cordon::check
