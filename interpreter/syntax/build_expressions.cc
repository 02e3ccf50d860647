// Conditions and values: from parse tree to the arena of expressions; see build_tree.h.
#include <algorithm>
#include <charconv>

#include "support/assert.h"
#include "syntax/build_tree.h"
#include "syntax/literals.h"

namespace cordon::syntax {

using diagnostics::Code;

// Adds an expression whose arguments stand already. One that nests too deeply is reported and stands without arguments,
// as a literal, so that nothing after it recurses any deeper.
ExprId Builder::Put(Expr expr) {
  std::uint32_t depth = 1;
  for (const ExprId arg : expr.args) {
    if (arg.valid()) depth = std::max(depth, depths_[arg.index] + 1);
  }
  if (depth > kDeepestExpression) {
    Token place;
    place.begin = expr.span.begin;
    place.end = expr.span.begin;
    reporter_.Report(Code::kNestedTooDeep, place, "this expression nests too deeply to be read",
                     "give parts of it names of their own with `define`");
    expr = Expr{.kind = ExprKind::kLiteral, .span = expr.span, .value = value::Value::Bool(false)};
    depth = 1;
  }
  file_.exprs.push_back(std::move(expr));
  depths_.push_back(depth);
  return ExprId(file_.exprs.size() - 1);
}

ExprId Builder::PutLeaf(ExprKind kind, Span span) { return Put({.kind = kind, .span = span}); }

ExprId Builder::PutLiteral(value::Value value, Span span) {
  return Put({.kind = ExprKind::kLiteral, .span = span, .value = std::move(value)});
}

ExprId Builder::ReadQNameExpr(P::QualifiedNameContext* tree) {
  return Put({.kind = ExprKind::kName, .span = SpanOf(tree), .name = ReadQName(tree)});
}

// `A when C, otherwise B when D, otherwise E` reads from the right.
ExprId Builder::ReadExpression(P::ExpressionContext* tree) {
  const auto conditions = tree->condition();
  std::vector<ExprId> parts;
  for (P::ConditionContext* condition : conditions) parts.push_back(ReadCondition(condition));
  ExprId result = parts.back();
  for (std::size_t i = parts.size() - 1; i >= 2; i -= 2) {
    const Span span = Cover(SpanOf(conditions[i - 2]), SpanOf(conditions.back()));
    result = Put({.kind = ExprKind::kConditional, .span = span, .args = {parts[i - 2], parts[i - 1], result}});
  }
  return result;
}

ExprId Builder::ReadCondition(P::ConditionContext* tree) {
  const ExprId left = ReadChain(tree->chain(0));
  if (tree->IMPLIES() == nullptr) return left;
  const ExprId right = ReadChain(tree->chain(1));
  return Put({.kind = ExprKind::kImplies, .span = SpanOf(tree), .args = {left, right}});
}

// A chain that mixes the two words was reported by CheckTree.
ExprId Builder::ReadChain(P::ChainContext* tree) {
  const auto parts = tree->negation();
  if (parts.size() == 1) return ReadNegation(parts[0]);
  std::vector<ExprId> args;
  for (P::NegationContext* part : parts) args.push_back(ReadNegation(part));
  const ExprKind kind = tree->AND().empty() ? ExprKind::kOr : ExprKind::kAnd;
  return Put({.kind = kind, .span = SpanOf(tree), .args = std::move(args)});
}

ExprId Builder::ReadNegation(P::NegationContext* tree) {
  ExprId result;
  if (P::ComparisonContext* comparison = tree->comparison()) {
    result = ReadOperand(comparison->operand());
    if (comparison->comparisonTail() != nullptr) {
      result = ReadTail(comparison->comparisonTail(), result, SpanOf(comparison));
    }
  } else {
    result = ReadQuantified(tree->quantified());
  }
  const auto nots = tree->NOT();
  for (auto it = nots.rbegin(); it != nots.rend(); ++it) {
    result = Put({.kind = ExprKind::kNot, .span = Cover(SpanOf(*it), SpanOf(tree)), .args = {result}});
  }
  return result;
}

ExprId Builder::ReadQuantified(P::QuantifiedContext* tree) {
  const ExprId list = ReadOperand(tree->operand());
  const ExprId condition = ReadExpression(tree->expression());
  const Quantifier quantifier = tree->SOME() != nullptr    ? Quantifier::kSome
                                : tree->EVERY() != nullptr ? Quantifier::kEvery
                                                           : Quantifier::kNo;
  return Put({.kind = ExprKind::kQuantifier,
              .span = SpanOf(tree),
              .args = {list, condition},
              .variable = ReadName(tree->name()),
              .quantifier = quantifier});
}

// ---- comparisons: what follows the left side

ExprId Builder::ReadTail(P::ComparisonTailContext* tree, ExprId left, Span span) {
  const std::pair<antlr4::tree::TerminalNode*, CompareOp> operators[] = {
      {tree->LT(), CompareOp::kLess},         {tree->LE(), CompareOp::kLessEqual}, {tree->GT(), CompareOp::kGreater},
      {tree->GE(), CompareOp::kGreaterEqual}, {tree->EQ(), CompareOp::kEqual},     {tree->NE(), CompareOp::kNotEqual}};
  for (const auto& [node, compare] : operators) {
    if (node == nullptr) continue;
    const ExprId right = ReadOperand(tree->operand(0));
    return Put({.kind = ExprKind::kCompare, .span = span, .args = {left, right}, .compare = compare});
  }
  if (tree->IN() != nullptr || tree->NOT_IN() != nullptr) {
    const bool negated = tree->NOT_IN() != nullptr;
    const ExprId right = ReadOperand(tree->operand(0));
    if (tree->DOTDOT() == nullptr) {
      return Put({.kind = ExprKind::kIn, .span = span, .args = {left, right}, .negated = negated});
    }
    const ExprId last = ReadOperand(tree->operand(1));
    const ExprId range = Put({.kind = ExprKind::kRange, .span = span, .args = {left, right, last}});
    return negated ? Put({.kind = ExprKind::kNot, .span = span, .args = {range}}) : range;
  }
  if (!tree->operand().empty() && tree->IS() == nullptr) return ReadTime(tree, left, span);
  return ReadIs(tree, left, span);
}

ExprId Builder::ReadIs(P::ComparisonTailContext* tree, ExprId left, Span span) {
  const bool negated = tree->IS_NOT() != nullptr;
  if (tree->AT_LEAST() != nullptr) {
    const ExprId least = ReadOperand(tree->operand(0));
    return Put({.kind = ExprKind::kIsAtLeast, .span = span, .args = {left, least}});
  }
  if (tree->qualifiedName() != nullptr) {
    return Put({.kind = ExprKind::kIs,
                .span = span,
                .args = {left},
                .name = ReadQName(tree->qualifiedName()),
                .negated = negated});
  }
  if (tree->literal() != nullptr) {
    const ExprId value = ReadLiteral(tree->literal());
    const CompareOp compare = negated ? CompareOp::kNotEqual : CompareOp::kEqual;
    return Put({.kind = ExprKind::kCompare, .span = span, .args = {left, value}, .compare = compare});
  }
  struct Test {
    antlr4::tree::TerminalNode* node;
    ExprKind kind;
    bool is_negated;
    OutputState state;
  };
  const OutputState none{};
  const Test tests[] = {{tree->IS_KNOWN(), ExprKind::kIsKnown, false, none},
                        {tree->IS_UNKNOWN(), ExprKind::kIsKnown, true, none},
                        {tree->IS_EMPTY(), ExprKind::kIsEmpty, false, none},
                        {tree->IS_NOT_EMPTY(), ExprKind::kIsEmpty, true, none},
                        {tree->IS_NONE(), ExprKind::kIsNone, false, none},
                        {tree->IS_NOT_NONE(), ExprKind::kIsNone, true, none},
                        {tree->IS_JUDGEMENT(), ExprKind::kIsState, false, OutputState::kJudgement},
                        {tree->IS_NOT_JUDGEMENT(), ExprKind::kIsState, true, OutputState::kJudgement},
                        {tree->IS_NOT_COVERED(), ExprKind::kIsState, false, OutputState::kNotCovered},
                        {tree->IS_COVERED(), ExprKind::kIsState, true, OutputState::kNotCovered},
                        {tree->IS_CONFLICT(), ExprKind::kIsState, false, OutputState::kConflict},
                        {tree->IS_NOT_CONFLICT(), ExprKind::kIsState, true, OutputState::kConflict}};
  for (const Test& test : tests) {
    if (test.node == nullptr) continue;
    return Put({.kind = test.kind, .span = span, .args = {left}, .state = test.state, .negated = test.is_negated});
  }
  CORDON_ASSERT(false);
}

ExprId Builder::ReadTime(P::ComparisonTailContext* tree, ExprId left, Span span) {
  const TimeRelation relation = tree->LESS_THAN() != nullptr   ? TimeRelation::kLessThan
                                : tree->MORE_THAN() != nullptr ? TimeRelation::kMoreThan
                                : tree->AT_LEAST() != nullptr  ? TimeRelation::kAtLeast
                                                               : TimeRelation::kWithin;
  const ExprId length = ReadOperand(tree->operand(0));
  ExprId anchor;
  if (tree->BEFORE() != nullptr) {
    anchor = ReadOperand(tree->operand(1));
  } else {
    anchor = PutLeaf(ExprKind::kToday, SpanOf(tree->AGO() != nullptr ? tree->AGO() : tree->WITHIN_THE_LAST()));
  }
  return Put({.kind = ExprKind::kTime, .span = span, .args = {left, length, anchor}, .relation = relation});
}

// ---- values

ExprId Builder::ReadOperand(P::OperandContext* tree) {
  const auto products = tree->product();
  ExprId result = ReadProduct(products[0]);
  std::size_t index = 0;
  for (antlr4::tree::ParseTree* child : tree->children) {
    auto* sign = dynamic_cast<antlr4::tree::TerminalNode*>(child);
    if (sign == nullptr) continue;
    const ExprKind kind = TokenOf(sign).kind == Kind::PLUS ? ExprKind::kAdd : ExprKind::kSubtract;
    const ExprId right = ReadProduct(products[++index]);
    result = Put({.kind = kind, .span = Cover(SpanOf(products[0]), SpanOf(products[index])), .args = {result, right}});
  }
  return result;
}

ExprId Builder::ReadProduct(P::ProductContext* tree) {
  const auto terms = tree->term();
  ExprId result = ReadTerm(terms[0]);
  for (std::size_t i = 1; i < terms.size(); ++i) {
    const ExprId right = ReadTerm(terms[i]);
    const Span span = Cover(SpanOf(terms[0]), SpanOf(terms[i]));
    result = Put({.kind = ExprKind::kMultiply, .span = span, .args = {result, right}});
  }
  return result;
}

// A name, or a definition with its arguments.
ExprId Builder::ReadReference(P::ReferenceContext* tree) {
  if (tree->expression().empty()) return ReadQNameExpr(tree->qualifiedName());
  std::vector<ExprId> args;
  for (P::ExpressionContext* arg : tree->expression()) args.push_back(ReadExpression(arg));
  return Put({.kind = ExprKind::kCall,
              .span = SpanOf(tree),
              .args = std::move(args),
              .name = ReadQName(tree->qualifiedName())});
}

ExprId Builder::ReadLatest(P::LatestContext* tree) {
  const bool bracketed = tree->bracketed() != nullptr;
  const ExprId list = bracketed ? ReadBracketed(tree->bracketed()) : ReadQNameExpr(tree->qualifiedName(0));
  const ExprId field = ReadQNameExpr(tree->qualifiedName(bracketed ? 0 : 1));
  return Put(
      {.kind = ExprKind::kLatest, .span = SpanOf(tree), .args = {list, field}, .negated = tree->EARLIEST() != nullptr});
}

ExprId Builder::ReadTerm(P::TermContext* tree) {
  ExprId result;
  if (tree->literal() != nullptr) {
    result = ReadLiteral(tree->literal());
  } else if (tree->EMPTY() != nullptr) {
    result = PutLeaf(ExprKind::kEmpty, SpanOf(tree->EMPTY()));
  } else if (tree->TODAY() != nullptr) {
    result = PutLeaf(ExprKind::kToday, SpanOf(tree->TODAY()));
  } else if (tree->NOW() != nullptr) {
    result = PutLeaf(ExprKind::kNow, SpanOf(tree->NOW()));
  } else if (tree->reference() != nullptr) {
    result = ReadReference(tree->reference());
  } else if (tree->latest() != nullptr) {
    result = ReadLatest(tree->latest());
  } else if (tree->count() != nullptr) {
    const ExprId list = ReadExpression(tree->count()->expression());
    result = Put({.kind = ExprKind::kCount, .span = SpanOf(tree->count()), .args = {list}});
  } else if (tree->setLiteral() != nullptr) {
    result = ReadSetLiteral(tree->setLiteral());
  } else {
    result = ReadBracketed(tree->bracketed());
  }
  if (tree->where() == nullptr) return result;
  const ExprId condition = ReadExpression(tree->where()->expression());
  return Put({.kind = ExprKind::kWhere, .span = SpanOf(tree), .args = {result, condition}});
}

ExprId Builder::ReadBracketed(P::BracketedContext* tree) {
  ExprId result = ReadExpression(tree->expression());
  for (P::NameContext* field : tree->name()) {
    Name name = ReadName(field);
    const Span span = Cover(SpanOf(tree), name.span);
    QName part{{name}, name.span};
    result = Put({.kind = ExprKind::kField, .span = span, .args = {result}, .name = std::move(part)});
  }
  return result;
}

ExprId Builder::ReadSetLiteral(P::SetLiteralContext* tree) {
  std::vector<ExprId> args;
  for (P::QualifiedNameContext* name : tree->qualifiedName()) args.push_back(ReadQNameExpr(name));
  return Put({.kind = ExprKind::kSet, .span = SpanOf(tree), .args = std::move(args)});
}

// Numbers, dates and lengths out of range were reported with the signs and are 0 here.
value::Value Builder::LiteralValue(P::LiteralContext* tree) const {
  if (tree->YES() != nullptr) return value::Value::Bool(true);
  if (tree->NO() != nullptr) return value::Value::Bool(false);
  if (tree->STRING() != nullptr) return value::Value::Text(ReadString(tree->STRING()));
  if (tree->DATE() != nullptr) return value::Value::OfDate(ReadDate(tree->DATE()));
  if (tree->DATETIME() != nullptr) {
    return value::Value::OfDatetime(
        calendar::ParseDatetime(TextOf(tree->DATETIME())).value_or(calendar::kFirstDatetime));
  }
  if (tree->QUANTITY() != nullptr) return ParseQuantity(TextOf(tree->QUANTITY())).value_or(value::Value::Duration(0));
  const std::int64_t sign = tree->MINUS() != nullptr ? -1 : 1;
  if (tree->INT() != nullptr) return value::Value::Int(sign * ParseInt(TextOf(tree->INT())).value_or(0));
  return value::Value::Decimal(sign * ParseDecimal(TextOf(tree->DECIMAL())).value_or(0));
}

ExprId Builder::ReadLiteral(P::LiteralContext* tree) { return PutLiteral(LiteralValue(tree), SpanOf(tree)); }

// ---- the values of tests

ExprId Builder::ReadFactValue(P::FactValueContext* tree) {
  const Span span = SpanOf(tree);
  if (tree->UNKNOWN() != nullptr) return PutLeaf(ExprKind::kUnknown, span);
  if (tree->NOT_ASKED() != nullptr) return PutLeaf(ExprKind::kNotAsked, span);
  if (tree->EMPTY() != nullptr) return PutLeaf(ExprKind::kEmpty, span);
  if (tree->literal() != nullptr) return ReadLiteral(tree->literal());
  if (tree->imprecise() != nullptr) return ReadImprecise(tree->imprecise());
  if (tree->qualifiedName() != nullptr) return ReadQNameExpr(tree->qualifiedName());
  std::vector<ExprId> args;
  if (tree->LB() != nullptr) {
    for (P::FactValueContext* element : tree->factValue()) args.push_back(ReadFactValue(element));
    const bool open = tree->AT_LEAST() != nullptr;
    return Put({.kind = ExprKind::kList, .span = span, .args = std::move(args), .open = open});
  }
  std::vector<Name> fields;
  for (P::FactFieldContext* field : tree->factField()) {
    fields.push_back(ReadName(field->name()));
    args.push_back(ReadFactValue(field->factValue()));
  }
  return Put({.kind = ExprKind::kRecord, .span = span, .args = std::move(args), .fields = std::move(fields)});
}

ExprId Builder::ReadImprecise(P::ImpreciseContext* tree) {
  const auto text_of = [&](P::MomentContext* moment) {
    return TextOf(dynamic_cast<antlr4::tree::TerminalNode*>(moment->children[0]));
  };
  std::string range;
  if (tree->MONTH() != nullptr) {
    range = TextOf(tree->MONTH());
  } else {
    for (antlr4::tree::ParseTree* child : tree->children) {
      auto* moment = dynamic_cast<P::MomentContext*>(child);
      range += moment != nullptr ? text_of(moment) : "/";
    }
    if (range.front() == '/') range = ".." + range;
    if (range.back() == '/') range += "..";
  }
  if (!calendar::ParseDateRange(range) && !calendar::ParseDatetimeRange(range)) {
    reporter_.Report(
        Code::kNoSuchDate, TokenOf(tree->getStart()),
        "`" + range + "` is no stretch of time: its sides are dates from 1901 to 2099, the earlier one first",
        "write `2024-06 .. 2024-09`, with `..` between two dates, months or years");
  }
  return Put({.kind = ExprKind::kImprecise, .span = SpanOf(tree), .range = std::move(range)});
}

}  // namespace cordon::syntax
