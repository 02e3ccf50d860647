// Unpack: reads the fields of rows from bytes, whatever the bytes are; the other half of pack.h.
//
// Nothing is believed: each number is held against what it counts or refers to, each enumeration against its last
// value. After the first thing that does not fit all that is read is empty, and broken() says so. Memory grows with the
// bytes read, never with a number that only claims a length. Tested by tests/unit/compiled_test.cc.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "compiled/fields.h"

namespace cordon::compiled {

// A source as spans see it.
struct UnpackedSource {
  diagnostics::SourceId id;
  std::size_t size = 0;
};

class Unpack {
 public:
  explicit Unpack(std::string_view bytes) : bytes_(bytes) {}

  template <typename... Field>
  void operator()(Field&... fields) {
    (Get(fields), ...);
  }

  bool broken() const { return broken_; }
  bool at_end() const { return at_ == bytes_.size(); }

  // What texts and spans refer to from now on.
  void SetTexts(std::vector<std::string_view> texts) { texts_ = std::move(texts); }
  void SetSources(std::vector<UnpackedSource> sources) { sources_ = std::move(sources); }

  std::uint64_t Number() {
    std::uint64_t number = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      if (at_ >= bytes_.size()) return Break();
      const auto byte = static_cast<unsigned char>(bytes_[at_++]);
      number |= std::uint64_t{byte & 0x7fU} << shift;
      if (byte < 0x80) return number;
    }
    return Break();
  }

  // How many rows follow: no more than there are bytes for.
  std::size_t Count() {
    const std::uint64_t count = Number();
    return count <= bytes_.size() - at_ ? static_cast<std::size_t>(count) : static_cast<std::size_t>(Break());
  }

  std::string_view Bytes(std::size_t count) {
    if (count > bytes_.size() - at_) count = static_cast<std::size_t>(Break());
    const std::string_view found = bytes_.substr(at_, count);
    at_ += count;
    return found;
  }

 private:
  std::uint64_t Break() {
    broken_ = true;
    at_ = bytes_.size();
    return 0;
  }
  std::uint64_t NumberBelow(std::uint64_t end) {
    const std::uint64_t number = Number();
    return number < end ? number : Break();
  }

  void Get(bool& yes) { yes = NumberBelow(2) == 1; }
  void Get(std::size_t& number) { number = static_cast<std::size_t>(Number()); }
  void Get(std::int64_t& number) {
    const std::uint64_t folded = Number();
    number = static_cast<std::int64_t>((folded >> 1U) ^ (~(folded & 1U) + 1U));
  }
  void Get(int& number) {
    std::int64_t wide = 0;
    Get(wide);
    const bool fits = wide >= std::numeric_limits<int>::min() && wide <= std::numeric_limits<int>::max();
    number = static_cast<int>(fits ? wide : static_cast<std::int64_t>(Break()));
  }
  void Get(std::string& text) {
    const std::uint64_t number = NumberBelow(texts_.size());
    if (!broken_) text = texts_[number];
  }
  template <typename Tag>
  void Get(support::Id<Tag>& id) {
    const std::uint64_t number = NumberBelow(support::Id<Tag>::kNothing);
    id = number == 0 ? support::Id<Tag>() : support::Id<Tag>(static_cast<std::size_t>(number - 1));
  }
  template <typename Enum>
  requires std::is_enum_v<Enum>
  void Get(Enum& value) { value = static_cast<Enum>(NumberBelow(static_cast<std::uint64_t>(kLast<Enum>) + 1)); }
  void Get(diagnostics::Span& span) {
    const std::uint64_t number = NumberBelow(sources_.size() + 1);
    if (number == 0) return;
    const UnpackedSource& source = sources_[number - 1];
    const std::uint64_t begin = NumberBelow(source.size + 1);
    const std::uint64_t length = NumberBelow(source.size + 1 - begin);
    span = {source.id, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + length)};
  }
  template <typename Row>
  void Get(std::vector<Row>& rows) {
    constexpr std::size_t kAtOnce = 4096;
    const std::size_t count = Count();
    rows.reserve(std::min(count, kAtOnce));
    for (std::size_t i = 0; i < count && !broken_; ++i) Get(rows.emplace_back());
  }
  template <typename Row>
  void Get(std::optional<Row>& row) {
    bool has = false;
    Get(has);
    if (has) Get(row.emplace());
  }
  template <typename... Row>
  void Get(std::variant<Row...>& row) {
    std::size_t which = static_cast<std::size_t>(NumberBelow(sizeof...(Row)));
    ((which-- == 0 ? Get(row.template emplace<Row>()) : void()), ...);
  }
  template <typename Row>
  requires HasFields<Unpack, Row>
  void Get(Row& row) { Fields(*this, row); }

  std::string_view bytes_;
  std::size_t at_ = 0;
  bool broken_ = false;
  std::vector<std::string_view> texts_;
  std::vector<UnpackedSource> sources_;
};

}  // namespace cordon::compiled
