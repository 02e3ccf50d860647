// From a text to ANTLR's parse tree and on to the syntax tree, one chunk at a time. Private to syntax/: the only header
// that includes ANTLR.
//
// A Builder reads parse trees without mistakes; what a grammar cannot say (each clause once, no `and` beside `or`) is
// checked apart, in CheckTree, which also reads trees with holes.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "CordonParser.h"
#include "syntax/ast.h"
#include "syntax/tokens.h"

namespace cordon::syntax {

using cordon_grammar::CordonParser;

// How deep an expression may nest, brackets, sums and `not`s taken together, so that every later pass may recurse.
inline constexpr std::uint32_t kDeepestExpression = 1000;

class Builder {
 public:
  Builder(File& file, Reporter& reporter) : file_(file), reporter_(reporter) {}

  // Adds what `tree`, the parse of `chunk` alone and without mistakes, says to the file.
  void Add(CordonParser::PolicyFileContext& tree, const Chunk& chunk);

 private:
  using P = CordonParser;

  // Tokens and names (build_tree.cc).
  const Token& TokenOf(antlr4::Token* token) const { return chunk_->tokens[token->getTokenIndex()]; }
  const Token& TokenOf(antlr4::tree::TerminalNode* node) const { return TokenOf(node->getSymbol()); }
  Span SpanOf(antlr4::ParserRuleContext* tree) const;
  Span SpanOf(antlr4::tree::TerminalNode* node) const { return reporter_.span(TokenOf(node)); }
  std::string TextOf(antlr4::tree::TerminalNode* node) const;
  Name ReadName(P::NameContext* tree) const;
  Name ReadRowName(P::RowNameContext* tree) const;
  QName ReadQName(P::QualifiedNameContext* tree) const;
  std::vector<Name> ReadNames(const std::vector<P::NameContext*>& trees, std::size_t from = 0) const;
  std::vector<QName> ReadQNames(const std::vector<P::QualifiedNameContext*>& trees, std::size_t from = 0) const;
  std::vector<LangText> ReadTexts(const std::vector<P::LanguageTextContext*>& trees) const;
  std::string ReadString(antlr4::tree::TerminalNode* node) const;
  calendar::Date ReadDate(antlr4::tree::TerminalNode* node) const;

  // Declarations (build_tree.cc).
  void ReadNote(P::NoteContext* tree, Notes& notes) const;
  Notes ReadNotes(const std::vector<P::NoteContext*>& trees) const;
  void ReadBecause(P::BecauseContext* tree, Notes& notes);
  std::vector<StatementId> ReadStatements(const std::vector<antlr4::tree::TerminalNode*>& ids) const;
  InterpretationDecl ReadInterpretation(P::InterpretationRecordContext* tree) const;
  OmissionDecl ReadOmission(P::OmissionContext* tree);
  Cite ReadCite(P::CiteContext* tree) const;
  SourceText ReadSource(P::SourceLineContext* tree) const;
  Type ReadType(P::TypeContext* tree) const;
  std::optional<Decl> ReadDeclaration(P::DeclarationContext* tree);
  PolicyHeader ReadHeader(P::PolicyHeaderContext* tree);
  Version ReadVersion(P::VersionContext* tree) const;
  Revises ReadRevises(P::RevisesContext* tree) const;
  Adapts ReadAdapts(P::AdaptsContext* tree) const;
  LibraryHeader ReadLibrary(P::LibraryHeaderContext* tree) const;
  CategoryNode ReadSymbol(P::SymbolContext* tree) const;
  CategoryNode ReadNode(P::NodeContext* tree) const;
  CategoryDecl ReadCategory(P::CategoryDeclarationContext* tree) const;
  ScaleDecl ReadScale(P::ScaleDeclarationContext* tree) const;
  SetDecl ReadSet(P::SetDeclarationContext* tree) const;
  RecordDecl ReadRecord(P::RecordDeclarationContext* tree);
  FieldDecl ReadField(P::FieldContext* tree);
  std::vector<Parameter> ReadParameters(P::ParametersContext* tree) const;
  FactDecl ReadFact(P::FactDeclarationContext* tree);
  ActionDecl ReadAction(P::ActionDeclarationContext* tree) const;
  DefineDecl ReadDefinition(P::DefinitionContext* tree);
  ProtocolDecl ReadProtocol(P::ProtocolLineContext* tree);

  // Changes of another version (build_changes.cc).
  void AddInner(Decl decl);
  void AddMember(Member member, Span span);
  ClaimDecl ReadClaim(P::ClaimContext* tree);
  ChangeDecl ReadChange(P::ChangeContext* tree);
  ChangeDecl ReadChangeRow(P::ChangeRowContext* tree);
  ChangeDecl ReadAddition(P::AdditionContext* tree);
  ChangeDecl ReadRemoval(P::RemovalContext* tree);
  ChangeDecl ReadRenaming(P::RenamingContext* tree);
  void CheckReason(const Notes& notes);
  void CheckPayload(const ChangeDecl& change);
  void ReadPayload(P::PayloadContext* tree, ChangeDecl& change);
  void ReadChangeNotes(const std::vector<P::ChangeNoteContext*>& trees, Notes& notes);
  void ReadReasons(const std::vector<P::ChangeReasonContext*>& trees, Notes& notes);
  ChangeSide ReadSide(P::ChangeSideContext* tree);
  ExprId ReadGivenSide(P::GivenSideContext* tree);
  void ReadAdded(P::AdditionContext* tree, ChangeDecl& change);
  // Clauses and notes that are added (build_clauses.cc).
  void ReadClauses(P::AdditionContext* tree, ChangeDecl& change);
  AddedClause ReadClause(P::AddedClauseContext* tree) const;
  void ReadNote(P::AddedNoteContext* tree, Notes& notes) const;
  void AddConditions(P::AddedConditionsContext* tree, ChangeDecl& change);

  // Duties and releases (build_duties.cc); other statements of a protocol (build_statements.cc).
  std::optional<Member> ReadStatement(P::StatementContext* tree);
  OutputDecl ReadOutput(P::OutputStatementContext* tree);
  RuleDecl ReadRule(P::RuleStatementContext* tree);
  TableDecl ReadTable(P::TableStatementContext* tree);
  TablePart ReadPart(P::PartContext* tree);
  RowDecl ReadRow(P::RowContext* tree);
  Cell ReadCell(P::CellContext* tree);
  ExprId ReadCellTest(P::ComparisonTailContext* tail, const std::vector<P::OperandContext*>& range, Span span);
  OutCell ReadConclusionCell(P::ConclusionCellContext* tree);
  ForEach ReadForEach(P::ForEachContext* tree);
  Override ReadOverride(P::OverridesContext* tree) const;
  Conclusion ReadConclusion(P::ConclusionContext* tree);
  ConclusionValue ReadConclusionValue(P::ConclusionValueContext* tree);
  Judgement ReadJudgement(P::JudgementContext* tree) const;
  static Modality ReadModality(P::ModalityContext* tree);
  std::vector<ExprId> ReadArguments(P::ArgumentsContext* tree);
  Duty ReadObligation(P::ObligationContext* tree);
  void ReadQualifier(P::DutyQualifierContext* tree, Duty& duty);
  void ReadUntil(ExprId condition, antlr4::ParserRuleContext* tree, Duty& duty);
  void ReadEvent(P::DutyQualifierContext* tree, Duty& duty);
  Duty ReadDuty(P::DutyContext* tree);
  ReleaseDecl ReadRelease(P::ReleaseContext* tree);
  Expectation ReadDutyExpectation(P::DutyExpectationContext* tree);
  GuaranteeDecl ReadGuarantee(P::GuaranteeContext* tree);
  void ReadSetup(const std::vector<P::SetupLineContext*>& trees, Setup& setup);
  ExampleDecl ReadExample(P::ExampleContext* tree);
  TestDecl ReadTest(P::TestContext* tree);
  Expectation ReadExpectation(P::ExpectationContext* tree);
  std::vector<Path> ReadNeeds(P::NeedsContext* tree) const;
  CasesDecl ReadCases(P::CasesContext* tree);
  void ReadCasePart(P::CasePartContext* tree, CasesDecl& cases);
  CaseRow ReadCaseRow(P::CaseRowContext* tree, const std::vector<QName>& outputs);
  OutputExpectation ReadExpectedCell(P::ExpectedCellContext* tree);

  // Expressions (build_expressions.cc).
  ExprId Put(Expr expr);
  ExprId PutLeaf(ExprKind kind, Span span);
  ExprId PutLiteral(value::Value value, Span span);
  ExprId ReadExpression(P::ExpressionContext* tree);
  ExprId ReadCondition(P::ConditionContext* tree);
  ExprId ReadChain(P::ChainContext* tree);
  ExprId ReadNegation(P::NegationContext* tree);
  ExprId ReadQuantified(P::QuantifiedContext* tree);
  ExprId ReadTail(P::ComparisonTailContext* tree, ExprId left, Span span);
  ExprId ReadIs(P::ComparisonTailContext* tree, ExprId left, Span span);
  ExprId ReadTime(P::ComparisonTailContext* tree, ExprId left, Span span);
  ExprId ReadOperand(P::OperandContext* tree);
  ExprId ReadProduct(P::ProductContext* tree);
  ExprId ReadTerm(P::TermContext* tree);
  ExprId ReadReference(P::ReferenceContext* tree);
  ExprId ReadLatest(P::LatestContext* tree);
  ExprId ReadBracketed(P::BracketedContext* tree);
  ExprId ReadSetLiteral(P::SetLiteralContext* tree);
  ExprId ReadLiteral(P::LiteralContext* tree);
  value::Value LiteralValue(P::LiteralContext* tree) const;
  ExprId ReadFactValue(P::FactValueContext* tree);
  ExprId ReadImprecise(P::ImpreciseContext* tree);
  ExprId ReadQNameExpr(P::QualifiedNameContext* tree);
  void Once(bool already, antlr4::ParserRuleContext* tree, std::string_view what);

  File& file_;
  Reporter& reporter_;
  const Chunk* chunk_ = nullptr;
  std::vector<std::uint32_t> depths_;  // of file_.exprs
  // The protocol or change whose statements and declarations follow: an index into file_.decls.
  std::optional<std::size_t> holder_;
};

// Cuts a text into tokens and chunks, and mends what can be mended; what is wrong is reported. REQUIRES: valid UTF-8.
std::vector<Chunk> ReadChunks(std::string_view text, Reporter& reporter);

// The parser's view of a chunk: as many tokens and the end, so that an index into the one is an index into the other.
std::vector<std::unique_ptr<antlr4::Token>> ParserTokens(const Chunk& chunk);

// Reports chains that mix `and` with `or`. Reads trees with holes.
void CheckTree(antlr4::tree::ParseTree& tree, const Chunk& chunk, Reporter& reporter);

}  // namespace cordon::syntax
