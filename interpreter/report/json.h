// Json: one subject's outcome as the JSON document of the evaluation contract.
//
// Source: the language manual, "Evaluation's contract": names, order and spelling of every member are part of it.
#pragma once

#include <cstdint>
#include <string>

#include "evaluate/outcome.h"
#include "facts/subject.h"
#include "model/model.h"
#include "value/value.h"

namespace cordon::report {

// Whether a report says, for every rule that did not conclude, why not.
enum class WhyNot : std::uint8_t { kLeaveOut, kInclude };

// The document, indented by two blanks, ending in a line break. Equal outcomes give equal bytes.
std::string Json(const model::Policy& policy, const facts::Subject& subject, const evaluate::Outcome& outcome,
                 WhyNot why_not);

// One value as a document writes it: `true`, `12.5`, `"2025-03-01"`. `type` names the category of a symbol.
std::string ValueJson(const model::Policy& policy, const model::Type& type, const value::Value& value);

}  // namespace cordon::report
