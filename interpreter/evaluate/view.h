// View: one reading of a subject's facts, its unknowns turned into variables of a World.
//
// A second view of the same subject may share some unknowns with the first and have its own for the rest; that two
// views agree on a set of facts and still lead to different answers is how `needs` is decided.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "evaluate/world.h"
#include "facts/subject.h"
#include "model/model.h"

namespace cordon::evaluate {

// An unknown as results name it.
struct Root {
  std::string path;    // `cpo_ever_detected`, `hospital_stays[1].admitted`, `hospital_stays` for what else it may hold
  model::FactId fact;  // invalid: the time of day, `now`
};

struct View {
  std::vector<CellPtr> facts;  // by FactId
  CellPtr now;                 // known where the as-of date says the time; else some minute of the day, rooted at `now`
};

// Which roots a second view shares with the first, by RootId.
using Shared = std::vector<bool>;

// Adds the unknowns of `subject` to `world`, with the conditions of its records as obligations. The roots come in order
// of declaration, the same for every view of one subject. With `first`, roots in `shared` reuse its variables.
// Decisions stay undecided where they are not given. REQUIRES: `first` and `shared` are given together.
View MakeView(const model::Policy& policy, const facts::Subject& subject, World& world, std::size_t view_index,
              std::vector<Root>* roots, const View* first, const Shared* shared);

// One given cell alone, with the conditions of its records as obligations.
CellPtr MakeCell(const model::Policy& policy, const facts::Cell& cell, const model::Type& type, World& world);
// The time: known where `as_of` says it, else some minute of its day.
CellPtr MakeNow(const model::Policy& policy, const model::Moment& as_of, World& world);

// A further element of a list of `type`, all of it unknown, with its record's conditions as obligations.
CellPtr NewElement(const model::Policy& policy, const model::Type& type, World& world, RootId root,
                   std::size_t view_index);

// The roots on which two views differ in a solution of `world`; roots not compared are equal.
std::vector<RootId> DifferingRoots(const World& world, const View& a, const View& b);

}  // namespace cordon::evaluate
