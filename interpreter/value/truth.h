// Three-valued truth after Kleene: no, unknown, yes.
//
// The one definition of the connectives. Other encodings of three-valued logic (bit-planes, symbolic terms) are held
// against it and against tests/tables/truth.csv.
#pragma once

#include <algorithm>
#include <cstdint>

namespace cordon::value {

// INVARIANT: ordered kFalse < kUnknown < kTrue, so that `and` is the least and `or` the greatest.
enum class Truth : std::uint8_t { kFalse = 0, kUnknown = 1, kTrue = 2 };

constexpr Truth And(Truth a, Truth b) { return std::min(a, b); }
constexpr Truth Or(Truth a, Truth b) { return std::max(a, b); }
constexpr Truth Not(Truth a) { return static_cast<Truth>(2 - static_cast<int>(a)); }
constexpr Truth Implies(Truth a, Truth b) { return Or(Not(a), b); }
constexpr Truth FromBool(bool b) { return b ? Truth::kTrue : Truth::kFalse; }

}  // namespace cordon::value
