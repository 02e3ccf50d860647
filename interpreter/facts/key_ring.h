// KeyRing: the keys that one kind of object may have, each tried first where and as it stood in the object before.
//
// Documents of one source have their keys in one order, and the same blanks around them. What stands between a comma
// and a value, `"admitted":`, is therefore learnt, and from then on compared as a whole; whatever is not as expected is
// taken apart. Tested by tests/unit/column_reader_test.cc.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "facts/line_bytes.h"

namespace cordon::facts {

class KeyRing {
 public:
  // The number of a key is its index in `names`.
  explicit KeyRing(const std::vector<std::string>& names = {});
  KeyRing(KeyRing&&) = default;
  KeyRing& operator=(KeyRing&&) = default;

  // Reads an object whose `{` stands before `at`. Calls `read_value` with each key's number and where its value begins;
  // it returns the byte behind the value, or nullptr where it can't read it. Returns the byte behind the `}`, or
  // nullptr where `read_value` did, or the object is not in order or has a key with escapes, one that is none of this
  // ring, or one twice.
  template <typename ReadValue>
  [[gnu::always_inline]] const char* Read(const char* at, ReadValue read_value) {
    const std::uint64_t object = ++num_objects_;
    Key* previous = nullptr;
    Key* key = first_;
    while (true) {
      std::size_t size = key->size;
      if (!key->IsAt(at)) {
        const Found found = Find(at, previous, *key);
        if (found.key == nullptr) return found.size == 0 ? nullptr : at + found.size;
        key = found.key;
        size = found.size;
      }
      if (key->object == object) return nullptr;
      key->object = object;
      at = read_value(key->number, SkipBlanks(at + size));
      if (at == nullptr) return nullptr;
      if (*at != ',') {
        at = SkipBlanks(at);
        if (*at != ',') return *at == '}' ? at + 1 : nullptr;
      }
      ++at;
      previous = key;
      key = key->next;
    }
  }

 private:
  // What stands before a value, from the comma or `{` on.
  struct Key {
    static constexpr std::size_t kNumWords = 4;
    static constexpr std::size_t kLongest = 56;
    std::array<std::uint64_t, kNumWords> words{};
    std::array<std::uint64_t, kNumWords> masks{};
    std::uint64_t object = 0;  // the last that had it
    std::uint32_t size = 0;    // 0: not learnt
    std::uint32_t number = 0;
    Key* next = nullptr;  // the one that followed it
    std::array<char, kLongest - 8 * kNumWords> rest{};

    bool IsAt(const char* at) const {
      if (!AreBytes(at, words.data(), masks.data())) return false;
      if (size - 1 < 8 * kNumWords) return true;
      return size > 0 && std::memcmp(at + 8 * kNumWords, rest.data(), size - 8 * kNumWords) == 0;
    }
    // Keeps what it has where `text` is too long.
    void Learn(std::string_view text);
  };

  struct Found {
    Key* key = nullptr;
    std::size_t size = 0;  // of what stands before its value; without a key: of what ends an empty object, or 0
  };
  // What stands at `at`, behind `previous` if not first, where it is not `expected`.
  Found Find(const char* at, Key* previous, const Key& expected);

  std::vector<Key> keys_;  // by number, and one that is never met; they stay where they are
  Key* first_ = nullptr;   // the last object's first
  std::uint64_t num_objects_ = 0;
  std::map<std::string, std::uint32_t, std::less<>> numbers_;
};

}  // namespace cordon::facts
