// The quick way from text to tokens gives the grammar's: for every policy of the repository, and for texts of chance
// that are made of the pieces on which the two could differ.
#include "syntax/lex.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>

namespace cordon::syntax {
namespace {

TEST(Lex, EveryPolicyIsCutAsTheGrammarSays) {
  for (const auto& entry : std::filesystem::recursive_directory_iterator(CORDON_SOURCE_DIR "/policies")) {
    if (entry.path().extension() != ".cordon") continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    EXPECT_TRUE(LexesByTheGrammar(text)) << entry.path();
  }
}

TEST(Lex, TextsOfChanceAreCutAsTheGrammarSays) {
  constexpr const char* kPieces[] = {
      "policy",     "x",        "_",     "when", "overrides", "W",  "æ",  "é",        "e\u0301", "9",
      "2025-03-01", "2025-3-1", "14:30", "T",    "3 days",    "1.", ".5", "..",       "...",     ".",
      ",",          ":",        "(",     ")",    "[",         "]",  "{",  "}",        "|",       "||",
      "=",          "==",       "=>",    "<",    ">",         "<=", "<>", "!",        "!=",      "-",
      "->",         "+",        "*",     "&&",   "/",         "%",  "\"", "\\",       "\\\"",    "\"a b\"",
      "'",          "“",        "”",     "–",    "→",         "≤",  "#",  "# a \" b", " ",       "\t",
      "\u00a0",     "\u2003",   "\n",    "\r",   "\r\n",      "\f", "?",  "$",        "😷"};
  constexpr unsigned kSeed = 20250301;
  std::minstd_rand random(kSeed);
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    for (std::size_t left = 1 + random() % 24; left > 0; --left) text += kPieces[random() % std::size(kPieces)];
    ASSERT_TRUE(LexesByTheGrammar(text)) << "seed " << kSeed << ", text " << i << ": " << text;
  }
}

}  // namespace
}  // namespace cordon::syntax
