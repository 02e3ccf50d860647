// Works obligations into a World, and looks for one way to meet those that leave a choice; see settle.h.
#include "evaluate/settle.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <utility>

#include "support/assert.h"

namespace cordon::evaluate {
namespace {

using model::ExprKind;
using value::Truth;

Claim Holding(model::ExprId expr) { return {expr, Sentence::Versus::kNothing, {}, nullptr, nullptr}; }

// Adds to `obligations` that `element` has all that `sentence` asks, or that it has not.
void Oblige(const Sentence& sentence, const CellPtr& element, bool positive, std::vector<Obligation>& obligations) {
  Obligation obligation{{}, positive, sentence.bindings, sentence.view};
  for (const Sentence::Test& test : sentence.tests) {
    obligation.bindings.emplace_back(test.variable, element);
    if (test.body.valid()) obligation.claims.push_back({test.body, test.versus, test.variable, element, test.than});
  }
  obligations.push_back(std::move(obligation));
}

// Adds to `world` that an open question has this answer.
class Answerer {
 public:
  Answerer(const model::Policy& policy, World& world, bool yes) : policy_(policy), world_(world), yes_(yes) {}

  void operator()(const FiniteSplit& split) {
    world_.Restrict(split.var, yes_ ? split.values : split.values.Complement());
  }
  void operator()(const Order& order) { world_.Add(yes_ ? order : Negate(order)); }
  void operator()(const TextLiteral& literal) {
    TextLiteral decided = literal;
    decided.equal = literal.equal == yes_;
    world_.Add(decided);
  }
  void operator()(const ElementTest& test) {
    world_.decided.push_back({test.sentence, test.element, yes_});
    Oblige(test.sentence, test.element, yes_, world_.obligations);
  }
  void operator()(const FurtherElement& further) {
    if (!yes_) {
      world_.lists[further.list.index].none_further.push_back(further.sentence);
      return;
    }
    const model::Type type = world_.lists[further.list.index].type;
    const RootId root = world_.lists[further.list.index].root;
    const CellPtr element = NewElement(policy_, type, world_, root, further.sentence.view);
    ListState& list = world_.lists[further.list.index];
    Oblige(further.sentence, element, true, world_.obligations);
    for (const Sentence& none : list.none_further) Oblige(none, element, false, world_.obligations);
    list.witnesses.push_back(element);
    world_.decided.push_back({further.sentence, element, true});
    for (const Sentence& none : list.none_further) world_.decided.push_back({none, element, false});
  }
  void operator()(const NewSum& sum) {
    if (!yes_) return world_.Refute();
    world_.AddSum(sum.parts);
  }
  // One answer after the other settles which element it is; every completion fits one of them.
  void operator()(const ExtremeElement& question) {
    Extreme& extreme = ExtremeFor(question);
    if (question.candidate == nullptr) {
      extreme.settled = true;
      const std::size_t place = static_cast<std::size_t>(&extreme - world_.extremes.data());
      if (yes_) return ChooseFurther(question, place);
      return ForbidAll(question.filters, *question.list);
    }
    if (!yes_) {
      ++extreme.num_refused;
      return;
    }
    extreme.settled = true;
    extreme.chosen = question.candidate;
    Choose(question, question.candidate);
  }

 private:
  Extreme& ExtremeFor(const ExtremeElement& question) {
    for (Extreme& extreme : world_.extremes) {
      if (extreme.expr == question.expr && extreme.view == question.filters.view) return extreme;
    }
    world_.extremes.push_back({question.expr, question.filters.view, 0, false, nullptr});
    return world_.extremes.back();
  }

  void ChooseFurther(const ExtremeElement& question, std::size_t place) {
    if (!question.list->more.valid()) return world_.Refute();
    (*this)(FurtherElement{question.list->more, question.filters});
    world_.extremes[place].chosen = world_.lists[question.list->more.index].witnesses.back();
    Choose(question, world_.extremes[place].chosen);
  }

  // The chosen element is one of the list, and none goes beyond it.
  void Choose(const ExtremeElement& question, const CellPtr& chosen) {
    Oblige(question.filters, chosen, true, world_.obligations);
    const model::Expr& expr = policy_.expr(question.expr);
    Sentence beyond = question.filters;
    beyond.reads_facts = true;
    const bool greatest = expr.kind == ExprKind::kGreatest;
    beyond.tests.push_back(
        {expr.variable, expr.args[1], greatest ? Sentence::Versus::kGreater : Sentence::Versus::kLess, chosen});
    ForbidAll(beyond, *question.list);
  }

  // No element of `list` has what `sentence` asks.
  void ForbidAll(const Sentence& sentence, const Cell& list) {
    for (const CellPtr& element : list.children) Oblige(sentence, element, false, world_.obligations);
    if (!list.more.valid()) return;
    for (const CellPtr& witness : world_.lists[list.more.index].witnesses)
      Oblige(sentence, witness, false, world_.obligations);
    world_.lists[list.more.index].none_further.push_back(sentence);
  }

  const model::Policy& policy_;
  World& world_;
  bool yes_;
};

// An obligation on all of several conditions, or on a conjunction, is one on each of them.
bool SplitObligation(const model::Policy& policy, const Obligation& obligation, std::vector<Obligation>& parts) {
  if (obligation.positive && obligation.claims.size() > 1) {
    for (const Claim& claim : obligation.claims) parts.push_back({{claim}, true, obligation.bindings, obligation.view});
    return true;
  }
  if (obligation.claims.size() != 1 || obligation.claims[0].versus != Sentence::Versus::kNothing) return false;
  const model::Expr& expr = policy.expr(obligation.claims[0].expr);
  if (expr.kind == ExprKind::kDefine) {
    parts.push_back({{Holding(policy.defines[expr.define.index].value)}, obligation.positive, {}, obligation.view});
    return true;
  }
  const bool conjunction = obligation.positive ? expr.kind == ExprKind::kAnd : expr.kind == ExprKind::kOr;
  if (!conjunction && expr.kind != ExprKind::kNot) return false;
  const bool positive = expr.kind == ExprKind::kNot ? !obligation.positive : obligation.positive;
  for (model::ExprId arg : expr.args) parts.push_back({{Holding(arg)}, positive, obligation.bindings, obligation.view});
  return true;
}

// Whether an open single condition is a plain comparison, which can be decided the required way without a branch.
bool IsAtom(const model::Policy& policy, const Obligation& obligation) {
  if (obligation.claims.size() != 1) return false;
  if (obligation.claims[0].versus != Sentence::Versus::kNothing) return true;
  switch (policy.expr(obligation.claims[0].expr).kind) {
    case ExprKind::kLessEqual:
    case ExprKind::kLess:
    case ExprKind::kMember:
    case ExprKind::kFact:
    case ExprKind::kField:
      return true;
    default:
      return false;
  }
}

// One pass over the obligations. Returns what is left of them in `world`, and whether any of it could be settled.
class Settling {
 public:
  Settling(const Context& context, const std::vector<View>& views, World& world)
      : context_(context), views_(views), world_(world) {}

  // False: no completion.
  bool Pass() {
    changed_ = false;
    open_assumption_ = nullptr;
    open_obligation_ = nullptr;
    std::vector<Obligation> pending = std::exchange(world_.obligations, {});
    for (std::size_t i = 0; i < pending.size(); ++i) {
      const Obligation obligation = pending[i];
      if (SplitObligation(context_.policy, obligation, pending)) continue;
      if (!Settle(obligation) || !world_.consistent()) return false;
    }
    std::vector<PendingAssumption> assumptions = std::exchange(world_.assumptions, {});
    for (const PendingAssumption& assumption : assumptions) {
      if (!Settle(assumption) || !world_.consistent()) return false;
    }
    return true;
  }

  bool changed() const { return changed_; }
  const OpenPtr& open_assumption() const { return open_assumption_; }
  const OpenPtr& open_obligation() const { return open_obligation_; }

 private:
  bool Settle(const Obligation& obligation) {
    Reference reference(context_, world_, views_);
    const Verdict verdict = reference.All(obligation.claims, obligation.bindings, obligation.view);
    if (verdict.truth == (obligation.positive ? Truth::kTrue : Truth::kFalse)) return true;
    if (verdict.truth != Truth::kUnknown) return false;
    if (!obligation.positive && ForbidAll(obligation, reference)) return true;
    const bool is_order =
        std::holds_alternative<Order>(*verdict.open) || std::holds_alternative<FiniteSplit>(*verdict.open);
    if (is_order && IsAtom(context_.policy, obligation) && DecideAtom(obligation, *verdict.open)) return true;
    world_.obligations.push_back(obligation);
    if (!open_obligation_) open_obligation_ = verdict.open;
    return true;
  }

  // That no element passes comes to each given one failing, and there being no further one that passes.
  bool ForbidAll(const Obligation& obligation, Reference& reference) {
    if (obligation.claims.size() != 1 || obligation.claims[0].versus != Sentence::Versus::kNothing) return false;
    const model::Expr& expr = context_.policy.expr(obligation.claims[0].expr);
    if (expr.kind != ExprKind::kSome) return false;
    const ListRange range = reference.Range(expr.args[0], obligation.bindings, obligation.view);
    std::vector<Sentence::Test> tests;
    if (expr.args.size() > 1) tests.push_back({expr.variable, expr.args[1]});
    const Sentence sentence = reference.SentenceOf(range, tests, obligation.view);
    for (const CellPtr& element : reference.ElementsOf(*range.list))
      Oblige(sentence, element, false, world_.obligations);
    if (range.list->more.valid()) world_.lists[range.list->more.index].none_further.push_back(sentence);
    changed_ = true;
    return true;
  }

  // Takes the one answer of the atom's own question under which the obligation holds. False: the question is another's.
  bool DecideAtom(const Obligation& obligation, const Open& open) {
    std::optional<World> fitting;
    for (const bool yes : {true, false}) {
      World next = Decided(context_.policy, world_, open, yes);
      if (!next.consistent()) continue;
      Reference reference(context_, next, views_);
      const Truth truth = reference.All(obligation.claims, obligation.bindings, obligation.view).truth;
      if (truth == (obligation.positive ? Truth::kFalse : Truth::kTrue)) continue;
      if (truth == Truth::kUnknown || fitting) return false;
      fitting = std::move(next);
    }
    if (!fitting) return false;
    world_ = std::move(*fitting);
    changed_ = true;
    return true;
  }

  bool Settle(const PendingAssumption& assumption) {
    Reference reference(context_, world_, views_);
    const Verdict holds = reference.HasAssumedValue(assumption.fact, assumption.view);
    if (holds.truth == Truth::kTrue) return true;
    const bool unless_asked = context_.policy.facts[assumption.fact.index].assume->unless_asked;
    const Verdict asked = unless_asked ? reference.MustAsk(assumption.fact, assumption.view) : Certain(false);
    if (asked.truth == Truth::kTrue) return true;
    if (asked.truth == Truth::kUnknown) {
      world_.assumptions.push_back(assumption);
      if (!open_assumption_) open_assumption_ = asked.open;
      return true;
    }
    if (holds.truth == Truth::kFalse) return false;
    Assume(assumption);
    return true;
  }

  void Assume(const PendingAssumption& assumption) {
    const model::Assume& assume = *context_.policy.facts[assumption.fact.index].assume;
    const Cell& cell = *views_[assumption.view].facts[assumption.fact.index];
    changed_ = true;
    if (assume.empty_list) {
      world_.lists[cell.more.index].none_further.push_back({{}, {}, assumption.view, false});
      return;
    }
    const Variable& variable = world_.variables[cell.var.index];
    switch (variable.domain) {
      case Domain::kFinite: {
        ValueSet one = ValueSet::None(variable.values->size());
        one.add(static_cast<std::size_t>(assume.value.number));
        world_.Restrict(cell.var, one);
        return;
      }
      case Domain::kOrdered:
        world_.Add(Order{{cell.var, 0, {}}, {{}, assume.value.number, {}}});
        world_.Add(Order{{{}, assume.value.number, {}}, {cell.var, 0, {}}});
        return;
      case Domain::kText:
        world_.Add(TextLiteral{cell.var, {}, assume.value.text, true});
        return;
    }
  }

  const Context& context_;
  const std::vector<View>& views_;
  World& world_;
  bool changed_ = false;
  OpenPtr open_assumption_;
  OpenPtr open_obligation_;
};

// The unknowns that obligations share: variables and lists, joined where one comparison, list or obligation has
// several.
class Groups {
 public:
  Groups(const Context& context, const std::vector<View>& views, const World& world)
      : context_(context), views_(views), world_(world), parent_(world.variables.size() + world.lists.size() + 1) {
    std::iota(parent_.begin(), parent_.end(), std::size_t{0});
    for (const auto& order : world.orders()) JoinTerms(order->left.var, order->right.var);
    for (const TextLiteral& text : world.texts()) JoinTerms(text.a, text.b);
    for (const Sum& sum : world.sums) {
      for (const auto& part : sum.parts) JoinTerms(part.second, sum.sum);
    }
    for (std::size_t i = 0; i < world.lists.size(); ++i) {
      for (const CellPtr& witness : world.lists[i].witnesses) JoinCell(NodeOf(ListId(i)), *witness);
      for (const Sentence& none : world.lists[i].none_further) JoinBindings(NodeOf(ListId(i)), none.bindings);
    }
  }

  // Joins what `obligation` reads, and gives one node of it.
  std::size_t Join(const Obligation& obligation) {
    std::size_t node = kNone;
    for (const auto& [variable, cell] : obligation.bindings) node = JoinCell(node, *cell);
    for (const Claim& claim : obligation.claims) {
      node = JoinExpr(node, claim.expr, obligation.view);
      if (claim.element) node = JoinCell(node, *claim.element);
      if (claim.than) node = JoinCell(node, *claim.than);
    }
    return node;
  }

  std::size_t Find(std::size_t node) const {
    while (node != kNone && parent_[node] != node) node = parent_[node];
    return node;
  }

 private:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  std::size_t NodeOf(ListId list) const { return world_.variables.size() + list.index; }
  std::size_t Everything() const { return parent_.size() - 1; }

  std::size_t JoinNodes(std::size_t a, std::size_t b) {
    if (a == kNone) return b;
    parent_[Find(a)] = Find(b);
    return b;
  }

  void JoinTerms(VarId a, VarId b) {
    if (a.valid() && b.valid()) JoinNodes(a.index, b.index);
  }

  std::size_t JoinCell(std::size_t node, const Cell& cell) {
    for (VarId var : {cell.var, cell.is_none, cell.is_known}) {
      if (var.valid()) node = JoinNodes(node, var.index);
    }
    if (cell.more.valid()) node = JoinNodes(node, NodeOf(cell.more));
    for (const CellPtr& child : cell.children) {
      if (child) node = JoinCell(node, *child);
    }
    return node;
  }

  void JoinBindings(std::size_t node, const Bindings& bindings) {
    for (const auto& [variable, cell] : bindings) node = JoinCell(node, *cell);
  }

  std::size_t JoinExpr(std::size_t node, model::ExprId id, std::size_t view) {
    if (!context_.reads_facts[id.index]) return node;
    const model::Expr& expr = context_.policy.expr(id);
    for (model::ExprId arg : expr.args) {
      if (arg.valid()) node = JoinExpr(node, arg, view);
    }
    if (expr.kind == ExprKind::kFact) node = JoinCell(node, *views_[view].facts[expr.fact.index]);
    if (expr.kind == ExprKind::kNow) node = JoinCell(node, *views_[view].now);
    if (expr.kind == ExprKind::kDefine) node = JoinExpr(node, context_.policy.defines[expr.define.index].value, view);
    // An output may read anything.
    if (expr.kind == ExprKind::kOutputIs) node = JoinEverything();
    return node;
  }

  std::size_t JoinEverything() {
    for (std::size_t i = 0; i < parent_.size(); ++i) JoinNodes(i, Everything());
    return Everything();
  }

  const Context& context_;
  const std::vector<View>& views_;
  const World& world_;
  std::vector<std::size_t> parent_;
};

// The obligations of `world`, group by group, in the order of each group's first.
std::vector<std::vector<Obligation>> GroupObligations(const Context& context, const std::vector<View>& views,
                                                      const World& world) {
  Groups groups(context, views, world);
  std::vector<std::size_t> nodes;
  for (const Obligation& obligation : world.obligations) nodes.push_back(groups.Join(obligation));
  std::map<std::size_t, std::size_t> place;
  std::vector<std::vector<Obligation>> grouped;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const auto [found, is_new] = place.emplace(groups.Find(nodes[i]), grouped.size());
    if (is_new) grouped.emplace_back();
    grouped[found->second].push_back(world.obligations[i]);
  }
  return grouped;
}

// Chooses until no obligation of `world` is left, and its sums have a solution.
bool MeetGroup(const Context& context, const std::vector<View>& views, World& world) {
  std::vector<World> stack{std::move(world)};
  while (!stack.empty()) {
    World next = std::move(stack.back());
    stack.pop_back();
    if (!context.Spend(next)) {  // as if there were a way
      world = std::move(next);
      return true;
    }
    Left left;
    if (!SettleObligations(context, views, next, &left)) continue;
    if (!left.obligation) {
      World solved = next;
      if (!solved.SolveSums()) continue;
      world = std::move(next);
      return true;
    }
    stack.push_back(Decided(context.policy, next, *left.obligation, false));
    stack.push_back(Decided(context.policy, next, *left.obligation, true));
  }
  return false;
}

}  // namespace

World Decided(const model::Policy& policy, const World& world, const Open& open, bool yes) {
  World next = world;
  std::visit(Answerer(policy, next, yes), open);
  return next;
}

bool SettleObligations(const Context& context, const std::vector<View>& views, World& world, Left* left) {
  if (!world.consistent()) return false;
  Settling settling(context, views, world);
  do {
    if (!settling.Pass()) return false;
  } while (settling.changed());
  *left = {settling.open_assumption(), settling.open_obligation()};
  return true;
}

bool MeetObligations(const Context& context, const std::vector<View>& views, World& world) {
  if (world.obligations.empty()) return world.SolveSums();
  std::vector<std::vector<Obligation>> groups = GroupObligations(context, views, world);
  std::vector<PendingAssumption> assumptions = std::exchange(world.assumptions, {});
  for (std::vector<Obligation>& group : groups) {
    world.obligations = std::move(group);
    if (!MeetGroup(context, views, world)) return false;
  }
  world.assumptions = std::move(assumptions);
  return world.SolveSums();
}

}  // namespace cordon::evaluate
