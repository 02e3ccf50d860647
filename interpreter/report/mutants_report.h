// MutantsReport: which mutants of a policy its tests notice, and which survive, for people and as JSON.
//
// Source: the language manual, "Mutants". Tested by tests/golden/test/mutants.golden.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "analyse/mutants.h"
#include "analyse/verdict.h"
#include "diagnostics/source.h"
#include "model/model.h"

namespace cordon::report {

struct MutantRun {
  const analyse::Mutant* mutant = nullptr;
  const model::Test* noticed_by = nullptr;     // null: by none
  std::optional<analyse::Verdict> equivalent;  // of one that no test notices, where it was checked
};
struct MutantsReport {
  std::vector<MutantRun> runs;
  std::size_t num_all = 0;  // of which those that ran are a part
};

// How many there are of each; all together are the report's runs.
struct MutantsCount {
  std::size_t noticed = 0;
  std::size_t equivalent = 0;  // proved
  std::size_t undecided = 0;   // no test notices them, and whether they are equivalent could not be decided
  std::size_t survived = 0;    // no test notices them, and they differ, or it was not checked
  std::size_t differ() const { return noticed + survived; }
};
MutantsCount CountMutants(const MutantsReport& report);

// The score, then each survivor with its place and what it says instead.
std::string MutantsText(const model::Policy& policy, const diagnostics::Sources& sources, const MutantsReport& report);
// `{ policy, mutants, survivors, equivalent, noticed }`.
std::string MutantsJson(const model::Policy& policy, const diagnostics::Sources& sources, const MutantsReport& report);

}  // namespace cordon::report
