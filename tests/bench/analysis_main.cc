// How long the exact analyses of the whole Danish guideline take, against what they are meant to.
//
//   cordon_analysis_bench [--runs N]
//
// Loading the policies is not counted. Prints, for each analysis, the least, the median and the greatest time of N runs
// (5 where it is not said), what it is to stay below, and what was found, which has to be the same in every run.
#include <fmt/format.h>

#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "analysis_bench.h"

int main(int argc, char** argv) {
  const std::vector<std::string> args(argv + 1, argv + argc);
  const std::size_t runs = args.size() == 2 && args[0] == "--runs" ? std::strtoull(args[1].c_str(), nullptr, 10) : 5;
  if (runs == 0 || (!args.empty() && args.size() != 2)) {
    std::cerr << "usage: cordon_analysis_bench [--runs N], N from 1 on\n";
    return 64;
  }
  cordon::bench::Bench bench(runs);
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
