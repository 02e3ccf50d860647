// Reference: what a policy says about one World, clause by clause of the language manual.
//
// The specification in code. On a complete patient every verdict is yes or no and this is the language's meaning; where
// unknowns are left, connectives follow Kleene's three-valued logic, every comparison is decided exactly by the World,
// and an unknown verdict names the one open question that it waits for, which evaluate/search.h then decides both ways.
// Tested by tests/golden/eval and tests/differential/completions_test.cc.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "evaluate/combine.h"
#include "evaluate/conditions.h"
#include "evaluate/duties.h"
#include "evaluate/outcome.h"
#include "evaluate/view.h"
#include "evaluate/work.h"
#include "evaluate/world.h"
#include "model/model.h"
#include "value/truth.h"

namespace cordon::evaluate {

// What a duty may still be in one completion or another: not there, or of a modality.
struct DutyAnswers {
  bool may_be_absent = false;
  std::vector<model::Modality> modalities;  // strongest first
  OpenPtr open;                             // where there are several of all these
};

// Facts of the evaluation that no view holds.
struct Context {
  const model::Policy& policy;
  model::ProtocolId protocol;  // its setting counts; protocols that it refers to are evaluated in their own
  model::Moment as_of;
  const DutyTable& duties;
  std::vector<bool> reads_facts;    // by ExprId, as ExprsThatReadFacts finds it
  Work* work = nullptr;             // what may be spent on searching; null: any amount
  DutyTable asking_elsewhere = {};  // of the protocols that it refers to

  // Whether one more world may be looked at; it counts.
  bool Spend(const World& world) const { return work == nullptr || work->Spend(world.variables.size()); }
  bool exhausted() const { return work != nullptr && work->exhausted(); }
};

class Reference {
 public:
  // Reads `world` and `views`, which must outlive it and not change: a new World needs a new Reference.
  Reference(const Context& context, const World& world, const std::vector<View>& views);
  ~Reference();
  Reference(const Reference&) = delete;
  Reference& operator=(const Reference&) = delete;

  // A condition, under the elements bound around it. REQUIRES: of type bool.
  Verdict Condition(model::ExprId expr, const Bindings& bindings, std::size_t view);
  // Whether all of `claims` hold.
  Verdict All(const std::vector<Claim>& claims, const Bindings& bindings, std::size_t view);

  // Whether the protocol is in its setting.
  Verdict InSetting(model::ProtocolId protocol, std::size_t view);
  // Whether a rule's conditions hold, for some element where it is for each.
  Verdict Applies(model::RuleId rule, std::size_t view);
  // Whether it applies and no rule that overrides it takes its conclusion on `output`, or on `action`.
  Verdict StandsFor(model::RuleId rule, model::OutputId output, std::size_t view);
  Verdict StandsFor(model::RuleId rule, model::ActionId action, std::size_t view);
  // Whether `output` has its default because no rule stands.
  Verdict HasDefault(model::OutputId output, std::size_t view);

  Answers AnswersOf(model::OutputId output, std::size_t view);
  // The value that a conclusion has: its own, or the decision's where one is given; nothing for an open judgement.
  std::optional<value::Value> ConcludedValue(const model::OutputConclusion& conclusion, std::size_t view) const;

  // Whether a duty's conclusion stands, for its element where it has one.
  Verdict Stands(const DutyConclusion& conclusion, std::size_t view);
  // The modalities that a duty may still have, by its place in the context's table.
  DutyAnswers DutyOf(std::size_t duty, std::size_t view);
  // Whether a duty to ask for `fact` is in effect.
  Verdict MustAsk(model::FactId fact, std::size_t view);
  // Whether `fact` has its assumed value.
  Verdict HasAssumedValue(model::FactId fact, std::size_t view);
  // A value that is known, or nothing. With `element`, of an expression that may read it.
  std::optional<value::Value> KnownValue(model::ExprId expr, const Bindings& bindings, std::size_t view);
  std::optional<value::Value> KnownValue(model::ExprId expr, const std::optional<DutyElement>& element,
                                         std::size_t view);
  // What a quantifier ranges over.
  ListRange Range(model::ExprId list, const Bindings& bindings, std::size_t view);
  Sentence SentenceOf(const ListRange& range, const std::vector<Sentence::Test>& tests, std::size_t view);
  std::vector<CellPtr> ElementsOf(const Cell& list);
  // The elements of a list expression that are given or known to exist, with whether each passes the list's filters.
  std::vector<std::pair<CellPtr, Verdict>> Elements(model::ExprId list, std::size_t view);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace cordon::evaluate
