// Finds the versions below a folder; see check_targets.h. Tested by tests/golden/check/several_policies.golden.
#include "cli/check_targets.h"

#include <algorithm>
#include <utility>

namespace cordon::cli {
namespace {

constexpr std::size_t kDeepest = 8;  // folders below the one that is named

bool HoldsPolicyFiles(const support::FileSystem& files, const std::string& folder,
                      const std::vector<std::string>& names) {
  return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
    return name.ends_with(".cordon") && !files.IsFolder(folder + "/" + name);
  });
}

// Recursion is bounded by kDeepest.
void AddVersions(const support::FileSystem& files, const std::string& folder, std::size_t depth,
                 std::vector<std::string>& versions) {
  support::Result<std::vector<std::string>> listed = files.List(folder);
  if (!listed.ok() || depth > kDeepest) return;
  const std::vector<std::string> names = std::move(listed).value();
  if (HoldsPolicyFiles(files, folder, names)) return versions.push_back(folder);
  for (const std::string& name : names) {
    const std::string path = folder + "/" + name;
    if (name.front() != '.' && files.IsFolder(path)) AddVersions(files, path, depth + 1, versions);
  }
}

}  // namespace

std::vector<std::string> CheckTargets(const support::FileSystem& files, const std::vector<std::string>& policies) {
  std::vector<std::string> targets;
  for (const std::string& policy : policies) {
    std::string path = policy;
    while (path.size() > 1 && path.back() == '/') path.pop_back();
    std::vector<std::string> versions;
    const bool is_path = path.find('/') != std::string::npos || path == "." || path == ".." || files.IsFolder(path);
    if (is_path && files.IsFolder(path)) AddVersions(files, path, 0, versions);
    if (versions.empty() || versions.front() == path) versions = {policy};
    for (std::string& version : versions) {
      if (std::find(targets.begin(), targets.end(), version) == targets.end()) targets.push_back(std::move(version));
    }
  }
  return targets;
}

}  // namespace cordon::cli
