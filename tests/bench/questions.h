// Questions: how many it takes to settle what a protocol says of a patient, by the interview and by a form.
//
// All count alike: a yes or no, a field of an element, whether a list holds more. Each way is answered by the same
// patient, whose facts are all known, and each way that stops does so by the same test: that no answer could settle
// more.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "evaluate/interview.h"
#include "evaluate/outcome.h"
#include "facts/subject.h"
#include "model/model.h"

namespace cordon::bench {

struct Asked {
  std::size_t num_questions = 0;
  evaluate::Outcome outcome;  // what followed in the end
};

// `patient` answers what the interview asks.
Asked Interview(const model::Policy& policy, model::ProtocolId protocol, facts::Subject patient,
                evaluate::LookUps look_ups);

enum class Stop : std::uint8_t { kWhenSettled, kAtTheEnd };

// `patient` answers the facts of `order`, each with all its details, and one after the other.
Asked Form(const model::Policy& policy, model::ProtocolId protocol, facts::Subject patient, evaluate::LookUps look_ups,
           const std::vector<model::FactId>& order, Stop stop);

// The facts of the group `first` in its order, then all others that bear on `protocol` but decisions and the care
// setting, as declared.
std::vector<model::FactId> FormOrder(const model::Policy& policy, model::ProtocolId protocol,
                                     const std::string& first);

}  // namespace cordon::bench
