// What may be none, and what a condition says about it. See expressions.h.
//
// A condition is read as it is written: what stands before a part has been decided when the part is read. So `x is not
// none and x > 3` is fine and `x > 3 and x is not none` is not. Which places are not none where a condition holds, or
// where it does not, is worked out from what it is made of: of parts that all hold, what any of them says; of parts of
// which one holds, what all of them say. Source: the language manual, "Values and types".
#include <algorithm>
#include <iterator>
#include <utility>

#include "check/expressions.h"

namespace cordon::check {

namespace {

using model::ExprId;
using model::ExprKind;
using Places = std::set<std::string>;

// The key of a place that may be none: a fact, an element, a definition, or a field of one. Empty for anything else.
std::string PlaceOf(const model::Policy& policy, ExprId id) {
  std::string fields;
  const model::Expr* expr = &policy.expr(id);
  while (expr->kind == ExprKind::kField) {
    fields += "." + std::to_string(expr->field.index);
    expr = &policy.expr(expr->args[0]);
  }
  if (expr->kind == ExprKind::kFact) return "fact " + std::to_string(expr->fact.index) + fields;
  if (expr->kind == ExprKind::kElement) return "element " + std::to_string(expr->variable.index) + fields;
  if (expr->kind == ExprKind::kDefine) return "define " + std::to_string(expr->define.index) + fields;
  return {};
}

Places Either(Places a, const Places& b) {
  a.insert(b.begin(), b.end());
  return a;
}

Places Both(const Places& a, const Places& b) {
  Places both;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::inserter(both, both.end()));
  return both;
}

// How many expressions are looked at for what a condition says: more than any text needs, and few enough for
// definitions that build on one another many times over.
constexpr std::size_t kMostRead = 10'000;

struct Reader {
  const model::Policy& policy;
  std::size_t num_read = 0;

  // The places that are not none where `condition` is `truth`. Recursion is bounded by the depth of a typed condition.
  Places Read(ExprId condition, bool truth) {
    if (++num_read > kMostRead) return {};
    const model::Expr& expr = policy.expr(condition);
    if (expr.kind == ExprKind::kNot) return Read(expr.args[0], !truth);
    if (expr.kind == ExprKind::kDefine) return Read(policy.defines[expr.define.index].value, truth);
    if (expr.kind == ExprKind::kAnd || expr.kind == ExprKind::kOr) return ReadParts(expr, truth);
    if (expr.kind == ExprKind::kConditional) {
      return Both(Either(Read(expr.args[1], true), Read(expr.args[0], truth)),
                  Either(Read(expr.args[1], false), Read(expr.args[2], truth)));
    }
    if (expr.kind != ExprKind::kIsNone || truth) return {};
    const std::string place = PlaceOf(policy, expr.args[0]);
    return place.empty() ? Places{} : Places{place};
  }

  Places ReadParts(const model::Expr& expr, bool truth) {
    const bool all = (expr.kind == ExprKind::kAnd) == truth;
    Places places = Read(expr.args[0], truth);
    for (std::size_t i = 1; i < expr.args.size(); ++i) {
      const Places more = Read(expr.args[i], truth);
      places = all ? Either(std::move(places), more) : Both(places, more);
    }
    return places;
  }
};

}  // namespace

bool MayBeNone(const Context& ctx, const Scope& scope, ExprId id) {
  if (!ctx.policy.expr(id).type.or_none) return false;
  const std::string place = PlaceOf(ctx.policy, id);
  return place.empty() || !scope.not_none.contains(place);
}

bool CheckNotNone(Context& ctx, const Scope& scope, ExprId id) {
  if (!MayBeNone(ctx, scope, id)) return true;
  const Span span = ctx.policy.expr(id).span;
  // A column's operand is read once for every row.
  const bool told = std::any_of(ctx.sink.diagnostics().begin(), ctx.sink.diagnostics().end(), [&](const auto& known) {
    return known.code == Code::kMayBeNone && known.span == span;
  });
  if (told) return false;
  ctx.sink.Report(Code::kMayBeNone, span,
                  "`" + FoldedText(ctx, span) + "` may be none, and the condition has not yet said what none means",
                  "write `… is not none and …`, or `… is none or …`, before it");
  return false;
}

void AddGuards(const Context& ctx, ExprId condition, bool truth, Scope& scope) {
  Reader reader{ctx.policy};
  scope.not_none.merge(reader.Read(condition, truth));
}

}  // namespace cordon::check
