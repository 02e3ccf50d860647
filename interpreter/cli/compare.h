// Compare: what a policy's test expects against what was concluded.
#pragma once

#include <string>
#include <vector>

#include "diagnostics/source.h"
#include "evaluate/outcome.h"
#include "model/model.h"

namespace cordon::cli {

// One expectation that does not hold. Both texts are spelt as in a test.
struct Mismatch {
  diagnostics::Span span;
  std::string expected;
  std::string seen;
};

// The expectations of `test` that `outcome` does not meet, in order. Needs and reasons are compared as sets, and only
// where the test names any. Of a duty the events, the recipients and the due date are compared where the test names
// them; a due date must be written out, and one that has to be worked out is never met.
std::vector<Mismatch> Compare(const model::Policy& policy, const model::Test& test, const evaluate::Outcome& outcome);

}  // namespace cordon::cli
