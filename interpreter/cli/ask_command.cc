// `cordon ask`: an interview that settles one protocol for one subject. See commands.h. Tested by tests/golden/ask/.
#include <fmt/format.h>

#include <utility>

#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/interview_json.h"
#include "cli/interview_terminal.h"
#include "cli/prepare.h"
#include "cli/session.h"
#include "report/facts_json.h"
#include "report/json.h"
#include "report/text.h"

namespace cordon::cli {
namespace {

using diagnostics::Code;

constexpr std::string_view kHelp =
    "usage: cordon ask POLICY [PROTOCOL] [--facts FILE]\n\n"
    "Asks a person, one question at a time, for what is missing to evaluate a protocol of the policy for one subject,\n"
    "each time what is likely to settle most, and stops as soon as no answer could settle more. What is asked goes to\n"
    "standard error, the result to standard output, as `cordon eval` shows it. PROTOCOL may be left out where the\n"
    "policy has only one.\n\n"
    "  --facts FILE        what is known already, a JSON document\n"
    "  --as-of DATE        the day, or minute, for which to answer; else the document's, else today\n"
    "  --setting SETTING   the care setting, as in hospital.inpatient; else the document's, else it is asked for\n"
    "  --lang LANGUAGE     in which to ask, as in da; else the policy's first\n"
    "  --keep-assumptions  do not look up what the policy assumes as long as nothing is noted\n"
    "  --json              talk to a program, in JSON messages of one line each\n"
    "  --out FILE          write the facts there, as a document that `cordon eval --facts` reads\n"
    "  --expect-digest TEXT  refuse any other text of the policy, as in sha256:0123...\n\n"
    "An answer is yes or no, a date, a number, a symbol or how it begins. Instead of it may be typed: ? where it is\n"
    "not known, skip, back, why, help, quit.\n\n"
    "examples:\n"
    "  cordon ask dk.cpo admission --setting hospital.inpatient\n"
    "  cordon ask dk.cpo admission --facts patient.json --lang da --out patient.json\n"
    "  cordon ask dk.cpo admission --setting hospital.inpatient --json\n\n"
    "exit status: 0 done; 2 the policy is in error, or its rules contradict one another here; 3 the facts are in\n"
    "error; 64 wrong usage\n";

struct AskOptions {
  Wanted wanted;
  std::string out;
  bool keep_assumptions = false;
  bool json = false;
};

AskOptions ReadOptions(const std::vector<std::string>& args, diagnostics::Sink& sink) {
  AskOptions options;
  CLI::App app("", "ask");
  AddWanted(app, options.wanted);
  app.add_option("--out", options.out);
  app.add_flag("--keep-assumptions", options.keep_assumptions);
  app.add_flag("--json", options.json);
  if (!ReadArguments(app, args, sink)) return options;
  RequireOperand(options.wanted.policy, "POLICY, the policy to ask for,", sink);
  if (options.wanted.facts == "-") {
    sink.Report(Code::kOptionValue, {}, "`--facts` is given `-`, and standard input holds the answers",
                "give the path of a JSON document");
  }
  return options;
}

void WriteFacts(const Environment& environment, const std::string& path, const Session& session,
                diagnostics::Sink& sink) {
  if (path.empty()) return;
  const std::string facts = report::FactsJson(session.policy(), session.subject());
  const auto failure = environment.writer == nullptr ? support::Failure{"nothing may be written here"}
                                                     : environment.writer->Write(path, facts);
  if (!failure) return;
  sink.Report(Code::kResultsUnwritable, {},
              fmt::format("the facts cannot be written to `{}`: {}", path, failure->message),
              "`--out` takes the path of a file that may be written");
}

Ending Interview(const Ready& ready, const AskOptions& options, Environment& environment, diagnostics::Sources& sources,
                 diagnostics::Sink& sink) {
  const auto look_ups = options.keep_assumptions ? evaluate::LookUps::kNoneOfTheAssumed : evaluate::LookUps::kAll;
  Session session(ready.policy, ready.protocol, ready.subject, look_ups);
  WriteFacts(environment, options.out, session, sink);  // before anybody has answered in vain
  if (sink.has_errors()) return {{}, kExitUsage, Warnings::kHide};
  if (options.json) {
    InterviewProgram(session, environment, sources);
  } else {
    InterviewPerson(session, environment, sources, ready.language);
  }
  WriteFacts(environment, options.out, session, sink);
  const evaluate::Outcome& outcome = session.turn().outcome;
  const auto why_not = report::WhyNot::kLeaveOut;
  const auto emphasis = environment.colour ? report::Emphasis::kAllowed : report::Emphasis::kNever;
  std::string result =
      options.json ? ResultMessage(report::Json(ready.policy, session.subject(), outcome, why_not))
                   : report::Text(ready.policy, session.subject(), outcome, {ready.language, why_not, emphasis});
  return {std::move(result), StatusOf(outcome, false), Warnings::kHide};
}

int RunAsk(const std::vector<std::string>& args, Environment& environment) {
  diagnostics::Sources sources;
  diagnostics::Sink sink;
  Ending ending{{}, kExitDone, Warnings::kHide};
  const AskOptions options = ReadOptions(args, sink);
  const auto ready = Prepare(environment, options.wanted, sources, sink);
  if (ready) ending = Interview(*ready, options, environment, sources, sink);
  return Finish(environment, sources, sink, ending);
}

}  // namespace

const Command kAsk = {"ask", "ask a person for what is missing, one question at a time", kHelp, RunAsk};

}  // namespace cordon::cli
