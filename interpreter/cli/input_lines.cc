// Reads lines of bounded length; see input_lines.h. Tested by tests/golden/ask/.
#include "cli/input_lines.h"

namespace cordon::cli {

std::optional<std::string> ReadLine(std::istream& in, std::size_t limit) {
  std::string line;
  bool any = false;
  for (char c = 0; in.get(c);) {
    any = true;
    if (c == '\n') break;
    if (line.size() < limit) line += c;
  }
  if (!any) return std::nullopt;
  if (!line.empty() && line.back() == '\r') line.pop_back();
  return line;
}

}  // namespace cordon::cli
