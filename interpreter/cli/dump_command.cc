// `cordon dump`: a policy after one stage of its way through the program. See commands.h. Tested by
// tests/unit/cli_test.cc.
#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/load.h"
#include "model/print.h"
#include "support/sha256.h"
#include "syntax/print.h"

namespace cordon::cli {
namespace {

constexpr std::string_view kHelp =
    "usage: cordon dump --stage ast|model|meaning POLICY\n\n"
    "Shows a policy as the program sees it: as its syntax trees, one a file, or as its resolved and typed model. The\n"
    "digest of the model is that of the policy's meaning: layout and comments have no part in it.\n\n"
    "  --stage ast|model|meaning  which: the trees, the model, or the model's digest\n"
    "  --as-of DATE               the day by which a bare name's version is chosen; else today\n\n"
    "examples:\n"
    "  cordon dump --stage ast policies/dk/cpo/2018-09-04\n"
    "  cordon dump --stage model dk.cpo\n\n"
    "exit status: 0 done; 2 the policy is in error; 64 wrong usage\n";

struct DumpOptions {
  std::string policy;
  std::string stage;
  std::string as_of;
};

int RunDump(const std::vector<std::string>& args, Environment& environment) {
  diagnostics::Sources sources;
  diagnostics::Sink sink;
  DumpOptions options;
  CLI::App app("", "dump");
  app.add_option("POLICY", options.policy);
  app.add_option("--stage", options.stage);
  app.add_option("--as-of", options.as_of);
  if (ReadArguments(app, args, sink)) {
    RequireOperand(options.policy, "POLICY, the policy to show,", sink);
    RequireOperand(options.stage, "`--stage ast`, `--stage model` or `--stage meaning`", sink);
  }
  if (!options.stage.empty()) RequireChoice("--stage", options.stage, {"ast", "model", "meaning"}, sink);
  const auto as_of = ReadMoment("--as-of", options.as_of, sink);
  Ending ending{{}, kExitDone, Warnings::kHide};
  if (sink.has_errors()) return Finish(environment, sources, sink, ending);
  const PolicyQuery query{options.policy, environment.policies_root, as_of ? as_of->date : environment.today};
  if (options.stage == "ast") {
    if (const auto files = LoadWritten(environment, query, sources, sink)) {
      for (const syntax::File& file : *files) ending.results += syntax::Print(file);
    }
  } else if (const auto policy = LoadPolicyText(environment, query, sources, sink)) {
    ending.results = model::Print(*policy);
    if (options.stage == "meaning") ending.results = "sha256:" + support::Sha256(ending.results) + "\n";
  }
  return Finish(environment, sources, sink, ending);
}

}  // namespace

const Command kDump = {"dump", "show a policy as the program sees it", kHelp, RunDump};

}  // namespace cordon::cli
