// FindAudience: from the role that `--for` names to what it may hear.
#pragma once

#include <optional>
#include <string>

#include "diagnostics/diagnostic.h"
#include "evaluate/audience.h"
#include "model/model.h"

namespace cordon::cli {

// Nothing where the policy has no such role (E0831), or the role could hear nothing of any subject (E0832); then the
// sink says so.
std::optional<evaluate::Audience> FindAudience(const model::Policy& policy, model::ProtocolId protocol,
                                               const std::string& role, diagnostics::Sink& sink);

}  // namespace cordon::cli
