// Lex: whether the quick way from text to tokens is the grammar's. For tests; see tokens.h for Lex itself.
#pragma once

#include <string_view>

namespace cordon::syntax {

// Whether Lex gives the tokens that the generated lexer gives, which is asked for all of them. REQUIRES: valid UTF-8,
// no byte order mark.
bool LexesByTheGrammar(std::string_view text);

}  // namespace cordon::syntax
