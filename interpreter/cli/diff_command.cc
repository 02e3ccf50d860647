// `cordon diff`: which patients two versions treat differently. See commands.h. Tested by tests/golden/diff.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "analyse/compare.h"
#include "cli/arguments.h"
#include "cli/cohort_lines.h"
#include "cli/commands.h"
#include "cli/load.h"
#include "diagnostics/render.h"
#include "report/cohort.h"
#include "report/diff_json.h"
#include "report/diff_page.h"
#include "report/diff_text.h"
#include "report/facts_json.h"
#include "support/text.h"

namespace cordon::cli {
namespace {

using diagnostics::Code;

constexpr std::string_view kHelp =
    "usage: cordon diff OLD NEW [PROTOCOL]\n"
    "       cordon diff NEW\n\n"
    "Lists which patients NEW treats differently from OLD: each answer, duty, timing and assumption that changes, for\n"
    "which patients, by which edit, with a patient for each. What is not listed is proved to be the same for every\n"
    "patient there can be. NEW alone is compared with the version that it revises or adapts.\n\n"
    "  --format text|json|html  for people (the default), for programs, or a page to read and to print\n"
    "  --summary                one line\n"
    "  --tests                  with each example as a document of facts\n"
    "  --edits                  what the texts state differently, whatever comes of it\n"
    "  --lang LANGUAGE          the language of the policies' texts\n"
    "  --effort NUMBER          how much each query may cost, in millions of the solver's steps; else 100\n"
    "  --cohort FILE            counts the subjects of a file, one facts document on each line, by what changes for "
    "them;\n"
    "                           - reads standard input. Each version is given the facts that it declares\n"
    "  --emit-smt2 DIR          writes each query there, to be put to another solver\n"
    "  --as-of DATE             the day by which a bare name's version is chosen; else today\n\n"
    "examples:\n"
    "  cordon diff dk.cpo@2018-09-04 dk.cpo@2023-11-01\n"
    "  cordon diff dk.cpo@2018-09-04 docs/how-to/what-if admission\n"
    "  cordon diff dk.hvidovre.cpo --format html > hvidovre.html\n"
    "  cordon diff dk.cpo@2018-09-04 dk.cpo@2023-11-01 admission --cohort admissions.ndjson\n\n"
    "exit status: 0 no patient is treated differently, proved; 1 some are; 2 a policy is in error; 3 a line of the\n"
    "cohort is in error; 5 a query was given up, and no difference was found; 64 wrong usage\n";

struct DiffOptions {
  std::string old_policy;
  std::string new_policy;
  std::string protocol;
  std::string format = "text";
  std::string language;
  std::string effort;
  std::string emit;
  std::string as_of;
  std::string cohort;
  bool summary = false;
  bool tests = false;
  bool edits = false;
};

std::string Folded(std::string_view text) {
  std::string folded;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!blank) {
      folded += c;
    } else if (!folded.empty() && folded.back() != ' ') {
      folded += ' ';
    }
  }
  while (!folded.empty() && folded.back() == ' ') folded.pop_back();
  return folded;
}

class DiffRun {
 public:
  DiffRun(Environment& environment, const DiffOptions& options, calendar::Date day)
      : environment_(environment), options_(options), day_(day) {}

  Ending Run(diagnostics::Sources& sources, diagnostics::Sink& sink) {
    Ending ending{{}, kExitDone, Warnings::kHide};
    std::string old_name = options_.old_policy;
    const std::string& new_name = options_.new_policy.empty() ? options_.old_policy : options_.new_policy;
    const auto new_policy = LoadPolicy(environment_, Query(new_name), sources, sink);
    if (!new_policy) return ending;
    if (options_.new_policy.empty()) {
      if (new_policy->bases.empty()) {
        sink.Report(Code::kMissingArgument, {},
                    fmt::format("`{}` changes no other version, so there is nothing to compare it with", new_name),
                    "name both versions: `cordon diff OLD NEW`");
        return ending;
      }
      old_name = BaseOf(new_name, new_policy->bases.front());
    }
    const auto old_policy = LoadPolicy(environment_, Query(old_name), sources, sink);
    if (!old_policy) return ending;
    if (!HasProtocol(*old_policy, *new_policy, sink)) return ending;
    Compare(*old_policy, *new_policy, sources, ending, sink);
    return ending;
  }

 private:
  PolicyQuery Query(const std::string& policy) const { return {policy, environment_.policies_root, day_}; }

  // The version below: among the policies, or beside the folder of the version that changes it.
  std::string BaseOf(std::string folder, const model::BaseVersion& base) const {
    while (!folder.empty() && folder.back() == '/') folder.pop_back();
    const std::size_t slash = folder.rfind('/');
    const std::string beside = (slash == std::string::npos ? "" : folder.substr(0, slash + 1)) + base.version;
    const bool is_beside = environment_.files.IsFolder(folder) && environment_.files.IsFolder(beside);
    return is_beside ? beside : base.id + "@" + base.version;
  }

  // Millions of steps, from 1 to 4000.
  std::uint64_t ReadEffort(diagnostics::Sink& sink) const {
    if (options_.effort.empty()) return symbolic::kUsualEffort;
    std::uint64_t millions = 0;
    const char* const end = options_.effort.data() + options_.effort.size();
    const auto [at, error] = std::from_chars(options_.effort.data(), end, millions);
    if (error == std::errc() && at == end && millions >= 1 && millions <= 4000) return millions * 1'000'000;
    sink.Report(Code::kOptionValue, {},
                fmt::format("`--effort` is given `{}`, and it takes millions of steps from 1 to 4000", options_.effort),
                "write a whole number, as in `--effort 500`");
    return 0;
  }

  bool HasProtocol(const model::Policy& old_policy, const model::Policy& new_policy, diagnostics::Sink& sink) const {
    if (options_.protocol.empty()) return true;
    std::vector<std::string> known;
    for (const model::Policy* policy : {&new_policy, &old_policy}) {
      for (const model::Protocol& protocol : policy->protocols) {
        if (protocol.name == options_.protocol) return true;
        if (std::find(known.begin(), known.end(), protocol.name) == known.end()) known.push_back(protocol.name);
      }
    }
    const auto nearest = support::FindNearest(options_.protocol, known);
    sink.Report(
        Code::kUnknownProtocol, {}, fmt::format("neither version has a protocol `{}`", options_.protocol),
        nearest ? fmt::format("did you mean `{}`?", *nearest) : "they have " + support::JoinWords(known, "and"));
    return false;
  }

  // Below the difference; lines in error are told at once, so that the rest is shown all the same.
  void AddCohort(const model::Policy& old_policy, const model::Policy& new_policy, analyse::Comparison& comparison,
                 diagnostics::Sources& sources, Ending& ending, diagnostics::Sink& sink) {
    diagnostics::Sink broken;
    const analyse::Cohort cohort =
        CountCohort(environment_, options_.cohort, old_policy, new_policy, comparison, sources, broken, sink);
    const auto colour = environment_.colour ? diagnostics::Colour::kAlways : diagnostics::Colour::kNever;
    environment_.err << diagnostics::RenderAll(broken, sources, colour);
    if (cohort.left_out > 0) ending.status = kExitFacts;
    if (options_.format == "json" && !options_.summary) {
      ending.results = report::WithCohort(ending.results, cohort);
    } else {
      ending.results += "\n" + report::CohortText(cohort);
    }
  }

  void Compare(const model::Policy& old_policy, const model::Policy& new_policy, diagnostics::Sources& sources,
               Ending& ending, diagnostics::Sink& sink) {
    analyse::CompareOptions options;
    options.protocol = options_.protocol;
    options.text_at = [&](const diagnostics::Span& span) {
      return span.valid() ? Folded(sources.text(span)) : std::string();
    };
    options.place_at = [&](const diagnostics::Span& span) {
      if (!span.valid()) return analyse::Place{};
      return analyse::Place{sources.name(span.source), sources.place(span.source, span.begin).line};
    };
    options.document = [](const model::Policy& policy, const facts::Subject& subject) {
      return report::FactsJson(policy, subject);
    };
    options.effort = ReadEffort(sink);
    if (sink.has_errors()) return;
    options.list_edits = options_.edits;
    if (!options_.emit.empty()) {
      options.log = [&](const std::string& name, const std::string& script) {
        if (sink.has_errors()) return;
        const std::string path = options_.emit + "/" + name + ".smt2";
        const auto failure = environment_.writer == nullptr
                                 ? std::optional(support::Failure{"nothing may be written here"})
                                 : environment_.writer->Write(path, script);
        if (!failure) return;
        sink.Report(Code::kFileUnwritable, {}, fmt::format("`{}` cannot be written: {}", path, failure->message),
                    "name a folder that may be written to");
      };
    }
    analyse::Comparison comparison = analyse::Compare(old_policy, new_policy, options);
    const analyse::Diff& diff = comparison.diff;
    const std::string language = !options_.language.empty()     ? options_.language
                                 : new_policy.languages.empty() ? "en"
                                                                : new_policy.languages[0];
    if (options_.summary) {
      ending.results = report::DiffSummary(diff) + "\n";
    } else if (options_.format == "json") {
      ending.results = report::DiffJson(diff);
    } else if (options_.format == "html") {
      ending.results = report::DiffPage(diff, language);
    } else {
      const auto tests = options_.tests ? report::ShowTests::kInclude : report::ShowTests::kLeaveOut;
      ending.results = report::DiffText(diff, language, tests);
    }
    if (diff.verdict == analyse::Verdict::kRefuted) ending.status = kExitNo;
    if (diff.verdict == analyse::Verdict::kUndecided) ending.status = kExitUndecided;
    if (!options_.cohort.empty()) AddCohort(old_policy, new_policy, comparison, sources, ending, sink);
  }

  Environment& environment_;
  const DiffOptions& options_;
  calendar::Date day_;
};

int RunDiff(const std::vector<std::string>& args, Environment& environment) {
  diagnostics::Sources sources;
  diagnostics::Sink sink;
  DiffOptions options;
  CLI::App app("", "diff");
  app.add_option("OLD", options.old_policy);
  app.add_option("NEW", options.new_policy);
  app.add_option("PROTOCOL", options.protocol);
  app.add_option("--format", options.format);
  app.add_option("--lang", options.language);
  app.add_option("--effort", options.effort);
  app.add_option("--emit-smt2", options.emit);
  app.add_option("--as-of", options.as_of);
  app.add_option("--cohort", options.cohort);
  app.add_flag("--summary", options.summary);
  app.add_flag("--tests", options.tests);
  app.add_flag("--edits", options.edits);
  if (ReadArguments(app, args, sink)) RequireOperand(options.old_policy, "OLD, the version to compare with,", sink);
  RequireChoice("--format", options.format, {"text", "json", "html"}, sink);
  if (!options.cohort.empty() && options.format == "html") {
    sink.Report(Code::kOptionValue, {}, "`--cohort` goes with text or json, and `--format` is given `html`",
                "ask for the page and for the cohort one after the other");
  }
  const auto as_of = ReadMoment("--as-of", options.as_of, sink);
  Ending ending{{}, kExitDone, Warnings::kHide};
  if (!sink.has_errors()) {
    ending = DiffRun(environment, options, as_of ? as_of->date : environment.today).Run(sources, sink);
  }
  return Finish(environment, sources, sink, ending);
}

}  // namespace

const Command kDiff = {"diff", "list which patients two versions treat differently", kHelp, RunDiff};

}  // namespace cordon::cli
