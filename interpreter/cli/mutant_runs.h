// MutantRuns: the mutants of a policy, each held against the policy's tests until one of them notices it.
#pragma once

#include <cstddef>
#include <vector>

#include "analyse/mutants.h"
#include "model/model.h"
#include "report/mutants_report.h"

namespace cordon::cli {

// One run for each mutant, in order. The tests are those that RunOneTest runs, all of which pass; of a mutant those
// come first in which what it changes mattered, and those that noticed its neighbours. The same runs for any number of
// threads. Where `check` is given, it is asked about those that no test notices, one after the other. Costs an
// evaluation of a mutant for each test until one fails, of those that can be touched at all.
std::vector<report::MutantRun> RunMutants(const model::Policy& policy, const std::vector<analyse::Mutant>& mutants,
                                          std::size_t num_threads, const analyse::EquivalenceCheck& check);

}  // namespace cordon::cli
