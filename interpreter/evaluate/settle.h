// Settle: what a World's obligations come to, and whether they can all be met.
//
// An obligation that is a conjunction, a comparison or the absence of an element is worked into the World at once. What
// is left says that one thing or another holds; whether all that is left can be met is decided for each group of
// obligations that share an unknown on its own, so that the ways of meeting one group are never multiplied by those of
// another.
#pragma once

#include "evaluate/reference.h"
#include "evaluate/view.h"
#include "evaluate/world.h"

namespace cordon::evaluate {

// `world` with one answer to an open question. It may be inconsistent by it.
World Decided(const model::Policy& policy, const World& world, const Open& open, bool yes);

// What is open after settling; null where nothing of the kind is.
struct Left {
  OpenPtr assumption;  // whether a fact must be asked for decides whether it is assumed
  OpenPtr obligation;
};

// Works obligations and assumptions into `world` as far as they leave no choice. False: it has no completion.
bool SettleObligations(const Context& context, const std::vector<View>& views, World& world, Left* left);

// Makes choices until no obligation is left. False: there is no way to meet them all; where the work that the context
// allows is spent, there is taken to be one. Assumptions stay as they are.
bool MeetObligations(const Context& context, const std::vector<View>& views, World& world);

}  // namespace cordon::evaluate
