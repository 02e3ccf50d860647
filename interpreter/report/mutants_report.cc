// Writes what became of a policy's mutants; see mutants_report.h.
#include "report/mutants_report.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <utility>

#include "report/coverage_text.h"

namespace cordon::report {
namespace {

using Document = nlohmann::ordered_json;
using analyse::Mutant;
using analyse::Verdict;
using diagnostics::Sources;

enum class Fate : std::uint8_t { kNoticed, kEquivalent, kUndecided, kDiffers, kNotChecked };

Fate FateOf(const MutantRun& run) {
  if (run.noticed_by != nullptr) return Fate::kNoticed;
  if (!run.equivalent) return Fate::kNotChecked;
  switch (*run.equivalent) {
    case Verdict::kProved:
      return Fate::kEquivalent;
    case Verdict::kRefuted:
      return Fate::kDiffers;
    case Verdict::kUndecided:
      return Fate::kUndecided;
  }
  return Fate::kUndecided;
}

std::string_view Advice(Fate fate) {
  switch (fate) {
    case Fate::kNoticed:
      return "a test notices it";
    case Fate::kEquivalent:
      return "no patient is treated differently";
    case Fate::kUndecided:
      return "no test notices; whether any patient is treated differently is undecided";
    case Fate::kDiffers:
      return "no test notices: write one in which the two differ";
    case Fate::kNotChecked:
      return "no test notices: write one in which the two differ, if they do for any patient";
  }
  return {};
}

std::string_view VerdictName(Fate fate) {
  switch (fate) {
    case Fate::kNoticed:
      return "noticed";
    case Fate::kEquivalent:
      return "equivalent";
    case Fate::kUndecided:
      return "undecided";
    case Fate::kDiffers:
      return "differs";
    case Fate::kNotChecked:
      return "not checked";
  }
  return {};
}

std::string FullName(const model::Policy& policy, const model::Test& test) {
  return fmt::format("{}: {}", policy.protocols[test.protocol.index].name, test.name);
}

std::string SurvivorText(const Sources& sources, const MutantRun& run) {
  const Mutant& mutant = *run.mutant;
  return fmt::format("\n{}\n  at   {}\n  old  {}\n  new  {}\n  {}\n", mutant.id, PlaceText(sources, mutant.span),
                     mutant.old_text, mutant.new_text.empty() ? "nothing: it is left out" : mutant.new_text,
                     Advice(FateOf(run)));
}

std::string ScoreText(const MutantsReport& report) {
  const MutantsCount count = CountMutants(report);
  if (count.noticed == report.runs.size()) return "noticed all of them\n";
  bool checked = true;
  for (const MutantRun& run : report.runs) checked = checked && FateOf(run) != Fate::kNotChecked;
  std::string text = checked ? fmt::format("noticed {} of {} that differ; {} {} equivalent", count.noticed,
                                           count.differ(), count.equivalent, count.equivalent == 1 ? "is" : "are")
                             : fmt::format("noticed {} of {}", count.noticed, report.runs.size());
  if (count.undecided > 0) text += fmt::format("; of {} more it is undecided whether they do", count.undecided);
  if (!checked) text += "; whether the others are equivalent is not checked";
  return text + "\n";
}

Document MutantOf(const Sources& sources, const Mutant& mutant) {
  Document document = {{"id", mutant.id}, {"kind", analyse::MutantKindName(mutant.kind)}, {"path", mutant.path}};
  if (mutant.span.valid()) {
    const diagnostics::Place place = sources.place(mutant.span.source, mutant.span.begin);
    document["file"] = sources.name(mutant.span.source);
    document["line"] = place.line;
    document["column"] = place.column;
  }
  document["old"] = mutant.old_text;
  if (!mutant.new_text.empty()) document["new"] = mutant.new_text;
  return document;
}

}  // namespace

MutantsCount CountMutants(const MutantsReport& report) {
  MutantsCount count;
  for (const MutantRun& run : report.runs) {
    switch (FateOf(run)) {
      case Fate::kNoticed:
        ++count.noticed;
        break;
      case Fate::kEquivalent:
        ++count.equivalent;
        break;
      case Fate::kUndecided:
        ++count.undecided;
        break;
      case Fate::kDiffers:
      case Fate::kNotChecked:
        ++count.survived;
        break;
    }
  }
  return count;
}

std::string MutantsText(const model::Policy& policy, const Sources& sources, const MutantsReport& report) {
  const std::size_t num_tests = policy.tests.size();
  const std::string part = report.runs.size() == report.num_all ? "" : fmt::format("{} of the ", report.runs.size());
  std::string text =
      fmt::format("{}{} mutant{} of {} {}, held against {} test{}\n", part, report.num_all,
                  report.num_all == 1 ? "" : "s", policy.id, policy.version, num_tests, num_tests == 1 ? "" : "s");
  text += ScoreText(report);
  for (const MutantRun& run : report.runs) {
    const Fate fate = FateOf(run);
    if (fate != Fate::kNoticed && fate != Fate::kEquivalent) text += SurvivorText(sources, run);
  }
  return text;
}

std::string MutantsJson(const model::Policy& policy, const Sources& sources, const MutantsReport& report) {
  const MutantsCount count = CountMutants(report);
  Document document = {{"policy", {{"id", policy.id}, {"version", policy.version}, {"digest", policy.digest}}},
                       {"mutants",
                        {{"all", report.num_all},
                         {"tried", report.runs.size()},
                         {"noticed", count.noticed},
                         {"survived", count.survived},
                         {"undecided", count.undecided},
                         {"equivalent", count.equivalent}}},
                       {"survivors", Document::array()},
                       {"equivalent", Document::array()},
                       {"noticed", Document::array()}};
  for (const MutantRun& run : report.runs) {
    Document one = MutantOf(sources, *run.mutant);
    const Fate fate = FateOf(run);
    if (fate == Fate::kNoticed) {
      one["noticed_by"] = FullName(policy, *run.noticed_by);
      document["noticed"].push_back(std::move(one));
    } else if (fate == Fate::kEquivalent) {
      document["equivalent"].push_back(std::move(one));
    } else {
      one["verdict"] = VerdictName(fate);
      document["survivors"].push_back(std::move(one));
    }
  }
  return document.dump(2) + "\n";
}

}  // namespace cordon::report
