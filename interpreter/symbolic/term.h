// Terms: conditions and numbers over one symbolic patient, each written once.
//
// A Terms holds a graph of nodes without duplicates: two conditions with the same normal form are the same id,
// whichever version of a policy they come from, so that what did not change costs nothing. Conditions are two-valued: a
// complete patient has no unknowns. Numbers are whole: days since 1970-01-01 for dates, minutes for lengths of time and
// times of day, thousandths for decimals, the place of a symbol in its category, the number of a text among the texts
// named.
//
// Inside `kSome`, `kCount` and `kGreatest` a record of a list is bound; `kField` reads a field of the record bound so
// many binders further out, 0 being the innermost, so that equal sentences are equal wherever they stand.
// Tested by tests/unit/symbolic_test.cc.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "evaluate/numbers.h"
#include "support/id.h"

namespace cordon::symbolic {

using TermId = support::Id<struct TermTag>;
using ScalarId = support::Id<struct ScalarTag>;  // an unknown of the patient that is no part of a list; see frame.h
using ListId = support::Id<struct ListTag>;

enum class Op : std::uint8_t {
  // Conditions.
  kTrue,
  kNot,    // args[0]
  kAnd,    // args, sorted, two or more; `or` is the negation of an `and` of negations
  kIs,     // the scalar or field args[0], a yes or no, is yes
  kIn,     // args[0], a symbol, is one of `set`
  kLess0,  // args[0] <= 0
  kSome,   // some record of `list` has args[0]
  kCount,  // at least `number` records of `list` have args[0]
  kNamed,  // args[0]: what a rule asks, or the like, kept together
  kCut,    // args[0], a day, moved by `number` months, falls on a shorter month's last day or past the calendar's end
  // Numbers.
  kScalar,    // `scalar`
  kField,     // field `field` of the record of `list` bound `number` binders out
  kConstant,  // `number`
  kSum,       // number + the sum of factors[i] * args[i], args sorted, no factor 0
  kChoice,    // args[1] where args[0] holds, else args[2]
  kMonths,    // args[0], a day, moved by `number` months: calendar::AddMonths
  kQuotient,  // args[0] divided by `number`, rounded down
  kGreatest,  // the greatest args[1] of the records of `list` that have args[0]; where there is none, 0
  kLeast,
};

struct Term {
  Op op = Op::kTrue;
  std::vector<TermId> args;
  std::vector<std::int64_t> factors;  // kSum
  std::vector<std::int64_t> set;      // kIn, sorted
  std::int64_t number = 0;
  ScalarId scalar;
  ListId list;
  std::uint32_t field = 0;
  bool operator==(const Term&) const = default;
};

// The values that a number can have, both ends in.
struct Interval {
  std::int64_t low = 0;
  std::int64_t high = 0;
};

// What no sum of a policy's numbers reaches: bounds stop here, and say nothing more.
inline constexpr std::int64_t kBoundless = evaluate::kLargestResult;

class Terms {
 public:
  Terms();

  const Term& at(TermId id) const { return terms_[id.index]; }
  std::size_t size() const { return terms_.size(); }

  TermId True() const { return true_; }
  TermId False() const { return false_; }
  TermId Bool(bool b) const { return b ? true_ : false_; }
  TermId Not(TermId a);
  TermId And(std::vector<TermId> args);
  TermId Or(std::vector<TermId> args);
  TermId And(TermId a, TermId b) { return And(std::vector{a, b}); }
  TermId Or(TermId a, TermId b) { return Or(std::vector{a, b}); }
  // The same condition as a thing of its own, into which no normal form looks.
  TermId Named(TermId a);
  TermId Equal(TermId a, TermId b);  // of two conditions
  TermId Is(TermId variable);
  // `size`: how many symbols there are; a set of all of them is true.
  TermId In(TermId symbol, std::vector<std::int64_t> set, std::int64_t size);
  TermId LessEqual(TermId a, TermId b);
  TermId SameNumber(TermId a, TermId b);
  TermId Some(ListId list, TermId body);
  TermId Count(ListId list, TermId body, std::int64_t count);
  TermId Cut(TermId day, std::int64_t months);

  TermId Scalar(ScalarId scalar, Interval range);
  TermId Field(ListId list, std::uint32_t field, std::int64_t binder, Interval range);
  TermId Constant(std::int64_t number);
  TermId Plus(TermId a, TermId b, std::int64_t factor = 1);  // a + factor * b
  TermId Times(TermId a, std::int64_t factor) { return Plus(Constant(0), a, factor); }
  TermId Choice(TermId condition, TermId yes, TermId no);
  TermId Months(TermId day, std::int64_t months);
  TermId Quotient(TermId a, std::int64_t divisor);
  TermId Extreme(Op op, ListId list, TermId filter, TermId key);
  // `a` kept within [low, high].
  TermId Clamped(TermId a, Interval range);

  bool IsTrue(TermId a) const { return a == true_; }
  bool IsFalse(TermId a) const { return a == false_; }
  bool IsNumber(TermId a) const { return at(a).op >= Op::kScalar; }
  // How many binders around it a term reads: 0 where it stands for itself.
  std::uint32_t Reach(TermId a) const { return reaches_[a.index]; }
  // The values that a number can have at all; wider than it need be.
  Interval RangeOf(TermId a) const { return ranges_[a.index]; }

 private:
  TermId Add(Term term, Interval range = {});

  std::vector<Term> terms_;
  std::vector<Interval> ranges_;
  std::vector<std::uint32_t> reaches_;
  std::unordered_multimap<std::size_t, TermId> known_;
  TermId true_;
  TermId false_;
};

}  // namespace cordon::symbolic
