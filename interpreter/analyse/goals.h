// Goals: what the tests of a protocol should show, each a condition that some patient meets.
//
// Every rule and row both ways, each of its conditions as the one that fails, each comparison at its boundary and a
// step to either side, every answer, duty and assumption. Source: docs/language/tests.md.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "diagnostics/source.h"
#include "symbolic/encode.h"

namespace cordon::analyse {

struct Goal {
  symbolic::TermId condition;
  std::string words;  // `hot applies`, `travel.1: only "stay.abroad = yes" fails`
  // Where nobody meets the condition, what comes near; invalid: nothing.
  symbolic::TermId otherwise;
  std::string otherwise_words;
  bool expected = true;  // that nobody meets it is worth telling
};

// The goals of the encoder's protocol, rule by rule, then those of the protocol; no condition twice. `text_at`: what is
// written at a place.
std::vector<Goal> ListGoals(symbolic::Terms& terms, symbolic::Encoder& encoder,
                            const std::function<std::string(const diagnostics::Span&)>& text_at);

}  // namespace cordon::analyse
