// Writes diagnostics as SARIF; see diagnostics_sarif.h. Tested by tests/unit/sarif_test.cc.
#include "report/diagnostics_sarif.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <tuple>
#include <vector>

#include "diagnostics/pages.h"
#include "support/sha256.h"

namespace cordon::report {
namespace {

using diagnostics::Code;
using diagnostics::Diagnostic;
using Document = nlohmann::ordered_json;

const char* LevelOf(Code code) {
  return diagnostics::CodeSeverity(code) == diagnostics::Severity::kError ? "error" : "warning";
}

Document LocationOf(const diagnostics::Span& span, const diagnostics::Sources& sources) {
  const diagnostics::Place begin = sources.place(span.source, span.begin);
  const diagnostics::Place end = sources.place(span.source, span.end);
  return {{"physicalLocation",
           {{"artifactLocation", {{"uri", AsUri(sources.name(span.source))}}},
            {"region",
             {{"startLine", begin.line},
              {"startColumn", begin.column},
              {"endLine", end.line},
              {"endColumn", end.column}}}}}};
}

Document RuleOf(Code code) {
  const std::string_view page = diagnostics::CodePage(code);
  const std::string summary(diagnostics::CodeSummary(code));
  const std::string prose = page.empty() ? summary : diagnostics::PageProse(page);
  Document rule = {{"id", diagnostics::CodeText(code)},
                   {"shortDescription", {{"text", summary}}},
                   {"help", {{"text", prose}}},
                   {"defaultConfiguration", {{"level", LevelOf(code)}}}};
  if (!page.empty()) rule["help"]["markdown"] = page;
  return rule;
}

// What a result is known by from run to run: its code, file, line's text and message, and which of several alike it is.
class Fingerprints {
 public:
  explicit Fingerprints(const diagnostics::Sources& sources) : sources_(sources) {}

  std::string Of(const Diagnostic& diagnostic) {
    std::string seen = std::string(diagnostics::CodeText(diagnostic.code)) + '\0' + diagnostic.message + '\0';
    if (diagnostic.span.valid()) {
      const diagnostics::SourceId source = diagnostic.span.source;
      std::string_view line = sources_.line(source, sources_.place(source, diagnostic.span.begin).line);
      while (!line.empty() && (line.front() == ' ' || line.front() == '\t')) line.remove_prefix(1);
      seen += sources_.name(source) + '\0' + std::string(line);
    }
    return support::Sha256(seen + '\0' + std::to_string(counts_[seen]++));
  }

 private:
  const diagnostics::Sources& sources_;
  std::map<std::string, std::size_t> counts_;
};

Document ResultOf(const Diagnostic& diagnostic, const diagnostics::Sources& sources, std::size_t rule) {
  std::string text = diagnostic.message;
  if (!diagnostic.help.empty()) text += "\nHelp: " + diagnostic.help;
  Document result = {{"ruleId", diagnostics::CodeText(diagnostic.code)},
                     {"ruleIndex", rule},
                     {"level", LevelOf(diagnostic.code)},
                     {"message", {{"text", text}}}};
  if (diagnostic.span.valid()) result["locations"] = Document::array({LocationOf(diagnostic.span, sources)});
  std::size_t id = 0;
  for (const diagnostics::Note& note : diagnostic.notes) {
    if (!note.span.valid()) continue;
    Document location = {{"id", id++}};
    location.update(LocationOf(note.span, sources));
    location["message"] = {{"text", note.message}};
    result["relatedLocations"].push_back(std::move(location));
  }
  return result;
}

}  // namespace

std::string AsUri(std::string_view path) {
  constexpr std::string_view kPlain = "-._~/";
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string uri = path.substr(0, 1) == "/" ? "file://" : "";
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter || kPlain.find(c) != std::string_view::npos) {
      uri += c;
    } else {
      uri += '%';
      uri += kHex[byte >> 4];
      uri += kHex[byte & 15];
    }
  }
  return uri;
}

std::string DiagnosticsSarif(const diagnostics::Sink& sink, const diagnostics::Sources& sources,
                             std::string_view version) {
  std::vector<const Diagnostic*> sorted;
  for (const Diagnostic& diagnostic : sink.diagnostics()) sorted.push_back(&diagnostic);
  std::stable_sort(sorted.begin(), sorted.end(), [](const Diagnostic* a, const Diagnostic* b) {
    return std::tie(a->span.source, a->span.begin, a->span.end) < std::tie(b->span.source, b->span.begin, b->span.end);
  });
  std::map<Code, std::size_t> rules;
  for (const Diagnostic* diagnostic : sorted) rules.emplace(diagnostic->code, 0);
  Document metadata = Document::array();
  for (auto& [code, index] : rules) {
    index = metadata.size();
    metadata.push_back(RuleOf(code));
  }
  Fingerprints fingerprints(sources);
  Document results = Document::array();
  for (const Diagnostic* diagnostic : sorted) {
    Document result = ResultOf(*diagnostic, sources, rules[diagnostic->code]);
    result["partialFingerprints"] = {{"cordon/v1", fingerprints.Of(*diagnostic)}};
    results.push_back(std::move(result));
  }
  const Document driver = {{"name", "cordon"}, {"version", version}, {"rules", std::move(metadata)}};
  const Document run = {{"tool", {{"driver", driver}}}, {"columnKind", "unicodeCodePoints"}, {"results", results}};
  const Document log = {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                        {"version", "2.1.0"},
                        {"runs", Document::array({run})}};
  // A text that is no UTF-8 is shown as far as it is.
  return log.dump(2, ' ', false, Document::error_handler_t::replace) + "\n";
}

}  // namespace cordon::report
