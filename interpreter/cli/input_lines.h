// InputLines: standard input, line by line.
#pragma once

#include <istream>
#include <optional>
#include <string>

namespace cordon::cli {

// The next line without its line end, cut after `limit` bytes; nothing at the end of the input. A last line needs no
// line end.
std::optional<std::string> ReadLine(std::istream& in, std::size_t limit);

}  // namespace cordon::cli
