// Keys that were not expected; see key_ring.h.
#include "facts/key_ring.h"

#include <algorithm>

namespace cordon::facts {
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
    keys_[i].number = static_cast<std::uint32_t>(i);
    keys_[i].next = &keys_[std::min(i + 1, names.size())];
  }
  first_ = keys_.data();
  for (std::size_t i = 0; i < names.size(); ++i) numbers_.emplace(names[i], static_cast<std::uint32_t>(i));
}

KeyRing::Found KeyRing::Find(const char* at, Key* previous, const Key& expected) {
  // Keys are left out now and then.
  constexpr int kMostLeftOut = 4;
  Key* next = expected.next;
  for (int left_out = 0; left_out < kMostLeftOut; ++left_out) {
    if (next->IsAt(at)) return {next, next->size};
    next = next->next;
  }
  const char* begin = SkipBlanks(at);
  if (previous == nullptr && *begin == '}') return {nullptr, static_cast<std::size_t>(begin + 1 - at)};
  if (*begin != '"') return {};
  std::uint64_t seen = 0;
  const char* end = EndOfText(begin + 1, seen);
  if (*end != '"') return {};
  const auto number = numbers_.find(std::string_view(begin + 1, static_cast<std::size_t>(end - begin - 1)));
  end = SkipBlanks(end + 1);
  if (number == numbers_.end() || *end != ':') return {};
  Key& found = keys_[number->second];
  const auto size = static_cast<std::size_t>(SkipBlanks(end + 1) - at);
  (previous == nullptr ? first_ : previous->next) = &found;
  found.Learn({at, size});
  return {&found, size};
}

}  // namespace cordon::facts
