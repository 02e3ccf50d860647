// Brackets of one chunk. Private to syntax/, a part of MendStatements.
#pragma once

#include "syntax/tokens.h"

namespace cordon::syntax {

bool IsOpening(Kind kind);
bool IsClosing(Kind kind);
// True where no bracket that was opened before the token can still be open: the next cell, the next clause.
bool EndsBrackets(const Token& token, const Chunk& chunk);

// Puts the condition after `has` and `where` into brackets where they are missing, and `has` before it. E0146.
void MendConditions(Chunk& chunk, Reporter& reporter);
// Reports brackets that are not closed, not opened or nested too deeply, and closes them. E0105, E0143, E0144.
void MendBrackets(Chunk& chunk, Reporter& reporter);

}  // namespace cordon::syntax
