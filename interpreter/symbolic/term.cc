// Normal forms of terms; see term.h.
#include "symbolic/term.h"

#include <algorithm>
#include <numeric>

#include "calendar/calendar.h"
#include "evaluate/numbers.h"
#include "support/assert.h"

namespace cordon::symbolic {

using evaluate::AddBounded;
using evaluate::FloorDivide;
using evaluate::MultiplyBounded;

namespace {

std::size_t HashOf(const Term& term) {
  std::size_t hash = static_cast<std::size_t>(term.op) + 1;
  const auto mix = [&](std::uint64_t n) {
    hash = (hash ^ n) * 0x9e3779b97f4a7c15ULL;
    hash ^= hash >> 29;
  };
  for (const TermId arg : term.args) mix(arg.index);
  for (const std::int64_t factor : term.factors) mix(static_cast<std::uint64_t>(factor));
  for (const std::int64_t member : term.set) mix(static_cast<std::uint64_t>(member));
  mix(static_cast<std::uint64_t>(term.number));
  mix(term.scalar.index);
  mix(term.list.index);
  mix(term.field);
  return hash;
}

Interval Times(Interval range, std::int64_t factor) {
  const std::int64_t low = MultiplyBounded(range.low, factor);
  const std::int64_t high = MultiplyBounded(range.high, factor);
  return {std::min(low, high), std::max(low, high)};
}

}  // namespace

Terms::Terms() {
  true_ = Add({});
  Term no;
  no.op = Op::kNot;
  no.args = {true_};
  false_ = Add(no);
}

TermId Terms::Add(Term term, Interval range) {
  const std::size_t hash = HashOf(term);
  const auto [begin, end] = known_.equal_range(hash);
  for (auto at = begin; at != end; ++at) {
    if (terms_[at->second.index] == term) return at->second;
  }
  const TermId id(terms_.size());
  const bool binds = term.list.valid() && term.op != Op::kField;
  std::uint32_t reach = term.op == Op::kField ? static_cast<std::uint32_t>(term.number) + 1 : 0;
  for (const TermId arg : term.args) {
    const std::uint32_t inside = reaches_[arg.index];
    reach = std::max(reach, binds && inside > 0 ? inside - 1 : inside);
  }
  reaches_.push_back(reach);
  terms_.push_back(std::move(term));
  ranges_.push_back(range);
  known_.emplace(hash, id);
  return id;
}

// ---- conditions

TermId Terms::Not(TermId a) {
  if (at(a).op == Op::kNot) return at(a).args[0];
  Term term;
  term.op = Op::kNot;
  term.args = {a};
  return Add(std::move(term));
}

// Flat, sorted, each once; decided where something and its opposite are there. What is known from the other parts is
// taken out of alternatives: `a and (not a or b)` is `a and b`, `a and (a or b)` is a.
TermId Terms::And(std::vector<TermId> args) {
  for (;;) {
    std::vector<TermId> flat;
    for (const TermId arg : args) {
      if (at(arg).op == Op::kAnd) {
        flat.insert(flat.end(), at(arg).args.begin(), at(arg).args.end());
      } else if (!IsTrue(arg)) {
        flat.push_back(arg);
      }
    }
    std::sort(flat.begin(), flat.end());
    flat.erase(std::unique(flat.begin(), flat.end()), flat.end());
    const auto has = [&](TermId id) { return std::binary_search(flat.begin(), flat.end(), id); };
    if (has(false_)) return false_;
    bool again = false;
    std::vector<TermId> kept;
    for (const TermId arg : flat) {
      const TermId inner = at(arg).op == Op::kNot ? at(arg).args[0] : TermId();
      if (inner.valid() && has(inner)) return false_;
      if (!inner.valid() || at(inner).op != Op::kAnd) {
        kept.push_back(arg);
        continue;
      }
      // `not (p and q)`: nothing to ask where p is known to be false; where p is known to hold, q is false.
      std::vector<TermId> parts;
      bool holds = false;
      for (const TermId part : at(inner).args) {
        holds = holds || has(Not(part));
        if (!has(part)) parts.push_back(part);
      }
      if (holds) continue;
      again = again || parts.size() < at(inner).args.size();
      kept.push_back(parts.size() < at(inner).args.size() ? Not(And(std::move(parts))) : arg);
    }
    if (kept.empty()) return true_;
    if (kept.size() == 1) return kept[0];
    if (again) {
      args = std::move(kept);
      continue;
    }
    Term term;
    term.op = Op::kAnd;
    term.args = std::move(kept);
    return Add(std::move(term));
  }
}

TermId Terms::Or(std::vector<TermId> args) {
  for (TermId& arg : args) arg = Not(arg);
  return Not(And(std::move(args)));
}

TermId Terms::Named(TermId a) {
  if (IsTrue(a) || IsFalse(a) || at(a).op == Op::kNamed) return a;
  Term term;
  term.op = Op::kNamed;
  term.args = {a};
  return Add(std::move(term));
}

TermId Terms::Equal(TermId a, TermId b) { return Or(And(a, b), And(Not(a), Not(b))); }

TermId Terms::Is(TermId variable) {
  Term term;
  term.op = Op::kIs;
  term.args = {variable};
  return Add(std::move(term));
}

TermId Terms::In(TermId symbol, std::vector<std::int64_t> set, std::int64_t size) {
  std::sort(set.begin(), set.end());
  set.erase(std::unique(set.begin(), set.end()), set.end());
  if (set.empty()) return false_;
  if (static_cast<std::int64_t>(set.size()) == size) return true_;
  const Term& of = at(symbol);
  if (of.op == Op::kConstant) return Bool(std::binary_search(set.begin(), set.end(), of.number));
  if (of.op == Op::kChoice) {
    const TermId condition = of.args[0];
    const TermId yes = of.args[1];
    const TermId no = of.args[2];
    return Or(And(condition, In(yes, set, size)), And(Not(condition), In(no, set, size)));
  }
  // One of a set and its complement is kept, so that `not in` is the negation of `in`.
  if (set[0] != 0) {
    std::vector<std::int64_t> rest;
    for (std::int64_t i = 0; i < size; ++i) {
      if (!std::binary_search(set.begin(), set.end(), i)) rest.push_back(i);
    }
    return Not(In(symbol, std::move(rest), size));
  }
  Term term;
  term.op = Op::kIn;
  term.args = {symbol};
  term.set = std::move(set);
  return Add(std::move(term));
}

// As `sum <= 0`, divided by what divides all factors. Of `sum <= 0` and its opposite one is the other's negation.
TermId Terms::LessEqual(TermId a, TermId b) {
  const TermId sum = Plus(a, b, -1);
  const Interval range = RangeOf(sum);
  if (range.high <= 0) return true_;
  if (range.low > 0) return false_;
  if (at(sum).op == Op::kChoice) {
    const Term choice = at(sum);
    return Or(And(choice.args[0], LessEqual(choice.args[1], Constant(0))),
              And(Not(choice.args[0]), LessEqual(choice.args[2], Constant(0))));
  }
  Term bare;
  bare.op = Op::kSum;
  std::int64_t constant = 0;
  if (at(sum).op == Op::kSum) {
    bare = at(sum);
    constant = bare.number;
  } else {
    bare.args = {sum};
    bare.factors = {1};
  }
  std::int64_t divisor = 0;
  for (const std::int64_t factor : bare.factors) divisor = std::gcd(divisor, factor);
  // sum of factors <= -constant.
  std::int64_t bound = FloorDivide(-constant, divisor);
  for (std::int64_t& factor : bare.factors) factor /= divisor;
  const bool turned = bare.factors[0] < 0;
  if (turned) {  // -x <= n is not x <= -n - 1
    for (std::int64_t& factor : bare.factors) factor = -factor;
    bound = -bound - 1;
  }
  TermId left = Constant(-bound);
  for (std::size_t i = 0; i < bare.args.size(); ++i) left = Plus(left, bare.args[i], bare.factors[i]);
  Term term;
  term.op = Op::kLess0;
  term.args = {left};
  const TermId id = Add(std::move(term));
  return turned ? Not(id) : id;
}

TermId Terms::SameNumber(TermId a, TermId b) { return And(LessEqual(a, b), LessEqual(b, a)); }

TermId Terms::Some(ListId list, TermId body) {
  if (IsFalse(body)) return false_;
  Term term;
  term.op = Op::kSome;
  term.list = list;
  term.args = {body};
  return Add(std::move(term));
}

TermId Terms::Count(ListId list, TermId body, std::int64_t count) {
  if (count <= 0) return true_;
  if (count == 1) return Some(list, body);
  if (IsFalse(body)) return false_;
  Term term;
  term.op = Op::kCount;
  term.list = list;
  term.args = {body};
  term.number = count;
  return Add(std::move(term));
}

TermId Terms::Cut(TermId day, std::int64_t months) {
  Term term;
  term.op = Op::kCut;
  term.args = {day};
  term.number = months;
  return Add(std::move(term));
}

// ---- numbers

TermId Terms::Scalar(ScalarId scalar, Interval range) {
  Term term;
  term.op = Op::kScalar;
  term.scalar = scalar;
  return Add(std::move(term), range);
}

TermId Terms::Field(ListId list, std::uint32_t field, std::int64_t binder, Interval range) {
  Term term;
  term.op = Op::kField;
  term.list = list;
  term.field = field;
  term.number = binder;
  return Add(std::move(term), range);
}

TermId Terms::Constant(std::int64_t number) {
  Term term;
  term.op = Op::kConstant;
  term.number = number;
  return Add(std::move(term), {number, number});
}

// A choice is drawn out of a sum, so that comparisons are between plain sums.
TermId Terms::Plus(TermId a, TermId b, std::int64_t factor) {
  if (at(a).op == Op::kChoice) {
    const Term choice = at(a);
    return Choice(choice.args[0], Plus(choice.args[1], b, factor), Plus(choice.args[2], b, factor));
  }
  if (at(b).op == Op::kChoice) {
    const Term choice = at(b);
    return Choice(choice.args[0], Plus(a, choice.args[1], factor), Plus(a, choice.args[2], factor));
  }
  std::vector<std::pair<TermId, std::int64_t>> parts;
  std::int64_t constant = 0;
  const auto take = [&](TermId id, std::int64_t times) {
    const Term& term = at(id);
    if (term.op == Op::kConstant) {
      constant += times * term.number;
    } else if (term.op == Op::kSum) {
      constant += times * term.number;
      for (std::size_t i = 0; i < term.args.size(); ++i) parts.emplace_back(term.args[i], times * term.factors[i]);
    } else {
      parts.emplace_back(id, times);
    }
  };
  take(a, 1);
  take(b, factor);
  std::sort(parts.begin(), parts.end());
  Term sum;
  sum.op = Op::kSum;
  sum.number = constant;
  for (const auto& [id, times] : parts) {
    if (!sum.args.empty() && sum.args.back() == id) {
      sum.factors.back() += times;
    } else {
      sum.args.push_back(id);
      sum.factors.push_back(times);
    }
    if (sum.factors.back() == 0) {
      sum.args.pop_back();
      sum.factors.pop_back();
    }
  }
  if (sum.args.empty()) return Constant(constant);
  if (sum.args.size() == 1 && sum.factors[0] == 1 && constant == 0) return sum.args[0];
  Interval range{constant, constant};
  for (std::size_t i = 0; i < sum.args.size(); ++i) {
    const Interval part = symbolic::Times(RangeOf(sum.args[i]), sum.factors[i]);
    range = {AddBounded(range.low, part.low), AddBounded(range.high, part.high)};
  }
  return Add(std::move(sum), range);
}

TermId Terms::Choice(TermId condition, TermId yes, TermId no) {
  if (IsTrue(condition) || yes == no) return yes;
  if (IsFalse(condition)) return no;
  if (at(condition).op == Op::kNot) return Choice(at(condition).args[0], no, yes);
  Term term;
  term.op = Op::kChoice;
  term.args = {condition, yes, no};
  return Add(std::move(term),
             {std::min(RangeOf(yes).low, RangeOf(no).low), std::max(RangeOf(yes).high, RangeOf(no).high)});
}

TermId Terms::Months(TermId day, std::int64_t months) {
  if (months == 0) return day;
  const Interval range = RangeOf(day);
  const auto moved = [&](std::int64_t days) {
    const std::int64_t kept = std::clamp(days, calendar::kFirstDate.days, calendar::kLastDate.days);
    return calendar::AddMonths(calendar::Date{kept}, months).days;
  };
  if (at(day).op == Op::kConstant) return Constant(moved(at(day).number));
  if (at(day).op == Op::kChoice) {
    const Term choice = at(day);
    return Choice(choice.args[0], Months(choice.args[1], months), Months(choice.args[2], months));
  }
  Term term;
  term.op = Op::kMonths;
  term.args = {day};
  term.number = months;
  return Add(std::move(term), {moved(range.low), moved(range.high)});
}

TermId Terms::Quotient(TermId a, std::int64_t divisor) {
  const Interval range = RangeOf(a);
  if (at(a).op == Op::kConstant) return Constant(FloorDivide(at(a).number, divisor));
  if (at(a).op == Op::kChoice) {
    const Term choice = at(a);
    return Choice(choice.args[0], Quotient(choice.args[1], divisor), Quotient(choice.args[2], divisor));
  }
  // What is a multiple of the divisor comes out; the rest may be nothing.
  if (at(a).op == Op::kSum) {
    const Term sum = at(a);
    TermId whole = Constant(FloorDivide(sum.number, divisor));
    TermId rest = Constant(sum.number - FloorDivide(sum.number, divisor) * divisor);
    for (std::size_t i = 0; i < sum.args.size(); ++i) {
      const bool even = sum.factors[i] % divisor == 0;
      if (even) whole = Plus(whole, sum.args[i], sum.factors[i] / divisor);
      if (!even) rest = Plus(rest, sum.args[i], sum.factors[i]);
    }
    const Interval left = RangeOf(rest);
    if (left.low >= 0 && left.high < divisor) return whole;
    if (at(whole).op != Op::kConstant || at(whole).number != 0) return Plus(whole, Quotient(rest, divisor));
  }
  Term term;
  term.op = Op::kQuotient;
  term.args = {a};
  term.number = divisor;
  return Add(std::move(term), {FloorDivide(range.low, divisor), FloorDivide(range.high, divisor)});
}

TermId Terms::Extreme(Op op, ListId list, TermId filter, TermId key) {
  CORDON_ASSERT(op == Op::kGreatest || op == Op::kLeast);
  Term term;
  term.op = op;
  term.list = list;
  term.args = {filter, key};
  const Interval range = RangeOf(key);
  return Add(std::move(term), {std::min<std::int64_t>(range.low, 0), std::max<std::int64_t>(range.high, 0)});
}

TermId Terms::Clamped(TermId a, Interval range) {
  const Interval own = RangeOf(a);
  if (own.high > range.high) a = Choice(LessEqual(a, Constant(range.high)), a, Constant(range.high));
  if (own.low < range.low) a = Choice(LessEqual(Constant(range.low), a), a, Constant(range.low));
  return a;
}

}  // namespace cordon::symbolic
