// `cordon eval`: one subject's facts against one protocol. See commands.h. Tested by tests/unit/cli_test.cc.
#include <optional>

#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/find_audience.h"
#include "cli/prepare.h"
#include "evaluate/audience.h"
#include "evaluate/evaluate.h"
#include "report/json.h"
#include "report/text.h"

namespace cordon::cli {
namespace {

constexpr std::string_view kHelp =
    "usage: cordon eval POLICY [PROTOCOL] --facts FILE\n\n"
    "Evaluates a protocol of the policy for the facts of one subject. PROTOCOL may be left out where the policy has\n"
    "only one.\n\n"
    "  --facts FILE          the facts, a JSON document; - reads standard input\n"
    "  --as-of DATE          the day, or minute, for which to answer; else the document's, else today\n"
    "  --setting SETTING     the care setting, as in hospital.inpatient; else the document's\n"
    "  --format text|json    for people (the default) or for programs; then mistakes too are a JSON document, on the\n"
    "                        standard error\n"
    "  --lang LANGUAGE       of the policy's texts, as in da; else the policy's first\n"
    "  --for ROLE            what that role may hear: the sentences that the policy releases to it, and what hangs on "
    "no\n"
    "                        fact that is confidential to others; the exit status speaks of that alone\n"
    "  --explain             say for every rule that did not conclude why not, and how the guideline is read where it\n"
    "                        leaves room\n"
    "  --require-determined  exit with status 4 where an answer or duty is not determined\n"
    "  --expect-digest TEXT  refuse any other text of the policy, as in sha256:0123...\n\n"
    "examples:\n"
    "  cordon eval dk.cpo admission --facts docs/tutorial/patient.json\n"
    "  cordon eval dk.cpo@2018-09-04 admission --facts - --as-of 2025-03-01 --format json < patient.json\n"
    "  cordon eval policies/dk/cpo/2018-09-04 admission --facts patient.json --lang da --explain\n"
    "  cordon eval xx.transport journey --facts patient.json --for driver\n\n"
    "exit status: 0 done; 2 the policy is in error, or its rules contradict one another here; 3 the facts are in\n"
    "error; 4 not determined, with --require-determined; 64 wrong usage, as a FILE that is not there\n";

struct EvalOptions {
  Wanted wanted;
  std::string format = "text";
  std::optional<std::string> audience;
  bool explain = false;
  bool require_determined = false;
};

EvalOptions ReadOptions(const std::vector<std::string>& args, diagnostics::Sink& sink) {
  EvalOptions options;
  CLI::App app("", "eval");
  AddWanted(app, options.wanted);
  app.add_option("--format", options.format);
  app.add_option("--for", options.audience);
  app.add_flag("--explain", options.explain);
  app.add_flag("--require-determined", options.require_determined);
  if (!ReadArguments(app, args, sink)) return options;
  RequireOperand(options.wanted.policy, "POLICY, the policy to evaluate,", sink);
  RequireOperand(options.wanted.facts, "`--facts FILE`, the facts to evaluate it for,", sink);
  RequireChoice("--format", options.format, {"text", "json"}, sink);
  return options;
}

// Nothing where the role that it is to be made for can't be told anything; then the sink says why.
std::optional<evaluate::Outcome> OutcomeFor(const Ready& ready, const std::optional<std::string>& role,
                                            diagnostics::Sink& sink) {
  if (!role) return evaluate::Evaluate(ready.policy, ready.protocol, ready.subject);
  const auto audience = FindAudience(ready.policy, ready.protocol, *role, sink);
  if (!audience) return std::nullopt;
  return evaluate::EvaluateFor(ready.policy, ready.protocol, ready.subject, *audience);
}

int RunEval(const std::vector<std::string>& args, Environment& environment) {
  diagnostics::Sources sources;
  diagnostics::Sink sink;
  const EvalOptions options = ReadOptions(args, sink);
  Ending ending{{}, kExitDone, Warnings::kHide, options.format == "json"};
  const auto ready = Prepare(environment, options.wanted, sources, sink);
  const auto outcome = ready ? OutcomeFor(*ready, options.audience, sink) : std::nullopt;
  if (outcome) {
    const auto why_not = options.explain ? report::WhyNot::kInclude : report::WhyNot::kLeaveOut;
    const auto emphasis = environment.colour ? report::Emphasis::kAllowed : report::Emphasis::kNever;
    ending.results = options.format == "json"
                         ? report::Json(ready->policy, ready->subject, *outcome, why_not)
                         : report::Text(ready->policy, ready->subject, *outcome, {ready->language, why_not, emphasis});
    ending.status = StatusOf(*outcome, options.require_determined);
  }
  return Finish(environment, sources, sink, ending);
}

}  // namespace

const Command kEval = {"eval", "evaluate a protocol for the facts of one subject", kHelp, RunEval};

}  // namespace cordon::cli
