// The standard library: Cordon source that is part of the program.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cordon::check {

// The text of library `name` (`std.countries`), or nothing where there is none.
std::optional<std::string_view> StandardLibrary(std::string_view name);

// The names of all standard libraries, sorted.
std::vector<std::string> StandardLibraries();

}  // namespace cordon::check
