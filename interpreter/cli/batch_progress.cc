// Draws the progress of a run; see batch_progress.h.
#include "cli/batch_progress.h"

#include <fmt/format.h>

#include <algorithm>

namespace cordon::cli {
namespace {

constexpr std::int64_t kBetweenLines = 200;
constexpr std::size_t kBarWidth = 30;

// To the beginning of the line, and nothing on it.
constexpr std::string_view kEraseLine = "\r\x1b[K";

std::string Duration(std::uint64_t seconds) {
  if (seconds < 3600) return fmt::format("{}:{:02}", seconds / 60, seconds % 60);
  return fmt::format("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

}  // namespace

std::string Grouped(std::uint64_t number) {
  std::string text = std::to_string(number);
  for (std::size_t at = text.size(); at > 3;) text.insert(at -= 3, ",");
  return text;
}

BatchProgress::BatchProgress(std::ostream& err, std::int64_t (*milliseconds)(), std::optional<std::uint64_t> size,
                             std::uint64_t begun_bytes, std::uint64_t begun_subjects)
    : err_(err),
      milliseconds_(milliseconds),
      size_(size),
      begun_bytes_(begun_bytes),
      begun_subjects_(begun_subjects),
      start_(milliseconds()) {}

void BatchProgress::Show(std::uint64_t bytes, std::uint64_t subjects) {
  const std::int64_t now = milliseconds_();
  if (drawn_ && now - *drawn_ < kBetweenLines) return;
  drawn_ = now;
  err_ << kEraseLine << Line(bytes, subjects, std::max<std::int64_t>(now - start_, 1)) << std::flush;
}

std::string BatchProgress::Line(std::uint64_t bytes, std::uint64_t subjects, std::int64_t elapsed) const {
  const auto milliseconds = static_cast<std::uint64_t>(elapsed);
  const std::string done = fmt::format("{} subjects  {} a second", Grouped(subjects),
                                       Grouped((subjects - begun_subjects_) * 1000 / milliseconds));
  if (!size_ || *size_ == 0) return done;
  const std::uint64_t at = std::min(bytes, *size_);
  const std::size_t filled = static_cast<std::size_t>(at * kBarWidth / *size_);
  std::string bar(filled, '=');
  if (filled < kBarWidth) bar += '>';
  std::string line = fmt::format("[{:<{}}] {:>3} %  {}", bar, kBarWidth, at * 100 / *size_, done);
  if (bytes > begun_bytes_) {
    line += fmt::format("  {} left", Duration((*size_ - at) * milliseconds / (bytes - begun_bytes_) / 1000));
  }
  return line;
}

void BatchProgress::Clear() {
  if (drawn_) err_ << kEraseLine << std::flush;
  drawn_.reset();
}

}  // namespace cordon::cli
