// Keeps the states of an interview; see session.h.
#include "cli/session.h"

#include <utility>

#include "support/assert.h"

namespace cordon::cli {

Session::Session(const model::Policy& policy, model::ProtocolId protocol, facts::Subject start,
                 evaluate::LookUps look_ups)
    : policy_(policy), protocol_(protocol), look_ups_(look_ups) {
  states_.push_back({std::move(start), {}, {}});
  Advance();
}

void Session::Advance() { turn_ = evaluate::NextTurn(policy_, protocol_, states_.back(), look_ups_); }

bool Session::Give(const evaluate::Reply& reply, diagnostics::Sink& sink) {
  CORDON_ASSERT(turn_.prompt.has_value());
  auto next = evaluate::Answered(policy_, states_.back(), *turn_.prompt, reply, sink);
  if (!next) return false;
  states_.push_back(*std::move(next));
  Advance();
  return true;
}

bool Session::GoBack() {
  if (states_.size() == 1) return false;
  states_.pop_back();
  Advance();
  return true;
}

}  // namespace cordon::cli
