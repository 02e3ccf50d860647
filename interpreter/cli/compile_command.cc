// `cordon compile`: a policy checked once, for many starts. See commands.h. Tested by tests/golden/compile.
#include <fmt/format.h>

#include <utility>

#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/load.h"
#include "compiled/compiled.h"

namespace cordon::cli {
namespace {

using diagnostics::Code;

constexpr std::string_view kHelp =
    "usage: cordon compile POLICY -o FILE.cordonc\n\n"
    "Checks the policy, puts it together with what it revises or adapts, and writes it to a file from which a start\n"
    "costs no parsing: `eval`, `ask` and whatever else evaluates take it in place of POLICY, and answer the same. Its\n"
    "digest is the text's. The file holds the texts that messages point into, but none of the policy's tests.\n\n"
    "  -o, --out FILE  the file to write; its name ends in .cordonc. What is there is replaced, wholly or not at all\n"
    "  --as-of DATE    the day by which a bare name's version is chosen; else today\n\n"
    "examples:\n"
    "  cordon compile dk.cpo -o cpo.cordonc\n"
    "  cordon eval cpo.cordonc admission --facts docs/tutorial/patient.json\n\n"
    "exit status: 0 done; 2 the policy is in error; 64 wrong usage, as a FILE that cannot be written\n";

struct CompileOptions {
  std::string policy;
  std::string out;
  std::string as_of;
};

CompileOptions ReadOptions(const std::vector<std::string>& args, diagnostics::Sink& sink) {
  CompileOptions options;
  CLI::App app("", "compile");
  app.add_option("POLICY", options.policy);
  app.add_option("-o,--out", options.out);
  app.add_option("--as-of", options.as_of);
  if (!ReadArguments(app, args, sink)) return options;
  RequireOperand(options.policy, "POLICY, the policy to compile,", sink);
  RequireOperand(options.out, "`-o FILE`, the file to write,", sink);
  if (!options.out.empty() && !options.out.ends_with(compiled::kSuffix)) {
    sink.Report(
        Code::kOptionValue, {}, fmt::format("`-o` is given `{}`", options.out),
        fmt::format("compiled policies are known by their names: write `{}{}`", options.out, compiled::kSuffix));
  }
  return options;
}

std::string FileName(const std::string& path) { return path.substr(path.rfind('/') + 1); }

// The files of policies by version and name, as in `dk.cpo@2018-09-04/admission.cordon`: the same wherever they lie.
compiled::SourceNames NamesOf(const compose::Composed& composed, const diagnostics::Sources& sources) {
  compiled::SourceNames names;
  for (const auto& [source, version] : composed.written_in) {
    names.emplace(source, version + "/" + FileName(sources.name(source)));
  }
  return names;
}

std::string WriteFile(const Environment& environment, const std::string& path, const std::string& bytes,
                      const model::Policy& policy, diagnostics::Sink& sink) {
  const auto failure = environment.writer == nullptr ? support::Failure{"nothing may be written here"}
                                                     : environment.writer->Write(path, bytes);
  if (!failure) {
    return fmt::format("compiled {} {} to {}\n{}\n", policy.id, policy.version, path, policy.digest);
  }
  sink.Report(Code::kFileUnwritable, {}, fmt::format("the file `{}` cannot be written: {}", path, failure->message),
              "see who may write there, and whether the disk is full");
  return {};
}

int RunCompile(const std::vector<std::string>& args, Environment& environment) {
  diagnostics::Sources sources;
  diagnostics::Sink sink;
  const CompileOptions options = ReadOptions(args, sink);
  const auto as_of = ReadMoment("--as-of", options.as_of, sink);
  Ending ending{{}, kExitDone, Warnings::kHide};
  if (sink.has_errors()) return Finish(environment, sources, sink, ending);
  const PolicyQuery query{options.policy, environment.policies_root, as_of ? as_of->date : environment.today};
  compose::Origins origins;
  if (const auto checked = LoadChecked(environment, query, sources, origins, sink)) {
    const std::string bytes = compiled::Write(checked->policy, sources, NamesOf(checked->composed, sources));
    ending.results = WriteFile(environment, options.out, bytes, checked->policy, sink);
  }
  return Finish(environment, sources, sink, ending);
}

}  // namespace

const Command kCompile = {"compile", "check a policy once, for many quick starts", kHelp, RunCompile};

}  // namespace cordon::cli
