// Pairing: which things of two versions are the same thing, by name or by the name that a revision gave them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/model.h"
#include "symbolic/frame.h"

namespace cordon::analyse {

struct ProtocolPair {
  std::optional<model::ProtocolId> old_id;
  std::optional<model::ProtocolId> new_id;
  std::string name;  // in NEW, or in OLD where NEW has none
};

// What the changes of NEW that lie above OLD call anew: whole paths, `HospitalStay.country`, `admission.screen`.
symbolic::Renames RenamesOf(const model::Policy& old_policy, const model::Policy& new_policy);

// In NEW's order, then those that OLD alone has.
std::vector<ProtocolPair> PairProtocols(const model::Policy& old_policy, const model::Policy& new_policy,
                                        const symbolic::Renames& renames);

// `admission.skema_2.3c`.
std::string PathOf(const model::Policy& policy, model::RuleId rule);
// What OLD's path is in NEW.
std::string NewPath(const symbolic::Renames& renames, const std::string& path);

}  // namespace cordon::analyse
