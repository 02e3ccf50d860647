// What a policy says of the guideline's statements: interpretations recorded at the margin, answers, omissions. Private
// to check/.
#pragma once

#include "check/context.h"

namespace cordon::check {

// Enters the interpretations that stand at the margin, before anything refers to them. Reports an id given twice.
void RecordInterpretations(Context& ctx);

// Their citations, who settles them, where they stand, and what answers and omits which statement. REQUIRES: all names
// are entered.
void CollectStatements(Context& ctx);

}  // namespace cordon::check
