// `cordon interpretations`: what a policy reads into its guideline, for review. See commands.h. Tested by
// tests/golden/usage/interpretations.golden.
#include <fmt/format.h>

#include <algorithm>

#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/load.h"
#include "report/interpretations.h"
#include "support/text.h"

namespace cordon::cli {
namespace {

using diagnostics::Code;

constexpr std::string_view kHelp =
    "usage: cordon interpretations POLICY\n\n"
    "Shows what the policy reads into its guideline, for review: each interpretation with the readings that were not\n"
    "chosen, who would have to settle it, every place where it stands, and the outputs and duties that can change "
    "with\n"
    "it; then each decision that is left to somebody. Nothing is evaluated.\n\n"
    "  --id ID,ID                    of these interpretations only, and no judgements\n"
    "  --format text|markdown|json   for people (the default), for a page to send round, or for programs\n"
    "  --as-of DATE                  the day by which a bare name's version is chosen; else today\n\n"
    "examples:\n"
    "  cordon interpretations dk.cpo\n"
    "  cordon interpretations dk.cpo --id A04,A26\n"
    "  cordon interpretations dk.cpo --format markdown > questions.md\n\n"
    "exit status: 0 done; 2 the policy is in error; 64 wrong usage\n";

struct InterpretationsOptions {
  std::string policy;
  std::string ids;
  std::string format = "text";
  std::string as_of;
};

// The names between commas, blanks beside them left out.
std::vector<std::string> NamesIn(const std::string& list) {
  std::vector<std::string> names;
  for (std::size_t begin = 0; begin <= list.size();) {
    const std::size_t end = std::min(list.find(',', begin), list.size());
    const std::string part = list.substr(begin, end - begin);
    const std::size_t first = part.find_first_not_of(' ');
    if (first != std::string::npos) names.push_back(part.substr(first, part.find_last_not_of(' ') - first + 1));
    begin = end + 1;
  }
  return names;
}

// Keeps the interpretations that are asked for, if any are; then no judgements.
void KeepIds(const model::Policy& policy, const std::string& list, report::Review& review, diagnostics::Sink& sink) {
  const std::vector<std::string> ids = NamesIn(list);
  if (ids.empty()) return;
  std::vector<std::string> known;
  for (const report::InterpretationReview& one : review.interpretations) {
    known.push_back(policy.interpretations[one.id.index].id);
  }
  known.erase(std::unique(known.begin(), known.end()), known.end());
  for (const std::string& id : ids) {
    if (std::find(known.begin(), known.end(), id) != known.end()) continue;
    const auto nearest = support::FindNearest(id, known);
    sink.Report(Code::kOptionValue, {}, fmt::format("`--id` is given `{}`, and there is no such interpretation", id),
                known.empty() ? "the policy has none"
                : nearest     ? fmt::format("did you mean `{}`?", *nearest)
                              : "it has " + support::JoinWords(known, "and"));
  }
  std::erase_if(review.interpretations, [&](const report::InterpretationReview& one) {
    return std::find(ids.begin(), ids.end(), policy.interpretations[one.id.index].id) == ids.end();
  });
  review.judgements.clear();
  review.whole = false;
}

std::string Show(const model::Policy& policy, const InterpretationsOptions& options,
                 const diagnostics::Sources& sources, diagnostics::Sink& sink) {
  report::Review review = report::ReviewOf(policy);
  KeepIds(policy, options.ids, review, sink);
  if (options.format == "json") return report::ReviewJson(policy, review, sources);
  return options.format == "markdown" ? report::ReviewMarkdown(policy, review) : report::ReviewText(policy, review);
}

int RunInterpretations(const std::vector<std::string>& args, Environment& environment) {
  diagnostics::Sources sources;
  diagnostics::Sink sink;
  InterpretationsOptions options;
  CLI::App app("", "interpretations");
  app.add_option("POLICY", options.policy);
  app.add_option("--id", options.ids);
  app.add_option("--format", options.format);
  app.add_option("--as-of", options.as_of);
  if (ReadArguments(app, args, sink)) RequireOperand(options.policy, "POLICY, the policy to review,", sink);
  RequireChoice("--format", options.format, {"text", "markdown", "json"}, sink);
  const auto as_of = ReadMoment("--as-of", options.as_of, sink);
  Ending ending{{}, kExitDone, Warnings::kHide};
  if (sink.has_errors()) return Finish(environment, sources, sink, ending);
  const PolicyQuery query{options.policy, environment.policies_root, as_of ? as_of->date : environment.today};
  if (const auto policy = LoadPolicy(environment, query, sources, sink)) {
    ending.results = Show(*policy, options, sources, sink);
  }
  return Finish(environment, sources, sink, ending);
}

}  // namespace

const Command kInterpretations = {"interpretations", "show what a policy reads into its guideline, for review", kHelp,
                                  RunInterpretations};

}  // namespace cordon::cli
