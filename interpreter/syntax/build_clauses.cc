// The clauses and notes that `add to` brings, and what a `change` says of a case's cell: from parse tree to syntax
// tree; see build_tree.h.
//
// Reasons and notes may stand in any order, and both may be citations: the ones directly behind `because` are the
// reason's, any other is added. Tested by tests/golden/versions/clauses.golden and notes.golden.
#include <utility>

#include "syntax/build_tree.h"

namespace cordon::syntax {

void Builder::ReadClauses(P::AdditionContext* tree, ChangeDecl& change) {
  std::vector<antlr4::tree::ParseTree*> parts = tree->children;
  if (P::AddedClausesContext* clauses = tree->addedClauses()) {
    parts.insert(parts.end(), clauses->children.begin(), clauses->children.end());
  }
  bool gives_reason = false;  // a citation here is the reason's
  for (antlr4::tree::ParseTree* part : parts) {
    if (auto* note = dynamic_cast<P::ChangeNoteContext*>(part)) {
      if (note->because() != nullptr) {
        Once(!change.notes.because.empty(), note, "`because`");
        ReadBecause(note->because(), change.notes);
        gives_reason = true;
      } else if (gives_reason) {
        change.notes.cites.push_back(ReadCite(note->cite()));
      } else {
        AddedClause clause;
        clause.note.cites.push_back(ReadCite(note->cite()));
        clause.span = SpanOf(note);
        change.clauses.push_back(std::move(clause));
      }
      continue;
    }
    if (auto* clause = dynamic_cast<P::AddedClauseContext*>(part)) {
      change.clauses.push_back(ReadClause(clause));
    } else if (auto* conditions = dynamic_cast<P::AddedConditionsContext*>(part)) {
      AddConditions(conditions, change);
    } else {
      continue;
    }
    gives_reason = false;
  }
}

void Builder::AddConditions(P::AddedConditionsContext* tree, ChangeDecl& change) {
  const auto add = [&](ClauseKind kind, P::ConditionContext* condition, antlr4::ParserRuleContext* whole) {
    AddedClause clause;
    clause.kind = kind;
    clause.condition = ReadCondition(condition);
    clause.span = SpanOf(whole);
    change.clauses.push_back(std::move(clause));
  };
  if (auto* when = tree->addedWhen()) add(ClauseKind::kWhen, when->condition(), when);
  if (auto* unless = tree->addedUnless()) add(ClauseKind::kUnless, unless->condition(), unless);
}

AddedClause Builder::ReadClause(P::AddedClauseContext* tree) const {
  AddedClause clause;
  clause.span = SpanOf(tree);
  const auto names = [&](ClauseKind kind, const std::vector<P::QualifiedNameContext*>& trees) {
    clause.kind = kind;
    clause.names.names = ReadQNames(trees);
    clause.names_span = Cover(clause.names.names.front().span, clause.names.names.back().span);
  };
  if (auto* settings = tree->inSettings()) {
    names(ClauseKind::kIn, settings->qualifiedName());
  } else if (auto* overrides = tree->overrides()) {
    names(ClauseKind::kOverrides, overrides->qualifiedName());
    clause.names.every_rule_for = overrides->EVERY_RULE_FOR() != nullptr;
  } else if (auto* drops = tree->drops()) {
    names(ClauseKind::kDrops, drops->qualifiedName());
  } else {
    ReadNote(tree->addedNote(), clause.note);
  }
  return clause;
}

void Builder::ReadNote(P::AddedNoteContext* tree, Notes& notes) const {
  if (auto* answers = tree->answers()) {
    notes.answers = ReadStatements(answers->STRING());
  } else if (auto* interpretation = tree->interpretation()) {
    Interpretation note{ReadRowName(interpretation->rowName()), {}, SpanOf(interpretation)};
    if (interpretation->STRING() != nullptr) note.text = ReadString(interpretation->STRING());
    notes.interpretations.push_back(std::move(note));
  } else {
    auto& texts = tree->QUOTE() != nullptr  ? notes.quotes
                  : tree->TEXT() != nullptr ? notes.texts
                  : tree->HELP() != nullptr ? notes.help
                                            : notes.ask;
    texts = ReadTexts(tree->languageText());
  }
}

// What only a fact of a case can be. Whether a stretch of time is one is said when the whole is read.
ExprId Builder::ReadGivenSide(P::GivenSideContext* tree) {
  const Span span = SpanOf(tree);
  std::vector<ExprId> args;
  if (tree->LB() != nullptr) {
    for (P::FactValueContext* element : tree->factValue()) args.push_back(ReadFactValue(element));
    const bool open = tree->AT_LEAST() != nullptr;
    return Put({.kind = ExprKind::kList, .span = span, .args = std::move(args), .open = open});
  }
  if (tree->LC() != nullptr) {
    std::vector<Name> fields;
    for (P::FactFieldContext* field : tree->factField()) {
      fields.push_back(ReadName(field->name()));
      args.push_back(ReadFactValue(field->factValue()));
    }
    return Put({.kind = ExprKind::kRecord, .span = span, .args = std::move(args), .fields = std::move(fields)});
  }
  std::string range;
  for (std::size_t i = tree->getStart()->getTokenIndex(); i <= tree->getStop()->getTokenIndex(); ++i) {
    range += reporter_.text(chunk_->tokens[i]);
  }
  return Put({.kind = ExprKind::kImprecise, .span = span, .range = std::move(range)});
}

}  // namespace cordon::syntax
