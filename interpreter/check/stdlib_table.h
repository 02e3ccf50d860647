// The table of the standard library's texts, which the build makes from stdlib/.
#pragma once

#include <string_view>

namespace cordon::check {

struct EmbeddedLibrary {
  std::string_view name;
  std::string_view text;
};

extern const EmbeddedLibrary kEmbeddedLibraries[];  // sorted by name
extern const unsigned long kNumEmbeddedLibraries;

}  // namespace cordon::check
