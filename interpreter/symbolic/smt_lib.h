// SmtLib: a query as a script in SMT-LIB 2.6, so that anybody can put it to a solver of his own.
#pragma once

#include <string>
#include <vector>

#include "symbolic/ground.h"
#include "symbolic/solver.h"

namespace cordon::symbolic {

// The unknowns by readable names, everything asserted, and `(check-sat)`; the answer that was found as a comment and as
// `:status`. REQUIRES: grounded conditions of `grounding`.
std::string SmtLib(const Terms& terms, const Grounding& grounding, const std::vector<TermId>& asserted,
                   const std::vector<TermId>& assumptions, Answer answer);

}  // namespace cordon::symbolic
