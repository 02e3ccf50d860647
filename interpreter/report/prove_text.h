// ProveText: what is proved of a policy for every patient, for people; and as JSON for programs.
//
// What is refuted or undecided is told as diagnostics, with its place; here stands how much was asked, what came of it,
// and what is worth knowing of what holds.
#pragma once

#include <string>

#include "analyse/proof.h"
#include "diagnostics/source.h"

namespace cordon::report {

// `name`: `dk.cpo 2018-09-04`. Ends in a line break.
std::string ProveText(const std::string& name, const analyse::Proof& proof);
// One object: `policy`, `verdict`, `topics`, and `findings` with their patients as documents.
std::string ProveJson(const std::string& name, const analyse::Proof& proof, const diagnostics::Sources& sources);

}  // namespace cordon::report
