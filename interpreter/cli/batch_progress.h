// BatchProgress: one line that tells a person at a terminal how far a run is, drawn again in its place.
//
//   [=============>                ]  45 %  450,123 subjects  1,234,567 a second  0:42 left
//
// Where nobody knows how much there is, only what is done and the rate. Tested by tests/unit/batch_run_test.cc.
#pragma once

#include <cstdint>
#include <optional>
#include <ostream>
#include <string>

namespace cordon::cli {

class BatchProgress {
 public:
  // `milliseconds` tells the time. `begun_bytes` and `begun_subjects` were done before.
  BatchProgress(std::ostream& err, std::int64_t (*milliseconds)(), std::optional<std::uint64_t> size,
                std::uint64_t begun_bytes, std::uint64_t begun_subjects);

  // Draws the line anew, but not oftener than five times a second.
  void Show(std::uint64_t bytes, std::uint64_t subjects);
  // Takes the line away.
  void Clear();

 private:
  std::string Line(std::uint64_t bytes, std::uint64_t subjects, std::int64_t elapsed) const;

  std::ostream& err_;
  std::int64_t (*milliseconds_)();
  std::optional<std::uint64_t> size_;
  std::uint64_t begun_bytes_;
  std::uint64_t begun_subjects_;
  std::int64_t start_;
  std::optional<std::int64_t> drawn_;  // when
};

// `1234567` as `1,234,567`.
std::string Grouped(std::uint64_t number);

}  // namespace cordon::cli
