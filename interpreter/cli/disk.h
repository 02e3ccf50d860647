// Disk: the real file system. The only code that touches the disk. Tested by tests/unit/disk_test.cc.
#pragma once

#include "support/file_system.h"
#include "support/file_writer.h"

namespace cordon::cli {

class Disk : public support::FileSystem {
 public:
  // Refuses folders and files over 1 GiB.
  support::Result<std::string> Read(const std::string& path) const override;
  support::Result<std::vector<std::string>> List(const std::string& path) const override;
  bool IsFolder(const std::string& path) const override;
  bool Exists(const std::string& path) const override;
};

class DiskWriter : public support::FileWriter {
 public:
  // Writes a file beside the one meant and renames it, so that a reader sees the old content or the new one. A link is
  // followed; the permissions stay.
  std::optional<support::Failure> Write(const std::string& path, std::string_view content) const override;
};

}  // namespace cordon::cli
