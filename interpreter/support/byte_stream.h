// ByteStreams: files of any size, from front to back in blocks, as the few commands see them that can't hold a file
// whole.
//
// Only cli/ has an implementation that touches the real disk (cli/disk_streams.h). Tested by tests/unit/disk_test.cc.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "support/result.h"

namespace cordon::support {

class ByteReader {
 public:
  virtual ~ByteReader() = default;
  // Reads at most `size` bytes into `into` and returns how many: waits until there are some, and returns 0 at the end
  // only, or where the program was asked to stop.
  virtual Result<std::size_t> Read(char* into, std::size_t size) = 0;
};

class ByteWriter {
 public:
  virtual ~ByteWriter() = default;
  // Writes all of `bytes`, or says why not; some may then be written.
  virtual std::optional<Failure> Write(std::string_view bytes) = 0;
  // Hands over what is still kept back.
  virtual std::optional<Failure> Flush() = 0;
};

class StreamFiles {
 public:
  virtual ~StreamFiles() = default;
  // From byte `from` on.
  virtual Result<std::unique_ptr<ByteReader>> OpenToRead(const std::string& path, std::uint64_t from) const = 0;
  // Keeps the first `keep` bytes that are there, and drops the rest; makes the file, and the folders it lies in.
  virtual Result<std::unique_ptr<ByteWriter>> OpenToWrite(const std::string& path, std::uint64_t keep) const = 0;
  // The number of bytes; fails where nobody knows, as for a pipe.
  virtual Result<std::uint64_t> Size(const std::string& path) const = 0;
  // Whether there is something at `path` that is neither a file nor a folder: a pipe, a device.
  virtual bool IsSpecial(const std::string& path) const = 0;
  // Puts `from` in the place of `to`, at once.
  virtual std::optional<Failure> Rename(const std::string& from, const std::string& to) const = 0;
  virtual std::optional<Failure> Remove(const std::string& path) const = 0;
};

// Files that exist in memory only, in a map that others see.
class MemoryStreamFiles : public StreamFiles {
 public:
  explicit MemoryStreamFiles(std::map<std::string, std::string>& files) : files_(files) {}
  Result<std::unique_ptr<ByteReader>> OpenToRead(const std::string& path, std::uint64_t from) const override;
  Result<std::unique_ptr<ByteWriter>> OpenToWrite(const std::string& path, std::uint64_t keep) const override;
  Result<std::uint64_t> Size(const std::string& path) const override;
  bool IsSpecial(const std::string&) const override { return false; }
  std::optional<Failure> Rename(const std::string& from, const std::string& to) const override;
  std::optional<Failure> Remove(const std::string& path) const override;

 private:
  std::map<std::string, std::string>& files_;
};

}  // namespace cordon::support
