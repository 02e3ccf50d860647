// Conditions and numbers of one version as terms; see encode.h. Rules and outputs are in answers.cc, duties in
// duties.cc.
#include "symbolic/encode.h"

#include <algorithm>
#include <utility>

#include "support/assert.h"

namespace cordon::symbolic {

using model::Expr;
using model::ExprId;
using model::ExprKind;
using model::FactId;
using model::TypeKind;

namespace {

constexpr std::int64_t kMinutes = calendar::kMinutesPerDay;
constexpr Interval kDays{calendar::kFirstDate.days, calendar::kLastDate.days};
constexpr Interval kTimes{calendar::kFirstDatetime.minutes, calendar::kLastDatetime.minutes};

bool IsCondition(const Expr& expr) { return expr.type.kind == TypeKind::kBool; }

}  // namespace

Encoder::Encoder(Terms& terms, const Frame& frame, std::size_t version, model::ProtocolId protocol)
    : terms_(terms),
      frame_(frame),
      view_(frame.versions[version]),
      policy_(*frame.versions[version].policy),
      protocol_(protocol) {}

TermId Encoder::Condition(ExprId expr) { return Bool(expr, {}); }

// ---- what is bound and where it is read

const Encoder::Bound& Encoder::Find(const Scope& scope, model::VariableId variable) const {
  const auto found =
      std::find_if(scope.bound.rbegin(), scope.bound.rend(), [&](const auto& b) { return b.first == variable; });
  CORDON_ASSERT(found != scope.bound.rend());
  return found->second;
}

TermId Encoder::Slot(std::size_t slot, const Bound* bound, std::int64_t depth) {
  CORDON_ASSERT(slot != Slots::kNone);
  if (bound == nullptr || !bound->of_list) return terms_.Scalar(ScalarId(slot), frame_.scalars[slot].range);
  const ListId list = frame_.facts[bound->fact].list;
  return terms_.Field(list, static_cast<std::uint32_t>(slot), depth - 1 - bound->depth,
                      frame_.lists[list.index].fields[slot].range);
}

Encoder::Number Encoder::OfSlots(const Slots& slots, const model::Type& type, const Bound* bound, std::int64_t depth) {
  Number number;
  number.kind = type.kind;
  number.value = Slot(slots.value, bound, depth);
  number.none = slots.is_none == Slots::kNone ? terms_.False() : terms_.Is(Slot(slots.is_none, bound, depth));
  if (type.kind == TypeKind::kDatetime)
    number.value = terms_.Plus(terms_.Times(number.value, kMinutes), Slot(slots.minute, bound, depth));
  if (type.kind == TypeKind::kCategory) number.symbols = SymbolsOf(type.category);
  return number;
}

std::int64_t Encoder::SymbolsOf(model::CategoryId category) const {
  return static_cast<std::int64_t>(frame_.categories[view_.categories[category.index]].symbols.size());
}

std::int64_t Encoder::NumberOf(const value::Value& value, model::CategoryId category) const {
  if (value.kind == value::Kind::kSymbol) return view_.leaves[category.index][static_cast<std::size_t>(value.number)];
  if (value.kind != value::Kind::kText) return value.number;
  const auto found = std::find(frame_.texts.begin(), frame_.texts.end(), value.text);
  CORDON_ASSERT(found != frame_.texts.end());
  return found - frame_.texts.begin();
}

// ---- conditions

TermId Encoder::Bool(ExprId id, const Scope& scope) {
  const Expr& expr = policy_.expr(id);
  const auto atom = [&](TermId term) {
    const bool turned = terms_.at(term).op == Op::kNot;
    origins_.emplace(turned ? terms_.at(term).args[0] : term, Origin{id, rule_, define_, turned});
    return term;
  };
  switch (expr.kind) {
    case ExprKind::kNot:
      return terms_.Not(Bool(expr.args[0], scope));
    case ExprKind::kAnd:
    case ExprKind::kOr:
      return Junction(expr, scope);
    case ExprKind::kLessEqual:
      return atom(LessEqual(Of(expr.args[0], scope), Of(expr.args[1], scope)));
    case ExprKind::kLess:
      return atom(terms_.Not(LessEqual(Of(expr.args[1], scope), Of(expr.args[0], scope))));
    case ExprKind::kEqual:
      return atom(Equal(expr, scope));
    case ExprKind::kMember: {
      const Number symbol = Of(expr.args[0], scope);
      std::vector<std::int64_t> set;
      const model::CategoryId category = policy_.expr(expr.args[0]).type.category;
      for (const std::size_t leaf : expr.leaves) set.push_back(view_.leaves[category.index][leaf]);
      return atom(terms_.And(terms_.Not(symbol.none), terms_.In(symbol.value, std::move(set), symbol.symbols)));
    }
    case ExprKind::kSome:
      return atom(Some(expr, scope));
    case ExprKind::kCountAtLeast:
      return atom(CountAtLeast(expr, scope));
    case ExprKind::kIsKnown:
      return atom(IsKnown(expr.args[0], scope));
    case ExprKind::kIsNone:
      return atom(Of(expr.args[0], scope).none);
    case ExprKind::kOutputIs:
      return atom(terms_.Named(OutputIs(expr)));
    case ExprKind::kDefine: {
      const auto known = defines_.find(expr.define);
      if (known != defines_.end()) return known->second;
      const model::DefineId around = std::exchange(define_, expr.define);
      const TermId term = Bool(policy_.defines[expr.define.index].value, {});
      define_ = around;
      defines_.emplace(expr.define, term);
      return term;
    }
    case ExprKind::kConditional: {
      const TermId when = Bool(expr.args[1], scope);
      return terms_.Or(terms_.And(when, Bool(expr.args[0], scope)),
                       terms_.And(terms_.Not(when), Bool(expr.args[2], scope)));
    }
    case ExprKind::kConstant:
      return terms_.Bool(expr.value.number != 0);
    case ExprKind::kFact:
    case ExprKind::kElement:
    case ExprKind::kField:
      return atom(BoolCell(expr, scope));
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

TermId Encoder::Junction(const Expr& expr, const Scope& scope) {
  std::vector<TermId> args;
  for (const ExprId arg : expr.args) args.push_back(Bool(arg, scope));
  return expr.kind == ExprKind::kAnd ? terms_.And(std::move(args)) : terms_.Or(std::move(args));
}

// A yes or no: a fact, a field, or an element of a list of them.
TermId Encoder::BoolCell(const Expr& expr, const Scope& scope) {
  if (expr.kind == ExprKind::kField) {
    const Expr& object = policy_.expr(expr.args[0]);
    const model::Record& record = policy_.records[object.type.record.index];
    const model::Field& field = record.fields[expr.field.index];
    if (field.derived.valid()) {
      Scope inside = scope;
      if (object.kind == ExprKind::kElement) {
        inside.bound = {{record.self, Find(scope, object.variable)}};
      } else {
        inside.bound = {{record.self, Bound{view_.facts[object.fact.index], object.fact, 0, false}}};
      }
      return Bool(field.derived, inside);
    }
  }
  const Number number = expr.kind == ExprKind::kField ? FieldOf(expr, scope)
                        : expr.kind == ExprKind::kFact
                            ? FactNumber(expr.fact)
                            : OfSlots(frame_.facts[Find(scope, expr.variable).fact].fields[0], expr.type,
                                      &Find(scope, expr.variable), scope.depth);
  return terms_.And(terms_.Not(number.none), Truth(number.value));
}

// A number that is 0 or 1, as a condition.
TermId Encoder::Truth(TermId number) {
  const Term& term = terms_.at(number);
  if (term.op == Op::kConstant) return terms_.Bool(term.number != 0);
  if (term.op != Op::kChoice) return terms_.Is(number);
  const Term choice = term;
  return terms_.Or(terms_.And(choice.args[0], Truth(choice.args[1])),
                   terms_.And(terms_.Not(choice.args[0]), Truth(choice.args[2])));
}

TermId Encoder::Some(const Expr& expr, const Scope& scope) {
  const Range range = RangeOf(expr.args[0], scope);
  std::vector<std::pair<model::VariableId, ExprId>> tests;
  if (expr.args.size() > 1 && expr.args[1].valid()) tests.emplace_back(expr.variable, expr.args[1]);
  const TermId term = SomeOf(range, tests, {});
  // Without what is assumed of the list, too, it is what the expression says.
  origins_.emplace(sentence_,
                   Origin{ExprId(static_cast<std::size_t>(&expr - policy_.exprs.data())), rule_, define_, false});
  return term;
}

TermId Encoder::CountAtLeast(const Expr& expr, const Scope& scope) {
  const Range range = RangeOf(expr.args[0], scope);
  const Scope inside = Enter(range, {});
  const ListId list = frame_.facts[view_.facts[range.fact.index]].list;
  return terms_.And(range.guard, terms_.Count(list, terms_.And(Filters(range, inside)), expr.count));
}

TermId Encoder::IsKnown(ExprId id, const Scope& scope) {
  const Expr& expr = policy_.expr(id);
  if (expr.kind == ExprKind::kFact) {
    const std::size_t given = frame_.facts[view_.facts[expr.fact.index]].slots.given;
    return terms_.Is(Slot(given, nullptr, 0));
  }
  CORDON_ASSERT(expr.kind == ExprKind::kField);
  const Expr& object = policy_.expr(expr.args[0]);
  Bound bound;
  if (object.kind == ExprKind::kElement) {
    bound = Find(scope, object.variable);
  } else {
    bound = Bound{view_.facts[object.fact.index], object.fact, 0, false};
  }
  const std::size_t place = view_.fields.at({bound.own.index, expr.field.index});
  return terms_.Is(Slot(frame_.facts[bound.fact].fields[place].given, &bound, scope.depth));
}

TermId Encoder::OutputIs(const Expr& expr) {
  const auto holds = [&](const AnswerCase& answer) {
    switch (expr.test) {
      case model::OutputTest::kValue:
        return answer.value == expr.value;
      case model::OutputTest::kAtLeast:
        return answer.value && answer.value->number >= expr.value.number;
      case model::OutputTest::kJudgement:
        return answer.text.rfind("judgement ", 0) == 0 && !answer.value;
      case model::OutputTest::kNotCovered:
        return answer.text == kNotCovered && !answer.value;
      case model::OutputTest::kConflict:
        return answer.text == kConflict && !answer.value;
    }
    CORDON_ASSERT(false);
  };
  std::vector<TermId> any;
  for (const AnswerCase& answer : Answers(expr.output)) {
    if (holds(answer)) any.push_back(answer.when);
  }
  return terms_.Or(std::move(any));
}

// ---- comparisons

TermId Encoder::AtDay(const Number& of) {
  return of.kind == TypeKind::kDatetime ? terms_.Quotient(of.value, kMinutes) : of.value;
}

// Of two numbers, dates, times or lengths; none is below nothing and above nothing.
TermId Encoder::LessEqual(Number a, Number b) {
  const bool days = a.kind != b.kind && (a.kind == TypeKind::kDate || b.kind == TypeKind::kDate);
  const TermId holds = days ? terms_.LessEqual(AtDay(a), AtDay(b)) : terms_.LessEqual(a.value, b.value);
  return terms_.And(std::vector{terms_.Not(a.none), terms_.Not(b.none), holds});
}

TermId Encoder::Equal(const Expr& expr, const Scope& scope) {
  const Expr& left = policy_.expr(expr.args[0]);
  const Expr& right = policy_.expr(expr.args[1]);
  const bool plain = !left.type.or_none && !right.type.or_none && left.value.kind != value::Kind::kNone &&
                     right.value.kind != value::Kind::kNone;
  if (IsCondition(left) && IsCondition(right) && plain) {
    return terms_.Equal(Bool(expr.args[0], scope), Bool(expr.args[1], scope));
  }
  const Number a = Of(expr.args[0], scope);
  const Number b = Of(expr.args[1], scope);
  TermId same;
  const auto is_constant = [&](const Number& n) { return terms_.at(n.value).op == Op::kConstant; };
  if (a.symbols > 0 && is_constant(b)) {
    same = terms_.In(a.value, {terms_.at(b.value).number}, a.symbols);
  } else if (b.symbols > 0 && is_constant(a)) {
    same = terms_.In(b.value, {terms_.at(a.value).number}, b.symbols);
  } else {
    same = terms_.And(LessEqual({a.value, terms_.False(), a.kind, 0}, {b.value, terms_.False(), b.kind, 0}),
                      LessEqual({b.value, terms_.False(), b.kind, 0}, {a.value, terms_.False(), a.kind, 0}));
  }
  return terms_.Or(terms_.And(a.none, b.none), terms_.And(std::vector{terms_.Not(a.none), terms_.Not(b.none), same}));
}

// ---- numbers

Encoder::Number Encoder::Of(ExprId id, const Scope& scope) {
  const Expr& expr = policy_.expr(id);
  const TermId no = terms_.False();
  switch (expr.kind) {
    case ExprKind::kConstant:
      return Constant(expr);
    case ExprKind::kFact:
      return FactNumber(expr.fact);
    case ExprKind::kElement: {
      const Bound& bound = Find(scope, expr.variable);
      return OfSlots(frame_.facts[bound.fact].fields[0], expr.type, &bound, scope.depth);
    }
    case ExprKind::kField:
      return FieldOf(expr, scope);
    case ExprKind::kToday:
      return {Slot(frame_.today.index, nullptr, 0), no, TypeKind::kDate, 0};
    case ExprKind::kNow:
      return {terms_.Plus(terms_.Times(Slot(frame_.today.index, nullptr, 0), kMinutes),
                          Slot(frame_.minute.index, nullptr, 0)),
              no, TypeKind::kDatetime, 0};
    case ExprKind::kShift:
      return Shift(Of(expr.args[0], scope), expr.period, expr.direction);
    case ExprKind::kDifference: {
      const Number a = Of(expr.args[0], scope);
      const Number b = Of(expr.args[1], scope);
      const TermId apart = terms_.Plus(a.value, b.value, -1);
      return {terms_.Times(apart, a.kind == TypeKind::kDate ? kMinutes : 1), no, TypeKind::kDuration, 0};
    }
    case ExprKind::kAdd:
    case ExprKind::kSubtract:
      return {terms_.Plus(Of(expr.args[0], scope).value, Of(expr.args[1], scope).value,
                          expr.kind == ExprKind::kAdd ? 1 : -1),
              no, expr.type.kind, 0};
    case ExprKind::kMultiply:
      return {terms_.Times(Of(expr.args[0], scope).value, expr.value.number), no, expr.type.kind, 0};
    case ExprKind::kGreatest:
    case ExprKind::kLeast:
      return Extreme(expr);
    case ExprKind::kConditional: {
      const TermId when = Bool(expr.args[1], scope);
      const Number yes = Of(expr.args[0], scope);
      const Number other = Of(expr.args[2], scope);
      const TermId none = terms_.Or(terms_.And(when, yes.none), terms_.And(terms_.Not(when), other.none));
      return {terms_.Choice(when, yes.value, other.value), none, yes.kind, yes.symbols};
    }
    case ExprKind::kDefine:
      return Of(policy_.defines[expr.define.index].value, {});
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
      return {terms_.Choice(Bool(id, scope), terms_.Constant(1), terms_.Constant(0)), no, TypeKind::kBool, 0};
    case ExprKind::kFilter:
      break;
  }
  CORDON_ASSERT(false);
}

Encoder::Number Encoder::Constant(const Expr& expr) {
  if (expr.value.kind == value::Kind::kNone) return {terms_.Constant(0), terms_.True(), expr.type.kind, 0};
  const std::int64_t symbols = expr.type.kind == TypeKind::kCategory ? SymbolsOf(expr.type.category) : 0;
  return {terms_.Constant(NumberOf(expr.value, expr.type.category)), terms_.False(), expr.type.kind, symbols};
}

// A fact as given, or as assumed where it is not.
Encoder::Number Encoder::FactNumber(FactId id) {
  const model::Fact& fact = policy_.facts[id.index];
  Number number = OfSlots(frame_.facts[view_.facts[id.index]].slots, fact.type, nullptr, 0);
  if (!fact.assume || fact.assume->empty_list) return number;
  const TermId assumed = Assumed(id);
  const bool none = fact.assume->value.kind == value::Kind::kNone;
  number.none = terms_.Or(terms_.And(assumed, terms_.Bool(none)), terms_.And(terms_.Not(assumed), number.none));
  if (none) return number;
  const std::int64_t value = NumberOf(fact.assume->value, fact.type.category);
  number.value = terms_.Choice(assumed, terms_.Constant(value), number.value);
  return number;
}

Encoder::Number Encoder::FieldOf(const Expr& expr, const Scope& scope) {
  const Expr& object = policy_.expr(expr.args[0]);
  Bound bound;
  if (object.kind == ExprKind::kElement) {
    bound = Find(scope, object.variable);
  } else {
    CORDON_ASSERT(object.kind == ExprKind::kFact);
    bound = Bound{view_.facts[object.fact.index], object.fact, 0, false};
  }
  const model::Record& record = policy_.records[object.type.record.index];
  const model::Field& field = record.fields[expr.field.index];
  if (field.derived.valid()) {
    Scope inside = scope;
    inside.bound = {{record.self, bound}};
    return Of(field.derived, inside);
  }
  const std::size_t place = view_.fields.at({bound.own.index, expr.field.index});
  return OfSlots(frame_.facts[bound.fact].fields[place], field.type, &bound, scope.depth);
}

// One clamped step, as calendar::Shift takes it.
Encoder::Number Encoder::Shift(Number of, const calendar::Period& period, int direction) {
  const bool is_date = of.kind == TypeKind::kDate;
  if (!period.is_calendar()) {
    const std::int64_t step = direction * period.minutes;
    if (!is_date) {
      of.value = terms_.Clamped(terms_.Plus(of.value, terms_.Constant(step)), kTimes);
      return of;
    }
    const TermId moved = terms_.Plus(terms_.Times(of.value, kMinutes), terms_.Constant(step));
    of.value = terms_.Clamped(terms_.Quotient(moved, kMinutes), kDays);
    return of;
  }
  const std::int64_t months = direction * period.months;
  if (is_date) {
    of.value = terms_.Months(of.value, months);
    return of;
  }
  const TermId day = terms_.Quotient(of.value, kMinutes);
  const TermId minute = terms_.Plus(of.value, terms_.Times(day, kMinutes), -1);
  const TermId late = terms_.Choice(terms_.Cut(day, months), terms_.Constant(kMinutes - 1), minute);
  // Before the calendar's first month the first minute of all is left.
  const std::int64_t first = calendar::AddMonths(calendar::kFirstDate, -months).days;
  const bool may_fall_out = months < 0 && terms_.RangeOf(day).low < first;
  const TermId landed =
      may_fall_out ? terms_.Choice(terms_.LessEqual(terms_.Constant(first), day), late, terms_.Constant(0)) : late;
  of.value = terms_.Plus(terms_.Times(terms_.Months(day, months), kMinutes), landed);
  return of;
}

// One value for the whole list; nothing around it is bound.
Encoder::Number Encoder::Extreme(const Expr& expr) {
  const Range range = RangeOf(expr.args[0], {});
  const Scope inside = Enter(range, expr.variable);
  const Number key = Of(expr.args[1], inside);
  const ListId list = frame_.facts[view_.facts[range.fact.index]].list;
  const Op op = expr.kind == ExprKind::kGreatest ? Op::kGreatest : Op::kLeast;
  return {terms_.Extreme(op, list, terms_.And(Filters(range, inside)), key.value), terms_.False(), key.kind, 0};
}

// ---- lists

Encoder::Range Encoder::RangeOf(ExprId id, const Scope& scope) {
  const Expr& expr = policy_.expr(id);
  if (expr.kind == ExprKind::kDefine) {
    Range range = RangeOf(policy_.defines[expr.define.index].value, {});
    range.scope = scope;  // its own conditions read nothing of it, what is asked of its elements may
    range.define = expr.define;
    return range;
  }
  if (expr.kind == ExprKind::kFilter) {
    Range range = RangeOf(expr.args[0], scope);
    range.filters.emplace_back(expr.variable, expr.args[1]);
    return range;
  }
  CORDON_ASSERT(expr.kind == ExprKind::kFact);
  const auto& assume = policy_.facts[expr.fact.index].assume;
  const TermId guard = assume && assume->empty_list ? terms_.Not(Assumed(expr.fact)) : terms_.True();
  return {expr.fact, guard, {}, scope, {}};
}

// The scope inside a range: all its variables, and `variable`, are the one element.
Encoder::Scope Encoder::Enter(const Range& range, model::VariableId variable) const {
  Scope inside = range.scope;
  const Bound bound{view_.facts[range.fact.index], range.fact, inside.depth, true};
  for (const auto& [own, condition] : range.filters) inside.bound.emplace_back(own, bound);
  if (variable.valid()) inside.bound.emplace_back(variable, bound);
  ++inside.depth;
  return inside;
}

std::vector<TermId> Encoder::Filters(const Range& range, const Scope& inside) {
  std::vector<TermId> filters;
  const model::DefineId around = std::exchange(define_, range.define);
  for (const auto& [own, condition] : range.filters) filters.push_back(Bool(condition, inside));
  define_ = around;
  return filters;
}

// Some element passes the filters, all `tests`, each of its own name for the element, and `more`.
TermId Encoder::SomeOf(const Range& range, const std::vector<std::pair<model::VariableId, ExprId>>& tests,
                       const std::vector<TermId>& more) {
  Scope inside = Enter(range, {});
  const Bound bound{view_.facts[range.fact.index], range.fact, inside.depth - 1, true};
  for (const auto& [own, condition] : tests) inside.bound.emplace_back(own, bound);
  std::vector<TermId> parts = Filters(range, inside);
  for (const auto& [own, condition] : tests) parts.push_back(Bool(condition, inside));
  parts.insert(parts.end(), more.begin(), more.end());
  const ListId list = frame_.facts[bound.fact].list;
  sentence_ = terms_.Some(list, terms_.And(std::move(parts)));
  return terms_.And(range.guard, sentence_);
}

// ---- what holds of every record

void Encoder::AddRequires(Axioms& axioms) {
  for (std::size_t i = 0; i < policy_.facts.size(); ++i) {
    const model::RecordId id = policy_.facts[i].type.record;
    if (!id.valid()) continue;
    const JointFact& joint = frame_.facts[view_.facts[i]];
    const bool of_list = joint.shape == FactShape::kList;
    const model::Record& record = policy_.records[id.index];
    Scope scope;
    scope.bound = {{record.self, Bound{view_.facts[i], FactId(i), 0, of_list}}};
    scope.depth = of_list ? 1 : 0;
    for (const model::Require& require : record.requires_) {
      const TermId condition = Bool(require.condition, scope);
      if (of_list) {
        axioms.of_records.emplace_back(joint.list, condition);
      } else {
        axioms.of_patients.push_back(condition);
      }
    }
  }
}

}  // namespace cordon::symbolic
