// Messages of our own for what the grammar did not expect; see messages.h.
#include "syntax/messages.h"

#include "support/text.h"
#include "syntax/word_lists.h"

namespace cordon::syntax {

using diagnostics::Code;

void ReportSurprise(const Surprise& surprise, const Chunk& chunk, Reporter& reporter) {
  reporter.CountSurprise();
  const bool ends = surprise.at >= chunk.tokens.size();
  const Token& token = ends ? chunk.tokens.back() : chunk.tokens[surprise.at];
  std::string kinds;
  for (Kind k : surprise.expected) kinds += Describe(k) + " ";
  reporter.Report(Code::kUnexpected, token, reporter.Quote(token) + " cannot stand here " + surprise.rule, kinds);
}

std::string Describe(Kind kind) { return std::string(WordOf(kind)) + std::to_string(static_cast<int>(kind)); }

}  // namespace cordon::syntax
