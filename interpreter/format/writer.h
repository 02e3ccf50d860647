// Writer: puts lexemes on lines, each with its comments where it had them.
//
// A comment behind a lexeme stays behind it, and ends the line; comments above a lexeme stay above it, and the lexeme
// begins a line. So whatever the layout asks for, no comment moves. Tested by tests/unit/format_test.cc.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "syntax/lexemes.h"

namespace cordon::format {

// The most columns of a line.
inline constexpr std::size_t kLineWidth = 120;

class Writer {
 public:
  // Begins a line with `next`, at `indent`, below its comments. A blank line that the author left above it is kept
  // where `keeps_blank` says so, or where comments stand there.
  void StartLine(const syntax::Lexeme& next, std::size_t indent, bool keeps_blank);
  // Puts the lexeme `gap` blanks behind the one before it; on a new line at `indent` where a comment demands one.
  void Put(const syntax::Lexeme& lexeme, std::size_t gap, std::size_t indent);
  // The same at a column, or one blank behind what reaches it.
  void PutAt(const syntax::Lexeme& lexeme, std::size_t column);
  // Puts blanks up to the column.
  void Pad(std::size_t column);
  // The comments after the last lexeme of the file.
  void PutClosing(const std::vector<syntax::Comment>& comments);
  // Puts a line that is laid out already: the first lexeme's comments are put above, the last one's behind it.
  void PutLine(const std::vector<const syntax::Lexeme*>& lexemes, const std::string& text, std::size_t indent);
  // From now on comments above `lexeme` that were indented and stand apart from it are kept off the margin.
  void SetDetached(const syntax::Lexeme* lexeme) { detached_ = lexeme; }

  std::size_t column() const { return column_; }
  std::size_t indent() const { return indent_; }  // of the line at hand
  // True where the next lexeme will begin a line, since a comment ends this one.
  bool must_break() const { return must_break_; }
  // True where nothing stands on the line yet.
  bool at_start() const { return started_ != nullptr; }
  std::size_t num_lines() const { return num_lines_; }  // begun so far, without those of comments
  // Where, in the text, the lexemes that were put last begin.
  const std::vector<std::size_t>& offsets() const { return offsets_; }
  const std::string& text() const { return text_; }
  // The text with its last line ended.
  std::string Finish() &&;

 private:
  void PutComments(const syntax::Lexeme& lexeme, std::size_t indent);
  void Indent(std::size_t indent);
  void EndLine();
  void PutText(const syntax::Lexeme& lexeme);

  std::string text_;
  std::size_t column_ = 0;
  std::size_t indent_ = 0;
  std::size_t num_lines_ = 0;
  bool must_break_ = false;
  const syntax::Lexeme* started_ = nullptr;  // whose comments are put, and whose line is begun
  const syntax::Lexeme* detached_ = nullptr;
  std::vector<std::size_t> offsets_;
};

}  // namespace cordon::format
