// `cordon test`: a policy's own tests, and what they cover. See commands.h. Tested by tests/golden/test.
#include <fmt/format.h>

#include <charconv>
#include <optional>
#include <utility>

#include "analyse/compare.h"
#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/generate.h"
#include "cli/load.h"
#include "cli/mutate.h"
#include "cli/test_runs.h"
#include "evaluate/coverage.h"
#include "report/test_report.h"

namespace cordon::cli {
namespace {

constexpr std::string_view kHelp =
    "usage: cordon test POLICY\n"
    "       cordon test --generate POLICY [PROTOCOL]\n\n"
    "Runs the tests that the policy holds, and shows for each that fails what was expected and what was seen. A test\n"
    "also fails where the facts that it gives violate a guarantee of its protocol. With --mutate, changes the policy\n"
    "by one small step at a time, such as `>` to `>=`, and lists the changes that no test notices.\n\n"
    "  --coverage                count for every rule and row whether tests made it apply, not apply and be unknown,\n"
    "                            and which conditions decided; say what is missing\n"
    "  --fail-under PERCENT      exit with status 1 where the coverage is less, from 0 to 100\n"
    "  --filter TEXT             only the tests whose name, as in `admission: row_3: days_7`, holds this text\n"
    "  --format text|json|junit  for people (the default), for programs, or as JUnit XML for build servers; json and\n"
    "                            junit include the coverage\n"
    "  --mutate                  where all tests pass, run them against every mutant of the policy: the policy with\n"
    "                            one small change\n"
    "  --mutate-only TEXT        only the mutants whose id, as in `admission.row_3/boundary-3f2a01`, holds this text\n"
    "  --mutate-limit NUMBER     only so many mutants: the same sample each time\n"
    "  --threads NUMBER          how many mutants are run at once; else as many as there are processors\n"
    "  --generate                run nothing, and write tests that show every rule, condition and boundary both ways,\n"
    "                            expecting what the policy says today, for somebody to confirm\n"
    "  --as-of DATE              the day by which a bare name's version is chosen; else today\n\n"
    "examples:\n"
    "  cordon test dk.cpo\n"
    "  cordon test policies/dk/cpo/2018-09-04 --filter row_3\n"
    "  cordon test dk.cpo --coverage --fail-under 80\n"
    "  cordon test dk.cpo --format junit > tests.xml\n"
    "  cordon test dk.cpo --mutate --mutate-only row_3\n\n"
    "exit status: 0 all passed, and no mutant survived; 1 a test failed, there are none, too little is covered, or a\n"
    "mutant survived; 2 the policy is in error; 5 of some mutants it is undecided whether they differ, or\n"
    "of what tests are to show whether a patient shows it; 64 wrong usage\n";

struct TestOptions {
  std::string policy;
  std::string as_of;
  std::string filter;
  std::string fail_under;
  std::string format = "text";
  bool coverage = false;
  MutateOptions mutants;
  GenerateRequest generated;
};

std::string FullName(const model::Policy& policy, const model::Test& test) {
  return fmt::format("{}: {}", policy.protocols[test.protocol.index].name, test.name);
}

std::optional<std::size_t> ReadPercent(const std::string& text, diagnostics::Sink& sink) {
  if (text.empty()) return std::nullopt;
  std::size_t percent = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), percent);
  if (error == std::errc() && end == text.data() + text.size() && percent <= 100) return percent;
  sink.Report(diagnostics::Code::kOptionValue, {}, fmt::format("`--fail-under` is given `{}`", text),
              "it takes a whole number of percent, from 0 to 100");
  return std::nullopt;
}

// What goes with mutants: every test has to run, and there is no coverage to them.
void CheckMutateAlone(const TestOptions& options, diagnostics::Sink& sink) {
  if (!options.mutants.mutate) return;
  const std::pair<std::string_view, bool> others[] = {{"--filter", !options.filter.empty()},
                                                      {"--coverage", options.coverage},
                                                      {"--fail-under", !options.fail_under.empty()},
                                                      {"--format junit", options.format == "junit"}};
  for (const auto& [option, given] : others) {
    if (!given) continue;
    sink.Report(diagnostics::Code::kMutateWithOther, {}, fmt::format("`--mutate` is given together with `{}`", option),
                option == "--filter" ? "all tests are run against mutants; `--mutate-only` chooses among the mutants"
                                     : "ask for the two one after the other");
  }
}

TestOptions ReadOptions(const std::vector<std::string>& args, diagnostics::Sink& sink) {
  TestOptions options;
  CLI::App app("", "test");
  app.add_option("POLICY", options.policy);
  app.add_option("--as-of", options.as_of);
  app.add_option("--filter", options.filter);
  app.add_option("--fail-under", options.fail_under);
  app.add_option("--format", options.format);
  app.add_flag("--coverage", options.coverage);
  app.add_flag("--mutate", options.mutants.mutate);
  app.add_option("--mutate-only", options.mutants.only);
  app.add_option("--mutate-limit", options.mutants.limit);
  app.add_option("--threads", options.mutants.threads);
  app.add_option("PROTOCOL", options.generated.protocol);
  app.add_flag("--generate", options.generated.generate);
  if (ReadArguments(app, args, sink)) RequireOperand(options.policy, "POLICY, the policy to test,", sink);
  RequireChoice("--format", options.format, {"text", "json", "junit"}, sink);
  CheckGenerateAlone(options.generated,
                     {{"--filter", !options.filter.empty()},
                      {"--coverage", options.coverage},
                      {"--fail-under", !options.fail_under.empty()},
                      {"--format", options.format != "text"},
                      {"--mutate", options.mutants.mutate}},
                     sink);
  CheckMutateAlone(options, sink);
  CheckMutateOptions(options.mutants, sink);
  return options;
}

void ReportNoMatch(const model::Policy& policy, const std::string& filter, diagnostics::Sink& sink) {
  const std::string help = policy.tests.empty()
                               ? "the policy has no tests at all"
                               : fmt::format("the first of its {} tests is named `{}`", policy.tests.size(),
                                             FullName(policy, policy.tests.front()));
  sink.Report(diagnostics::Code::kNoTestMatches, {},
              fmt::format("`--filter` is given `{}`, which is in the name of no test", filter), help);
}

report::TestReport RunAll(const model::Policy& policy, const TestOptions& options,
                          std::optional<std::size_t> fail_under) {
  report::TestReport report;
  report.fail_under = fail_under;
  const bool counted = options.format != "text" && !options.mutants.mutate;
  if (options.coverage || fail_under || counted) report.coverage = evaluate::NoCoverage(policy);
  for (const model::Test& test : policy.tests) {
    if (FullName(policy, test).find(options.filter) == std::string::npos) continue;
    TestRun run = RunOneTest(policy, test, report.coverage ? Watch::kRules : Watch::kResult);
    if (report.coverage && run.feasible) evaluate::Count(test.protocol, run.rules, run.guarantees, *report.coverage);
    report.runs.push_back({&test, std::move(run.failures)});
  }
  return report;
}

std::string Written(const model::Policy& policy, const diagnostics::Sources& sources, const std::string& format,
                    const report::TestReport& report) {
  if (format == "json") return report::TestJson(policy, sources, report);
  if (format == "junit") return report::TestJunit(policy, sources, report);
  return report::TestText(policy, sources, report);
}

int RunTest(const std::vector<std::string>& args, Environment& environment) {
  diagnostics::Sources sources;
  diagnostics::Sink sink;
  const TestOptions options = ReadOptions(args, sink);
  const auto as_of = ReadMoment("--as-of", options.as_of, sink);
  const auto fail_under = ReadPercent(options.fail_under, sink);
  Ending ending{{}, kExitDone, Warnings::kHide, options.format == "json"};
  if (sink.has_errors()) return Finish(environment, sources, sink, ending);
  const PolicyQuery query{options.policy, environment.policies_root, as_of ? as_of->date : environment.today};
  const auto policy = LoadPolicyText(environment, query, sources, sink);
  if (policy && options.generated.generate) {
    Generate(*policy, sources, options.generated.protocol, sink, ending);
  } else if (policy) {
    const report::TestReport report = RunAll(*policy, options, fail_under);
    if (report.runs.empty() && !options.filter.empty()) ReportNoMatch(*policy, options.filter, sink);
    ending.results = Written(*policy, sources, options.format, report);
    const bool failed = report::NumFailed(report) > 0 || report.runs.empty() || report::IsUnder(report);
    ending.status = failed ? kExitNo : kExitDone;
    if (options.mutants.mutate && failed && options.format == "text") {
      ending.results += "no mutants were run: first all tests have to pass\n";
    } else if (options.mutants.mutate && !failed) {
      Mutate(*policy, sources, options.mutants, options.format, analyse::SameForEverybody, sink, ending);
    }
  }
  return Finish(environment, sources, sink, ending);
}

}  // namespace

const Command kTest = {"test", "run the tests that a policy holds", kHelp, RunTest};

}  // namespace cordon::cli
