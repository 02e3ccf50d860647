// Lines and columns; see source.h.
#include "diagnostics/source.h"

#include <algorithm>

#include "support/assert.h"
#include "support/text.h"

namespace cordon::diagnostics {

Span Cover(const Span& a, const Span& b) {
  if (!a.valid()) return b;
  if (!b.valid()) return a;
  CORDON_ASSERT(a.source == b.source);
  return {a.source, std::min(a.begin, b.begin), std::max(a.end, b.end)};
}

SourceId Sources::Add(std::string name, std::string text) {
  File file{std::move(name), std::move(text), {0}};
  for (std::size_t at = file.text.find('\n'); at != std::string::npos; at = file.text.find('\n', at + 1)) {
    file.line_starts.push_back(static_cast<std::uint32_t>(at + 1));
  }
  files_.push_back(std::move(file));
  return SourceId(files_.size() - 1);
}

std::string_view Sources::text(const Span& span) const {
  return text(span.source).substr(span.begin, span.end - span.begin);
}

Place Sources::place(SourceId id, std::uint32_t offset) const {
  const File& file = files_[id.index];
  const auto after = std::upper_bound(file.line_starts.begin(), file.line_starts.end(), offset);
  const auto line = static_cast<std::size_t>(after - file.line_starts.begin());
  const std::uint32_t start = file.line_starts[line - 1];
  const std::string_view before = std::string_view(file.text).substr(start, offset - start);
  return {line, 1 + support::CountCodePoints(before)};
}

std::string_view Sources::line(SourceId id, std::size_t number) const {
  const File& file = files_[id.index];
  if (number == 0 || number > file.line_starts.size()) return {};
  const std::uint32_t start = file.line_starts[number - 1];
  std::string_view rest = std::string_view(file.text).substr(start);
  rest = rest.substr(0, rest.find('\n'));
  if (!rest.empty() && rest.back() == '\r') rest.remove_suffix(1);
  return rest;
}

}  // namespace cordon::diagnostics
