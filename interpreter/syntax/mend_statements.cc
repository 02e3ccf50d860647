#include "syntax/tokens.h"
#include "syntax/build_tree.h"
namespace cordon::syntax { bool MendStatements(Chunk&, Reporter&) { return true; }
void CheckTree(antlr4::tree::ParseTree&, const Chunk&, Reporter&) {}
}
