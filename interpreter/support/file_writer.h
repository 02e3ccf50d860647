// FileWriter: the disk as the few commands that write files see it, so that tests can bring their own.
//
// Only cli/ has an implementation that touches the real disk. Tested by tests/unit/disk_test.cc.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "support/result.h"

namespace cordon::support {

class FileWriter {
 public:
  virtual ~FileWriter() = default;
  // Gives the file at `path` this content, wholly or not at all; makes it, and the folders it lies in, where it is not
  // there. Nothing where that was done, else the system's reason.
  virtual std::optional<Failure> Write(const std::string& path, std::string_view content) const = 0;
};

}  // namespace cordon::support
