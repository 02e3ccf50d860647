// The walk over expressions: one case per kind; see expressions.h.
//
// INVARIANT: recursion is bounded by kDeepestText, through definitions too, whatever the parser let pass.
#include "check/expressions.h"

#include <utility>

namespace cordon::check {

namespace {

using model::ExprId;
using model::TypeKind;
using syntax::ExprKind;

// How deep a text may nest; lowered, it is some times deeper, and stays below kDeepest.
constexpr std::size_t kDeepestText = 400;

void ReportTooDeep(Context& ctx, const Span& span, const std::string& what) {
  if (!ctx.too_deep_reported) {
    ctx.sink.Report(Code::kTooDeep, span, "this is " + what + ", counting the definitions it builds on",
                    "name parts of it with `define`, or let fewer definitions build on one another");
  }
  ctx.too_deep_reported = true;
}

ExprId TypeLiteral(Context& ctx, const syntax::Expr& expr, const model::Type* expected) {
  if (expr.value.kind == value::Kind::kNone) {
    ctx.sink.Report(Code::kTypeMismatch, expr.span, "`none` is no value to compare with",
                    "write `is none` or `is not none`");
    return {};
  }
  if (expected != nullptr && expected->kind == TypeKind::kDecimal && expr.value.kind == value::Kind::kInt) {
    return AddConstant(ctx, value::Value::Decimal(expr.value.number * value::kDecimalScale), Scalar(TypeKind::kDecimal),
                       expr.span);
  }
  return AddConstant(ctx, expr.value, TypeOfValue(expr.value), expr.span);
}

ExprId TypeNow(Context& ctx, const syntax::Expr& expr) {
  const bool today = expr.kind == ExprKind::kToday;
  model::Expr made;
  made.kind = today ? model::ExprKind::kToday : model::ExprKind::kNow;
  made.type = Scalar(today ? TypeKind::kDate : TypeKind::kDatetime);
  made.span = expr.span;
  return Add(ctx, std::move(made));
}

// `and`, `or`: what an earlier part says about none holds for the later ones.
ExprId TypeJunction(Context& ctx, Scope& scope, const syntax::Expr& expr) {
  const bool is_and = expr.kind == ExprKind::kAnd;
  const GuardsSaved saved(scope);
  std::vector<ExprId> parts;
  bool ok = true;
  for (const syntax::ExprId arg : expr.args) {
    const ExprId part = TypeCondition(ctx, scope, arg);
    ok = ok && part.valid();
    if (!part.valid()) continue;
    parts.push_back(part);
    AddGuards(ctx, part, is_and, scope);
  }
  if (!ok) return {};
  return AddBool(ctx, is_and ? model::ExprKind::kAnd : model::ExprKind::kOr, std::move(parts), expr.span);
}

ExprId TypeImplies(Context& ctx, Scope& scope, const syntax::Expr& expr) {
  const GuardsSaved saved(scope);
  const ExprId premise = TypeCondition(ctx, scope, expr.args[0]);
  if (premise.valid()) AddGuards(ctx, premise, true, scope);
  const ExprId conclusion = TypeCondition(ctx, scope, expr.args[1]);
  if (!premise.valid() || !conclusion.valid()) return {};
  return AddBool(ctx, model::ExprKind::kOr, {AddNot(ctx, premise, expr.span), conclusion}, expr.span);
}

// A side of `A when C, otherwise B`, under what C says about none.
struct Branch {
  ExprId value;
  bool may_be_none = false;
};
Branch TypeBranch(Context& ctx, Scope& scope, syntax::ExprId id, std::pair<ExprId, bool> when,
                  const model::Type* expected) {
  const GuardsSaved saved(scope);
  if (when.first.valid()) AddGuards(ctx, when.first, when.second, scope);
  const ExprId value = TypeExpr(ctx, scope, id, expected);
  return {value, value.valid() && MayBeNone(ctx, scope, value)};
}

ExprId TypeConditional(Context& ctx, Scope& scope, const syntax::Expr& expr, const model::Type* expected) {
  const ExprId condition = TypeCondition(ctx, scope, expr.args[1]);
  syntax::ExprId first_id = expr.args[0];
  const syntax::Expr& first = Behind(scope, first_id);
  const bool swap = expected == nullptr && first.kind == ExprKind::kName && !NamesValue(ctx, scope, first.name);
  // The side whose type is known by itself tells the type of the other.
  Branch sides[2];
  const std::size_t known = swap ? 1 : 0;
  const syntax::ExprId args[2] = {expr.args[0], expr.args[2]};
  sides[known] = TypeBranch(ctx, scope, args[known], {condition, known == 0}, expected);
  if (!sides[known].value.valid()) return {};
  const model::Type type = ctx.policy.expr(sides[known].value).type;
  sides[1 - known] =
      TypeBranch(ctx, scope, args[1 - known], {condition, known != 0}, expected != nullptr ? expected : &type);
  if (!sides[1 - known].value.valid() || !condition.valid()) return {};
  const model::Type other = ctx.policy.expr(sides[1 - known].value).type;
  if (!SameKind(type, other) || type.kind == TypeKind::kList || type.kind == TypeKind::kRecord) {
    ctx.sink.Report(Code::kTypeMismatch, expr.span,
                    "`when … otherwise` chooses between " + DescribeType(ctx.policy, type) + " and " +
                        DescribeType(ctx.policy, other) + ", and it chooses between two single values of one type");
    return {};
  }
  model::Expr made;
  made.kind = model::ExprKind::kConditional;
  made.type = type;
  made.type.or_none = sides[0].may_be_none || sides[1].may_be_none;
  made.span = expr.span;
  made.args = {sides[0].value, condition, sides[1].value};
  return Add(ctx, std::move(made));
}

// Whether `id` is a fact or a given field: what can be known or unknown as given.
bool IsAsGiven(const model::Policy& policy, ExprId id) {
  const model::Expr& expr = policy.expr(id);
  if (expr.kind == model::ExprKind::kFact) return true;
  if (expr.kind != model::ExprKind::kField) return false;
  const model::Expr& object = policy.expr(expr.args[0]);
  const bool given = !policy.records[object.type.record.index].fields[expr.field.index].derived.valid();
  return given && (object.kind == model::ExprKind::kElement || object.kind == model::ExprKind::kFact);
}

ExprId TypeIsKnown(Context& ctx, Scope& scope, const syntax::Expr& expr) {
  const std::string what = "`is known` is asked of facts and their given fields";
  if (FindOutput(ctx, scope, expr.args[0])) {
    ctx.sink.Report(Code::kNotAsGiven, expr.span, what + ", and this is an output");
    return {};
  }
  const ExprId arg = TypeExpr(ctx, scope, expr.args[0]);
  if (!arg.valid()) return {};
  if (!IsAsGiven(ctx.policy, arg)) {
    ctx.sink.Report(Code::kNotAsGiven, expr.span, what + ", and this is worked out from them",
                    "ask it of the facts that this rests on");
    return {};
  }
  const ExprId known = AddBool(ctx, model::ExprKind::kIsKnown, {arg}, expr.span);
  return expr.negated ? AddNot(ctx, known, expr.span) : known;
}

ExprId TypeIsNone(Context& ctx, Scope& scope, const syntax::Expr& expr) {
  const ExprId arg = TypeExpr(ctx, scope, expr.args[0]);
  if (!arg.valid()) return {};
  if (!ctx.policy.expr(arg).type.or_none) {
    ctx.sink.Report(Code::kTypeMismatch, expr.span,
                    "this is " + DescribeType(ctx.policy, ctx.policy.expr(arg).type) + " and never none",
                    "only what is declared `… or none` can be none; a list may be empty: `is empty`");
    return {};
  }
  const ExprId none = AddBool(ctx, model::ExprKind::kIsNone, {arg}, expr.span);
  return expr.negated ? AddNot(ctx, none, expr.span) : none;
}

ExprId Misplaced(Context& ctx, const syntax::Expr& expr, Code code, const std::string& message,
                 const std::string& help) {
  ctx.sink.Report(code, expr.span, message, help);
  return {};
}

ExprId Dispatch(Context& ctx, Scope& scope, const syntax::Expr& expr, const model::Type* expected) {
  switch (expr.kind) {
    case ExprKind::kLiteral:
      return TypeLiteral(ctx, expr, expected);
    case ExprKind::kName:
      return TypeName(ctx, scope, expr, expected);
    case ExprKind::kToday:
    case ExprKind::kNow:
      return TypeNow(ctx, expr);
    case ExprKind::kNot:
      return AddNot(ctx, TypeCondition(ctx, scope, expr.args[0]), expr.span);
    case ExprKind::kAnd:
    case ExprKind::kOr:
      return TypeJunction(ctx, scope, expr);
    case ExprKind::kImplies:
      return TypeImplies(ctx, scope, expr);
    case ExprKind::kCompare:
      return TypeCompare(ctx, scope, expr);
    case ExprKind::kRange:
      return TypeRange(ctx, scope, expr);
    case ExprKind::kIs:
      return TypeIs(ctx, scope, expr);
    case ExprKind::kIn:
      return TypeIn(ctx, scope, expr);
    case ExprKind::kIsKnown:
      return TypeIsKnown(ctx, scope, expr);
    case ExprKind::kIsEmpty:
      return TypeIsEmpty(ctx, scope, expr);
    case ExprKind::kIsNone:
      return TypeIsNone(ctx, scope, expr);
    case ExprKind::kIsState:
      return TypeIsState(ctx, scope, expr);
    case ExprKind::kIsAtLeast:
      return TypeIsAtLeast(ctx, scope, expr);
    case ExprKind::kTime:
      return TypeTime(ctx, scope, expr);
    case ExprKind::kQuantifier:
      return TypeQuantifier(ctx, scope, expr);
    case ExprKind::kWhere:
      return TypeWhere(ctx, scope, expr);
    case ExprKind::kField: {
      const ExprId object = TypeExpr(ctx, scope, expr.args[0]);
      return object.valid() ? TypeField(ctx, scope, object, expr.name.parts[0]) : object;
    }
    case ExprKind::kAdd:
    case ExprKind::kSubtract:
      return TypeSum(ctx, scope, expr);
    case ExprKind::kConditional:
      return TypeConditional(ctx, scope, expr, expected);
    case ExprKind::kMultiply:
      return TypeProduct(ctx, scope, expr);
    case ExprKind::kLatest:
      return TypeLatest(ctx, scope, expr);
    case ExprKind::kCall:
      return TypeCall(ctx, scope, expr);
    case ExprKind::kEach:
      return Misplaced(ctx, expr, Code::kWrongArguments,
                       "`each` stands elsewhere than in the brackets of a duty's action",
                       "write it as the argument: `must take_sample(each x in …)`; in a condition ask `every x in …`");
    case ExprKind::kCount:
      return Misplaced(ctx, expr, Code::kCountMisplaced, "a count stands alone, and it can only be compared",
                       "compare it with a constant: `count(…) >= 2`");
    case ExprKind::kColumn:
    case ExprKind::kSet:
      return Misplaced(ctx, expr, Code::kTypeMismatch, "a set stands where a value is needed",
                       "a set stands after `in`: `x in { A, B }`");
    case ExprKind::kEmpty:
      return Misplaced(ctx, expr, Code::kOnlyInTests, "`empty` is no value in a condition", "write `… is empty`");
    case ExprKind::kImprecise:
    case ExprKind::kUnknown:
    case ExprKind::kNotAsked:
    case ExprKind::kList:
    case ExprKind::kRecord:
      return Misplaced(ctx, expr, Code::kOnlyInTests,
                       "`" + FoldedText(ctx, expr.span) + "` can only be given as a fact of a test",
                       "to ask whether a fact was learnt, write `… is known` or `… is unknown`");
  }
  return {};
}

std::string ConditionHelp(const model::Type& type) {
  switch (type.kind) {
    case TypeKind::kCategory:
      return "ask for a symbol: `… is SYMBOL`";
    case TypeKind::kList:
      return "ask `some x in … has (…)`, or `… is not empty`";
    case TypeKind::kBool:
      return "say what none means first: `… is not none and …`";
    case TypeKind::kDate:
    case TypeKind::kDatetime:
      return "ask when: `… within the last 6 months`, or compare it with a date";
    case TypeKind::kInt:
    case TypeKind::kDecimal:
    case TypeKind::kText:
    case TypeKind::kDuration:
    case TypeKind::kPeriod:
      return "compare it: `… = …`";
    case TypeKind::kRecord:
      return "ask for one of its fields";
    case TypeKind::kGroup:
      break;
  }
  return {};
}

}  // namespace

const syntax::Expr& Behind(const Scope& scope, syntax::ExprId& id) {
  const syntax::Expr& expr = scope.file->expr(id);
  if (expr.kind != ExprKind::kColumn || !scope.column.valid()) return expr;
  id = scope.column;
  return scope.file->expr(id);
}

ExprId TypeExpr(Context& ctx, Scope& scope, syntax::ExprId id, const model::Type* expected) {
  if (!id.valid()) return {};
  const syntax::Expr& expr = Behind(scope, id);
  if (ctx.depth >= kDeepestText) {
    ReportTooDeep(ctx, expr.span, "nested too deep");
    return {};
  }
  ++ctx.depth;
  const ExprId typed = Dispatch(ctx, scope, expr, expected);
  --ctx.depth;
  if (!typed.valid()) return {};
  const Extent& extent = ctx.extents[typed.index];
  if (extent.depth <= kDeepest && extent.size < kLargest) return typed;
  ReportTooDeep(ctx, expr.span, extent.size < kLargest ? "nested too deep" : "too large");
  return {};
}

ExprId TypeCondition(Context& ctx, Scope& scope, syntax::ExprId id) {
  const ExprId typed = TypeExpr(ctx, scope, id);
  if (!typed.valid()) return {};
  const model::Type type = ctx.policy.expr(typed).type;
  if (type.kind == TypeKind::kBool) return CheckNotNone(ctx, scope, typed) ? typed : ExprId();
  const syntax::Expr& expr = Behind(scope, id);
  ctx.sink.Report(Code::kNoCondition, expr.span,
                  "a condition is needed here, and this is " + DescribeType(ctx.policy, type), ConditionHelp(type));
  return {};
}

}  // namespace cordon::check
