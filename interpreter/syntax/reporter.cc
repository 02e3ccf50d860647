// Reporting mistakes of one file; see tokens.h.
#include <algorithm>
#include <iterator>

#include "syntax/tokens.h"

namespace cordon::syntax {
namespace {

// Past so many mistakes a file is no policy, and nothing more is said about it.
constexpr std::size_t kMostReports = 1000;
constexpr std::size_t kLongestQuote = 60;
// A chunk with more slips than this is reported so far and not mended any further.
constexpr std::size_t kMostChanges = 200;

}  // namespace

void Reporter::Report(diagnostics::Code code, const Token& token, std::string message, std::string help,
                      std::vector<diagnostics::Note> notes) {
  if (full() || spoilt(token) || !places_.insert(token.begin).second) return;
  ++num_reports_;
  sink_.Report(code, span(token), std::move(message), std::move(help), std::move(notes));
}

void Reporter::Spoil(std::uint32_t begin, std::uint32_t end) {
  auto next = spoilt_.upper_bound(begin);
  if (next != spoilt_.begin() && std::prev(next)->second >= begin) {
    --next;
    begin = next->first;
  }
  while (next != spoilt_.end() && next->first <= end) {
    end = std::max(end, next->second);
    next = spoilt_.erase(next);
  }
  spoilt_.emplace(begin, end);
}

void Reporter::SpoilLine(const Token& token) {
  if (spoilt(token)) return;
  const std::size_t end = text_.find('\n', token.begin);
  Spoil(token.begin, static_cast<std::uint32_t>(end == std::string_view::npos ? text_.size() : end) + 1);
}

bool Reporter::spoilt(const Token& token) const {
  const auto after = spoilt_.upper_bound(token.begin);
  return after != spoilt_.begin() && token.begin < std::prev(after)->second;
}

bool Reporter::full() const { return num_reports_ >= kMostReports; }

std::string Reporter::Quote(const Token& token) const {
  std::string quoted = "`";
  for (const char c : text(token)) {
    if (quoted.size() > kLongestQuote && (static_cast<unsigned char>(c) & 0xC0U) != 0x80U) {
      quoted += "…";
      break;
    }
    quoted += static_cast<unsigned char>(c) < 0x20U || c == 0x7F ? ' ' : c;
  }
  return quoted + "`";
}

bool Chunk::MayChange() {
  if (++num_changes > kMostChanges) broken = true;
  return !broken;
}

Token Inserted(Kind kind, const Token& beside, std::uint32_t offset) {
  Token token;
  token.kind = kind;
  token.begin = offset;
  token.end = offset;
  token.line = beside.line;
  return token;
}

Token Part(const Token& token, std::size_t offset, std::size_t length) {
  Token part = token;
  part.begin = token.begin + static_cast<std::uint32_t>(offset);
  part.end = part.begin + static_cast<std::uint32_t>(length);
  return part;
}

}  // namespace cordon::syntax
