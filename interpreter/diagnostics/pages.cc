// Looks pages up in the embedded table; see pages.h. Tested by tests/unit/sarif_test.cc.
#include "diagnostics/pages.h"

#include "diagnostics/pages_table.h"

namespace cordon::diagnostics {

std::string_view CodePage(Code code) {
  const std::string_view text = CodeText(code);
  for (unsigned long i = 0; i < kNumEmbeddedPages; ++i) {
    if (kEmbeddedPages[i].name == text) return kEmbeddedPages[i].text;
  }
  return {};
}

std::string PageProse(std::string_view page) {
  std::string prose;
  bool fenced = false;
  while (!page.empty()) {
    const std::size_t end = page.find('\n');
    const std::string_view line = page.substr(0, end);
    page.remove_prefix(end == std::string_view::npos ? page.size() : end + 1);
    if (line.substr(0, 3) == "```") {
      fenced = !fenced;
    } else if (!fenced && line.substr(0, 2) != "# " && !(line.empty() && (prose.empty() || prose.ends_with("\n\n")))) {
      prose += std::string(line) + "\n";
    }
  }
  while (prose.ends_with('\n')) prose.pop_back();
  return prose;
}

}  // namespace cordon::diagnostics
