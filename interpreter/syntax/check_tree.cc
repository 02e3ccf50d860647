// CheckTree; see build_tree.h. Walks with a stack of its own, since a tree with mistakes has any shape.
#include "syntax/build_tree.h"

namespace cordon::syntax {

void CheckTree(antlr4::tree::ParseTree& tree, const Chunk& chunk, Reporter& reporter) {
  std::vector<antlr4::tree::ParseTree*> open = {&tree};
  while (!open.empty()) {
    antlr4::tree::ParseTree* node = open.back();
    open.pop_back();
    open.insert(open.end(), node->children.begin(), node->children.end());
    auto* chain = dynamic_cast<CordonParser::ChainContext*>(node);
    if (chain == nullptr) continue;
    const Token* first = nullptr;
    for (antlr4::tree::ParseTree* child : chain->children) {
      auto* terminal = dynamic_cast<antlr4::tree::TerminalNode*>(child);
      if (terminal == nullptr) continue;
      const std::size_t index = terminal->getSymbol()->getTokenIndex();
      if (index >= chunk.tokens.size()) continue;
      const Token& token = chunk.tokens[index];
      if (first == nullptr) first = &token;
      if (token.kind == first->kind) continue;
      reporter.Report(diagnostics::Code::kMixedAndOr, token,
                      "`and` and `or` are mixed; which of them belongs together is said with brackets",
                      "put brackets round the part that belongs together, as in `a or (b and c)`",
                      {{reporter.span(*first), "the other word is here"}});
      break;
    }
  }
}

}  // namespace cordon::syntax
