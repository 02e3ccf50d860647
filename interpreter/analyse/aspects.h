// Aspects: everything that two versions may answer differently, paired, with the terms of both.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "analyse/diff.h"
#include "analyse/pairing.h"
#include "symbolic/encode.h"

namespace cordon::analyse {

// One aspect and its answers in both versions. A patient for whom no answer of one version holds is not compared.
struct PairedAspect {
  Aspect aspect;
  std::vector<symbolic::AnswerCase> old_cases;
  std::vector<symbolic::AnswerCase> new_cases;
  std::optional<model::OutputId> old_output;
  std::optional<model::OutputId> new_output;
  std::string duty;                                 // its key; of kDuty and kTiming
  std::optional<symbolic::DutyCase::Due> due = {};  // of a timing that is a due date
  symbolic::TermId no_later;                        // of one: NEW has the duty due by that date or an earlier one
};

// One protocol of both versions, encoded. `frame` and the policies must outlive it.
struct PairedProtocol {
  ProtocolPair pair;
  std::unique_ptr<symbolic::Encoder> old_encoder;  // null where OLD has no such protocol
  std::unique_ptr<symbolic::Encoder> new_encoder;
  std::vector<PairedAspect> aspects;
};

PairedProtocol PairAspects(symbolic::Terms& terms, const symbolic::Frame& frame, const ProtocolPair& pair,
                           const symbolic::Renames& renames);

}  // namespace cordon::analyse
