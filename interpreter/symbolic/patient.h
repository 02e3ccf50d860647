// Patient: one complete patient of a frame, and what terms come to for it.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "symbolic/frame.h"
#include "symbolic/term.h"

namespace cordon::symbolic {

// A record of a list: its fields' values.
using Record = std::vector<std::int64_t>;

struct Patient {
  std::vector<std::int64_t> scalars;       // by ScalarId of the frame
  std::vector<std::vector<Record>> lists;  // by ListId
  bool operator==(const Patient&) const = default;
};

// The plainest patient: every yes-or-no `no`, every number the least that is not below 0, every list empty, every fact
// given.
Patient PlainPatient(const Frame& frame);

// The value that a plain unknown has.
std::int64_t PlainValue(const Unknown& unknown);

// Terms of one patient. Reads both, which must outlive it and not change.
class Evaluation {
 public:
  Evaluation(const Terms& terms, const Patient& patient) : terms_(terms), patient_(patient) {}

  // REQUIRES: closed terms.
  bool Holds(TermId condition);
  std::int64_t Number(TermId number);
  // Whether `condition`, which may read one binder, holds of `record`.
  bool HoldsOf(TermId condition, const Record& record);

 private:
  std::int64_t Of(TermId id);
  std::int64_t Compute(const Term& term);
  std::int64_t Extreme(const Term& term);

  const Terms& terms_;
  const Patient& patient_;
  std::vector<const Record*> bound_;
  std::unordered_map<TermId, std::int64_t> known_;  // of closed terms
};

}  // namespace cordon::symbolic
