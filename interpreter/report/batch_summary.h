// BatchSummary: how often what was concluded about many subjects, and why not.
//
// Counts are sums, so that they come out the same in whatever order parts are added. Source: the language manual, "Many
// subjects at once". Tested by tests/unit/batch_lines_test.cc and tests/golden/batch/summary.golden.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "evaluate/batch.h"
#include "facts/column_reader.h"
#include "model/model.h"

namespace cordon::report {

// Of one output. A value's name is as CSV writes it.
struct OutputTally {
  std::map<std::string, std::uint64_t> determined;   // by value
  std::map<std::string, std::uint64_t> provisional;  // by value, or by the status of what is none
  std::map<std::string, std::uint64_t> others;       // by status
  std::map<std::string, std::uint64_t> rules;        // that conclude it, by name
  std::map<std::string, std::uint64_t> needs;        // that it lacks, by path
  bool operator==(const OutputTally&) const = default;
};

struct Tally {
  std::uint64_t subjects = 0;
  std::uint64_t refused = 0;
  std::map<std::string, std::uint64_t> errors;  // lines by code
  std::map<std::string, OutputTally> outputs;   // by name

  void Add(const Tally& other);
  // Counts `times` subjects of one conclusion.
  void Add(const model::Policy& policy, const evaluate::Conclusion& conclusion, std::uint64_t times);
  void Add(const facts::Refused& refused);
  bool operator==(const Tally&) const = default;
};

// For people, ending in a line break.
std::string SummaryText(const model::Policy& policy, model::ProtocolId protocol, const Tally& tally);
// For programs, ending in a line break: members in order of declaration, then by name.
std::string SummaryJson(const model::Policy& policy, model::ProtocolId protocol, const Tally& tally);

// A tally's counts on one line, and back. Nothing where a text is none that TallyJson wrote.
std::string TallyJson(const Tally& tally);
std::optional<Tally> ReadTally(const std::string& text);

}  // namespace cordon::report
