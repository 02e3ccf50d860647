// Reporting mistakes of one file; see tokens.h.
#include <algorithm>

#include "syntax/tokens.h"

namespace cordon::syntax {
namespace {

// Past so many mistakes a file is no policy, and nothing more is said about it.
constexpr std::size_t kMostReports = 1000;
constexpr std::size_t kLongestQuote = 60;

}  // namespace

void Reporter::Report(diagnostics::Code code, const Token& token, std::string message, std::string help,
                      std::vector<diagnostics::Note> notes) {
  if (spoilt(token) || num_reports_ >= kMostReports || !places_.insert(token.begin).second) return;
  ++num_reports_;
  sink_.Report(code, span(token), std::move(message), std::move(help), std::move(notes));
}

void Reporter::SpoilLine(const Token& token) {
  const std::size_t end = text_.find('\n', token.begin);
  Spoil(token.begin, static_cast<std::uint32_t>(end == std::string_view::npos ? text_.size() : end) + 1);
}

bool Reporter::spoilt(const Token& token) const {
  return std::any_of(spoilt_.begin(), spoilt_.end(), [&](const Stretch& stretch) {
    return stretch.begin <= token.begin && token.begin < stretch.end;
  });
}

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
