// Lists: what a guideline says, statement by statement, and what it leaves open, as tables that an author keeps beside
// a policy.
//
// A list is CSV (RFC 4180): UTF-8, commas, a heading, one row for each statement or open point. Only the column `id`
// must be there; a list with a column `question` is one of open points, any other one of statements. Columns of other
// names are left alone. Source: docs/guidelines/README.md. Tested by tests/golden/statements/lists.golden
// and tests/unit/statements_list_test.cc.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "diagnostics/diagnostic.h"
#include "diagnostics/source.h"

namespace cordon::statements {

enum class EntryKind : std::uint8_t { kStatement, kOpenPoint };

// One row. What its list has no column for is empty.
struct Entry {
  EntryKind kind = EntryKind::kStatement;
  std::string id;  // `DK-041`
  std::string section;
  std::string text;      // of an open point the question
  std::string strength;  // "must", "recommended"
  std::string who;
  std::string where;
  std::string open;          // the ids of the open points that it depends on
  std::string open_because;  // of an open point: what it could mean
  std::string proposed;
  diagnostics::Span span;  // of its id
};

// The rows of one list, in order; nothing where it is in error. Then the sink says why: E0851 no CSV, or rows of unlike
// length; E0852 columns missing or twice; E0853 no text, or over 4 MiB; E0855 a row without an id.
std::optional<std::vector<Entry>> ReadList(const diagnostics::Sources& sources, diagnostics::SourceId source,
                                           diagnostics::Sink& sink);

// Reports E0854 for every id that stands twice.
void CheckTwice(const std::vector<Entry>& entries, diagnostics::Sink& sink);

}  // namespace cordon::statements
