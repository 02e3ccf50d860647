// Keys that were not expected; see key_ring.h.
#include "facts/key_ring.h"

#include <algorithm>

namespace cordon::facts {
namespace {

// With bytes that begin no value, so that what it is taken for is refused for that.
constexpr std::uint64_t kNeverMet = ~std::uint64_t{0};

}  // namespace

void KeyRing::Key::Learn(std::string_view text) {
  if (text.size() > kLongest) return;
  std::array<char, kLongest + 8> padded{};
  std::copy(text.begin(), text.end(), padded.begin());
  size = static_cast<std::uint32_t>(text.size());
  for (std::size_t i = 0; i < kNumWords; ++i) {
    masks[i] = 8 * i < text.size() ? FirstBytes(text.size() - 8 * i) : 0;
    words[i] = Load8(padded.data() + 8 * i);
  }
  std::copy(padded.begin() + 8 * kNumWords, padded.begin() + kLongest, rest.begin());
}

KeyRing::KeyRing(const std::vector<std::string>& names) : keys_(names.size() + 1) {
  for (std::size_t i = 0; i < keys_.size(); ++i) {
    keys_[i].words.fill(kNeverMet);
    keys_[i].masks.fill(kNeverMet);
    keys_[i].number = static_cast<std::uint32_t>(i);
    keys_[i].next = static_cast<std::uint32_t>(std::min(i + 1, names.size()));
  }
  for (std::size_t i = 0; i < names.size(); ++i) numbers_.emplace(names[i], static_cast<std::uint32_t>(i));
}

KeyRing::Key* KeyRing::Find(const char* at, Key* previous, std::uint32_t expected, std::size_t& size) {
  // Keys are left out now and then.
  constexpr int kMostLeftOut = 4;
  std::uint32_t number = expected;
  for (int left_out = 0; left_out < kMostLeftOut; ++left_out) {
    number = keys_[number].next;
    size = keys_[number].size;
    if (size > 0 && keys_[number].IsAt(at)) return &keys_[number];
  }
  size = 0;
  const char* key = SkipBlanks(at);
  if (previous == nullptr && *key == '}') size = static_cast<std::size_t>(key + 1 - at);
  if (*key != '"') return nullptr;
  std::uint64_t seen = 0;
  const char* end = EndOfText(key + 1, seen);
  if (*end != '"') return nullptr;
  const auto found = numbers_.find(std::string_view(key + 1, static_cast<std::size_t>(end - key - 1)));
  end = SkipBlanks(end + 1);
  if (found == numbers_.end() || *end != ':') return nullptr;
  size = static_cast<std::size_t>(SkipBlanks(end + 1) - at);
  (previous == nullptr ? first_ : previous->next) = found->second;
  keys_[found->second].Learn({at, size});
  return &keys_[found->second];
}

}  // namespace cordon::facts
