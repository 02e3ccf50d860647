// Reads and writes files in blocks, with POSIX calls; see disk_streams.h.
#include "cli/disk_streams.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

namespace cordon::cli {
namespace {

using support::ByteReader;
using support::ByteWriter;
using support::Failure;
using support::Result;

Failure Reason(int error) {
  std::string reason = std::error_code(error, std::generic_category()).message();
  if (!reason.empty() && reason.front() >= 'A' && reason.front() <= 'Z')
    reason.front() = static_cast<char>(reason.front() - 'A' + 'a');
  return Failure{std::move(reason)};
}

// An open file, closed with this where it is owned.
class Descriptor {
 public:
  Descriptor(int number, bool owned) : number_(number), owned_(owned) {}
  ~Descriptor() {
    if (owned_) close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }

 private:
  int number_;
  bool owned_;
};

class DescriptorReader : public ByteReader {
 public:
  DescriptorReader(int number, bool owned) : file_(number, owned) {}
  Result<std::size_t> Read(char* into, std::size_t size) override {
    const ssize_t count = read(file_.number(), into, size);
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno == EINTR) return std::size_t{0};  // only a request to stop interrupts
    return Reason(errno);
  }

 private:
  Descriptor file_;
};

class DescriptorWriter : public ByteWriter {
 public:
  DescriptorWriter(int number, bool owned) : file_(number, owned) {}
  std::optional<Failure> Write(std::string_view bytes) override {
    while (!bytes.empty()) {
      const ssize_t count = write(file_.number(), bytes.data(), bytes.size());
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return Reason(errno);
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return std::nullopt;
  }
  std::optional<Failure> Flush() override { return std::nullopt; }

 private:
  Descriptor file_;
};

}  // namespace

Result<std::unique_ptr<ByteReader>> DiskStreams::OpenToRead(const std::string& path, std::uint64_t from) const {
  const int number = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (number < 0) return Reason(errno);
  auto reader = std::make_unique<DescriptorReader>(number, true);
  struct stat status {};
  if (fstat(number, &status) == 0 && S_ISDIR(status.st_mode)) return Failure{"it is a folder"};
  if (from > 0 && lseek(number, static_cast<off_t>(from), SEEK_SET) < 0) return Reason(errno);
  return std::unique_ptr<ByteReader>(std::move(reader));
}

Result<std::unique_ptr<ByteWriter>> DiskStreams::OpenToWrite(const std::string& path, std::uint64_t keep) const {
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  std::error_code error;
  if (!folder.empty()) std::filesystem::create_directories(folder, error);
  if (error) return Reason(error.value());
  const int number = open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
  if (number < 0) return Reason(errno);
  auto writer = std::make_unique<DescriptorWriter>(number, true);
  struct stat status {};
  if (fstat(number, &status) != 0) return Reason(errno);
  if (S_ISREG(status.st_mode)) {
    const off_t kept = std::min<off_t>(static_cast<off_t>(keep), status.st_size);
    if (ftruncate(number, kept) != 0 || lseek(number, kept, SEEK_SET) < 0) return Reason(errno);
  }
  return std::unique_ptr<ByteWriter>(std::move(writer));
}

Result<std::uint64_t> DiskStreams::Size(const std::string& path) const {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) return Reason(errno);
  if (!S_ISREG(status.st_mode)) return Failure{"it is no file on a disk"};
  return static_cast<std::uint64_t>(status.st_size);
}

bool DiskStreams::IsSpecial(const std::string& path) const {
  struct stat status {};
  return stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode);
}

std::optional<Failure> DiskStreams::Rename(const std::string& from, const std::string& to) const {
  std::error_code error;
  std::filesystem::path target = to;
  if (std::filesystem::is_symlink(to, error)) target = std::filesystem::canonical(to, error);
  if (!error || error == std::errc::no_such_file_or_directory) std::filesystem::rename(from, target, error);
  if (error) return Reason(error.value());
  return std::nullopt;
}

std::optional<Failure> DiskStreams::Remove(const std::string& path) const {
  if (unlink(path.c_str()) != 0) return Reason(errno);
  return std::nullopt;
}

std::unique_ptr<ByteReader> ReaderOf(int descriptor) { return std::make_unique<DescriptorReader>(descriptor, false); }
std::unique_ptr<ByteWriter> WriterOf(int descriptor) { return std::make_unique<DescriptorWriter>(descriptor, false); }

}  // namespace cordon::cli
