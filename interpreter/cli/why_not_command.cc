// `cordon why-not`: what would have to be otherwise for another answer. See commands.h. Tested by tests/golden/why_not.
#include <fmt/format.h>

#include <algorithm>

#include "analyse/why_not.h"
#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/prepare.h"
#include "report/facts_json.h"
#include "report/why_not_json.h"
#include "report/why_not_text.h"
#include "support/text.h"

namespace cordon::cli {
namespace {

using diagnostics::Code;

constexpr std::string_view kHelp =
    "usage: cordon why-not POLICY [PROTOCOL] --facts FILE --want ANSWER...\n\n"
    "Finds the smallest changes of one subject's facts that lead to the wanted answer, or proves that none do. Facts\n"
    "that are not known may turn out to be anything. Of those that are known as few as can be are changed, to values\n"
    "as near as can be; a record that is added or taken away is one change.\n\n"
    "  --want ANSWER       what is wanted of an output, as in screen=yes, placement=bay, screen='not covered' or\n"
    "                      screen=judgement; or of a duty, as in \"ward: isolate\"=none or \"ward: isolate\"=must.\n"
    "                      Several times: all of it together\n"
    "  --facts FILE        the facts, a JSON document; - reads standard input\n"
    "  --keep FACT         this fact must stay as it is given; several times for several facts\n"
    "  --free as_of|setting  the day, or the care setting, may be another one too; else they stay\n"
    "  --as-of DATE        the day, or minute, for which to answer; else the document's, else today\n"
    "  --setting SETTING   the care setting, as in hospital.inpatient; else the document's\n"
    "  --format text|json  for people (the default) or for programs, with the changed facts as a document\n"
    "  --lang LANGUAGE     of the policy's texts, as in da; else the policy's first\n"
    "  --expect-digest TEXT  refuse any other text of the policy\n"
    "  --effort NUMBER     how much each query may cost, in millions of the solver's steps; else 100\n\n"
    "examples:\n"
    "  cordon why-not dk.cpo@2018-09-04 admission --facts docs/tutorial/patient.json --want screen=no\n"
    "  cordon why-not dk.cpo admission --facts patient.json --want screen=no --keep hospital_stays --format json\n"
    "  cordon why-not dk.cpo admission --facts patient.json --want screen=no --free as_of\n\n"
    "exit status: 0 found, or so already; 1 proved to be impossible; 2 the policy is in error; 3 the facts are in\n"
    "error; 5 the solver gave up; 64 wrong usage\n";

struct WhyNotOptions {
  Wanted wanted;
  std::vector<std::string> answers;
  std::vector<std::string> keep;
  std::vector<std::string> free;
  std::string format = "text";
  std::string effort;
};

constexpr std::size_t kMostMillions = 4000;  // what the solver can count

WhyNotOptions ReadOptions(const std::vector<std::string>& args, diagnostics::Sink& sink) {
  WhyNotOptions options;
  CLI::App app("", "why-not");
  AddWanted(app, options.wanted);
  app.add_option("--want", options.answers)->allow_extra_args(false);
  app.add_option("--keep", options.keep)->allow_extra_args(false);
  app.add_option("--free", options.free)->allow_extra_args(false);
  app.add_option("--format", options.format);
  app.add_option("--effort", options.effort);
  if (!ReadArguments(app, args, sink)) return options;
  RequireOperand(options.wanted.policy, "POLICY, the policy to evaluate,", sink);
  RequireOperand(options.wanted.facts, "`--facts FILE`, the facts to start from,", sink);
  RequireOperand(options.answers.empty() ? "" : options.answers[0], "`--want ANSWER`, what is wanted,", sink);
  RequireChoice("--format", options.format, {"text", "json"}, sink);
  for (const std::string& free : options.free) RequireChoice("--free", free, {"as_of", "setting"}, sink);
  const bool digits = options.effort.size() <= 4 && options.effort.find_first_not_of("0123456789") == std::string::npos;
  if (!options.effort.empty() &&
      (!digits || std::stoul(options.effort) == 0 || std::stoul(options.effort) > kMostMillions)) {
    sink.Report(Code::kOptionValue, {}, fmt::format("`--effort` is given `{}`", options.effort),
                fmt::format("it takes a number from 1 to {}", kMostMillions));
  }
  return options;
}

// Reports E0869 for each fact to keep that there is none of.
void CheckKept(const model::Policy& policy, const std::vector<std::string>& keep, diagnostics::Sink& sink) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < policy.facts.size(); ++i) {
    if (i != policy.setting.index) names.push_back(policy.facts[i].name);
  }
  for (const std::string& kept : keep) {
    if (std::find(names.begin(), names.end(), kept) != names.end()) continue;
    const auto nearest = support::FindNearest(kept, names);
    const std::string help = kept == "as_of" || kept == "setting" ? "that stays anyway, unless `--free` names it"
                             : nearest                            ? fmt::format("did you mean `{}`?", *nearest)
                                       : "name a fact as the policy declares it, as in `hospital_stays`";
    sink.Report(Code::kKeptFact, {}, fmt::format("the policy `{}` has no fact `{}` to keep", policy.id, kept), help);
  }
}

int StatusOf(analyse::WhyNotResult result) {
  switch (result) {
    case analyse::WhyNotResult::kAlready:
    case analyse::WhyNotResult::kFound:
      return kExitDone;
    case analyse::WhyNotResult::kImpossible:
      return kExitNo;
    case analyse::WhyNotResult::kUndecided:
      return kExitUndecided;
  }
  return kExitFault;
}

std::optional<analyse::WhyNot> Find(const Ready& ready, const WhyNotOptions& options, diagnostics::Sink& sink) {
  CheckKept(ready.policy, options.keep, sink);
  analyse::Freedom freedom;
  freedom.keep = options.keep;
  for (const std::string& free : options.free) (free == "as_of" ? freedom.as_of : freedom.setting) = true;
  analyse::WhyNotQuestion question{ready.policy, ready.protocol, ready.subject, options.answers, freedom, {}};
  question.document = [](const model::Policy& policy, const facts::Subject& subject) {
    return report::FactsJson(policy, subject);
  };
  if (!options.effort.empty()) question.effort = std::stoull(options.effort) * 1'000'000;
  return analyse::FindWays(question, sink);
}

int RunWhyNot(const std::vector<std::string>& args, Environment& environment) {
  diagnostics::Sources sources;
  diagnostics::Sink sink;
  const WhyNotOptions options = ReadOptions(args, sink);
  Ending ending{{}, kExitDone, Warnings::kHide, options.format == "json"};
  std::optional<Ready> ready;
  if (!sink.has_errors()) ready = Prepare(environment, options.wanted, sources, sink);
  const auto why_not = ready ? Find(*ready, options, sink) : std::nullopt;
  if (why_not) {
    ending.results =
        options.format == "json" ? report::WhyNotJson(*why_not) : report::WhyNotText(*why_not, ready->language);
    ending.status = StatusOf(why_not->result);
  }
  return Finish(environment, sources, sink, ending);
}

}  // namespace

const Command kWhyNot = {"why-not", "find what would have to be otherwise for another answer", kHelp, RunWhyNot};

}  // namespace cordon::cli
