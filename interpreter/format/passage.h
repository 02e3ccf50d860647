// LayPassage: one declaration or statement on lines.
//
// Depends on its lexemes, comments and blank lines alone, never on where the author broke a line or how far it was
// indented: so laying out twice is laying out once. Tested by tests/unit/format_test.cc.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "format/writer.h"
#include "syntax/lexemes.h"

namespace cordon::format {

// Writes the passage at `indent`.
void LayPassage(const syntax::Passage& passage, std::size_t indent, Writer& writer);

// A passage that is a single line: its text without comments, in the pieces that stand in columns where passages of its
// kind follow each other (`fact a`, `: bool`), with the blanks before each piece. No pieces where it takes several
// lines.
struct SingleLine {
  std::vector<std::string> pieces;
  std::vector<std::size_t> gaps;
};
SingleLine ReadSingleLine(const syntax::Passage& passage, std::size_t indent);

}  // namespace cordon::format
