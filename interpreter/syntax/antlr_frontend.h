// What the sources that drive ANTLR share: from a text to chunks, from a chunk to the parser's tokens. Private to
// syntax/.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "syntax/build_tree.h"
#include "syntax/tokens.h"

namespace cordon::syntax {

// Cuts a text into tokens and chunks, and mends what can be mended; what is wrong is reported. REQUIRES: valid UTF-8.
std::vector<Chunk> ReadChunks(std::string_view text, Reporter& reporter);

// The parser's view of a chunk: as many tokens and the end, so that an index into the one is an index into the other.
std::vector<std::unique_ptr<antlr4::Token>> ParserTokens(const Chunk& chunk);

}  // namespace cordon::syntax
