// Reads everything that an evaluation needs; see prepare.h. Tested by tests/unit/cli_test.cc.
#include "cli/prepare.h"

#include <fmt/format.h>

#include <algorithm>
#include <ios>
#include <iterator>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/load.h"
#include "evaluate/evaluate.h"
#include "facts/read.h"
#include "support/text.h"

namespace cordon::cli {
namespace {

using diagnostics::Code;

std::optional<diagnostics::SourceId> ReadFacts(const Environment& environment, const Wanted& wanted,
                                               diagnostics::Sources& sources, diagnostics::Sink& sink) {
  if (wanted.facts.empty()) return sources.Add("no facts", "{}");
  if (wanted.facts == "-") {
    try {
      return sources.Add("standard input", std::string(std::istreambuf_iterator<char>(environment.in), {}));
    } catch (const std::ios_base::failure&) {  // a folder, or closed
      sink.Report(Code::kFileUnreadable, {}, "the facts cannot be read from standard input",
                  "give the document with `< FILE`, or name it with `--facts FILE`");
      return std::nullopt;
    }
  }
  support::Result<std::string> text = environment.files.Read(wanted.facts);
  if (text.ok()) return sources.Add(wanted.facts, std::move(text).value());
  sink.Report(Code::kFileUnreadable, {},
              fmt::format("the facts `{}` cannot be read: {}", wanted.facts, text.failure().message),
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

// Whether `text` is `sha256:` and 64 hexadecimal digits.
bool IsDigest(std::string_view text) {
  constexpr std::string_view kMark = "sha256:";
  return text.size() == kMark.size() + 64 && text.starts_with(kMark) &&
         text.find_first_not_of("0123456789abcdef", kMark.size()) == std::string_view::npos;
}

void RequireDigest(const model::Policy& policy, const std::optional<std::string>& expected, diagnostics::Sink& sink) {
  if (!expected || policy.digest == *expected) return;
  sink.Report(Code::kDigestDiffers, {},
              fmt::format("the digest of `{}` {} is `{}`, and `{}` was expected", policy.id, policy.version,
                          policy.digest, *expected),
              "the policy's text is another one: review what changed, then expect the new digest");
}

}  // namespace

void AddWanted(CLI::App& app, Wanted& wanted) {
  app.add_option("POLICY", wanted.policy);
  app.add_option("PROTOCOL", wanted.protocol);
  app.add_option("--facts", wanted.facts);
  app.add_option("--as-of", wanted.as_of);
  app.add_option("--setting", wanted.setting);
  app.add_option("--lang", wanted.language);
  app.add_option("--expect-digest", wanted.expect_digest);
}

bool CheckDigestOption(const Wanted& wanted, diagnostics::Sink& sink) {
  if (!wanted.expect_digest || IsDigest(*wanted.expect_digest)) return true;
  sink.Report(Code::kNoDigest, {},
              fmt::format("`--expect-digest` is given `{}`, which is no digest", *wanted.expect_digest),
              "a digest is `sha256:` and 64 of the characters 0 to 9 and a to f, as every result names it");
  return false;
}

std::optional<ReadyPolicy> PreparePolicy(const Environment& environment, const Wanted& wanted,
                                         const calendar::Date& day, diagnostics::Sources& sources,
                                         diagnostics::Sink& sink) {
  auto policy = LoadPolicy(environment, {wanted.policy, environment.policies_root, day}, sources, sink);
  if (!policy) return std::nullopt;
  WarnNotInForce(*policy, day, sink);
  RequireDigest(*policy, wanted.expect_digest, sink);
  std::string language = ChooseLanguage(*policy, wanted.language, sink);
  const auto protocol = FindProtocol(*policy, wanted.protocol, sink);
  if (!protocol || sink.has_errors()) return std::nullopt;
  return ReadyPolicy{*std::move(policy), *protocol, std::move(language)};
}

std::optional<Ready> Prepare(const Environment& environment, const Wanted& wanted, diagnostics::Sources& sources,
                             diagnostics::Sink& sink) {
  const std::optional<model::Moment> as_of = ReadMoment("--as-of", wanted.as_of, sink);
  if (!CheckDigestOption(wanted, sink) || sink.has_errors()) return std::nullopt;
  const auto document = ReadFacts(environment, wanted, sources, sink);
  const model::Moment today{environment.today, std::nullopt};
  std::optional<model::Moment> day = as_of;
  if (!day && document) day = facts::FindAsOf(sources, *document);
  auto ready = PreparePolicy(environment, wanted, day.value_or(today).date, sources, sink);
  if (!ready || !document) return std::nullopt;
  facts::Overrides overrides{as_of, std::nullopt, today};
  if (!wanted.setting.empty()) overrides.setting = wanted.setting;
  auto subject = facts::ReadDocument(ready->policy, sources, *document, overrides, sink);
  if (!subject || !evaluate::CheckFeasible(ready->policy, *subject, sink)) return std::nullopt;
  return Ready{std::move(ready->policy), ready->protocol, *std::move(subject), std::move(ready->language)};
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

}  // namespace cordon::cli
