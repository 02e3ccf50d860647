// Runs the tests that a policy holds; see test_runs.h. Tested by tests/golden/test/failures.golden.
#include "cli/test_runs.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "cli/compare.h"
#include "evaluate/evaluate.h"
#include "facts/subject.h"

namespace cordon::cli {
namespace {

// The day of a test that names none: the same on every day that the tests are run.
model::Moment FixedDay(const model::Policy& policy) {
  if (policy.in_force) return {policy.in_force->from, std::nullopt};
  return {*calendar::MakeDate(2000, 1, 1), std::nullopt};
}

// The facts of a test that cannot be so, as failures of it.
std::vector<report::TestFailure> Infeasible(const model::Test& test, const diagnostics::Sink& sink) {
  std::vector<report::TestFailure> failures;
  for (const diagnostics::Diagnostic& diagnostic : sink.diagnostics()) {
    failures.push_back(
        {diagnostic.span.valid() ? diagnostic.span : test.span, "facts that can be so", diagnostic.message});
  }
  return failures;
}

}  // namespace

TestRun RunOneTest(const model::Policy& policy, const model::Test& test, Watch watch) {
  const facts::Subject subject = facts::FromSetup(policy, test.setup, FixedDay(policy));
  TestRun run;
  diagnostics::Sink sink;
  if (!evaluate::CheckFeasible(policy, subject, sink)) {
    run.failures = Infeasible(test, sink);
    run.feasible = false;
    return run;
  }
  for (Mismatch& mismatch : Compare(policy, test, evaluate::Evaluate(policy, test.protocol, subject))) {
    run.failures.push_back({mismatch.span, std::move(mismatch.expected), std::move(mismatch.seen)});
  }
  run.guarantees = evaluate::ObserveGuarantees(policy, test.protocol, subject);
  for (std::size_t i = 0; i < run.guarantees.size(); ++i) {
    if (run.guarantees[i] != value::Truth::kFalse) continue;
    const std::string& guarantee = policy.protocols[test.protocol.index].guarantees[i].name;
    run.failures.push_back({test.span, fmt::format("the guarantee `{}` holds", guarantee), "it is violated"});
  }
  if (watch == Watch::kRules) run.rules = evaluate::ObserveRules(policy, test.protocol, subject);
  return run;
}

}  // namespace cordon::cli
