// InterviewJson: an interview that another program drives, one JSON message a line.
//
// Out: `{"question": {…}, "open": […]}`, before it `"error"` or `"why"` where the last message in calls for it; at the
// end `{"result": …}`. In: see facts::ReadMessage. Source: the language manual, "Asking".
#pragma once

#include <string>

#include "cli/run.h"
#include "cli/session.h"

namespace cordon::cli {

// Asks until there is no more to ask, the program quits, or the input ends.
void InterviewProgram(Session& session, Environment& environment, diagnostics::Sources& sources);

// The last message; `result` is a document of the evaluation contract.
std::string ResultMessage(const std::string& result);

}  // namespace cordon::cli
