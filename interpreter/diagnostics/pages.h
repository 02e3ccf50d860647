// Pages: the text of each code's page in docs/errors/, which is part of the program.
#pragma once

#include <string>
#include <string_view>

#include "diagnostics/diagnostic.h"

namespace cordon::diagnostics {

// The page of `code` in Markdown; empty where it has none.
std::string_view CodePage(Code code);

// A page's prose: what stands outside of its fenced blocks, without the title.
std::string PageProse(std::string_view page);

}  // namespace cordon::diagnostics
