// Values and expressions against their types; see verifier.h.
#include <algorithm>

#include "model/verifier.h"

namespace cordon::model {
namespace {

constexpr std::int64_t kLargestLength = 4'000'000'000'000'000'000;

bool IsWithin(std::int64_t number, std::int64_t first, std::int64_t last) { return number >= first && number <= last; }

bool IsNumber(TypeKind kind) { return kind == TypeKind::kInt || kind == TypeKind::kDecimal; }
bool IsTime(TypeKind kind) { return kind == TypeKind::kDate || kind == TypeKind::kDatetime; }
bool IsLength(TypeKind kind) { return kind == TypeKind::kDuration || kind == TypeKind::kPeriod; }

// Whether a value of `type` can be `value`. REQUIRES: the category of `type` is one.
bool Fits(const Policy& policy, const value::Value& value, const Type& type) {
  const std::int64_t n = value.number;
  switch (value.kind) {
    case value::Kind::kBool:
      return type.kind == TypeKind::kBool && IsWithin(n, 0, 1);
    case value::Kind::kInt:
      return IsNumber(type.kind) && IsWithin(n, -kLargestLength, kLargestLength);
    case value::Kind::kDecimal:
      return type.kind == TypeKind::kDecimal && IsWithin(n, -kLargestLength, kLargestLength);
    case value::Kind::kText:
      return type.kind == TypeKind::kText;
    case value::Kind::kDate:
      return type.kind == TypeKind::kDate && IsWithin(n, calendar::kFirstDate.days, calendar::kLastDate.days);
    case value::Kind::kDatetime:
      return type.kind == TypeKind::kDatetime &&
             IsWithin(n, calendar::kFirstDatetime.minutes, calendar::kLastDatetime.minutes);
    case value::Kind::kDuration:
    case value::Kind::kPeriod:
      return IsLength(type.kind) && IsWithin(n, -kLargestLength, kLargestLength);
    case value::Kind::kSymbol:
      return type.kind == TypeKind::kCategory && n >= 0 &&
             static_cast<std::uint64_t>(n) < policy.categories[type.category.index].leaves.size();
    case value::Kind::kNone:
      return type.or_none;
  }
  return false;
}

// Whether values of the two can stand on the two sides of a comparison.
bool Comparable(const Type& a, const Type& b) {
  return SameShape(a, b) || (IsNumber(a.kind) && IsNumber(b.kind)) || (IsTime(a.kind) && IsTime(b.kind)) ||
         (IsLength(a.kind) && IsLength(b.kind));
}

bool HasOrder(const Policy& policy, const Type& type) {
  if (type.kind == TypeKind::kCategory) return policy.categories[type.category.index].is_scale;
  return IsNumber(type.kind) || IsTime(type.kind) || IsLength(type.kind);
}

// Something that was given: a fact, an element or a field of one.
bool IsGiven(const Expr& expr) {
  return expr.kind == ExprKind::kFact || expr.kind == ExprKind::kElement || expr.kind == ExprKind::kField;
}

bool IsList(const Expr& expr) {
  return expr.type.kind == TypeKind::kList &&
         (expr.kind == ExprKind::kFact || expr.kind == ExprKind::kFilter || expr.kind == ExprKind::kDefine);
}

bool HasVariable(const Policy& policy, const Expr& expr) {
  return expr.variable.valid() && expr.variable.index < policy.num_variables;
}

bool IsLengthOfTime(const calendar::Period& period) {
  return IsWithin(period.months, -value::kLargestNumber, value::kLargestNumber) &&
         IsWithin(period.minutes, -value::kLargestNumber, value::kLargestNumber);
}

bool OutputTestFits(const Policy& policy, const Expr& expr) {
  const Type& type = policy.outputs[expr.output.index].type;
  switch (expr.test) {
    case OutputTest::kValue:
      return Fits(policy, expr.value, type);
    case OutputTest::kAtLeast:
      return Fits(policy, expr.value, type) && HasOrder(policy, type);
    case OutputTest::kJudgement:
    case OutputTest::kNotCovered:
    case OutputTest::kConflict:
      return true;
  }
  return false;
}

// Whether the expression is of a type that its kind gives from those of its arguments.
bool IsWellTyped(const Policy& policy, const Expr& expr) {
  const auto arg = [&](std::size_t i) -> const Expr& { return policy.expr(expr.args[i]); };
  const bool is_bool = expr.type.kind == TypeKind::kBool;
  switch (expr.kind) {
    case ExprKind::kConstant:
      return IsScalar(expr.type.kind) && Fits(policy, expr.value, expr.type);
    case ExprKind::kFact:
      return SameShape(expr.type, policy.facts[expr.fact.index].type);
    case ExprKind::kElement:
      return expr.type.kind != TypeKind::kList && expr.type.kind != TypeKind::kGroup;
    case ExprKind::kField:
      return (arg(0).kind == ExprKind::kFact || arg(0).kind == ExprKind::kElement) &&
             SameShape(expr.type, policy.records[arg(0).type.record.index].fields[expr.field.index].type);
    case ExprKind::kDefine:
      return SameShape(expr.type, policy.expr(policy.defines[expr.define.index].value).type);
    case ExprKind::kToday:
      return expr.type.kind == TypeKind::kDate;
    case ExprKind::kNow:
      return expr.type.kind == TypeKind::kDatetime;
    case ExprKind::kNot:
    case ExprKind::kAnd:
    case ExprKind::kOr:
      return is_bool;
    case ExprKind::kLessEqual:
    case ExprKind::kLess:
      return is_bool && Comparable(arg(0).type, arg(1).type) && HasOrder(policy, arg(0).type);
    case ExprKind::kEqual:
      return is_bool && Comparable(arg(0).type, arg(1).type);
    case ExprKind::kMember:
      return is_bool &&
             (expr.leaves.empty() || expr.leaves.back() < policy.categories[arg(0).type.category.index].leaves.size());
    case ExprKind::kShift:
      return SameShape(expr.type, arg(0).type) && IsLengthOfTime(expr.period);
    case ExprKind::kDifference:
      return IsTime(arg(0).type.kind) && arg(0).type.kind == arg(1).type.kind && IsLength(expr.type.kind);
    case ExprKind::kAdd:
    case ExprKind::kSubtract:
      return IsNumber(expr.type.kind) && SameShape(arg(0).type, arg(1).type) && SameShape(expr.type, arg(0).type);
    case ExprKind::kMultiply:
      return IsNumber(expr.type.kind) && IsWithin(expr.value.number, -kLargestLength, kLargestLength);
    case ExprKind::kGreatest:
    case ExprKind::kLeast:
      return IsList(arg(0)) && SameShape(expr.type, arg(1).type) && HasOrder(policy, arg(1).type);
    case ExprKind::kConditional:
      return IsScalar(expr.type.kind) && SameShape(expr.type, arg(0).type) && SameShape(expr.type, arg(2).type);
    case ExprKind::kSome:
      return is_bool && IsList(arg(0)) && (!expr.args[1].valid() || HasVariable(policy, expr));
    case ExprKind::kCountAtLeast:
      return is_bool && IsList(arg(0));
    case ExprKind::kFilter:
      return IsList(arg(0)) && SameShape(expr.type, arg(0).type) && expr.args[1].valid() && HasVariable(policy, expr);
    case ExprKind::kIsKnown:
    case ExprKind::kIsNone:
      return is_bool && IsGiven(arg(0)) && IsScalar(arg(0).type.kind);
    case ExprKind::kOutputIs:
      return is_bool && OutputTestFits(policy, expr);
  }
  return false;
}

void VerifyDutyValues(Verifier& v, const Duty& duty, const std::string& where) {
  const Policy& policy = v.policy;
  for (std::size_t i = 0; i < duty.args.size(); ++i) {
    const Type& type = policy.actions[duty.action.index].parameters[i].type;
    const auto* value = std::get_if<value::Value>(&duty.args[i]);
    const auto* expr = std::get_if<ExprId>(&duty.args[i]);
    const bool fits = value != nullptr  ? IsScalar(type.kind) && Fits(policy, *value, type)
                      : expr != nullptr ? SameShape(policy.expr(*expr).type, type)
                                        : type.kind == TypeKind::kGroup;
    v.Require(fits, where + ": an argument of another type");
  }
  for (const Due& due : duty.dues) {
    v.Require(!due.date.valid() || IsTime(policy.expr(due.date).type.kind), where + ": due at no date");
    v.Require(IsLengthOfTime(due.period), where + ": due after no length of time");
  }
  v.Require(!duty.stands_while.valid() || policy.expr(duty.stands_while).type.kind == TypeKind::kBool,
            where + ": ended by no condition");
}

void VerifyRuleValues(Verifier& v, const Rule& rule) {
  for (const OutputConclusion& conclusion : rule.conclusions) {
    const auto* value = std::get_if<value::Value>(&conclusion.value);
    v.Require(value == nullptr || Fits(v.policy, *value, v.policy.outputs[conclusion.output.index].type),
              rule.name + ": concludes a value of another type");
    v.Require(v.policy.outputs[conclusion.output.index].protocol == rule.protocol,
              rule.name + ": concludes on another protocol's output");
  }
  for (const Duty& duty : rule.duties) VerifyDutyValues(v, duty, rule.name);
}

}  // namespace

void VerifyValues(Verifier& v) {
  const Policy& policy = v.policy;
  for (std::size_t i = 0; i < policy.exprs.size(); ++i) {
    v.Require(IsWellTyped(policy, policy.exprs[i]), "expression " + std::to_string(i) + ": of another type");
  }
  for (const Fact& fact : policy.facts) {
    if (!fact.assume) continue;
    const bool fits = fact.assume->empty_list ? fact.type.kind == TypeKind::kList
                                              : IsScalar(fact.type.kind) && Fits(policy, fact.assume->value, fact.type);
    v.Require(fits, fact.name + ": assumed as a value of another type");
  }
  for (const Output& output : policy.outputs) {
    v.Require(!output.default_value || Fits(policy, *output.default_value, output.type),
              output.name + ": a default of another type");
    if (output.means) VerifyDutyValues(v, *output.means, output.name);
  }
  for (const Record& record : policy.records) {
    for (const Field& field : record.fields) {
      v.Require(!field.derived.valid() || SameShape(policy.expr(field.derived).type, field.type),
                record.name + "." + field.name + ": derived as another type");
    }
    for (const model::Require& require : record.requires_) {
      v.Require(policy.expr(require.condition).type.kind == TypeKind::kBool, record.name + ": requires no condition");
    }
  }
  for (const Protocol& protocol : policy.protocols) {
    for (const Guarantee& guarantee : protocol.guarantees) {
      v.Require(policy.expr(guarantee.condition).type.kind == TypeKind::kBool, guarantee.name + ": no condition");
    }
  }
  for (const Rule& rule : policy.rules) VerifyRuleValues(v, rule);
}

}  // namespace cordon::model
