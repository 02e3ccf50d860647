// Rows by the bits that they have; see row_keys.h.
#include "evaluate/row_keys.h"

#include <algorithm>
#include <array>
#include <bit>

#include "evaluate/planes.h"

namespace cordon::evaluate {
namespace {

// Keys of so few bits are looked up at once.
constexpr std::size_t kFewBits = 12;

std::size_t HashOf(KeyWords key, std::size_t words) {
  std::uint64_t hash = 0x9E3779B97F4A7C15ULL;
  for (std::size_t i = 0; i < words; ++i) {
    hash = (hash ^ key[i]) * 0xFF51AFD7ED558CCDULL;
    hash ^= hash >> 32;
  }
  return static_cast<std::size_t>(hash);
}

}  // namespace

RowKeys::RowKeys(std::size_t num_planes)
    : num_planes_(num_planes), words_(std::max<std::size_t>(1, WordsFor(num_planes))) {
  Clear();
}

void RowKeys::Clear() {
  num_keys_ = 0;
  keys_.clear();
  slots_.assign(256, 0);
  direct_.assign(num_planes_ <= kFewBits ? std::size_t{1} << num_planes_ : 0, 0);
}

void RowKeys::Number(const std::vector<const facts::Plane*>& planes, std::size_t rows,
                     std::vector<std::uint32_t>& numbers) {
  numbers.resize(rows);
  std::vector<std::uint64_t> keys(64 * words_);
  for (std::size_t w = 0; w * 64 < rows; ++w) {
    std::fill(keys.begin(), keys.end(), 0);
    for (std::size_t p = 0; p < planes.size(); ++p) {
      const std::uint64_t bit = std::uint64_t{1} << (p % 64);
      for (std::uint64_t rest = (*planes[p])[w]; rest != 0; rest &= rest - 1) {
        keys[static_cast<std::size_t>(std::countr_zero(rest)) * words_ + p / 64] |= bit;
      }
    }
    const std::size_t last = std::min<std::size_t>(64, rows - w * 64);
    for (std::size_t i = 0; i < last; ++i) numbers[w * 64 + i] = Find(keys.data() + i * words_);
  }
}

std::uint32_t RowKeys::Find(KeyWords key) {
  if (!direct_.empty() && direct_[key[0]] != 0) return direct_[key[0]] - 1;
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = HashOf(key, words_) & mask;
  for (; slots_[at] != 0; at = (at + 1) & mask) {
    const std::uint32_t number = slots_[at] - 1;
    if (std::equal(key, key + words_, this->key(number))) return number;
  }
  const auto number = static_cast<std::uint32_t>(num_keys_++);
  keys_.insert(keys_.end(), key, key + words_);
  slots_[at] = number + 1;
  if (!direct_.empty()) direct_[keys_[number * words_]] = number + 1;
  if (num_keys_ * 2 > slots_.size()) Grow();
  return number;
}

void RowKeys::Grow() {
  slots_.assign(slots_.size() * 4, 0);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t number = 0; number < num_keys_; ++number) {
    std::size_t at = HashOf(key(static_cast<std::uint32_t>(number)), words_) & mask;
    while (slots_[at] != 0) at = (at + 1) & mask;
    slots_[at] = static_cast<std::uint32_t>(number) + 1;
  }
}

}  // namespace cordon::evaluate
