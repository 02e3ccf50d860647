// Lower: a protocol of a checked policy to a Program.
#pragma once

#include <vector>

#include "model/model.h"
#include "program/program.h"

namespace cordon::program {

// Lowers what `protocol` concludes on its outputs, what that reads of other protocols, `also` among them for their
// duties to ask, and what the records of `reads` (by FactId) require. The policy must outlive the program.
Program Lower(const model::Policy& policy, model::ProtocolId protocol, const std::vector<model::ProtocolId>& also,
              const std::vector<bool>& reads);

}  // namespace cordon::program
