// Replay: what the reference evaluator says of a patient, in the words that the analysis uses.
//
// No patient is shown whom the evaluator does not treat as the analysis says: that is asked each time, in release
// builds too. Tested by tests/differential/symbolic_test.cc.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "evaluate/outcome.h"
#include "facts/subject.h"
#include "model/model.h"
#include "symbolic/decode.h"

namespace cordon::analyse {

class Replay {
 public:
  // What is asked of one evaluation: everything; one output; or the duties of one key.
  struct Asked {
    std::optional<model::OutputId> output = {};
    std::string duty = {};
  };

  // Evaluates `protocol` of one version for the patient. All must outlive this.
  Replay(const symbolic::Frame& frame, std::size_t version, model::ProtocolId protocol,
         const symbolic::Patient& patient, const Asked& asked);
  Replay(const symbolic::Frame& frame, std::size_t version, model::ProtocolId protocol,
         const symbolic::Patient& patient)
      : Replay(frame, version, protocol, patient, Asked{}) {}
  // The same for facts of which some may not be known. Duties whose arguments come from the facts are none of anybody.
  Replay(const symbolic::Frame& frame, std::size_t version, model::ProtocolId protocol, facts::Subject subject,
         const Asked& asked);

  const facts::Subject& subject() const { return subject_; }
  const evaluate::Outcome& outcome() const { return outcome_; }

  // The answers that an output has or, where absent facts leave it open, can have: `yes`, `judgement by …`.
  std::vector<std::string> AnswersOf(model::OutputId output) const;
  // The states of the duty called `key` that are or can be: `must`, `none`, `conflict`.
  std::vector<std::string> StatesOf(const std::string& key) const;
  // What is stated with that duty, as symbolic::DutyCase has it, its dates as dates: `at admission`, `due by
  // 2025-03-08`.
  std::vector<std::string> DetailsOf(const std::string& key) const;
  // As people read it: `yes`; `no, as long as nothing else is known`; `not known yet: no or yes`.
  std::string InWords(const std::vector<std::string>& answers) const;

 private:
  bool HasArguments(const evaluate::DutyOutcome& duty) const;
  std::string TextOf(model::OutputId output, const evaluate::Answer& answer) const;

  const symbolic::Frame& frame_;
  const model::Policy& policy_;
  const symbolic::Patient* patient_;  // null where only facts were given
  facts::Subject subject_;
  evaluate::Outcome outcome_;
};

}  // namespace cordon::analyse
