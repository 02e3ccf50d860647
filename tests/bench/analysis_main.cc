// How long the exact analyses of the whole Danish guideline take, against what they are meant to.
//
//   cordon_analysis_bench [--runs N]
//
// Loading the policies is not counted. Prints, for each analysis, the least, the median and the greatest time of N runs
// (5 where it is not said), what it is to stay below, and what was found, which has to be the same in every run.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

#include "analyse/compare.h"
#include "cli/disk.h"
#include "cli/load.h"
#include "diagnostics/render.h"
#include "report/diff_text.h"

namespace {

using cordon::model::Policy;

class Bench {
 public:
  explicit Bench(std::size_t runs) : runs_(runs) {}

  std::optional<Policy> Load(const std::string& policy) {
    const cordon::cli::Environment environment{disk_,
                                               std::cin,
                                               std::cout,
                                               std::cerr,
                                               false,
                                               CORDON_SOURCE_DIR "/policies",
                                               *cordon::calendar::MakeDate(2025, 3, 1)};
    cordon::diagnostics::Sink sink;
    auto loaded = cordon::cli::LoadPolicy(environment, {policy, environment.policies_root, environment.today}, sources_,
                                          sink);
    if (!loaded) std::cerr << cordon::diagnostics::RenderAll(sink, sources_, cordon::diagnostics::Colour::kNever);
    return loaded;
  }

  // Runs `analysis`, which says what it found, and prints a line of the table.
  void Time(const std::string& what, double most_seconds, const std::function<std::string()>& analysis) const {
    std::vector<double> seconds;
    std::string found;
    for (std::size_t i = 0; i < runs_; ++i) {
      const auto start = std::chrono::steady_clock::now();
      const std::string now = analysis();
      seconds.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
      if (i > 0 && now != found) std::cout << "FOUND SOMETHING ELSE: " << now << '\n';
      found = now;
    }
    std::sort(seconds.begin(), seconds.end());
    const double median = seconds[seconds.size() / 2];
    std::cout << fmt::format("{:<34}{:>7.2f} s {:>7.2f} s {:>7.2f} s   below {:.1f} s: {}\n    {}\n", what,
                             seconds.front(), median, seconds.back(), most_seconds,
                             median < most_seconds ? "yes" : "NO", found);
  }

  std::string Difference(const Policy& old_policy, const Policy& new_policy) const {
    cordon::analyse::CompareOptions options;
    options.text_at = [&](const cordon::diagnostics::Span& span) {
      return span.valid() ? std::string(sources_.text(span)) : std::string();
    };
    options.place_at = [](const cordon::diagnostics::Span&) { return cordon::analyse::Place{}; };
    return cordon::report::DiffSummary(cordon::analyse::Compare(old_policy, new_policy, options).diff);
  }

 private:
  std::size_t runs_;
  cordon::cli::Disk disk_;
  cordon::diagnostics::Sources sources_;
};

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> args(argv + 1, argv + argc);
  const std::size_t runs = args.size() == 2 && args[0] == "--runs" ? std::strtoull(args[1].c_str(), nullptr, 10) : 5;
  if (runs == 0 || (!args.empty() && args.size() != 2)) {
    std::cerr << "usage: cordon_analysis_bench [--runs N], N from 1 on\n";
    return 64;
  }
  Bench bench(runs);
  const std::string root = CORDON_SOURCE_DIR;
  const auto danish = bench.Load("dk.cpo@2018-09-04");
  const auto what_if = bench.Load(root + "/docs/how-to/what-if");
  const auto refactored = bench.Load(root + "/tests/golden/diff/edits/15-de-morgan");
  if (!danish || !what_if || !refactored) return 70;
  std::cout << fmt::format("{:<34}{:>9} {:>9} {:>9}\n", "", "least", "median", "greatest");
  bench.Time("difference, regions and examples", 3.0, [&] { return bench.Difference(*danish, *what_if); });
  bench.Time("a refactoring, proved unchanged", 0.5, [&] { return bench.Difference(*danish, *refactored); });
  bench.Time("the same policy twice", 0.5, [&] { return bench.Difference(*danish, *danish); });
  return 0;
}
