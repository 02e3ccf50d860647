// Holds the parser's two ways of prediction against each other; see check_prediction.h.
#include "syntax/check_prediction.h"

#include "syntax/build_tree.h"

namespace cordon::syntax {
namespace {

using antlr4::atn::PredictionMode;

class Conflicts : public antlr4::BaseErrorListener {
 public:
  explicit Conflicts(std::vector<std::string>& found) : found_(found) {}

  void reportAmbiguity(antlr4::Parser* parser, const antlr4::dfa::DFA& dfa, std::size_t, std::size_t, bool,
                       const antlrcpp::BitSet&, antlr4::atn::ATNConfigSet*) override {
    Add("an ambiguity in ", parser, dfa);
  }
  void reportAttemptingFullContext(antlr4::Parser* parser, const antlr4::dfa::DFA& dfa, std::size_t, std::size_t,
                                   const antlrcpp::BitSet&, antlr4::atn::ATNConfigSet*) override {
    Add("full context wanted in ", parser, dfa);
  }

 private:
  void Add(const char* what, antlr4::Parser* parser, const antlr4::dfa::DFA& dfa) {
    found_.push_back(what + parser->getRuleNames()[dfa.atnStartState->ruleIndex]);
  }

  std::vector<std::string>& found_;
};

std::string TreeOf(const Chunk& chunk, PredictionMode mode, antlr4::ANTLRErrorListener* listener) {
  antlr4::ListTokenSource source(ParserTokens(chunk));
  antlr4::BufferedTokenStream stream(&source);
  CordonParser parser(&stream);
  parser.removeErrorListeners();
  parser.addErrorListener(listener);
  parser.getInterpreter<antlr4::atn::ParserATNSimulator>()->setPredictionMode(mode);
  return parser.policyFile()->toStringTree(&parser);
}

}  // namespace

std::vector<std::string> FindPredictionConflicts(const diagnostics::Sources& sources, diagnostics::SourceId source) {
  std::vector<std::string> found;
  diagnostics::Sink sink;
  Reporter reporter(sources.text(source), source, sink);
  Conflicts conflicts(found);
  antlr4::BaseErrorListener silent;
  for (const Chunk& chunk : ReadChunks(sources.text(source), reporter)) {
    if (chunk.broken) continue;
    const std::string simple = TreeOf(chunk, PredictionMode::SLL, &silent);
    const std::string exact = TreeOf(chunk, PredictionMode::LL_EXACT_AMBIG_DETECTION, &conflicts);
    if (simple != exact) found.push_back("two trees:\n" + simple + "\n" + exact);
  }
  return found;
}

}  // namespace cordon::syntax
