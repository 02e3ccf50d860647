// Private to check/: what Lint (context.h) is made of, one function a source.
//
// Lints are warnings, W06xx: they never change the exit status but with --deny-warnings, and there is no way to silence
// one in a policy. See docs/decisions/lints.md.
#pragma once

#include "check/context.h"

namespace cordon::check {

void LintUnused(Context& ctx);        // unused_lints.cc: what nothing uses
void LintTables(Context& ctx);        // table_lints.cc: gaps, overlaps, rows that say nothing of their own
void LintTexts(Context& ctx);         // text_lints.cc: parameters written out, languages that are missing
void LintExceptions(Context& ctx);    // rule_lints.cc: exceptions that a stricter rule outvotes
void LintUnaskedFacts(Context& ctx);  // rule_lints.cc: facts that nobody asks for or records

}  // namespace cordon::check
