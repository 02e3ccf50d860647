// Private to `cordon check`: what --prove adds.
#pragma once

#include <string>

#include "cli/load.h"

namespace cordon::cli {

struct ProveQuery {
  PolicyQuery policy;
  std::string effort;  // in millions of steps; empty: the usual
  std::string format;  // `text` or `json`
};

// Proves what there is to prove of `policy`, which the query means. Findings go to `sink`, where they replace what is
// only suspected there; `status` becomes the exit status where a promise is broken or undecided. What was proved, as
// text, or as one JSON object.
std::string ProvePolicy(const Environment& environment, const ProveQuery& query, const model::Policy& policy,
                        diagnostics::Sources& sources, diagnostics::Sink& sink, int& status);

}  // namespace cordon::cli
