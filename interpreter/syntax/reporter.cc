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
  if (spoilt(token.line) || num_reports_ >= kMostReports || !places_.insert(token.begin).second) return;
  ++num_reports_;
  sink_.Report(code, span(token), std::move(message), std::move(help), std::move(notes));
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

}  // namespace cordon::syntax
