// Reads files and folders; see disk.h.
#include "cli/disk.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <system_error>

namespace cordon::cli {
namespace {

constexpr std::size_t kLargestRead = 1U << 30U;

std::string Reason(int error) {
  std::string reason = std::error_code(error, std::generic_category()).message();
  if (!reason.empty() && reason.front() >= 'A' && reason.front() <= 'Z')
    reason.front() = static_cast<char>(reason.front() - 'A' + 'a');
  return reason;
}

struct Close {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

}  // namespace

support::Result<std::string> Disk::Read(const std::string& path) const {
  if (IsFolder(path)) return support::Failure{"it is a folder"};
  const std::unique_ptr<std::FILE, Close> file(std::fopen(path.c_str(), "rb"));
  if (file == nullptr) return support::Failure{Reason(errno)};
  std::string text;
  char block[1U << 16U];
  for (;;) {
    const std::size_t count = std::fread(block, 1, sizeof block, file.get());
    text.append(block, count);
    if (text.size() > kLargestRead) return support::Failure{"it is larger than 1 GiB"};
    if (count == sizeof block) continue;
    if (std::ferror(file.get()) != 0) return support::Failure{Reason(errno)};
    return text;
  }
}

support::Result<std::vector<std::string>> Disk::List(const std::string& path) const {
  std::error_code error;
  std::filesystem::directory_iterator entry(path, error);
  std::vector<std::string> names;
  for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
    names.push_back(entry->path().filename().string());
  }
  if (error) return support::Failure{Reason(error.value())};
  std::sort(names.begin(), names.end());
  return names;
}

bool Disk::IsFolder(const std::string& path) const {
  std::error_code error;
  return std::filesystem::is_directory(path, error);
}

bool Disk::Exists(const std::string& path) const {
  std::error_code error;
  return std::filesystem::exists(path, error);
}

std::optional<support::Failure> DiskWriter::Write(const std::string& path, std::string_view content) const {
  namespace fs = std::filesystem;
  std::error_code error;
  const fs::path target = fs::is_symlink(path, error) ? fs::canonical(path, error) : fs::path(path);
  if (error && error != std::errc::no_such_file_or_directory) return support::Failure{Reason(error.value())};
  if (target.has_parent_path()) fs::create_directories(target.parent_path(), error);
  if (error && error != std::errc::no_such_file_or_directory) return support::Failure{Reason(error.value())};
  const std::string beside = target.string() + ".cordon-new";
  std::unique_ptr<std::FILE, Close> file(std::fopen(beside.c_str(), "wbx"));
  if (file == nullptr) return support::Failure{Reason(errno)};
  const bool written = std::fwrite(content.data(), 1, content.size(), file.get()) == content.size();
  const bool closed = std::fclose(file.release()) == 0;
  int reason = errno;
  if (written && closed) {
    const fs::file_status status = fs::status(target, error);
    if (fs::is_regular_file(status)) fs::permissions(beside, status.permissions(), error);
    fs::rename(beside, target, error);
    if (!error) return std::nullopt;
    reason = error.value();
  }
  fs::remove(beside, error);
  return support::Failure{Reason(reason)};
}

}  // namespace cordon::cli
