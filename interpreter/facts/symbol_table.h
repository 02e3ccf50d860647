// SymbolTable: what each spelling of a symbol of one category means, found by its bytes.
//
// Holds the paths and the names that facts::ReadSymbol accepts, which fills it. Symbols of all lengths come in any
// order, so that nothing on the way branches on the length. Cost of a look-up: constant.
// Tested by tests/unit/column_reader_test.cc.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "facts/line_bytes.h"
#include "model/model.h"

namespace cordon::facts {

// How a text's first eight bytes are cut out, and how far behind its beginning its last eight begin, by its size.
struct Cut {
  std::uint64_t mask = ~std::uint64_t{0};
  std::size_t back = 0;
};
inline constexpr std::array<Cut, 32> kCuts = [] {
  std::array<Cut, 32> cuts;
  for (std::size_t size = 1; size < cuts.size(); ++size) cuts[size] = {FirstBytes(size), size > 8 ? size - 8 : 0};
  return cuts;
}();

struct Spelling {
  std::array<std::uint64_t, 4> words{};  // its first 32 bytes
  std::array<std::uint64_t, 4> masks{};  // which of these it has
  std::string text;
  std::uint32_t first_leaf = 0;
  std::uint32_t end_leaf = 0;
  bool is_exact() const { return end_leaf - first_leaf == 1; }
};

class SymbolTable {
 public:
  explicit SymbolTable(const model::Category& category);

  // Nothing where no symbol is spelt by the `size` bytes at `at`. REQUIRES: 32 readable bytes behind them.
  const Spelling* Find(const char* at, std::size_t size) const {
    if (size == 0) return nullptr;
    for (std::size_t slot = SlotOf(at, size);; ++slot) {
      const std::uint32_t found = slots_[slot & last_slot_];
      if (found == 0) return nullptr;
      const Spelling& spelling = spellings_[found - 1];
      if (spelling.text.size() == size && IsAt(spelling, at)) return &spelling;
    }
  }

 private:
  static std::size_t SlotOf(const char* at, std::size_t size) {
    const Cut& cut = kCuts[size < kCuts.size() ? size : kCuts.size() - 1];
    const std::uint64_t head = Load8(at) & cut.mask;
    const std::uint64_t tail = Load8(at + cut.back) & cut.mask;
    return static_cast<std::size_t>((head ^ std::rotl(tail, 29) ^ size) * 0x9e3779b97f4a7c15 >> 32);
  }
  static bool IsAt(const Spelling& spelling, const char* at) {
    if (!AreBytes(at, spelling.words.data(), spelling.masks.data())) return false;
    return spelling.text.size() <= 32 || std::memcmp(at, spelling.text.data(), spelling.text.size()) == 0;
  }

  std::vector<std::uint32_t> slots_;  // the number of a spelling, + 1; a power of two, at most a quarter full
  std::size_t last_slot_ = 0;
  std::vector<Spelling> spellings_;
};

}  // namespace cordon::facts
