// Brute force: every completion of a subject over small domains, one by one, as the measure of evaluate/complete.
//
// Dates that are unknown range over a window of a few days (policies under test bound them by `require` or give them as
// ranges inside it), lists hold at most `most_alike` further elements
// that are alike, which is enough where no count asks for more. Within these bounds nothing is clever here.
#pragma once

#include <string>
#include <vector>

#include "facts/subject.h"
#include "model/model.h"

namespace cordon::testing {

struct Bounds {
  calendar::Date first;
  calendar::Date last;
  std::size_t most_alike = 2;
};

// A complete subject, and what each unknown of the given one became, in order of declaration.
struct Completed {
  facts::Subject subject;
  std::vector<std::string> values;
};

struct AllCompletions {
  std::vector<std::string> paths;  // of the unknowns
  std::vector<Completed> all;
  bool too_many = false;  // more than were asked for: none is given
};

// Every completion of `subject` within the bounds that satisfies every `require`, if they are no more than `most`;
// decisions stay as given.
AllCompletions Complete(const model::Policy& policy, const facts::Subject& subject, const Bounds& bounds,
                        std::size_t most);

}  // namespace cordon::testing
