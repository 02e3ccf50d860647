// Pack: writes the fields of rows as bytes; the other half of unpack.h. Tested by tests/unit/compiled_test.cc.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "compiled/fields.h"
#include "support/assert.h"

namespace cordon::compiled {

// A number as seven bits a byte, lowest first; the highest bit says that more follow.
inline void AppendNumber(std::string& bytes, std::uint64_t number) {
  for (; number >= 0x80; number >>= 7U) bytes += static_cast<char>(number | 0x80U);
  bytes += static_cast<char>(number);
}

class Pack {
 public:
  template <typename... Field>
  void operator()(const Field&... fields) {
    (Put(fields), ...);
  }

  std::string& bytes() { return bytes_; }
  // The distinct texts, in order of their numbers.
  const std::deque<std::string>& texts() const { return texts_; }
  // The sources that spans point into, in order of their numbers.
  const std::vector<diagnostics::SourceId>& sources() const { return sources_; }

 private:
  void Put(bool yes) { bytes_ += static_cast<char>(yes); }
  void Put(std::size_t number) { AppendNumber(bytes_, number); }
  // Small ones of either sign are short: 0, -1, 1, -2, ….
  void Put(std::int64_t number) {
    AppendNumber(bytes_, (static_cast<std::uint64_t>(number) << 1U) ^ static_cast<std::uint64_t>(number >> 63));
  }
  void Put(int number) { Put(static_cast<std::int64_t>(number)); }
  void Put(const std::string& text) {
    const auto [known, is_new] = numbers_.try_emplace(text, texts_.size());
    if (is_new) texts_.push_back(text);
    AppendNumber(bytes_, known->second);
  }
  template <typename Tag>
  void Put(support::Id<Tag> id) {
    AppendNumber(bytes_, id.valid() ? std::uint64_t{id.index} + 1 : 0);
  }
  template <typename Enum>
  requires std::is_enum_v<Enum>
  void Put(Enum value) {
    CORDON_ASSERT(value <= kLast<Enum>);
    bytes_ += static_cast<char>(value);
  }
  void Put(const diagnostics::Span& span) {
    AppendNumber(bytes_, span.valid() ? NumberOf(span.source) + 1 : 0);
    if (!span.valid()) return;
    AppendNumber(bytes_, span.begin);
    AppendNumber(bytes_, span.end - span.begin);
  }
  template <typename Row>
  void Put(const std::vector<Row>& rows) {
    AppendNumber(bytes_, rows.size());
    for (const Row& row : rows) Put(row);
  }
  template <typename Row>
  void Put(const std::optional<Row>& row) {
    Put(row.has_value());
    if (row) Put(*row);
  }
  template <typename... Row>
  void Put(const std::variant<Row...>& row) {
    AppendNumber(bytes_, row.index());
    std::visit([this](const auto& held) { Put(held); }, row);
  }
  template <typename Row>
  requires HasFields<Pack, const Row>
  void Put(const Row& row) { Fields(*this, row); }

  std::uint64_t NumberOf(diagnostics::SourceId source) {
    for (std::size_t i = 0; i < sources_.size(); ++i) {
      if (sources_[i] == source) return i;
    }
    sources_.push_back(source);
    return sources_.size() - 1;
  }

  std::string bytes_;
  std::deque<std::string> texts_;
  std::unordered_map<std::string, std::uint64_t> numbers_;  // only looked up: its order shows nowhere
  std::vector<diagnostics::SourceId> sources_;
};

}  // namespace cordon::compiled
