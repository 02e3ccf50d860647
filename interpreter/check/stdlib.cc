// Looks libraries up in the embedded table; see stdlib.h.
#include "check/stdlib.h"

#include "check/stdlib_table.h"

namespace cordon::check {

std::optional<std::string_view> StandardLibrary(std::string_view name) {
  for (unsigned long i = 0; i < kNumEmbeddedLibraries; ++i) {
    if (kEmbeddedLibraries[i].name == name) return kEmbeddedLibraries[i].text;
  }
  return std::nullopt;
}

std::vector<std::string> StandardLibraries() {
  std::vector<std::string> names;
  for (unsigned long i = 0; i < kNumEmbeddedLibraries; ++i) names.emplace_back(kEmbeddedLibraries[i].name);
  return names;
}

}  // namespace cordon::check
