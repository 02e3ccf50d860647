// `is`, `in`, and comparisons with symbols, outputs and counts. See expressions.h.
//
// A symbol stands for the leaves below it, a count in a comparison for "at least so many", an output for its tests.
#include <utility>

#include "check/expressions.h"

namespace cordon::check {

namespace {

using model::ExprId;
using model::TypeKind;
using syntax::CompareOp;

bool IsOrdering(CompareOp op) { return op != CompareOp::kEqual && op != CompareOp::kNotEqual; }

ExprId NegatedIf(Context& ctx, bool negated, ExprId id, const Span& span) {
  return negated ? AddNot(ctx, id, span) : id;
}

// Whether the output has the value of one of the leaves below `node`.
ExprId OutputIsNode(Context& ctx, model::OutputId output, std::size_t node, const Span& span) {
  const model::CategoryId category = ctx.policy.outputs[output.index].type.category;
  std::vector<ExprId> any;
  for (const std::size_t leaf : LeavesOf(ctx.policy.categories[category.index].nodes[node])) {
    any.push_back(AddOutputIs(ctx, output, model::OutputTest::kValue, value::Value::Symbol(leaf), span));
  }
  if (any.size() == 1) return any[0];
  return AddBool(ctx, model::ExprKind::kOr, std::move(any), span);
}

ExprId OutputIsSymbol(Context& ctx, model::OutputId output, const syntax::QName& symbol, const Span& span) {
  if (ctx.outputs[output.index].progress != Progress::kDone) return {};
  const model::Output& made = ctx.policy.outputs[output.index];
  if (made.type.kind != TypeKind::kCategory) {
    ctx.sink.Report(Code::kTypeMismatch, symbol.span,
                    "`" + made.name + "` is " + DescribeType(ctx.policy, made.type) + ", and `" + Joined(symbol) +
                        "` is no value of it",
                    "write `" + made.name + " = …`");
    return {};
  }
  const std::optional<std::size_t> node = FindSymbol(ctx, made.type.category, symbol);
  return node ? OutputIsNode(ctx, output, *node, span) : ExprId();
}

// The set that `right` is, as leaves of `category`.
std::optional<std::vector<std::size_t>> LeavesOfSet(Context& ctx, Scope& scope, model::CategoryId category,
                                                    const syntax::Expr& right) {
  std::vector<std::size_t> leaves;
  const model::Category& known = ctx.policy.categories[category.index];
  if (right.kind == syntax::ExprKind::kSet) {
    bool ok = true;
    for (syntax::ExprId arg : right.args) {
      const syntax::Expr& symbol = Behind(scope, arg);
      if (symbol.kind != syntax::ExprKind::kName) {
        ctx.sink.Report(Code::kTypeMismatch, symbol.span, "a set of `" + known.name + "` holds its symbols only");
        ok = false;
        continue;
      }
      const std::optional<std::size_t> node = FindSymbol(ctx, category, symbol.name);
      ok = ok && node.has_value();
      if (!node) continue;
      for (const std::size_t leaf : LeavesOf(known.nodes[*node])) leaves.push_back(leaf);
    }
    if (!ok) return std::nullopt;
    return leaves;
  }
  const auto found = ctx.sets.find(Joined(right.name));
  if (found == ctx.sets.end()) {
    const std::string written = FoldedText(ctx, right.span);
    const bool symbol =
        right.kind == syntax::ExprKind::kName && MatchSymbol(known, Joined(right.name)).node.has_value();
    ReportUnknown(ctx, Code::kUnknownName, right.span, "there is no set `" + written + "`",
                  symbol ? "`" + written + "` is a symbol: write `is " + written + "`"
                         : NearestHelp(written, NamesOf(ctx.sets), "declare it with `set`, or write `{ A, B }`"));
    return std::nullopt;
  }
  Refer(ctx, right.span, found->second.span);
  const SetInfo& set = ctx.set_infos[found->second.index];
  if (set.progress != Progress::kDone) return std::nullopt;
  if (set.category != category) {
    ctx.sink.Report(Code::kTypeMismatch, right.span,
                    "`" + found->first + "` is a set of `" + ctx.policy.categories[set.category.index].name +
                        "`, and a `" + known.name + "` is looked for in it");
    return std::nullopt;
  }
  AddInterpretations(scope.interpretations, set.interpretations);
  return set.leaves;
}

ExprId OutputIn(Context& ctx, Scope& scope, model::OutputId output, const syntax::Expr& right, const Span& span) {
  if (ctx.outputs[output.index].progress != Progress::kDone) return {};
  const model::Output& made = ctx.policy.outputs[output.index];
  if (made.type.kind != TypeKind::kCategory) {
    ctx.sink.Report(Code::kTypeMismatch, span,
                    "`in` asks for a symbol, and `" + made.name + "` is " + DescribeType(ctx.policy, made.type));
    return {};
  }
  const auto leaves = LeavesOfSet(ctx, scope, made.type.category, right);
  if (!leaves) return {};
  std::vector<ExprId> any;
  for (const std::size_t leaf : *leaves) {
    any.push_back(AddOutputIs(ctx, output, model::OutputTest::kValue, value::Value::Symbol(leaf), span));
  }
  return any.empty() ? AddYes(ctx, false, span) : AddBool(ctx, model::ExprKind::kOr, std::move(any), span);
}

// `x in { 1, 2 }` for numbers, dates and texts.
ExprId ValueIn(Context& ctx, Scope& scope, ExprId left, const syntax::Expr& right, const Span& span) {
  const model::Type type = ctx.policy.expr(left).type;
  if (right.kind != syntax::ExprKind::kSet) {
    ctx.sink.Report(Code::kTypeMismatch, right.span,
                    "`in` looks for " + DescribeType(ctx.policy, type) + " in something that is no set of them",
                    "write `{ … , … }`; of a list ask `some x in … has (x = …)`");
    return {};
  }
  std::vector<ExprId> any;
  for (const syntax::ExprId arg : right.args) {
    const ExprId element = TypeExpr(ctx, scope, arg, &type);
    const ExprId equal = CompareTyped(ctx, scope, CompareOp::kEqual, {left, element}, span);
    if (!equal.valid()) return {};
    any.push_back(equal);
  }
  return any.empty() ? AddYes(ctx, false, span) : AddBool(ctx, model::ExprKind::kOr, std::move(any), span);
}

// At least `count` elements; 0 and less are always there.
ExprId AtLeast(Context& ctx, ExprId list, std::int64_t count, const Span& span) {
  if (count <= 0) return AddYes(ctx, true, span);
  const ExprId id = AddBool(ctx, model::ExprKind::kCountAtLeast, {list}, span);
  ctx.policy.exprs[id.index].count = count;
  return id;
}

}  // namespace

ExprId TypeIs(Context& ctx, Scope& scope, const syntax::Expr& expr) {
  if (const auto output = FindOutput(ctx, scope, expr.args[0])) {
    return NegatedIf(ctx, expr.negated, OutputIsSymbol(ctx, *output, expr.name, expr.span), expr.span);
  }
  const ExprId left = TypeExpr(ctx, scope, expr.args[0]);
  if (!left.valid()) return {};
  return CompareSymbol(ctx, scope, expr.negated ? CompareOp::kNotEqual : CompareOp::kEqual, left, expr.name, expr.span);
}

ExprId TypeIn(Context& ctx, Scope& scope, const syntax::Expr& expr) {
  syntax::ExprId right_id = expr.args[1];
  if (!right_id.valid()) return {};
  const syntax::Expr& right = Behind(scope, right_id);
  if (const auto output = FindOutput(ctx, scope, expr.args[0])) {
    return NegatedIf(ctx, expr.negated, OutputIn(ctx, scope, *output, right, expr.span), expr.span);
  }
  const ExprId left = TypeExpr(ctx, scope, expr.args[0]);
  if (!left.valid() || !CheckNotNone(ctx, scope, left)) return {};
  const model::Type type = ctx.policy.expr(left).type;
  if (type.kind != TypeKind::kCategory) {
    return NegatedIf(ctx, expr.negated, ValueIn(ctx, scope, left, right, expr.span), expr.span);
  }
  const auto leaves = LeavesOfSet(ctx, scope, type.category, right);
  if (!leaves) return {};
  return NegatedIf(ctx, expr.negated, AddMember(ctx, left, *leaves, expr.span), expr.span);
}

ExprId TypeIsState(Context& ctx, Scope& scope, const syntax::Expr& expr) {
  const auto output = FindOutput(ctx, scope, expr.args[0]);
  if (!output) {
    if (TypeExpr(ctx, scope, expr.args[0]).valid()) {
      ctx.sink.Report(Code::kNoOutput, expr.span, "only an output can be a judgement, not covered or a conflict",
                      "name an output of this protocol, or `protocol.output`");
    }
    return {};
  }
  model::OutputTest test = model::OutputTest::kJudgement;
  switch (expr.state) {
    case syntax::OutputState::kJudgement:
      break;
    case syntax::OutputState::kNotCovered:
      test = model::OutputTest::kNotCovered;
      break;
    case syntax::OutputState::kConflict:
      test = model::OutputTest::kConflict;
      break;
  }
  return NegatedIf(ctx, expr.negated, AddOutputIs(ctx, *output, test, {}, expr.span), expr.span);
}

ExprId TypeIsAtLeast(Context& ctx, Scope& scope, const syntax::Expr& expr) {
  const auto output = FindOutput(ctx, scope, expr.args[0]);
  if (!output) {
    if (TypeExpr(ctx, scope, expr.args[0]).valid()) {
      ctx.sink.Report(Code::kNoOutput, expr.span, "`is at least` is asked of outputs", "compare a fact with `>=`");
    }
    return {};
  }
  if (ctx.outputs[output->index].progress != Progress::kDone) return {};
  const model::Output& made = ctx.policy.outputs[output->index];
  const model::Type type = made.type;
  if (type.kind == TypeKind::kText ||
      (type.kind == TypeKind::kCategory && !ctx.policy.categories[type.category.index].is_scale)) {
    ctx.sink.Report(Code::kNotOrdered, expr.span,
                    "`" + made.name + "` is " + DescribeType(ctx.policy, type) + ", which has no order");
    return {};
  }
  const ConstantUse use{Code::kTypeMismatch, "the output `" + made.name + "`"};
  const auto value = TypeConstant(ctx, scope, expr.args[1], type, use);
  if (!value) return {};
  const ExprId test = AddOutputIs(ctx, *output, model::OutputTest::kAtLeast, *value, expr.span);
  return NegatedIf(ctx, expr.negated, test, expr.span);
}

ExprId CompareOutput(Context& ctx, Scope& scope, model::OutputId output, const Comparison& comparison) {
  if (ctx.outputs[output.index].progress != Progress::kDone) return {};
  const model::Output& made = ctx.policy.outputs[output.index];
  const Span& span = comparison.span;
  if (IsOrdering(comparison.op)) {
    ctx.sink.Report(Code::kOutputAsValue, span,
                    "the output `" + made.name + "` is compared by order, and it may have no value",
                    "write `" + made.name + " is at least …`");
    return {};
  }
  const bool negated = comparison.op == CompareOp::kNotEqual;
  syntax::ExprId right_id = comparison.right;
  const syntax::Expr& right = Behind(scope, right_id);
  if (made.type.kind == TypeKind::kCategory && right.kind == syntax::ExprKind::kName) {
    return NegatedIf(ctx, negated, OutputIsSymbol(ctx, output, right.name, span), span);
  }
  const ConstantUse use{Code::kTypeMismatch, "the output `" + made.name + "`"};
  const auto value = TypeConstant(ctx, scope, comparison.right, made.type, use);
  if (!value) return {};
  return NegatedIf(ctx, negated, AddOutputIs(ctx, output, model::OutputTest::kValue, *value, span), span);
}

ExprId CompareSymbol(Context& ctx, Scope& scope, CompareOp op, ExprId left, const syntax::QName& symbol,
                     const Span& span) {
  const model::Type type = ctx.policy.expr(left).type;
  if (type.kind != TypeKind::kCategory) {
    ctx.sink.Report(Code::kTypeMismatch, span,
                    "`is " + Joined(symbol) + "` asks for a symbol, and this is " + DescribeType(ctx.policy, type),
                    "compare it with `=`, `<` or `>`");
    return {};
  }
  const std::optional<std::size_t> found = FindSymbol(ctx, type.category, symbol);
  if (!found || !CheckNotNone(ctx, scope, left)) return {};
  const model::Category& category = ctx.policy.categories[type.category.index];
  const model::CategoryNode& node = category.nodes[*found];
  if (!IsOrdering(op)) {
    return NegatedIf(ctx, op == CompareOp::kNotEqual, AddMember(ctx, left, LeavesOf(node), span), span);
  }
  if (!category.is_scale) {
    ctx.sink.Report(Code::kNotOrdered, span, "the symbols of `" + category.name + "` have no order",
                    "a `scale` has an order; for a category ask `is` or `in`");
    return {};
  }
  model::CategoryNode range;
  range.end_leaf = category.leaves.size();
  if (op == CompareOp::kLess) range.end_leaf = node.first_leaf;
  if (op == CompareOp::kLessEqual) range.end_leaf = node.end_leaf;
  if (op == CompareOp::kGreater) range.first_leaf = node.end_leaf;
  if (op == CompareOp::kGreaterEqual) range.first_leaf = node.first_leaf;
  return AddMember(ctx, left, LeavesOf(range), span);
}

ExprId CompareCount(Context& ctx, Scope& scope, const Comparison& comparison) {
  syntax::ExprId count_id = comparison.left;
  const syntax::Expr& count = Behind(scope, count_id);
  const ExprId list = TypeList(ctx, scope, count.args[0]);
  const Span& span = comparison.span;
  const ConstantUse use{Code::kCountMisplaced, "what a count is compared with"};
  const auto constant = TypeConstant(ctx, scope, comparison.right, Scalar(TypeKind::kInt), use);
  if (!list.valid() || !constant) return {};
  const std::int64_t n = constant->number;
  switch (comparison.op) {
    case CompareOp::kGreaterEqual:
      return AtLeast(ctx, list, n, span);
    case CompareOp::kGreater:
      return AtLeast(ctx, list, n + 1, span);
    case CompareOp::kLess:
      return n <= 0 ? AddYes(ctx, false, span) : AddNot(ctx, AtLeast(ctx, list, n, span), span);
    case CompareOp::kLessEqual:
      return n < 0 ? AddYes(ctx, false, span) : AddNot(ctx, AtLeast(ctx, list, n + 1, span), span);
    case CompareOp::kEqual:
    case CompareOp::kNotEqual:
      break;
  }
  const bool negated = comparison.op == CompareOp::kNotEqual;
  if (n < 0) return AddYes(ctx, negated, span);
  const ExprId fewer = AddNot(ctx, AtLeast(ctx, list, n + 1, span), span);
  if (n == 0) return NegatedIf(ctx, negated, fewer, span);
  const ExprId exactly = AddBool(ctx, model::ExprKind::kAnd, {AtLeast(ctx, list, n, span), fewer}, span);
  return NegatedIf(ctx, negated, exactly, span);
}

}  // namespace cordon::check
