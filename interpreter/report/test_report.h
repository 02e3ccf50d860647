// TestReport: what a policy's own tests came to, and how much of the policy they cover: for people, as JSON, and as the
// JUnit XML that build servers read.
//
// Source: the language manual, "Tests and guarantees"; for the XML the elements testsuites, testsuite, testcase and
// failure as the build servers' plugins agree on them. Tested by tests/golden/test.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "diagnostics/source.h"
#include "evaluate/coverage.h"
#include "model/model.h"

namespace cordon::report {

struct TestFailure {
  diagnostics::Span span;  // of the expectation that does not hold
  std::string expected;
  std::string seen;
};
struct TestRun {
  const model::Test* test = nullptr;
  std::vector<TestFailure> failures;  // none: it passed
};
struct TestReport {
  std::vector<TestRun> runs;
  std::optional<evaluate::Coverage> coverage;
  std::optional<std::size_t> fail_under;  // the least percentage of coverage asked for
};

std::size_t NumFailed(const TestReport& report);
// Whether the coverage is less than was asked for.
bool IsUnder(const TestReport& report);

// Something that no test shows yet, in words that say which test to write.
struct Missing {
  diagnostics::Span span;
  model::RuleId rule;
  std::string text;
};
std::vector<Missing> FindMissing(const model::Policy& policy, const evaluate::Coverage& coverage);

// The tests that failed, the coverage where it is counted, and a last line `N passed, N failed`.
std::string TestText(const model::Policy& policy, const diagnostics::Sources& sources, const TestReport& report);
// `{ policy, passed, failed, tests, coverage }`.
std::string TestJson(const model::Policy& policy, const diagnostics::Sources& sources, const TestReport& report);
// One testsuite a protocol, the policy's coverage as properties of each. Equal reports give equal bytes: times are 0.
std::string TestJunit(const model::Policy& policy, const diagnostics::Sources& sources, const TestReport& report);

}  // namespace cordon::report
