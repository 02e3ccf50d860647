// `cordon statements`: whether a policy says all that its guideline says, and how that is tested. See commands.h.
// Tested by tests/golden/statements.
#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <set>
#include <utility>

#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/load.h"
#include "cli/test_runs.h"
#include "report/statements.h"
#include "statements/account.h"
#include "statements/list.h"
#include "statements/readers.h"
#include "support/text.h"

namespace cordon::cli {
namespace {

using diagnostics::Code;

constexpr std::string_view kHelp =
    "usage: cordon statements POLICY...\n\n"
    "Holds a policy against the list of what its guideline says: which rule, row, fact, ... answers each statement, "
    "which\n"
    "of the policy's tests show it, what is left out and why, and what is missing. The lists lie beside the policy,\n"
    "or where it has none beside the version that it changes, as `statements.csv` and `ambiguities.csv`, with a "
    "heading:\n\n"
    "  id,section,statement,strength,who,where,open\n"
    "  id,section,question,open_because,proposed\n\n"
    "A policy answers a statement by `answers \"DK-041\"` beside a citation, and leaves one out by\n"
    "`omit \"DK-125\" because \"...\"`. An open point is read by an `interpretation` that has its id.\n\n"
    "  --list FILE                  this list in place of those beside the policy; may be given several times\n"
    "  --format text|markdown|json  for people at a terminal (the default), as a page, or for programs\n"
    "  --require-tested             end with status 1 also where no test shows a statement that is answered\n"
    "  --as-of DATE                 the day by which a bare name's version is chosen; else today\n\n"
    "examples:\n"
    "  cordon statements dk.cpo\n"
    "  cordon statements dk.cpo@2018-09-04 --format markdown > docs/guidelines/dk-cpo-2018.md\n"
    "  cordon statements draft.cordon --list statements.csv --require-tested\n\n"
    "exit status: 0 every statement is accounted for; 1 some are missing; 2 the policy or a list is in error; 64 "
    "wrong\n"
    "usage\n";

struct StatementsOptions {
  std::vector<std::string> policies;
  std::vector<std::string> lists;
  std::string format = "text";
  std::string as_of;
  bool require_tested = false;
};

std::string FolderOf(const std::string& path) { return path.substr(0, path.rfind('/') + 1); }

// The lists beside the versions that a policy is made of.
struct FoundLists {
  std::vector<std::string> counted;     // of each policy those of the latest version that has one of that name
  std::vector<std::string> superseded;  // of versions below, whose texts said something else
};

FoundLists FindLists(const Environment& environment, const diagnostics::Sources& sources,
                     const compose::Composed& composed) {
  std::vector<model::BaseVersion> versions = {{composed.id, composed.version, false, ""}};
  versions.insert(versions.end(), composed.bases.begin(), composed.bases.end());
  FoundLists found;
  std::set<std::string> seen;  // paths, and lists by policy and name
  for (const model::BaseVersion& version : versions) {
    for (const auto& [source, written_in] : composed.written_in) {
      if (written_in != version.id + "@" + version.version) continue;
      for (const std::string name : {"ambiguities.csv", "statements.csv"}) {
        const std::string path = FolderOf(sources.name(source)) + name;
        if (!environment.files.Exists(path) || !seen.insert(path).second) continue;
        (seen.insert(version.id + ":" + name).second ? found.counted : found.superseded).push_back(path);
      }
    }
  }
  std::reverse(found.counted.begin(), found.counted.end());  // what is changed stands before what changes it
  return found;
}

// Nothing where a list cannot be read or is in error; then the sink says why.
std::optional<std::vector<statements::Entry>> ReadLists(const Environment& environment,
                                                        const std::vector<std::string>& paths,
                                                        diagnostics::Sources& sources, diagnostics::Sink& sink) {
  const std::size_t num_before = sink.num_errors();
  std::vector<statements::Entry> entries;
  for (const std::string& path : paths) {
    support::Result<std::string> text = environment.files.Read(path);
    if (!text.ok()) {
      sink.Report(Code::kFileUnreadable, {},
                  fmt::format("the list `{}` cannot be read: {}", path, text.failure().message),
                  "give the path of a CSV file with a column `id`");
      continue;
    }
    const diagnostics::SourceId source = sources.Add(path, std::move(text).value());
    if (auto listed = statements::ReadList(sources, source, sink)) {
      entries.insert(entries.end(), std::make_move_iterator(listed->begin()), std::make_move_iterator(listed->end()));
    }
  }
  if (sink.num_errors() > num_before) return std::nullopt;
  return entries;
}

void ReportNone(const model::Policy& policy, const std::vector<std::string>& paths, diagnostics::Sink& sink) {
  if (!paths.empty()) {
    sink.Report(Code::kNoStatements, {}, fmt::format("`{}` has headings alone", support::Join(paths, "` and `")),
                "add a row for each thing that the guideline says");
    return;
  }
  sink.Report(
      Code::kNoStatements, {},
      fmt::format("there is no `statements.csv` and no `ambiguities.csv` beside `{}` {}", policy.id, policy.version),
      "list there what the guideline says, or name the list by `--list FILE`");
}

std::vector<statements::Observation> Observe(const model::Policy& policy) {
  std::vector<statements::Observation> observations;
  for (const model::Test& test : policy.tests) {
    TestRun run = RunOneTest(policy, test, Watch::kRules);
    if (!run.failures.empty()) continue;
    observations.push_back({&test, std::move(run.rules), std::move(run.guarantees)});
  }
  return observations;
}

// The report on one policy, which `policies` keeps; nothing where something is in error.
std::optional<report::StatementsReport> Hold(const Environment& environment, const PolicyQuery& query,
                                             const StatementsOptions& options, std::deque<model::Policy>& policies,
                                             diagnostics::Sources& sources, diagnostics::Sink& sink) {
  compose::Origins origins;
  check::References references;
  std::optional<CheckedPolicy> checked = LoadChecked(environment, query, sources, origins, sink, &references);
  if (!checked) return std::nullopt;
  const model::Policy& policy = policies.emplace_back(std::move(checked->policy));
  FoundLists lists{options.lists, {}};
  if (lists.counted.empty()) lists = FindLists(environment, sources, checked->composed);
  const auto entries = ReadLists(environment, lists.counted, sources, sink);
  const auto superseded = ReadLists(environment, lists.superseded, sources, sink);
  if (!entries || !superseded) return std::nullopt;
  if (entries->empty()) {
    ReportNone(policy, lists.counted, sink);
    return std::nullopt;
  }
  statements::CheckTwice(*entries, sink);
  const statements::Readers readers(policy, checked->composed, references);
  auto account =
      statements::MakeAccount(checked->composed, policy, readers, Observe(policy), {*entries, *superseded}, sink);
  if (!account || sink.has_errors()) return std::nullopt;
  return report::StatementsReport{&policy, *std::move(account)};
}

bool IsComplete(const statements::Account& account, bool require_tested) {
  return std::all_of(account.lines.begin(), account.lines.end(), [&](const statements::Line& line) {
    if (line.status == statements::Status::kMissing) return false;
    const bool shown = line.entry.kind == statements::EntryKind::kOpenPoint ||
                       line.status == statements::Status::kOmitted || line.tested();
    return shown || !require_tested;
  });
}

StatementsOptions ReadOptions(const std::vector<std::string>& args, diagnostics::Sink& sink) {
  StatementsOptions options;
  CLI::App app("", "statements");
  app.add_option("POLICY", options.policies);
  app.add_option("--list", options.lists)->allow_extra_args(false);
  app.add_option("--format", options.format);
  app.add_option("--as-of", options.as_of);
  app.add_flag("--require-tested", options.require_tested);
  if (ReadArguments(app, args, sink)) {
    RequireOperand(options.policies.empty() ? "" : options.policies.front(), "POLICY, the policy to look at,", sink);
  }
  RequireChoice("--format", options.format, {"text", "markdown", "json"}, sink);
  return options;
}

std::string Written(const diagnostics::Sources& sources, const std::vector<report::StatementsReport>& reports,
                    const std::string& format, const std::vector<std::string>& args) {
  if (format == "json") return report::StatementsJson(sources, reports);
  if (format == "markdown") {
    return report::StatementsMarkdown(sources, reports, "./cordon statements " + support::Join(args, " "));
  }
  return report::StatementsText(reports);
}

int RunStatements(const std::vector<std::string>& args, Environment& environment) {
  diagnostics::Sources sources;
  diagnostics::Sink sink;
  const StatementsOptions options = ReadOptions(args, sink);
  const auto as_of = ReadMoment("--as-of", options.as_of, sink);
  Ending ending{{}, kExitDone, Warnings::kHide, options.format == "json"};
  if (sink.has_errors()) return Finish(environment, sources, sink, ending);
  std::deque<model::Policy> policies;
  std::vector<report::StatementsReport> reports;
  for (const std::string& name : options.policies) {
    const PolicyQuery query{name, environment.policies_root, as_of ? as_of->date : environment.today};
    auto report = Hold(environment, query, options, policies, sources, sink);
    if (!report) continue;
    if (!IsComplete(report->account, options.require_tested)) ending.status = kExitNo;
    reports.push_back(*std::move(report));
  }
  if (!sink.has_errors()) ending.results = Written(sources, reports, options.format, args);
  return Finish(environment, sources, sink, ending);
}

}  // namespace

const Command kStatements = {"statements", "say what of a guideline is encoded, left out and missing", kHelp,
                             RunStatements};

}  // namespace cordon::cli
