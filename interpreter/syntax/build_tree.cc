// Declarations: from parse tree to syntax tree; see build_tree.h.
#include "syntax/build_tree.h"

#include "support/assert.h"

namespace cordon::syntax {

using diagnostics::Code;

void Builder::Add(P::PolicyFileContext& tree, const Chunk& chunk) {
  chunk_ = &chunk;
  for (P::DeclarationContext* declaration : tree.declaration()) {
    auto decl = ReadDeclaration(declaration);
    if (!decl) continue;
    if (chunk.mark == Kind::INNER) {
      AddInner(std::move(*decl));
      continue;
    }
    if (std::holds_alternative<ProtocolDecl>(*decl) || std::holds_alternative<ChangeDecl>(*decl)) {
      holder_ = file_.decls.size();
    }
    file_.decls.push_back(std::move(*decl));
  }
  for (P::StatementContext* statement : tree.statement()) {
    auto member = ReadStatement(statement);
    if (member) AddMember(std::move(*member), SpanOf(statement));
  }
}

void Builder::Once(bool already, antlr4::ParserRuleContext* tree, std::string_view what) {
  if (!already) return;
  reporter_.Report(Code::kSaidTwice, TokenOf(tree->getStart()),
                   std::string(what) + " is said a second time; it is said once at most", "remove one of the two");
}

// ---- tokens and names

Span Builder::SpanOf(antlr4::ParserRuleContext* tree) const {
  const Token& first = TokenOf(tree->getStart());
  if (tree->getStop() == nullptr || tree->getStop()->getTokenIndex() < tree->getStart()->getTokenIndex()) {
    return reporter_.span(first);
  }
  return Cover(reporter_.span(first), reporter_.span(TokenOf(tree->getStop())));
}

std::string Builder::TextOf(antlr4::tree::TerminalNode* node) const {
  const Token& token = TokenOf(node);
  return token.meant.empty() ? std::string(reporter_.text(token)) : token.meant;
}

Name Builder::ReadName(P::NameContext* tree) const { return {TextOf(tree->NAME()), SpanOf(tree)}; }

Name Builder::ReadRowName(P::RowNameContext* tree) const {
  if (tree->name() != nullptr) return ReadName(tree->name());
  return {TextOf(tree->INT() != nullptr ? tree->INT() : tree->ROW_NAME()), SpanOf(tree)};
}

QName Builder::ReadQName(P::QualifiedNameContext* tree) const {
  QName name{{ReadName(tree->name())}, SpanOf(tree)};
  for (P::RowNameContext* part : tree->rowName()) name.parts.push_back(ReadRowName(part));
  return name;
}

std::vector<Name> Builder::ReadNames(const std::vector<P::NameContext*>& trees, std::size_t from) const {
  std::vector<Name> names;
  for (std::size_t i = from; i < trees.size(); ++i) names.push_back(ReadName(trees[i]));
  return names;
}

std::vector<QName> Builder::ReadQNames(const std::vector<P::QualifiedNameContext*>& trees, std::size_t from) const {
  std::vector<QName> names;
  for (std::size_t i = from; i < trees.size(); ++i) names.push_back(ReadQName(trees[i]));
  return names;
}

std::string Builder::ReadString(antlr4::tree::TerminalNode* node) const {
  const Token& token = TokenOf(node);
  if (!token.meant.empty()) return token.meant;
  std::string_view quoted = reporter_.text(token);
  if (quoted.size() < 2 || quoted.back() != '"') return {};
  quoted = quoted.substr(1, quoted.size() - 2);
  std::string text;
  for (std::size_t i = 0; i < quoted.size(); ++i) {
    if (quoted[i] != '\\' || i + 1 == quoted.size()) {
      text += quoted[i];
      continue;
    }
    ++i;
    text += quoted[i] == 'n' ? '\n' : quoted[i];
  }
  return text;
}

std::vector<LangText> Builder::ReadTexts(const std::vector<P::LanguageTextContext*>& trees) const {
  std::vector<LangText> texts;
  for (P::LanguageTextContext* tree : trees) {
    LangText text{ReadName(tree->name()), {}, SpanOf(tree)};
    for (antlr4::tree::TerminalNode* part : tree->STRING()) {
      if (part != tree->STRING(0)) text.text += ' ';
      text.text += ReadString(part);
    }
    texts.push_back(std::move(text));
  }
  return texts;
}

// A date that does not exist was reported with the signs.
calendar::Date Builder::ReadDate(antlr4::tree::TerminalNode* node) const {
  return calendar::ParseDate(TextOf(node)).value_or(calendar::kFirstDate);
}

// ---- notes, sources, types

Cite Builder::ReadCite(P::CiteContext* tree) const {
  return {ReadName(tree->name()), ReadString(tree->STRING()), SpanOf(tree)};
}

SourceText Builder::ReadSource(P::SourceLineContext* tree) const {
  return {ReadName(tree->name()), ReadString(tree->STRING()), SpanOf(tree)};
}

std::vector<StatementId> Builder::ReadStatements(const std::vector<antlr4::tree::TerminalNode*>& ids) const {
  std::vector<StatementId> statements;
  for (antlr4::tree::TerminalNode* id : ids) statements.push_back({ReadString(id), SpanOf(id)});
  return statements;
}

void Builder::ReadNote(P::NoteContext* tree, Notes& notes) const {
  const auto append = [&](std::vector<LangText>& texts) {
    for (LangText& text : ReadTexts(tree->languageText())) texts.push_back(std::move(text));
  };
  if (tree->cite() != nullptr) {
    notes.cites.push_back(ReadCite(tree->cite()));
  } else if (tree->answers() != nullptr) {
    for (StatementId& id : ReadStatements(tree->answers()->STRING())) notes.answers.push_back(std::move(id));
  } else if (P::InterpretationContext* interpretation = tree->interpretation()) {
    Interpretation note{ReadRowName(interpretation->rowName()), {}, SpanOf(interpretation)};
    if (interpretation->STRING() != nullptr) note.text = ReadString(interpretation->STRING());
    notes.interpretations.push_back(std::move(note));
  } else if (tree->QUOTE() != nullptr) {
    append(notes.quotes);
  } else if (tree->TEXT() != nullptr) {
    append(notes.texts);
  } else if (tree->HELP() != nullptr) {
    append(notes.help);
  } else {
    append(notes.ask);
  }
}

void Builder::ReadBecause(P::BecauseContext* tree, Notes& notes) {
  notes.because.push_back(ReadString(tree->STRING()));
}

Notes Builder::ReadNotes(const std::vector<P::NoteContext*>& trees) const {
  Notes notes;
  for (P::NoteContext* tree : trees) ReadNote(tree, notes);
  return notes;
}

Type Builder::ReadType(P::TypeContext* tree) const {
  static constexpr std::pair<std::string_view, TypeName> kTypes[] = {
      {"bool", TypeName::kBool},        {"int", TypeName::kInt},   {"decimal", TypeName::kDecimal},
      {"text", TypeName::kText},        {"date", TypeName::kDate}, {"datetime", TypeName::kDatetime},
      {"duration", TypeName::kDuration}};
  Type type;
  type.span = SpanOf(tree);
  type.is_list = tree->LIST_OF() != nullptr;
  type.or_none = tree->OR_NONE() != nullptr;
  type.name = TypeName::kNamed;
  Name name = ReadName(tree->name());
  for (const auto& [text, kind] : kTypes) {
    if (name.text == text) type.name = kind;
  }
  if (type.name == TypeName::kNamed) type.named = std::move(name);
  return type;
}

// ---- declarations

std::optional<Decl> Builder::ReadDeclaration(P::DeclarationContext* tree) {
  if (auto* t = tree->policyHeader()) return ReadHeader(t);
  if (auto* t = tree->libraryHeader()) return ReadLibrary(t);
  if (auto* t = tree->useLine()) return Use{ReadQNames(t->qualifiedName()), SpanOf(t)};
  if (auto* t = tree->subjectDeclaration()) return SubjectDecl{ReadName(t->name()), SpanOf(t)};
  if (auto* t = tree->categoryDeclaration()) return ReadCategory(t);
  if (auto* t = tree->scaleDeclaration()) return ReadScale(t);
  if (auto* t = tree->setDeclaration()) return ReadSet(t);
  if (auto* t = tree->roleDeclaration()) return RoleDecl{ReadName(t->name()), ReadTexts(t->languageText()), SpanOf(t)};
  if (auto* t = tree->eventDeclaration())
    return EventDecl{ReadName(t->name()), ReadTexts(t->languageText()), SpanOf(t)};
  if (auto* t = tree->recordDeclaration()) return ReadRecord(t);
  if (auto* t = tree->paramDeclaration()) {
    return ParamDecl{ReadName(t->name()), ReadOperand(t->operand()), ReadNotes(t->note()), SpanOf(t)};
  }
  if (auto* t = tree->factDeclaration()) return ReadFact(t);
  if (auto* t = tree->groupDeclaration()) {
    return GroupDecl{ReadName(t->name(0)), ReadNames(t->name(), 1), ReadNotes(t->note()), SpanOf(t)};
  }
  if (auto* t = tree->actionDeclaration()) return ReadAction(t);
  if (auto* t = tree->definition()) return ReadDefinition(t);
  if (auto* t = tree->protocolLine()) return ReadProtocol(t);
  if (auto* t = tree->claim()) return ReadClaim(t);
  if (auto* t = tree->interpretationRecord()) return ReadInterpretation(t);
  if (auto* t = tree->omission()) return ReadOmission(t);
  if (auto* t = tree->change()) return ReadChange(t);
  if (auto* t = tree->changeRow()) return ReadChangeRow(t);
  if (auto* t = tree->addition()) return ReadAddition(t);
  if (auto* t = tree->removal()) return ReadRemoval(t);
  if (auto* t = tree->renaming()) return ReadRenaming(t);
  return std::nullopt;
}

Version Builder::ReadVersion(P::VersionContext* tree) const {
  Version version;
  version.span = SpanOf(tree);
  version.undated = tree->UNDATED() != nullptr;
  if (tree->STRING() != nullptr) {
    version.text = ReadString(tree->STRING());
  } else if (!version.undated) {
    version.text = TextOf(dynamic_cast<antlr4::tree::TerminalNode*>(tree->children[0]));
  }
  return version;
}

Revises Builder::ReadRevises(P::RevisesContext* tree) const {
  Revises revises{ReadVersion(tree->version(0)), std::nullopt, {}, SpanOf(tree)};
  if (tree->UPON() != nullptr) {
    revises.upon = ReadQName(tree->qualifiedName());
    revises.upon_version = ReadVersion(tree->version(1));
  }
  return revises;
}

Adapts Builder::ReadAdapts(P::AdaptsContext* tree) const {
  Adapts adapts{ReadQName(tree->qualifiedName()), ReadVersion(tree->version()), std::nullopt, SpanOf(tree)};
  if (tree->because() != nullptr) adapts.text_unavailable = ReadString(tree->because()->STRING());
  return adapts;
}

PolicyHeader Builder::ReadHeader(P::PolicyHeaderContext* tree) {
  PolicyHeader header;
  header.name = ReadQName(tree->qualifiedName());
  header.span = SpanOf(tree);
  header.version = ReadVersion(tree->version());
  for (P::HeaderLineContext* line : tree->headerLine()) {
    if (line->TITLE() != nullptr) {
      for (LangText& text : ReadTexts(line->languageText())) header.titles.push_back(std::move(text));
    } else if (line->ISSUER() != nullptr) {
      Once(header.issuer.has_value(), line, "the issuer");
      header.issuer = ReadString(line->STRING());
    } else if (line->sourceLine() != nullptr) {
      header.sources.push_back(ReadSource(line->sourceLine()));
    } else if (line->revises() != nullptr) {
      Once(header.revises || header.adapts, line, "what this version changes");
      header.revises = ReadRevises(line->revises());
    } else if (line->adapts() != nullptr) {
      Once(header.revises || header.adapts, line, "what this version changes");
      header.adapts = ReadAdapts(line->adapts());
    } else {
      Once(header.in_force.has_value(), line, "the time in force");
      header.in_force = InForce{ReadDate(line->DATE(0)), std::nullopt, SpanOf(line)};
      if (line->TO() != nullptr) header.in_force->until = ReadDate(line->DATE(1));
    }
  }
  return header;
}

LibraryHeader Builder::ReadLibrary(P::LibraryHeaderContext* tree) const {
  LibraryHeader header{ReadQName(tree->qualifiedName()), {}, SpanOf(tree)};
  for (P::SourceLineContext* line : tree->sourceLine()) header.sources.push_back(ReadSource(line));
  return header;
}

CategoryNode Builder::ReadSymbol(P::SymbolContext* tree) const {
  return {ReadName(tree->name()), ReadTexts(tree->languageText()), {}, SpanOf(tree)};
}

// Recurses as deep as brackets nest.
CategoryNode Builder::ReadNode(P::NodeContext* tree) const {
  CategoryNode node = ReadSymbol(tree->symbol());
  node.span = SpanOf(tree);
  for (P::NodeContext* child : tree->node()) node.children.push_back(ReadNode(child));
  return node;
}

CategoryDecl Builder::ReadCategory(P::CategoryDeclarationContext* tree) const {
  CategoryDecl category{ReadName(tree->name()), {}, ReadNotes(tree->note()), SpanOf(tree)};
  for (P::NodeContext* node : tree->node()) category.nodes.push_back(ReadNode(node));
  return category;
}

ScaleDecl Builder::ReadScale(P::ScaleDeclarationContext* tree) const {
  ScaleDecl scale{ReadName(tree->name()), {}, ReadNotes(tree->note()), SpanOf(tree)};
  for (P::SymbolContext* symbol : tree->symbol()) scale.symbols.push_back(ReadSymbol(symbol));
  return scale;
}

SetDecl Builder::ReadSet(P::SetDeclarationContext* tree) const {
  return {ReadName(tree->name(0)), ReadName(tree->name(1)), ReadNames(tree->name(), 2), ReadNotes(tree->note()),
          SpanOf(tree)};
}

RecordDecl Builder::ReadRecord(P::RecordDeclarationContext* tree) {
  RecordDecl record;
  record.name = ReadName(tree->name(0));
  if (tree->NAMED_BY() != nullptr) record.named_by = ReadName(tree->name(1));
  record.notes = ReadNotes(tree->note());
  record.span = SpanOf(tree);
  record.clauses.head = Cover(SpanOf(tree->RECORD()), SpanOf(tree->name().back()));
  for (P::NoteContext* note : tree->note()) record.clauses.head = Cover(record.clauses.head, SpanOf(note));
  for (P::RecordLineContext* line : tree->recordLine()) {
    if (line->REQUIRE() != nullptr) {
      record.requires_.push_back({ReadCondition(line->condition()), SpanOf(line)});
      continue;
    }
    record.fields.push_back(ReadField(line->field()));
  }
  return record;
}

FieldDecl Builder::ReadField(P::FieldContext* tree) {
  FieldDecl field{ReadName(tree->name()), std::nullopt, {}, ReadNotes(tree->note()), SpanOf(tree)};
  if (tree->type() != nullptr) {
    field.type = ReadType(tree->type());
  } else {
    field.derived = ReadExpression(tree->expression());
  }
  return field;
}

FactDecl Builder::ReadFact(P::FactDeclarationContext* tree) {
  FactDecl fact;
  fact.name = ReadName(tree->name(0));
  if (tree->OF() != nullptr) fact.subject = ReadName(tree->name(1));
  fact.type = ReadType(tree->type());
  fact.span = SpanOf(tree);
  for (P::FactLineContext* line : tree->factLine()) {
    if (line->RECORDED() != nullptr) {
      Once(fact.recorded, line, "`recorded`");
      fact.recorded = true;
    } else if (P::AssumptionContext* assumption = line->assumption()) {
      Once(fact.assume.has_value(), line, "what to assume");
      fact.assume = Assume{ReadOperand(assumption->operand()), assumption->UNLESS_ASKED() != nullptr,
                           ReadString(assumption->because()->STRING()), SpanOf(assumption)};
    } else if (line->CONFIDENTIAL_TO() != nullptr) {
      Once(!fact.confidential_to.empty(), line, "`confidential to`");
      fact.confidential_to = ReadNames(line->name());
    } else {
      ReadNote(line->note(), fact.notes);
    }
  }
  return fact;
}

std::vector<Parameter> Builder::ReadParameters(P::ParametersContext* tree) const {
  std::vector<Parameter> parameters;
  if (tree == nullptr) return parameters;
  for (P::ParameterContext* parameter : tree->parameter()) {
    parameters.push_back({ReadName(parameter->name()), ReadType(parameter->type())});
  }
  return parameters;
}

ActionDecl Builder::ReadAction(P::ActionDeclarationContext* tree) const {
  return {ReadName(tree->name()), ReadParameters(tree->parameters()), ReadNotes(tree->note()), SpanOf(tree)};
}

DefineDecl Builder::ReadDefinition(P::DefinitionContext* tree) {
  return {ReadName(tree->name()), ReadParameters(tree->parameters()), ReadExpression(tree->expression()),
          ReadNotes(tree->note()), SpanOf(tree)};
}

ProtocolDecl Builder::ReadProtocol(P::ProtocolLineContext* tree) {
  ProtocolDecl protocol;
  protocol.name = ReadName(tree->name());
  protocol.span = SpanOf(tree);
  protocol.clauses.head = protocol.span;
  for (P::ProtocolClauseContext* clause : tree->protocolClause()) {
    if (clause->ABOUT() != nullptr) {
      Once(protocol.about.has_value(), clause, "the subject");
      protocol.about = ReadName(clause->name());
    } else if (clause->inSettings() != nullptr) {
      Once(!protocol.in.empty(), clause, "the setting");
      protocol.clauses.in = SpanOf(clause);
      protocol.in = ReadQNames(clause->inSettings()->qualifiedName());
    } else {
      ReadNote(clause->note(), protocol.notes);
    }
  }
  return protocol;
}

}  // namespace cordon::syntax
