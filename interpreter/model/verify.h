// Verify: whether a policy keeps the invariants of model/model.h.
#pragma once

#include <string>
#include <vector>

#include "model/model.h"

namespace cordon::model {

// What is broken, one line each: ids that refer to nothing, expressions with arguments or types that their kind cannot
// have, definitions that stand before what they use, values of another type, elements that nothing binds, what hangs on
// itself. Empty for a sound policy, which every engine can read, whoever wrote it. Linear in the policy.
std::vector<std::string> Verify(const Policy& policy);

}  // namespace cordon::model
