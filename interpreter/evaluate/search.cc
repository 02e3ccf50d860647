// Case by case; see search.h.
#include "evaluate/search.h"

#include <algorithm>
#include <utility>

#include "support/assert.h"

namespace cordon::evaluate {
namespace {

using model::ExprKind;
using value::Truth;

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
  void operator()(const FurtherElement& further) {
    if (!yes_) {
      world_.lists[further.list.index].none_further.push_back(further.sentence);
      return;
    }
    const model::Type type = world_.lists[further.list.index].type;
    const RootId root = world_.lists[further.list.index].root;
    const CellPtr element = NewElement(policy_, type, world_, root, further.sentence.view);
    ListState& list = world_.lists[further.list.index];
    Oblige(further.sentence, element, true);
    for (const Sentence& none : list.none_further) Oblige(none, element, false);
    list.witnesses.push_back(element);
  }

 private:
  void Oblige(const Sentence& sentence, const CellPtr& element, bool positive) {
    Obligation obligation{{}, positive, sentence.bindings, sentence.view};
    for (const Sentence::Test& test : sentence.tests) {
      obligation.bindings.emplace_back(test.variable, element);
      if (test.body.valid()) obligation.exprs.push_back(test.body);
    }
    world_.obligations.push_back(std::move(obligation));
  }

  const model::Policy& policy_;
  World& world_;
  bool yes_;
};

World Decided(const model::Policy& policy, const World& world, const Open& open, bool yes) {
  World next = world;
  std::visit(Answerer(policy, next, yes), open);
  return next;
}

// An obligation on all of several conditions, or on a conjunction, is one on each of them.
bool SplitObligation(const model::Policy& policy, const Obligation& obligation, std::vector<Obligation>& parts) {
  if (obligation.positive && obligation.exprs.size() > 1) {
    for (model::ExprId expr : obligation.exprs) parts.push_back({{expr}, true, obligation.bindings, obligation.view});
    return true;
  }
  if (obligation.exprs.size() != 1) return false;
  const model::Expr& expr = policy.expr(obligation.exprs[0]);
  const bool conjunction = obligation.positive ? expr.kind == ExprKind::kAnd : expr.kind == ExprKind::kOr;
  if (!conjunction && expr.kind != ExprKind::kNot) return false;
  const bool positive = expr.kind == ExprKind::kNot ? !obligation.positive : obligation.positive;
  for (model::ExprId arg : expr.args) parts.push_back({{arg}, positive, obligation.bindings, obligation.view});
  return true;
}

// Whether an open single condition is a plain comparison, which can be decided the required way without a branch.
bool IsAtom(const model::Policy& policy, const Obligation& obligation) {
  if (obligation.exprs.size() != 1) return false;
  switch (policy.expr(obligation.exprs[0]).kind) {
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
  Settling(const Context& context, const std::vector<View>& views, World& world) : context_(context), views_(views), world_(world) {}

  // False: no completion.
  bool Pass() {
    changed_ = false;
    open_ = nullptr;
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
  const OpenPtr& open() const { return open_; }

 private:
  bool Settle(const Obligation& obligation) {
    Reference reference(context_, world_, views_);
    const Verdict verdict = reference.All(obligation.exprs, obligation.bindings, obligation.view);
    if (verdict.truth == (obligation.positive ? Truth::kTrue : Truth::kFalse)) return true;
    if (verdict.truth != Truth::kUnknown) return false;
    const bool is_order = std::holds_alternative<Order>(*verdict.open) || std::holds_alternative<FiniteSplit>(*verdict.open);
    if (is_order && IsAtom(context_.policy, obligation) && DecideAtom(obligation, *verdict.open)) return true;
    world_.obligations.push_back(obligation);
    if (!open_) open_ = verdict.open;
    return true;
  }

  // Takes the one answer of the atom's own question under which the obligation holds. False: the question is another's.
  bool DecideAtom(const Obligation& obligation, const Open& open) {
    std::optional<World> fitting;
    for (const bool yes : {true, false}) {
      World next = Decided(context_.policy, world_, open, yes);
      if (!next.consistent()) continue;
      Reference reference(context_, next, views_);
      const Truth truth = reference.All(obligation.exprs, obligation.bindings, obligation.view).truth;
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
      if (!open_) open_ = asked.open;
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
      world_.lists[cell.more.index].none_further.push_back({{}, {}, assumption.view});
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
  OpenPtr open_;
};

bool Subset(const std::vector<std::size_t>& some, const std::vector<std::size_t>& all) {
  return std::all_of(some.begin(), some.end(), [&](std::size_t x) { return std::find(all.begin(), all.end(), x) != all.end(); });
}

}  // namespace

bool SettleObligations(const Context& context, const std::vector<View>& views, World& world, OpenPtr* open) {
  if (!world.consistent()) return false;
  Settling settling(context, views, world);
  do {
    if (!settling.Pass()) return false;
  } while (settling.changed());
  *open = settling.open();
  return true;
}

void Search(const Context& context, const Start& start, const Asking& asking, std::vector<std::size_t> known,
            const Visitor& visitor) {
  std::vector<World> stack{start.world};
  while (!stack.empty()) {
    World world = std::move(stack.back());
    stack.pop_back();
    OpenPtr open;
    if (!SettleObligations(context, start.views, world, &open)) continue;
    Reference reference(context, world, start.views);
    const Possible possible = asking(reference);
    if (Subset(possible.answers, known)) continue;
    if (possible.answers.size() == 1 && !open) {
      known.push_back(possible.answers[0]);
      if (!visitor(world, possible.answers[0])) return;
      continue;
    }
    if (possible.answers.size() > 1) open = possible.open;
    CORDON_ASSERT(open != nullptr);
    stack.push_back(Decided(context.policy, world, *open, false));
    stack.push_back(Decided(context.policy, world, *open, true));
  }
}

std::vector<std::size_t> AllAnswers(const Context& context, const Start& start, const Asking& asking) {
  std::vector<std::size_t> answers;
  Search(context, start, asking, {}, [&](const World&, std::size_t answer) {
    answers.push_back(answer);
    return true;
  });
  std::sort(answers.begin(), answers.end());
  return answers;
}

}  // namespace cordon::evaluate
