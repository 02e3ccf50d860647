// Cuts and joins the policy's own text; see phrases.h. Tested by tests/unit/mutants_test.cc.
#include "analyse/phrases.h"

#include <algorithm>
#include <cctype>

namespace cordon::analyse {
namespace {

using diagnostics::Span;

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

std::string Folded(std::string_view text) {
  std::string folded;
  bool blank = false;
  for (const char c : text) {
    if (IsBlank(c)) {
      blank = !folded.empty();
      continue;
    }
    if (blank) folded += ' ';
    blank = false;
    folded += c;
  }
  return folded;
}

bool IsSign(char c) { return c == '<' || c == '>' || c == '=' || c == '!'; }
bool IsLetter(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.'; }

// Whether `word` ends where `text` begins to be something else: `<` is not found in `<=`, nor `or` in `ward`.
bool IsWhole(std::string_view text, std::size_t at, std::string_view word) {
  const auto joins = [&](char inner, char outer) {
    return IsSign(inner) ? IsSign(outer) : IsLetter(inner) && IsLetter(outer);
  };
  if (at > 0 && joins(word.front(), text[at - 1])) return false;
  const std::size_t end = at + word.size();
  return end == text.size() || !joins(word.back(), text[end]);
}

bool Inside(const std::vector<Span>& parts, const Span& place) {
  return std::any_of(parts.begin(), parts.end(), [&](const Span& part) {
    return part.source == place.source && part.begin < place.end && place.begin < part.end;
  });
}

}  // namespace

bool Phrases::Stands(const Span& span) const {
  return span.valid() && span.source.index < sources_.size() && span.begin <= span.end &&
         span.end <= sources_.text(span.source).size();
}

std::string Phrases::Of(const Span& span) const { return Stands(span) ? Folded(sources_.text(span)) : std::string(); }

std::optional<std::string> Phrases::With(const Span& whole, const Span& part, std::string_view text) const {
  if (!Stands(whole) || !Stands(part) || whole.source != part.source) return std::nullopt;
  if (part.begin < whole.begin || whole.end < part.end) return std::nullopt;
  std::string written(sources_.text(whole));
  written.replace(part.begin - whole.begin, part.end - part.begin, text);
  return Folded(written);
}

std::optional<std::string> Phrases::WithWord(const Span& whole, const std::vector<Span>& parts, std::string_view from,
                                             std::string_view to) const {
  if (!Stands(whole)) return std::nullopt;
  const std::string_view text = sources_.text(whole);
  std::string written;
  std::size_t done = 0;
  bool found = false;
  for (std::size_t at = text.find(from); at != std::string_view::npos; at = text.find(from, at + 1)) {
    const auto begin = static_cast<std::uint32_t>(whole.begin + at);
    const Span place{whole.source, begin, begin + static_cast<std::uint32_t>(from.size())};
    if (at < done || !IsWhole(text, at, from) || Inside(parts, place)) continue;
    written.append(text.substr(done, at - done)).append(to);
    done = at + from.size();
    found = true;
    while (to.empty() && done < text.size() && IsBlank(text[done])) ++done;
  }
  if (!found) return std::nullopt;
  written.append(text.substr(done));
  return Folded(written);
}

}  // namespace cordon::analyse
