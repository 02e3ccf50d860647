// Audience: the part of a protocol's results that somebody may hear who may not know every fact.
//
// Two ways lead there, and no third. A conclusion on which no withheld fact bears, by the policy's text alone, is
// evaluated for a subject in which the withheld facts were never given: so nothing of them can reach it. A release
// is evaluated for the whole subject, and passes its one sentence. What a policy hides therefore depends on the
// policy, never on the subject: what is not there says nothing either. Source: the language manual, "Audiences".
// Tested by tests/unit/audience_test.cc.
#pragma once

#include <vector>

#include "evaluate/evaluate.h"
#include "evaluate/outcome.h"
#include "evaluate/reads.h"
#include "facts/subject.h"
#include "model/model.h"

namespace cordon::evaluate {

struct Audience {
  model::RoleId role;
  FactSet withheld;                        // confidential to others
  Scope open;                              // what no withheld fact bears on
  std::vector<model::ReleaseId> releases;  // the protocol's, to this role

  // Whether its result is empty whatever the subject.
  bool hears_nothing() const { return open.outputs.empty() && open.duties.empty() && releases.empty(); }
};

// Costs about the square of the protocol's duties and rules where something is withheld.
Audience AudienceOf(const model::Policy& policy, model::ProtocolId protocol, model::RoleId role);

// What the audience may hear of `subject`. Two subjects with the same facts but for the withheld ones, and the same
// sentences, come to the same outcome.
// REQUIRES: as Evaluate.
Outcome EvaluateFor(const model::Policy& policy, model::ProtocolId protocol, const facts::Subject& subject,
                    const Audience& audience);

}  // namespace cordon::evaluate
