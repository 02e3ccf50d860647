// Writes diagnostics as JSON; see diagnostics_json.h. Tested by tests/unit/report_test.cc.
#include "report/diagnostics_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>
#include <tuple>
#include <vector>

namespace cordon::report {
namespace {

using diagnostics::Diagnostic;
using Document = nlohmann::ordered_json;

Document PlaceOf(const diagnostics::Span& span, const diagnostics::Sources& sources) {
  const diagnostics::Place begin = sources.place(span.source, span.begin);
  const diagnostics::Place end = sources.place(span.source, span.end);
  return {{"file", sources.name(span.source)},
          {"line", begin.line},
          {"column", begin.column},
          {"end_line", end.line},
          {"end_column", end.column}};
}

Document DiagnosticOf(const Diagnostic& diagnostic, const diagnostics::Sources& sources) {
  const bool error = diagnostics::CodeSeverity(diagnostic.code) == diagnostics::Severity::kError;
  Document document = {{"code", diagnostics::CodeText(diagnostic.code)},
                       {"severity", error ? "error" : "warning"},
                       {"message", diagnostic.message}};
  if (!diagnostic.help.empty()) document["help"] = diagnostic.help;
  if (diagnostic.span.valid()) document["place"] = PlaceOf(diagnostic.span, sources);
  for (const diagnostics::Note& note : diagnostic.notes) {
    Document entry = {{"message", note.message}};
    if (note.span.valid()) entry["place"] = PlaceOf(note.span, sources);
    document["notes"].push_back(std::move(entry));
  }
  return document;
}

}  // namespace

std::string DiagnosticsJson(const diagnostics::Sink& sink, const diagnostics::Sources& sources,
                            const std::string& proofs) {
  std::vector<const Diagnostic*> sorted;
  for (const Diagnostic& diagnostic : sink.diagnostics()) sorted.push_back(&diagnostic);
  std::stable_sort(sorted.begin(), sorted.end(), [](const Diagnostic* a, const Diagnostic* b) {
    return std::tie(a->span.source, a->span.begin, a->span.end) < std::tie(b->span.source, b->span.begin, b->span.end);
  });
  Document document = {{"diagnostics", Document::array()}};
  for (const Diagnostic* diagnostic : sorted) document["diagnostics"].push_back(DiagnosticOf(*diagnostic, sources));
  std::istringstream objects(proofs);
  while (!proofs.empty() && objects >> std::ws && !objects.eof()) {
    Document proof;
    objects >> proof;
    document["proofs"].push_back(std::move(proof));
  }
  // A text that is no UTF-8 is shown as far as it is.
  return document.dump(2, ' ', false, Document::error_handler_t::replace) + "\n";
}

}  // namespace cordon::report
