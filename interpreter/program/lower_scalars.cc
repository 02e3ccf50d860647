// Values to nodes; see lower.cc.
#include "program/lowering.h"
#include "support/assert.h"

namespace cordon::program {

ScalarId Lowering::DayOf(ScalarId of) {
  ScalarNode node;
  node.kind = ScalarKind::kDayOf;
  node.type = TypeKind::kDate;
  node.space = make_.node(of).space;
  node.a = of;
  return make_.Scalar(std::move(node));
}

ScalarId Lowering::Constant(const value::Value& value, TypeKind type) {
  ScalarNode node;
  node.kind = value.kind == value::Kind::kNone ? ScalarKind::kNoValue : ScalarKind::kConstant;
  node.type = type;
  node.number = value.number;
  node.text = value.text;
  return make_.Scalar(std::move(node));
}

ScalarId Lowering::Two(ScalarKind kind, const Expr& expr, std::int64_t number, const Scope& scope) {
  const ScalarId a = ScalarOf(expr.args[0], scope);
  const ScalarId b = ScalarOf(expr.args[1], scope);
  ScalarNode node;
  node.kind = kind;
  node.type = expr.type.kind;
  node.number = number;
  node.space = make_.Deeper(make_.node(a).space, make_.node(b).space);
  node.a = make_.At(a, node.space);
  node.b = make_.At(b, node.space);
  return make_.Scalar(std::move(node));
}

ScalarId Lowering::One(ScalarKind kind, const Expr& expr, const Scope& scope) {
  ScalarNode node;
  node.kind = kind;
  node.type = expr.type.kind;
  node.number = expr.value.number;
  node.period = expr.period;
  node.direction = expr.direction;
  node.a = ScalarOf(expr.args[0], scope);
  node.space = make_.node(node.a).space;
  return make_.Scalar(std::move(node));
}

ScalarId Lowering::Clock(ScalarKind kind, TypeKind type) {
  ScalarNode node;
  node.kind = kind;
  node.type = type;
  return make_.Scalar(std::move(node));
}

ScalarId Lowering::ScalarOf(ExprId id, const Scope& scope) {
  const Expr& expr = policy_.expr(id);
  switch (expr.kind) {
    case ExprKind::kConstant:
      return Constant(expr.value, expr.type.kind);
    case ExprKind::kField:
      if (FieldOf(expr).derived.valid()) return ScalarOf(FieldOf(expr).derived, WithSelf(expr, scope));
      return Read(id, scope);
    case ExprKind::kFact:
    case ExprKind::kElement:
      return Read(id, scope);
    case ExprKind::kToday:
      return Clock(ScalarKind::kToday, TypeKind::kDate);
    case ExprKind::kNow:
      return Clock(ScalarKind::kNow, TypeKind::kDatetime);
    case ExprKind::kShift:
      return One(ScalarKind::kShift, expr, scope);
    case ExprKind::kDifference: {
      const bool dates = policy_.expr(expr.args[0]).type.kind == TypeKind::kDate;
      return Two(ScalarKind::kSubtract, expr, dates ? calendar::kMinutesPerDay : 1, scope);
    }
    case ExprKind::kSubtract:
      return Two(ScalarKind::kSubtract, expr, 1, scope);
    case ExprKind::kAdd:
      return Two(ScalarKind::kAdd, expr, 1, scope);
    case ExprKind::kMultiply:
      return One(ScalarKind::kMultiply, expr, scope);
    case ExprKind::kGreatest:
    case ExprKind::kLeast:
      return Extreme(expr);
    case ExprKind::kConditional:
      return Conditional(expr, scope);
    case ExprKind::kDefine:
      return ScalarOf(policy_.defines[expr.define.index].value, {});
    case ExprKind::kNot:
    case ExprKind::kAnd:
    case ExprKind::kOr:
    case ExprKind::kLessEqual:
    case ExprKind::kLess:
    case ExprKind::kEqual:
    case ExprKind::kMember:
    case ExprKind::kSome:
    case ExprKind::kCountAtLeast:
    case ExprKind::kIsKnown:
    case ExprKind::kIsNone:
    case ExprKind::kOutputIs:
    case ExprKind::kFilter:
      break;
  }
  CORDON_ASSERT(false);
}

ScalarId Lowering::Read(ExprId id, const Scope& scope) {
  const auto [source, space] = SourceOf(id, scope);
  ScalarNode node;
  node.kind = ScalarKind::kSource;
  node.type = policy_.expr(id).type.kind;
  node.space = Whole(space);
  node.source = source;
  const ScalarId made = make_.Scalar(std::move(node));
  if (Whole(space) == space) return made;
  ScalarNode pick;
  pick.kind = ScalarKind::kPick;
  pick.type = policy_.expr(id).type.kind;
  pick.space = space;
  pick.a = made;
  return make_.Scalar(std::move(pick));
}

ScalarId Lowering::Conditional(const Expr& expr, const Scope& scope) {
  const ScalarId a = ScalarOf(expr.args[0], scope);
  const ScalarId b = ScalarOf(expr.args[2], scope);
  const BoolId when = Condition(expr.args[1], scope);
  ScalarNode node;
  node.kind = ScalarKind::kConditional;
  node.type = expr.type.kind;
  node.space = make_.Deeper(make_.Deeper(make_.node(a).space, make_.node(b).space), make_.node(when).space);
  node.a = make_.At(a, node.space);
  node.b = make_.At(b, node.space);
  node.condition = make_.At(when, node.space);
  return make_.Scalar(std::move(node));
}

// The list of an extreme reads no element around it.
ScalarId Lowering::Extreme(const Expr& expr) {
  const auto [fact, tests] = RangeOf(expr.args[0]);
  const SpaceId over = make_.SpaceOf(kRows, fact, {});
  ScalarNode node;
  node.kind = expr.kind == ExprKind::kGreatest ? ScalarKind::kGreatest : ScalarKind::kLeast;
  node.type = expr.type.kind;
  node.over = over;
  node.a = make_.At(ScalarOf(expr.args[1], Scope().With({expr.variable, over, {}})), over);
  node.condition = make_.At(Passes(tests, over, {}), over);
  return make_.Scalar(std::move(node));
}

}  // namespace cordon::program
