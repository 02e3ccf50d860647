// Search: every answer that some completion gives, by deciding open questions one after the other, both ways.
//
// A node is a World. At each node the reference evaluator says what is still possible and which question is open; the
// two answers to it make two smaller worlds. Branches whose possible answers are all known already are not followed. A
// world in which the answer is certain and all obligations can be met has a completion, so what is found is given by
// one, and every completion lies in some branch, so what is not found is given by none. Source: the language manual,
// "Unknown facts"; docs/decisions on completions.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "evaluate/reference.h"
#include "evaluate/view.h"
#include "evaluate/world.h"

namespace cordon::evaluate {

// What a question's answer may still be in one world, by number; a single one is certain.
struct Possible {
  std::vector<std::size_t> answers;
  OpenPtr open;
};

// A question about a completion; its answers are numbered by the asker.
using Asking = std::function<Possible(Reference&)>;

// A world to start from, with the views that read it.
struct Start {
  World world;
  std::vector<View> views;
};

// Called for each world in which the answer is certain and that has a completion; returns whether to go on searching.
using Visitor = std::function<bool(const World& world, std::size_t answer)>;

// Whether a search came to its end; it did not where the work that the context allows is spent.
enum class Ended : std::uint8_t { kYes, kGivenUp };

// Visits worlds with answers not in `known`, which grows by those visited; stops where the visitor says so.
Ended Search(const Context& context, const Start& start, const Asking& asking, std::vector<std::size_t> known,
             const Visitor& visitor);

// Every answer that some completion gives, sorted; others too where the search is given up.
std::vector<std::size_t> AllAnswers(const Context& context, const Start& start, const Asking& asking);

}  // namespace cordon::evaluate
