// The policies that the operands of `cordon check` mean: a folder of versions, or of policies, means all below it.
#pragma once

#include <string>
#include <vector>

#include "support/file_system.h"

namespace cordon::cli {

// For each of `policies`: itself; or, where it is the path of a folder that holds no policy files, every folder below
// that does, sorted. One below which there is none stays as it is, for FindPolicy to refuse. None is named twice.
std::vector<std::string> CheckTargets(const support::FileSystem& files, const std::vector<std::string>& policies);

}  // namespace cordon::cli
