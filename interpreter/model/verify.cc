// Walks every table of a policy once; see verify.h. Expressions refer only to earlier ones, so that one pass is enough.
#include "model/verify.h"

#include <algorithm>
#include <utility>

#include "model/verifier.h"

namespace cordon::model {

namespace {

void VerifyType(Verifier& v, const Type& type, const std::string& where) {
  const TypeKind kind = type.kind == TypeKind::kList ? type.element : type.kind;
  v.Require(kind != TypeKind::kList, where + ": a list of lists");
  if (kind == TypeKind::kCategory) v.Refers(type.category, v.policy.categories, where + ": no category");
  if (kind == TypeKind::kRecord) v.Refers(type.record, v.policy.records, where + ": no record");
}

std::pair<std::size_t, std::size_t> ArgumentCount(ExprKind kind) {
  constexpr std::size_t kAny = 1U << 30U;
  switch (kind) {
    case ExprKind::kConstant:
    case ExprKind::kFact:
    case ExprKind::kElement:
    case ExprKind::kDefine:
    case ExprKind::kToday:
    case ExprKind::kNow:
    case ExprKind::kOutputIs:
      return {0, 0};
    case ExprKind::kField:
    case ExprKind::kNot:
    case ExprKind::kMember:
    case ExprKind::kShift:
    case ExprKind::kCountAtLeast:
    case ExprKind::kIsKnown:
    case ExprKind::kIsNone:
    case ExprKind::kMultiply:
      return {1, 1};
    case ExprKind::kLessEqual:
    case ExprKind::kLess:
    case ExprKind::kEqual:
    case ExprKind::kDifference:
    case ExprKind::kAdd:
    case ExprKind::kSubtract:
    case ExprKind::kSome:
    case ExprKind::kFilter:
    case ExprKind::kGreatest:
    case ExprKind::kLeast:
      return {2, 2};
    case ExprKind::kConditional:
      return {3, 3};
    case ExprKind::kAnd:
    case ExprKind::kOr:
      return {1, kAny};
  }
  return {0, 0};
}

// The type that `expr` must have for its kind, as far as the kind says.
void VerifyKind(Verifier& v, const Expr& expr, const std::string& where) {
  const auto arg_kind = [&](std::size_t i) { return v.policy.expr(expr.args[i]).type.kind; };
  const auto needs_bool = [&](std::size_t i) { v.Require(arg_kind(i) == TypeKind::kBool, where + ": no condition"); };
  switch (expr.kind) {
    case ExprKind::kNot:
    case ExprKind::kAnd:
    case ExprKind::kOr:
      for (std::size_t i = 0; i < expr.args.size(); ++i) needs_bool(i);
      break;
    case ExprKind::kSome:
    case ExprKind::kFilter:
      v.Require(arg_kind(0) == TypeKind::kList, where + ": no list");
      if (expr.args[1].valid()) needs_bool(1);
      break;
    case ExprKind::kCountAtLeast:
      v.Require(arg_kind(0) == TypeKind::kList && expr.count >= 1, where + ": no list, or a count below 1");
      break;
    case ExprKind::kMember:
      v.Require(arg_kind(0) == TypeKind::kCategory && std::is_sorted(expr.leaves.begin(), expr.leaves.end()),
                where + ": no symbol, or unsorted leaves");
      break;
    case ExprKind::kShift:
      v.Require((arg_kind(0) == TypeKind::kDate || arg_kind(0) == TypeKind::kDatetime) &&
                    (expr.direction == 1 || expr.direction == -1),
                where + ": no date to move");
      break;
    case ExprKind::kField:
      if (arg_kind(0) != TypeKind::kRecord) {
        v.Require(false, where + ": a field of no record");
      } else {
        const Record& record = v.policy.records[v.policy.expr(expr.args[0]).type.record.index];
        v.Refers(expr.field, record.fields, where + ": no field");
      }
      break;
    case ExprKind::kConditional:
      needs_bool(1);
      break;
    case ExprKind::kFact:
      v.Refers(expr.fact, v.policy.facts, where + ": no fact");
      break;
    case ExprKind::kDefine:
      v.Refers(expr.define, v.policy.defines, where + ": no definition");
      break;
    case ExprKind::kOutputIs:
      v.Refers(expr.output, v.policy.outputs, where + ": no output");
      break;
    case ExprKind::kElement:
      v.Require(expr.variable.valid() && expr.variable.index < v.policy.num_variables, where + ": no variable");
      break;
    case ExprKind::kLessEqual:
    case ExprKind::kLess:
    case ExprKind::kEqual:
    case ExprKind::kDifference:
    case ExprKind::kAdd:
    case ExprKind::kSubtract:
      v.Require(IsScalar(arg_kind(0)) && IsScalar(arg_kind(1)), where + ": values are compared that are none");
      break;
    case ExprKind::kMultiply:
      v.Require((arg_kind(0) == TypeKind::kInt || arg_kind(0) == TypeKind::kDecimal) &&
                    (expr.value.kind == value::Kind::kInt ||
                     (expr.value.kind == value::Kind::kDecimal && arg_kind(0) == TypeKind::kInt)),
                where + ": no number is multiplied");
      break;
    case ExprKind::kGreatest:
    case ExprKind::kLeast:
      v.Require(arg_kind(0) == TypeKind::kList && IsScalar(arg_kind(1)), where + ": no list, or no single value");
      v.Require(expr.variable.valid() && expr.variable.index < v.policy.num_variables, where + ": no variable");
      break;
    case ExprKind::kConstant:
    case ExprKind::kToday:
    case ExprKind::kNow:
    case ExprKind::kIsKnown:
    case ExprKind::kIsNone:
      break;
  }
}

void VerifyExprs(Verifier& v) {
  for (std::size_t i = 0; i < v.policy.exprs.size(); ++i) {
    const Expr& expr = v.policy.exprs[i];
    const std::string where = "expression " + std::to_string(i);
    const auto [least, most] = ArgumentCount(expr.kind);
    bool ok = expr.args.size() >= least && expr.args.size() <= most;
    for (std::size_t a = 0; a < expr.args.size(); ++a) {
      const bool may_lack = expr.kind == ExprKind::kSome && a == 1;
      ok = ok && (expr.args[a].valid() ? expr.args[a].index < i : may_lack);
    }
    v.Require(ok, where + ": wrong arguments");
    VerifyType(v, expr.type, where);
    if (ok) VerifyKind(v, expr, where);
  }
}

void VerifyDefines(Verifier& v) {
  std::vector<bool> standing(v.policy.exprs.size(), false);
  for (std::size_t i = 0; i < v.policy.defines.size(); ++i) {
    const Define& define = v.policy.defines[i];
    if (!v.Refers(define.value, v.policy.exprs, define.name + ": no value")) continue;
    std::vector<ExprId> open = {define.value};
    while (!open.empty()) {
      const ExprId id = open.back();
      open.pop_back();
      if (!id.valid() || standing[id.index]) continue;
      standing[id.index] = true;
      const Expr& expr = v.policy.expr(id);
      if (expr.kind == ExprKind::kDefine)
        v.Require(expr.define.index < i, define.name + ": stands before what it uses");
      open.insert(open.end(), expr.args.begin(), expr.args.end());
    }
  }
}

void VerifyDuty(Verifier& v, const Duty& duty, const std::string& where) {
  for (const Argument& argument : duty.args) {
    if (const auto* group = std::get_if<GroupId>(&argument)) v.Refers(*group, v.policy.groups, where + ": no group");
    if (const auto* id = std::get_if<ExprId>(&argument)) v.Refers(*id, v.policy.exprs, where + ": no argument");
  }
  v.Refers(duty.actor, v.policy.roles, where + ": no actor");
  if (v.Refers(duty.action, v.policy.actions, where + ": no action")) {
    v.Require(duty.args.size() == v.policy.actions[duty.action.index].parameters.size(), where + ": wrong arguments");
  }
  for (const RoleId role : duty.to) v.Refers(role, v.policy.roles, where + ": no recipient");
  for (const EventTiming& timing : duty.timings) v.Refers(timing.event, v.policy.events, where + ": no event");
  for (const Due& due : duty.dues) {
    v.RefersIfValid(due.date, v.policy.exprs, where + ": no due date");
    v.Require(due.kind == DueKind::kEvery || due.date.valid(), where + ": due at no date");
    v.Require(due.kind == DueKind::kBy || !(due.period == calendar::Period{}), where + ": due after no time");
  }
  for (const ForEach& each : duty.each) {
    if (v.Refers(each.list, v.policy.exprs, where + ": no list")) {
      v.Require(v.policy.expr(each.list).type.kind == TypeKind::kList, where + ": no list");
    }
  }
  for (const RoleId role : duty.with) v.Refers(role, v.policy.roles, where + ": nobody that it is done with");
  v.RefersIfValid(duty.stands_while, v.policy.exprs, where + ": no condition that ends it");
}

void VerifyRule(Verifier& v, const Rule& rule, std::size_t index) {
  const std::string& where = rule.name;
  v.Refers(rule.protocol, v.policy.protocols, where + ": no protocol");
  v.RefersIfValid(rule.table, v.policy.tables, where + ": no table");
  if (rule.for_each) v.Refers(rule.for_each->list, v.policy.exprs, where + ": no list");
  for (const Part& part : rule.parts) {
    if (!v.Refers(part.condition, v.policy.exprs, where + ": no condition")) continue;
    v.Require(v.policy.expr(part.condition).type.kind == TypeKind::kBool, where + ": a part is no condition");
  }
  for (const OutputConclusion& conclusion : rule.conclusions) {
    v.Refers(conclusion.output, v.policy.outputs, where + ": no output");
    const auto* judgement = std::get_if<JudgementId>(&conclusion.value);
    if (judgement != nullptr) v.Refers(*judgement, v.policy.judgements, where + ": no judgement");
  }
  for (const Duty& duty : rule.duties) VerifyDuty(v, duty, where);
  for (const RuleId other : rule.overrides) {
    if (v.Refers(other, v.policy.rules, where + ": overrides no rule")) {
      v.Require(other.index != index, where + ": overrides itself");
    }
  }
  for (const OutputId output : rule.drops_outputs) v.Refers(output, v.policy.outputs, where + ": drops no output");
  for (const ActionId action : rule.drops_actions) v.Refers(action, v.policy.actions, where + ": drops no action");
  for (const InterpretationId id : rule.interpretations) {
    v.Refers(id, v.policy.interpretations, where + ": no interpretation");
  }
}

void VerifyFacts(Verifier& v) {
  for (const Fact& fact : v.policy.facts) {
    VerifyType(v, fact.type, fact.name);
    v.Require(!fact.is_decision || (!fact.assume && fact.ask.empty()), fact.name + ": a decision that is asked for");
    for (const RoleId role : fact.confidential_to) v.Refers(role, v.policy.roles, fact.name + ": no role");
  }
  v.RefersIfValid(v.policy.setting, v.policy.facts, "no setting");
  for (const Group& group : v.policy.groups) {
    for (const FactId fact : group.facts) v.Refers(fact, v.policy.facts, group.name + ": no fact");
  }
  for (const Record& record : v.policy.records) {
    for (const Field& field : record.fields) {
      v.Require(IsScalar(field.type.kind), record.name + "." + field.name + ": no single value");
      v.RefersIfValid(field.derived, v.policy.exprs, record.name + "." + field.name + ": no expression");
    }
    for (const model::Require& require : record.requires_) {
      v.Refers(require.condition, v.policy.exprs, record.name + ": no condition");
    }
  }
}

void VerifyProtocols(Verifier& v) {
  for (const Protocol& protocol : v.policy.protocols) {
    for (const OutputId id : protocol.outputs) v.Refers(id, v.policy.outputs, protocol.name + ": no output");
    for (const RuleId id : protocol.rules) v.Refers(id, v.policy.rules, protocol.name + ": no rule");
    for (const ReleaseId id : protocol.releases) v.Refers(id, v.policy.releases, protocol.name + ": no release");
    for (const Guarantee& guarantee : protocol.guarantees) {
      v.Refers(guarantee.condition, v.policy.exprs, guarantee.name + ": no condition");
    }
  }
  for (const Release& release : v.policy.releases) {
    v.Refers(release.output, v.policy.outputs, "a release of no output");
    v.Require(!release.to.empty() && !release.texts.empty(), "a release that says nothing, or to nobody");
    for (const RoleId role : release.to) v.Refers(role, v.policy.roles, "a release to nobody");
  }
  for (const Output& output : v.policy.outputs) {
    VerifyType(v, output.type, output.name);
    v.Require(IsScalar(output.type.kind), output.name + ": no single value");
    if (output.means) VerifyDuty(v, *output.means, output.name);
  }
  for (const Judgement& judgement : v.policy.judgements) {
    v.Refers(judgement.by, v.policy.roles, "a judgement by nobody");
    v.RefersIfValid(judgement.weighing, v.policy.groups, "a judgement that weighs no group");
    v.RefersIfValid(judgement.decided_in, v.policy.facts, "a judgement decided in no fact");
  }
}

void VerifyTests(Verifier& v) {
  for (const Test& test : v.policy.tests) {
    v.Refers(test.protocol, v.policy.protocols, test.name + ": no protocol");
    for (const Given& given : test.setup.given) v.Refers(given.fact, v.policy.facts, test.name + ": no fact");
    for (const OutputExpectation& expected : test.outputs) {
      v.Refers(expected.output, v.policy.outputs, test.name + ": no output");
      for (const RuleId rule : expected.because) v.Refers(rule, v.policy.rules, test.name + ": no rule");
    }
    for (const DutyExpectation& expected : test.duties) VerifyDuty(v, expected.duty, test.name);
  }
}

}  // namespace

std::vector<std::string> Verify(const Policy& policy) {
  Verifier v{policy, {}};
  VerifyExprs(v);
  if (!v.broken.empty()) return v.broken;  // what follows reads expressions
  VerifyDefines(v);
  VerifyFacts(v);
  VerifyProtocols(v);
  for (std::size_t i = 0; i < policy.rules.size(); ++i) VerifyRule(v, policy.rules[i], i);
  VerifyTests(v);
  VerifyReferences(v);
  if (!v.broken.empty()) return v.broken;  // what follows reads all of it
  VerifyValues(v);
  VerifyScopes(v);
  VerifyOrder(v);
  return v.broken;
}

}  // namespace cordon::model
