// World: what is settled so far about the unknown facts, while completions are searched.
//
// A World is one node of the search: variables for everything unknown, each with the values it may still take, and the
// comparisons between them that have been decided. `Consistent` is exact: the worlds it accepts have a completion.
//
// Ordered variables (dates, times, numbers) are compared through chains of steps that all grow with their argument, so
// each comparison has the form f(x) <= g(y) with f and g monotone. Bounds propagation decides such systems: at its
// fixpoint the least values of all variables together are a solution, and so are the greatest. Tested by
// tests/unit/world_test.cc and tests/differential/completions_test.cc.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/model.h"
#include "support/id.h"
#include "value/truth.h"
#include "value/value.h"

namespace cordon::evaluate {

using VarId = support::Id<struct VarTag>;    // an unknown scalar
using ListId = support::Id<struct ListTag>;  // a list that may hold more than is given
using RootId =
    support::Id<struct RootTag>;  // an unknown as `needs` names it: a fact, a field of a given element, a list

// A set of the values 0..n-1 of a finite type.
class ValueSet {
 public:
  static ValueSet None(std::size_t size) { return ValueSet(size, false); }
  static ValueSet All(std::size_t size) { return ValueSet(size, true); }
  bool has(std::size_t i) const { return (words_[i / 64] >> (i % 64) & 1U) != 0; }
  void add(std::size_t i) { words_[i / 64] |= std::uint64_t{1} << (i % 64); }
  std::size_t size() const { return size_; }
  std::size_t count() const;
  std::size_t CountIn(const ValueSet& other) const;  // of the values in both; REQUIRES: one size
  std::size_t first() const;                         // REQUIRES: count() > 0
  ValueSet And(const ValueSet& other) const;
  ValueSet Complement() const;

 private:
  ValueSet(std::size_t size, bool value);
  std::size_t size_;
  std::vector<std::uint64_t> words_;  // bits past `size_` are 0
};

enum class Domain : std::uint8_t { kFinite, kOrdered, kText };

struct Variable {
  Domain domain = Domain::kFinite;
  std::shared_ptr<const ValueSet> values;  // kFinite; shared between worlds that agree on it
  std::int64_t low = 0;                    // kOrdered, both ends in
  std::int64_t high = 0;
  RootId root;
};

// One monotone step of a chain.
enum class StepKind : std::uint8_t { kShiftDate, kShiftDatetime, kDayOf, kAdd, kMultiply };
struct Step {
  StepKind kind = StepKind::kAdd;
  calendar::Period period;  // kShiftDate, kShiftDatetime
  int direction = 1;
  std::int64_t number = 0;  // kAdd; kMultiply: above 0
  bool operator==(const Step&) const = default;
};

// A number in days, minutes or units: a variable or a constant, put through steps.
struct Term {
  VarId var;  // invalid: the constant
  std::int64_t constant = 0;
  std::vector<Step> steps;

  std::int64_t Apply(std::int64_t x) const;
  std::int64_t Known() const { return Apply(constant); }
  bool operator==(const Term&) const = default;
};

// left <= right, in one unit.
struct Order {
  Term left;
  Term right;
};

// A text that equals, or does not, a constant or another text.
struct TextLiteral {
  VarId a;
  VarId b;  // invalid: `text`
  std::string text;
  bool equal = true;
};

// The sum of several variables, each times a number that is not 0, as a variable of its own.
struct Sum {
  using Parts = std::vector<std::pair<std::int64_t, VarId>>;  // sorted by variable, each once
  Parts parts;
  VarId sum;
};

struct Cell;
using CellPtr = std::shared_ptr<const Cell>;

// A fact, record, list or scalar as one view sees it: given values, and variables for the rest.
struct Cell {
  enum class Kind : std::uint8_t { kValue, kVariable, kRecord, kList, kUndecided };
  Kind kind = Kind::kValue;
  value::Value value;             // kValue
  VarId var;                      // kVariable
  VarId is_none;                  // kVariable of a `T or none`: is it none?
  VarId is_known;                 // of an unknown: would it be given? invalid where it is
  std::vector<CellPtr> children;  // kRecord: by field; kList: the given elements
  ListId more;                    // kList: valid where there may be further elements
  model::Type type;
};

// The elements bound by the enclosing quantifiers, innermost last.
using Bindings = std::vector<std::pair<model::VariableId, CellPtr>>;

// "Some element has all of these": what a quantifier, a filter or a rule's `for each` asks of one element.
struct Sentence {
  // A condition; or that `body`, a date or number, is greater (or less) for the element than for `than`.
  enum class Versus : std::uint8_t { kNothing, kGreater, kLess };
  struct Test {
    model::VariableId variable;
    model::ExprId body;  // invalid: true
    Versus versus = Versus::kNothing;
    CellPtr than = nullptr;
  };
  std::vector<Test> tests;
  Bindings bindings;
  std::size_t view = 0;
  bool reads_facts = true;  // false: it says the same in every view
  bool SameAs(const Sentence& other) const;
};

// Whether one particular element has all that a sentence asks, where that is decided as a whole. An obligation goes
// with it.
struct DecidedTest {
  Sentence sentence;
  CellPtr element;
  bool passes = false;
};

struct ListState {
  model::Type type;  // the list's
  RootId root;
  std::vector<CellPtr> witnesses;      // further elements that exist
  std::vector<Sentence> none_further;  // no element beyond the given ones and the witnesses has these
};

// A condition under bindings that the obligation has; or a comparison of one element with another, as in
// Sentence::Test.
struct Claim {
  model::ExprId expr;
  Sentence::Versus versus = Sentence::Versus::kNothing;
  model::VariableId variable;  // what stands for both elements in `expr`
  CellPtr element;
  CellPtr than;
};

// "All of `claims` hold" is as `positive` says in every completion of this world; still open.
struct Obligation {
  std::vector<Claim> claims;
  bool positive = true;
  Bindings bindings;
  std::size_t view = 0;
};

// An absent fact that has its assumed value in every completion of this world in which it need not be asked for.
struct PendingAssumption {
  model::FactId fact;
  std::size_t view = 0;
};

// Which element of a list is the greatest or least, as `latest` and `earliest` read it.
struct Extreme {
  model::ExprId expr;  // kGreatest or kLeast
  std::size_t view = 0;
  std::size_t num_refused = 0;  // of the list's elements, in order
  bool settled = false;
  CellPtr chosen;  // once settled; null: no element
};

// The values that an ordered variable may take, both ends in.
struct Bounds {
  std::int64_t low = 0;
  std::int64_t high = 0;
};

class World {
 public:
  std::vector<Variable> variables;
  std::vector<ListState> lists;
  std::vector<Obligation> obligations;
  std::vector<PendingAssumption> assumptions;
  std::vector<DecidedTest> decided;
  std::vector<Extreme> extremes;
  std::vector<Sum> sums;

  VarId AddFinite(ValueSet values, RootId root);
  VarId AddOrdered(std::int64_t low, std::int64_t high, RootId root);
  VarId AddText(RootId root);

  // Each adds one decision. The world may become inconsistent by it.
  void Restrict(VarId var, const ValueSet& values);
  void Add(const Order& order);
  void Add(const TextLiteral& literal);
  void AddSum(const Sum::Parts& parts);
  // The variable of a sum that was added; invalid where it was not.
  VarId FindSum(const Sum::Parts& parts) const;
  // Fixes the variables of sums to values that fit together. False: there are none. Gives up as if there were after
  // very many attempts.
  bool SolveSums();

  // No completion is in this world.
  void Refute() { consistent_ = false; }

  bool consistent() const { return consistent_; }
  const std::vector<std::shared_ptr<const Order>>& orders() const { return orders_; }
  const std::vector<TextLiteral>& texts() const { return texts_; }
  // Whether left <= right holds in all, some or no solutions. Exact. REQUIRES: consistent().
  value::Truth Decide(const Order& order) const;
  value::Truth Decide(const TextLiteral& literal) const;

  // One solution, by variable: the least numbers, the first symbols; for texts the index of a class of equals, and a
  // constant's own text where it has one. REQUIRES: consistent().
  std::vector<value::Value> Solve() const;

 private:
  std::vector<std::vector<VarId>> SumGroups() const;
  bool SolveTogether(const std::vector<VarId>& group);
  void Limit(VarId var, std::int64_t low, std::int64_t high);
  void Narrow();
  void TakeBounds(const std::vector<Bounds>& bounds);
  bool TextsConsistent() const;
  std::vector<std::size_t> TextClasses() const;

  std::vector<std::shared_ptr<const Order>> orders_;
  std::vector<TextLiteral> texts_;
  bool consistent_ = true;
};

// left > right, as an order.
Order Negate(const Order& order);

}  // namespace cordon::evaluate
