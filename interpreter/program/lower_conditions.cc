// Conditions and lists to nodes; see lower.cc.
#include <algorithm>

#include "program/lowering.h"
#include "support/assert.h"

namespace cordon::program {

BoolId Lowering::All(const std::vector<ExprId>& exprs, const Scope& scope) {
  std::vector<BoolId> args;
  std::vector<ExprId> later;
  for (ExprId expr : exprs) {
    if (scope.bound.empty() || !HasQuantifier(expr)) {
      args.push_back(Condition(expr, scope));
    } else {
      later.push_back(expr);
    }
  }
  if (later.empty()) return make_.And(std::move(args));
  Scope inner = scope;
  std::vector<BoolId> guards = args;
  if (scope.guard.valid()) guards.push_back(scope.guard);
  inner.guard = make_.And(std::move(guards));
  for (ExprId expr : later) args.push_back(Condition(expr, inner));
  return make_.And(std::move(args));
}

bool Lowering::HasQuantifier(ExprId id) {
  const Expr& expr = policy_.expr(id);
  if (expr.kind == ExprKind::kSome || expr.kind == ExprKind::kCountAtLeast) return true;
  return std::any_of(expr.args.begin(), expr.args.end(), [&](ExprId arg) { return arg.valid() && HasQuantifier(arg); });
}

BoolId Lowering::Condition(ExprId id, const Scope& scope) {
  const Expr& expr = policy_.expr(id);
  switch (expr.kind) {
    case ExprKind::kNot:
      return make_.Not(Condition(expr.args[0], scope));
    case ExprKind::kAnd:
      return All(expr.args, scope);
    case ExprKind::kOr: {
      std::vector<BoolId> args;
      for (ExprId arg : expr.args) args.push_back(Condition(arg, scope));
      return make_.Or(std::move(args));
    }
    case ExprKind::kLessEqual:
      return Compare(BoolKind::kLessEqual, expr.args[0], expr.args[1], scope);
    case ExprKind::kLess:
      return make_.Not(Compare(BoolKind::kLessEqual, expr.args[1], expr.args[0], scope));
    case ExprKind::kEqual:
      return Compare(BoolKind::kEqual, expr.args[0], expr.args[1], scope);
    case ExprKind::kMember:
      return Member(ScalarOf(expr.args[0], scope), expr.leaves, policy_.expr(expr.args[0]).type);
    case ExprKind::kSome: {
      std::vector<Test> tests;
      if (expr.args.size() > 1 && expr.args[1].valid()) tests.push_back({expr.variable, expr.args[1]});
      return Some(expr.args[0], tests, scope, 1);
    }
    case ExprKind::kCountAtLeast:
      return Some(expr.args[0], {}, scope, expr.count);
    case ExprKind::kIsKnown:
      program_.asks_what_is_known = true;
      return AboutSource(BoolKind::kIsKnown, expr.args[0], scope);
    case ExprKind::kIsNone:
      return AboutSource(BoolKind::kIsNone, expr.args[0], scope);
    case ExprKind::kOutputIs:
      return Answer(expr);
    case ExprKind::kDefine:
      return Define(expr.define);
    case ExprKind::kConditional: {
      const BoolId when = Condition(expr.args[1], scope);
      return make_.Or({make_.And({when, Condition(expr.args[0], scope)}),
                       make_.And({make_.Not(when), Condition(expr.args[2], scope)})});
    }
    case ExprKind::kConstant:
      return make_.Constant(expr.value.number != 0);
    case ExprKind::kFact:
    case ExprKind::kElement:
      return AboutSource(BoolKind::kTruth, id, scope);
    case ExprKind::kField: {
      const model::Field& field = FieldOf(expr);
      if (field.derived.valid()) return Condition(field.derived, WithSelf(expr, scope));
      return AboutSource(BoolKind::kTruth, id, scope);
    }
    case ExprKind::kToday:
    case ExprKind::kNow:
    case ExprKind::kShift:
    case ExprKind::kDifference:
    case ExprKind::kAdd:
    case ExprKind::kSubtract:
    case ExprKind::kMultiply:
    case ExprKind::kGreatest:
    case ExprKind::kLeast:
    case ExprKind::kFilter:
      break;
  }
  CORDON_ASSERT(false);
}

BoolId Lowering::Define(model::DefineId id) {
  const auto known = defines_.find(id);
  if (known != defines_.end()) return known->second;
  const BoolId made = Condition(policy_.defines[id.index].value, {});
  defines_.emplace(id, made);
  return made;
}

BoolId Lowering::Compare(BoolKind kind, ExprId left, ExprId right, const Scope& scope) {
  const TypeKind left_kind = policy_.expr(left).type.kind;
  const TypeKind right_kind = policy_.expr(right).type.kind;
  if (left_kind == TypeKind::kBool && !policy_.expr(left).type.or_none && !policy_.expr(right).type.or_none) {
    const BoolId a = Condition(left, scope);
    const BoolId b = Condition(right, scope);
    const BoolId neither = make_.And({make_.Not(a), make_.Not(b)});
    if (kind == BoolKind::kEqual) return make_.Or({make_.And({a, b}), neither});
    return make_.Or({make_.Not(a), b});
  }
  ScalarId a = ScalarOf(left, scope);
  ScalarId b = ScalarOf(right, scope);
  if (left_kind == TypeKind::kDatetime && right_kind == TypeKind::kDate) a = DayOf(a);
  if (left_kind == TypeKind::kDate && right_kind == TypeKind::kDatetime) b = DayOf(b);
  const bool of_symbol = left_kind == TypeKind::kCategory && kind == BoolKind::kEqual;
  for (const auto& [symbol, other] : {std::pair(a, b), std::pair(b, a)}) {
    const ScalarNode& constant = make_.node(other);
    if (!of_symbol || constant.kind != ScalarKind::kConstant) continue;
    return Member(symbol, {static_cast<std::size_t>(constant.number)}, policy_.expr(left).type);
  }
  BoolNode node;
  node.kind = kind;
  node.space = make_.Deeper(make_.node(a).space, make_.node(b).space);
  node.a = make_.At(a, node.space);
  node.b = make_.At(b, node.space);
  return make_.Bool(std::move(node));
}

BoolId Lowering::Member(ScalarId symbol, const std::vector<std::size_t>& leaves, const Type& type) {
  Mask mask(policy_.categories[type.category.index].leaves.size(), false);
  for (std::size_t leaf : leaves) mask[leaf] = true;
  BoolNode node;
  node.kind = BoolKind::kMember;
  node.space = make_.node(symbol).space;
  node.a = symbol;
  node.mask = make_.MaskOf(std::move(mask));
  return make_.Bool(std::move(node));
}

// REQUIRES: `id` is a fact, an element or a given field.
BoolId Lowering::AboutSource(BoolKind kind, ExprId id, const Scope& scope) {
  BoolNode node;
  node.kind = kind;
  const auto [source, space] = SourceOf(id, scope);
  node.source = source;
  node.space = Whole(space);
  const BoolId made = make_.Bool(std::move(node));
  if (Whole(space) == space) return made;
  BoolNode pick;
  pick.kind = BoolKind::kPick;
  pick.space = space;
  pick.args = {made};
  return make_.Bool(std::move(pick));
}

// The space of all elements of the list that `space` takes some from.
SpaceId Lowering::Whole(SpaceId space) {
  const Space at = program_.spaces[space.index];
  if (!at.parent.valid() || at.parent == kRows) return space;
  return make_.SpaceOf(kRows, at.list, {});
}

BoolId Lowering::Answer(const Expr& expr) {
  LowerOutput(expr.output);
  BoolNode node;
  node.kind = BoolKind::kAnswer;
  node.output = expr.output;
  node.test = expr.test;
  node.value = expr.value;
  return make_.Bool(std::move(node));
}

const Bound& Lowering::BoundOf(model::VariableId variable, const Scope& scope) const {
  const auto found =
      std::find_if(scope.bound.rbegin(), scope.bound.rend(), [&](const Bound& b) { return b.variable == variable; });
  CORDON_ASSERT(found != scope.bound.rend());
  return *found;
}

const model::Field& Lowering::FieldOf(const Expr& expr) const {
  return policy_.records[policy_.expr(expr.args[0]).type.record.index].fields[expr.field.index];
}

// The record of a derived field, as its own expression calls it.
Scope Lowering::WithSelf(const Expr& field, const Scope& scope) const {
  const Expr& base = policy_.expr(field.args[0]);
  const model::VariableId self = policy_.records[base.type.record.index].self;
  Scope inner{scope.bound, scope.guard};
  if (base.kind == ExprKind::kFact) return inner.With({self, kRows, base.fact});
  const Bound bound = BoundOf(base.variable, scope);
  return inner.With({self, bound.space, bound.fact});
}

std::pair<Source, SpaceId> Lowering::SourceOf(ExprId id, const Scope& scope) const {
  const Expr& expr = policy_.expr(id);
  if (expr.kind == ExprKind::kFact) return {{expr.fact, std::nullopt}, kRows};
  const Expr& base = expr.kind == ExprKind::kField ? policy_.expr(expr.args[0]) : expr;
  std::optional<std::size_t> field;
  if (expr.kind == ExprKind::kField) field = expr.field.index;
  if (base.kind == ExprKind::kFact) return {{base.fact, field}, kRows};
  CORDON_ASSERT(base.kind == ExprKind::kElement);
  const Bound& bound = BoundOf(base.variable, scope);
  if (bound.fact.valid()) return {{bound.fact, field}, kRows};
  return {{program_.spaces[bound.space.index].list, field.value_or(0)}, bound.space};
}

// The fact that a list takes its elements from, and the tests that they pass.
std::pair<model::FactId, std::vector<Test>> Lowering::RangeOf(ExprId list) const {
  std::vector<Test> tests;
  for (ExprId at = list;;) {
    const Expr& expr = policy_.expr(at);
    if (expr.kind == ExprKind::kFact) {
      std::reverse(tests.begin(), tests.end());
      return {expr.fact, std::move(tests)};
    }
    if (expr.kind == ExprKind::kFilter) tests.push_back({expr.variable, expr.args[1]});
    at = expr.kind == ExprKind::kDefine ? policy_.defines[expr.define.index].value : expr.args[0];
  }
}

BoolId Lowering::Passes(const std::vector<Test>& tests, SpaceId over, const Scope& scope) {
  Scope inner{scope.bound, {}};
  std::vector<ExprId> conditions;
  for (const Test& test : tests) {
    inner.bound.push_back({test.variable, over, {}});
    if (test.condition.valid()) conditions.push_back(test.condition);
  }
  return All(conditions, inner);
}

void Lowering::FreeVariables(ExprId id, std::set<model::VariableId>& variables) const {
  const Expr& expr = policy_.expr(id);
  if (expr.kind == ExprKind::kElement) variables.insert(expr.variable);
  for (ExprId arg : expr.args) {
    if (arg.valid()) FreeVariables(arg, variables);
  }
}

// The deepest space whose elements the tests read.
SpaceId Lowering::ParentOf(const std::vector<Test>& tests, const Scope& scope) const {
  std::set<model::VariableId> variables;
  for (const Test& test : tests) {
    if (test.condition.valid()) FreeVariables(test.condition, variables);
  }
  SpaceId parent = kRows;
  for (const Bound& bound : scope.bound) {
    if (variables.count(bound.variable) > 0) parent = make_.Deeper(bound.space, parent);
  }
  return parent;
}

// At least `count` elements of `list` pass the list's tests and `more`.
BoolId Lowering::Some(ExprId list, const std::vector<Test>& more, const Scope& scope, std::int64_t count) {
  auto [fact, tests] = RangeOf(list);
  tests.insert(tests.end(), more.begin(), more.end());
  const SpaceId parent = ParentOf(tests, scope);
  BoolId guard;
  if (parent != kRows && scope.guard.valid() && make_.node(scope.guard).kind != BoolKind::kConstant) {
    const bool fits = make_.Deeper(make_.node(scope.guard).space, parent) == parent;
    if (fits) guard = make_.At(scope.guard, parent);
  }
  const SpaceId over = make_.SpaceOf(parent, fact, guard);
  return Quantify(Passes(tests, over, scope), over, count);
}

// What reads no element of `over` is asked beside the quantifier.
BoolId Lowering::Quantify(BoolId body, SpaceId over, std::int64_t count) {
  const SpaceId parent = program_.spaces[over.index].parent;
  BoolNode node;
  node.space = parent;
  node.over = over;
  node.count = count;
  node.kind = count == 1 ? BoolKind::kSome : BoolKind::kCount;
  if (make_.node(body).space == over) {
    node.args = {body};
    return make_.Bool(std::move(node));
  }
  if (make_.node(body).kind == BoolKind::kConstant && !make_.node(body).truth) return body;
  if (count == 1) {
    node.kind = BoolKind::kNotEmpty;
  } else {
    node.args = {make_.At(make_.Constant(true), over)};
  }
  return make_.And({body, make_.Bool(std::move(node))});
}

}  // namespace cordon::program
