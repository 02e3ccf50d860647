// `cordon check`: the mistakes of a policy. See commands.h. Tested by tests/unit/cli_test.cc.
#include <fmt/format.h>

#include "cli/arguments.h"
#include "cli/check_targets.h"
#include "cli/commands.h"
#include "cli/load.h"
#include "cli/prove.h"
#include "report/diagnostics_json.h"
#include "report/diagnostics_sarif.h"

namespace cordon::cli {
namespace {

constexpr std::string_view kHelp =
    "usage: cordon check [--prove] POLICY...\n\n"
    "Reads policies and reports every mistake in them: spelling, names, types, tables; and warns of what is legal and\n"
    "probably not meant: gaps and overlaps of tables, what nothing uses, texts that say something else than the "
    "rules.\n\n"
    "POLICY is a file, a folder, or a name; a folder of versions, or of policies, means all of them.\n\n"
    "  --prove                   also asks, for every patient there can be: are tables complete, can each rule apply "
    "and\n"
    "                            decide, can answers be in conflict, do guarantees and claims hold, …; with a patient\n"
    "                            wherever the answer is no\n"
    "  --effort NUMBER           how much each question of --prove may cost, in millions of steps; else 100\n"
    "  --format text|json|sarif  for people (the default), for programs, or for code hosts and editors (SARIF 2.1.0)\n"
    "  --deny-warnings           end with status 1 where there are warnings\n"
    "  --as-of DATE              the day by which a bare name's version is chosen; else today\n\n"
    "examples:\n"
    "  cordon check policies/dk/cpo/2018-09-04\n"
    "  cordon check dk.cpo --format json\n"
    "  cordon check dk.cpo --prove\n"
    "  cordon check policies --deny-warnings --format sarif > cordon.sarif\n\n"
    "exit status: 0 no errors; 1 warnings, with --deny-warnings, or a guarantee or claim that does not hold; 2 a "
    "policy is "
    "in error;\n5 a question of --prove is undecided; 64 wrong usage\n";

struct CheckOptions {
  std::vector<std::string> policies;
  std::string format = "text";
  std::string as_of;
  std::string effort;
  bool deny_warnings = false;
  bool prove = false;
};

std::string Summary(const model::Policy& policy, const diagnostics::Sink& sink) {
  auto count = [](std::size_t number, std::string_view noun) {
    return fmt::format("{} {}{}", number, noun, number == 1 ? "" : "s");
  };
  std::size_t num_facts = policy.facts.size();
  if (policy.setting.valid()) --num_facts;
  const std::string_view problems = sink.has_errors()             ? "it breaks what it promises"
                                    : !sink.diagnostics().empty() ? "no errors"
                                                                  : "no problems";
  return fmt::format("{} {}: {} ({}, {}, {})\n", policy.id, policy.version, problems,
                     count(policy.rules.size(), "rule"), count(num_facts, "fact"), count(policy.tests.size(), "test"));
}

// Loads and checks every policy; what is wrong with them goes to `sink`, their summaries, one line each, to `ending`.
// With --prove what is proved of them too: as text there, as JSON objects in `proofs`.
void CheckAll(const Environment& environment, const CheckOptions& options, calendar::Date as_of,
              diagnostics::Sources& sources, diagnostics::Sink& sink, Ending& ending, std::string& proofs) {
  for (const std::string& target : CheckTargets(environment.files, options.policies)) {
    diagnostics::Sink own;
    const PolicyQuery query{target, environment.policies_root, as_of};
    const auto policy = LoadPolicyText(environment, query, sources, own);
    std::string proof;
    if (policy && options.prove) {
      proof = ProvePolicy(environment, {query, options.effort, options.format}, *policy, sources, own, ending.status);
    }
    for (const diagnostics::Diagnostic& d : own.diagnostics()) sink.Report(d.code, d.span, d.message, d.help, d.notes);
    if (!policy) continue;
    ending.results += Summary(*policy, own);
    (options.format == "text" ? ending.results : proofs).append(proof);
  }
}

int RunCheck(const std::vector<std::string>& args, Environment& environment) {
  diagnostics::Sources sources;
  diagnostics::Sink sink;
  CheckOptions options;
  CLI::App app("", "check");
  app.add_option("POLICY", options.policies);
  app.add_option("--format", options.format);
  app.add_option("--as-of", options.as_of);
  app.add_option("--effort", options.effort);
  app.add_flag("--deny-warnings", options.deny_warnings);
  app.add_flag("--prove", options.prove);
  if (ReadArguments(app, args, sink)) {
    RequireOperand(options.policies.empty() ? "" : options.policies.front(), "POLICY, the policy to check,", sink);
  }
  RequireChoice("--format", options.format, {"text", "json", "sarif"}, sink);
  const auto as_of = ReadMoment("--as-of", options.as_of, sink);
  Ending ending{{}, kExitDone, Warnings::kShow};
  if (sink.has_errors()) return Finish(environment, sources, sink, ending);
  std::string proofs;
  CheckAll(environment, options, as_of ? as_of->date : environment.today, sources, sink, ending, proofs);
  if (options.deny_warnings && !sink.diagnostics().empty()) ending.status = kExitNo;
  if (options.format == "text") return Finish(environment, sources, sink, ending);
  // The mistakes are the result here.
  ending.results = options.format == "json" ? report::DiagnosticsJson(sink, sources, proofs)
                                            : report::DiagnosticsSarif(sink, sources, CORDON_VERSION);
  if (sink.has_errors()) ending.status = ErrorStatus(sink);
  return Finish(environment, sources, diagnostics::Sink(), ending);
}

}  // namespace

const Command kCheck = {"check", "report the mistakes in a policy", kHelp, RunCheck};

}  // namespace cordon::cli
