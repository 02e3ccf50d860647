// Rendering diagnostics for people: the place, the line with the mark, the help.
#pragma once

#include <cstdint>
#include <string>

#include "diagnostics/diagnostic.h"

namespace cordon::diagnostics {

enum class Colour : std::uint8_t { kNever, kAlways };

// One diagnostic as text, ending in a line break:
//
//   error[E0201]: there is no fact or definition `cpo_evr_detected`
//     --> admission.cordon:41:10
//      |
//   41 |     when cpo_evr_detected
//      |          ^^^^^^^^^^^^^^^^
//      = help: did you mean `cpo_ever_detected`?
//
// Tabs count as one column and are shown as a space; a line over 160 code points is shown around its mark.
std::string Render(const Diagnostic& diagnostic, const Sources& sources, Colour colour);

// All diagnostics of a sink, sorted by source and place, an empty line between them, then `2 errors, 1 warning`.
// At most 50 are shown; the closing line counts the rest. Empty for an empty sink.
std::string RenderAll(const Sink& sink, const Sources& sources, Colour colour);

}  // namespace cordon::diagnostics
