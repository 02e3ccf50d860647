// Case by case; see search.h.
#include "evaluate/search.h"

#include <algorithm>
#include <utility>

#include "evaluate/settle.h"
#include "support/assert.h"

namespace cordon::evaluate {
namespace {

bool Subset(const std::vector<std::size_t>& some, const std::vector<std::size_t>& all) {
  return std::all_of(some.begin(), some.end(),
                     [&](std::size_t x) { return std::find(all.begin(), all.end(), x) != all.end(); });
}

}  // namespace

Ended Search(const Context& context, const Start& start, const Asking& asking, std::vector<std::size_t> known,
             const Visitor& visitor) {
  std::vector<World> stack{start.world};
  while (!stack.empty()) {
    World world = std::move(stack.back());
    stack.pop_back();
    if (!context.Spend(world)) return Ended::kGivenUp;
    Left left;
    if (!SettleObligations(context, start.views, world, &left)) continue;
    Reference reference(context, world, start.views);
    const Possible possible = asking(reference);
    if (Subset(possible.answers, known)) continue;
    World met = world;
    if (!MeetObligations(context, start.views, met)) continue;
    if (possible.answers.size() == 1 && !left.assumption) {
      known.push_back(possible.answers[0]);
      if (!visitor(met, possible.answers[0])) return Ended::kYes;
      continue;
    }
    const OpenPtr open = possible.answers.size() > 1 ? possible.open : left.assumption;
    CORDON_ASSERT(open != nullptr);
    stack.push_back(Decided(context.policy, world, *open, false));
    stack.push_back(Decided(context.policy, world, *open, true));
  }
  return context.exhausted() ? Ended::kGivenUp : Ended::kYes;
}

namespace {

// What is still possible before anything is decided: all answers that there are, and maybe more.
std::vector<std::size_t> PossibleAtFirst(const Context& context, const Start& start, const Asking& asking) {
  World world = start.world;
  Left left;
  if (!SettleObligations(context, start.views, world, &left)) return {};
  Reference reference(context, world, start.views);
  return asking(reference).answers;
}

}  // namespace

std::vector<std::size_t> AllAnswers(const Context& context, const Start& start, const Asking& asking) {
  std::vector<std::size_t> answers;
  const Ended ended = Search(context, start, asking, {}, [&](const World&, std::size_t answer) {
    answers.push_back(answer);
    return true;
  });
  if (ended == Ended::kGivenUp) answers = PossibleAtFirst(context, start, asking);
  std::sort(answers.begin(), answers.end());
  return answers;
}

}  // namespace cordon::evaluate
