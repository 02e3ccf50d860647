// Private to check/: visiting every expression below one, each once, without recursion.
#pragma once

#include <unordered_set>
#include <vector>

#include "model/model.h"

namespace cordon::check {

// Calls `visit` with every expression that `root` is made of; definitions are not entered. An invalid root has none.
template <typename Visit>
void WalkExprs(const model::Policy& policy, model::ExprId root, Visit visit) {
  std::vector<model::ExprId> open = {root};
  std::unordered_set<std::uint32_t> seen;
  while (!open.empty()) {
    const model::ExprId id = open.back();
    open.pop_back();
    if (!id.valid() || !seen.insert(id.index).second) continue;
    const model::Expr& expr = policy.expr(id);
    visit(expr);
    open.insert(open.end(), expr.args.rbegin(), expr.args.rend());
  }
}

}  // namespace cordon::check
