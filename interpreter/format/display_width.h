// DisplayWidth: how many columns a text takes in an editor.
//
// Follows Unicode Standard Annex 11 (East Asian Width) as far as editors do: a combining mark takes none, a wide
// character two, any other one. Tested by tests/unit/format_test.cc.
#pragma once

#include <cstddef>
#include <string_view>

namespace cordon::format {

// REQUIRES: valid UTF-8.
std::size_t DisplayWidth(std::string_view text);

}  // namespace cordon::format
