// Clauses: a passage cut into the pieces that stand together on a line, and the blanks inside a piece.
//
// A clause begins with a word that opens a line of its declaration or statement (`cite`, `when`, `given`), or is a row
// or a field. The house style that the kinds below carry out is docs/decisions/0013. Tested by
// tests/unit/format_test.cc.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "syntax/lexemes.h"

namespace cordon::format {

enum class ClauseKind {
  kHead,   // the opening word and what belongs to it
  kJoins,  // on the line above where it fits there
  kOwn,    // on a line of its own
  kRow,    // a line of a table
  kField,  // a field of a record
  kNames,  // names that a version adds to a category, group or set
};

struct Clause {
  ClauseKind kind = ClauseKind::kHead;
  std::size_t begin = 0;  // lexemes of the passage
  std::size_t end = 0;
  std::size_t depth = 0;  // how many steps it is indented below the head
};

// What a keyword says, with the words of its phrase; empty for anything else, and for the later words of a phrase.
std::string_view WordOf(const syntax::Lexeme& lexeme);

// True where the lexeme at `index` is the language of a text, `en` before `"…"`.
bool IsLanguage(const syntax::Passage& passage, std::size_t index);

// The clauses of a passage in order; together they hold all its lexemes.
std::vector<Clause> CutClauses(const syntax::Passage& passage);

// For each lexeme how many blanks stand between it and the one before it where both are on one line.
std::vector<std::size_t> Gaps(const syntax::Passage& passage);

}  // namespace cordon::format
