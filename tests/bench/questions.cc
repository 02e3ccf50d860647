// Holds interviews and fills in forms; see questions.h. Tested by tests/unit/questions_test.cc.
#include "questions.h"

#include <algorithm>
#include <utility>

#include "evaluate/evaluate.h"
#include "evaluate/reads.h"
#include "support/assert.h"

namespace cordon::bench {
namespace {

using evaluate::Place;
using evaluate::Prompt;
using evaluate::PromptKind;
using facts::Cell;
using facts::CellState;
using model::TypeKind;

// One patient being asked: what is known so far, and how often it was asked.
class Session {
 public:
  Session(const model::Policy& policy, facts::Subject patient) : policy_(policy), patient_(std::move(patient)) {
    state_.subject = facts::Unasked(policy, patient_.as_of);
    if (policy.setting.valid()) state_.subject.facts[policy.setting.index] = patient_.fact(policy.setting);
  }

  const evaluate::InterviewState& state() const { return state_; }
  std::size_t num_questions() const { return num_questions_; }

  void Ask(const Prompt& prompt) {
    diagnostics::Sink misfits;
    auto after = Answered(policy_, state_, prompt, ReplyTo(prompt), misfits);
    CORDON_ASSERT(after.has_value());
    state_ = *std::move(after);
    ++num_questions_;
  }

  // How many elements the patient's list has, and how many of them were told.
  std::size_t NumElements(const Place& list) { return Truth(list).children.size(); }

 private:
  const Cell& Truth(const Place& place) { return CellAt(policy_, patient_, place); }

  evaluate::Reply ReplyTo(const Prompt& prompt) {
    const Cell& truth = Truth(prompt.place);
    if (prompt.kind == PromptKind::kValue) {
      if (truth.unknown()) return {evaluate::ReplyKind::kUnknown, {}};
      return {evaluate::ReplyKind::kAnswer, truth};
    }
    const bool any = prompt.kind == PromptKind::kAnyElement;
    facts::Subject told = state_.subject;
    const std::size_t num_told = any ? 0 : CellAt(policy_, told, prompt.place).children.size();
    return {evaluate::ReplyKind::kAnswer, Cell::Known(value::Value::Bool(truth.children.size() > num_told))};
  }

  const model::Policy& policy_;
  facts::Subject patient_;
  evaluate::InterviewState state_;
  std::size_t num_questions_ = 0;
};

// The questions of a form about one fact: whether there is anything, each element's fields, whether there is more.
std::vector<Prompt> PromptsOf(const model::Policy& policy, model::FactId id, Session& session) {
  const model::Fact& fact = policy.facts[id.index];
  const auto prompt = [&](PromptKind kind, Place place) {
    return Prompt{kind, std::move(place), fact.name, {}, fact.recorded, false};
  };
  if (fact.type.kind != TypeKind::kList) return {prompt(PromptKind::kValue, {id, {}})};
  std::vector<Prompt> prompts = {prompt(PromptKind::kAnyElement, {id, {}})};
  for (std::size_t i = 0; i < session.NumElements({id, {}}); ++i) {
    if (fact.type.element == TypeKind::kRecord) {
      const std::vector<model::Field>& fields = policy.records[fact.type.record.index].fields;
      for (std::size_t f = 0; f < fields.size(); ++f) {
        if (!fields[f].derived.valid()) prompts.push_back(prompt(PromptKind::kValue, {id, {i, f}}));
      }
    } else {
      prompts.push_back(prompt(PromptKind::kValue, {id, {i}}));
    }
    prompts.push_back(prompt(PromptKind::kFurtherElement, {id, {}}));
  }
  return prompts;
}

// Every fact that bears on the protocol in any way.
evaluate::FactSet BearingOn(const model::Policy& policy, model::ProtocolId protocol) {
  using evaluate::Extent;
  evaluate::FactSet facts;
  for (const model::OutputId output : policy.protocols[protocol.index].outputs) {
    facts.merge(FactsOfOutput(policy, protocol, output, Extent::kBearing));
  }
  for (const model::RuleId rule : policy.protocols[protocol.index].rules) {
    for (const model::Duty& duty : policy.rules[rule.index].duties) {
      facts.merge(FactsOfDuty(policy, protocol, rule, {}, duty, Extent::kBearing));
    }
  }
  return facts;
}

}  // namespace

Asked Interview(const model::Policy& policy, model::ProtocolId protocol, facts::Subject patient,
                evaluate::LookUps look_ups) {
  Session session(policy, std::move(patient));
  while (true) {
    evaluate::Turn turn = NextTurn(policy, protocol, session.state(), look_ups);
    if (!turn.prompt) return {session.num_questions(), std::move(turn.outcome)};
    session.Ask(*turn.prompt);
  }
}

Asked Form(const model::Policy& policy, model::ProtocolId protocol, facts::Subject patient, evaluate::LookUps look_ups,
           const std::vector<model::FactId>& order, Stop stop) {
  Session session(policy, std::move(patient));
  const auto settled = [&] {
    return stop == Stop::kWhenSettled && NothingToAsk(policy, protocol, session.state(), look_ups);
  };
  for (const model::FactId fact : order) {
    for (const Prompt& prompt : PromptsOf(policy, fact, session)) {
      if (settled()) return {session.num_questions(), evaluate::Evaluate(policy, protocol, session.state().subject)};
      session.Ask(prompt);
    }
  }
  return {session.num_questions(), evaluate::Evaluate(policy, protocol, session.state().subject)};
}

std::vector<model::FactId> FormOrder(const model::Policy& policy, model::ProtocolId protocol,
                                     const std::string& first) {
  const evaluate::FactSet bearing = BearingOn(policy, protocol);
  std::vector<model::FactId> order;
  for (const model::Group& group : policy.groups) {
    if (group.name == first) order = group.facts;
  }
  for (std::size_t i = 0; i < policy.facts.size(); ++i) {
    const model::FactId fact(i);
    if (policy.facts[i].is_decision || fact == policy.setting || bearing.count(fact) == 0) continue;
    if (std::find(order.begin(), order.end(), fact) == order.end()) order.push_back(fact);
  }
  return order;
}

}  // namespace cordon::bench
