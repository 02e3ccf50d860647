// Words of the syntax tree's text dump; see print_words.h.
#include "syntax/print_words.h"

#include <fmt/format.h>

#include "support/assert.h"
#include "value/format.h"

namespace cordon::syntax {
namespace {

std::string_view WordOf(TypeName name) {
  switch (name) {
    case TypeName::kBool:
      return "bool";
    case TypeName::kInt:
      return "int";
    case TypeName::kDecimal:
      return "decimal";
    case TypeName::kText:
      return "text";
    case TypeName::kDate:
      return "date";
    case TypeName::kDatetime:
      return "datetime";
    case TypeName::kDuration:
      return "duration";
    case TypeName::kNamed:
      return "";
  }
  CORDON_ASSERT(false);
}

std::string_view WordOf(CompareOp op) {
  switch (op) {
    case CompareOp::kLess:
      return "<";
    case CompareOp::kLessEqual:
      return "<=";
    case CompareOp::kGreater:
      return ">";
    case CompareOp::kGreaterEqual:
      return ">=";
    case CompareOp::kEqual:
      return "=";
    case CompareOp::kNotEqual:
      return "!=";
  }
  CORDON_ASSERT(false);
}

std::string_view WordOf(TimeRelation relation) {
  switch (relation) {
    case TimeRelation::kWithin:
      return "within";
    case TimeRelation::kLessThan:
      return "less than";
    case TimeRelation::kMoreThan:
      return "more than";
    case TimeRelation::kAtLeast:
      return "at least";
  }
  CORDON_ASSERT(false);
}

std::string_view WordOf(Quantifier quantifier) {
  switch (quantifier) {
    case Quantifier::kSome:
      return "some";
    case Quantifier::kEvery:
      return "every";
    case Quantifier::kNo:
      return "no";
  }
  CORDON_ASSERT(false);
}

std::string_view WordOf(OutputState state) {
  switch (state) {
    case OutputState::kJudgement:
      return "judgement";
    case OutputState::kNotCovered:
      return "not covered";
    case OutputState::kConflict:
      return "conflict";
  }
  CORDON_ASSERT(false);
}

std::string PrintValue(const value::Value& value) {
  return value.kind == value::Kind::kText ? Quoted(value.text) : value::Format(value);
}

}  // namespace

std::string PrintName(const QName& name) {
  std::string text;
  for (const Name& part : name.parts) text += (text.empty() ? "" : ".") + part.text;
  return text;
}

std::string PrintVersion(const Version& version) { return version.undated ? "undated" : Quoted(version.text); }

std::string PrintType(const Type& type) {
  return fmt::format("{}{}{}", type.is_list ? "list of " : "",
                     type.name == TypeName::kNamed ? std::string_view(type.named.text) : WordOf(type.name),
                     type.or_none ? " or none" : "");
}

std::string Quoted(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '\n') {
      quoted += "\\n";
      continue;
    }
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "\"";
}

std::string PrintHead(const Expr& expr) {
  const std::string_view negation = expr.negated ? "not " : "";
  switch (expr.kind) {
    case ExprKind::kLiteral:
      return "literal " + PrintValue(expr.value);
    case ExprKind::kName:
      return "name " + PrintName(expr.name);
    case ExprKind::kImprecise:
      return "imprecise " + expr.range;
    case ExprKind::kUnknown:
      return "unknown";
    case ExprKind::kNotAsked:
      return "not asked";
    case ExprKind::kEmpty:
      return "empty";
    case ExprKind::kToday:
      return "today";
    case ExprKind::kNow:
      return "now";
    case ExprKind::kColumn:
      return "its column";
    case ExprKind::kSet:
      return "set";
    case ExprKind::kList:
      return expr.open ? "list of at least" : "list";
    case ExprKind::kRecord:
      return "record";
    case ExprKind::kNot:
      return "not";
    case ExprKind::kAnd:
      return "and";
    case ExprKind::kOr:
      return "or";
    case ExprKind::kImplies:
      return "implies";
    case ExprKind::kCompare:
      return fmt::format("compare {}", WordOf(expr.compare));
    case ExprKind::kRange:
      return "range";
    case ExprKind::kIs:
      return fmt::format("is {}{}", negation, PrintName(expr.name));
    case ExprKind::kIn:
      return fmt::format("{}in", negation);
    case ExprKind::kIsKnown:
      return fmt::format("is {}known", negation);
    case ExprKind::kIsEmpty:
      return fmt::format("is {}empty", negation);
    case ExprKind::kIsNone:
      return fmt::format("is {}none", negation);
    case ExprKind::kIsState:
      return fmt::format("state {}{}", negation, WordOf(expr.state));
    case ExprKind::kIsAtLeast:
      return "is at least";
    case ExprKind::kTime:
      return fmt::format("time {}", WordOf(expr.relation));
    case ExprKind::kQuantifier:
      return fmt::format("{} {}", WordOf(expr.quantifier), expr.variable.text);
    case ExprKind::kCount:
      return "count";
    case ExprKind::kWhere:
      return "where";
    case ExprKind::kField:
      return "field " + PrintName(expr.name);
    case ExprKind::kAdd:
      return "add";
    case ExprKind::kSubtract:
      return "subtract";
    case ExprKind::kMultiply:
      return "multiply";
    case ExprKind::kLatest:
      return expr.negated ? "earliest" : "latest";
    case ExprKind::kCall:
      return "call " + PrintName(expr.name);
    case ExprKind::kEach:
      return fmt::format("each {}", expr.variable.text);
    case ExprKind::kConditional:
      return "conditional";
  }
  CORDON_ASSERT(false);
}

std::string_view WordOf(EventRelation relation) {
  switch (relation) {
    case EventRelation::kAt:
      return "at";
    case EventRelation::kBefore:
      return "before";
    case EventRelation::kAfter:
      return "after";
    case EventRelation::kDuring:
      return "during";
  }
  CORDON_ASSERT(false);
}

std::string_view WordOf(Modality modality) {
  switch (modality) {
    case Modality::kMust:
      return "must";
    case Modality::kMustNot:
      return "must not";
    case Modality::kShould:
      return "should";
    case Modality::kShouldNot:
      return "should not";
    case Modality::kMay:
      return "may";
    case Modality::kNeedNot:
      return "need not";
    case Modality::kMustConsider:
      return "must consider";
    case Modality::kShouldConsider:
      return "should consider";
    case Modality::kMayConsider:
      return "may consider";
  }
  CORDON_ASSERT(false);
}

std::string_view WordOf(Mode mode) {
  switch (mode) {
    case Mode::kStrictest:
      return "strictest";
    case Mode::kUnique:
      return "unique";
  }
  CORDON_ASSERT(false);
}

std::string_view WordOf(ChangeKind kind) {
  switch (kind) {
    case ChangeKind::kChange:
      return "change";
    case ChangeKind::kChangeRow:
      return "change row";
    case ChangeKind::kAdd:
      return "add";
    case ChangeKind::kReplace:
      return "replace";
    case ChangeKind::kRemove:
      return "remove";
    case ChangeKind::kRename:
      return "rename";
  }
  CORDON_ASSERT(false);
}

std::string_view WordOf(ExpectedStatus status) {
  switch (status) {
    case ExpectedStatus::kValue:
      return "determined";
    case ExpectedStatus::kProvisionally:
      return "provisional";
    case ExpectedStatus::kUnknown:
      return "unknown";
    case ExpectedStatus::kJudgement:
      return "judgement";
    case ExpectedStatus::kProvisionalJudgement:
      return "provisional judgement";
    case ExpectedStatus::kNotCovered:
      return "not covered";
    case ExpectedStatus::kConflict:
      return "conflict";
    case ExpectedStatus::kSilent:
      return "silent";
  }
  CORDON_ASSERT(false);
}

std::string_view WordOf(ClauseKind kind) {
  switch (kind) {
    case ClauseKind::kIn:
      return "in";
    case ClauseKind::kOverrides:
      return "overrides";
    case ClauseKind::kDrops:
      return "drops";
    case ClauseKind::kWhen:
      return "when";
    case ClauseKind::kUnless:
      return "unless";
    case ClauseKind::kNote:
      return "";
  }
  CORDON_ASSERT(false);
}

std::string_view WordOf(TableReading reading) {
  switch (reading) {
    case TableReading::kComplete:
      return "";
    case TableReading::kWithGaps:
      return " with gaps";
    case TableReading::kFirstRowWins:
      return " first row wins";
  }
  CORDON_ASSERT(false);
}

}  // namespace cordon::syntax
