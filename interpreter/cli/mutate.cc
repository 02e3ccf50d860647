// Chooses mutants, runs them and reports what became of them; see mutate.h. Tested by tests/golden/test/mutants.golden.
#include "cli/mutate.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <thread>
#include <utility>
#include <vector>

#include "cli/mutant_runs.h"
#include "report/mutants_report.h"
#include "support/sha256.h"

namespace cordon::cli {
namespace {

using analyse::Mutant;

constexpr std::size_t kMostThreads = 256;
constexpr std::size_t kMostMutants = 1'000'000;

// A whole number from 1 to `most`; 0 where the text is empty or no such number, which is reported.
std::size_t ReadNumber(const std::string& option, const std::string& text, std::size_t most, diagnostics::Sink& sink) {
  if (text.empty()) return 0;
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc() && end == text.data() + text.size() && number >= 1 && number <= most) return number;
  sink.Report(diagnostics::Code::kOptionValue, {}, fmt::format("`{}` is given `{}`", option, text),
              fmt::format("it takes a whole number, from 1 to {}", most));
  return 0;
}

std::size_t NumThreads(const MutateOptions& options) {
  diagnostics::Sink checked_before;
  const std::size_t given = ReadNumber("--threads", options.threads, kMostThreads, checked_before);
  return given > 0 ? given : std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, kMostThreads);
}

// So many of them, chosen by their ids alone: the same ones as long as these are the same.
std::vector<Mutant> Sample(std::vector<Mutant> mutants, std::size_t limit) {
  if (limit == 0 || mutants.size() <= limit) return mutants;
  std::vector<std::pair<std::string, std::size_t>> drawn;
  for (std::size_t i = 0; i < mutants.size(); ++i) drawn.emplace_back(support::Sha256(mutants[i].id), i);
  std::sort(drawn.begin(), drawn.end());
  drawn.resize(limit);
  std::vector<std::size_t> chosen;
  for (const auto& [digest, i] : drawn) chosen.push_back(i);
  std::sort(chosen.begin(), chosen.end());
  std::vector<Mutant> sample;
  for (const std::size_t i : chosen) sample.push_back(std::move(mutants[i]));
  return sample;
}

void ReportNone(const std::vector<Mutant>& all, const std::string& only, diagnostics::Sink& sink) {
  const std::string help = all.empty()
                               ? "the policy has nothing that can be changed: no rules, no outputs, no assumptions"
                               : fmt::format("the first of its {} mutants is `{}`", all.size(), all.front().id);
  sink.Report(diagnostics::Code::kNoMutantMatches, {},
              only.empty() ? std::string("the policy has no mutants")
                           : fmt::format("`--mutate-only` is given `{}`, which is in the id of no mutant", only),
              help);
}

int StatusOf(const report::MutantsReport& report) {
  const report::MutantsCount count = report::CountMutants(report);
  if (count.survived > 0) return kExitNo;
  return count.undecided > 0 ? kExitUndecided : kExitDone;
}

}  // namespace

void CheckMutateOptions(const MutateOptions& options, diagnostics::Sink& sink) {
  ReadNumber("--mutate-limit", options.limit, kMostMutants, sink);
  ReadNumber("--threads", options.threads, kMostThreads, sink);
  if (options.mutate) return;
  const std::pair<const char*, const std::string&> given[] = {
      {"--mutate-only", options.only}, {"--mutate-limit", options.limit}, {"--threads", options.threads}};
  for (const auto& [option, text] : given) {
    if (text.empty()) continue;
    sink.Report(diagnostics::Code::kMutateMissing, {}, fmt::format("`{}` is given without `--mutate`", option),
                "it says which mutants are run, or how: add `--mutate`");
  }
}

void Mutate(const model::Policy& policy, const diagnostics::Sources& sources, const MutateOptions& options,
            const std::string& format, const analyse::EquivalenceCheck& check, diagnostics::Sink& sink,
            Ending& ending) {
  const std::vector<Mutant> all = analyse::ListMutants(policy, sources);
  std::vector<Mutant> chosen;
  std::copy_if(all.begin(), all.end(), std::back_inserter(chosen),
               [&](const Mutant& mutant) { return mutant.id.find(options.only) != std::string::npos; });
  if (chosen.empty()) return ReportNone(all, options.only, sink);
  chosen = Sample(std::move(chosen), ReadNumber("--mutate-limit", options.limit, kMostMutants, sink));
  const report::MutantsReport report{RunMutants(policy, chosen, NumThreads(options), check), all.size()};
  ending.results =
      format == "json" ? report::MutantsJson(policy, sources, report) : report::MutantsText(policy, sources, report);
  ending.status = StatusOf(report);
}

}  // namespace cordon::cli
