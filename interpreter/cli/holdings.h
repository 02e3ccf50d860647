// Holdings: which policies and versions a folder holds, by their headers.
//
// The texts are parsed for their headers alone; what else is wrong with them does not matter here.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/model.h"
#include "support/file_system.h"

namespace cordon::cli {

// What a version stands upon.
struct BuildsOn {
  std::string how;  // "revises", "adapts"
  std::string id;
  std::string version;
  std::optional<std::string> text_unavailable;
  std::string upon_id;  // `revises … upon`; else empty
  std::string upon_version;
};

struct HeldVersion {
  std::string id;
  std::string version;
  std::string path;  // of its folder; of its file where others lie beside it
  model::Texts titles;
  std::optional<model::InForce> in_force;
  std::optional<BuildsOn> builds_on;
};

// The versions whose headers lie in `folder` or below it, sorted by name and version. Folders that begin with a dot are
// left out, and those more than ten below.
std::vector<HeldVersion> FindHeld(const support::FileSystem& files, const std::string& folder);

// Of `held`, sorted as FindHeld does, the one that the bare name of `id` means on `day`: of those in force, the one
// that came into force last.
const HeldVersion* InForceOn(const std::vector<HeldVersion>& held, const std::string& id, const calendar::Date& day);

}  // namespace cordon::cli
