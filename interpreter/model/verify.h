// Verify: whether a policy keeps the invariants of model/model.h.
#pragma once

#include <string>
#include <vector>

#include "model/model.h"

namespace cordon::model {

// What is broken, one line each: ids that refer to nothing, expressions with arguments or types that their kind cannot
// have, definitions that stand before what they use. Empty for a sound policy. Linear in the policy.
std::vector<std::string> Verify(const Policy& policy);

}  // namespace cordon::model
