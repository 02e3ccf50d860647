// The lists of words: which open what, which belong to which statement, which form a phrase. Private to syntax/.
//
// Used by words.cc, by the passes that mend slips, and by the messages, which name words from here.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "token_kinds.h"

namespace cordon::syntax {

using cordon_grammar::Kind;

// Where a word can be a keyword: sets of declarations and statements, as bits.
inline constexpr unsigned kHeader = 1U << 0U;
inline constexpr unsigned kLibraryHeader = 1U << 1U;
inline constexpr unsigned kCategory = 1U << 2U;
inline constexpr unsigned kRecord = 1U << 3U;
inline constexpr unsigned kFact = 1U << 4U;
inline constexpr unsigned kAction = 1U << 5U;
inline constexpr unsigned kProtocol = 1U << 6U;
inline constexpr unsigned kOutput = 1U << 7U;
inline constexpr unsigned kRule = 1U << 8U;
inline constexpr unsigned kTable = 1U << 9U;
inline constexpr unsigned kGuarantee = 1U << 10U;
inline constexpr unsigned kExample = 1U << 11U;
inline constexpr unsigned kTest = 1U << 12U;
inline constexpr unsigned kCases = 1U << 13U;
inline constexpr unsigned kElsewhere = 1U << 14U;
inline constexpr unsigned kDefine = 1U << 15U;
inline constexpr unsigned kRelease = 1U << 16U;
inline constexpr unsigned kClaim = 1U << 17U;
inline constexpr unsigned kChange = 1U << 18U;
inline constexpr unsigned kEverywhere = ~0U;

// The bit of the declaration or statement that `opening` begins.
unsigned PlaceOf(Kind opening);
// Where the word is a keyword.
unsigned UsesOf(Kind word);

struct Phrase {
  std::array<std::string_view, 4> words;  // the unused ones last, empty
  Kind kind;
  unsigned uses;
};
// Longer phrases first.
const std::vector<Phrase>& Phrases();

const std::vector<Kind>& Declarations();
// Those of them that may stand below `add` and `replace`.
const std::vector<Kind>& Additions();
// `change`, `add`, `replace`, `remove`, `rename`.
const std::vector<Kind>& Changes();
const std::vector<Kind>& Statements();
// Both of the above.
const std::vector<Kind>& AllOpenings();
// Words that begin a line of a declaration or statement, and so a place to go on after a mistake.
const std::vector<Kind>& LineOpenings();
// Words that follow a name inside a condition or conclusion.
const std::vector<Kind>& Connectives();
// `must`, `must not`, …
const std::vector<Kind>& Modalities();

bool IsIn(Kind kind, const std::vector<Kind>& kinds);
// A keyword or a name, as the lexer reads it.
bool IsWord(Kind kind);
// A keyword or phrase, after ReadWords: a word that cannot be a name where it stands.
bool IsKeyword(Kind kind);
// A word of conditions: no name anywhere but before `:` and after `.`.
bool IsReserved(Kind kind);
// All of them, for a message: "`when`, `otherwise` and …".
std::string ReservedWords();
// May be the last token of a value or condition.
bool EndsOperand(Kind kind);
// The word or phrase itself, `must not`; empty for what is not one.
std::string_view WordOf(Kind kind);

}  // namespace cordon::syntax
