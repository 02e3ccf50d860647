// The table of the benchmark: how many questions each way takes, over many patients.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "evaluate/interview.h"
#include "model/model.h"

namespace cordon::bench {

struct Options {
  std::size_t num_patients = 100;
  std::uint64_t seed = 1;
  evaluate::LookUps look_ups = evaluate::LookUps::kAll;
};

// Mean, median and 90th percentile for each kind of patient and each way, and how many times the interview's questions
// that is. Equal options give equal bytes. REQUIRES: num_patients > 0, and a protocol `admission`.
std::string Table(const model::Policy& policy, const Options& options);

}  // namespace cordon::bench
