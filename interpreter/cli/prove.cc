// Proves for `cordon check --prove`; see prove.h.
#include "cli/prove.h"

#include <algorithm>

#include "analyse/prove.h"
#include "cli/arguments.h"
#include "cli/commands.h"
#include "report/facts_json.h"
#include "report/prove_text.h"

namespace cordon::cli {

namespace {

using diagnostics::Code;

// What the lints suspect and the proofs decide.
bool IsDecided(Code code) {
  return code == Code::kTableGap || code == Code::kTableOverlap || code == Code::kOutvotedException ||
         code == Code::kMayConflict;
}

std::string Folded(std::string_view text) {
  std::string folded;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!blank) folded += c;
    if (blank && !folded.empty() && folded.back() != ' ') folded += ' ';
  }
  while (!folded.empty() && folded.back() == ' ') folded.pop_back();
  return folded;
}

// The version that a local one adapts, where its text is there.
std::optional<model::Policy> LoadBase(const Environment& environment, const ProveQuery& query,
                                      const model::Policy& policy, diagnostics::Sources& sources) {
  if (policy.claims.empty()) return std::nullopt;
  for (const model::BaseVersion& base : policy.bases) {
    if (base.id == policy.id) continue;
    if (!base.text_unavailable.empty()) return std::nullopt;
    diagnostics::Sink ignored;  // it was checked when the local version was composed
    PolicyQuery wanted = query.policy;
    wanted.policy = base.id + "@" + base.version;
    return LoadPolicy(environment, wanted, sources, ignored);
  }
  return std::nullopt;
}

}  // namespace

std::string ProvePolicy(const Environment& environment, const ProveQuery& query, const model::Policy& policy,
                        diagnostics::Sources& sources, diagnostics::Sink& sink, int& status) {
  const std::optional<model::Policy> base = LoadBase(environment, query, policy, sources);
  analyse::ProveOptions options;
  options.text_at = [&](const diagnostics::Span& span) {
    return span.valid() ? Folded(sources.text(span)) : std::string();
  };
  options.document = [](const model::Policy& own, const facts::Subject& subject) {
    return report::FactsJson(own, subject);
  };
  if (!query.effort.empty()) options.effort = std::stoull(query.effort) * 1'000'000;
  options.base = base ? &*base : nullptr;
  diagnostics::Sink kept;
  for (const diagnostics::Diagnostic& d : sink.diagnostics()) {
    if (d.code == Code::kHiddenRow) options.told.push_back(d.span);
    if (d.code == Code::kTableGap) options.gaps.push_back(d);
    if (!IsDecided(d.code)) kept.Report(d.code, d.span, d.message, d.help, d.notes);
  }
  const analyse::Proof proof = analyse::Prove(policy, options);
  for (const analyse::Finding& finding : proof.findings) {
    const diagnostics::Diagnostic& d = finding.diagnostic;
    kept.Report(d.code, d.span, d.message, d.help, d.notes);
  }
  sink = std::move(kept);
  const bool undecided = std::any_of(proof.topics.begin(), proof.topics.end(),
                                     [](const analyse::TopicResult& topic) { return topic.undecided > 0; });
  if (undecided && status == kExitDone) status = kExitUndecided;
  if (proof.verdict == analyse::Verdict::kRefuted) status = kExitNo;
  const std::string name = policy.id + " " + policy.version;
  return query.format == "json" ? report::ProveJson(name, proof, sources) : report::ProveText(name, proof);
}

}  // namespace cordon::cli
