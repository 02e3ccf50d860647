// Parse: policy text to syntax tree.
//
// The only door to the parser: ANTLR, the token filter and the message layer stay behind it, and nothing throws past
// it.
#pragma once

#include "diagnostics/diagnostic.h"
#include "diagnostics/source.h"
#include "syntax/ast.h"

namespace cordon::syntax {

// The largest policy file, in bytes. A larger one is refused before it is read by the parser.
inline constexpr std::size_t kLargestFile = 4U << 20U;
// How deep brackets may nest.
inline constexpr std::size_t kDeepestNesting = 100;

// Reads one policy file. Mistakes go to `sink` (E01xx), each once and at most 1000 of them; what could be read stands
// in the result, so that later passes can go on as long as the sink has no errors. Never throws, never hangs: linear in
// the text but for messages.
File Parse(const diagnostics::Sources& sources, diagnostics::SourceId source, diagnostics::Sink& sink);

}  // namespace cordon::syntax
