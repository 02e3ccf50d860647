// Sums, differences, dates moved by constant lengths of time, and constants. See expressions.h.
#include <algorithm>

#include "check/expressions.h"

namespace cordon::check {

namespace {

using model::ExprId;
using model::TypeKind;

// Adding one calendar step after another is another date than adding both at once.
void LintTwoSteps(Context& ctx, ExprId date, const calendar::Period& period, const Span& span) {
  const model::Expr& expr = ctx.policy.expr(date);
  if (expr.kind != model::ExprKind::kShift || expr.period.months == 0 || period.months == 0) return;
  ctx.sink.Report(
      Code::kCalendarStepTwice, span,
      "one step of months follows another: 31 March less 1 month less 1 month is not 31 March less 2 months",
      "take both steps at once");
}

std::optional<calendar::Period> PeriodOf(const value::Value& value) {
  if (value.kind == value::Kind::kDuration) return calendar::Period{0, value.number};
  if (value.kind == value::Kind::kPeriod) return calendar::Period{value.number, 0};
  return std::nullopt;
}

void ReportSum(Context& ctx, const model::Type& left, const model::Type& right, const syntax::Expr& expr) {
  const bool adds = expr.kind == syntax::ExprKind::kAdd;
  const std::string seen =
      DescribeType(ctx.policy, right) + (adds ? " is added to " : " is taken from ") + DescribeType(ctx.policy, left);
  if (IsDateLike(left) && (right.kind == TypeKind::kDuration || right.kind == TypeKind::kPeriod)) {
    ctx.sink.Report(Code::kNotConstant, expr.span, "a date is moved by a length of time that is worked out from facts",
                    "a date can be moved by a constant only: `6 months`, or a `param`");
  } else if (IsDateLike(left) && IsDateLike(right)) {
    ctx.sink.Report(Code::kTypeMismatch, expr.span, seen,
                    adds ? "dates cannot be added; a date less a date is a length of time"
                         : "take the difference of two dates, or of two dates with a time");
  } else if (left.kind == TypeKind::kDuration && right.kind == TypeKind::kPeriod) {
    ctx.sink.Report(Code::kCalendarAndExact, expr.span, seen + "; months and years have no fixed length",
                    "write weeks, days, hours or minutes");
  } else {
    ctx.sink.Report(Code::kTypeMismatch, expr.span, seen,
                    "what can be added: numbers of one type, and a constant length of time to a date");
  }
}

std::optional<value::Value> MisfitConstant(Context& ctx, const value::Value& value, const model::Type& expected,
                                           const ConstantUse& use, const Span& span) {
  if (expected.kind == TypeKind::kDecimal && value.kind == value::Kind::kInt) {
    return value::Value::Decimal(value.number * value::kDecimalScale);
  }
  const std::string seen = value.kind == value::Kind::kNone ? "none" : DescribeType(ctx.policy, TypeOfValue(value));
  ctx.sink.Report(
      use.mismatch, span,
      "`" + FoldedText(ctx, span) + "` is " + seen + ", and " + use.what + " is " + DescribeType(ctx.policy, expected));
  return std::nullopt;
}

std::optional<value::Value> FitConstant(Context& ctx, const value::Value& value, const model::Type& expected,
                                        const ConstantUse& use, const Span& span) {
  if (value.kind != value::Kind::kNone && SameKind(TypeOfValue(value), expected)) return value;
  return MisfitConstant(ctx, value, expected, use, span);
}

// The symbol that `name` is, as the one leaf it stands for.
std::optional<value::Value> SymbolConstant(Context& ctx, const syntax::QName& name, const model::Type& expected) {
  const std::optional<std::size_t> node = FindSymbol(ctx, expected.category, name);
  if (!node) return std::nullopt;
  const model::CategoryNode& found = ctx.policy.categories[expected.category.index].nodes[*node];
  if (found.is_leaf()) return value::Value::Symbol(found.first_leaf);
  ctx.sink.Report(Code::kSeveralSymbols, name.span,
                  "`" + Joined(name) + "` stands for several symbols, and one is needed", "name one of those below it");
  return std::nullopt;
}

const Variable* NamedVariable(const Scope& scope, const syntax::QName& name) {
  for (const Variable& variable : scope.variables) {
    if (!variable.name.empty() && variable.name == name.parts[0].text) return &variable;
  }
  return nullptr;
}

std::optional<value::Value> NameConstant(Context& ctx, Scope& scope, const syntax::QName& name,
                                         const model::Type& expected, const ConstantUse& use) {
  const std::string written = Joined(name);
  const Variable* variable = NamedVariable(scope, name);
  if (variable != nullptr && !variable->is_parameter) {
    ctx.sink.Report(Code::kConclusionReadsElement, name.span,
                    "`" + written + "` is read here, and what is concluded is the same for every element",
                    "write a constant; to conclude several things, write a rule or row for each");
    return std::nullopt;
  }
  const auto found = ctx.values.find(written);
  if (found != ctx.values.end() && found->second.kind == NameKind::kParam) {
    Refer(ctx, name.span, found->second.span);
    if (ctx.params[found->second.index].progress != Progress::kDone) return std::nullopt;
    const model::Param& param = ctx.policy.params[found->second.index];
    AddInterpretations(scope.interpretations, param.interpretations);
    return FitConstant(ctx, param.value, expected, use, name.span);
  }
  const bool wants_symbol = expected.kind == TypeKind::kCategory;
  const bool is_symbol =
      wants_symbol && MatchSymbol(ctx.policy.categories[expected.category.index], written).node.has_value();
  if (is_symbol || (wants_symbol && !NamesValue(ctx, scope, name))) return SymbolConstant(ctx, name, expected);
  if (!NamesValue(ctx, scope, name)) {
    syntax::Expr expr;
    expr.kind = syntax::ExprKind::kName;
    expr.name = name;
    expr.span = name.span;
    TypeName(ctx, scope, expr, nullptr);  // reports the unknown name
    return std::nullopt;
  }
  ctx.sink.Report(Code::kNotConstant, name.span, "`" + written + "` is no constant, and " + use.what + " needs one",
                  "write a value, or name one with `param`");
  return std::nullopt;
}

}  // namespace

// Recursion is bounded by the depth of a typed expression.
Shape ShapeOf(const model::Policy& policy, ExprId id) {
  const model::Expr& expr = policy.expr(id);
  const auto arg = [&](std::size_t i) { return ShapeOf(policy, expr.args[i]); };
  if (expr.kind == model::ExprKind::kConstant) return Shape::kConstant;
  if (expr.kind == model::ExprKind::kDifference) return Shape::kDifference;
  if (expr.kind == model::ExprKind::kConditional) return std::max(arg(0), arg(2));
  if (expr.kind == model::ExprKind::kDefine) return ShapeOf(policy, policy.defines[expr.define.index].value);
  if (expr.kind != model::ExprKind::kField) return Shape::kSingle;
  const model::RecordId record = policy.expr(expr.args[0]).type.record;
  const ExprId derived = policy.records[record.index].fields[expr.field.index].derived;
  return derived.valid() ? ShapeOf(policy, derived) : Shape::kSingle;
}

ExprId TypeSum(Context& ctx, Scope& scope, const syntax::Expr& expr) {
  const ExprId left = TypeExpr(ctx, scope, expr.args[0]);
  if (!left.valid()) return {};
  const model::Type type = ctx.policy.expr(left).type;
  const bool adds = expr.kind == syntax::ExprKind::kAdd;
  if (IsDateLike(type)) {
    if (const auto period = FindPeriod(ctx, scope, expr.args[1])) {
      if (!CheckNotNone(ctx, scope, left)) return {};
      LintTwoSteps(ctx, left, *period, expr.span);
      return AddShift(ctx, left, *period, adds ? 1 : -1, expr.span);
    }
  }
  const ExprId right = TypeExpr(ctx, scope, expr.args[1], &type);
  if (!right.valid()) return {};
  const model::Type other = ctx.policy.expr(right).type;
  const bool numbers = IsNumber(type) && SameKind(type, other);
  const bool difference = !adds && IsDateLike(type) && SameKind(type, other);
  if (!numbers && !difference) {
    ReportSum(ctx, type, other, expr);
    return {};
  }
  if (!CheckNotNone(ctx, scope, left) || !CheckNotNone(ctx, scope, right)) return {};
  model::Expr made;
  made.kind = difference ? model::ExprKind::kDifference : (adds ? model::ExprKind::kAdd : model::ExprKind::kSubtract);
  made.type = difference ? Scalar(TypeKind::kDuration) : Scalar(type.kind);
  made.span = expr.span;
  made.args = {left, right};
  return Add(ctx, std::move(made));
}

std::optional<calendar::Period> FindPeriod(Context& ctx, Scope& scope, syntax::ExprId id) {
  if (!id.valid()) return std::nullopt;
  const syntax::Expr& expr = Behind(scope, id);
  if (expr.kind == syntax::ExprKind::kLiteral) return PeriodOf(expr.value);
  if (expr.kind != syntax::ExprKind::kName || NamedVariable(scope, expr.name) != nullptr) return std::nullopt;
  const auto found = ctx.values.find(Joined(expr.name));
  if (found == ctx.values.end() || found->second.kind != NameKind::kParam) return std::nullopt;
  if (ctx.params[found->second.index].progress != Progress::kDone) return std::nullopt;
  const model::Param& param = ctx.policy.params[found->second.index];
  Refer(ctx, expr.span, found->second.span);
  const std::optional<calendar::Period> period = PeriodOf(param.value);
  if (period) AddInterpretations(scope.interpretations, param.interpretations);
  return period;
}

std::optional<value::Value> TypeConstant(Context& ctx, Scope& scope, syntax::ExprId id, const model::Type& expected,
                                         const ConstantUse& use) {
  if (!id.valid()) return std::nullopt;
  const syntax::Expr& expr = Behind(scope, id);
  if (expr.kind == syntax::ExprKind::kLiteral) return FitConstant(ctx, expr.value, expected, use, expr.span);
  if (expr.kind == syntax::ExprKind::kName) return NameConstant(ctx, scope, expr.name, expected, use);
  ctx.sink.Report(Code::kNotConstant, expr.span,
                  "`" + FoldedText(ctx, expr.span) + "` is no constant, and " + use.what + " needs one",
                  "write a value, or name one with `param`");
  return std::nullopt;
}

}  // namespace cordon::check
