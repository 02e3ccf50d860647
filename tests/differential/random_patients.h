// Random complete patients of a frame, biased to few values so that conditions hold now and then.
#pragma once

#include "random_policies.h"
#include "symbolic/ground.h"
#include "symbolic/patient.h"

namespace cordon::testing {

symbolic::Patient RandomPatient(Random& random, const symbolic::Frame& frame);
// Whether every record satisfies what its type requires.
bool IsAllowed(const symbolic::Terms& terms, const symbolic::Axioms& axioms, const symbolic::Patient& patient);

}  // namespace cordon::testing
