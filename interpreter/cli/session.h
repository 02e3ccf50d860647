// Session: one interview from its first question on, with the way back. What both of its skins hold.
#pragma once

#include <vector>

#include "evaluate/interview.h"

namespace cordon::cli {

class Session {
 public:
  // `policy` must outlive this. REQUIRES: CheckFeasible holds for `start`.
  Session(const model::Policy& policy, model::ProtocolId protocol, facts::Subject start, evaluate::LookUps look_ups);

  const model::Policy& policy() const { return policy_; }
  const evaluate::Turn& turn() const { return turn_; }
  const facts::Subject& subject() const { return states_.back().subject; }
  bool done() const { return !turn_.prompt; }
  // Of the question to be answered, from 1.
  std::size_t number() const { return states_.size(); }

  // Takes the reply to the question, unless it contradicts what was answered before: E0510. REQUIRES: not done().
  bool Give(const evaluate::Reply& reply, diagnostics::Sink& sink);
  // Takes back the last reply; false where there is none.
  bool GoBack();

 private:
  void Advance();

  const model::Policy& policy_;
  model::ProtocolId protocol_;
  evaluate::LookUps look_ups_;
  std::vector<evaluate::InterviewState> states_;
  evaluate::Turn turn_;
};

}  // namespace cordon::cli
