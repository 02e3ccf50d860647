// Format: a policy's text in the house style.
//
// Works on the words, signs and comments of a file, not on its tree: what an author wrote stays, only where it stands
// changes. The style is docs/decisions/0013. What holds for every text that parses: the words and signs stay the same
// and in their order, each comment stays where it was among them, the syntax tree stays the same, and formatting twice
// is formatting once. Tested by tests/unit/format_test.cc.
#pragma once

#include <optional>
#include <string>

#include "diagnostics/diagnostic.h"
#include "diagnostics/source.h"

namespace cordon::format {

// The text of one policy file, laid out. Nothing where it does not parse; then the sink says why (E01xx). A text that
// would then be read differently stays as it is: a comment before a name such as `test` would bring the name to the
// begin of a line, where it is a word.
std::optional<std::string> Format(const diagnostics::Sources& sources, diagnostics::SourceId source,
                                  diagnostics::Sink& sink);

}  // namespace cordon::format
