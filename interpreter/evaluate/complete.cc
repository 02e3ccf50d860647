// Answers over completions, and minimal needs by two views of one subject; see complete.h.
//
// `needs`: a set N settles a question when no two completions agree on N and answer differently. Two views that share
// the unknowns of N are searched for such a pair; the facts on which a pair found differs must meet N. An unknown on
// which alone two such completions differ belongs to every N; mostly these are all. Where they are not, sets are tried
// by size and order against all differences found so far, until no pair is left (the implicit hitting set algorithm).
#include "evaluate/complete.h"

#include <algorithm>

#include "evaluate/settle.h"
#include "support/assert.h"

namespace cordon::evaluate {
namespace {

// Takes what is unknown now to stay unknown to `is known`.
void AssumeUnlearnt(const Cell& cell, World& world) {
  if (cell.is_known.valid()) {
    ValueSet no = ValueSet::None(2);
    no.add(0);
    world.Restrict(cell.is_known, no);
  }
  for (const CellPtr& child : cell.children) {
    if (child) AssumeUnlearnt(*child, world);
  }
}

std::vector<RootId> NotShared(const Shared& shared) {
  std::vector<RootId> roots;
  for (std::size_t i = 0; i < shared.size(); ++i) {
    if (!shared[i]) roots.emplace_back(i);
  }
  return roots;
}

constexpr std::size_t kSame = 0;
constexpr std::size_t kDifferent = 1;

using Cuts = std::vector<std::vector<RootId>>;

bool Hits(const std::vector<RootId>& set, const std::vector<RootId>& cut) {
  return std::any_of(cut.begin(), cut.end(),
                     [&](RootId r) { return std::find(set.begin(), set.end(), r) != set.end(); });
}

// Extends `chosen` by `left` of the candidates from `from` on so that it hits every cut; first in order.
bool Extend(const std::vector<RootId>& candidates, const Cuts& cuts, std::size_t from, std::size_t left,
            std::vector<RootId>& chosen) {
  if (left == 0) return std::all_of(cuts.begin(), cuts.end(), [&](const auto& cut) { return Hits(chosen, cut); });
  for (std::size_t i = from; i + left <= candidates.size(); ++i) {
    chosen.push_back(candidates[i]);
    if (Extend(candidates, cuts, i + 1, left - 1, chosen)) return true;
    chosen.pop_back();
  }
  return false;
}

// The smallest set of candidates that has a member of every cut, in order. Cuts of one member leave no choice.
std::vector<RootId> SmallestHitting(const std::vector<RootId>& candidates, const Cuts& cuts) {
  std::vector<RootId> forced;
  for (const auto& cut : cuts) {
    if (cut.size() == 1) forced.push_back(cut[0]);
  }
  Cuts open;
  for (const auto& cut : cuts) {
    if (!Hits(forced, cut)) open.push_back(cut);
  }
  std::vector<RootId> useful;
  for (RootId candidate : candidates) {
    if (std::any_of(open.begin(), open.end(), [&](const auto& cut) { return Hits({candidate}, cut); }))
      useful.push_back(candidate);
  }
  for (std::size_t size = 0; size <= useful.size(); ++size) {
    std::vector<RootId> chosen;
    if (!Extend(useful, open, 0, size, chosen)) continue;
    chosen.insert(chosen.end(), forced.begin(), forced.end());
    std::sort(chosen.begin(), chosen.end());
    return chosen;
  }
  CORDON_ASSERT(false);
}

}  // namespace

Completions::Completions(const Context& context, const facts::Subject& subject) : context_(context), subject_(subject) {
  World world;
  MakeView(context.policy, subject, world, 0, &roots_, nullptr, nullptr);
  const auto& exprs = context.policy.exprs;
  reads_now_ =
      std::any_of(exprs.begin(), exprs.end(), [](const auto& expr) { return expr.kind == model::ExprKind::kNow; });
}

std::vector<model::FactId> Completions::Assumable(const FactSet& reads) const {
  std::vector<model::FactId> facts;
  for (model::FactId fact : reads) {
    const bool absent = subject_.fact(fact).state == facts::CellState::kAbsent;
    if (absent && context_.policy.facts[fact.index].assume) facts.push_back(fact);
  }
  return facts;
}

Start Completions::MakeStart(const FactSet& assumed, Assuming assuming, const Shared* shared) const {
  Start start;
  start.views.push_back(MakeView(context_.policy, subject_, start.world, 0, nullptr, nullptr, nullptr));
  if (shared != nullptr) {
    const View first = start.views[0];
    start.views.push_back(MakeView(context_.policy, subject_, start.world, 1, nullptr, &first, shared));
  }
  if (assuming == Assuming::kNothing) return start;
  for (std::size_t view = 0; view < start.views.size(); ++view) {
    for (model::FactId fact : Assumable(assumed)) start.world.assumptions.push_back({fact, view});
    for (const CellPtr& cell : start.views[view].facts) AssumeUnlearnt(*cell, start.world);
  }
  return start;
}

Start Completions::Plain(const FactSet& reads, Assuming assuming) const {
  Start start = MakeStart(reads, assuming, nullptr);
  Left left;
  SettleObligations(context_, start.views, start.world, &left);
  return start;
}

std::vector<std::size_t> Completions::Answers(const Query& query, Assuming assuming) const {
  return AllAnswers(context_, MakeStart(query.reads, assuming, nullptr),
                    [&](Reference& reference) { return query.asking(reference, 0); });
}

std::vector<std::size_t> Completions::AnswersAssumingOnly(const Query& query, const FactSet& facts) const {
  return AllAnswers(context_, MakeStart(facts, Assuming::kEverything, nullptr),
                    [&](Reference& reference) { return query.asking(reference, 0); });
}

std::vector<RootId> Completions::Disagreement(const Query& query, Assuming assuming, const Shared& shared) const {
  const Start start = MakeStart(query.reads, assuming, &shared);
  const auto asking = [&](Reference& reference) {
    const Possible a = query.asking(reference, 0);
    const Possible b = query.asking(reference, 1);
    Possible possible;
    const bool may_agree = std::any_of(a.answers.begin(), a.answers.end(), [&](std::size_t answer) {
      return std::find(b.answers.begin(), b.answers.end(), answer) != b.answers.end();
    });
    if (may_agree) possible.answers.push_back(kSame);
    if (!may_agree || a.answers.size() > 1 || b.answers.size() > 1) possible.answers.push_back(kDifferent);
    possible.open = a.answers.size() > 1 ? a.open : b.open;
    return possible;
  };
  std::vector<RootId> differing;
  const Ended ended = Search(context_, start, asking, {kSame}, [&](const World& world, std::size_t) {
    differing = DifferingRoots(world, start.views[0], start.views[1]);
    // Where sums were given up on, no values are at hand: any unknown that is not shared may be among them.
    if (differing.empty() && !world.sums.empty()) differing = NotShared(shared);
    CORDON_ASSERT(!differing.empty() || context_.exhausted());
    return false;
  });
  if (ended == Ended::kGivenUp || (differing.empty() && context_.exhausted())) return NotShared(shared);
  return differing;
}

// By halves: where completions that differ on a whole group never disagree, they do not for any of its members.
void Completions::FindEssential(const Query& query, Assuming assuming, const std::vector<RootId>& group,
                                Cuts& cuts) const {
  if (group.empty() || context_.exhausted()) return;
  Shared shared(roots_.size(), true);
  for (RootId root : group) shared[root.index] = false;
  if (Disagreement(query, assuming, shared).empty()) return;
  if (group.size() == 1) {
    cuts.push_back(group);
    return;
  }
  const auto middle = group.begin() + static_cast<std::ptrdiff_t>(group.size() / 2);
  FindEssential(query, assuming, {group.begin(), middle}, cuts);
  FindEssential(query, assuming, {middle, group.end()}, cuts);
}

std::vector<Root> Completions::Needs(const Query& query, Assuming assuming) const {
  std::vector<RootId> candidates;
  for (std::size_t i = 0; i < roots_.size(); ++i) {
    if (roots_[i].fact.valid() ? query.reads.count(roots_[i].fact) > 0 : reads_now_) candidates.emplace_back(i);
  }
  const auto paths_of = [&](const std::vector<RootId>& needs) {
    std::vector<Root> paths;
    for (RootId root : needs) paths.push_back(roots_[root.index]);
    return paths;
  };
  Cuts cuts;
  FindEssential(query, assuming, candidates, cuts);
  for (;;) {
    if (context_.exhausted()) return paths_of(candidates);
    const std::vector<RootId> needs = SmallestHitting(candidates, cuts);
    Shared shared(roots_.size(), false);
    for (RootId root : needs) shared[root.index] = true;
    std::vector<RootId> cut = Disagreement(query, assuming, shared);
    if (cut.empty()) return paths_of(needs);
    if (context_.exhausted()) continue;
    const auto is_candidate = [&](RootId r) {
      return std::find(candidates.begin(), candidates.end(), r) != candidates.end();
    };
    cut.erase(std::remove_if(cut.begin(), cut.end(), [&](RootId r) { return !is_candidate(r); }), cut.end());
    CORDON_ASSERT(!cut.empty());
    cuts.push_back(std::move(cut));
  }
}

}  // namespace cordon::evaluate
