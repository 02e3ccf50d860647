// Upon: the changes of a local version carried onto a new version of its base.
//
// Three texts meet: the base as it was, the base as it is now, and what the local version changed of the first. A thing
// that both changed is an error until the new local version restates it by a change of its own.
#pragma once

#include <optional>

#include "compose/compose.h"

namespace cordon::compose {

// `carried` as it is to be put upon `is`, where it stood upon `was`: without the changes that `own`, the new local
// version, restates, and without those that `is` makes itself. Reports E0460 for a thing that both changed, and returns
// nothing then.
std::optional<Version> Carry(Desk& desk, const Composed& was, const Composed& is, const Version& carried,
                             const Version& own);

// `own` without what only says that something is not carried: a removal of a thing that the new base does not have, and
// a change or replacement by what the new base has already, of a thing that one of `carried` changes.
Version WithoutWithdrawn(const Composed& was, const Composed& is, const std::vector<const Version*>& carried,
                         const Version& own);

}  // namespace cordon::compose
