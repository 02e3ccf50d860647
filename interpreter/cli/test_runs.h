// TestRuns: one test of a policy, run: what was expected and not seen, and what it made of the rules.
#pragma once

#include <cstdint>
#include <vector>

#include "evaluate/coverage.h"
#include "model/model.h"
#include "report/test_report.h"
#include "value/truth.h"

namespace cordon::cli {

struct TestRun {
  std::vector<report::TestFailure> failures;  // none: it passed
  bool feasible = true;                       // whether its facts can be so; else nothing below is known
  std::vector<value::Truth> guarantees;       // of its protocol
  std::vector<evaluate::RuleSeen> rules;      // where they are watched
};

enum class Watch : std::uint8_t { kResult, kRules };

// Runs `test`, which also fails where its facts violate a guarantee. A test that names no day has the first on which
// the policy is in force, else that of 2000: the same whenever it is run. Costs an evaluation, watched about two.
TestRun RunOneTest(const model::Policy& policy, const model::Test& test, Watch watch);

}  // namespace cordon::cli
