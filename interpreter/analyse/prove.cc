// Asks every question of a policy in turn; see prove.h.
#include "analyse/prove.h"

#include <algorithm>

#include "analyse/prover.h"

namespace cordon::analyse {

Proof Prove(const model::Policy& policy, const ProveOptions& options) {
  Proof proof;
  for (const Topic topic : kTopics) proof.topics.push_back({topic, 0, 0, 0, 0, {}});
  // A second version of the same patients: the policy without one rule, each in turn.
  model::Policy without = policy;
  Prover prover({&policy, &without}, {}, options, proof);
  prover.AddTests();
  ProveTables(prover);
  ProveConflicts(prover);
  ProveExceptions(prover);
  ProveGuarantees(prover);
  ProveAudiences(prover);
  ProveRules(prover, without);
  ProveCalendar(prover);
  ProveClaims(policy, options, proof);
  std::stable_sort(proof.findings.begin(), proof.findings.end(),
                   [](const Finding& a, const Finding& b) { return a.topic < b.topic; });
  for (const TopicResult& result : proof.topics) {
    if (!IsPromise(result.topic)) continue;
    if (result.refuted > 0) proof.verdict = Verdict::kRefuted;
    if (result.undecided > 0 && proof.verdict == Verdict::kProved) proof.verdict = Verdict::kUndecided;
  }
  return proof;
}

}  // namespace cordon::analyse
