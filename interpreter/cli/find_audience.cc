// Looks a role up; see find_audience.h. Tested by tests/golden/eval/audience_usage.golden.
#include "cli/find_audience.h"

#include <fmt/format.h>

#include <set>
#include <vector>

#include "support/text.h"

namespace cordon::cli {
namespace {

using diagnostics::Code;

// The roles to which the protocol releases something, each in backquotes.
std::vector<std::string> RolesThatHear(const model::Policy& policy, model::ProtocolId protocol) {
  std::set<std::string> names;
  for (const model::ReleaseId id : policy.protocols[protocol.index].releases) {
    for (const model::RoleId role : policy.releases[id.index].to) {
      names.insert(fmt::format("`{}`", policy.roles[role.index].name));
    }
  }
  return {names.begin(), names.end()};
}

std::string WhoHears(const model::Policy& policy, model::ProtocolId protocol) {
  const std::string& name = policy.protocols[protocol.index].name;
  const std::vector<std::string> hear = RolesThatHear(policy, protocol);
  if (hear.empty()) return fmt::format("`{}` releases nothing to anybody", name);
  return fmt::format("`{}` has releases to {}", name, support::JoinWords(hear, "and"));
}

}  // namespace

std::optional<evaluate::Audience> FindAudience(const model::Policy& policy, model::ProtocolId protocol,
                                               const std::string& role, diagnostics::Sink& sink) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < policy.roles.size(); ++i) {
    names.push_back(policy.roles[i].name);
    if (names.back() != role) continue;
    evaluate::Audience audience = evaluate::AudienceOf(policy, protocol, model::RoleId(i));
    if (!audience.hears_nothing()) return audience;
    sink.Report(Code::kNothingForAudience, {},
                fmt::format("nothing of `{}` may be heard by `{}`, whatever the facts",
                            policy.protocols[protocol.index].name, role),
                fmt::format("all of it hangs on facts that are confidential to others, and no `release` names `{}`; {}",
                            role, WhoHears(policy, protocol)));
    return std::nullopt;
  }
  const auto nearest = support::FindNearest(role, names);
  sink.Report(Code::kUnknownAudience, {}, fmt::format("the policy `{}` has no role `{}`", policy.id, role),
              nearest ? fmt::format("did you mean `{}`?", *nearest) : WhoHears(policy, protocol));
  return std::nullopt;
}

}  // namespace cordon::cli
