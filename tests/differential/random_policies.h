// Random small policies, and random subjects for them: what the differential tests compare over.
#pragma once

#include <optional>
#include <random>
#include <string>
#include <vector>

#include "brute_force.h"
#include "facts/subject.h"
#include "model/model.h"

namespace cordon::testing {

inline constexpr unsigned kFirstSeed = 1;
inline const Bounds kBounds{*calendar::ParseDate("2024-12-30"), *calendar::ParseDate("2025-01-03"), 2};
inline const model::Moment kAsOf{*calendar::ParseDate("2025-01-02"), calendar::ParseDatetime("2025-01-02T12:00")};

class Random {
 public:
  explicit Random(unsigned seed) : engine_(seed) {}
  unsigned Below(unsigned n) { return static_cast<unsigned>(engine_() % n); }
  bool Once(unsigned in) { return Below(in) == 0; }
  const char* Pick(const std::vector<const char*>& options) {
    return options[Below(static_cast<unsigned>(options.size()))];
  }

 private:
  std::mt19937 engine_;
};

// How many policies to try: CORDON_POLICIES_TO_TRY, or a number that is quick.
unsigned NumPolicies();

// The text of a policy `test.random`, with one protocol.
std::string RandomPolicy(Random& random);
// Nothing where two of its rules contradict each other outright, which `check` refuses; other problems fail the test.
std::optional<model::Policy> BuildRandom(const std::string& text);

// A subject with gaps of every kind, written down in `shown`.
facts::Subject RandomSubject(Random& random, const model::Policy& policy, std::string& shown);

}  // namespace cordon::testing
