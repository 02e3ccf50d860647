// GeneratedTests: generated patients as statements of their protocol, with what the policy answers today, to be
// confirmed.
//
// The text is Cordon, not yet laid out (format/format.h does that). Tested by tests/golden/test/generate.golden.
#pragma once

#include <string>

#include "analyse/generate.h"
#include "model/model.h"

namespace cordon::report {

// An example and tests like it, to stand in the protocol.
std::string GeneratedTests(const model::Policy& policy, const analyse::GeneratedProtocol& generated);

}  // namespace cordon::report
