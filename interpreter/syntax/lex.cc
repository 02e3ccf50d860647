// From text to tokens; see tokens.h. The rules are those of grammar/CordonLexer.g4.
//
// Nine tokens of ten are words of ASCII letters, texts in quotes and plain signs, and what stands between them blanks
// and comments. These are told here by their first letter. From anything else on, the rest of the line goes to the
// generated lexer: no token reaches beyond its line. tests/unit/lex_test.cc holds the two against each other.
#include "syntax/lex.h"

#include <algorithm>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>

#include "CordonLexer.h"
#include "syntax/tokens.h"

namespace cordon::syntax {
namespace {

using cordon_grammar::CordonLexer;

bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsAscii(char c) { return static_cast<unsigned char>(c) < 0x80; }
bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f'; }
bool EndsLine(char c) { return c == '\n' || c == '\r'; }

// The keywords, by their text: the literals of the grammar that are words.
std::unordered_map<std::string, Kind> ReadKeywords() {
  antlr4::ANTLRInputStream nothing("");
  CordonLexer lexer(&nothing);
  const antlr4::dfa::Vocabulary& vocabulary = lexer.getVocabulary();
  std::unordered_map<std::string, Kind> keywords;
  for (std::size_t kind = 1; kind <= vocabulary.getMaxTokenType(); ++kind) {
    const std::string quoted = vocabulary.getLiteralName(kind);  // 'policy'
    if (quoted.size() > 2 && IsLetter(quoted[1]))
      keywords.emplace(quoted.substr(1, quoted.size() - 2), static_cast<Kind>(kind));
  }
  return keywords;
}

class Lexer {
 public:
  Lexer(std::string_view text, std::uint32_t start) : text_(text), start_(start) {}

  Tokens Run() {
    while (at_ < text_.size()) {
      if (!Skip() && !ReadWord() && !ReadText() && !ReadSign()) ReadByGrammar(EndOfLine());
    }
    return std::move(tokens_);
  }

  Tokens RunByGrammar() {
    ReadByGrammar(text_.size());
    return std::move(tokens_);
  }

 private:
  char Next(std::size_t offset) const { return at_ + offset < text_.size() ? text_[at_ + offset] : '\n'; }

  std::size_t EndOfLine() const {
    std::size_t end = at_;
    while (end < text_.size() && !EndsLine(text_[end])) ++end;
    return end;
  }

  // Goes on to `target`, counting lines.
  void Advance(std::size_t target) {
    for (; at_ < target; ++at_) {
      if (text_[at_] != '\n') continue;
      ++line_;
      new_line_ = true;
    }
  }

  // The next `length` bytes are a token.
  bool Take(Kind kind, std::size_t length) {
    Token token;
    token.kind = kind;
    token.begin = start_ + static_cast<std::uint32_t>(at_);
    token.line = line_;
    token.first = std::exchange(new_line_, false);
    token.margin = token.first && (at_ == 0 || text_[at_ - 1] == '\n');
    Advance(at_ + length);
    token.end = start_ + static_cast<std::uint32_t>(at_);
    tokens_.push_back(std::move(token));
    return true;
  }

  bool Skip() {
    if (text_[at_] == '#') {
      at_ = EndOfLine();
      return true;
    }
    if (!IsBlank(text_[at_])) return false;
    Advance(at_ + 1);
    return true;
  }

  bool ReadWord() {
    if (!IsLetter(text_[at_])) return false;
    std::size_t length = 1;
    while (IsLetter(Next(length)) || IsDigit(Next(length))) ++length;
    if (!IsAscii(Next(length))) return false;  // perhaps a letter of another alphabet
    static const std::unordered_map<std::string, Kind> kKeywords = ReadKeywords();
    word_.assign(text_, at_, length);
    const auto keyword = kKeywords.find(word_);
    return Take(keyword == kKeywords.end() ? Kind::NAME : keyword->second, length);
  }

  // A text that is closed on its line.
  bool ReadText() {
    if (text_[at_] != '"') return false;
    for (std::size_t length = 1; !EndsLine(Next(length)); ++length) {
      if (Next(length) == '"') return Take(Kind::STRING, length + 1);
      if (Next(length) == '\\' && EndsLine(Next(++length))) return false;
    }
    return false;
  }

  // A sign that is none of the slips that the grammar knows.
  bool ReadSign() {
    const char next = Next(1);
    switch (text_[at_]) {
      case ',':
        return Take(Kind::COMMA, 1);
      case ':':
        return Take(Kind::COLON, 1);
      case '(':
        return Take(Kind::LP, 1);
      case ')':
        return Take(Kind::RP, 1);
      case '[':
        return Take(Kind::LB, 1);
      case ']':
        return Take(Kind::RB, 1);
      case '{':
        return Take(Kind::LC, 1);
      case '}':
        return Take(Kind::RC, 1);
      case '|':
        return next == '|' ? Take(Kind::BARBAR, 2) : Take(Kind::BAR, 1);
      case '.':
        return next == '.' ? Take(Kind::DOTDOT, 2) : Take(Kind::DOT, 1);
      case '=':
        return next != '=' && next != '<' && next != '>' && Take(Kind::EQ, 1);
      default:
        return false;
    }
  }

  // The tokens up to `end`, by the generated lexer. ANTLR counts code points, a token bytes.
  void ReadByGrammar(std::size_t end) {
    const std::size_t begin = at_;
    antlr4::ANTLRInputStream input(text_.data() + begin, end - begin);
    CordonLexer lexer(&input);
    lexer.removeErrorListeners();
    std::size_t code_point = 0;
    std::size_t byte = begin;
    const auto byte_at = [&](std::size_t target) {
      for (; code_point < target && byte < end; ++code_point) {
        for (++byte; byte < end && (static_cast<unsigned char>(text_[byte]) & 0xC0U) == 0x80U; ++byte) {
        }
      }
      return byte;
    };
    for (;;) {
      const std::unique_ptr<antlr4::Token> read = lexer.nextToken();
      if (read->getType() == antlr4::Token::EOF) break;
      if (read->getChannel() != antlr4::Token::DEFAULT_CHANNEL) continue;
      Advance(byte_at(read->getStartIndex()));
      Take(static_cast<Kind>(read->getType()), byte_at(read->getStopIndex() + 1) - at_);
    }
    Advance(end);
  }

  std::string_view text_;
  std::uint32_t start_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1;
  bool new_line_ = true;
  std::string word_;
  Tokens tokens_;
};

bool IsSame(const Token& a, const Token& b) {
  return a.kind == b.kind && a.begin == b.begin && a.end == b.end && a.line == b.line && a.first == b.first &&
         a.margin == b.margin;
}

}  // namespace

Tokens Lex(std::string_view text, std::uint32_t start) { return Lexer(text, start).Run(); }

bool LexesByTheGrammar(std::string_view text) {
  const Tokens quick = Lexer(text, 0).Run();
  const Tokens sure = Lexer(text, 0).RunByGrammar();
  return std::equal(quick.begin(), quick.end(), sure.begin(), sure.end(), IsSame);
}

}  // namespace cordon::syntax
