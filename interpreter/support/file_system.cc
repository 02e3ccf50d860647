// The file system in memory; see file_system.h.
#include "support/file_system.h"

#include <algorithm>

namespace cordon::support {

Result<std::string> MemoryFileSystem::Read(const std::string& path) const {
  const auto found = files_.find(path);
  if (found == files_.end()) return Failure{"no such file"};
  return found->second;
}

Result<std::vector<std::string>> MemoryFileSystem::List(const std::string& path) const {
  if (!IsFolder(path)) return Failure{"no such folder"};
  std::vector<std::string> names;
  const std::string prefix = path + "/";
  for (const auto& [name, text] : files_) {
    if (name.compare(0, prefix.size(), prefix) != 0) continue;
    const std::string rest = name.substr(prefix.size());
    names.push_back(rest.substr(0, rest.find('/')));
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

bool MemoryFileSystem::IsFolder(const std::string& path) const {
  const std::string prefix = path + "/";
  const auto found = files_.lower_bound(prefix);
  return found != files_.end() && found->first.compare(0, prefix.size(), prefix) == 0;
}

bool MemoryFileSystem::Exists(const std::string& path) const { return files_.count(path) > 0 || IsFolder(path); }

}  // namespace cordon::support
