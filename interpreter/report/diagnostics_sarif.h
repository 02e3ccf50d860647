// DiagnosticsSarif: the mistakes of one run as a SARIF 2.1.0 log, for code hosts and editors.
//
// Source: OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0.
#pragma once

#include <string>
#include <string_view>

#include "diagnostics/diagnostic.h"

namespace cordon::report {

// One run of the tool `cordon` in the version `version`. Each code that is reported is a rule, with its page of
// docs/errors/ as help; each diagnostic a result, with its notes as related locations. Columns count code points from
// 1, and an end is the column behind the last one. A result's fingerprint does not hang on its line's number, so that
// it stays the same when lines are added above. Sorted by place.
std::string DiagnosticsSarif(const diagnostics::Sink& sink, const diagnostics::Sources& sources,
                             std::string_view version);

// `path` as a URI reference: relative as it is, absolute as `file:///…`, other characters as percent escapes.
std::string AsUri(std::string_view path);

}  // namespace cordon::report
