// FactsJson: a subject's facts as a document that `cordon eval --facts` reads.
//
// Source: the language manual, "Evaluation's contract".
#pragma once

#include <string>

#include "facts/subject.h"
#include "model/model.h"

namespace cordon::report {

// The document, indented by two blanks, ending in a line break. What was not asked is left out, what was sought and not
// learnt is `null`. facts::ReadDocument makes the same subject of it, but for spans.
std::string FactsJson(const model::Policy& policy, const facts::Subject& subject);

}  // namespace cordon::report
