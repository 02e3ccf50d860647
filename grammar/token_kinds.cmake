# Writes OUTPUT, C++ made from the file TOKENS that antlr4 writes for the lexer grammar: the kinds of tokens and the
# words of the language, so that code which only looks at kinds of tokens need not include ANTLR.
file(STRINGS ${TOKENS} lines REGEX "^([A-Z_]+|'[a-z]+')=")
set(kinds "")
set(words "")
foreach(line IN LISTS lines)
  if(line MATCHES "^'([a-z]+)'=([0-9]+)")
    string(APPEND words "  {static_cast<Kind>(${CMAKE_MATCH_2}), \"${CMAKE_MATCH_1}\"},\n")
  else()
    string(REPLACE "=" " = " line "${line}")
    string(APPEND kinds "  ${line},\n")
  endif()
endforeach()
file(WRITE ${OUTPUT} "// Made from CordonLexer.g4.
#pragma once

#include <string_view>

namespace cordon_grammar {

enum class Kind : int {
  END = -1,
${kinds}};

struct Word {
  Kind kind;
  std::string_view text;
};
inline constexpr Word kWords[] = {
${words}};

}  // namespace cordon_grammar
")
