// Loops over bit-planes and rows of numbers, 64 entries a word.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

#include "facts/columns.h"

namespace cordon::evaluate {

inline std::size_t WordsFor(std::size_t entries) { return (entries + 63) / 64; }

// The bits of the last word that are entries.
inline std::uint64_t LastMask(std::size_t entries) {
  return entries % 64 == 0 ? ~std::uint64_t{0} : (std::uint64_t{1} << (entries % 64)) - 1;
}

// All entries, or none.
inline void Fill(facts::Plane& plane, std::size_t entries, bool truth) {
  plane.assign(WordsFor(entries), truth ? ~std::uint64_t{0} : 0);
  if (truth && !plane.empty()) plane.back() &= LastMask(entries);
}

template <typename Visit>
void ForEachBit(const facts::Plane& plane, std::size_t entries, Visit visit) {
  const std::size_t words = WordsFor(entries);
  for (std::size_t w = 0; w < words; ++w) {
    for (std::uint64_t rest = plane[w]; rest != 0; rest &= rest - 1) {
      visit(w * 64 + static_cast<std::size_t>(std::countr_zero(rest)));
    }
  }
}

// out[i] = a[i] <= b[i], for each of `entries`. Both hold a whole number of 64 entries. Uses what the processor has.
void CompareLessEqual(const std::int64_t* a, const std::int64_t* b, std::size_t entries, facts::Plane& out);
// out[i] = a[i] <= b; a[i] >= b.
void CompareAtMost(const std::int64_t* a, std::int64_t b, std::size_t entries, facts::Plane& out);
void CompareAtLeast(const std::int64_t* a, std::int64_t b, std::size_t entries, facts::Plane& out);
// out[i] = a[i] == b[i].
void CompareEqual(const std::int64_t* a, const std::int64_t* b, std::size_t entries, facts::Plane& out);

}  // namespace cordon::evaluate
