// Parse: drives ANTLR's parser; it and its exceptions stay in here. The generated lexer is driven by lex.cc.
//
// A text is checked as a whole, cut into tokens, mended and cut into chunks (tokens.h), and each chunk is parsed alone:
// no mistake reaches beyond its statement, and memory grows with the longest statement, not with the file. The parser
// runs in SLL mode: the grammar needs no more. Where it still meets something unexpected, Recovery reports it in words
// of our own (messages.h) and goes on at the next line or cell. Tested by tests/unit/parse_test.cc.
#include <exception>
#include <memory>
#include <optional>
#include <utility>

#include "support/text.h"
#include "syntax/build_tree.h"
#include "syntax/lex.h"
#include "syntax/messages.h"
#include "syntax/parse.h"
#include "syntax/tokens.h"

namespace cordon::syntax {
namespace {

using antlr4::Parser;
using antlr4::RecognitionException;
using diagnostics::Code;

// The most tokens that one declaration or statement may have, and one row of a table. The rows of a table are read one
// by one, so that there may be many of them.
constexpr std::size_t kLongestChunk = 200'000;
constexpr std::size_t kLongestTable = 1'500'000;

// ---- from tokens to a parse tree

// Reports what the parser did not expect, once a place, and finds the place to go on: the next line of the statement,
// or within a row the next cell. Never leaves a message to ANTLR.
class Recovery : public antlr4::DefaultErrorStrategy {
 public:
  Recovery(const Chunk& chunk, Reporter& reporter) : chunk_(chunk), reporter_(reporter) {}

  void reportError(Parser* parser, const RecognitionException& error) override {
    if (inErrorRecoveryMode(parser)) return;
    beginErrorCondition(parser);
    const std::size_t at = error.getOffendingToken()->getTokenIndex();
    Tell(parser, at, error.getExpectedTokens(), at == parser->getTokenStream()->index());
  }

  // Called where a rule has failed: moves on to a landing place. The rules around it fail in silence until one can go
  // on.
  void recover(Parser* parser, std::exception_ptr) override {
    const auto index = static_cast<std::ptrdiff_t>(parser->getTokenStream()->index());
    if (last_index_ == index && last_state_ == parser->getState() && !AtEnd(parser)) parser->consume();
    last_index_ = static_cast<std::ptrdiff_t>(parser->getTokenStream()->index());
    last_state_ = parser->getState();
    Land(parser);
  }

  antlr4::Token* recoverInline(Parser* parser) override {
    if (!inErrorRecoveryMode(parser)) {
      const antlr4::misc::IntervalSet expected = Expected(parser);
      beginErrorCondition(parser);
      Tell(parser, parser->getTokenStream()->index(), expected, true);
      Land(parser);
      if (expected.contains(parser->getInputStream()->LA(1))) {
        antlr4::Token* token = parser->getCurrentToken();
        reportMatch(parser);
        parser->consume();
        return token;
      }
    }
    throw antlr4::InputMismatchException(parser);
  }

  // Called before each choice and round of a loop.
  void sync(Parser* parser) override {
    if (inErrorRecoveryMode(parser)) return;
    const auto& state = parser->getInterpreter<antlr4::atn::ATNSimulator>()->atn.states[parser->getState()];
    antlr4::misc::IntervalSet expected = parser->getATN().nextTokens(state);
    const std::size_t next = parser->getInputStream()->LA(1);
    if (expected.contains(next)) return;
    if (expected.contains(antlr4::Token::EPSILON)) {
      if (!EndsChunk(parser) || next == antlr4::Token::EOF) return;
      expected.remove(static_cast<std::size_t>(antlr4::Token::EPSILON));
    }
    beginErrorCondition(parser);
    Tell(parser, parser->getTokenStream()->index(), expected, true);
    Land(parser);
    if (expected.contains(parser->getInputStream()->LA(1))) {
      endErrorCondition(parser);
      return;
    }
    throw antlr4::InputMismatchException(parser);
  }

 private:
  static bool AtEnd(Parser* parser) { return parser->getInputStream()->LA(1) == antlr4::Token::EOF; }

  // What may follow here; where a rule may end, what may follow it.
  antlr4::misc::IntervalSet Expected(Parser* parser) const { return parser->getExpectedTokens(); }

  // True where the rule at hand is the declaration or statement itself, so that only the end can follow it.
  static bool EndsChunk(Parser* parser) {
    antlr4::tree::ParseTree* parent = parser->getContext()->parent;
    const auto* rule = dynamic_cast<antlr4::ParserRuleContext*>(parent);
    return rule != nullptr && (rule->getRuleIndex() == CordonParser::RuleDeclaration ||
                               rule->getRuleIndex() == CordonParser::RuleStatement);
  }

  // Moves to the next token that begins a line of the statement, or that ends a cell of the row at hand.
  void Land(Parser* parser) const {
    antlr4::TokenStream* tokens = parser->getTokenStream();
    const std::uint32_t line = chunk_.tokens[std::min(tokens->index(), chunk_.tokens.size() - 1)].line;
    for (; !AtEnd(parser); parser->consume()) {
      const Token& token = chunk_.tokens[tokens->index()];
      if (token.opens) return;
      const bool ends_cell = token.kind == Kind::BAR || token.kind == Kind::BARBAR || token.kind == Kind::ROW_END;
      if (ends_cell && token.line == line) return;
    }
  }

  void Tell(Parser* parser, std::size_t index, const antlr4::misc::IntervalSet& expected, bool certain) {
    Surprise surprise;
    surprise.at = index;
    surprise.certain = certain;
    surprise.rule = parser->getRuleNames()[parser->getContext()->getRuleIndex()];
    for (const ssize_t kind : expected.toList()) surprise.expected.push_back(static_cast<Kind>(kind));
    ReportSurprise(surprise, chunk_, reporter_);
  }

  const Chunk& chunk_;
  Reporter& reporter_;
  std::ptrdiff_t last_index_ = -1;
  std::size_t last_state_ = 0;
};

void ParseChunk(const Chunk& chunk, Reporter& reporter, Builder& builder) {
  antlr4::ListTokenSource source(ParserTokens(chunk));
  antlr4::BufferedTokenStream stream(&source);
  CordonParser parser(&stream);
  parser.removeErrorListeners();
  parser.setErrorHandler(std::make_shared<Recovery>(chunk, reporter));
  parser.getInterpreter<antlr4::atn::ParserATNSimulator>()->setPredictionMode(antlr4::atn::PredictionMode::SLL);
  const std::size_t num_surprises = reporter.num_surprises();
  CordonParser::PolicyFileContext* tree = parser.policyFile();
  CheckTree(*tree, chunk, reporter);
  if (reporter.num_surprises() == num_surprises) builder.Add(*tree, chunk);
}

// ---- the file as a whole

// Reports a text that cannot be cut into tokens. True where it can.
bool CheckText(std::string_view text, diagnostics::SourceId source, diagnostics::Sink& sink) {
  if (text.size() > kLargestFile) {
    sink.Report(Code::kFileTooLarge, {source, 0, 0},
                "the file has " + std::to_string(text.size()) + " bytes; a policy file has at most " +
                    std::to_string(kLargestFile),
                "divide it: a version is all files of its folder");
    return false;
  }
  if (const auto bad = support::FindInvalidUtf8(text)) {
    const auto at = static_cast<std::uint32_t>(*bad);
    sink.Report(Code::kNotUtf8, {source, at, at}, "the file is not UTF-8 text from here on",
                "save it as UTF-8 in the editor that made it");
    return false;
  }
  return true;
}

void ParseText(std::string_view text, File& file, diagnostics::Sink& sink) {
  Reporter reporter(text, file.source, sink);
  Builder builder(file, reporter);
  for (Chunk& chunk : ReadChunks(text, reporter)) {
    if (!chunk.broken) ParseChunk(chunk, reporter, builder);
    chunk.tokens = {};
  }
}

// Where more begins than is taken, and the most that is.
struct TooLong {
  std::size_t first = 0;
  std::size_t most = 0;
};

std::optional<TooLong> FindTooLong(const Chunk& chunk) {
  constexpr std::size_t kOpening = 1;  // behind the mark
  const bool is_table = chunk.opening == Kind::TABLE;
  const std::size_t most = is_table ? kLongestTable : kLongestChunk;
  if (chunk.tokens.size() > most) return TooLong{kOpening, most};
  std::size_t first = kOpening;
  for (std::size_t i = kOpening; i < chunk.tokens.size(); ++i) {
    const bool begins_row = is_table && chunk.tokens[i].kind == Kind::BAR && chunk.tokens[i].first;
    if (begins_row) first = i;
    if (i - first >= kLongestChunk) return TooLong{first, kLongestChunk};
  }
  return std::nullopt;
}

}  // namespace

std::vector<std::unique_ptr<antlr4::Token>> ParserTokens(const Chunk& chunk) {
  std::vector<std::unique_ptr<antlr4::Token>> tokens;
  tokens.reserve(chunk.tokens.size() + 1);
  for (const Token& token : chunk.tokens) {
    tokens.push_back(std::make_unique<antlr4::CommonToken>(static_cast<std::size_t>(token.kind)));
  }
  tokens.push_back(std::make_unique<antlr4::CommonToken>(static_cast<std::size_t>(antlr4::Token::EOF)));
  return tokens;
}

std::vector<Chunk> ReadChunks(std::string_view text, Reporter& reporter) {
  const std::uint32_t start = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  Tokens tokens = Lex(text.substr(start), start);
  if (tokens.empty()) {
    reporter.Report(Code::kEmptyFile, Token{}, "the file says nothing; a policy file holds declarations",
                    "begin it with a header, as in `policy dk.cpo version 2018-09-04`");
    return {};
  }
  MendSigns(tokens, reporter);
  std::vector<Chunk> chunks = ReadWords(std::move(tokens), reporter);
  for (Chunk& chunk : chunks) {
    chunk.broken = reporter.full();
    if (chunk.broken) continue;
    if (const auto too_long = FindTooLong(chunk)) {
      reporter.Report(Code::kStatementTooLong, chunk.tokens[too_long->first],
                      "what begins here has more than " + std::to_string(too_long->most) + " words and signs",
                      "divide it into several");
      chunk.broken = true;
      continue;
    }
    MendTables(chunk, reporter);
    MendStatements(chunk, reporter);
  }
  return chunks;
}

File Parse(const diagnostics::Sources& sources, diagnostics::SourceId source, diagnostics::Sink& sink) {
  File file;
  file.source = source;
  const std::string_view text = sources.text(source);
  if (!CheckText(text, source, sink)) return file;
  try {
    ParseText(text, file, sink);
  } catch (const std::exception&) {
    // The parser's own exceptions are handled where they arise; what still arrives here is want of memory or a fault.
    sink.Report(Code::kStatementTooLong, {source, 0, 0}, "the file could not be read to its end",
                "divide it into several");
  }
  return file;
}

}  // namespace cordon::syntax
