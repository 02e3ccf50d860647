// Cubes: a condition as a list of conjunctions of its parts, each as short as can be, together all of it.
//
// A part is what reads as one: a rule that both versions have unchanged, a sentence about a list, a comparison. The
// parts of a condition decide it, so each patient for whom it holds shows a conjunction of parts that implies it; that
// is shortened, set aside, and the next patient is asked for, until there is none. The last answer, that there is none,
// is the proof that the list is complete. Source: docs/language/analysis.md.
#pragma once

#include <set>
#include <vector>

#include "symbolic/session.h"

namespace cordon::analyse {

using symbolic::TermId;

// A part that holds, or does not.
struct Literal {
  TermId part;  // never a negation
  bool holds = true;
  bool operator==(const Literal&) const = default;
};

using Cube = std::vector<Literal>;

// Patients met so far: they say without a query that something does not follow.
using Pool = std::vector<symbolic::Patient>;

struct Cover {
  std::vector<Cube> cubes;
  std::vector<symbolic::Patient> patients;  // one for each cube
  bool complete = false;                    // proved to be all
};

// The parts of `condition`: what is named is not taken apart, unless it is the condition itself.
std::vector<TermId> PartsOf(const symbolic::Terms& terms, TermId condition);

// The condition that a literal, or a cube, says.
TermId ConditionOf(symbolic::Terms& terms, const Literal& literal);
TermId ConditionOf(symbolic::Terms& terms, const Cube& cube);

// Of the patients for whom all of `around` holds, those for whom `condition` does. REQUIRES: `session` is made for all
// of these. `drop_first`: parts that are given up before others when a conjunction is shortened. Stops, not complete,
// after `most`.
Cover CoverOf(symbolic::Terms& terms, symbolic::Session& session, const std::vector<TermId>& around, TermId condition,
              const std::set<TermId>& drop_first, std::size_t most, Pool& pool);

// Of one record of a list for which `body` holds, in a patient for whom all of `around` holds: conjunctions of the
// body's own parts that imply it wherever all of `given` holds, together all of it. REQUIRES: `session` is made for
// `around` and the sentence that some record of the list has `body`; `given` is among `around`.
Cover CoverOfRecord(symbolic::Terms& terms, symbolic::Session& session, const std::vector<TermId>& around,
                    const std::vector<TermId>& given, symbolic::ListId list, TermId body, std::size_t most, Pool& pool);

}  // namespace cordon::analyse
