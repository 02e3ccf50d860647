// The tokens of one policy file, before the grammar sees them. Private to syntax/.
//
// The way of a text: Lex (lex.cc) makes tokens; MendSigns (mend_signs.cc) reports and mends misspelt
// literals and signs; ReadWords (words.cc) tells keywords from names, joins phrases and cuts the file into chunks, each
// one declaration or statement; MendTables and MendStatements (mend_tables.cc, mend_statements.cc) report and mend the
// slips that a grammar would only stumble over. A mended token stands for what was meant, so that one slip hides no
// other. Tested by tests/unit/parse_test.cc.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "diagnostics/diagnostic.h"
#include "diagnostics/source.h"
#include "token_kinds.h"

namespace cordon::syntax {

using cordon_grammar::Kind;

struct Token {
  Kind kind = Kind::END;
  std::uint32_t begin = 0;  // bytes of the source
  std::uint32_t end = 0;
  std::uint32_t line = 1;
  bool first = false;      // the first on its line
  bool margin = false;     // at the left margin
  bool opens = false;      // begins a line of its statement: where reading goes on after a mistake
  std::string meant = {};  // what a mended token is read as, where that is not its text
};

using Tokens = std::vector<Token>;

// One declaration or statement: its tokens, from its opening word on.
struct Chunk {
  Kind mark = Kind::MARGIN;  // MARGIN: a declaration; INNER: one below `add` or `replace`; INDENT: a statement
  Kind opening = Kind::END;  // its opening word
  Tokens tokens;             // the mark first, then the opening word
  bool broken = false;       // not fit to be parsed: what is wrong with it was reported
  bool followed = false;     // `add`, `replace`: declarations or statements stand below it
  std::size_t num_changes = 0;

  // Asked before a token is put in or taken out. False past so many slips that mending would take too long: such a
  // chunk is broken.
  bool MayChange();
};

// Reports mistakes of one file, each place once, and none in a stretch that an earlier mistake has spoilt.
class Reporter {
 public:
  Reporter(std::string_view text, diagnostics::SourceId source, diagnostics::Sink& sink)
      : text_(text), source_(source), sink_(sink) {}

  void Report(diagnostics::Code code, const Token& token, std::string message, std::string help = {},
              std::vector<diagnostics::Note> notes = {});
  // From now on nothing more is said about what begins in the bytes [begin, end): what stands there cannot be trusted.
  void Spoil(std::uint32_t begin, std::uint32_t end);
  // Spoils the rest of the token's line.
  void SpoilLine(const Token& token);
  bool spoilt(const Token& token) const;

  std::string_view text() const { return text_; }
  std::string_view text(const Token& token) const { return text_.substr(token.begin, token.end - token.begin); }
  // The text as a message shows it: in backticks, cut where it is long, without control characters.
  std::string Quote(const Token& token) const;
  diagnostics::Span span(const Token& token) const { return {source_, token.begin, token.end}; }

  // True where so much is wrong that nothing more will be told: reading on is a waste of time.
  bool full() const;

  // How often the grammar met something unexpected, told or not: such a chunk has no syntax tree.
  std::size_t num_surprises() const { return num_surprises_; }
  void CountSurprise() { ++num_surprises_; }

 private:
  std::string_view text_;
  diagnostics::SourceId source_;
  diagnostics::Sink& sink_;
  std::map<std::uint32_t, std::uint32_t> spoilt_;  // from the begin of each stretch to its end; none overlap
  std::set<std::uint32_t> places_;
  std::size_t num_reports_ = 0;
  std::size_t num_surprises_ = 0;
};

// A token that stands for what was left out: no text, at `offset` bytes, on the line of `beside`.
Token Inserted(Kind kind, const Token& beside, std::uint32_t offset);
// Part of a token, for a mark as long as the slip.
Token Part(const Token& token, std::size_t offset, std::size_t length);

// The tokens of a text, without comments and blanks. REQUIRES: valid UTF-8, no byte order mark; `start` is the text's
// offset in the source.
Tokens Lex(std::string_view text, std::uint32_t start);

// Reports misspelt literals and signs and turns each into the token that was meant. E0103 to E0119.
void MendSigns(Tokens& tokens, Reporter& reporter);

// Keywords, names, phrases; then the file's chunks in order. Reports what stands where no chunk can begin.
std::vector<Chunk> ReadWords(Tokens tokens, Reporter& reporter);

// Marks the first and last `|` of each line; reports and mends rows.
void MendTables(Chunk& chunk, Reporter& reporter);

// Reports and mends slips in headers and changes that build upon another version. E0127, E0153 to E0156.
void MendChanges(Chunk& chunk, Reporter& reporter);

// Reports and mends `due`, `each` and `latest` that lack what belongs to them. E0158 to E0160.
void MendPartners(Chunk& chunk, Reporter& reporter);

// Reports and mends slips in `interpretation`, `answers` and `omit`. E0108, E0127, E0150, E0151.
void MendReadings(Chunk& chunk, Reporter& reporter);

// Reports and mends missing words, words in each other's place, and brackets.
void MendStatements(Chunk& chunk, Reporter& reporter);

}  // namespace cordon::syntax
