// OpenPatients: patients of whom one fact is not known, so that it is unknown whether a rule applies.
#pragma once

#include <vector>

#include "facts/subject.h"
#include "model/model.h"

namespace cordon::analyse {

struct OpenPatient {
  facts::Subject subject;
  std::vector<model::RuleId> rules;  // open for him, and for none before him; one or more
};

// One of `known` each, with one fact, or a field of one record of a list, sought and not learnt. Rules that stay are
// open for no such patient. None of them certainly violates a guarantee, or what is required of a record.
std::vector<OpenPatient> OpenPatients(const model::Policy& policy, model::ProtocolId protocol,
                                      const std::vector<facts::Subject>& known);

}  // namespace cordon::analyse
