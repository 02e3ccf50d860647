// LineBytes: the bytes of one line of JSON, eight at a time.
//
// Everything here stops at the line break that ends the line, and may look at up to kReadingPadding bytes behind it.
// A word holds the first byte lowest, whatever the machine. Tested by tests/unit/column_reader_test.cc.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace cordon::facts {

inline constexpr std::uint64_t kEachByte = 0x0101010101010101;
inline constexpr std::uint64_t kHighBits = 0x8080808080808080;

inline std::uint64_t Load8(const char* at) {
  std::uint64_t word = 0;
  std::memcpy(&word, at, sizeof word);
  if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
  return word;
}

// The word that Load8 reads from `text`, of at most eight bytes, with zeros behind it.
constexpr std::uint64_t Word(std::string_view text) {
  std::uint64_t word = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    word |= std::uint64_t{static_cast<unsigned char>(text[i])} << (8 * i);
  }
  return word;
}

// The first `size` bytes of a word. REQUIRES: size > 0.
constexpr std::uint64_t FirstBytes(std::size_t size) {
  return size >= 8 ? ~std::uint64_t{0} : ~std::uint64_t{0} >> (64 - 8 * size);
}

// A text of at most eight bytes, to be looked for.
struct Literal {
  std::uint64_t word = 0;
  std::uint64_t mask = 0;
  std::size_t size = 0;
  explicit constexpr Literal(std::string_view text)
      : word(Word(text)), mask(FirstBytes(text.size())), size(text.size()) {}
  bool IsAt(const char* at) const { return ((Load8(at) ^ word) & mask) == 0; }
};

// Marks the bytes that are zero by their high bit. The lowest mark is right; those above it may be wrong.
inline std::uint64_t ZeroBytes(std::uint64_t word) { return (word - kEachByte) & ~word & kHighBits; }
inline std::uint64_t BytesEqual(std::uint64_t word, char c) {
  return ZeroBytes(word ^ (kEachByte * static_cast<unsigned char>(c)));
}
// The same for the bytes below a space, line breaks among them.
inline std::uint64_t ControlBytes(std::uint64_t word) { return (word - kEachByte * 0x20) & ~word & kHighBits; }
inline std::size_t FirstMark(std::uint64_t marks) { return static_cast<std::size_t>(std::countr_zero(marks)) / 8; }

// The first of `"`, `\` and the control characters from `at` on. Sets bits in `seen` that hold kHighBits where a byte
// before it is not ASCII, and perhaps where none is.
inline const char* EndOfText(const char* at, std::uint64_t& seen) {
  while (true) {
    const std::uint64_t word = Load8(at);
    seen |= word;
    const std::uint64_t marks = BytesEqual(word, '"') | BytesEqual(word, '\\') | ControlBytes(word);
    if (marks != 0) return at + FirstMark(marks);
    at += 8;
  }
}

// Whether the 32 bytes at `at` are those at `words`, leaving out the bits that `masks` leaves out.
inline bool AreBytes(const char* at, const std::uint64_t* words, const std::uint64_t* masks) {
#if defined(__SSE2__)
  const auto load = [](const void* from) { return _mm_loadu_si128(static_cast<const __m128i*>(from)); };
  const __m128i low = _mm_and_si128(_mm_xor_si128(load(at), load(words)), load(masks));
  const __m128i high = _mm_and_si128(_mm_xor_si128(load(at + 16), load(words + 2)), load(masks + 2));
  return _mm_movemask_epi8(_mm_cmpeq_epi8(_mm_or_si128(low, high), _mm_setzero_si128())) == 0xffff;
#else
  std::uint64_t other = 0;
  for (std::size_t i = 0; i < 4; ++i) other |= (Load8(at + 8 * i) ^ words[i]) & masks[i];
  return other == 0;
#endif
}

// Bit i says whether byte i from `at` on is a quotation mark. Only the lowest is right; those above it may be wrong.
// Looks at 32 bytes, whatever they are.
inline std::uint32_t QuotesIn32(const char* at) {
#if defined(__SSE2__)
  const __m128i quote = _mm_set1_epi8('"');
  const __m128i low = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
  const __m128i high = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at + 16));
  return static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(low, quote))) |
         static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(high, quote))) << 16;
#else
  constexpr std::uint64_t kGather = 0x0102040810204080;  // the eight low bits of bytes to one byte
  std::uint32_t marks = 0;
  for (unsigned i = 0; i < 4; ++i) {
    const std::uint64_t quotes = BytesEqual(Load8(at + 8 * i), '"') >> 7;
    marks |= static_cast<std::uint32_t>(quotes * kGather >> 56) << (8 * i);
  }
  return marks;
#endif
}

// The first byte from `at` on that is no blank of JSON within a line.
inline const char* SkipBlanks(const char* at) {
  if (static_cast<unsigned char>(*at) > ' ') return at;
  while (*at == ' ' || *at == '\t' || *at == '\r') ++at;
  return at;
}

}  // namespace cordon::facts
