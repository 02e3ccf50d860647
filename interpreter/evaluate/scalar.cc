// Values of expressions, and their comparison; the part of Conditions that scalar.h serves.
#include "evaluate/scalar.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "evaluate/conditions.h"
#include "evaluate/numbers.h"
#include "support/assert.h"

namespace cordon::evaluate {
namespace {

using model::Expr;
using model::ExprId;
using model::ExprKind;
using value::Truth;

Verdict Waiting(Open open) { return {Truth::kUnknown, std::make_shared<const Open>(std::move(open))}; }

bool IsTime(value::Kind kind) { return kind == value::Kind::kDate || kind == value::Kind::kDatetime; }

Step AddStep(std::int64_t n) { return {StepKind::kAdd, {}, 1, n}; }

// A known value or a term, as a term.
Term AsTerm(const Scalar& scalar) {
  if (scalar.kind == Scalar::Kind::kTerm) return scalar.term;
  Term term;
  term.constant = scalar.value.number;
  return term;
}

// The same moment at the precision of the day.
Scalar AtDay(Scalar scalar) {
  if (scalar.type != value::Kind::kDatetime) return scalar;
  if (scalar.kind == Scalar::Kind::kKnown) {
    return Scalar::Known(value::Value::OfDate(calendar::DayOf(calendar::Datetime{scalar.value.number})));
  }
  scalar.term.steps.push_back({StepKind::kDayOf, {}, 1, 0});
  scalar.type = value::Kind::kDate;
  return scalar;
}

Scalar ShiftBy(Scalar scalar, const calendar::Period& period, int direction) {
  if (scalar.kind == Scalar::Kind::kOpen) return scalar;
  const bool is_date = scalar.type == value::Kind::kDate;
  if (scalar.kind == Scalar::Kind::kTerm) {
    scalar.term.steps.push_back({is_date ? StepKind::kShiftDate : StepKind::kShiftDatetime, period, direction, 0});
    return scalar;
  }
  const std::int64_t number = scalar.value.number;
  scalar.value.number = is_date ? calendar::Shift(calendar::Date{number}, period, direction).days
                                : calendar::Shift(calendar::Datetime{number}, period, direction).minutes;
  return scalar;
}

// How many minutes one unit of a difference of `type` is; 1 for numbers.
std::int64_t UnitOf(value::Kind type) { return type == value::Kind::kDate ? calendar::kMinutesPerDay : 1; }

Scalar Difference(const Scalar& a, const Scalar& b, value::Kind known_kind) {
  if (a.kind == Scalar::Kind::kOpen) return a;
  if (b.kind == Scalar::Kind::kOpen) return b;
  if (a.kind == Scalar::Kind::kKnown && b.kind == Scalar::Kind::kKnown) {
    const std::int64_t unit = known_kind == value::Kind::kDuration ? UnitOf(a.type) : 1;
    return Scalar::Known({known_kind, (a.value.number - b.value.number) * unit, {}});
  }
  Scalar difference;
  difference.kind = Scalar::Kind::kDifference;
  difference.type = a.type;
  difference.term = AsTerm(a);
  difference.minus = AsTerm(b);
  return difference;
}

// A number as a sum. REQUIRES: its kind is kKnown, kTerm or kSum; a term's steps add and multiply only.
Scalar AsSum(const Scalar& scalar) {
  if (scalar.kind == Scalar::Kind::kSum) return scalar;
  Scalar sum;
  sum.kind = Scalar::Kind::kSum;
  sum.type = scalar.type;
  if (scalar.kind == Scalar::Kind::kKnown) {
    sum.constant = scalar.value.number;
    return sum;
  }
  std::int64_t factor = 1;
  for (const Step& step : scalar.term.steps) {
    if (step.kind == StepKind::kMultiply) factor = MultiplyBounded(factor, step.number);
    sum.constant = step.kind == StepKind::kMultiply ? MultiplyBounded(sum.constant, step.number)
                                                    : AddBounded(sum.constant, step.number);
  }
  sum.parts.emplace_back(factor, scalar.term.var);
  return sum;
}

// A sum of one variable times a positive number as a term, of none as a known value.
Scalar Simplest(Scalar sum) {
  if (sum.parts.empty()) return Scalar::Known({sum.type, sum.constant, {}});
  if (sum.parts.size() > 1 || sum.parts[0].first < 0) return sum;
  Scalar term;
  term.kind = Scalar::Kind::kTerm;
  term.type = sum.type;
  term.term.var = sum.parts[0].second;
  if (sum.parts[0].first != 1) term.term.steps.push_back({StepKind::kMultiply, {}, 1, sum.parts[0].first});
  if (sum.constant != 0) term.term.steps.push_back(AddStep(sum.constant));
  return term;
}

Scalar Times(const Scalar& scalar, std::int64_t factor) {
  if (scalar.kind == Scalar::Kind::kOpen) return scalar;
  Scalar sum = AsSum(scalar);
  sum.constant = MultiplyBounded(sum.constant, factor);
  if (factor == 0) sum.parts.clear();
  for (auto& part : sum.parts) part.first = MultiplyBounded(part.first, factor);
  return Simplest(std::move(sum));
}

// a + factor * b, two numbers.
Scalar Plus(const Scalar& a, const Scalar& b, std::int64_t factor) {
  if (a.kind == Scalar::Kind::kOpen) return a;
  if (b.kind == Scalar::Kind::kOpen) return b;
  std::map<VarId, std::int64_t> parts;
  const Scalar x = AsSum(a);
  const Scalar y = AsSum(b);
  for (const auto& [n, var] : x.parts) parts[var] = AddBounded(parts[var], n);
  for (const auto& [n, var] : y.parts) parts[var] = AddBounded(parts[var], MultiplyBounded(n, factor));
  Scalar sum;
  sum.kind = Scalar::Kind::kSum;
  sum.type = a.type;
  sum.constant = AddBounded(x.constant, MultiplyBounded(y.constant, factor));
  for (const auto& [var, n] : parts) {
    if (n != 0) sum.parts.emplace_back(n, var);
  }
  return Simplest(std::move(sum));
}

// A sum that is to be at most 0, divided by what divides all its factors: 2x + 2y <= 5 is x + y <= 2.
Scalar Reduced(Scalar sum) {
  std::int64_t divisor = 0;
  for (const auto& part : sum.parts) divisor = std::gcd(divisor, part.first);
  for (auto& part : sum.parts) part.first /= divisor;
  sum.constant = -FloorDivide(-sum.constant, divisor);
  return sum;
}

bool Multiplies(const Scalar& scalar) {
  if (scalar.kind != Scalar::Kind::kTerm) return false;
  const std::vector<Step>& steps = scalar.term.steps;
  return std::any_of(steps.begin(), steps.end(), [](const Step& s) { return s.kind == StepKind::kMultiply; });
}

}  // namespace

CellPtr Conditions::CellOf(ExprId id, const Bindings& bindings, std::size_t view) const {
  const Expr& expr = policy_.expr(id);
  if (expr.kind == ExprKind::kFact) return views_[view].facts[expr.fact.index];
  if (expr.kind == ExprKind::kField) return CellOf(expr.args[0], bindings, view)->children[expr.field.index];
  CORDON_ASSERT(expr.kind == ExprKind::kElement);
  const auto found =
      std::find_if(bindings.rbegin(), bindings.rend(), [&](const auto& b) { return b.first == expr.variable; });
  CORDON_ASSERT(found != bindings.rend());
  return found->second;
}

Scalar Conditions::ReadCell(const Cell& cell) const {
  if (cell.kind == Cell::Kind::kValue) return Scalar::Known(cell.value);
  CORDON_ASSERT(cell.kind == Cell::Kind::kVariable);
  const Variable& variable = world_.variables[cell.var.index];
  Scalar scalar;
  switch (cell.type.kind) {
    case model::TypeKind::kBool:
    case model::TypeKind::kCategory: {
      const bool is_bool = cell.type.kind == model::TypeKind::kBool;
      scalar.type = is_bool ? value::Kind::kBool : value::Kind::kSymbol;
      scalar.kind = Scalar::Kind::kFinite;
      scalar.var = cell.var;
      if (variable.values->count() != 1) return scalar;
      return Scalar::Known({scalar.type, static_cast<std::int64_t>(variable.values->first()), {}});
    }
    case model::TypeKind::kText:
      scalar.type = value::Kind::kText;
      scalar.kind = Scalar::Kind::kText;
      scalar.var = cell.var;
      return scalar;
    case model::TypeKind::kDate:
      scalar.type = value::Kind::kDate;
      break;
    case model::TypeKind::kDatetime:
      scalar.type = value::Kind::kDatetime;
      break;
    case model::TypeKind::kInt:
      scalar.type = value::Kind::kInt;
      break;
    case model::TypeKind::kDecimal:
      scalar.type = value::Kind::kDecimal;
      break;
    case model::TypeKind::kDuration:
    case model::TypeKind::kPeriod:
      scalar.type = value::Kind::kDuration;
      break;
    case model::TypeKind::kRecord:
    case model::TypeKind::kList:
    case model::TypeKind::kGroup:
      CORDON_ASSERT(false);
  }
  if (variable.low == variable.high) return Scalar::Known({scalar.type, variable.low, {}});
  scalar.kind = Scalar::Kind::kTerm;
  scalar.term.var = cell.var;
  return scalar;
}

Scalar Conditions::FieldOf(const Expr& expr, const Bindings& bindings, std::size_t view) {
  const CellPtr base = CellOf(expr.args[0], bindings, view);
  const model::Record& record = policy_.records[base->type.record.index];
  const model::Field& field = record.fields[expr.field.index];
  if (!field.derived.valid()) return ReadCell(*base->children[expr.field.index]);
  return ScalarOf(field.derived, {{record.self, base}}, view);
}

Scalar Conditions::ScalarOf(ExprId id, const Bindings& bindings, std::size_t view) {
  const Expr& expr = policy_.expr(id);
  const auto arg = [&](std::size_t i) { return ScalarOf(expr.args[i], bindings, view); };
  switch (expr.kind) {
    case ExprKind::kConstant:
      return Scalar::Known(expr.value);
    case ExprKind::kFact:
    case ExprKind::kElement:
      return ReadCell(*CellOf(id, bindings, view));
    case ExprKind::kField:
      return FieldOf(expr, bindings, view);
    case ExprKind::kToday:
      return Scalar::Known(value::Value::OfDate(as_of_.date));
    case ExprKind::kNow:
      return ReadCell(*views_[view].now);
    case ExprKind::kShift:
      return ShiftBy(arg(0), expr.period, expr.direction);
    case ExprKind::kDifference:
      return Difference(arg(0), arg(1), value::Kind::kDuration);
    case ExprKind::kSubtract:
      return Plus(arg(0), arg(1), -1);
    case ExprKind::kAdd:
      return Plus(arg(0), arg(1), 1);
    case ExprKind::kMultiply: {
      Scalar product = Times(arg(0), expr.value.number);
      product.type = expr.type.kind == model::TypeKind::kDecimal ? value::Kind::kDecimal : value::Kind::kInt;
      if (product.kind == Scalar::Kind::kKnown) product.value.kind = product.type;
      return product;
    }
    case ExprKind::kGreatest:
    case ExprKind::kLeast:
      return ExtremeOf(id, view);
    case ExprKind::kConditional: {
      const Verdict when = Condition(expr.args[1], bindings, view);
      if (when.truth != Truth::kUnknown) return arg(when.truth == Truth::kTrue ? 0 : 2);
      Scalar open;
      open.kind = Scalar::Kind::kOpen;
      open.open = when.open;
      return open;
    }
    case ExprKind::kDefine:
      if (expr.type.kind != model::TypeKind::kBool) return ScalarOf(policy_.defines[expr.define.index].value, {}, view);
      break;
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
      break;
    case ExprKind::kFilter:
      CORDON_ASSERT(false);
  }
  // A condition as a value: decided, or waiting.
  const Verdict verdict = Condition(id, bindings, view);
  if (verdict.truth != Truth::kUnknown) return Scalar::Known(value::Value::Bool(verdict.truth == Truth::kTrue));
  Scalar open;
  open.kind = Scalar::Kind::kOpen;
  open.open = verdict.open;
  return open;
}

// ---- comparison

Verdict Conditions::DecideOrder(const Order& order) const {
  const Truth truth = world_.Decide(order);
  if (truth != Truth::kUnknown) return {truth, nullptr};
  return Waiting(order);
}

Verdict Conditions::LessEqual(const Scalar& a, const Scalar& b) const {
  if (a.kind == Scalar::Kind::kOpen) return {Truth::kUnknown, a.open};
  if (b.kind == Scalar::Kind::kOpen) return {Truth::kUnknown, b.open};
  if (a.value.kind == value::Kind::kNone && a.kind == Scalar::Kind::kKnown) return Certain(false);
  if (b.value.kind == value::Kind::kNone && b.kind == Scalar::Kind::kKnown) return Certain(false);
  if (a.kind == Scalar::Kind::kFinite || b.kind == Scalar::Kind::kFinite) return FiniteLessEqual(a, b);
  if (a.kind == Scalar::Kind::kSum || b.kind == Scalar::Kind::kSum) return SumLessEqual(a, b);
  if (a.kind == Scalar::Kind::kDifference) {
    CORDON_ASSERT(b.kind == Scalar::Kind::kKnown);
    Order order{a.term, a.minus};
    order.right.steps.push_back(AddStep(FloorDivide(b.value.number, UnitOf(a.type))));
    return DecideOrder(order);
  }
  if (b.kind == Scalar::Kind::kDifference) {
    CORDON_ASSERT(a.kind == Scalar::Kind::kKnown);
    Order order{b.minus, b.term};
    order.left.steps.push_back(AddStep(-FloorDivide(-a.value.number, UnitOf(b.type))));
    return DecideOrder(order);
  }
  if (IsTime(a.type) && IsTime(b.type) && a.type != b.type) return LessEqual(AtDay(a), AtDay(b));
  if (a.kind == Scalar::Kind::kKnown && b.kind == Scalar::Kind::kKnown)
    return Certain(a.value.number <= b.value.number);
  if (Multiplies(a) || Multiplies(b)) return SumLessEqual(a, b);
  return DecideOrder({AsTerm(a), AsTerm(b)});
}

// a <= b as one sum at most 0. Of one variable, or of two that count once on opposite sides, it is a comparison like
// others, by plain shifts, which propagation decides; any other is a variable of its own.
Verdict Conditions::SumLessEqual(const Scalar& a, const Scalar& b) const {
  const Scalar all = Plus(a, b, -1);
  if (all.kind == Scalar::Kind::kKnown) return Certain(all.value.number <= 0);
  const Scalar sum = Reduced(AsSum(all));
  Order order;
  bool plain = true;
  for (const auto& [n, var] : sum.parts) {
    Term& side = n > 0 ? order.left : order.right;
    plain = plain && (n == 1 || n == -1) && !side.var.valid();
    side.var = var;
  }
  if (plain) {
    order.right.constant = order.right.var.valid() ? 0 : -sum.constant;
    if (order.right.var.valid()) order.right.steps = {AddStep(-sum.constant)};
    return DecideOrder(order);
  }
  const bool reversed = sum.parts[0].first < 0;
  Sum::Parts parts = sum.parts;
  for (auto& part : parts) part.first = reversed ? -part.first : part.first;
  const VarId var = world_.FindSum(parts);
  if (!var.valid()) return Waiting(NewSum{parts});
  const Term total{var, 0, {}};
  if (!reversed) return DecideOrder({total, {{}, -sum.constant, {}}});
  return DecideOrder({{{}, sum.constant, {}}, total});
}

// ---- the greatest and the least

// Where every element is known well enough, its value; nothing where it is not.
std::optional<Scalar> Conditions::KnownExtreme(const Expr& expr, const ListRange& range, std::size_t view) {
  if (range.list->more.valid()) return std::nullopt;
  std::optional<Scalar> best;
  for (const CellPtr& element : range.list->children) {
    const Verdict passes = ElementPasses(element, range.filters, range.bindings, view);
    if (passes.truth == Truth::kFalse) continue;
    const Scalar key = ScalarOf(expr.args[1], {{expr.variable, element}}, view);
    if (passes.truth == Truth::kUnknown || key.kind != Scalar::Kind::kKnown) return std::nullopt;
    const bool better = !best || (expr.kind == ExprKind::kGreatest ? key.value.number > best->value.number
                                                                   : key.value.number < best->value.number);
    if (better) best = key;
  }
  return best;
}

// Read inside the condition of an element of the same list, so that where there is none it does not matter.
Scalar Conditions::ExtremeOf(ExprId id, std::size_t view) {
  const Expr& expr = policy_.expr(id);
  const ListRange range = Range(expr.args[0], {}, view);
  if (auto known = KnownExtreme(expr, range, view)) return *std::move(known);
  std::size_t num_refused = 0;
  for (const Extreme& extreme : world_.extremes) {
    if (extreme.expr != id || extreme.view != view) continue;
    if (extreme.settled && extreme.chosen == nullptr) return Scalar::Known({value::Kind::kNone, 0, {}});
    if (extreme.settled) return ScalarOf(expr.args[1], {{expr.variable, extreme.chosen}}, view);
    num_refused = extreme.num_refused;
  }
  const std::vector<CellPtr> elements = Elements(*range.list);
  Scalar open;
  open.kind = Scalar::Kind::kOpen;
  ExtremeElement question{id, range.list, SentenceOf(range, {}, view),
                          num_refused < elements.size() ? elements[num_refused] : nullptr};
  open.open = std::make_shared<const Open>(std::move(question));
  return open;
}

// ---- symbols and texts

Verdict Conditions::FiniteLessEqual(const Scalar& a, const Scalar& b) const {
  const Scalar& open = a.kind == Scalar::Kind::kFinite ? a : b;
  const ValueSet& possible = *world_.variables[open.var.index].values;
  if (a.kind == Scalar::Kind::kFinite && b.kind == Scalar::Kind::kFinite) {
    ValueSet one = ValueSet::None(possible.size());
    one.add(possible.first());
    return Waiting(FiniteSplit{a.var, one});
  }
  const auto bound = static_cast<std::size_t>(a.kind == Scalar::Kind::kKnown ? a.value.number : b.value.number);
  ValueSet values = ValueSet::None(possible.size());
  for (std::size_t i = 0; i < possible.size(); ++i) {
    if (a.kind == Scalar::Kind::kKnown ? bound <= i : i <= bound) values.add(i);
  }
  return OneOf(open.var, values);
}

Verdict Conditions::Equal(const Scalar& a, const Scalar& b) const {
  if (a.kind == Scalar::Kind::kOpen) return {Truth::kUnknown, a.open};
  if (b.kind == Scalar::Kind::kOpen) return {Truth::kUnknown, b.open};
  const bool known = a.kind == Scalar::Kind::kKnown && b.kind == Scalar::Kind::kKnown;
  if (known &&
      (a.value.kind == b.value.kind || a.value.kind == value::Kind::kNone || b.value.kind == value::Kind::kNone)) {
    return Certain(a.value == b.value);
  }
  if (a.kind == Scalar::Kind::kFinite || b.kind == Scalar::Kind::kFinite) return FiniteEqual(a, b);
  if (a.kind == Scalar::Kind::kText || b.kind == Scalar::Kind::kText) return TextEqual(a, b);
  return And(LessEqual(a, b), LessEqual(b, a));
}

Verdict Conditions::FiniteEqual(const Scalar& a, const Scalar& b) const {
  if (a.kind != Scalar::Kind::kFinite) return FiniteEqual(b, a);
  const ValueSet& possible = *world_.variables[a.var.index].values;
  ValueSet one = ValueSet::None(possible.size());
  if (b.kind == Scalar::Kind::kKnown) {
    if (b.value.kind == value::Kind::kNone) return Certain(false);
    one.add(static_cast<std::size_t>(b.value.number));
    return OneOf(a.var, one);
  }
  if (a.var == b.var) return Certain(true);
  if (possible.CountIn(*world_.variables[b.var.index].values) == 0) return Certain(false);
  one.add(possible.first());
  return Waiting(FiniteSplit{a.var, one});
}

Verdict Conditions::TextEqual(const Scalar& a, const Scalar& b) const {
  if (a.kind != Scalar::Kind::kText) return TextEqual(b, a);
  if (b.kind == Scalar::Kind::kKnown && b.value.kind == value::Kind::kNone) return Certain(false);
  TextLiteral literal{a.var, b.var, b.kind == Scalar::Kind::kKnown ? b.value.text : "", true};
  if (a.var == b.var) return Certain(true);
  const Truth truth = world_.Decide(literal);
  if (truth != Truth::kUnknown) return {truth, nullptr};
  return Waiting(literal);
}

}  // namespace cordon::evaluate
