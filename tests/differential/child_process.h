// A program run as a child, with no more time than it is given by this program's own clock.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace cordon::testing {

// The first word on its standard output; nothing where it took longer, and was ended. `program` is looked for on PATH.
std::optional<std::string> FirstWordOf(const std::vector<std::string>& command, std::chrono::milliseconds limit);

// Whether there is such a program on PATH.
bool IsInstalled(const std::string& program);

}  // namespace cordon::testing
