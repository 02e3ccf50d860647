// LookAhead: which of several questions is likely to settle most.
//
// Each question's answers fall into a few classes that the policy can tell apart (a country in or outside of each set
// that it names; a day within or before each look-back period). One answer of each class is tried, and what stays open
// is counted; a question's promise is the average over its classes. How often an answer is given is not known, so all
// count alike.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "evaluate/interview.h"

namespace cordon::evaluate {

// How many evaluations one question may cost. Where there are more answers to try, questions that stand in fewer
// `needs` are not tried, and classes beyond two are left out.
inline constexpr std::size_t kLookAheadEvaluations = 12;

// What stays open after an answer: conclusions first, then the unknowns that they need.
struct Remaining {
  std::size_t conclusions = 0;
  std::size_t unknowns = 0;
};

// One answer of each class. REQUIRES: the prompt's type is a scalar's. Never empty.
std::vector<facts::Cell> PlausibleAnswers(const model::Policy& policy, const model::Moment& as_of,
                                          const Prompt& prompt);

// The prompt with the best promise; ties go to the first. `after` says what stays open after an answer, or nothing
// where facts do not allow the answer. REQUIRES: `prompts` is not empty, and the likelier ones stand first.
std::size_t MostPromising(const model::Policy& policy, const model::Moment& as_of, const std::vector<Prompt>& prompts,
                          const std::function<std::optional<Remaining>(const Prompt&, const facts::Cell&)>& after);

}  // namespace cordon::evaluate
