// A text that the build puts into the program: a page of docs/errors/, a file of stdlib/.
#pragma once

#include <string_view>

namespace cordon::support {

struct EmbeddedText {
  std::string_view name;
  std::string_view text;
};

}  // namespace cordon::support
