// `cordon deps`: what the outputs and duties of a policy hang on. See commands.h. Tested by
// tests/golden/usage/deps.golden.
#include <fmt/format.h>

#include <algorithm>

#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/load.h"
#include "report/dependencies.h"
#include "support/text.h"

namespace cordon::cli {
namespace {

using diagnostics::Code;

constexpr std::string_view kHelp =
    "usage: cordon deps POLICY [PROTOCOL]\n\n"
    "Shows which facts each output and duty hangs on, where each fact comes from (asked, recorded, assumed, a "
    "decision;\n"
    "confidential to whom), and the rules and definitions by which it does. Nothing is evaluated.\n\n"
    "  --output NAME           of one output only: `screen`, or `admission.screen`\n"
    "  --fact NAME             the other way: the outputs and duties that hang on this fact\n"
    "  --format text|json|dot  for people (the default), for programs, or a graph for Graphviz\n"
    "  --as-of DATE            the day by which a bare name's version is chosen; else today\n\n"
    "examples:\n"
    "  cordon deps dk.cpo admission --output screen\n"
    "  cordon deps dk.cpo --fact cpo_tests\n"
    "  cordon deps dk.cpo --format dot | dot -Tsvg > dk.cpo.svg\n\n"
    "exit status: 0 done; 2 the policy is in error; 64 wrong usage\n";

struct DepsOptions {
  std::string policy;
  std::string protocol;
  std::string output;
  std::string fact;
  std::string format = "text";
  std::string as_of;
};

void ReportUnknown(diagnostics::Sink& sink, Code code, const std::string& message, const std::string& name,
                   const std::vector<std::string>& known) {
  const auto nearest = support::FindNearest(name, known);
  std::string help =
      nearest ? fmt::format("did you mean `{}`?", *nearest) : "it has " + support::JoinWords(known, "and");
  if (known.empty()) help = "it has none";
  sink.Report(code, {}, message, std::move(help));
}

// The protocols that are asked about.
std::vector<model::ProtocolId> ChosenProtocols(const model::Policy& policy, const DepsOptions& options,
                                               diagnostics::Sink& sink) {
  std::vector<model::ProtocolId> chosen;
  std::vector<std::string> known;
  for (std::size_t i = 0; i < policy.protocols.size(); ++i) {
    known.push_back(policy.protocols[i].name);
    if (options.protocol.empty() || options.protocol == known.back()) chosen.emplace_back(i);
  }
  if (chosen.empty() && !options.protocol.empty()) {
    ReportUnknown(sink, Code::kUnknownProtocol,
                  fmt::format("the policy `{}` has no protocol `{}`", policy.id, options.protocol), options.protocol,
                  known);
  }
  return chosen;
}

// Keeps what is about the output that is asked for, if one is.
void KeepOutput(const model::Policy& policy, const std::string& wanted, std::vector<model::Dependencies>& all,
                diagnostics::Sink& sink) {
  if (wanted.empty()) return;
  std::vector<std::string> known;
  std::erase_if(all, [&](const model::Dependencies& one) {
    if (!one.output.valid()) return true;
    const std::string& name = policy.outputs[one.output.index].name;
    known.push_back(name);
    return wanted != name && wanted != policy.protocols[one.protocol.index].name + "." + name;
  });
  if (!all.empty()) return;
  ReportUnknown(sink, Code::kOptionValue, fmt::format("`--output` is given `{}`, and there is no such output", wanted),
                wanted, known);
}

// Keeps what hangs on the fact that is asked for, if one is; returns it.
model::FactId KeepFact(const model::Policy& policy, const std::string& wanted, std::vector<model::Dependencies>& all,
                       diagnostics::Sink& sink) {
  if (wanted.empty()) return {};
  std::vector<std::string> known;
  for (std::size_t i = 0; i < policy.facts.size(); ++i) {
    known.push_back(policy.facts[i].name);
    if (known.back() != wanted) continue;
    for (model::Dependencies& one : all) {
      std::erase_if(one.facts, [&](const model::FactUse& use) { return use.fact != model::FactId(i); });
    }
    std::erase_if(all, [](const model::Dependencies& one) { return one.facts.empty(); });
    return model::FactId(i);
  }
  ReportUnknown(sink, Code::kOptionValue, fmt::format("`--fact` is given `{}`, and there is no such fact", wanted),
                wanted, known);
  return {};
}

std::string Show(const model::Policy& policy, const DepsOptions& options, diagnostics::Sink& sink) {
  std::vector<model::Dependencies> all;
  for (const model::ProtocolId protocol : ChosenProtocols(policy, options, sink)) {
    std::vector<model::Dependencies> found = model::FindDependencies(policy, protocol);
    std::move(found.begin(), found.end(), std::back_inserter(all));
  }
  if (sink.has_errors()) return {};
  KeepOutput(policy, options.output, all, sink);
  const model::FactId fact = KeepFact(policy, options.fact, all, sink);
  if (options.format == "json") return report::DependenciesJson(policy, all);
  if (options.format == "dot") return report::DependenciesDot(policy, all);
  return fact.valid() ? report::FactText(policy, all, fact) : report::DependenciesText(policy, all);
}

int RunDeps(const std::vector<std::string>& args, Environment& environment) {
  diagnostics::Sources sources;
  diagnostics::Sink sink;
  DepsOptions options;
  CLI::App app("", "deps");
  app.add_option("POLICY", options.policy);
  app.add_option("PROTOCOL", options.protocol);
  app.add_option("--output", options.output);
  app.add_option("--fact", options.fact);
  app.add_option("--format", options.format);
  app.add_option("--as-of", options.as_of);
  if (ReadArguments(app, args, sink)) RequireOperand(options.policy, "POLICY, the policy to show,", sink);
  RequireChoice("--format", options.format, {"text", "json", "dot"}, sink);
  const auto as_of = ReadMoment("--as-of", options.as_of, sink);
  Ending ending{{}, kExitDone, Warnings::kHide};
  if (sink.has_errors()) return Finish(environment, sources, sink, ending);
  const PolicyQuery query{options.policy, environment.policies_root, as_of ? as_of->date : environment.today};
  if (const auto policy = LoadPolicy(environment, query, sources, sink)) ending.results = Show(*policy, options, sink);
  return Finish(environment, sources, sink, ending);
}

}  // namespace

const Command kDeps = {"deps", "show what outputs and duties hang on", kHelp, RunDeps};

}  // namespace cordon::cli
