// What a policy reads into its guideline, for whoever reviews it: each interpretation with all that hangs on it, and
// each judgement that is left to somebody. As text, Markdown or JSON. Shown by `cordon interpretations`.
//
// What an interpretation touches is found in the policy's text alone (model/dependencies.h): an output or duty that is
// not named cannot change with it; one that is named may. Costs as much as all dependencies of the policy.
#pragma once

#include <string>
#include <vector>

#include "diagnostics/source.h"
#include "model/model.h"

namespace cordon::report {

struct TouchedDuty {
  model::ProtocolId protocol;
  std::string duty;  // `ward must isolate`
};
struct InterpretationReview {
  model::InterpretationId id;
  std::vector<model::InterpretationPlace> places;  // where it stands; none: nothing refers to it
  std::vector<std::string> outputs;                // `admission.screen`
  std::vector<TouchedDuty> duties;                 // those of a protocol together
};
struct JudgementReview {
  model::RuleId rule;
  model::OutputId output;
  model::JudgementId judgement;
};
struct Review {
  std::vector<InterpretationReview> interpretations;
  std::vector<JudgementReview> judgements;  // in order of declaration
  bool whole = true;                        // false: of some interpretations only
};

// All that there is to review. Interpretations go by their ids, numbers in these by value: A2 before A10.
Review ReviewOf(const model::Policy& policy);

std::string ReviewText(const model::Policy& policy, const Review& review);
std::string ReviewMarkdown(const model::Policy& policy, const Review& review);
// `{ policy, interpretations: [ { id, text, alternatives, to_be_settled_by, cite, places, outputs, duties } ],
// judgements: [ { output, by, with, weighing, decided_in, rule, cite } ] }`; a member that says nothing is left out,
// and `judgements` where the review is not whole.
std::string ReviewJson(const model::Policy& policy, const Review& review, const diagnostics::Sources& sources);

}  // namespace cordon::report
