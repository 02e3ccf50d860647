// Generate: patients that together show everything that a protocol says, as few as a greedy choice needs.
//
// Each goal (goals.h) is met by a patient whom the solver finds, made plain; a patient counts for every goal that he
// meets. Further patients leave one fact unknown, so that each rule is open for somebody. What is expected of each is
// what the reference evaluator says. The same policy gives the same patients.
// Source: docs/language/tests.md. Tested by tests/golden/test/generate.golden.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "diagnostics/source.h"
#include "evaluate/outcome.h"
#include "facts/subject.h"
#include "model/model.h"
#include "symbolic/solver.h"

namespace cordon::analyse {

struct GenerateOptions {
  std::function<std::string(const diagnostics::Span&)> text_at;  // what is written at a place, on one line
  std::uint64_t effort = symbolic::kUsualEffort;
};

struct GeneratedTest {
  std::string name;
  std::vector<std::string> shows;  // what no test before it shows
  facts::Subject subject;
  evaluate::Outcome outcome;
};

enum class Unreached : std::uint8_t {
  kProved,     // nobody meets it
  kUndecided,  // the solver gave up
  kGuarantee,  // only patients for whom a guarantee is violated meet it
};

struct UnreachedGoal {
  std::string words;
  Unreached why = Unreached::kProved;
};

struct GeneratedProtocol {
  model::ProtocolId protocol;
  facts::Subject plain;  // whom the tests are like: what they do not say is as with him
  std::vector<GeneratedTest> tests;
  std::vector<UnreachedGoal> unreached;
  std::size_t num_goals = 0;  // that are reached
};

// REQUIRES: a protocol of `policy`.
GeneratedProtocol Generate(const model::Policy& policy, model::ProtocolId protocol, const GenerateOptions& options);

}  // namespace cordon::analyse
