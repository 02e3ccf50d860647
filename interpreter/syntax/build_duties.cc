// Duties, in rules, outputs, cells and tests, and releases: from parse tree to syntax tree; see build_tree.h.
//
// A duty's qualifiers may stand in any order, and each kind that can be said once is said once. The grammar reads
// `after X` alone; here it becomes what a preceding `every PERIOD` is counted from, or else the name of an event.
#include "syntax/build_tree.h"

namespace cordon::syntax {

using diagnostics::Code;

Modality Builder::ReadModality(P::ModalityContext* tree) {
  if (tree->MUST() != nullptr) return Modality::kMust;
  if (tree->MUST_NOT() != nullptr) return Modality::kMustNot;
  if (tree->SHOULD() != nullptr) return Modality::kShould;
  if (tree->SHOULD_NOT() != nullptr) return Modality::kShouldNot;
  if (tree->MAY() != nullptr) return Modality::kMay;
  if (tree->NEED_NOT() != nullptr) return Modality::kNeedNot;
  if (tree->MUST_CONSIDER() != nullptr) return Modality::kMustConsider;
  if (tree->SHOULD_CONSIDER() != nullptr) return Modality::kShouldConsider;
  return Modality::kMayConsider;
}

std::vector<ExprId> Builder::ReadArguments(P::ArgumentsContext* tree) {
  std::vector<ExprId> args;
  if (tree == nullptr) return args;
  for (P::ArgumentContext* argument : tree->argument()) {
    const ExprId operand = ReadOperand(argument->operand());
    if (argument->EACH() == nullptr) {
      args.push_back(operand);
    } else {
      args.push_back(Put({.kind = ExprKind::kEach,
                          .span = SpanOf(argument),
                          .args = {operand},
                          .variable = ReadName(argument->name())}));
    }
  }
  return args;
}

Duty Builder::ReadObligation(P::ObligationContext* tree) {
  Duty duty;
  duty.actor = ReadName(tree->name(0));
  duty.modality = ReadModality(tree->modality());
  duty.action = ReadName(tree->name(1));
  duty.span = SpanOf(tree);
  duty.args = ReadArguments(tree->arguments());
  return duty;
}

void Builder::ReadQualifier(P::DutyQualifierContext* tree, Duty& duty) {
  if (tree->AS_FAR_AS_POSSIBLE() != nullptr) {
    Once(duty.as_far_as_possible, tree, "`as far as possible`");
    duty.as_far_as_possible = true;
  } else if (tree->EXCEPT() != nullptr) {
    Once(duty.except.has_value(), tree, "`except`");
    duty.except = ReadString(tree->STRING());
  } else if (tree->STRING() != nullptr) {
    duty.when_texts.push_back(ReadString(tree->STRING()));
  } else if (tree->DUE_BY() != nullptr) {
    duty.dues.push_back({DueKind::kBy, {}, ReadOperand(tree->operand(0)), SpanOf(tree)});
  } else if (tree->DUE() != nullptr) {
    const ExprId period = ReadOperand(tree->operand(0));
    duty.dues.push_back({DueKind::kAfter, period, ReadOperand(tree->operand(1)), SpanOf(tree)});
  } else if (tree->EVERY() != nullptr) {
    duty.dues.push_back({DueKind::kEvery, ReadOperand(tree->operand(0)), {}, SpanOf(tree)});
  } else {
    ReadEvent(tree, duty);
  }
}

// `at admission`, or what the `every PERIOD` directly before is counted from.
void Builder::ReadEvent(P::DutyQualifierContext* tree, Duty& duty) {
  if (tree->AFTER() == nullptr) {
    const EventRelation relation = tree->AT() != nullptr       ? EventRelation::kAt
                                   : tree->BEFORE() != nullptr ? EventRelation::kBefore
                                                               : EventRelation::kDuring;
    duty.timings.push_back({relation, ReadName(tree->name())});
    return;
  }
  const ExprId operand = ReadOperand(tree->operand(0));
  const bool repeats = !duty.dues.empty() && duty.dues.back().kind == DueKind::kEvery && !duty.dues.back().date.valid();
  const bool follows = repeats && TokenOf(tree->getStart()).begin > duty.dues.back().span.begin &&
                       chunk_->tokens[tree->getStart()->getTokenIndex() - 1].end == duty.dues.back().span.end;
  if (follows) {
    duty.dues.back().date = operand;
    duty.dues.back().span = Cover(duty.dues.back().span, SpanOf(tree));
    return;
  }
  const Expr& event = file_.expr(operand);
  if (event.kind == ExprKind::kName && event.name.parts.size() == 1) {
    duty.timings.push_back({EventRelation::kAfter, event.name.parts[0]});
    return;
  }
  reporter_.Report(Code::kUnexpected, TokenOf(tree->operand(0)->getStart()),
                   "an event stands after `after`, by its name; this is none",
                   "write `due PERIOD after DATE` or `every PERIOD after DATE`, as in `due 2 days after today`");
}

void Builder::ReadUntil(ExprId condition, antlr4::ParserRuleContext* tree, Duty& duty) {
  Once(duty.until.valid(), tree, "`until`");
  duty.until = condition;
}

Duty Builder::ReadDuty(P::DutyContext* tree) {
  Duty duty = ReadObligation(tree->obligation());
  for (antlr4::tree::ParseTree* child : tree->children) {
    if (auto* qualifier = dynamic_cast<P::DutyQualifierContext*>(child)) {
      ReadQualifier(qualifier, duty);
    } else if (auto* condition = dynamic_cast<P::ConditionContext*>(child)) {
      ReadUntil(ReadCondition(condition), condition, duty);
    } else if (auto* roles = dynamic_cast<P::RolesContext*>(child)) {
      std::vector<Name>& names = roles->WITH() != nullptr ? duty.with : duty.to;
      for (Name& name : ReadNames(roles->name())) names.push_back(std::move(name));
    }
  }
  duty.span = SpanOf(tree);
  return duty;
}

Expectation Builder::ReadDutyExpectation(P::DutyExpectationContext* tree) {
  DutyExpectation result;
  result.duty = ReadObligation(tree->obligation());
  for (antlr4::tree::ParseTree* child : tree->children) {
    if (auto* qualifier = dynamic_cast<P::DutyQualifierContext*>(child)) {
      ReadQualifier(qualifier, result.duty);
    } else if (auto* condition = dynamic_cast<P::ExpressionContext*>(child)) {
      ReadUntil(ReadExpression(condition), condition, result.duty);
    } else if (auto* role = dynamic_cast<P::RoleContext*>(child)) {
      (role->WITH() != nullptr ? result.duty.with : result.duty.to).push_back(ReadName(role->name()));
    }
  }
  result.absent = tree->NO_DUTY() != nullptr;
  if (tree->IS_UNKNOWN() != nullptr) result.status = ExpectedStatus::kUnknown;
  if (tree->IS_PROVISIONAL() != nullptr) result.status = ExpectedStatus::kProvisionally;
  result.needs = ReadNeeds(tree->needs());
  result.span = SpanOf(tree);
  return result;
}

ReleaseDecl Builder::ReadRelease(P::ReleaseContext* tree) {
  ReleaseDecl release;
  release.output = ReadQName(tree->qualifiedName());
  release.to = ReadNames(tree->name());
  release.notes = ReadNotes(tree->note());
  release.notes.texts = ReadTexts(tree->languageText());
  for (P::BecauseContext* because : tree->because()) ReadBecause(because, release.notes);
  release.span = SpanOf(tree);
  return release;
}

}  // namespace cordon::syntax
