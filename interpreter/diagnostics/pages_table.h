// The table of the codes' pages, which the build makes from docs/errors/.
#pragma once

#include <string_view>

namespace cordon::diagnostics {

struct EmbeddedPage {
  std::string_view code;
  std::string_view text;
};

extern const EmbeddedPage kEmbeddedPages[];  // sorted by code
extern const unsigned long kNumEmbeddedPages;

}  // namespace cordon::diagnostics
