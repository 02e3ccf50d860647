// Reads lexemes; see lexemes.h. What stands between two tokens is blanks and comments, and is read again here.
#include "syntax/lexemes.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "support/assert.h"
#include "syntax/build_tree.h"
#include "syntax/parse.h"
#include "syntax/tokens.h"
#include "syntax/word_lists.h"

namespace cordon::syntax {
namespace {

bool IsLineBreak(char c) { return c == '\n'; }

// The length of the blank at `at`; 0 where there is none. The blanks are those of CordonLexer.g4.
std::size_t BlankAt(std::string_view text, std::size_t at) {
  const unsigned char c = static_cast<unsigned char>(text[at]);
  if (c == ' ' || (c >= '\t' && c <= '\r')) return 1;
  const std::string_view rest = text.substr(at);
  if (rest.starts_with("\xC2\xA0")) return 2;
  if (rest.size() < 3) return 0;
  const std::string_view three = rest.substr(0, 3);
  if (three == "\xE2\x80\xAF" || three == "\xE2\x81\x9F" || three == "\xE3\x80\x80" || three == "\xEF\xBB\xBF")
    return 3;
  return three >= "\xE2\x80\x80" && three <= "\xE2\x80\x8B" ? 3 : 0;
}

void TrimEnd(std::string& text) {
  for (;;) {
    std::size_t length = 0;
    for (std::size_t size = 1; size <= 3 && size <= text.size() && length == 0; ++size) {
      if (BlankAt(text, text.size() - size) == size) length = size;
    }
    if (length == 0) return;
    text.resize(text.size() - length);
  }
}

LexemeKind KindOf(Kind kind) {
  if (kind == Kind::NAME || kind == Kind::ROW_NAME) return LexemeKind::kName;
  if (kind == Kind::STRING) return LexemeKind::kString;
  if (kind >= Kind::DATETIME && kind <= Kind::INT) return LexemeKind::kValue;
  return IsKeyword(kind) ? LexemeKind::kKeyword : LexemeKind::kSign;
}

PassagePlace PlaceOfMark(Kind mark) {
  if (mark == Kind::MARGIN) return PassagePlace::kMargin;
  return mark == Kind::INNER ? PassagePlace::kAdded : PassagePlace::kStatement;
}

class LexemeReader {
 public:
  explicit LexemeReader(std::string_view text) : text_(text), at_(text.starts_with("\xEF\xBB\xBF") ? 3 : 0) {}

  LexedFile Read(const std::vector<Chunk>& chunks) {
    for (const Chunk& chunk : chunks) {
      file_.passages.push_back({PlaceOfMark(chunk.mark), {}});
      for (std::size_t i = 1; i < chunk.tokens.size(); ++i) Add(chunk.tokens[i]);
    }
    ReadGap(text_.size());
    file_.closing = std::move(above_);
    return std::move(file_);
  }

 private:
  // Reads the blanks and comments at hand, at most up to `end`.
  void ReadGap(std::size_t end);
  // Reads the token, word by word where it is a phrase.
  void Add(const Token& token);
  void AddWord(const Token& token, std::size_t end);

  std::string_view text_;
  std::size_t at_;
  std::uint32_t line_ = 1;
  std::size_t breaks_ = 0;   // line breaks since the last lexeme or comment
  bool begins_line_ = true;  // nothing but blanks stands before `at_` on its line
  Lexeme* previous_ = nullptr;
  std::vector<Comment> above_;
  LexedFile file_;
};

void LexemeReader::ReadGap(std::size_t end) {
  std::size_t line_start = at_;
  while (at_ < end) {
    if (IsLineBreak(text_[at_])) {
      ++line_;
      ++breaks_;
      begins_line_ = true;
      line_start = at_ + 1;
    }
    if (text_[at_] != '#') {
      const std::size_t blank = BlankAt(text_, at_);
      if (blank == 0) return;
      at_ += blank;
      continue;
    }
    const std::size_t stop = std::min(text_.find_first_of("\r\n", at_), text_.size());
    Comment comment{std::string(text_.substr(at_, stop - at_)), breaks_ > 1, at_ > line_start};
    TrimEnd(comment.text);
    if (!begins_line_ && previous_ != nullptr && !previous_->beside) {
      previous_->beside = std::move(comment);
    } else {
      above_.push_back(std::move(comment));
    }
    at_ = stop;
    breaks_ = 0;
  }
}

void LexemeReader::AddWord(const Token& token, std::size_t end) {
  CORDON_ASSERT(at_ >= token.begin);
  Lexeme lexeme;
  lexeme.kind = KindOf(token.kind);
  lexeme.text = text_.substr(at_, end - at_);
  lexeme.line = line_;
  lexeme.blank_above = breaks_ > 1;
  lexeme.above = std::move(above_);
  above_.clear();
  if (token.kind == Kind::QUANTITY) {
    const std::size_t digits = lexeme.text.find_first_not_of("0123456789");
    const std::size_t unit = lexeme.text.find_first_of("abcdefghijklmnopqrstuvwxyz");
    lexeme.text = lexeme.text.substr(0, digits) + " " + lexeme.text.substr(unit);
  }
  file_.passages.back().lexemes.push_back(std::move(lexeme));
  previous_ = &file_.passages.back().lexemes.back();
  at_ = end;
  breaks_ = 0;
  begins_line_ = false;
}

void LexemeReader::Add(const Token& token) {
  ReadGap(token.begin);
  if (KindOf(token.kind) != LexemeKind::kKeyword) {
    AddWord(token, token.end);
    return;
  }
  const std::size_t first = file_.passages.back().lexemes.size();
  std::string phrase;
  while (at_ < token.end) {
    std::size_t end = at_;
    while (end < token.end && text_[end] != '#' && BlankAt(text_, end) == 0) ++end;
    if (!phrase.empty()) phrase += ' ';
    phrase += text_.substr(at_, end - at_);
    AddWord(token, end);
    ReadGap(std::min<std::size_t>(token.end, text_.size()));
  }
  file_.passages.back().lexemes[first].phrase = std::move(phrase);
}

}  // namespace

std::optional<LexedFile> ReadLexemes(const diagnostics::Sources& sources, diagnostics::SourceId source,
                                     diagnostics::Sink& sink) {
  const std::size_t num_before = sink.num_errors();
  Parse(sources, source, sink);
  if (sink.num_errors() > num_before) return std::nullopt;
  diagnostics::Sink told;
  Reporter reporter(sources.text(source), source, told);
  return LexemeReader(sources.text(source)).Read(ReadChunks(sources.text(source), reporter));
}

}  // namespace cordon::syntax
