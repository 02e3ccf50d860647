// `cordon test`: a policy's own tests. See commands.h. Tested by tests/unit/cli_test.cc.
#include <fmt/format.h>

#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/compare.h"
#include "cli/load.h"
#include "evaluate/evaluate.h"
#include "facts/subject.h"

namespace cordon::cli {
namespace {

constexpr std::string_view kHelp =
    "usage: cordon test POLICY\n\n"
    "Runs the tests that the policy holds, and shows for each that fails what was expected and what was seen.\n\n"
    "  --as-of DATE  the day by which a bare name's version is chosen; else today\n\n"
    "examples:\n"
    "  cordon test dk.cpo\n"
    "  cordon test policies/dk/cpo/2018-09-04\n\n"
    "exit status: 0 all passed; 1 a test failed; 2 the policy is in error; 64 wrong usage\n";

struct TestOptions {
  std::string policy;
  std::string as_of;
};

struct Tally {
  std::size_t num_passed = 0;
  std::size_t num_failed = 0;
  std::string text;
};

// The day of a test that names none: the same on every day that the tests are run.
model::Moment FixedDay(const model::Policy& policy) {
  if (policy.in_force) return {policy.in_force->from, std::nullopt};
  return {*calendar::MakeDate(2000, 1, 1), std::nullopt};
}

std::string PlaceOf(const diagnostics::Sources& sources, const diagnostics::Span& span) {
  if (!span.valid()) return {};
  const diagnostics::Place place = sources.place(span.source, span.begin);
  return fmt::format("{}:{}:{}", sources.name(span.source), place.line, place.column);
}

std::vector<Mismatch> RunOne(const model::Policy& policy, const model::Test& test) {
  const facts::Subject subject = facts::FromSetup(policy, test.setup, FixedDay(policy));
  diagnostics::Sink sink;
  if (evaluate::CheckFeasible(policy, subject, sink)) {
    return Compare(policy, test, evaluate::Evaluate(policy, test.protocol, subject));
  }
  std::vector<Mismatch> mismatches;
  for (const diagnostics::Diagnostic& diagnostic : sink.diagnostics()) {
    mismatches.push_back(
        {diagnostic.span.valid() ? diagnostic.span : test.span, "facts that can be so", diagnostic.message});
  }
  return mismatches;
}

Tally RunAll(const model::Policy& policy, const diagnostics::Sources& sources) {
  Tally tally;
  for (const model::Test& test : policy.tests) {
    const std::vector<Mismatch> mismatches = RunOne(policy, test);
    if (mismatches.empty()) {
      ++tally.num_passed;
      continue;
    }
    ++tally.num_failed;
    tally.text += fmt::format("FAILED {}: {}\n", policy.protocols[test.protocol.index].name, test.name);
    for (const Mismatch& mismatch : mismatches) {
      tally.text += fmt::format("  at        {}\n  expected  {}\n  seen      {}\n", PlaceOf(sources, mismatch.span),
                                mismatch.expected, mismatch.seen);
    }
    tally.text += '\n';
  }
  tally.text += fmt::format("{} passed, {} failed\n", tally.num_passed, tally.num_failed);
  return tally;
}

int RunTest(const std::vector<std::string>& args, Environment& environment) {
  diagnostics::Sources sources;
  diagnostics::Sink sink;
  TestOptions options;
  CLI::App app("", "test");
  app.add_option("POLICY", options.policy);
  app.add_option("--as-of", options.as_of);
  if (ReadArguments(app, args, sink)) RequireOperand(options.policy, "POLICY, the policy to test,", sink);
  const auto as_of = ReadMoment("--as-of", options.as_of, sink);
  Ending ending{{}, kExitDone, Warnings::kHide};
  if (sink.has_errors()) return Finish(environment, sources, sink, ending);
  const PolicyQuery query{options.policy, environment.policies_root, as_of ? as_of->date : environment.today};
  if (const auto policy = LoadPolicy(environment, query, sources, sink)) {
    Tally tally = RunAll(*policy, sources);
    ending.results = std::move(tally.text);
    ending.status = tally.num_failed > 0 ? kExitNo : kExitDone;
  }
  return Finish(environment, sources, sink, ending);
}

}  // namespace

const Command kTest = {"test", "run the tests that a policy holds", kHelp, RunTest};

}  // namespace cordon::cli
