// Trace: messages about a composed policy, and its model, led back to the files as written.
#pragma once

#include "compose/compose.h"

namespace cordon::compose {

// Reports to the desk what `found` has to say about `composed`: every place in a file that a person wrote, and beside
// it the change that altered it or took away what is missing.
void Forward(Desk& desk, const Composed& composed, const diagnostics::Sink& found);

// Gives `policy`, which was checked from `composed`, what it needs to know of the versions below: its bases and
// changes, and spans in the files as written.
void Complete(const Origins& origins, const Composed& composed, model::Policy& policy);

}  // namespace cordon::compose
