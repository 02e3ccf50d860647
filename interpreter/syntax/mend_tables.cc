#include "syntax/tokens.h"
namespace cordon::syntax {
void MendTables(Chunk& chunk, Reporter&) {
  for (std::size_t i = 0; i < chunk.tokens.size(); ++i) {
    Token& t = chunk.tokens[i];
    if (t.kind != Kind::BAR) continue;
    if (t.first) t.kind = Kind::ROW_START;
    else if (i + 1 == chunk.tokens.size() || chunk.tokens[i + 1].line != t.line) t.kind = Kind::ROW_END;
  }
}
}
