// The table of the codes' pages, which the build makes from docs/errors/.
#pragma once

#include "support/embedded_text.h"

namespace cordon::diagnostics {

extern const support::EmbeddedText kEmbeddedPages[];  // by code, sorted
extern const unsigned long kNumEmbeddedPages;

}  // namespace cordon::diagnostics
