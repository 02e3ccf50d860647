// Text: one subject's outcome as a person at the bedside reads it.
//
// The answers first, one line each; then why, in the guideline's words with its place; then who must do what, what is
// still to ask, what was assumed, and which readings of the guideline could have mattered: their names, or with
// WhyNot::kInclude their texts.
#pragma once

#include <string>

#include "evaluate/outcome.h"
#include "facts/subject.h"
#include "model/model.h"
#include "report/json.h"
#include "report/page.h"

namespace cordon::report {

struct TextOptions {
  std::string language;  // of the policy's texts; where a text lacks it, the text's first language is shown
  WhyNot why_not;
  Emphasis emphasis;
};

// The report, wrapped to 100 columns, ending in a line break. Equal outcomes give equal bytes.
std::string Text(const model::Policy& policy, const facts::Subject& subject, const evaluate::Outcome& outcome,
                 const TextOptions& options);

}  // namespace cordon::report
