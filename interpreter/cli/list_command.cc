// `cordon list`: which policies and versions a folder holds. See commands.h. Tested by
// tests/golden/versions/list.golden.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/holdings.h"

namespace cordon::cli {
namespace {

using diagnostics::Code;
using Document = nlohmann::ordered_json;

constexpr std::string_view kHelp =
    "usage: cordon list [FOLDER]\n\n"
    "Lists the policies that lie in a folder, with their versions: when each is in force, and what it revises or\n"
    "adapts. A `*` marks the version that a bare name means on the day. FOLDER may be left out: then it is the one in\n"
    "which names are looked up.\n\n"
    "  --as-of DATE        the day; else today\n"
    "  --format text|json  for people (the default) or for programs\n\n"
    "examples:\n"
    "  cordon list\n"
    "  cordon list policies/dk --as-of 2020-01-01\n\n"
    "exit status: 0 done; 64 wrong usage\n";

struct ListOptions {
  std::string folder;
  std::string format = "text";
  std::string as_of;
};

std::string InForceText(const HeldVersion& held) {
  if (!held.in_force) return "no date";
  std::string text = "from " + calendar::Format(held.in_force->from);
  if (held.in_force->until) text += " to " + calendar::Format(*held.in_force->until);
  return text;
}

std::string BaseText(const HeldVersion& held) {
  if (!held.builds_on) return "";
  const BuildsOn& base = *held.builds_on;
  std::string text = base.how + " " + (base.id == held.id ? "" : base.id + " ") + base.version;
  if (!base.upon_id.empty()) text += fmt::format(" upon {} {}", base.upon_id, base.upon_version);
  if (base.text_unavailable) text += " (text unavailable)";
  return text;
}

std::string Text(const std::vector<HeldVersion>& held, const calendar::Date& day) {
  std::size_t widest = 0;
  std::size_t widest_time = 0;
  for (const HeldVersion& version : held) {
    widest = std::max(widest, version.version.size());
    widest_time = std::max(widest_time, InForceText(version).size());
  }
  std::string text;
  for (std::size_t i = 0; i < held.size(); ++i) {
    const HeldVersion& version = held[i];
    const HeldVersion* chosen = InForceOn(held, version.id, day);
    if (i == 0 || held[i - 1].id != version.id) {
      const HeldVersion& named = chosen != nullptr ? *chosen : version;
      const std::string title = named.titles.empty() ? "" : "  " + named.titles.front().text;
      text += fmt::format("{}{}{}\n", i == 0 ? "" : "\n", version.id, title);
    }
    std::string line = fmt::format("  {} {:<{}}  {:<{}}  {}", chosen == &version ? '*' : ' ', version.version, widest,
                                   InForceText(version), widest_time, BaseText(version));
    line.resize(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text + fmt::format("\n* what the name alone means on {}\n", calendar::Format(day));
}

Document BaseOf(const BuildsOn& base) {
  Document document = {{"how", base.how}, {"policy", base.id}, {"version", base.version}};
  if (base.text_unavailable) document["text_unavailable"] = *base.text_unavailable;
  if (!base.upon_id.empty()) document["upon"] = {{"policy", base.upon_id}, {"version", base.upon_version}};
  return document;
}

std::string Json(const std::vector<HeldVersion>& held, const calendar::Date& day) {
  Document document = {{"as_of", calendar::Format(day)}, {"versions", Document::array()}};
  for (const HeldVersion& version : held) {
    Document one = {{"policy", version.id}, {"version", version.version}, {"path", version.path}};
    one["title"] = Document::object();
    for (const model::LangText& title : version.titles) one["title"][title.language] = title.text;
    if (version.in_force) {
      one["in_force"] = {{"from", calendar::Format(version.in_force->from)}};
      if (version.in_force->until) one["in_force"]["to"] = calendar::Format(*version.in_force->until);
    }
    if (version.builds_on) one["builds_on"] = BaseOf(*version.builds_on);
    one["chosen"] = InForceOn(held, version.id, day) == &version;
    document["versions"].push_back(std::move(one));
  }
  return document.dump(2) + "\n";
}

int RunList(const std::vector<std::string>& args, Environment& environment) {
  diagnostics::Sink sink;
  ListOptions options;
  CLI::App app("", "list");
  app.add_option("FOLDER", options.folder);
  app.add_option("--format", options.format);
  app.add_option("--as-of", options.as_of);
  ReadArguments(app, args, sink);
  RequireChoice("--format", options.format, {"text", "json"}, sink);
  const auto as_of = ReadMoment("--as-of", options.as_of, sink);
  const bool named = !options.folder.empty();
  const std::string folder = named ? options.folder : environment.policies_root;
  if (!sink.has_errors() && !environment.files.IsFolder(folder)) {
    sink.Report(Code::kNoPoliciesFolder, {}, fmt::format("there is no folder `{}`", folder),
                named ? "give the path of a folder that holds policies"
                      : "name the folder of policies: `cordon list FOLDER`, or by the environment variable "
                        "CORDON_POLICIES");
  }
  Ending ending{{}, kExitDone, Warnings::kHide};
  if (!sink.has_errors()) {
    const calendar::Date day = as_of ? as_of->date : environment.today;
    const std::vector<HeldVersion> held = FindHeld(environment.files, folder);
    ending.results = options.format == "json" ? Json(held, day) : Text(held, day);
    if (held.empty() && options.format == "text") ending.results = fmt::format("no policies in `{}`\n", folder);
  }
  return Finish(environment, diagnostics::Sources(), sink, ending);
}

}  // namespace

const Command kList = {"list", "list the policies and versions in a folder", kHelp, RunList};

}  // namespace cordon::cli
