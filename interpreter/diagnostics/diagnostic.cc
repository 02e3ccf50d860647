// The code table and the sink; see diagnostic.h.
#include "diagnostics/diagnostic.h"

#include <array>
#include <utility>

namespace cordon::diagnostics {
namespace {

struct CodeRow {
  std::string_view text;
  Severity severity;
  Area area;
  std::string_view summary;
};

// INVARIANT: in step with the enum `Code`, since both come from codes.def.
constexpr CodeRow kCodes[] = {
#define CORDON_CODE(name, text, severity, area, summary) {text, Severity::severity, Area::area, summary},
#include "diagnostics/codes.def"
#undef CORDON_CODE
};

const CodeRow& Row(Code code) { return kCodes[static_cast<std::size_t>(code)]; }

}  // namespace

std::string_view CodeText(Code code) { return Row(code).text; }
Severity CodeSeverity(Code code) { return Row(code).severity; }
Area CodeArea(Code code) { return Row(code).area; }
std::string_view CodeSummary(Code code) { return Row(code).summary; }

std::vector<Code> AllCodes() {
  std::vector<Code> codes;
  for (std::size_t i = 0; i < std::size(kCodes); ++i) codes.push_back(static_cast<Code>(i));
  return codes;
}

void Sink::Report(Code code, Span span, std::string message, std::string help, std::vector<Note> notes) {
  if (CodeSeverity(code) == Severity::kError) ++num_errors_;
  diagnostics_.push_back({code, span, std::move(message), std::move(help), std::move(notes)});
}

}  // namespace cordon::diagnostics
