// Truth of conditions; see conditions.h.
#include "evaluate/conditions.h"

#include <algorithm>

#include "evaluate/scalar.h"
#include "support/assert.h"

namespace cordon::evaluate {

using model::Expr;
using model::ExprId;
using model::ExprKind;
using value::Truth;

Verdict And(const Verdict& a, const Verdict& b) {
  if (a.truth == Truth::kFalse || b.truth == Truth::kTrue) return a;
  if (b.truth == Truth::kFalse || a.truth == Truth::kTrue) return b;
  return a;
}

Verdict Or(const Verdict& a, const Verdict& b) { return Not(And(Not(a), Not(b))); }

Verdict Not(const Verdict& a) { return {value::Not(a.truth), a.open}; }

Verdict Certain(bool truth) { return {value::FromBool(truth), nullptr}; }

namespace {

Verdict Waiting(Open open) { return {Truth::kUnknown, std::make_shared<const Open>(std::move(open))}; }

}  // namespace

Conditions::Conditions(const model::Policy& policy, const model::Moment& as_of, const std::vector<bool>& reads_facts,
                       const World& world, const std::vector<View>& views,
                       std::function<Verdict(const Expr&, std::size_t)> output_is)
    : policy_(policy),
      as_of_(as_of),
      reads_facts_(reads_facts),
      world_(world),
      views_(views),
      output_is_(std::move(output_is)) {}

Verdict Conditions::Condition(ExprId id, const Bindings& bindings, std::size_t view) {
  const Expr& expr = policy_.expr(id);
  switch (expr.kind) {
    case ExprKind::kNot:
      return Not(Condition(expr.args[0], bindings, view));
    case ExprKind::kAnd:
      return All(expr.args, bindings, view);
    case ExprKind::kOr: {
      Verdict verdict = Certain(false);
      for (ExprId arg : expr.args) {
        verdict = Or(verdict, Condition(arg, bindings, view));
        if (verdict.truth == Truth::kTrue) break;
      }
      return verdict;
    }
    case ExprKind::kLessEqual:
      return LessEqual(ScalarOf(expr.args[0], bindings, view), ScalarOf(expr.args[1], bindings, view));
    case ExprKind::kLess:
      return Not(LessEqual(ScalarOf(expr.args[1], bindings, view), ScalarOf(expr.args[0], bindings, view)));
    case ExprKind::kEqual:
      return Equal(ScalarOf(expr.args[0], bindings, view), ScalarOf(expr.args[1], bindings, view));
    case ExprKind::kMember:
      return Member(expr, bindings, view);
    case ExprKind::kSome: {
      std::vector<Sentence::Test> tests;
      if (expr.args.size() > 1) tests.push_back({expr.variable, expr.args[1]});
      return Some(Range(expr.args[0], bindings, view), tests, view);
    }
    case ExprKind::kCountAtLeast:
      return AtLeast(Range(expr.args[0], bindings, view), expr.count, view);
    case ExprKind::kIsKnown:
      return IsKnown(*CellOf(expr.args[0], bindings, view));
    case ExprKind::kIsNone:
      return IsNone(*CellOf(expr.args[0], bindings, view));
    case ExprKind::kOutputIs:
      return output_is_(expr, view);
    case ExprKind::kDefine:
      return Define(expr.define, view);
    case ExprKind::kConditional: {
      const Verdict when = Condition(expr.args[1], bindings, view);
      return Or(And(when, Condition(expr.args[0], bindings, view)),
                And(Not(when), Condition(expr.args[2], bindings, view)));
    }
    case ExprKind::kConstant:
    case ExprKind::kFact:
    case ExprKind::kElement:
    case ExprKind::kField:
    case ExprKind::kToday:
    case ExprKind::kNow:
    case ExprKind::kShift:
    case ExprKind::kDifference:
    case ExprKind::kAdd:
    case ExprKind::kSubtract:
    case ExprKind::kMultiply:
    case ExprKind::kGreatest:
    case ExprKind::kLeast:
    case ExprKind::kFilter:
      break;
  }
  return Equal(ScalarOf(id, bindings, view), Scalar::Known(value::Value::Bool(true)));
}

Verdict Conditions::All(const std::vector<ExprId>& exprs, const Bindings& bindings, std::size_t view) {
  Verdict verdict = Certain(true);
  for (ExprId expr : exprs) {
    verdict = And(verdict, Condition(expr, bindings, view));
    if (verdict.truth == Truth::kFalse) break;
  }
  return verdict;
}

Verdict Conditions::All(const std::vector<Claim>& claims, const Bindings& bindings, std::size_t view) {
  Verdict verdict = Certain(true);
  for (const Claim& claim : claims) {
    verdict = And(verdict, Holds(claim, bindings, view));
    if (verdict.truth == Truth::kFalse) break;
  }
  return verdict;
}

Verdict Conditions::Holds(const Claim& claim, const Bindings& bindings, std::size_t view) {
  if (claim.versus == Sentence::Versus::kNothing) return Condition(claim.expr, bindings, view);
  const Scalar of_element = ScalarOf(claim.expr, {{claim.variable, claim.element}}, view);
  const Scalar of_other = ScalarOf(claim.expr, {{claim.variable, claim.than}}, view);
  return Not(claim.versus == Sentence::Versus::kGreater ? LessEqual(of_element, of_other)
                                                        : LessEqual(of_other, of_element));
}

// A definition is the same wherever it is used: nothing is bound around it.
Verdict Conditions::Define(model::DefineId define, std::size_t view) {
  const auto key = std::pair(define, view);
  const auto known = defines_.find(key);
  if (known != defines_.end()) return known->second;
  const Verdict verdict = Condition(policy_.defines[define.index].value, {}, view);
  defines_.emplace(key, verdict);
  return verdict;
}

// ---- lists

ListRange Conditions::Range(ExprId id, const Bindings& bindings, std::size_t view) {
  const Expr& expr = policy_.expr(id);
  if (expr.kind == ExprKind::kDefine) return Range(policy_.defines[expr.define.index].value, bindings, view);
  if (expr.kind == ExprKind::kFilter) {
    ListRange range = Range(expr.args[0], bindings, view);
    range.filters.push_back({expr.variable, expr.args[1]});
    return range;
  }
  return {CellOf(id, bindings, view), {}, bindings};
}

std::vector<CellPtr> Conditions::Elements(const Cell& list) const {
  CORDON_ASSERT(list.kind == Cell::Kind::kList);
  std::vector<CellPtr> elements = list.children;
  if (list.more.valid()) {
    const auto& witnesses = world_.lists[list.more.index].witnesses;
    elements.insert(elements.end(), witnesses.begin(), witnesses.end());
  }
  return elements;
}

Verdict Conditions::ElementPasses(const CellPtr& element, const std::vector<Sentence::Test>& tests, Bindings bindings,
                                  std::size_t view) {
  Verdict verdict = Certain(true);
  for (const Sentence::Test& test : tests) {
    if (!test.body.valid()) continue;
    bindings.emplace_back(test.variable, element);
    verdict = And(verdict, Holds({test.body, test.versus, test.variable, element, test.than}, bindings, view));
    if (verdict.truth == Truth::kFalse) break;
  }
  return verdict;
}

Sentence Conditions::SentenceOf(const ListRange& range, const std::vector<Sentence::Test>& tests,
                                std::size_t view) const {
  Sentence sentence{range.filters, range.bindings, view, false};
  sentence.tests.insert(sentence.tests.end(), tests.begin(), tests.end());
  for (const Sentence::Test& test : sentence.tests) {
    sentence.reads_facts = sentence.reads_facts || test.versus != Sentence::Versus::kNothing ||
                           (test.body.valid() && reads_facts_[test.body.index]);
  }
  return sentence;
}

// An open test of an element is one question, whatever the several facts that it waits for: the ways in which an
// element can fail are not told apart unless something else does.
Verdict Conditions::Test(const CellPtr& element, const Sentence& sentence) {
  const Verdict verdict = ElementPasses(element, sentence.tests, sentence.bindings, sentence.view);
  if (verdict.truth != Truth::kUnknown) return verdict;
  for (const DecidedTest& decided : world_.decided) {
    if (decided.element == element && decided.sentence.SameAs(sentence)) return Certain(decided.passes);
  }
  return Waiting(ElementTest{sentence, element});
}

// Given elements are decided before it is asked whether there is a further one, so that a further one is always new.
Verdict Conditions::Some(const ListRange& range, const std::vector<Sentence::Test>& tests, std::size_t view) {
  Sentence sentence = SentenceOf(range, tests, view);
  Verdict verdict = Certain(false);
  for (const CellPtr& element : Elements(*range.list)) {
    verdict = Or(verdict, Test(element, sentence));
    if (verdict.truth == Truth::kTrue) return verdict;
  }
  if (verdict.truth == Truth::kUnknown) return verdict;
  return Further(*range.list, std::move(sentence));
}

Verdict Conditions::OneElement(const ListRange& range, const std::vector<Sentence::Test>& tests,
                               std::optional<std::size_t> index, std::size_t view) {
  Sentence sentence = SentenceOf(range, tests, view);
  if (index) return Test(range.list->children[*index], sentence);
  if (!range.list->more.valid()) return Certain(false);
  Verdict verdict = Certain(false);
  for (const CellPtr& witness : world_.lists[range.list->more.index].witnesses) {
    verdict = Or(verdict, Test(witness, sentence));
    if (verdict.truth == Truth::kTrue) return verdict;
  }
  if (verdict.truth == Truth::kUnknown) return verdict;
  return Further(*range.list, std::move(sentence));
}

Verdict Conditions::AtLeast(const ListRange& range, std::int64_t count, std::size_t view) {
  Sentence sentence = SentenceOf(range, {}, view);
  std::int64_t passing = 0;
  std::int64_t unsettled = 0;
  OpenPtr open;
  for (const CellPtr& element : Elements(*range.list)) {
    const Verdict verdict = Test(element, sentence);
    if (verdict.truth == Truth::kTrue) ++passing;
    if (verdict.truth != Truth::kUnknown) continue;
    ++unsettled;
    if (!open) open = verdict.open;
  }
  if (passing >= count) return Certain(true);
  if (!range.list->more.valid() && passing + unsettled < count) return Certain(false);
  if (open) return {Truth::kUnknown, open};
  return Further(*range.list, std::move(sentence));
}

Verdict Conditions::Further(const Cell& list, Sentence sentence) const {
  if (!list.more.valid()) return Certain(false);
  for (const Sentence& none : world_.lists[list.more.index].none_further) {
    if (none.tests.empty() || none.SameAs(sentence)) return Certain(false);
  }
  return Waiting(FurtherElement{list.more, std::move(sentence)});
}

// ---- single facts

Verdict Conditions::OneOf(VarId var, const ValueSet& values) const {
  const ValueSet& possible = *world_.variables[var.index].values;
  const std::size_t inside = possible.CountIn(values);
  if (inside == 0) return Certain(false);
  if (inside == possible.count()) return Certain(true);
  return Waiting(FiniteSplit{var, values});
}

Verdict Conditions::IsNone(const Cell& cell) const {
  if (!cell.is_none.valid()) return Certain(cell.kind == Cell::Kind::kValue && cell.value.kind == value::Kind::kNone);
  ValueSet yes = ValueSet::None(2);
  yes.add(1);
  return OneOf(cell.is_none, yes);
}

Verdict Conditions::IsKnown(const Cell& cell) const {
  if (!cell.is_known.valid()) return Certain(cell.kind != Cell::Kind::kUndecided);
  ValueSet yes = ValueSet::None(2);
  yes.add(1);
  return OneOf(cell.is_known, yes);
}

Verdict Conditions::Member(const Expr& expr, const Bindings& bindings, std::size_t view) {
  return IsIn(ScalarOf(expr.args[0], bindings, view), expr.leaves);
}

Verdict Conditions::CellIsIn(const Cell& cell, const std::vector<std::size_t>& leaves) {
  return IsIn(ReadCell(cell), leaves);
}

Verdict Conditions::IsIn(const Scalar& symbol, const std::vector<std::size_t>& leaves) const {
  if (symbol.kind == Scalar::Kind::kOpen) return {Truth::kUnknown, symbol.open};
  if (symbol.kind == Scalar::Kind::kKnown) {
    if (symbol.value.kind == value::Kind::kNone) return Certain(false);
    const auto leaf = static_cast<std::size_t>(symbol.value.number);
    return Certain(std::binary_search(leaves.begin(), leaves.end(), leaf));
  }
  ValueSet values = ValueSet::None(world_.variables[symbol.var.index].values->size());
  for (std::size_t leaf : leaves) values.add(leaf);
  return OneOf(symbol.var, values);
}

Verdict Conditions::CellIs(const Cell& cell, const value::Value& value) {
  return Equal(ReadCell(cell), Scalar::Known(value));
}

std::optional<value::Value> Conditions::KnownValue(ExprId expr, const Bindings& bindings, std::size_t view) {
  const Scalar scalar = ScalarOf(expr, bindings, view);
  if (scalar.kind != Scalar::Kind::kKnown) return std::nullopt;
  return scalar.value;
}

}  // namespace cordon::evaluate
