// Holds texts against the grammar; see check_coverage.h.
//
// What a rule may hold is read from the parser's transition network, what it does hold from the trees of the texts.
// Tested by tests/unit/parse_test.cc.
#include "syntax/check_coverage.h"

#include <set>

#include "syntax/build_tree.h"

namespace cordon::syntax {
namespace {

using Parts = std::set<std::string>;

// "rule: part", where `part` is a word, a sign or another rule.
std::string PartOf(const antlr4::Parser& parser, std::size_t rule, const std::string& part) {
  return parser.getRuleNames()[rule] + ": " + part;
}

Parts AllParts(const antlr4::Parser& parser) {
  Parts parts;
  for (const antlr4::atn::ATNState* state : parser.getATN().states) {
    if (state == nullptr) continue;
    for (const auto& pointer : state->transitions) {
      const antlr4::atn::Transition& transition = *pointer;
      if (const auto* rule = dynamic_cast<const antlr4::atn::RuleTransition*>(&transition)) {
        parts.insert(PartOf(parser, state->ruleIndex, parser.getRuleNames()[rule->target->ruleIndex]));
      }
      for (const ssize_t token : transition.label().toList()) {
        const auto type = static_cast<std::size_t>(token);
        parts.insert(PartOf(parser, state->ruleIndex, std::string(parser.getVocabulary().getSymbolicName(type))));
      }
    }
  }
  return parts;
}

// Takes away what the tree holds. The stack is its own, since a tree may be deep.
void RemoveUsed(const antlr4::Parser& parser, antlr4::tree::ParseTree& tree, Parts& parts) {
  std::vector<antlr4::tree::ParseTree*> open = {&tree};
  while (!open.empty()) {
    auto* node = dynamic_cast<antlr4::ParserRuleContext*>(open.back());
    open.pop_back();
    if (node == nullptr) continue;
    for (antlr4::tree::ParseTree* child : node->children) {
      open.push_back(child);
      if (auto* terminal = dynamic_cast<antlr4::tree::TerminalNode*>(child)) {
        const std::size_t type = terminal->getSymbol()->getType();
        parts.erase(PartOf(parser, node->getRuleIndex(), std::string(parser.getVocabulary().getSymbolicName(type))));
      } else if (auto* rule = dynamic_cast<antlr4::ParserRuleContext*>(child)) {
        parts.erase(PartOf(parser, node->getRuleIndex(), parser.getRuleNames()[rule->getRuleIndex()]));
      }
    }
  }
}

}  // namespace

std::vector<std::string> FindUnusedGrammar(const diagnostics::Sources& sources,
                                           const std::vector<diagnostics::SourceId>& used) {
  Parts parts;
  {
    antlr4::ListTokenSource nothing(ParserTokens(Chunk{}));
    antlr4::BufferedTokenStream stream(&nothing);
    parts = AllParts(CordonParser(&stream));
  }
  for (const diagnostics::SourceId source : used) {
    diagnostics::Sink sink;
    Reporter reporter(sources.text(source), source, sink);
    for (const Chunk& chunk : ReadChunks(sources.text(source), reporter)) {
      if (chunk.broken) continue;
      antlr4::ListTokenSource tokens(ParserTokens(chunk));
      antlr4::BufferedTokenStream stream(&tokens);
      CordonParser parser(&stream);
      parser.removeErrorListeners();
      antlr4::tree::ParseTree* tree = parser.policyFile();
      if (parser.getNumberOfSyntaxErrors() == 0) RemoveUsed(parser, *tree, parts);
    }
  }
  return {parts.begin(), parts.end()};
}

}  // namespace cordon::syntax
