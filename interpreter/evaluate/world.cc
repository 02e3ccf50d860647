// Bounds propagation over monotone comparisons, symbol sets and equalities of texts; see world.h.
#include "evaluate/world.h"

#include <algorithm>
#include <bit>
#include <deque>
#include <map>
#include <numeric>

#include "evaluate/numbers.h"
#include "support/assert.h"

namespace cordon::evaluate {
namespace {

using value::Truth;

std::int64_t ApplyStep(const Step& step, std::int64_t x) {
  switch (step.kind) {
    case StepKind::kShiftDate:
      return calendar::Shift(calendar::Date{x}, step.period, step.direction).days;
    case StepKind::kShiftDatetime:
      return calendar::Shift(calendar::Datetime{x}, step.period, step.direction).minutes;
    case StepKind::kDayOf:
      return calendar::DayOf(calendar::Datetime{x}).days;
    case StepKind::kAdd:
      return AddBounded(x, step.number);
    case StepKind::kMultiply:
      return MultiplyBounded(x, step.number);
  }
  CORDON_ASSERT(false);
}

// The least x in [low, high] with term(x) >= bound, or nothing. Binary search: the chain is monotone.
std::optional<std::int64_t> LeastReaching(const Term& term, std::int64_t low, std::int64_t high, std::int64_t bound) {
  if (term.Apply(low) >= bound) return low;
  if (term.Apply(high) < bound) return std::nullopt;
  while (high - low > 1) {
    const std::int64_t middle = low + (high - low) / 2;
    (term.Apply(middle) >= bound ? high : low) = middle;
  }
  return high;
}

// The greatest x in [low, high] with term(x) <= bound, or nothing.
std::optional<std::int64_t> GreatestWithin(const Term& term, std::int64_t low, std::int64_t high, std::int64_t bound) {
  if (term.Apply(high) <= bound) return high;
  if (term.Apply(low) > bound) return std::nullopt;
  while (high - low > 1) {
    const std::int64_t middle = low + (high - low) / 2;
    (term.Apply(middle) <= bound ? low : high) = middle;
  }
  return low;
}

// A term's variable and its steps but for the plain shifts at their end: terms with the same base differ by a constant.
struct Base {
  VarId var;
  std::vector<Step> steps;
  bool operator==(const Base&) const = default;
};

// The base of `term`, and what is added to it.
std::pair<Base, std::int64_t> BaseOf(const Term& term) {
  Base base{term.var, term.steps};
  std::int64_t added = 0;
  while (!base.steps.empty() && base.steps.back().kind == StepKind::kAdd) {
    added = AddBounded(added, base.steps.back().number);
    base.steps.pop_back();
  }
  return {std::move(base), added};
}

// Bounds of all ordered variables, narrowed to the fixpoint of a set of comparisons.
class Propagation {
 public:
  Propagation(const std::vector<Variable>& variables, const std::vector<std::shared_ptr<const Order>>& orders,
              const std::vector<Sum>& sums)
      : orders_(orders), sums_(sums) {
    bounds_.reserve(variables.size());
    for (const Variable& variable : variables) bounds_.push_back({variable.low, variable.high});
  }

  // Whether the comparisons have a solution where a variable was narrowed that any of them may read.
  bool RunAll() { return RunOrders(AllOrders()) && RunSums(); }

  // Whether the comparisons have a solution, given that all but the last are at their fixpoint.
  bool Run() {
    if (!orders_.empty() && IsPlain(*orders_.back()) && HasPlainCycle()) return false;
    std::deque<std::size_t> queue;
    if (!orders_.empty()) queue.push_back(orders_.size() - 1);
    return RunOrders(std::move(queue)) && RunSums();
  }

  const std::vector<Bounds>& bounds() const { return bounds_; }

 private:
  // Bounds that creep by single steps are left where they are then: they only hold too much.
  static constexpr std::size_t kMostRounds = 200;
  // After so many comparisons for each that there is, bounds may be creeping round a cycle.
  static constexpr std::size_t kCalmRounds = 16;

  std::deque<std::size_t> AllOrders() const {
    std::deque<std::size_t> all(orders_.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    return all;
  }

  bool RunSums() {
    for (std::size_t round = 0; round < kMostRounds && !sums_.empty(); ++round) {
      moved_.clear();
      for (const Sum& sum : sums_) {
        if (!Tighten(sum)) return false;
      }
      if (moved_.empty()) break;
      if (!RunOrders(AllOrders())) return false;
    }
    return true;
  }

  // A cycle that `HasCycle` leaves goes through several steps by months, and ends at the calendar's end at the
  // latest.
  bool RunOrders(std::deque<std::size_t> queue) {
    std::vector<bool> waits(orders_.size(), false);
    for (std::size_t done = 0; !queue.empty(); ++done) {
      if (done == kCalmRounds * orders_.size() && HasCycle()) return false;
      const std::size_t next = queue.front();
      queue.pop_front();
      waits[next] = false;
      VarId moved[2];
      if (!Tighten(*orders_[next], moved)) return false;
      for (std::size_t i = 0; i < orders_.size(); ++i) {
        if (waits[i] || !(Touches(*orders_[i], moved[0]) || Touches(*orders_[i], moved[1]))) continue;
        waits[i] = true;
        queue.push_back(i);
      }
    }
    return true;
  }

  void Move(VarId var, std::int64_t low, std::int64_t high) {
    Bounds& bounds = bounds_[var.index];
    if (low <= bounds.low && high >= bounds.high) return;
    bounds.low = std::max(bounds.low, low);
    bounds.high = std::min(bounds.high, high);
    moved_.push_back(var);
  }

  // Narrows a sum by its parts, and each part by the sum and the other parts. False: no value is left.
  bool Tighten(const Sum& sum) {
    std::int64_t least = 0;
    std::int64_t greatest = 0;
    const auto ends = [&](const std::pair<std::int64_t, VarId>& part) {
      const Bounds& b = bounds_[part.second.index];
      const std::int64_t x = MultiplyBounded(b.low, part.first);
      const std::int64_t y = MultiplyBounded(b.high, part.first);
      return std::pair(std::min(x, y), std::max(x, y));
    };
    for (const auto& part : sum.parts) {
      least = AddBounded(least, ends(part).first);
      greatest = AddBounded(greatest, ends(part).second);
    }
    Move(sum.sum, least, greatest);
    const Bounds total = bounds_[sum.sum.index];
    if (total.low > total.high) return false;
    if (least == -kLargestResult || greatest == kLargestResult) return true;
    for (const auto& part : sum.parts) {
      const auto [low, high] = ends(part);
      const std::int64_t from = AddBounded(total.low, high - greatest);
      const std::int64_t to = AddBounded(total.high, low - least);
      const std::int64_t c = part.first;
      Move(part.second, c > 0 ? -FloorDivide(-from, c) : -FloorDivide(to, -c),
           c > 0 ? FloorDivide(to, c) : FloorDivide(-from, -c));
      if (bounds_[part.second.index].low > bounds_[part.second.index].high) return false;
    }
    return true;
  }

  // Between two variables, by plain shifts.
  static bool IsPlain(const Order& order) {
    const auto is_plain = [](const Term& term) {
      return term.var.valid() && std::all_of(term.steps.begin(), term.steps.end(),
                                             [](const Step& step) { return step.kind == StepKind::kAdd; });
    };
    return is_plain(order.left) && is_plain(order.right);
  }

  static bool Touches(const Order& order, VarId var) {
    return var.valid() && (order.left.var == var || order.right.var == var);
  }

  // Narrows both sides of one comparison, and tells which variables moved. False: no value is left.
  bool Tighten(const Order& order, VarId (&moved)[2]) {
    const auto low = [&](const Term& t) { return t.var.valid() ? t.Apply(bounds_[t.var.index].low) : t.Known(); };
    const auto high = [&](const Term& t) { return t.var.valid() ? t.Apply(bounds_[t.var.index].high) : t.Known(); };
    const std::int64_t least_left = low(order.left);
    const std::int64_t greatest_right = high(order.right);
    if (least_left > greatest_right) return false;
    if (order.right.var.valid() && low(order.right) < least_left) {
      Bounds& right = bounds_[order.right.var.index];
      const auto bound = LeastReaching(order.right, right.low, right.high, least_left);
      if (!bound) return false;
      right.low = *bound;
      moved[0] = order.right.var;
    }
    if (order.left.var.valid() && high(order.left) > greatest_right) {
      Bounds& left = bounds_[order.left.var.index];
      const auto bound = GreatestWithin(order.left, left.low, left.high, greatest_right);
      if (!bound) return false;
      left.high = *bound;
      moved[1] = order.left.var;
    }
    return true;
  }

  // `to` is at least `from` + `by`.
  struct Edge {
    std::size_t from;
    std::size_t to;
    std::int64_t by;
  };

  // Whether some number is asked to be greater than itself (Bellman-Ford).
  static bool GrowsRound(const std::vector<Edge>& edges, std::size_t num_numbers) {
    std::vector<std::int64_t> least(num_numbers, 0);
    bool moved = true;
    for (std::size_t round = 0; moved && round <= std::min(num_numbers, edges.size() + 1); ++round) {
      moved = false;
      for (const Edge& edge : edges) {
        const std::int64_t bound = AddBounded(least[edge.from], edge.by);
        if (bound <= least[edge.to]) continue;
        least[edge.to] = bound;
        moved = true;
      }
    }
    return moved;
  }

  // The comparisons between two variables by plain shifts alone: cheap enough to be looked at each time. Such a cycle
  // would move bounds by single units.
  bool HasPlainCycle() const {
    std::vector<Edge> edges;
    for (const auto& order : orders_) {
      if (!IsPlain(*order)) continue;
      edges.push_back(
          {order->left.var.index, order->right.var.index, AddBounded(order->left.Apply(0), -order->right.Apply(0))});
    }
    return GrowsRound(edges, bounds_.size());
  }

  // The same of all comparisons, where terms of different bases count as unrelated, even of one variable. Such a cycle
  // would move bounds by single minutes or days to the calendar's end.
  bool HasCycle() const {
    std::vector<Base> bases;
    const auto number_of = [&](Base base) {
      const auto found = std::find(bases.begin(), bases.end(), base);
      if (found != bases.end()) return static_cast<std::size_t>(found - bases.begin());
      bases.push_back(std::move(base));
      return bases.size() - 1;
    };
    std::vector<Edge> edges;
    for (const auto& order : orders_) {
      if (!order->left.var.valid() || !order->right.var.valid()) continue;
      auto [left, left_added] = BaseOf(order->left);
      auto [right, right_added] = BaseOf(order->right);
      const std::size_t from = number_of(std::move(left));
      edges.push_back({from, number_of(std::move(right)), AddBounded(left_added, -right_added)});
    }
    return GrowsRound(edges, bases.size());
  }

  const std::vector<std::shared_ptr<const Order>>& orders_;
  const std::vector<Sum>& sums_;
  std::vector<Bounds> bounds_;
  std::vector<VarId> moved_;
};

}  // namespace

ValueSet::ValueSet(std::size_t size, bool value) : size_(size), words_((size + 63) / 64, 0) {
  for (std::size_t i = 0; value && i < size; ++i) add(i);
}

std::size_t ValueSet::count() const { return CountIn(*this); }

std::size_t ValueSet::CountIn(const ValueSet& other) const {
  std::size_t count = 0;
  for (std::size_t i = 0; i < words_.size(); ++i) {
    count += static_cast<std::size_t>(std::popcount(words_[i] & other.words_[i]));
  }
  return count;
}

std::size_t ValueSet::first() const {
  for (std::size_t i = 0; i < words_.size(); ++i) {
    if (words_[i] != 0) return 64 * i + static_cast<std::size_t>(std::countr_zero(words_[i]));
  }
  CORDON_ASSERT(false);
}

ValueSet ValueSet::And(const ValueSet& other) const {
  ValueSet result = *this;
  for (std::size_t i = 0; i < words_.size(); ++i) result.words_[i] &= other.words_[i];
  return result;
}

ValueSet ValueSet::Complement() const {
  ValueSet result = All(size_);
  for (std::size_t i = 0; i < words_.size(); ++i) result.words_[i] &= ~words_[i];
  return result;
}

std::int64_t Term::Apply(std::int64_t x) const {
  for (const Step& step : steps) x = ApplyStep(step, x);
  return x;
}

bool Sentence::SameAs(const Sentence& other) const {
  if (view != other.view && (reads_facts || other.reads_facts)) return false;
  if (tests.size() != other.tests.size() || bindings.size() != other.bindings.size()) return false;
  for (std::size_t i = 0; i < tests.size(); ++i) {
    if (tests[i].variable != other.tests[i].variable || tests[i].body != other.tests[i].body) return false;
    if (tests[i].versus != other.tests[i].versus || tests[i].than != other.tests[i].than) return false;
  }
  for (std::size_t i = 0; i < bindings.size(); ++i) {
    if (bindings[i] != other.bindings[i]) return false;
  }
  return true;
}

Order Negate(const Order& order) {
  // Not left <= right: right + 1 <= left.
  Order negated{order.right, order.left};
  negated.left.steps.push_back({StepKind::kAdd, {}, 1, 1});
  return negated;
}

VarId World::AddFinite(ValueSet values, RootId root) {
  variables.push_back({Domain::kFinite, std::make_shared<const ValueSet>(std::move(values)), 0, 0, root});
  return VarId(variables.size() - 1);
}

VarId World::AddOrdered(std::int64_t low, std::int64_t high, RootId root) {
  variables.push_back({Domain::kOrdered, nullptr, low, high, root});
  return VarId(variables.size() - 1);
}

VarId World::AddText(RootId root) {
  variables.push_back({Domain::kText, nullptr, 0, 0, root});
  return VarId(variables.size() - 1);
}

void World::Restrict(VarId var, const ValueSet& values) {
  Variable& variable = variables[var.index];
  variable.values = std::make_shared<const ValueSet>(variable.values->And(values));
  if (variable.values->count() == 0) consistent_ = false;
}

void World::Add(const Order& order) {
  orders_.push_back(std::make_shared<const Order>(order));
  Narrow();
}

void World::Limit(VarId var, std::int64_t low, std::int64_t high) {
  variables[var.index].low = low;
  variables[var.index].high = high;
  Propagation propagation(variables, orders_, sums);
  consistent_ = consistent_ && propagation.RunAll();
  TakeBounds(propagation.bounds());
}

void World::Narrow() {
  Propagation propagation(variables, orders_, sums);
  consistent_ = consistent_ && propagation.Run();
  TakeBounds(propagation.bounds());
}

void World::TakeBounds(const std::vector<Bounds>& bounds) {
  for (std::size_t i = 0; i < variables.size(); ++i) {
    variables[i].low = bounds[i].low;
    variables[i].high = bounds[i].high;
  }
}

void World::AddSum(const Sum::Parts& parts) {
  const VarId sum = AddOrdered(-kLargestResult, kLargestResult, {});
  sums.push_back({parts, sum});
  Narrow();
}

VarId World::FindSum(const Sum::Parts& parts) const {
  for (const Sum& sum : sums) {
    if (sum.parts == parts) return sum.sum;
  }
  return {};
}

bool World::SolveSums() {
  for (const std::vector<VarId>& group : SumGroups()) {
    if (!SolveTogether(group)) return false;
  }
  return true;
}

// The variables of sums, those together that hang on one another through sums or comparisons.
std::vector<std::vector<VarId>> World::SumGroups() const {
  std::vector<std::size_t> parent(variables.size());
  std::iota(parent.begin(), parent.end(), std::size_t{0});
  const auto find = [&](std::size_t x) {
    while (parent[x] != x) x = parent[x];
    return x;
  };
  const auto join = [&](VarId a, VarId b) {
    if (a.valid() && b.valid()) parent[find(a.index)] = find(b.index);
  };
  for (const auto& order : orders_) join(order->left.var, order->right.var);
  for (const Sum& sum : sums) {
    for (const auto& part : sum.parts) join(part.second, sum.sum);
  }
  std::map<std::size_t, std::vector<VarId>> groups;
  for (const Sum& sum : sums) {
    for (const auto& part : sum.parts) groups[find(part.second.index)].push_back(part.second);
  }
  std::vector<std::vector<VarId>> listed;
  for (auto& [root, group] : groups) listed.push_back(std::move(group));
  return listed;
}

// Halves the range of one variable after another, of the narrowest first, nearest to its least value first.
bool World::SolveTogether(const std::vector<VarId>& group) {
  constexpr std::size_t kMostAttempts = 20'000;
  std::vector<World> stack{*this};
  for (std::size_t attempt = 0; !stack.empty(); ++attempt) {
    World next = std::move(stack.back());
    stack.pop_back();
    if (!next.consistent()) continue;
    const auto range = [&](VarId var) { return next.variables[var.index].high - next.variables[var.index].low; };
    VarId open;
    for (const VarId var : group) {
      if (range(var) > 0 && (!open.valid() || range(var) < range(open))) open = var;
    }
    if (!open.valid() || attempt == kMostAttempts) {
      *this = std::move(next);
      return true;
    }
    const std::int64_t low = next.variables[open.index].low;
    const std::int64_t high = next.variables[open.index].high;
    const std::int64_t middle = low + (high - low) / 2;
    stack.push_back(next);
    stack.back().Limit(open, middle + 1, high);
    stack.push_back(std::move(next));
    stack.back().Limit(open, low, middle);
  }
  return false;
}

void World::Add(const TextLiteral& literal) {
  texts_.push_back(literal);
  if (!TextsConsistent()) consistent_ = false;
}

Truth World::Decide(const Order& order) const {
  const auto range = [&](const Term& t) {
    if (!t.var.valid()) return std::pair(t.Known(), t.Known());
    const Variable& variable = variables[t.var.index];
    return std::pair(t.Apply(variable.low), t.Apply(variable.high));
  };
  const auto left = range(order.left);
  const auto right = range(order.right);
  if (left.second <= right.first) return Truth::kTrue;
  if (left.first > right.second) return Truth::kFalse;
  // With one variable the ends of its range are attained, so the answer is open. With two, try both.
  if (!order.left.var.valid() || !order.right.var.valid()) return Truth::kUnknown;
  std::vector<std::shared_ptr<const Order>> orders = orders_;
  orders.push_back(std::make_shared<const Order>(order));
  if (!Propagation(variables, orders, sums).Run()) return Truth::kFalse;
  orders.back() = std::make_shared<const Order>(Negate(order));
  return Propagation(variables, orders, sums).Run() ? Truth::kUnknown : Truth::kTrue;
}

Truth World::Decide(const TextLiteral& literal) const {
  TextLiteral yes = literal;
  TextLiteral no = literal;
  no.equal = !literal.equal;
  World with = *this;
  with.Add(yes);
  if (!with.consistent()) return Truth::kFalse;
  World without = *this;
  without.Add(no);
  return without.consistent() ? Truth::kUnknown : Truth::kTrue;
}

// For each variable, the representative of the class of texts that it equals.
std::vector<std::size_t> World::TextClasses() const {
  std::vector<std::size_t> parent(variables.size());
  std::iota(parent.begin(), parent.end(), std::size_t{0});
  const auto find = [&](std::size_t x) {
    while (parent[x] != x) x = parent[x];
    return x;
  };
  for (const TextLiteral& t : texts_) {
    if (t.equal && t.b.valid())
      parent[std::max(find(t.a.index), find(t.b.index))] = std::min(find(t.a.index), find(t.b.index));
  }
  for (std::size_t i = 0; i < parent.size(); ++i) parent[i] = find(i);
  return parent;
}

bool World::TextsConsistent() const {
  const std::vector<std::size_t> classes = TextClasses();
  std::vector<std::optional<std::string>> constant(variables.size());
  for (const TextLiteral& t : texts_) {
    if (!t.equal || t.b.valid()) continue;
    auto& known = constant[classes[t.a.index]];
    if (known && *known != t.text) return false;
    known = t.text;
  }
  for (const TextLiteral& t : texts_) {
    if (t.equal) continue;
    const auto& a = constant[classes[t.a.index]];
    if (!t.b.valid()) {
      if (a && *a == t.text) return false;
      continue;
    }
    const auto& b = constant[classes[t.b.index]];
    if (classes[t.a.index] == classes[t.b.index] || (a && b && *a == *b)) return false;
  }
  return true;
}

std::vector<value::Value> World::Solve() const {
  CORDON_ASSERT(consistent_);
  const std::vector<std::size_t> classes = TextClasses();
  std::vector<value::Value> solution(variables.size());
  for (std::size_t i = 0; i < variables.size(); ++i) {
    const Variable& variable = variables[i];
    switch (variable.domain) {
      case Domain::kFinite:
        solution[i] = value::Value::Symbol(variable.values->first());
        break;
      case Domain::kOrdered:
        solution[i] = value::Value::Int(variable.low);
        break;
      case Domain::kText:
        solution[i] = value::Value::Text("a text of its own, " + std::to_string(classes[i]));
        break;
    }
  }
  for (const TextLiteral& t : texts_) {
    if (!t.equal || t.b.valid()) continue;
    for (std::size_t i = 0; i < variables.size(); ++i) {
      if (classes[i] == classes[t.a.index]) solution[i] = value::Value::Text(t.text);
    }
  }
  return solution;
}

}  // namespace cordon::evaluate
