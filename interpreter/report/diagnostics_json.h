// DiagnosticsJson: the mistakes of one run as a JSON document, for editors and build tools.
#pragma once

#include <string>

#include "diagnostics/diagnostic.h"

namespace cordon::report {

// `{ "diagnostics": [ { code, severity, message, help, place: { file, line, column, end_line, end_column }, notes } ]
// }`, sorted by place. A member that says nothing is left out. Lines and columns count from 1, columns in code points.
// `proofs`: JSON objects, one after the other, that stand beside them as `proofs`.
std::string DiagnosticsJson(const diagnostics::Sink& sink, const diagnostics::Sources& sources,
                            const std::string& proofs = {});

}  // namespace cordon::report
