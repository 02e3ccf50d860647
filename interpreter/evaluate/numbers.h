// Numbers: sums and products that stop at the ends of the range that evaluation reckons in.
//
// A sum or product that leaves +-4 * 10^18 stops there, as a calendar step stops at the calendar's end; so every
// operation stays monotone. Facts and constants are far smaller (docs/decisions on numbers).
#pragma once

#include <algorithm>
#include <cstdint>

namespace cordon::evaluate {

inline constexpr std::int64_t kLargestResult = 4'000'000'000'000'000'000;

inline std::int64_t AddBounded(std::int64_t a, std::int64_t b) {
  std::int64_t sum = 0;
  if (__builtin_add_overflow(a, b, &sum)) return a < 0 ? -kLargestResult : kLargestResult;
  return std::clamp(sum, -kLargestResult, kLargestResult);
}

inline std::int64_t MultiplyBounded(std::int64_t a, std::int64_t b) {
  std::int64_t product = 0;
  if (__builtin_mul_overflow(a, b, &product)) return (a < 0) != (b < 0) ? -kLargestResult : kLargestResult;
  return std::clamp(product, -kLargestResult, kLargestResult);
}

inline std::int64_t FloorDivide(std::int64_t a, std::int64_t b) {
  return a / b - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0);
}

}  // namespace cordon::evaluate
