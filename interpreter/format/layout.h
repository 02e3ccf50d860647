// Layout: the lexemes of one passage from `begin` to `end` on lines: whole where they fit, else broken. Private to
// format/.
//
// Where a stretch does not fit it is broken at its loosest joint: `otherwise`, `implies`, `and`/`or`, commas, brackets,
// the words of a duty. No string is ever broken. Tested by tests/unit/format_test.cc.
#pragma once

#include <cstddef>
#include <vector>

#include "format/writer.h"
#include "syntax/lexemes.h"

namespace cordon::format {

class Layout {
 public:
  Layout(const syntax::Passage& passage, Writer& writer);

  // Puts the stretch; further lines begin at `indent`.
  void Lay(std::size_t begin, std::size_t end, std::size_t indent);
  // Puts it as it would stand on one line.
  void LayFlat(std::size_t begin, std::size_t end, std::size_t indent);
  // Texts in their languages, one below the other from the column at hand where there are several.
  void LayTexts(std::size_t begin, std::size_t end);
  // A list, given by the first lexeme of each item: as many on a line as fit.
  void Fill(const std::vector<std::size_t>& items, std::size_t end, std::size_t indent);

  // Whether the stretch fits on the line at hand, `gap` blanks behind what stands there, and no comment parts it.
  bool Fits(std::size_t begin, std::size_t end, std::size_t gap) const;
  std::size_t Width(std::size_t begin, std::size_t end) const;
  std::size_t gap(std::size_t index) const { return gaps_[index]; }
  const syntax::Lexeme& lexeme(std::size_t index) const { return passage_.lexemes[index]; }
  const syntax::Passage& passage() const { return passage_; }
  Writer& writer() { return writer_; }

 private:
  // The places in (begin, end), outside brackets, where the stretch is broken, each the first lexeme of a piece.
  std::vector<std::size_t> Joints(std::size_t begin, std::size_t end,
                                  bool (Layout::*is_joint)(std::size_t) const) const;
  bool IsAlternative(std::size_t index) const;
  bool IsImplies(std::size_t index) const;
  bool IsAndOr(std::size_t index) const;
  bool IsItem(std::size_t index) const;
  bool IsArrow(std::size_t index) const;
  bool IsQualifier(std::size_t index) const;
  // The items of a list: the first lexeme of each. What follows `needs` or `because` belongs to its item.
  std::vector<std::size_t> Items(std::size_t begin, std::size_t end) const;
  void LayPieces(const std::vector<std::size_t>& joints, std::size_t begin, std::size_t end, std::size_t indent);
  bool LayBracket(std::size_t begin, std::size_t end, std::size_t indent);
  // The widest pair of brackets in the stretch; nothing where it has none.
  struct Pair {
    std::size_t open = 0;
    std::size_t close = 0;
  };
  Pair FindWidestPair(std::size_t begin, std::size_t end) const;

  const syntax::Passage& passage_;
  Writer& writer_;
  const std::vector<std::size_t> gaps_;
};

}  // namespace cordon::format
