// Layout: how a part of a text is cut out with its lines, and how one is set in elsewhere.
#pragma once

#include <string_view>

#include "compose/rope.h"
#include "diagnostics/source.h"

namespace cordon::compose {

// `span` with its whole lines, where nothing but blanks and a comment stands beside it; and with one of the two empty
// lines that it would leave behind.
Span WholeLines(const diagnostics::Sources& sources, Span span);

// Where lines that follow `span` are set in: the end of its last line, before the line break.
std::uint32_t EndOfLine(const diagnostics::Sources& sources, const Span& span);

// How far the line that `span` begins in is indented.
std::size_t IndentOf(const diagnostics::Sources& sources, const Span& span);

// The text of `span`, its first line to stand at `indent` and the others as far from it as they were. Brought by
// `change`. Begins without a line break and ends without one.
Rope Indented(const diagnostics::Sources& sources, const Span& span, std::size_t indent, std::size_t change);

Piece Glue(std::string text, const Span& at, std::size_t change);
void Append(Rope& rope, Rope more);

}  // namespace cordon::compose
