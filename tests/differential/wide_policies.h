// Wide policies: random ones that use all of the language, where random_policies.h has small ones for brute force.
//
// Several protocols that read each other, in care settings; outputs of every type, in both modes, with and without
// defaults; judgements and their decisions; overrides, drops, `exactly`; tables in several parts, with `otherwise`, for
// each element, where the first row wins, one of them big; quantifiers in one another, counts, the latest and the
// earliest, sums, months, conditionals, `is known`, `is none`; assumptions and who must ask; duties with arguments,
// dates and ends.
#pragma once

#include <optional>
#include <string>

#include "model/model.h"
#include "random_policies.h"

namespace cordon::testing {

std::string WidePolicy(Random& random);

// Nothing where it does not check; `problems` then says why.
std::optional<model::Policy> BuildWide(const std::string& text, std::string& problems);

}  // namespace cordon::testing
