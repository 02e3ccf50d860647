// Cohort reports: how many subjects of a file two versions treat differently, for people and for programs.
#pragma once

#include <string>

#include "analyse/cohort.h"

namespace cordon::report {

// Printed below the difference.
std::string CohortText(const analyse::Cohort& cohort);

// `diff_json`, as DiffJson wrote it, with the member `cohort`.
std::string WithCohort(const std::string& diff_json, const analyse::Cohort& cohort);

}  // namespace cordon::report
