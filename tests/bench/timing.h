// Timing: how long something takes, once and as a distribution. Wall-clock time, steady.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <string_view>
#include <vector>

namespace cordon::bench {

template <typename Work>
double NanosecondsOf(const Work& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - start).count();
}

// Decides each line of `text` by itself, and prints the median and the 99th percentile in nanoseconds. The first
// quarter of the lines warms up and is not counted, so that nothing that is measured was seen before.
// REQUIRES: at least eight lines, and that `text` may be read a little past its end.
template <typename Decide>
void PrintLatency(std::string_view text, const Decide& decide) {
  std::vector<std::string_view> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  std::vector<double> times;
  times.reserve(lines.size());
  std::size_t sum = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const double time = NanosecondsOf([&] { sum += decide(lines[i]); });
    if (i >= lines.size() / 4) times.push_back(time);
  }
  std::sort(times.begin(), times.end());
  std::printf("%.0f %.0f\n", times[times.size() / 2], times[times.size() * 99 / 100]);
  if (sum == 0) std::printf("nothing was decided\n");
}

}  // namespace cordon::bench
