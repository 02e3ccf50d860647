// Sentences: what an audience hears of the releases that hold, in words.
//
// Each sentence once and in alphabetical order, so that neither its place nor its number tells which of several
// releases let it pass. Source: the language manual, "Audiences".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "evaluate/outcome.h"
#include "model/model.h"

namespace cordon::report {

// In every language that they have, the policy's first one first.
std::vector<model::Texts> Sentences(const model::Policy& policy, const evaluate::Disclosure& disclosure);

// In one language, or where a sentence lacks it, in the first that it has.
std::vector<std::string> SentencesIn(const model::Policy& policy, const evaluate::Disclosure& disclosure,
                                     std::string_view language);

}  // namespace cordon::report
