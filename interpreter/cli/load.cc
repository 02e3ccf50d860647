// Reads and checks policies; see load.h. Tested by tests/unit/cli_test.cc.
#include "cli/load.h"

#include <fmt/format.h>

#include <utility>

#include "compiled/compiled.h"
#include "compose/trace.h"

namespace cordon::cli {

std::optional<Loaded> LoadComposed(const Environment& environment, const PolicyQuery& query,
                                   diagnostics::Sources& sources, compose::Origins& origins, diagnostics::Sink& sink) {
  compose::Desk desk{sources, origins, sink};
  return ChainLoader(environment, query, desk).Load();
}

std::optional<std::vector<syntax::File>> LoadWritten(const Environment& environment, const PolicyQuery& query,
                                                     diagnostics::Sources& sources, diagnostics::Sink& sink) {
  compose::Origins origins;
  compose::Desk desk{sources, origins, sink};
  return ChainLoader(environment, query, desk).LoadWritten();
}

std::optional<CheckedPolicy> LoadChecked(const Environment& environment, const PolicyQuery& query,
                                         diagnostics::Sources& sources, compose::Origins& origins,
                                         diagnostics::Sink& sink, check::References* references) {
  std::optional<Loaded> loaded = LoadComposed(environment, query, sources, origins, sink);
  if (!loaded) return std::nullopt;
  diagnostics::Sink found;
  std::optional<model::Policy> policy = check::Check(sources, loaded->unit, found, references);
  compose::Desk desk{sources, origins, sink};
  compose::Forward(desk, loaded->composed, found);
  if (!policy) return std::nullopt;
  compose::Complete(origins, loaded->composed, *policy);
  return CheckedPolicy{std::move(loaded->composed), *std::move(policy)};
}

std::optional<model::Policy> LoadPolicyText(const Environment& environment, const PolicyQuery& query,
                                            diagnostics::Sources& sources, diagnostics::Sink& sink) {
  compose::Origins origins;
  std::optional<CheckedPolicy> checked = LoadChecked(environment, query, sources, origins, sink);
  if (!checked) return std::nullopt;
  return std::move(checked->policy);
}

std::optional<model::Policy> LoadPolicy(const Environment& environment, const PolicyQuery& query,
                                        diagnostics::Sources& sources, diagnostics::Sink& sink) {
  if (!query.policy.ends_with(compiled::kSuffix)) return LoadPolicyText(environment, query, sources, sink);
  const bool is_folder = environment.files.IsFolder(query.policy);
  const support::Result<std::string> bytes =
      is_folder ? support::Failure{"it is a folder"} : environment.files.Read(query.policy);
  if (bytes.ok()) return compiled::Read(bytes.value(), query.policy, sources, sink);
  sink.Report(diagnostics::Code::kFileUnreadable, {},
              fmt::format("the compiled policy `{}` cannot be read: {}", query.policy, bytes.failure().message),
              "give the path of a file that `cordon compile` wrote, or a policy's name such as `dk.cpo`");
  return std::nullopt;
}

namespace {

// A variation is no longer of the text that it varies where that has been followed by another.
void WarnOfBase(const model::Policy& policy, const calendar::Date& day, diagnostics::Sink& sink) {
  for (const model::BaseVersion& base : policy.bases) {
    if (base.id == policy.id) continue;
    if (!base.until || !(*base.until < day)) return;
    sink.Report(
        diagnostics::Code::kNotInForce, {},
        fmt::format("`{}` {} stands upon `{}` {}, which was in force until {}", policy.id, policy.version, base.id,
                    base.version, calendar::Format(*base.until)),
        fmt::format("what followed it has no part in the answer: `cordon list` shows the versions of `{}`", base.id));
    return;
  }
}

}  // namespace

void WarnNotInForce(const model::Policy& policy, const calendar::Date& day, diagnostics::Sink& sink) {
  WarnOfBase(policy, day, sink);
  if (!policy.in_force) return;
  const bool before = day < policy.in_force->from;
  const bool after = policy.in_force->until && *policy.in_force->until < day;
  if (!before && !after) return;
  const std::string since = calendar::Format(policy.in_force->from);
  sink.Report(diagnostics::Code::kNotInForce, {},
              fmt::format("`{}` {} is not in force on {}: {}", policy.id, policy.version, calendar::Format(day),
                          before ? "it comes into force on " + since
                                 : "it was in force until " + calendar::Format(*policy.in_force->until)),
              "`--as-of` gives another day; the name alone picks the version of the day");
}

}  // namespace cordon::cli
