// The table of the standard library's texts, which the build makes from stdlib/.
#pragma once

#include "support/embedded_text.h"

namespace cordon::check {

extern const support::EmbeddedText kEmbeddedLibraries[];  // by name, sorted
extern const unsigned long kNumEmbeddedLibraries;

}  // namespace cordon::check
