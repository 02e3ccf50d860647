// Puts a mutant's changes into a copy of the model; see mutants.h.
#include <algorithm>
#include <iterator>
#include <utility>

#include "analyse/expr_slots.h"
#include "analyse/mutants.h"
#include "support/assert.h"

namespace cordon::analyse {
namespace {

void PutRow(const AnyRowChange& change, model::Policy& policy) {
  if (const auto* rule = std::get_if<RowChange<model::RuleId, model::Rule>>(&change)) {
    policy.rules[rule->id.index] = rule->now;
  } else if (const auto* output = std::get_if<RowChange<model::OutputId, model::Output>>(&change)) {
    policy.outputs[output->id.index] = output->now;
  } else if (const auto* fact = std::get_if<RowChange<model::FactId, model::Fact>>(&change)) {
    policy.facts[fact->id.index] = fact->now;
  }
}

// Makes room for `num` expressions before number `at`, and renames what stands behind it.
void OpenGap(model::Policy& policy, std::size_t at, std::size_t num) {
  const auto rename = [&](model::ExprId& id) {
    if (id.valid() && id.index >= at) id = model::ExprId(id.index + num);
  };
  for (model::Expr& expr : policy.exprs) {
    for (model::ExprId& arg : expr.args) rename(arg);
  }
  EachExprOfPolicy(policy, rename);
  policy.exprs.insert(policy.exprs.begin() + static_cast<std::ptrdiff_t>(at), num, model::Expr{});
}

}  // namespace

model::Policy Apply(const model::Policy& policy, const Mutant& mutant) {
  model::Policy changed = policy;
  changed.exprs.insert(changed.exprs.end(), mutant.added.begin(), mutant.added.end());
  PutRow(mutant.row, changed);
  // From behind, so that the numbers of those still to come hold.
  for (auto change = mutant.exprs.rbegin(); change != mutant.exprs.rend(); ++change) {
    const std::size_t at = change->id.index;
    CORDON_ASSERT(at < changed.exprs.size());
    if (!change->before.empty()) OpenGap(changed, at, change->before.size());
    std::copy(change->before.begin(), change->before.end(), changed.exprs.begin() + static_cast<std::ptrdiff_t>(at));
    changed.exprs[at + change->before.size()] = change->now;
  }
  return changed;
}

}  // namespace cordon::analyse
