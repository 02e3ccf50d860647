// Reads cohorts; see cohort_lines.h. Tested by tests/golden/diff/cohort.golden.
#include "cli/cohort_lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <sstream>

#include "cli/input_lines.h"
#include "evaluate/evaluate.h"
#include "facts/read.h"

namespace cordon::cli {
namespace {

// A longer line is cut, and then no document.
constexpr std::size_t kLongestLine = 16'000'000;

struct Line {
  std::string text;
  std::size_t number = 0;  // from 1
};

// One line as the facts of `policy`; names that only `other` declares are passed over.
std::optional<facts::Subject> Read(const model::Policy& policy, const model::Policy& other,
                                   const diagnostics::Sources& sources, diagnostics::SourceId source,
                                   calendar::Date today, diagnostics::Sink& sink) {
  facts::Overrides overrides;
  overrides.default_as_of = model::Moment{today, std::nullopt};
  overrides.other = &other;
  auto subject = facts::ReadDocument(policy, sources, source, overrides, sink);
  if (!subject || !evaluate::CheckFeasible(policy, *subject, sink)) return std::nullopt;
  return subject;
}

void Forward(const diagnostics::Sink& from, diagnostics::Sink& to) {
  for (const diagnostics::Diagnostic& one : from.diagnostics()) {
    to.Report(one.code, one.span, one.message, one.help, one.notes);
  }
}

bool IsBlank(const std::string& text) { return text.find_first_not_of(" \t") == std::string::npos; }

class Reader {
 public:
  Reader(const Environment& environment, const std::string& file, const model::Policy& old_policy,
         const model::Policy& new_policy, analyse::Comparison& comparison)
      : environment_(environment),
        file_(file),
        old_(old_policy),
        new_(new_policy),
        counter_(old_policy, new_policy, comparison) {}

  analyse::Cohort Count(std::istream& in, diagnostics::Sources& sources, diagnostics::Sink& broken) {
    std::size_t left_out = 0;
    std::size_t number = 0;
    while (auto text = ReadLine(in, kLongestLine)) {
      ++number;
      if (IsBlank(*text)) continue;
      if (!Add({*std::move(text), number}, sources, broken)) ++left_out;
    }
    analyse::Cohort cohort = counter_.cohort();
    cohort.file = file_;
    cohort.left_out = left_out;
    return cohort;
  }

 private:
  // A mistake in what both versions declare is told once.
  bool Add(Line line, diagnostics::Sources& sources, diagnostics::Sink& broken) {
    const auto source = sources.Add(fmt::format("{} line {}", file_, line.number), std::move(line.text));
    diagnostics::Sink mistakes;
    const auto old_subject = Read(old_, new_, sources, source, environment_.today, mistakes);
    std::optional<facts::Subject> new_subject;
    if (old_subject) new_subject = Read(new_, old_, sources, source, environment_.today, mistakes);
    Forward(mistakes, broken);
    if (!old_subject || !new_subject) return false;
    const std::string& id = old_subject->id;
    counter_.Add(*old_subject, *new_subject, id.empty() ? fmt::format("line {}", line.number) : id);
    return true;
  }

  const Environment& environment_;
  const std::string& file_;
  const model::Policy& old_;
  const model::Policy& new_;
  analyse::CohortCounter counter_;
};

}  // namespace

analyse::Cohort CountCohort(Environment& environment, const std::string& file, const model::Policy& old_policy,
                            const model::Policy& new_policy, analyse::Comparison& comparison,
                            diagnostics::Sources& sources, diagnostics::Sink& broken, diagnostics::Sink& sink) {
  const std::string name = file == "-" ? "standard input" : file;
  Reader reader(environment, name, old_policy, new_policy, comparison);
  if (file == "-") return reader.Count(environment.in, sources, broken);
  support::Result<std::string> text = environment.files.Read(file);
  if (!text.ok()) {
    sink.Report(diagnostics::Code::kFileUnreadable, {},
                fmt::format("the cohort `{}` cannot be read: {}", file, text.failure().message),
                "`--cohort` takes the path of a file with one facts document on each line, or - for standard input");
    return {};
  }
  std::istringstream in(std::move(text).value());
  return reader.Count(in, sources, broken);
}

}  // namespace cordon::cli
