// Reach: which rules and protocols read what, so that a change is only looked for where it can show.
#pragma once

#include <vector>

#include "analyse/mutants.h"
#include "model/model.h"

namespace cordon::analyse {

// What is read somewhere, directly or through definitions and records' own fields; each by its id's index.
struct Reads {
  std::vector<bool> exprs;
  std::vector<bool> facts;
  std::vector<bool> defines;
};

// What a mutant can touch: by RuleId those that read what it changes, or are changed; by ProtocolId those whose tests
// can tell.
struct Touched {
  std::vector<bool> rules;
  std::vector<bool> protocols;
};

class Reach {
 public:
  // Costs about the rules times the definitions.
  explicit Reach(const model::Policy& policy);

  // Read by what the policy concludes, and not only by guarantees and requirements.
  const Reads& by_rules() const { return all_; }
  Touched TouchedBy(const Mutant& mutant) const;

 private:
  void MarkRow(const Mutant& mutant, Touched& touched) const;

  const model::Policy& policy_;
  Reads all_;
  std::vector<Reads> rules_;      // by RuleId
  std::vector<Reads> protocols_;  // by ProtocolId: its rules, outputs, guarantees; all requirements
  std::vector<std::vector<bool>>
      reads_;  // by ProtocolId, twice: whether the first reads outputs of the second, or is it
};

}  // namespace cordon::analyse
