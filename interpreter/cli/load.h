// Load: a policy from a path or name to its model: found, read, digested, parsed, checked.
#pragma once

#include <optional>
#include <string>

#include "check/check.h"
#include "cli/run.h"
#include "cli/versions.h"
#include "diagnostics/diagnostic.h"
#include "model/model.h"

namespace cordon::cli {

// The syntax trees of the policy version that `policy` means at `as_of`, with the libraries that it uses and the digest
// of all their texts. Nothing where a file is missing or does not parse; then the sink says why.
std::optional<check::Unit> LoadUnit(const Environment& environment, const PolicyQuery& query,
                                    diagnostics::Sources& sources, diagnostics::Sink& sink);

// The same, checked: the model.
std::optional<model::Policy> LoadPolicy(const Environment& environment, const PolicyQuery& query,
                                        diagnostics::Sources& sources, diagnostics::Sink& sink);

}  // namespace cordon::cli
