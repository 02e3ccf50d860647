// Lines, blanks and comments around a span; see layout.h. Tested by tests/unit/compose_test.cc.
#include "compose/layout.h"

#include <algorithm>
#include <string>
#include <utility>

namespace cordon::compose {
namespace {

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

std::size_t LineStart(std::string_view text, std::size_t at) {
  while (at > 0 && text[at - 1] != '\n') --at;
  return at;
}

// The end of the line that `at` lies in: its line break, or the end of the text.
std::size_t LineEnd(std::string_view text, std::size_t at) { return std::min(text.find('\n', at), text.size()); }

bool OnlyBlanks(std::string_view text, std::size_t begin, std::size_t end) {
  return std::all_of(text.begin() + static_cast<std::ptrdiff_t>(begin), text.begin() + static_cast<std::ptrdiff_t>(end),
                     IsBlank);
}

// Whether nothing but blanks and a comment stands in [at, the line's end).
bool EndsLine(std::string_view text, std::size_t at) {
  while (at < text.size() && IsBlank(text[at])) ++at;
  return at == text.size() || text[at] == '\n' || text[at] == '#';
}

}  // namespace

Span WholeLines(const diagnostics::Sources& sources, Span span) {
  const std::string_view text = sources.text(span.source);
  const std::size_t begin = LineStart(text, span.begin);
  if (!OnlyBlanks(text, begin, span.begin) || !EndsLine(text, span.end)) return span;
  std::size_t end = LineEnd(text, span.end);
  if (end < text.size()) ++end;
  const bool blank_before = begin == 0 || OnlyBlanks(text, LineStart(text, begin - 1), begin - 1);
  const std::size_t next = LineEnd(text, end);
  if (blank_before && OnlyBlanks(text, end, next)) end = std::min(next + 1, text.size());
  return {span.source, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

std::uint32_t EndOfLine(const diagnostics::Sources& sources, const Span& span) {
  const std::string_view text = sources.text(span.source);
  if (!EndsLine(text, span.end)) return span.end;
  std::size_t end = LineEnd(text, span.end);
  if (end > span.end && text[end - 1] == '\r') --end;
  return static_cast<std::uint32_t>(end);
}

std::size_t IndentOf(const diagnostics::Sources& sources, const Span& span) {
  const std::string_view text = sources.text(span.source);
  const std::size_t begin = LineStart(text, span.begin);
  std::size_t at = begin;
  while (at < span.begin && IsBlank(text[at])) ++at;
  return at - begin;
}

Piece Glue(std::string text, const Span& at, std::size_t change) { return {at, std::move(text), change}; }

void Append(Rope& rope, Rope more) {
  for (Piece& piece : more) rope.push_back(std::move(piece));
}

Rope Indented(const diagnostics::Sources& sources, const Span& span, std::size_t indent, std::size_t change) {
  const std::size_t from = IndentOf(sources, span);
  const std::string_view text = sources.text(span.source);
  Rope rope;
  std::size_t at = span.begin;
  for (bool first = true; at < span.end; first = false) {
    const std::size_t end = std::min<std::size_t>(span.end, LineEnd(text, at) + 1);
    std::size_t begin = at;
    if (!first) {
      while (begin < end && IsBlank(text[begin])) ++begin;
      const std::size_t was = begin - at;
      const std::size_t is = was + indent > from ? was + indent - from : 0;
      if (begin < end && text[begin] != '\n' && is > 0) rope.push_back(Glue(std::string(is, ' '), span, change));
    }
    if (begin < end) {
      rope.push_back({{span.source, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}, {}, change});
    }
    at = end;
  }
  return rope;
}

}  // namespace cordon::compose
