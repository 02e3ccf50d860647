// Verdict: what an analysis says of a claim.
#pragma once

#include <cstdint>

namespace cordon::analyse {

enum class Verdict : std::uint8_t {
  kProved,     // it holds for every patient
  kRefuted,    // it does not: there is a patient, replayed by the reference evaluator
  kUndecided,  // the solver gave up within its budget; never read as either
};

}  // namespace cordon::analyse
