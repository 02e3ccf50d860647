// Conditions, rules and outputs to nodes; see lower.h.
//
// Lists are the facts that hold them, with conditions: a quantifier is one over all elements that pass. A quantifier
// that reads no element around it is lowered as if it stood alone. Inside a conjunction about an element, a quantifier
// looks only at those elements that the rest of the conjunction leaves, which is what `guard` says.
#include "program/lower.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "model/rules.h"
#include "program/intern.h"
#include "support/assert.h"

namespace cordon::program {
namespace {

using model::Expr;
using model::ExprId;
using model::ExprKind;
using model::Type;
using model::TypeKind;

// What a variable stands for: an entry of a space, or a record fact.
struct Bound {
  model::VariableId variable;
  SpaceId space;
  model::FactId fact;  // valid for a record fact
};
struct Scope {
  std::vector<Bound> bound;
  BoolId guard;  // what the conditions beside this one leave; in the deepest space of `bound`

  Scope With(Bound more) const {
    Scope scope = *this;
    scope.bound.push_back(more);
    return scope;
  }
};

// A condition on an element of a list.
struct Test {
  model::VariableId variable;
  ExprId condition;
};

class Lowering {
 public:
  Lowering(const model::Policy& policy, Program& program)
      : policy_(policy), program_(program), make_(program), applies_(policy.rules.size()) {
    overriders_.resize(policy.rules.size());
    for (std::size_t i = 0; i < policy.rules.size(); ++i) {
      for (model::RuleId target : policy.rules[i].overrides) overriders_[target.index].emplace_back(i);
    }
  }

  void Run(const std::vector<model::ProtocolId>& also) {
    program_.outputs.resize(policy_.outputs.size());
    for (model::OutputId output : policy_.protocols[program_.protocol.index].outputs) LowerOutput(output);
    for (std::size_t i = 0; i < policy_.facts.size(); ++i) {
      if (program_.reads[i]) LowerRequires(model::FactId(i));
    }
    for (std::size_t i = 0; i < policy_.facts.size(); ++i) {
      const model::Fact& fact = policy_.facts[i];
      if (!program_.reads[i] || !fact.assume) continue;
      const bool unless = fact.assume->unless_asked;
      program_.assumptions.push_back({model::FactId(i), unless ? MustAsk(model::FactId(i), also) : BoolId()});
    }
  }

 private:
  // ---- conditions

  BoolId All(const std::vector<ExprId>& exprs, const Scope& scope) {
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

  bool HasQuantifier(ExprId id) {
    const Expr& expr = policy_.expr(id);
    if (expr.kind == ExprKind::kSome || expr.kind == ExprKind::kCountAtLeast) return true;
    return std::any_of(expr.args.begin(), expr.args.end(),
                       [&](ExprId arg) { return arg.valid() && HasQuantifier(arg); });
  }

  BoolId Condition(ExprId id, const Scope& scope) {
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

  BoolId Define(model::DefineId id) {
    const auto known = defines_.find(id);
    if (known != defines_.end()) return known->second;
    const BoolId made = Condition(policy_.defines[id.index].value, {});
    defines_.emplace(id, made);
    return made;
  }

  BoolId Compare(BoolKind kind, ExprId left, ExprId right, const Scope& scope) {
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

  BoolId Member(ScalarId symbol, const std::vector<std::size_t>& leaves, const Type& type) {
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
  BoolId AboutSource(BoolKind kind, ExprId id, const Scope& scope) {
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
  SpaceId Whole(SpaceId space) {
    const Space at = program_.spaces[space.index];
    if (!at.parent.valid() || at.parent == kRows) return space;
    return make_.SpaceOf(kRows, at.list, {});
  }

  BoolId Answer(const Expr& expr) {
    LowerOutput(expr.output);
    BoolNode node;
    node.kind = BoolKind::kAnswer;
    node.output = expr.output;
    node.test = expr.test;
    node.value = expr.value;
    return make_.Bool(std::move(node));
  }

  // ---- places

  const Bound& BoundOf(model::VariableId variable, const Scope& scope) const {
    const auto found =
        std::find_if(scope.bound.rbegin(), scope.bound.rend(), [&](const Bound& b) { return b.variable == variable; });
    CORDON_ASSERT(found != scope.bound.rend());
    return *found;
  }

  const model::Field& FieldOf(const Expr& expr) const {
    return policy_.records[policy_.expr(expr.args[0]).type.record.index].fields[expr.field.index];
  }

  // The record of a derived field, as its own expression calls it.
  Scope WithSelf(const Expr& field, const Scope& scope) const {
    const Expr& base = policy_.expr(field.args[0]);
    const model::VariableId self = policy_.records[base.type.record.index].self;
    Scope inner{scope.bound, scope.guard};
    if (base.kind == ExprKind::kFact) return inner.With({self, kRows, base.fact});
    const Bound bound = BoundOf(base.variable, scope);
    return inner.With({self, bound.space, bound.fact});
  }

  std::pair<Source, SpaceId> SourceOf(ExprId id, const Scope& scope) const {
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

  // ---- scalars

  ScalarId DayOf(ScalarId of) {
    ScalarNode node;
    node.kind = ScalarKind::kDayOf;
    node.type = TypeKind::kDate;
    node.space = make_.node(of).space;
    node.a = of;
    return make_.Scalar(std::move(node));
  }

  ScalarId Constant(const value::Value& value, TypeKind type) {
    ScalarNode node;
    node.kind = value.kind == value::Kind::kNone ? ScalarKind::kNoValue : ScalarKind::kConstant;
    node.type = type;
    node.number = value.number;
    node.text = value.text;
    return make_.Scalar(std::move(node));
  }

  ScalarId Two(ScalarKind kind, const Expr& expr, std::int64_t number, const Scope& scope) {
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

  ScalarId One(ScalarKind kind, const Expr& expr, const Scope& scope) {
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

  ScalarId Clock(ScalarKind kind, TypeKind type) {
    ScalarNode node;
    node.kind = kind;
    node.type = type;
    return make_.Scalar(std::move(node));
  }

  ScalarId ScalarOf(ExprId id, const Scope& scope) {
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

  ScalarId Read(ExprId id, const Scope& scope) {
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

  ScalarId Conditional(const Expr& expr, const Scope& scope) {
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
  ScalarId Extreme(const Expr& expr) {
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

  // ---- lists

  // The fact that a list takes its elements from, and the tests that they pass.
  std::pair<model::FactId, std::vector<Test>> RangeOf(ExprId list) const {
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

  BoolId Passes(const std::vector<Test>& tests, SpaceId over, const Scope& scope) {
    Scope inner{scope.bound, {}};
    std::vector<ExprId> conditions;
    for (const Test& test : tests) {
      inner.bound.push_back({test.variable, over, {}});
      if (test.condition.valid()) conditions.push_back(test.condition);
    }
    return All(conditions, inner);
  }

  void FreeVariables(ExprId id, std::set<model::VariableId>& variables) const {
    const Expr& expr = policy_.expr(id);
    if (expr.kind == ExprKind::kElement) variables.insert(expr.variable);
    for (ExprId arg : expr.args) {
      if (arg.valid()) FreeVariables(arg, variables);
    }
  }

  // The deepest space whose elements the tests read.
  SpaceId ParentOf(const std::vector<Test>& tests, const Scope& scope) const {
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
  BoolId Some(ExprId list, const std::vector<Test>& more, const Scope& scope, std::int64_t count) {
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
  BoolId Quantify(BoolId body, SpaceId over, std::int64_t count) {
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

  // ---- rules

  BoolId InSetting(model::ProtocolId id) {
    const model::Protocol& protocol = policy_.protocols[id.index];
    if (id != program_.protocol || protocol.settings.empty()) return make_.Constant(true);
    ScalarNode node;
    node.kind = ScalarKind::kSource;
    node.type = TypeKind::kCategory;
    node.source = {policy_.setting, std::nullopt};
    return Member(make_.Scalar(std::move(node)), protocol.settings, policy_.facts[policy_.setting.index].type);
  }

  std::vector<Test> TestsOf(const model::Rule& rule) const {
    std::vector<Test> tests;
    for (const model::Part& part : rule.parts) tests.push_back({rule.for_each->variable, part.condition});
    if (tests.empty()) tests.push_back({rule.for_each->variable, {}});
    return tests;
  }

  BoolId Applies(model::RuleId id) {
    if (applies_[id.index].valid()) return applies_[id.index];
    const model::Rule& rule = policy_.rules[id.index];
    const BoolId inside = InSetting(rule.protocol);
    BoolId applies;
    if (rule.for_each) {
      applies = Some(rule.for_each->list, TestsOf(rule), {}, 1);
    } else {
      std::vector<ExprId> conditions;
      for (const model::Part& part : rule.parts) conditions.push_back(part.condition);
      applies = All(conditions, {});
    }
    applies_[id.index] = make_.And({inside, applies});
    return applies_[id.index];
  }

  // `verdict`, and that no rule takes from `id` what it concludes on `target`.
  template <typename Target>
  BoolId NotTaken(model::RuleId id, Target target, BoolId verdict) {
    std::vector<BoolId> args{verdict};
    for (model::RuleId other : overriders_[id.index]) {
      const model::Rule& rule = policy_.rules[other.index];
      const bool same = rule.protocol == policy_.rules[id.index].protocol;
      if (same && model::Takes(rule, target)) args.push_back(make_.Not(Applies(other)));
    }
    return make_.And(std::move(args));
  }

  void LowerOutput(model::OutputId id) {
    OutputCode& code = program_.outputs[id.index];
    if (code.output.valid()) return;
    code.output = id;
    const model::ProtocolId protocol = policy_.outputs[id.index].protocol;
    const BoolId inside = InSetting(protocol);
    std::vector<Voice> voices;
    for (model::RuleId rule_id : policy_.protocols[protocol.index].rules) {
      for (const model::OutputConclusion& conclusion : policy_.rules[rule_id.index].conclusions) {
        if (conclusion.output != id) continue;
        AddVoices(rule_id, conclusion, NotTaken(rule_id, id, Applies(rule_id)), voices);
      }
    }
    program_.outputs[id.index].inside = inside;
    program_.outputs[id.index].groups = Grouped(voices);
    program_.outputs[id.index].voices = std::move(voices);
  }

  // Voices that say the same are one that stands where any of them does.
  std::vector<Voice> Grouped(const std::vector<Voice>& voices) {
    std::vector<Voice> groups;
    std::vector<std::vector<BoolId>> stands;
    for (const Voice& voice : voices) {
      const auto same = std::find_if(groups.begin(), groups.end(), [&](const Voice& group) {
        return group.value == voice.value && group.judgement == voice.judgement && group.exactly == voice.exactly;
      });
      if (same == groups.end()) {
        groups.push_back(voice);
        groups.back().rule = {};
        groups.back().decision = {};
        stands.push_back({voice.stands});
      } else {
        stands[static_cast<std::size_t>(same - groups.begin())].push_back(voice.stands);
      }
    }
    for (std::size_t i = 0; i < groups.size(); ++i) groups[i].stands = make_.Or(std::move(stands[i]));
    return groups;
  }

  // A judgement that somebody may have decided has a voice for each decision, and one while it is open.
  void AddVoices(model::RuleId rule, const model::OutputConclusion& conclusion, BoolId stands,
                 std::vector<Voice>& voices) {
    Voice voice{rule, {}, {}, {}, conclusion.exactly, stands};
    if (const auto* value = std::get_if<value::Value>(&conclusion.value)) {
      voice.value = *value;
      voices.push_back(std::move(voice));
      return;
    }
    const auto judgement = std::get<model::JudgementId>(conclusion.value);
    const model::FactId decision = policy_.judgements[judgement.index].decided_in;
    Voice open = voice;
    open.judgement = judgement;
    if (decision.valid()) {
      const BoolId known = AboutFact(BoolKind::kIsKnown, decision);
      open.stands = make_.And({stands, make_.Not(known)});
      voice.decision = decision;
      for (auto& [value, is] : DecisionsIn(decision)) {
        voice.value = value;
        voice.stands = make_.And({stands, known, is});
        voices.push_back(voice);
      }
    }
    voices.push_back(std::move(open));
  }

  BoolId AboutFact(BoolKind kind, model::FactId fact) {
    BoolNode node;
    node.kind = kind;
    node.source = {fact, std::nullopt};
    return make_.Bool(std::move(node));
  }

  std::vector<std::pair<value::Value, BoolId>> DecisionsIn(model::FactId fact) {
    const Type& type = policy_.facts[fact.index].type;
    if (type.kind == TypeKind::kBool) {
      const BoolId yes = AboutFact(BoolKind::kTruth, fact);
      return {{value::Value::Bool(false), make_.Not(yes)}, {value::Value::Bool(true), yes}};
    }
    if (type.kind != TypeKind::kCategory) {
      program_.whole = false;
      program_.why = "the decision `" + policy_.facts[fact.index].name + "` has more values than can be listed";
      return {};
    }
    std::vector<std::pair<value::Value, BoolId>> decisions;
    ScalarNode node;
    node.kind = ScalarKind::kSource;
    node.type = TypeKind::kCategory;
    node.source = {fact, std::nullopt};
    const ScalarId symbol = make_.Scalar(std::move(node));
    for (std::size_t leaf = 0; leaf < policy_.categories[type.category.index].leaves.size(); ++leaf) {
      decisions.emplace_back(value::Value::Symbol(leaf), Member(symbol, {leaf}, type));
    }
    return decisions;
  }

  // ---- what is assumed, and what must hold

  void LowerRequires(model::FactId id) {
    const Type& type = policy_.facts[id.index].type;
    if (!type.record.valid()) return;
    const model::Record& record = policy_.records[type.record.index];
    const bool is_list = type.kind == TypeKind::kList;
    for (const model::Require& require : record.requires_) {
      const SpaceId space = is_list ? make_.SpaceOf(kRows, id, {}) : kRows;
      const Bound self{record.self, space, is_list ? model::FactId() : id};
      const BoolId holds = make_.At(Condition(require.condition, Scope().With(self)), space);
      program_.requires_.push_back({holds, record.requires_.size() == 1 && IsPlain(holds)});
    }
  }

  // One comparison of what is given, which values can be found for unless they are excluded one by one.
  bool IsPlain(BoolId id) const {
    const BoolNode& node = make_.node(id);
    if (node.kind == BoolKind::kNot) return IsPlain(node.args[0]);
    if (node.kind == BoolKind::kTruth || node.kind == BoolKind::kMember) return true;
    return node.kind == BoolKind::kLessEqual && IsPlain(node.a) && IsPlain(node.b) && node.a != node.b;
  }
  bool IsPlain(ScalarId id) const {
    const ScalarKind kind = make_.node(id).kind;
    return kind == ScalarKind::kSource || kind == ScalarKind::kConstant || kind == ScalarKind::kToday;
  }

  bool AsksFor(const model::Duty& duty, model::FactId fact) const {
    if (duty.modality != model::Modality::kMust || !model::IsAsking(policy_, duty.action)) return false;
    return std::any_of(duty.args.begin(), duty.args.end(), [&](const model::Argument& arg) {
      const auto* group = std::get_if<model::GroupId>(&arg);
      if (group == nullptr) return false;
      const auto& facts = policy_.groups[group->index].facts;
      return std::find(facts.begin(), facts.end(), fact) != facts.end();
    });
  }

  BoolId MustAsk(model::FactId fact, const std::vector<model::ProtocolId>& also) {
    std::vector<model::ProtocolId> protocols = also;
    protocols.push_back(program_.protocol);
    std::vector<BoolId> asked;
    for (model::ProtocolId id : protocols) {
      const model::Protocol& protocol = policy_.protocols[id.index];
      for (model::RuleId rule : protocol.rules) {
        for (const model::Duty& duty : policy_.rules[rule.index].duties) {
          if (AsksFor(duty, fact)) asked.push_back(Stands(rule, duty));
        }
      }
      for (model::OutputId output : protocol.outputs) {
        const auto& means = policy_.outputs[output.index].means;
        if (means && AsksFor(*means, fact)) asked.push_back(Meant(output, *means));
      }
    }
    return make_.Or(std::move(asked));
  }

  // A rule's duty stands for some element, where the rule is for each.
  BoolId Stands(model::RuleId id, const model::Duty& duty) {
    const model::Rule& rule = policy_.rules[id.index];
    BoolId applies = Applies(id);
    if (duty.stands_while.valid() && rule.for_each) {
      std::vector<Test> tests = TestsOf(rule);
      tests.push_back({rule.for_each->variable, duty.stands_while});
      applies = make_.And({InSetting(rule.protocol), Some(rule.for_each->list, tests, {}, 1)});
    } else if (duty.stands_while.valid()) {
      applies = make_.And({applies, Condition(duty.stands_while, {})});
    }
    return NotTaken(id, duty.action, applies);
  }

  BoolId Meant(model::OutputId output, const model::Duty& duty) {
    Expr yes;
    yes.output = output;
    yes.value = value::Value::Bool(true);
    const BoolId is = Answer(yes);
    return duty.stands_while.valid() ? make_.And({is, Condition(duty.stands_while, {})}) : is;
  }

  const model::Policy& policy_;
  Program& program_;
  Interner make_;
  std::vector<BoolId> applies_;
  std::vector<std::vector<model::RuleId>> overriders_;
  std::map<model::DefineId, BoolId> defines_;
};

}  // namespace

Program Lower(const model::Policy& policy, model::ProtocolId protocol, const std::vector<model::ProtocolId>& also,
              const std::vector<bool>& reads) {
  Program program;
  program.policy = &policy;
  program.protocol = protocol;
  program.reads = reads;
  Lowering(policy, program).Run(also);
  return program;
}

}  // namespace cordon::program
