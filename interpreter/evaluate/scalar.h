// Scalar: what an expression stands for in one World: a known value, or a way to its unknowns.
#pragma once

#include <cstdint>

#include "evaluate/conditions.h"
#include "evaluate/world.h"
#include "value/value.h"

namespace cordon::evaluate {

struct Scalar {
  enum class Kind : std::uint8_t {
    kKnown,       // value
    kTerm,        // term, of `type`: a date, datetime, number or duration
    kDifference,  // term - minus, each of `type`: in days, minutes or units
    kSum,         // parts and constant: a number
    kFinite,      // var: a bool or a symbol
    kText,        // var
    kOpen,        // not yet one of these: `open` decides first
  };
  Kind kind = Kind::kKnown;
  value::Value value;
  value::Kind type = value::Kind::kBool;
  Term term;
  Term minus;
  VarId var;
  Sum::Parts parts;
  std::int64_t constant = 0;
  OpenPtr open;

  static Scalar Known(value::Value known) {
    Scalar scalar;
    scalar.type = known.kind;
    scalar.value = std::move(known);
    return scalar;
  }
};

}  // namespace cordon::evaluate
