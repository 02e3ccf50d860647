// `cordon show`: a version as one whole, put together with everything that it changes. See commands.h. Tested by
// tests/golden/versions.
#include <nlohmann/json.hpp>

#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/load.h"
#include "compose/find_parts.h"
#include "compose/show.h"
#include "support/text.h"

namespace cordon::cli {
namespace {

using diagnostics::Code;

constexpr std::string_view kHelp =
    "usage: cordon show POLICY [PATH]\n\n"
    "Shows a policy as it reads as a whole: the version that it revises or adapts, with its changes made. A line that\n"
    "was changed has the number of the change before it; below the policy the changes stand with their reasons.\n\n"
    "With a PATH it shows that part alone: a declaration, rule, table, row or test, by the name that results, changes\n"
    "and `cordon statements` give it.\n\n"
    "  --format text|plain|json  for people (the default); the policy's text alone, which may be checked and "
    "evaluated\n"
    "                            for itself; or lines and changes for programs\n"
    "  --plain                   the same as `--format plain`\n"
    "  --as-of DATE              the day by which a bare name's version is chosen; else today\n\n"
    "examples:\n"
    "  cordon show dk.cpo\n"
    "  cordon show dk.cpo admission.skema_2\n"
    "  cordon show dk.cpo@2025-07-01 --plain > whole.cordon\n\n"
    "exit status: 0 done; 2 the policy is in error; 64 wrong usage\n";

struct ShowOptions {
  std::string policy;
  std::string path;
  std::string format = "text";
  std::string as_of;
  bool plain = false;
};

nlohmann::ordered_json ChangeOf(const diagnostics::Sources& sources, const model::Change& change) {
  nlohmann::ordered_json document = {{"kind", std::string(compose::KindText(change.kind))}, {"path", change.path}};
  if (!change.new_path.empty()) document["new_path"] = change.new_path;
  document["version"] = change.version;
  document["file"] = sources.name(change.span.source);
  document["line"] = sources.place(change.span.source, change.span.begin).line;
  document["because"] = change.because;
  document["cites"] = change.cites;
  return document;
}

std::string Json(const diagnostics::Sources& sources, const compose::Composed& composed) {
  nlohmann::ordered_json document = {{"policy", composed.id}, {"version", composed.version}};
  document["bases"] = nlohmann::ordered_json::array();
  for (const model::BaseVersion& base : composed.bases) {
    document["bases"].push_back({{"policy", base.id}, {"version", base.version}, {"adapted", base.adapted}});
    if (!base.text_unavailable.empty()) document["bases"].back()["text_unavailable"] = base.text_unavailable;
  }
  document["changes"] = nlohmann::ordered_json::array();
  for (const model::Change& change : composed.changes) document["changes"].push_back(ChangeOf(sources, change));
  document["texts"] = nlohmann::ordered_json::array();
  for (const compose::Text& text : composed.texts) {
    nlohmann::ordered_json changed = nlohmann::ordered_json::array();
    std::size_t number = 0;
    for (const compose::ShownLine& line : compose::LinesOf(sources, composed, text)) {
      ++number;
      if (line.changes.empty()) continue;
      changed.push_back({{"line", number}, {"changes", line.changes}});  // counted from 0, as `changes` is read
    }
    document["texts"].push_back({{"file", sources.name(text.tree.source)},
                                 {"text", std::string(sources.text(text.tree.source))},
                                 {"changed", std::move(changed)}});
  }
  return document.dump(2) + "\n";
}

// The parts that `path` names, or a report that there is none.
std::string Parts(const diagnostics::Sources& sources, const compose::Composed& composed, const ShowOptions& options,
                  diagnostics::Sink& sink) {
  const std::vector<compose::PolicyPart> parts = compose::FindParts(sources, composed, options.path);
  if (parts.empty()) {
    const auto nearest = support::FindNearest(options.path, compose::PathsOfParts(composed));
    sink.Report(Code::kUnknownPart, {}, "there is no `" + options.path + "` in " + composed.Name(),
                nearest ? "did you mean `" + *nearest + "`?"
                        : "name a declaration, or what stands in a protocol, as in `admission.skema_2`");
  }
  if (options.format == "json") {
    nlohmann::ordered_json document = nlohmann::ordered_json::array();
    for (const compose::PolicyPart& part : parts) {
      document.push_back(
          {{"kind", part.what}, {"path", part.path}, {"file", part.file}, {"line", part.line}, {"text", part.text}});
    }
    return document.dump(2) + "\n";
  }
  std::string text;
  for (const compose::PolicyPart& part : parts) text += (text.empty() ? "" : "\n") + part.text;
  return text;
}

int RunShow(const std::vector<std::string>& args, Environment& environment) {
  diagnostics::Sources sources;
  diagnostics::Sink sink;
  ShowOptions options;
  CLI::App app("", "show");
  app.add_option("POLICY", options.policy);
  app.add_option("PATH", options.path);
  app.add_option("--format", options.format);
  app.add_option("--as-of", options.as_of);
  app.add_flag("--plain", options.plain);
  if (ReadArguments(app, args, sink)) RequireOperand(options.policy, "POLICY, the policy to show,", sink);
  RequireChoice("--format", options.format, {"text", "plain", "json"}, sink);
  const auto as_of = ReadMoment("--as-of", options.as_of, sink);
  Ending ending{{}, kExitDone, Warnings::kHide};
  if (sink.has_errors()) return Finish(environment, sources, sink, ending);
  const PolicyQuery query{options.policy, environment.policies_root, as_of ? as_of->date : environment.today};
  compose::Origins origins;
  if (const auto loaded = LoadChecked(environment, query, sources, origins, sink)) {
    const compose::Composed& composed = loaded->composed;
    if (!options.path.empty()) {
      ending.results = Parts(sources, composed, options, sink);
    } else if (options.plain || options.format == "plain") {
      ending.results = compose::PlainText(sources, composed);
    } else {
      ending.results = options.format == "json" ? Json(sources, composed) : compose::NumberedText(sources, composed);
    }
  }
  return Finish(environment, sources, sink, ending);
}

}  // namespace

const Command kShowVersion = {"show", "show a version as a whole, and who wrote each line", kHelp, RunShow};

}  // namespace cordon::cli
