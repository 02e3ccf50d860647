// The code table and the sink; see diagnostic.h.
#include "diagnostics/diagnostic.h"

#include <algorithm>
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

bool BeginsCodePoint(char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }

// `text` with every run between blanks that is longer than a person can read cut in its middle. No name in use comes
// near; paths and digests stay whole.
std::string Shortened(std::string text) {
  constexpr std::size_t kLongest = 300;
  constexpr std::size_t kKept = 60;
  if (text.size() <= kLongest) return text;
  std::string shortened;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(' ', begin), text.size() - 1) + 1;
    if (end - begin <= kLongest) {
      shortened.append(text, begin, end - begin);
    } else {
      std::size_t head = begin + kKept;
      std::size_t tail = end - kKept;
      while (!BeginsCodePoint(text[head])) --head;
      while (!BeginsCodePoint(text[tail])) ++tail;
      shortened.append(text, begin, head - begin).append("…").append(text, tail, end - tail);
    }
    begin = end;
  }
  return shortened;
}

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
  for (Note& note : notes) note.message = Shortened(std::move(note.message));
  diagnostics_.push_back({code, span, Shortened(std::move(message)), Shortened(std::move(help)), std::move(notes)});
}

}  // namespace cordon::diagnostics
