// Random: a small seeded source of chance. The same seed gives the same choices on every machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace cordon::tests {

// SplitMix64, by Steele, Lea and Flood.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t Next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15U);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
  }
  // From 0 to `end` - 1. REQUIRES: end > 0.
  std::size_t Below(std::size_t end) { return static_cast<std::size_t>(Next() % end); }
  bool Percent(std::size_t percent) { return Below(100) < percent; }
  template <typename T>
  const T& Pick(const std::vector<T>& from) {
    return from[Below(from.size())];
  }

 private:
  std::uint64_t state_;
};

}  // namespace cordon::tests
