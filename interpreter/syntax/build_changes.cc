// Claims, recorded interpretations, omissions and the changes of another version: from parse tree to syntax tree; see
// build_tree.h. Clauses and notes that `add to` brings: build_clauses.cc.
//
// What stands below `add` and `replace` in declarations or statements comes in chunks of its own, and is put into the
// change that precedes it; a protocol among the declarations takes the statements that follow it.
#include <type_traits>
#include <utility>

#include "syntax/build_tree.h"

namespace cordon::syntax {

using diagnostics::Code;

namespace {

template <typename T, typename Variant>
struct IsOneOf;
template <typename T, typename... Ts>
struct IsOneOf<T, std::variant<Ts...>> : std::disjunction<std::is_same<T, Ts>...> {};

}  // namespace

// A declaration that cannot be added never stands under INNER: the words have seen to that.
void Builder::AddInner(Decl decl) {
  if (!holder_) return;
  auto* change = std::get_if<ChangeDecl>(&file_.decls[*holder_]);
  if (change == nullptr) return;
  std::visit(
      [&](auto& d) {
        if constexpr (IsOneOf<std::decay_t<decltype(d)>, Declaration>::value) {
          change->span = Cover(change->span, d.span);
          change->declarations.emplace_back(std::move(d));
        }
      },
      decl);
}

// Statements outside a protocol were reported by the words.
void Builder::AddMember(Member member, Span span) {
  if (!holder_) return;
  auto* protocol = std::get_if<ProtocolDecl>(&file_.decls[*holder_]);
  if (auto* change = std::get_if<ChangeDecl>(&file_.decls[*holder_])) {
    change->span = Cover(change->span, span);
    if (!change->path.parts.empty()) {
      change->members.push_back(std::move(member));
      return;
    }
    if (!change->declarations.empty()) protocol = std::get_if<ProtocolDecl>(&change->declarations.back());
  }
  if (protocol == nullptr) return;
  protocol->members.push_back(std::move(member));
  protocol->span = Cover(protocol->span, span);
}

// ---- reasons

void Builder::ReadChangeNotes(const std::vector<P::ChangeNoteContext*>& trees, Notes& notes) {
  for (P::ChangeNoteContext* tree : trees) {
    if (tree->cite() != nullptr) {
      notes.cites.push_back(ReadCite(tree->cite()));
    } else {
      Once(!notes.because.empty(), tree, "`because`");
      ReadBecause(tree->because(), notes);
    }
  }
}

void Builder::ReadReasons(const std::vector<P::ChangeReasonContext*>& trees, Notes& notes) {
  for (P::ChangeReasonContext* tree : trees) {
    Once(!notes.because.empty(), tree, "`because`");
    ReadBecause(tree->because(), notes);
    for (P::CiteContext* cite : tree->cite()) notes.cites.push_back(ReadCite(cite));
  }
}

void Builder::CheckReason(const Notes& notes) {
  if (!notes.because.empty()) return;
  reporter_.Report(Code::kNoBecause, chunk_->tokens[1], "a change without `because`; it says why, in a text",
                   "add `because \"…\"`, and `cite` where the guideline says so");
}

InterpretationDecl Builder::ReadInterpretation(P::InterpretationRecordContext* tree) const {
  InterpretationDecl decl;
  decl.name = ReadRowName(tree->rowName());
  decl.text = ReadString(tree->STRING(0));
  for (std::size_t i = 1; i < tree->STRING().size(); ++i) decl.alternatives.push_back(ReadString(tree->STRING(i)));
  if (tree->settledBy() != nullptr) decl.settled_by = ReadNames(tree->settledBy()->name());
  decl.text_unavailable = tree->TEXT_UNAVAILABLE() != nullptr;
  for (P::CiteContext* cite : tree->cite()) decl.cites.push_back(ReadCite(cite));
  decl.span = SpanOf(tree);
  return decl;
}

OmissionDecl Builder::ReadOmission(P::OmissionContext* tree) {
  OmissionDecl omission{ReadStatements(tree->STRING()), {}, SpanOf(tree)};
  ReadChangeNotes(tree->changeNote(), omission.notes);
  if (omission.notes.because.empty()) {
    reporter_.Report(Code::kNoBecause, chunk_->tokens[1], "an `omit` without `because`; it says why, in a text",
                     "add `because \"…\"`");
  }
  return omission;
}

ClaimDecl Builder::ReadClaim(P::ClaimContext* tree) {
  ClaimDecl claim{tree->EXACTLY() != nullptr, {}, SpanOf(tree)};
  ReadChangeNotes(tree->changeNote(), claim.notes);
  return claim;
}

// ---- changes

ChangeDecl Builder::ReadChange(P::ChangeContext* tree) {
  ChangeDecl change;
  change.kind = ChangeKind::kChange;
  change.path = ReadQName(tree->qualifiedName());
  change.before = ReadSide(tree->changeSide(0));
  change.after = ReadSide(tree->changeSide(1));
  ReadChangeNotes(tree->changeNote(), change.notes);
  change.span = SpanOf(tree);
  CheckReason(change.notes);
  return change;
}

ChangeSide Builder::ReadSide(P::ChangeSideContext* tree) {
  const Span span = SpanOf(tree);
  if (!tree->languageText().empty()) return {ReadTexts(tree->languageText()), span};
  if (tree->judgement() != nullptr) return {ReadJudgement(tree->judgement()), span};
  if (tree->SILENT() != nullptr) return {Silent{}, span};
  if (tree->ANY() != nullptr) return {AnyCell{}, span};
  if (tree->OTHERWISE() != nullptr) return {OtherwiseCell{}, span};
  if (tree->modality() != nullptr) {
    return {DutyCell{ReadModality(tree->modality()), ReadArguments(tree->arguments())}, span};
  }
  if (tree->expression() != nullptr) return {ReadExpression(tree->expression()), span};
  if (tree->givenSide() != nullptr) return {ReadGivenSide(tree->givenSide()), span};
  if (tree->PROVISIONALLY() != nullptr) {
    OutputExpectation expected;
    const bool judged = tree->JUDGEMENT() != nullptr;
    expected.status = judged ? ExpectedStatus::kProvisionalJudgement : ExpectedStatus::kProvisionally;
    if (!judged) expected.value = ReadOperand(tree->operand(0));
    expected.span = span;
    return {std::move(expected), span};
  }
  if (!tree->qualifiedName().empty()) {
    return {NameList{ReadQNames(tree->qualifiedName()), tree->EVERY_RULE_FOR() != nullptr}, span};
  }
  return {ReadCellTest(tree->comparisonTail(), tree->operand(), span), span};
}

ChangeDecl Builder::ReadChangeRow(P::ChangeRowContext* tree) {
  ChangeDecl change;
  change.kind = ChangeKind::kChangeRow;
  change.path = ReadQName(tree->qualifiedName());
  for (P::PartContext* part : tree->part()) change.parts.push_back(ReadPart(part));
  if (tree->casePart() != nullptr) ReadCasePart(tree->casePart(), change.cases.emplace_back());
  ReadChangeNotes(tree->changeNote(), change.notes);
  ReadReasons(tree->changeReason(), change.notes);
  change.span = SpanOf(tree);
  CheckReason(change.notes);
  return change;
}

// Clauses and notes are read with the reasons around them; a citation alone may be what is added.
void Builder::ReadAdded(P::AdditionContext* tree, ChangeDecl& change) {
  P::PayloadContext* payload = tree->payload();
  const bool alone = payload == nullptr && !chunk_->followed && !change.path.parts.empty();
  if (tree->addedClauses() != nullptr || alone) return ReadClauses(tree, change);
  ReadChangeNotes(tree->changeNote(), change.notes);
  if (payload != nullptr) ReadPayload(payload, change);
}

ChangeDecl Builder::ReadAddition(P::AdditionContext* tree) {
  ChangeDecl change;
  change.kind = tree->ADD() != nullptr ? ChangeKind::kAdd : ChangeKind::kReplace;
  if (tree->qualifiedName() != nullptr) change.path = ReadQName(tree->qualifiedName());
  ReadAdded(tree, change);
  CheckPayload(change);
  change.span = SpanOf(tree);
  CheckReason(change.notes);
  return change;
}

void Builder::CheckPayload(const ChangeDecl& change) {
  const Token& word = chunk_->tokens[1];
  const bool adds = change.kind == ChangeKind::kAdd;
  const bool has_own = !change.parts.empty() || !change.fields.empty() || !change.symbols.empty() ||
                       !change.cases.empty() || !change.clauses.empty();
  if (!has_own && !chunk_->followed) {
    reporter_.Report(Code::kNothingAdded, word,
                     "nothing stands below " + reporter_.Quote(word) + "; what it brings is indented below its line",
                     change.path.parts.empty() ? "write declarations below it, such as `param look_back = 6 months`"
                                               : "write statements, rows, fields, names, clauses or notes below it, "
                                                 "each indented");
  }
  if (has_own && change.path.parts.empty()) {
    reporter_.Report(Code::kWrongAddition, word,
                     reporter_.Quote(word) + " alone takes declarations; rows, fields and names belong to something",
                     adds ? "say what they are added to, as in `add to HospitalStay`"
                          : "say where they stand, as in `replace in HospitalStay`");
  }
}

void Builder::ReadPayload(P::PayloadContext* tree, ChangeDecl& change) {
  for (P::PartContext* part : tree->part()) change.parts.push_back(ReadPart(part));
  if (tree->casePart() != nullptr) ReadCasePart(tree->casePart(), change.cases.emplace_back());
  for (P::FieldContext* field : tree->field()) change.fields.push_back(ReadField(field));
  for (P::NodeContext* node : tree->node()) change.symbols.push_back(ReadNode(node));
  ReadChangeNotes(tree->changeNote(), change.notes);
  ReadReasons(tree->changeReason(), change.notes);
}

// `remove admission.test "…"`: the word `test` goes, what the test says is the last part.
ChangeDecl Builder::ReadRemoval(P::RemovalContext* tree) {
  ChangeDecl change;
  change.kind = ChangeKind::kRemove;
  change.path = ReadQName(tree->qualifiedName());
  if (tree->STRING() != nullptr) {
    if (change.path.parts.back().text == "test") change.path.parts.pop_back();
    change.names_test = true;
    change.path.parts.push_back({ReadString(tree->STRING()), SpanOf(tree->STRING())});
    change.path.span = Cover(change.path.span, SpanOf(tree->STRING()));
  }
  ReadChangeNotes(tree->changeNote(), change.notes);
  change.span = SpanOf(tree);
  CheckReason(change.notes);
  return change;
}

ChangeDecl Builder::ReadRenaming(P::RenamingContext* tree) {
  ChangeDecl change;
  change.kind = ChangeKind::kRename;
  change.path = ReadQName(tree->qualifiedName());
  change.new_name = ReadRowName(tree->rowName());
  ReadChangeNotes(tree->changeNote(), change.notes);
  change.span = SpanOf(tree);
  CheckReason(change.notes);
  return change;
}

}  // namespace cordon::syntax
