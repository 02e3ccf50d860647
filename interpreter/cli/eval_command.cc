// `cordon eval`: one subject's facts against one protocol. See commands.h. Tested by tests/unit/cli_test.cc.
#include <fmt/format.h>

#include <algorithm>
#include <ios>
#include <iterator>
#include <optional>
#include <utility>

#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/load.h"
#include "evaluate/evaluate.h"
#include "facts/read.h"
#include "report/json.h"
#include "report/text.h"
#include "support/text.h"

namespace cordon::cli {
namespace {

using diagnostics::Code;

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
    "  --explain             say for every rule that did not conclude why not, and how the guideline is read where it\n"
    "                        leaves room\n"
    "  --require-determined  exit with status 4 where an answer or duty is not determined\n"
    "  --expect-digest TEXT  refuse any other text of the policy, as in sha256:0123...\n\n"
    "examples:\n"
    "  cordon eval dk.cpo admission --facts docs/tutorial/patient.json\n"
    "  cordon eval dk.cpo@2018-09-04 admission --facts - --as-of 2025-03-01 --format json < patient.json\n"
    "  cordon eval policies/dk/cpo/2018-09-04 admission --facts patient.json --lang da --explain\n\n"
    "exit status: 0 done; 2 the policy is in error, or its rules contradict one another here; 3 the facts are in\n"
    "error; 4 not determined, with --require-determined; 64 wrong usage, as a FILE that is not there\n";

struct EvalOptions {
  std::string policy;
  std::string protocol;
  std::string facts;
  std::string as_of;
  std::string setting;
  std::string format = "text";
  std::string language;
  std::optional<std::string> expect_digest;
  bool explain = false;
  bool require_determined = false;
};

// Whether `text` is `sha256:` and 64 hexadecimal digits.
bool IsDigest(std::string_view text) {
  constexpr std::string_view kMark = "sha256:";
  return text.size() == kMark.size() + 64 && text.starts_with(kMark) &&
         text.find_first_not_of("0123456789abcdef", kMark.size()) == std::string_view::npos;
}

EvalOptions ReadOptions(const std::vector<std::string>& args, diagnostics::Sink& sink) {
  EvalOptions options;
  CLI::App app("", "eval");
  app.add_option("POLICY", options.policy);
  app.add_option("PROTOCOL", options.protocol);
  app.add_option("--facts", options.facts);
  app.add_option("--as-of", options.as_of);
  app.add_option("--setting", options.setting);
  app.add_option("--format", options.format);
  app.add_option("--lang", options.language);
  app.add_option("--expect-digest", options.expect_digest);
  app.add_flag("--explain", options.explain);
  app.add_flag("--require-determined", options.require_determined);
  if (!ReadArguments(app, args, sink)) return options;
  RequireOperand(options.policy, "POLICY, the policy to evaluate,", sink);
  RequireOperand(options.facts, "`--facts FILE`, the facts to evaluate it for,", sink);
  RequireChoice("--format", options.format, {"text", "json"}, sink);
  if (options.expect_digest && !IsDigest(*options.expect_digest)) {
    sink.Report(Code::kNoDigest, {},
                fmt::format("`--expect-digest` is given `{}`, which is no digest", *options.expect_digest),
                "a digest is `sha256:` and 64 of the characters 0 to 9 and a to f, as every result names it");
  }
  return options;
}

std::optional<diagnostics::SourceId> ReadFacts(const Environment& environment, const EvalOptions& options,
                                               diagnostics::Sources& sources, diagnostics::Sink& sink) {
  if (options.facts == "-") {
    try {
      return sources.Add("standard input", std::string(std::istreambuf_iterator<char>(environment.in), {}));
    } catch (const std::ios_base::failure&) {  // a folder, or closed
      sink.Report(Code::kFileUnreadable, {}, "the facts cannot be read from standard input",
                  "give the document with `< FILE`, or name it with `--facts FILE`");
      return std::nullopt;
    }
  }
  support::Result<std::string> text = environment.files.Read(options.facts);
  if (text.ok()) return sources.Add(options.facts, std::move(text).value());
  sink.Report(Code::kFileUnreadable, {},
              fmt::format("the facts `{}` cannot be read: {}", options.facts, text.failure().message),
              "`--facts` takes the path of a JSON document, or - for standard input");
  return std::nullopt;
}

std::optional<model::ProtocolId> FindProtocol(const model::Policy& policy, const std::string& name,
                                              diagnostics::Sink& sink) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < policy.protocols.size(); ++i) {
    if (policy.protocols[i].name == name) return model::ProtocolId(i);
    names.push_back(policy.protocols[i].name);
  }
  if (name.empty() && names.size() == 1) return model::ProtocolId(std::size_t{0});
  const auto nearest = support::FindNearest(name, names);
  std::vector<std::string> quoted;
  for (const std::string& known : names) quoted.push_back(fmt::format("`{}`", known));
  std::string help = names.empty() ? "it has none" : fmt::format("it has {}", support::JoinWords(quoted, "and"));
  if (name.empty() && !names.empty()) {
    sink.Report(Code::kProtocolNotNamed, {},
                fmt::format("the policy `{}` has several protocols, and none is named", policy.id), std::move(help));
    return std::nullopt;
  }
  if (nearest) help = fmt::format("did you mean `{}`?", *nearest);
  sink.Report(Code::kUnknownProtocol, {}, fmt::format("the policy `{}` has no protocol `{}`", policy.id, name),
              std::move(help));
  return std::nullopt;
}

// The language of the texts: the one asked for, which the policy must have, or the policy's first.
std::string ChooseLanguage(const model::Policy& policy, const std::string& asked, diagnostics::Sink& sink) {
  const std::vector<std::string>& known = policy.languages;
  if (asked.empty()) return known.empty() ? "" : known.front();
  if (std::find(known.begin(), known.end(), asked) == known.end()) {
    sink.Report(
        Code::kUnknownLanguage, {}, fmt::format("the policy `{}` has no texts in `{}`", policy.id, asked),
        known.empty() ? "its header gives no title" : fmt::format("it has {}", support::JoinWords(known, "and")));
  }
  return asked;
}

void RequireDigest(const model::Policy& policy, const std::optional<std::string>& expected, diagnostics::Sink& sink) {
  if (!expected || policy.digest == *expected) return;
  sink.Report(Code::kDigestDiffers, {},
              fmt::format("the digest of `{}` {} is `{}`, and `{}` was expected", policy.id, policy.version,
                          policy.digest, *expected),
              "the policy's text is another one: review what changed, then expect the new digest");
}

int StatusOf(const evaluate::Outcome& outcome, bool require_determined) {
  bool conflict = false;
  bool open = false;
  auto count = [&](evaluate::Status status) {
    conflict = conflict || status == evaluate::Status::kConflict;
    open = open || status == evaluate::Status::kUndetermined || status == evaluate::Status::kProvisional;
  };
  for (const evaluate::OutputOutcome& output : outcome.outputs) count(output.status);
  for (const evaluate::DutyOutcome& duty : outcome.duties) count(duty.status);
  if (conflict) return kExitPolicy;
  return open && require_determined ? kExitNotDetermined : kExitDone;
}

// Everything before the evaluation itself: nothing where there was a mistake.
struct Ready {
  model::Policy policy;
  model::ProtocolId protocol;
  facts::Subject subject;
  std::string language;
};
std::optional<Ready> Prepare(const Environment& environment, const EvalOptions& options, diagnostics::Sources& sources,
                             diagnostics::Sink& sink) {
  const std::optional<model::Moment> as_of = ReadMoment("--as-of", options.as_of, sink);
  if (sink.has_errors()) return std::nullopt;
  const auto document = ReadFacts(environment, options, sources, sink);
  const model::Moment today{environment.today, std::nullopt};
  std::optional<model::Moment> day = as_of;
  if (!day && document) day = facts::FindAsOf(sources, *document);
  auto policy =
      LoadPolicy(environment, {options.policy, environment.policies_root, day.value_or(today).date}, sources, sink);
  if (!policy) return std::nullopt;
  WarnNotInForce(*policy, day.value_or(today).date, sink);
  RequireDigest(*policy, options.expect_digest, sink);
  std::string language = ChooseLanguage(*policy, options.language, sink);
  const auto protocol = FindProtocol(*policy, options.protocol, sink);
  if (!document || sink.has_errors()) return std::nullopt;
  facts::Overrides overrides{as_of, std::nullopt, today};
  if (!options.setting.empty()) overrides.setting = options.setting;
  auto subject = facts::ReadDocument(*policy, sources, *document, overrides, sink);
  if (!subject || !protocol || !evaluate::CheckFeasible(*policy, *subject, sink)) return std::nullopt;
  return Ready{*std::move(policy), *protocol, *std::move(subject), std::move(language)};
}

int RunEval(const std::vector<std::string>& args, Environment& environment) {
  diagnostics::Sources sources;
  diagnostics::Sink sink;
  const EvalOptions options = ReadOptions(args, sink);
  Ending ending{{}, kExitDone, Warnings::kHide, options.format == "json"};
  const auto ready = Prepare(environment, options, sources, sink);
  if (ready) {
    const evaluate::Outcome outcome = evaluate::Evaluate(ready->policy, ready->protocol, ready->subject);
    const auto why_not = options.explain ? report::WhyNot::kInclude : report::WhyNot::kLeaveOut;
    const auto emphasis = environment.colour ? report::Emphasis::kAllowed : report::Emphasis::kNever;
    ending.results = options.format == "json"
                         ? report::Json(ready->policy, ready->subject, outcome, why_not)
                         : report::Text(ready->policy, ready->subject, outcome, {ready->language, why_not, emphasis});
    ending.status = StatusOf(outcome, options.require_determined);
  }
  return Finish(environment, sources, sink, ending);
}

}  // namespace

const Command kEval = {"eval", "evaluate a protocol for the facts of one subject", kHelp, RunEval};

}  // namespace cordon::cli
