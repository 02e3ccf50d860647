// DiskStreams: files of the real disk from front to back, and standard input and output the same way; see
// support/byte_stream.h. Tested by tests/unit/disk_test.cc.
#pragma once

#include "support/byte_stream.h"

namespace cordon::cli {

class DiskStreams : public support::StreamFiles {
 public:
  support::Result<std::unique_ptr<support::ByteReader>> OpenToRead(const std::string& path,
                                                                   std::uint64_t from) const override;
  support::Result<std::unique_ptr<support::ByteWriter>> OpenToWrite(const std::string& path,
                                                                    std::uint64_t keep) const override;
  support::Result<std::uint64_t> Size(const std::string& path) const override;
  bool IsSpecial(const std::string& path) const override;
  std::optional<support::Failure> Rename(const std::string& from, const std::string& to) const override;
  std::optional<support::Failure> Remove(const std::string& path) const override;
};

// What is open already, as standard input and output are. It stays open.
std::unique_ptr<support::ByteReader> ReaderOf(int descriptor);
std::unique_ptr<support::ByteWriter> WriterOf(int descriptor);

}  // namespace cordon::cli
