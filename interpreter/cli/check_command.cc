// `cordon check`: the mistakes of a policy. See commands.h. Tested by tests/unit/cli_test.cc.
#include <fmt/format.h>

#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/load.h"
#include "report/diagnostics_json.h"

namespace cordon::cli {
namespace {

constexpr std::string_view kHelp =
    "usage: cordon check POLICY\n\n"
    "Reads a policy and reports every mistake in it: spelling, names, types, tables.\n\n"
    "  --format text|json  for people (the default), or for editors and build tools\n"
    "  --as-of DATE        the day by which a bare name's version is chosen; else today\n\n"
    "examples:\n"
    "  cordon check policies/dk/cpo/2018-09-04\n"
    "  cordon check dk.cpo --format json\n\n"
    "exit status: 0 no errors; 2 the policy is in error; 64 wrong usage\n";

struct CheckOptions {
  std::string policy;
  std::string format = "text";
  std::string as_of;
};

std::string Summary(const model::Policy& policy, const diagnostics::Sink& sink) {
  auto count = [](std::size_t number, std::string_view noun) {
    return fmt::format("{} {}{}", number, noun, number == 1 ? "" : "s");
  };
  std::size_t num_facts = policy.facts.size();
  if (policy.setting.valid()) --num_facts;
  return fmt::format("{} {}: {} ({}, {}, {})\n", policy.id, policy.version,
                     sink.diagnostics().empty() ? "no problems" : "no errors", count(policy.rules.size(), "rule"),
                     count(num_facts, "fact"), count(policy.tests.size(), "test"));
}

int RunCheck(const std::vector<std::string>& args, Environment& environment) {
  diagnostics::Sources sources;
  diagnostics::Sink sink;
  CheckOptions options;
  CLI::App app("", "check");
  app.add_option("POLICY", options.policy);
  app.add_option("--format", options.format);
  app.add_option("--as-of", options.as_of);
  if (ReadArguments(app, args, sink)) RequireOperand(options.policy, "POLICY, the policy to check,", sink);
  RequireChoice("--format", options.format, {"text", "json"}, sink);
  const auto as_of = ReadMoment("--as-of", options.as_of, sink);
  Ending ending{{}, kExitDone, Warnings::kShow};
  if (sink.has_errors()) return Finish(environment, sources, sink, ending);
  const PolicyQuery query{options.policy, environment.policies_root, as_of ? as_of->date : environment.today};
  const auto policy = LoadPolicy(environment, query, sources, sink);
  if (options.format == "json") {
    // The mistakes are the result here.
    ending.results = report::DiagnosticsJson(sink, sources);
    ending.status = ErrorStatus(sink);
    return Finish(environment, sources, diagnostics::Sink(), ending);
  }
  if (policy) ending.results = Summary(*policy, sink);
  return Finish(environment, sources, sink, ending);
}

}  // namespace

const Command kCheck = {"check", "report the mistakes in a policy", kHelp, RunCheck};

}  // namespace cordon::cli
