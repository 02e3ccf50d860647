// How every command ends; see commands.h.
#include <algorithm>

#include "cli/commands.h"
#include "diagnostics/render.h"
#include "report/diagnostics_json.h"

namespace cordon::cli {
namespace {

using diagnostics::Diagnostic;

// What every user is told: the errors, and the warnings about how the program is used. Those about a policy are its
// author's.
diagnostics::Sink OnlyErrors(const diagnostics::Sink& sink) {
  diagnostics::Sink errors;
  for (const Diagnostic& diagnostic : sink.diagnostics()) {
    const bool warns = diagnostics::CodeSeverity(diagnostic.code) != diagnostics::Severity::kError;
    if (warns && diagnostics::CodeArea(diagnostic.code) != diagnostics::Area::kUsage) continue;
    errors.Report(diagnostic.code, diagnostic.span, diagnostic.message, diagnostic.help, diagnostic.notes);
  }
  return errors;
}

}  // namespace

int ErrorStatus(const diagnostics::Sink& sink) {
  bool usage = false;
  bool policy = false;
  bool facts = false;
  bool answer = false;
  for (const Diagnostic& diagnostic : sink.diagnostics()) {
    if (diagnostics::CodeSeverity(diagnostic.code) != diagnostics::Severity::kError) continue;
    switch (diagnostics::CodeArea(diagnostic.code)) {
      case diagnostics::Area::kUsage:
        usage = true;
        break;
      case diagnostics::Area::kPolicy:
        policy = true;
        break;
      case diagnostics::Area::kFacts:
        facts = true;
        break;
      case diagnostics::Area::kAnswer:
        answer = true;
        break;
    }
  }
  if (usage) return kExitUsage;
  if (policy) return kExitPolicy;
  if (facts) return kExitFacts;
  return answer ? kExitNo : kExitDone;
}

int Finish(Environment& environment, const diagnostics::Sources& sources, const diagnostics::Sink& sink,
           const Ending& ending) {
  const auto colour = environment.colour ? diagnostics::Colour::kAlways : diagnostics::Colour::kNever;
  const diagnostics::Sink shown = ending.warnings == Warnings::kShow ? sink : OnlyErrors(sink);
  if (ending.json && !shown.diagnostics().empty()) {
    environment.err << report::DiagnosticsJson(shown, sources);
  } else {
    environment.err << diagnostics::RenderAll(shown, sources, colour);
  }
  // An answer of no is a result as well.
  const int status = sink.has_errors() ? ErrorStatus(sink) : ending.status;
  if (sink.has_errors() && status != kExitNo) return status;
  environment.out << ending.results << std::flush;
  if (environment.out.good()) return status;
  diagnostics::Sink unwritten;
  unwritten.Report(diagnostics::Code::kResultsUnwritable, {}, "the results cannot be written",
                   "is the disk full, or the reader gone?");
  environment.err << diagnostics::RenderAll(unwritten, sources, colour);
  return kExitUsage;
}

}  // namespace cordon::cli
