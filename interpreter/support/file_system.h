// FileSystem: the disk as the program sees it, so that tests can bring their own.
//
// Only cli/ has an implementation that touches the real disk; everything below reads files through this interface.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "support/result.h"

namespace cordon::support {

class FileSystem {
 public:
  virtual ~FileSystem() = default;
  // The bytes of the file at `path`; fails with the system's reason.
  virtual Result<std::string> Read(const std::string& path) const = 0;
  // The names (not paths) in the folder at `path`, sorted by byte; fails where it is not a folder.
  virtual Result<std::vector<std::string>> List(const std::string& path) const = 0;
  virtual bool IsFolder(const std::string& path) const = 0;
  virtual bool Exists(const std::string& path) const = 0;
};

// Files that exist in memory only. Paths use `/`; a folder exists where a file lies below it.
class MemoryFileSystem : public FileSystem {
 public:
  explicit MemoryFileSystem(std::map<std::string, std::string> files) : files_(std::move(files)) {}
  Result<std::string> Read(const std::string& path) const override;
  Result<std::vector<std::string>> List(const std::string& path) const override;
  bool IsFolder(const std::string& path) const override;
  bool Exists(const std::string& path) const override;

 private:
  std::map<std::string, std::string> files_;
};

}  // namespace cordon::support
