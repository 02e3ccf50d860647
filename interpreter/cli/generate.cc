// Generates tests; see generate.h. Tested by tests/golden/test/generate.golden.
#include "cli/generate.h"

#include <fmt/format.h>

#include <utility>
#include <vector>

#include "analyse/generate.h"
#include "format/format.h"
#include "report/generated_tests.h"
#include "support/assert.h"
#include "support/text.h"

namespace cordon::cli {
namespace {

using diagnostics::Code;

// White space, also a line's end, as one blank: what is written at a place, on one line.
std::string OnOneLine(std::string_view text) {
  std::string line;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!blank) {
      line += c;
    } else if (!line.empty() && line.back() != ' ') {
      line += ' ';
    }
  }
  return line;
}

// The statements in the house style, which is that of a whole file: they are laid out below a header, which goes again.
std::string LaidOut(const std::string& statements) {
  const std::string header = "policy p version 1\n\nprotocol p\n";
  diagnostics::Sources sources;
  diagnostics::Sink sink;
  const auto laid_out = format::Format(sources, sources.Add("generated", header + statements), sink);
  CORDON_ASSERT(laid_out.has_value() && laid_out->starts_with(header));
  return laid_out->substr(header.size());
}

// The protocols that are meant; none where there is no such protocol, which is reported.
std::vector<model::ProtocolId> ProtocolsNamed(const model::Policy& policy, const std::string& name,
                                              diagnostics::Sink& sink) {
  std::vector<model::ProtocolId> found;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < policy.protocols.size(); ++i) {
    names.push_back(policy.protocols[i].name);
    if (name.empty() || name == names.back()) found.emplace_back(i);
  }
  if (!found.empty() || name.empty()) return found;
  const auto nearest = support::FindNearest(name, names);
  sink.Report(Code::kUnknownProtocol, {}, fmt::format("the policy `{}` has no protocol `{}`", policy.id, name),
              nearest         ? fmt::format("did you mean `{}`?", *nearest)
              : names.empty() ? "it has none"
                              : "it has " + support::JoinWords(names, "and"));
  return found;
}

}  // namespace

void CheckGenerateAlone(const GenerateRequest& request, const std::vector<std::pair<std::string_view, bool>>& others,
                        diagnostics::Sink& sink) {
  if (!request.generate) {
    if (request.protocol.empty()) return;
    sink.Report(
        Code::kProtocolWithoutGenerate, {},
        fmt::format("`cordon test` is given `{}` beside the policy", request.protocol),
        fmt::format("all protocols are tested; `--filter \"{0}: \"` chooses those of `{0}`, and `--generate` takes "
                    "a protocol",
                    request.protocol));
    return;
  }
  for (const auto& [option, given] : others) {
    if (!given) continue;
    sink.Report(Code::kGenerateWithOther, {}, fmt::format("`--generate` is given together with `{}`", option),
                "tests are generated as Cordon, and none are run: ask for the two one after the other");
  }
}

void Generate(const model::Policy& policy, const diagnostics::Sources& sources, const std::string& protocol,
              diagnostics::Sink& sink, Ending& ending) {
  analyse::GenerateOptions options;
  options.text_at = [&](const diagnostics::Span& span) {
    return span.valid() ? OnOneLine(sources.text(span)) : std::string();
  };
  for (const model::ProtocolId id : ProtocolsNamed(policy, protocol, sink)) {
    const analyse::GeneratedProtocol generated = analyse::Generate(policy, id, options);
    ending.results += (ending.results.empty() ? "" : "\n") + LaidOut(report::GeneratedTests(policy, generated));
    for (const analyse::UnreachedGoal& goal : generated.unreached) {
      if (goal.why == analyse::Unreached::kUndecided) ending.status = kExitUndecided;
    }
  }
}

}  // namespace cordon::cli
