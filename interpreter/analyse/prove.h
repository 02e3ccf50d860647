// Prove: what holds of a policy for every patient. The verb of proof.h.
//
// Each question is put as a condition that no patient must meet, or that some patient must. Patients already known,
// those of the policy's own tests first, are tried before a solver is asked. Source: docs/language/analysis.md. Tested
// by tests/golden/prove.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "analyse/proof.h"
#include "analyse/words.h"
#include "facts/subject.h"
#include "model/model.h"
#include "symbolic/session.h"

namespace cordon::analyse {

struct ProveOptions {
  TextAt text_at;                                                                    // of spans of the policy
  std::function<std::string(const model::Policy&, const facts::Subject&)> document;  // facts as JSON
  std::uint64_t effort = symbolic::kUsualEffort;
  symbolic::QueryLog log;
  // The rows that are known already to say nothing of their own, and are not told again.
  std::vector<diagnostics::Span> told;
  std::vector<diagnostics::Diagnostic> gaps;  // suspected ones, at the headings of tables: how they would be mended
  const model::Policy* base = nullptr;        // the version that the policy adapts; null where it has none, or no text
};

Proof Prove(const model::Policy& policy, const ProveOptions& options);

}  // namespace cordon::analyse
