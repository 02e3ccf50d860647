// Lexemes: a policy's words and signs with everything that a syntax tree leaves out: comments, blank lines, and which
// words the language uses as keywords where they stand.
//
// For whoever rearranges a text without changing what it says. No type of the parser is named here. Tested by
// tests/unit/format_test.cc.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "diagnostics/diagnostic.h"
#include "diagnostics/source.h"

namespace cordon::syntax {

// A comment, from its `#` on, without blanks at its end.
struct Comment {
  std::string text;
  bool blank_above = false;  // an empty line stands above it
  bool indented = false;     // it does not begin at the left margin
};

enum class LexemeKind : std::uint8_t {
  kName,     // a name, also that of a row that begins with a digit
  kKeyword,  // a word that the language uses where it stands; each word of a phrase is one
  kString,
  kValue,  // a number, a date, a quantity
  kSign,
};

struct Lexeme {
  LexemeKind kind = LexemeKind::kSign;
  std::string text;         // as it is written; the blanks inside a quantity are one
  std::string phrase = {};  // of a keyword that begins a phrase the whole phrase, `for each`; else empty
  std::uint32_t line = 1;
  bool blank_above = false;            // an empty line stands above it, below its comments
  std::vector<Comment> above;          // the comments on lines of their own between it and what precedes it
  std::optional<Comment> beside = {};  // the comment behind it, on its line
};

enum class PassagePlace : std::uint8_t {
  kMargin,     // a declaration at the left margin
  kAdded,      // one that a version adds, below `add` or `replace`
  kStatement,  // a statement of the protocol, or of what is added, above it
};

// One declaration, or one statement of a protocol.
struct Passage {
  PassagePlace place = PassagePlace::kMargin;
  std::vector<Lexeme> lexemes;
};

struct LexedFile {
  std::vector<Passage> passages;
  std::vector<Comment> closing;  // the comments after the last lexeme, on lines of their own
};

// Reads one policy file. Nothing where it does not parse; then the sink says why, as Parse does.
std::optional<LexedFile> ReadLexemes(const diagnostics::Sources& sources, diagnostics::SourceId source,
                                     diagnostics::Sink& sink);

}  // namespace cordon::syntax
