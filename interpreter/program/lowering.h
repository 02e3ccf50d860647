// Lowering: the work of program::Lower. Inside program/ only; see lower.cc.
#pragma once

#include <map>
#include <set>
#include <utility>
#include <vector>

#include "program/intern.h"
#include "program/lower.h"

namespace cordon::program {

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
  Lowering(const model::Policy& policy, Program& program);
  void Run(const std::vector<model::ProtocolId>& also);

 private:
  // ---- conditions
  BoolId All(const std::vector<ExprId>& exprs, const Scope& scope);
  bool HasQuantifier(ExprId id);
  BoolId Condition(ExprId id, const Scope& scope);
  BoolId Define(model::DefineId id);
  BoolId Compare(BoolKind kind, ExprId left, ExprId right, const Scope& scope);
  BoolId Member(ScalarId symbol, const std::vector<std::size_t>& leaves, const Type& type);
  // REQUIRES: `id` is a fact, an element or a given field.
  BoolId AboutSource(BoolKind kind, ExprId id, const Scope& scope);
  // The space of all elements of the list that `space` takes some from.
  SpaceId Whole(SpaceId space);
  BoolId Answer(const Expr& expr);

  // ---- places
  const Bound& BoundOf(model::VariableId variable, const Scope& scope) const;
  const model::Field& FieldOf(const Expr& expr) const;
  // The record of a derived field, as its own expression calls it.
  Scope WithSelf(const Expr& field, const Scope& scope) const;
  std::pair<Source, SpaceId> SourceOf(ExprId id, const Scope& scope) const;

  // ---- scalars
  ScalarId DayOf(ScalarId of);
  ScalarId Constant(const value::Value& value, TypeKind type);
  ScalarId Two(ScalarKind kind, const Expr& expr, std::int64_t number, const Scope& scope);
  ScalarId One(ScalarKind kind, const Expr& expr, const Scope& scope);
  ScalarId Clock(ScalarKind kind, TypeKind type);
  ScalarId ScalarOf(ExprId id, const Scope& scope);
  ScalarId Read(ExprId id, const Scope& scope);
  ScalarId Conditional(const Expr& expr, const Scope& scope);
  // The list of an extreme reads no element around it.
  ScalarId Extreme(const Expr& expr);

  // ---- lists
  // The fact that a list takes its elements from, and the tests that they pass.
  std::pair<model::FactId, std::vector<Test>> RangeOf(ExprId list) const;
  BoolId Passes(const std::vector<Test>& tests, SpaceId over, const Scope& scope);
  void FreeVariables(ExprId id, std::set<model::VariableId>& variables) const;
  // The deepest space whose elements the tests read.
  SpaceId ParentOf(const std::vector<Test>& tests, const Scope& scope) const;
  // At least `count` elements of `list` pass the list's tests and `more`.
  BoolId Some(ExprId list, const std::vector<Test>& more, const Scope& scope, std::int64_t count);
  // What reads no element of `over` is asked beside the quantifier.
  BoolId Quantify(BoolId body, SpaceId over, std::int64_t count);

  // ---- rules
  BoolId InSetting(model::ProtocolId id);
  std::vector<Test> TestsOf(const model::Rule& rule) const;
  BoolId Applies(model::RuleId id);
  // `verdict`, and that no rule takes from `id` what it concludes on `target`.
  template <typename Target>
  BoolId NotTaken(model::RuleId id, Target target, BoolId verdict);
  void LowerOutput(model::OutputId id);
  // Voices that say the same are one that stands where any of them does.
  std::vector<Voice> Grouped(const std::vector<Voice>& voices);
  // A judgement that somebody may have decided has a voice for each decision, and one while it is open.
  void AddVoices(model::RuleId rule, const model::OutputConclusion& conclusion, BoolId stands,
                 std::vector<Voice>& voices);
  BoolId AboutFact(BoolKind kind, model::FactId fact);
  std::vector<std::pair<value::Value, BoolId>> DecisionsIn(model::FactId fact);

  // ---- what is assumed, and what must hold
  void LowerRequires(model::FactId id);
  // One comparison of what is given, which values can be found for unless they are excluded one by one.
  bool IsPlain(BoolId id) const;
  bool IsPlain(ScalarId id) const;
  bool AsksFor(const model::Duty& duty, model::FactId fact) const;
  BoolId MustAsk(model::FactId fact, const std::vector<model::ProtocolId>& also);
  // A rule's duty stands for some element, where the rule is for each.
  BoolId Stands(model::RuleId id, const model::Duty& duty);
  BoolId Meant(model::OutputId output, const model::Duty& duty);
  const model::Policy& policy_;
  Program& program_;
  Interner make_;
  std::vector<BoolId> applies_;
  std::vector<std::vector<model::RuleId>> overriders_;
  std::map<model::DefineId, BoolId> defines_;
};

}  // namespace cordon::program
