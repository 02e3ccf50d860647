// Disk: the real file system. The only code that touches the disk.
#pragma once

#include "support/file_system.h"

namespace cordon::cli {

class Disk : public support::FileSystem {
 public:
  // Refuses folders and files over 1 GiB.
  support::Result<std::string> Read(const std::string& path) const override;
  support::Result<std::vector<std::string>> List(const std::string& path) const override;
  bool IsFolder(const std::string& path) const override;
  bool Exists(const std::string& path) const override;
};

}  // namespace cordon::cli
