// SymbolTable: what each spelling of a symbol of one category means, found by its bytes.
//
// Holds the paths and the names that facts::ReadSymbol accepts, which fills it. Cost of a look-up: constant.
// Tested by tests/unit/column_reader_test.cc.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "facts/line_bytes.h"
#include "model/model.h"

namespace cordon::facts {

struct Spelling {
  std::uint64_t head = 0;  // its first eight bytes
  std::uint64_t tail = 0;  // its last eight, or all
  std::uint32_t size = 0;  // 0: none
  std::uint32_t first_leaf = 0;
  std::uint32_t end_leaf = 0;
  std::uint32_t text = 0;  // index
  bool is_exact() const { return end_leaf - first_leaf == 1; }
};

class SymbolTable {
 public:
  explicit SymbolTable(const model::Category& category);

  // Nothing where no symbol is spelt by the `size` bytes at `at`. REQUIRES: eight readable bytes behind them.
  const Spelling* Find(const char* at, std::size_t size) const {
    if (size == 0) return nullptr;
    const std::uint64_t mask = FirstBytes(size);
    const std::uint64_t head = Load8(at) & mask;
    const std::uint64_t tail = Load8(at + (size > 8 ? size - 8 : 0)) & mask;
    for (std::size_t slot = SlotOf(head, tail, size);; ++slot) {
      const Spelling& found = slots_[slot & last_slot_];
      if (found.head == head && found.tail == tail && found.size == size && HasText(found, at)) return &found;
      if (found.size == 0) return nullptr;
    }
  }

 private:
  static std::size_t SlotOf(std::uint64_t head, std::uint64_t tail, std::size_t size) {
    return static_cast<std::size_t>((head ^ std::rotl(tail, 29) ^ size) * 0x9e3779b97f4a7c15 >> 32);
  }
  bool HasText(const Spelling& spelling, const char* at) const {
    return spelling.size <= 16 || std::memcmp(texts_[spelling.text].data(), at, spelling.size) == 0;
  }
  void Add(const std::string& text, const model::Category& category);

  std::vector<Spelling> slots_;  // a power of two, at most half full
  std::size_t last_slot_ = 0;
  std::vector<std::string> texts_;
};

}  // namespace cordon::facts
