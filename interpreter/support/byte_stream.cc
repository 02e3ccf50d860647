// Streams of files in memory; see byte_stream.h.
#include "support/byte_stream.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace cordon::support {
namespace {

constexpr const char* kNoSuchFile = "no such file or directory";

class MemoryReader : public ByteReader {
 public:
  MemoryReader(std::string bytes, std::uint64_t from) : bytes_(std::move(bytes)), at_(from) {}
  Result<std::size_t> Read(char* into, std::size_t size) override {
    const std::size_t begin = std::min<std::size_t>(at_, bytes_.size());
    const std::size_t count = std::min(size, bytes_.size() - begin);
    std::memcpy(into, bytes_.data() + begin, count);
    at_ = begin + count;
    return count;
  }

 private:
  std::string bytes_;
  std::uint64_t at_;
};

class MemoryWriter : public ByteWriter {
 public:
  explicit MemoryWriter(std::string& bytes) : bytes_(bytes) {}
  std::optional<Failure> Write(std::string_view bytes) override {
    bytes_ += bytes;
    return std::nullopt;
  }
  std::optional<Failure> Flush() override { return std::nullopt; }

 private:
  std::string& bytes_;
};

}  // namespace

Result<std::unique_ptr<ByteReader>> MemoryStreamFiles::OpenToRead(const std::string& path, std::uint64_t from) const {
  const auto found = files_.find(path);
  if (found == files_.end()) return Failure{kNoSuchFile};
  return std::unique_ptr<ByteReader>(std::make_unique<MemoryReader>(found->second, from));
}

Result<std::unique_ptr<ByteWriter>> MemoryStreamFiles::OpenToWrite(const std::string& path, std::uint64_t keep) const {
  std::string& bytes = files_[path];
  bytes.resize(std::min<std::size_t>(keep, bytes.size()));
  return std::unique_ptr<ByteWriter>(std::make_unique<MemoryWriter>(bytes));
}

Result<std::uint64_t> MemoryStreamFiles::Size(const std::string& path) const {
  const auto found = files_.find(path);
  if (found == files_.end()) return Failure{kNoSuchFile};
  return std::uint64_t{found->second.size()};
}

std::optional<Failure> MemoryStreamFiles::Rename(const std::string& from, const std::string& to) const {
  const auto found = files_.find(from);
  if (found == files_.end()) return Failure{kNoSuchFile};
  std::string bytes = std::move(found->second);
  files_.erase(found);
  files_[to] = std::move(bytes);
  return std::nullopt;
}

std::optional<Failure> MemoryStreamFiles::Remove(const std::string& path) const {
  if (files_.erase(path) == 0) return Failure{kNoSuchFile};
  return std::nullopt;
}

}  // namespace cordon::support
