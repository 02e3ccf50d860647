// Wanted: an answer that somebody wants, read from `screen=yes` or `ward: isolate=none`.
// Tested by tests/golden/why_not and tests/golden/usage.
#pragma once

#include <string>
#include <vector>

#include "diagnostics/diagnostic.h"
#include "model/model.h"
#include "symbolic/encode.h"

namespace cordon::analyse {

struct Wanted {
  std::string name;        // `screen`, `ward: isolate`
  std::string answer;      // `yes`, `not covered`, `judgement`: whoever judges; of a duty `must`, `none`
  model::OutputId output;  // invalid: a duty
};

// Each of `texts`, of `encoder`'s protocol. Mistakes go to `sink`: E0865 where it is no such pair, E0866 where there is
// no such output or duty, E0867 where it has no such answer, E0868 where two want different answers of one thing.
std::vector<Wanted> ReadWanted(symbolic::Encoder& encoder, const symbolic::Frame& frame,
                               const std::vector<std::string>& texts, diagnostics::Sink& sink);

// Whether an answer, as Replay tells it, is what is wanted.
bool IsWanted(const Wanted& wanted, const std::string& answer);

// When it is.
symbolic::TermId ConditionOf(symbolic::Terms& terms, symbolic::Encoder& encoder, const Wanted& wanted);

}  // namespace cordon::analyse
