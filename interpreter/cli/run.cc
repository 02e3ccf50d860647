// Chooses the command; see run.h. Tested by tests/unit/cli_test.cc.
#include "cli/run.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

#include "cli/commands.h"
#include "compiled/compiled.h"
#include "support/text.h"

namespace cordon::cli {
namespace {

using diagnostics::Code;

std::span<const Command* const> Commands() {
  static const std::array kCommands = {
      &kEval, &kBatch,           &kAsk,        &kCheck,       &kTest, &kFmt,     &kNew,  &kDiff,   &kWhyNot,
      &kDeps, &kInterpretations, &kStatements, &kShowVersion, &kList, &kCompile, &kDump, &kExplain};
  return kCommands;
}

std::string ProgramHelp() {
  std::string text =
      "cordon: evaluates infection-prevention guidelines that are written as policies.\n\n"
      "usage: cordon COMMAND ...\n\n";
  for (const Command* command : Commands()) text += fmt::format("  {:<17}{}\n", command->name, command->summary);
  return text +
         "\n"
         "  --version  the version of the program and of the language\n"
         "  --help     this text; after a command, its options and examples, as also `cordon help COMMAND`\n\n"
         "examples:\n"
         "  cordon eval dk.cpo admission --facts docs/tutorial/patient.json\n"
         "  cordon test dk.cpo\n"
         "  cordon check policies/dk/cpo/2018-09-04\n\n"
         "A policy is a folder of .cordon files, one such file, a name (dk.cpo) or a name with a version\n"
         "(dk.cpo@2018-09-04). Names are looked up in the folder that the environment variable CORDON_POLICIES\n"
         "names. Where a policy is only evaluated, a file that `cordon compile` wrote will do.\n";
}

int Refuse(Environment& environment, Code code, std::string message, std::string help) {
  diagnostics::Sink sink;
  sink.Report(code, {}, std::move(message), std::move(help));
  return Finish(environment, diagnostics::Sources(), sink, {{}, kExitUsage, Warnings::kHide});
}

int Show(Environment& environment, std::string text) {
  return Finish(environment, diagnostics::Sources(), diagnostics::Sink(),
                {std::move(text), kExitDone, Warnings::kHide});
}

bool IsHelp(const std::string& arg) { return arg == "--help" || arg == "-h"; }

int RefuseCommand(Environment& environment, const std::string& name) {
  std::vector<std::string> names = {"--help", "--version"};
  for (const Command* command : Commands()) names.emplace_back(command->name);
  const auto nearest = support::FindNearest(name, names);
  return Refuse(environment, Code::kUnknownCommand, fmt::format("there is no command `{}`", name),
                nearest ? fmt::format("did you mean `{}`?", *nearest) : "`cordon --help` lists the commands");
}

// `cordon help`, `cordon help COMMAND`.
int RunHelp(const std::vector<std::string>& args, Environment& environment) {
  if (args.empty() || IsHelp(args.front())) return Show(environment, ProgramHelp());
  for (const Command* command : Commands()) {
    if (command->name == args.front()) return Show(environment, std::string(command->help));
  }
  return RefuseCommand(environment, args.front());
}

}  // namespace

int Run(const std::vector<std::string>& args, Environment& environment) {
  if (args.empty())
    return Refuse(environment, Code::kNoCommand, "no command is given", "`cordon --help` lists the commands");
  const std::string& name = args.front();
  if (IsHelp(name)) return Show(environment, ProgramHelp());
  if (name == "--version")
    return Show(environment, fmt::format("cordon {} (language {})\n", CORDON_VERSION, compiled::kLanguage));
  const std::vector<std::string> rest(args.begin() + 1, args.end());
  if (name == "help") return RunHelp(rest, environment);
  for (const Command* command : Commands()) {
    if (command->name != name) continue;
    if (std::any_of(rest.begin(), rest.end(), IsHelp)) return Show(environment, std::string(command->help));
    return command->run(rest, environment);
  }
  return RefuseCommand(environment, name);
}

}  // namespace cordon::cli
