// Which conditions are the same and which exclude each other; see exclusion.h.
//
// Two conditions exclude each other where one is the other's opposite, where they put one symbol into sets that have
// nothing in common, one output at two values, or one value on both sides of a constant; and where each way in which
// their parts can hold comes to that.
#include "check/exclusion.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "check/expressions.h"
#include "value/format.h"

namespace cordon::check {

namespace {

using model::ExprId;
using model::ExprKind;

// The largest conditions that are compared: larger ones would take longer than the answer is worth.
constexpr std::size_t kMostCompared = 2000;
// The most cases that are told apart for one question.
constexpr std::size_t kMostCases = 500;

// Writes an expression so that two that mean the same read the same.
struct KeyWriter {
  const model::Policy& policy;
  std::map<model::VariableId, std::size_t> bound;

  // Recursion is bounded by the depth of a typed expression.
  std::string Write(ExprId id) {
    if (!id.valid()) return "-";
    const model::Expr& expr = policy.expr(id);
    std::string key = std::to_string(static_cast<int>(expr.kind)) + Own(expr);
    if (expr.kind != ExprKind::kElement && expr.variable.valid()) bound.emplace(expr.variable, bound.size());
    key += "(";
    for (const ExprId arg : expr.args) key += Write(arg) + ",";
    return key + ")";
  }

  static std::string Number(const char* what, std::size_t number) { return what + std::to_string(number); }

  std::string Own(const model::Expr& expr) const {
    std::string own;
    if (expr.fact.valid()) own += Number("f", expr.fact.index);
    if (expr.field.valid()) own += Number(".", expr.field.index);
    if (expr.define.valid()) own += Number("d", expr.define.index);
    if (expr.output.valid()) own += Number("o", expr.output.index) + Number("t", static_cast<std::size_t>(expr.test));
    if (expr.kind == ExprKind::kElement) {
      const auto found = bound.find(expr.variable);
      own += found == bound.end() ? Number("v", expr.variable.index) : Number("b", found->second);
    }
    for (const std::size_t leaf : expr.leaves) own += Number(" ", leaf);
    if (expr.kind == ExprKind::kShift) own += (expr.direction < 0 ? "-" : "+") + calendar::Format(expr.period);
    if (expr.kind == ExprKind::kCountAtLeast) own += "n" + std::to_string(expr.count);
    own += "=" + std::to_string(static_cast<int>(expr.value.kind)) + ":" + std::to_string(expr.value.number);
    if (!expr.value.text.empty()) own += std::to_string(expr.value.text.size()) + "\"" + expr.value.text;
    return own;
  }
};

bool IsComparison(ExprKind kind) {
  return kind == ExprKind::kLess || kind == ExprKind::kLessEqual || kind == ExprKind::kEqual;
}

// A value as a constant on from a base: a constant itself, or a date moved by a constant length of time. Two of one
// base are as far apart as their constants, but for months, which are no number of days.
struct Reckoned {
  ExprId base;  // invalid for a constant
  bool months = false;
  std::int64_t number = 0;
};

std::optional<Reckoned> Reckon(const model::Policy& policy, ExprId id) {
  const model::Expr& expr = policy.expr(id);
  if (expr.kind == ExprKind::kConstant && expr.value.kind != value::Kind::kText) {
    return Reckoned{{}, false, expr.value.number};
  }
  if (expr.kind != ExprKind::kShift) return std::nullopt;
  const bool months = expr.period.is_calendar();
  return Reckoned{expr.args[0], months, expr.direction * (months ? expr.period.months : expr.period.minutes)};
}

}  // namespace

const std::string& Exclusion::KeyOf(ExprId id) {
  const auto [entry, added] = keys_.emplace(id.valid() ? static_cast<std::uint32_t>(id.index) : UINT32_MAX, "");
  const bool small = !id.valid() || ctx_.extents[id.index].size <= kMostCompared;
  if (added && small) entry->second = KeyWriter{ctx_.policy, {}}.Write(id);
  return entry->second;
}

// Without `not` and definitions around it.
Exclusion::Literal Exclusion::Bared(Literal literal) const {
  while (true) {
    const model::Expr& expr = ctx_.policy.expr(literal.id);
    if (expr.kind == ExprKind::kNot) {
      literal = {expr.args[0], !literal.holds};
    } else if (expr.kind == ExprKind::kDefine) {
      literal.id = ctx_.policy.defines[expr.define.index].value;
    } else {
      return literal;
    }
  }
}

bool Exclusion::Excludes(const std::vector<ExprId>& conditions) {
  cases_left_ = kMostCases;
  Case at;
  for (const ExprId condition : conditions) {
    if (ctx_.extents[condition.index].size > kMostCompared) return false;
    at.choices.push_back({condition, true});
  }
  return !conditions.empty() && Closes(std::move(at), {conditions.front(), true});
}

// Whether `added` cannot hold in the case: every way in which it and the open choices hold meets a contradiction.
// Recursion is bounded by the number of cases.
bool Exclusion::Closes(Case at, const Literal& added) {
  if (cases_left_ == 0) return false;
  --cases_left_;
  std::vector<Literal> open = std::move(at.choices);
  at.choices.clear();
  open.push_back(added);
  while (!open.empty()) {
    const Literal next = Bared(open.back());
    open.pop_back();
    const model::Expr& expr = ctx_.policy.expr(next.id);
    if (expr.kind != ExprKind::kAnd && expr.kind != ExprKind::kOr) {
      if (Contradicts(at, next)) return true;
      at.atoms.push_back(next);
    } else if ((expr.kind == ExprKind::kAnd) == next.holds) {
      for (const ExprId arg : expr.args) open.push_back({arg, next.holds});
    } else {
      at.choices.push_back(next);
    }
  }
  if (at.choices.empty()) return false;
  const Literal choice = at.choices.back();
  at.choices.pop_back();
  const auto& parts = ctx_.policy.expr(choice.id).args;
  return std::all_of(parts.begin(), parts.end(), [&](ExprId part) { return Closes(at, {part, choice.holds}); });
}

bool Exclusion::Contradicts(const Case& at, const Literal& atom) {
  const model::Expr& expr = ctx_.policy.expr(atom.id);
  if (expr.kind == ExprKind::kConstant) return (expr.value.number != 0) != atom.holds;
  return std::any_of(at.atoms.begin(), at.atoms.end(), [&](const Literal& known) { return AtomsExclude(known, atom); });
}

bool Exclusion::AtomsExclude(const Literal& a, const Literal& b) {
  const model::Expr& first = ctx_.policy.expr(a.id);
  const model::Expr& second = ctx_.policy.expr(b.id);
  if (a.holds != b.holds && KeyOf(a.id) == KeyOf(b.id)) return true;
  if (IsComparison(first.kind) && IsComparison(second.kind)) return OrdersExclude(a, b);
  if (first.kind != second.kind) return false;
  if (first.kind == ExprKind::kMember) return SymbolsExclude(a, b);
  return first.kind == ExprKind::kOutputIs && a.holds && b.holds && OutputsExclude(first, second);
}

bool Exclusion::SymbolsExclude(const Literal& a, const Literal& b) {
  const model::Expr& first = ctx_.policy.expr(a.id);
  const model::Expr& second = ctx_.policy.expr(b.id);
  if (KeyOf(first.args[0]) != KeyOf(second.args[0])) return false;
  const std::size_t all = ctx_.policy.categories[ctx_.policy.expr(first.args[0]).type.category.index].leaves.size();
  for (std::size_t leaf = 0; leaf < all; ++leaf) {
    const bool in_first = std::binary_search(first.leaves.begin(), first.leaves.end(), leaf) == a.holds;
    const bool in_second = std::binary_search(second.leaves.begin(), second.leaves.end(), leaf) == b.holds;
    if (in_first && in_second) return false;
  }
  return true;
}

// An output has one value, or one state.
bool Exclusion::OutputsExclude(const model::Expr& a, const model::Expr& b) const {
  if (a.output != b.output) return false;
  if (a.test == model::OutputTest::kAtLeast || b.test == model::OutputTest::kAtLeast) return false;
  return a.test != b.test || !(a.value == b.value);
}

// The comparison as one or two orders that hold; none where it says that two values differ.
std::vector<Exclusion::Order> Exclusion::OrdersOf(const Literal& literal) const {
  const model::Expr& expr = ctx_.policy.expr(literal.id);
  const ExprId left = expr.args[0];
  const ExprId right = expr.args[1];
  if (expr.kind == ExprKind::kEqual) {
    if (!literal.holds) return {};
    return {{left, right, false}, {right, left, false}};
  }
  const bool less = expr.kind == ExprKind::kLess;
  if (literal.holds) return {{left, right, less}};
  return {{right, left, !less}};
}

// `a` says less <= more and `b` says that more lies before less: through one and the same value, or its two ends.
bool Exclusion::OrdersExclude(const Literal& a, const Literal& b) {
  const model::Expr& first = ctx_.policy.expr(a.id);
  const model::Expr& second = ctx_.policy.expr(b.id);
  // A date and a time are compared by the day, which is no order of the two that goes on to others.
  const auto mixed = [&](const model::Expr& expr) {
    return ctx_.policy.expr(expr.args[0]).type.kind != ctx_.policy.expr(expr.args[1]).type.kind;
  };
  const bool both_equal = first.kind == ExprKind::kEqual && second.kind == ExprKind::kEqual && a.holds && b.holds;
  if (mixed(first) || mixed(second)) return false;
  for (const Order& x : OrdersOf(a)) {
    for (const Order& y : OrdersOf(b)) {
      if (KeyOf(x.more) == KeyOf(y.less) && Apart(y.more, x.less, x.strict || y.strict)) return true;
      if (KeyOf(y.more) == KeyOf(x.less) && Apart(x.more, y.less, x.strict || y.strict)) return true;
    }
  }
  if (!both_equal) return false;
  // Two texts, or other constants without an order.
  const auto value = [&](const model::Expr& expr) { return &ctx_.policy.expr(expr.args[1]); };
  return KeyOf(first.args[0]) == KeyOf(second.args[0]) && value(first)->kind == ExprKind::kConstant &&
         value(second)->kind == ExprKind::kConstant && !(value(first)->value == value(second)->value);
}

// Whether `low`, which is said to be no less than `high`, is certainly less; or the same, where the two were `strict`.
bool Exclusion::Apart(ExprId low, ExprId high, bool strict) {
  if (strict && KeyOf(low) == KeyOf(high)) return true;
  const auto a = Reckon(ctx_.policy, low);
  const auto b = Reckon(ctx_.policy, high);
  if (!a || !b || a->base.valid() != b->base.valid() || a->months != b->months) return false;
  if (a->base.valid() && KeyOf(a->base) != KeyOf(b->base)) return false;
  // Moved dates may come to the same day at the ends of months and of the calendar.
  if (a->base.valid()) return a->number < b->number && strict;
  return a->number < b->number || (strict && a->number == b->number);
}

}  // namespace cordon::check
