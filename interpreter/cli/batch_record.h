// BatchRecord: what a run that is not at its end leaves beside its results, so that another can go on.
//
// It says how far the run is, and everything that must be the same for the rest to be what it would have been: the
// policy's text, what is written how, the day, the facts. A JSON document, written as a whole or not at all. Tested by
// tests/unit/batch_run_test.cc and tests/golden/batch/resume.golden.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "calendar/calendar.h"
#include "cli/batch_chunks.h"
#include "report/batch_summary.h"

namespace cordon::cli {

struct BatchRecord {
  // What must be the same, as a person is told when it is not: name and value, in a fixed order.
  std::vector<std::pair<std::string, std::string>> same;
  calendar::Date today;  // of the run that began: the day of documents that have none
  // How far it is.
  LinePlace place;
  std::uint64_t output_bytes = 0;
  report::Tally tally;
};

std::string WriteRecord(const BatchRecord& record);
// Nothing where a text is none that WriteRecord wrote.
std::optional<BatchRecord> ReadRecord(const std::string& text);

}  // namespace cordon::cli
