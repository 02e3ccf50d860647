// BatchCells: results of many subjects as the cells of CSV; see batch_lines.h, of which this is a part.
//
// Fields are separated by commas and lines end in a line feed; a field that holds a comma, a quotation mark or a line
// break stands in quotation marks, and a quotation mark inside it twice (RFC 4180). Tested by tests/golden/batch/.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "evaluate/batch.h"
#include "facts/column_reader.h"
#include "model/model.h"

namespace cordon::report {

// One field, in quotation marks where it needs them.
std::string CsvField(std::string_view text);

// An answer: a value as JSON has it but without quotation marks, or `judgement`, `conflict`, `not covered`.
std::string AnswerCell(const model::Policy& policy, const model::Output& output, const evaluate::Answer& answer);

// What follows the subject on a line: a comma before each cell, and the line break. Each output has its value, empty
// where there is none, and its status; with reasons also the rules, the rules of which one concludes it in each
// completion, the possible answers and the needs, separated by `;`. The last cell, the error, is empty.
std::string CsvCells(const model::Policy& policy, const std::vector<evaluate::OutputOutcome>& outputs,
                     evaluate::Detail detail);

// The same of a line that is in error: `line 17: E0512: …`, several separated by `; `.
std::string CsvRefused(const facts::Refused& refused, std::uint64_t number, std::size_t num_outputs,
                       evaluate::Detail detail);

}  // namespace cordon::report
