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

// The same document on one line, in pieces that many subjects share: LineHead, then `"subject":"p17",` where there is
// an id, `"as_of":"2025-03-01","setting":null,`, and LineTail. Neither ends in a line break.
std::string LineHead(const model::Policy& policy);
std::string LineTail(const model::Policy& policy, const evaluate::Outcome& outcome);

// One output's answer on one line, as short as it can be said: a value that is determined, `true`; else an object with
// the status, and the value of one that is provisional.
std::string CompactJson(const model::Policy& policy, const evaluate::OutputOutcome& outcome);
// One output's member of the document on one line, with what concludes it named and not cited.
std::string ReasonsJson(const model::Policy& policy, const evaluate::OutputOutcome& outcome);

// `text` in quotes, as a document writes it. What is no UTF-8 is replaced.
std::string TextJson(const std::string& text);

// One value as a document writes it: `true`, `12.5`, `"2025-03-01"`. `type` names the category of a symbol.
std::string ValueJson(const model::Policy& policy, const model::Type& type, const value::Value& value);

}  // namespace cordon::report
