// InterviewTerminal: an interview with a person, line by line.
//
// What it says goes to `err`, so that `out` holds the result alone. Where the answers come from a file or a pipe each
// is shown after its prompt, so that what is printed reads as it would in a terminal.
#pragma once

#include <string>

#include "cli/run.h"
#include "cli/session.h"

namespace cordon::cli {

// Asks until there is no more to ask, the person quits, or the input ends. Mistakes are told and the question is put
// again.
void InterviewPerson(Session& session, Environment& environment, const diagnostics::Sources& sources,
                     const std::string& language);

}  // namespace cordon::cli
