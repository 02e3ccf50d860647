// Comparisons of many numbers at once; see planes.h.
//
// Each loop stands once and is compiled for several processors; the one that fits is chosen when the program starts.
#include "evaluate/planes.h"

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__)
#define CORDON_FOR_EACH_PROCESSOR __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define CORDON_FOR_EACH_PROCESSOR
#endif

namespace cordon::evaluate {
namespace {

// One word of bits from 64 answers, each 0 or 1.
inline std::uint64_t Pack(const std::uint8_t* answers) {
  std::uint64_t word = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    std::uint64_t eight = 0;
    __builtin_memcpy(&eight, answers + 8 * i, 8);
    word |= (eight * 0x0102040810204080ULL >> 56) << (8 * i);
  }
  return word;
}

}  // namespace

CORDON_FOR_EACH_PROCESSOR
void CompareLessEqual(const std::int64_t* a, const std::int64_t* b, std::size_t entries, facts::Plane& out) {
  out.resize(WordsFor(entries));
  for (std::size_t w = 0; w < out.size(); ++w) {
    std::uint8_t answers[64];
    for (std::size_t i = 0; i < 64; ++i) answers[i] = a[w * 64 + i] <= b[w * 64 + i] ? 1 : 0;
    out[w] = Pack(answers);
  }
  if (!out.empty()) out.back() &= LastMask(entries);
}

CORDON_FOR_EACH_PROCESSOR
void CompareAtMost(const std::int64_t* a, std::int64_t b, std::size_t entries, facts::Plane& out) {
  out.resize(WordsFor(entries));
  for (std::size_t w = 0; w < out.size(); ++w) {
    std::uint8_t answers[64];
    for (std::size_t i = 0; i < 64; ++i) answers[i] = a[w * 64 + i] <= b ? 1 : 0;
    out[w] = Pack(answers);
  }
  if (!out.empty()) out.back() &= LastMask(entries);
}

CORDON_FOR_EACH_PROCESSOR
void CompareAtLeast(const std::int64_t* a, std::int64_t b, std::size_t entries, facts::Plane& out) {
  out.resize(WordsFor(entries));
  for (std::size_t w = 0; w < out.size(); ++w) {
    std::uint8_t answers[64];
    for (std::size_t i = 0; i < 64; ++i) answers[i] = a[w * 64 + i] >= b ? 1 : 0;
    out[w] = Pack(answers);
  }
  if (!out.empty()) out.back() &= LastMask(entries);
}

CORDON_FOR_EACH_PROCESSOR
void CompareEqual(const std::int64_t* a, const std::int64_t* b, std::size_t entries, facts::Plane& out) {
  out.resize(WordsFor(entries));
  for (std::size_t w = 0; w < out.size(); ++w) {
    std::uint8_t answers[64];
    for (std::size_t i = 0; i < 64; ++i) answers[i] = a[w * 64 + i] == b[w * 64 + i] ? 1 : 0;
    out[w] = Pack(answers);
  }
  if (!out.empty()) out.back() &= LastMask(entries);
}

}  // namespace cordon::evaluate
