// Load: a policy from a path or name to its model: found, read, digested, parsed, composed, checked; or compiled
// before.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "check/check.h"
#include "cli/chain.h"
#include "cli/run.h"
#include "cli/versions.h"
#include "compose/compose.h"
#include "diagnostics/diagnostic.h"
#include "model/model.h"

namespace cordon::cli {

// The policy that `query` means, composed with what it revises or adapts, with the libraries that it uses and the
// digest of all their texts. Nothing where a file is missing or does not parse, or a change does not fit; then the sink
// says why. Spans of the trees lie in composed texts, which `origins` leads back to the files as written.
std::optional<Loaded> LoadComposed(const Environment& environment, const PolicyQuery& query,
                                   diagnostics::Sources& sources, compose::Origins& origins, diagnostics::Sink& sink);

// The same, checked. Where `references` is given, the uses of names are noted there, in the composed texts.
struct CheckedPolicy {
  compose::Composed composed;
  model::Policy policy;  // its spans lie in the files as written
};
std::optional<CheckedPolicy> LoadChecked(const Environment& environment, const PolicyQuery& query,
                                         diagnostics::Sources& sources, compose::Origins& origins,
                                         diagnostics::Sink& sink, check::References* references = nullptr);

// The syntax trees of the files that `query` means, as they are written: without what they revise, and without
// libraries.
std::optional<std::vector<syntax::File>> LoadWritten(const Environment& environment, const PolicyQuery& query,
                                                     diagnostics::Sources& sources, diagnostics::Sink& sink);

// The model of what `query` means, from its text or from a compiled policy. Its spans, and those of what is reported,
// lie in the files as written.
std::optional<model::Policy> LoadPolicy(const Environment& environment, const PolicyQuery& query,
                                        diagnostics::Sources& sources, diagnostics::Sink& sink);

// The model with its tests, which only the text of a policy has: a compiled one is refused, E0726.
std::optional<model::Policy> LoadPolicyText(const Environment& environment, const PolicyQuery& query,
                                            diagnostics::Sources& sources, diagnostics::Sink& sink);

// Warns (W0712) where `policy` says when it is in force, and `day` lies outside.
void WarnNotInForce(const model::Policy& policy, const calendar::Date& day, diagnostics::Sink& sink);

}  // namespace cordon::cli
