// Mutate: `cordon test --mutate`, the part of the command that looks at a policy's mutants.
#pragma once

#include <string>

#include "analyse/mutants.h"
#include "cli/commands.h"
#include "diagnostics/diagnostic.h"
#include "diagnostics/source.h"
#include "model/model.h"

namespace cordon::cli {

// As they are written on the command line.
struct MutateOptions {
  bool mutate = false;
  std::string only;
  std::string limit;
  std::string threads;
};

// Reports E0862 where one is given without `--mutate`, and E0807 where a number is none.
void CheckMutateOptions(const MutateOptions& options, diagnostics::Sink& sink);

// Runs the mutants that `options` choose, and ends the command with the report. REQUIRES: CheckMutateOptions was
// content, and every test of `policy` passes. `check` may be empty: then nothing is said of equivalence. Reports E0863
// where no mutant is chosen.
void Mutate(const model::Policy& policy, const diagnostics::Sources& sources, const MutateOptions& options,
            const std::string& format, const analyse::EquivalenceCheck& check, diagnostics::Sink& sink, Ending& ending);

}  // namespace cordon::cli
