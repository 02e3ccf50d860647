// Puts lexemes on lines; see writer.h.
#include "format/writer.h"

#include <algorithm>
#include <utility>

#include "format/display_width.h"

namespace cordon::format {

using syntax::Comment;
using syntax::Lexeme;

void Writer::EndLine() {
  while (text_.ends_with(' ')) text_.pop_back();  // of a column that a comment keeps empty
  if (column_ > 0) text_ += '\n';
  column_ = 0;
  must_break_ = false;
}

void Writer::Indent(std::size_t indent) {
  text_.append(indent, ' ');
  column_ = indent;
  indent_ = indent;
  ++num_lines_;
}

void Writer::PutComments(const Lexeme& lexeme, std::size_t indent) {
  const std::vector<Comment>& comments = lexeme.above;
  std::size_t attached = comments.size();  // from here on they stand directly above the lexeme
  while (attached > 0 && !(attached < comments.size() ? comments[attached].blank_above : lexeme.blank_above))
    --attached;
  for (std::size_t i = 0; i < comments.size(); ++i) {
    if (comments[i].blank_above && !text_.empty()) text_ += '\n';
    const bool off_margin = detached_ == &lexeme && i < attached && comments[i].indented && !text_.empty();
    text_.append(off_margin ? std::max<std::size_t>(indent, 2) : indent, ' ');
    text_ += comments[i].text + '\n';
  }
}

void Writer::StartLine(const Lexeme& next, std::size_t indent, bool keeps_blank) {
  EndLine();
  PutComments(next, indent);
  if ((keeps_blank || !next.above.empty()) && next.blank_above && !text_.empty()) text_ += '\n';
  Indent(indent);
  started_ = &next;
}

void Writer::PutText(const Lexeme& lexeme) {
  offsets_.push_back(text_.size());
  text_ += lexeme.text;
  column_ += DisplayWidth(lexeme.text);
  started_ = nullptr;
  if (!lexeme.beside) return;
  text_ += "  " + lexeme.beside->text;
  must_break_ = true;
}

void Writer::Put(const Lexeme& lexeme, std::size_t gap, std::size_t indent) {
  if (started_ != &lexeme && (must_break_ || !lexeme.above.empty())) StartLine(lexeme, indent, false);
  if (started_ != &lexeme) {
    text_.append(gap, ' ');
    column_ += gap;
  }
  PutText(lexeme);
}

void Writer::PutAt(const Lexeme& lexeme, std::size_t column) {
  Put(lexeme, column > column_ ? column - column_ : 1, column);
}

void Writer::Pad(std::size_t column) {
  if (column <= column_) return;
  text_.append(column - column_, ' ');
  column_ = column;
}

void Writer::PutLine(const std::vector<const Lexeme*>& lexemes, const std::string& text, std::size_t indent) {
  if (started_ != lexemes.front()) StartLine(*lexemes.front(), indent, true);
  text_ += text;
  column_ += DisplayWidth(text);
  started_ = nullptr;
  if (!lexemes.back()->beside) return;
  text_ += "  " + lexemes.back()->beside->text;
  must_break_ = true;
}

void Writer::PutClosing(const std::vector<Comment>& comments) {
  EndLine();
  for (const Comment& comment : comments) {
    if (comment.blank_above && !text_.empty()) text_ += '\n';
    text_ += (comment.indented ? "  " : "") + comment.text + '\n';
  }
}

std::string Writer::Finish() && {
  EndLine();
  return std::move(text_);
}

}  // namespace cordon::format
