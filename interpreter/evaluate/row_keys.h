// RowKeys: rows that have the same bits in some planes, numbered alike.
#pragma once

#include <cstdint>
#include <vector>

#include "facts/columns.h"

namespace cordon::evaluate {

// The bits of one row, in order of the planes.
using KeyWords = const std::uint64_t*;
inline bool KeyBit(KeyWords key, std::size_t bit) { return (key[bit / 64] >> (bit % 64) & 1U) != 0; }

// Numbers keys in order of their first appearance.
class RowKeys {
 public:
  explicit RowKeys(std::size_t num_planes);

  std::size_t num_planes() const { return num_planes_; }
  std::size_t size() const { return num_keys_; }
  // The bits of the key with a number. Valid until the next key is added.
  KeyWords key(std::uint32_t number) const { return keys_.data() + number * words_; }

  // Sets `numbers` for the first `rows` rows. REQUIRES: as many planes as said, each with room for the rows.
  void Number(const std::vector<const facts::Plane*>& planes, std::size_t rows, std::vector<std::uint32_t>& numbers);
  void Clear();

 private:
  std::uint32_t Find(KeyWords key);
  void Grow();

  std::size_t num_planes_;
  std::size_t words_;
  std::size_t num_keys_ = 0;
  std::vector<std::uint64_t> keys_;
  std::vector<std::uint32_t> slots_;   // open addressing: number + 1, or 0
  std::vector<std::uint32_t> direct_;  // of few planes: by key, number + 1
};

}  // namespace cordon::evaluate
