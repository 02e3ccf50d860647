// Conditions: the truth of a condition in one World, in Kleene's three-valued logic over exactly decided comparisons.
//
// Part of the reference evaluator (reference.h); knows nothing of rules. Source: the language manual, "Conditions",
// "Time".
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "evaluate/view.h"
#include "evaluate/world.h"
#include "model/model.h"
#include "value/truth.h"

namespace cordon::evaluate {

// An open question about a World: each of its two answers leads to a smaller World.
struct FiniteSplit {  // is `var` one of `values`?
  VarId var;
  ValueSet values;
};
struct FurtherElement {  // does `list` hold another element of which `sentence` is true?
  ListId list;
  Sentence sentence;
};
struct ElementTest {  // has `element` all that `sentence` asks?
  Sentence sentence;
  CellPtr element;
};
struct NewSum {  // a sum of several unknowns is wanted: always yes
  Sum::Parts parts;
};
// Is the next of `list`'s elements that pass `filters` the one that `expr` (kGreatest, kLeast) reads? With no element
// left to ask about: is a further one, or else is there none?
struct ExtremeElement {
  model::ExprId expr;
  CellPtr list;
  Sentence filters;   // with the key's own variable bound in no test
  CellPtr candidate;  // null: a further element
};
using Open = std::variant<FiniteSplit, Order, TextLiteral, FurtherElement, ElementTest, NewSum, ExtremeElement>;
using OpenPtr = std::shared_ptr<const Open>;

// A truth value; `open` is what an unknown one waits for.
struct Verdict {
  value::Truth truth = value::Truth::kFalse;
  OpenPtr open;
};

Verdict And(const Verdict& a, const Verdict& b);
Verdict Or(const Verdict& a, const Verdict& b);
Verdict Not(const Verdict& a);
Verdict Certain(bool truth);

// The elements that a list expression ranges over: a list's cell, and the filters that an element must pass.
struct ListRange {
  CellPtr list;
  std::vector<Sentence::Test> filters;
  Bindings bindings;
};

struct Scalar;

class Conditions {
 public:
  // `reads_facts` says of each expression whether it can differ between views (reads.h); `output_is` answers a test on
  // an output. All arguments must outlive this and not change.
  Conditions(const model::Policy& policy, const model::Moment& as_of, const std::vector<bool>& reads_facts,
             const World& world, const std::vector<View>& views,
             std::function<Verdict(const model::Expr&, std::size_t)> output_is);

  Verdict Condition(model::ExprId expr, const Bindings& bindings, std::size_t view);
  Verdict All(const std::vector<model::ExprId>& exprs, const Bindings& bindings, std::size_t view);
  Verdict All(const std::vector<Claim>& claims, const Bindings& bindings, std::size_t view);
  // Whether some element of `range` passes its filters and all of `tests`.
  Verdict Some(const ListRange& range, const std::vector<Sentence::Test>& tests, std::size_t view);
  // Whether one element of `range` passes its filters and all of `tests`: the given one at `index`, or without an index
  // some element that is not given.
  Verdict OneElement(const ListRange& range, const std::vector<Sentence::Test>& tests, std::optional<std::size_t> index,
                     std::size_t view);
  ListRange Range(model::ExprId list, const Bindings& bindings, std::size_t view);
  // Whether `cell`, a scalar, has `value`.
  Verdict CellIs(const Cell& cell, const value::Value& value);
  // Whether a symbol is one of `leaves`, sorted.
  Verdict CellIsIn(const Cell& cell, const std::vector<std::size_t>& leaves);
  std::optional<value::Value> KnownValue(model::ExprId expr, const Bindings& bindings, std::size_t view);
  // Whether one element passes `tests`, its variables bound to it.
  Verdict ElementPasses(const CellPtr& element, const std::vector<Sentence::Test>& tests, Bindings bindings,
                        std::size_t view);
  // What `range` and `tests` together ask of an element.
  Sentence SentenceOf(const ListRange& range, const std::vector<Sentence::Test>& tests, std::size_t view) const;
  // The given elements of a list, and those of its further ones that are known to exist.
  std::vector<CellPtr> Elements(const Cell& list) const;

 private:
  Verdict AtLeast(const ListRange& range, std::int64_t count, std::size_t view);
  Verdict Further(const Cell& list, Sentence sentence) const;
  Verdict Holds(const Claim& claim, const Bindings& bindings, std::size_t view);
  Scalar ExtremeOf(model::ExprId id, std::size_t view);
  std::optional<Scalar> KnownExtreme(const model::Expr& expr, const ListRange& range, std::size_t view);
  Verdict Test(const CellPtr& element, const Sentence& sentence);
  Verdict IsNone(const Cell& cell) const;
  Verdict IsKnown(const Cell& cell) const;
  Verdict Member(const model::Expr& expr, const Bindings& bindings, std::size_t view);
  Verdict IsIn(const Scalar& symbol, const std::vector<std::size_t>& leaves) const;
  Verdict OneOf(VarId var, const ValueSet& values) const;
  Verdict Define(model::DefineId define, std::size_t view);

  CellPtr CellOf(model::ExprId expr, const Bindings& bindings, std::size_t view) const;
  Scalar ScalarOf(model::ExprId expr, const Bindings& bindings, std::size_t view);
  Scalar FieldOf(const model::Expr& expr, const Bindings& bindings, std::size_t view);
  Scalar ReadCell(const Cell& cell) const;

  Verdict LessEqual(const Scalar& a, const Scalar& b) const;
  Verdict SumLessEqual(const Scalar& a, const Scalar& b) const;
  Verdict Equal(const Scalar& a, const Scalar& b) const;
  Verdict FiniteLessEqual(const Scalar& a, const Scalar& b) const;
  Verdict FiniteEqual(const Scalar& a, const Scalar& b) const;
  Verdict TextEqual(const Scalar& a, const Scalar& b) const;
  Verdict DecideOrder(const Order& order) const;

  const model::Policy& policy_;
  const model::Moment& as_of_;
  const std::vector<bool>& reads_facts_;
  const World& world_;
  const std::vector<View>& views_;
  std::function<Verdict(const model::Expr&, std::size_t)> output_is_;
  std::map<std::pair<model::DefineId, std::size_t>, Verdict> defines_;
};

}  // namespace cordon::evaluate
