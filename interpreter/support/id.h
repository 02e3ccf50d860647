// Typed ids: an index into one particular table, which no other table's index is mistaken for.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace cordon::support {

// An index into the table that `Tag` names. Ids order as their rows do; a default id refers to nothing.
template <typename Tag>
struct Id {
  static constexpr std::uint32_t kNothing = 0xffffffffU;
  std::uint32_t index = kNothing;

  constexpr Id() = default;
  constexpr explicit Id(std::size_t i) : index(static_cast<std::uint32_t>(i)) {}
  constexpr bool valid() const { return index != kNothing; }
  constexpr auto operator<=>(const Id&) const = default;
};

}  // namespace cordon::support

template <typename Tag>
struct std::hash<cordon::support::Id<Tag>> {
  std::size_t operator()(cordon::support::Id<Tag> id) const noexcept { return id.index; }
};
