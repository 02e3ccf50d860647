// How many questions `cordon ask` saves against a form in fixed order, on the Danish guideline's admission.
//
//   cordon_questions_bench [--patients N] [--seed N] [--keep-assumptions]
//
// 100 patients where it is not said, and the seed 1: some minutes. The same arguments print the same table on every
// machine. Described in docs/language/asking.md; tests/unit/questions_test.cc runs a small one.
#include <cstdlib>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

#include "cli/disk.h"
#include "cli/load.h"
#include "diagnostics/render.h"
#include "question_table.h"

namespace {

// Nothing where the arguments are wrong.
std::optional<cordon::bench::Options> ReadOptions(const std::vector<std::string>& args) {
  cordon::bench::Options options;
  for (std::size_t i = 0; i < args.size(); ++i) {
    if (args[i] == "--keep-assumptions") {
      options.look_ups = cordon::evaluate::LookUps::kNoneOfTheAssumed;
      continue;
    }
    const bool takes_number = args[i] == "--patients" || args[i] == "--seed";
    if (!takes_number || i + 1 == args.size()) return std::nullopt;
    const unsigned long long number = std::strtoull(args[i + 1].c_str(), nullptr, 10);
    if (number == 0) return std::nullopt;
    if (args[i] == "--patients") options.num_patients = number;
    if (args[i] == "--seed") options.seed = number;
    ++i;
  }
  return options;
}

}  // namespace

int main(int argc, char** argv) {
  const auto options = ReadOptions({argv + 1, argv + argc});
  if (!options) {
    std::cerr << "usage: cordon_questions_bench [--patients N] [--seed N] [--keep-assumptions], N from 1 on\n";
    return 64;
  }
  const cordon::cli::Disk disk;
  const cordon::cli::Environment environment{disk,
                                             std::cin,
                                             std::cout,
                                             std::cerr,
                                             false,
                                             CORDON_SOURCE_DIR "/policies",
                                             *cordon::calendar::MakeDate(2025, 3, 1)};
  cordon::diagnostics::Sources sources;
  cordon::diagnostics::Sink sink;
  const auto policy = cordon::cli::LoadPolicy(
      environment, {"dk.cpo@2018-09-04", environment.policies_root, environment.today}, sources, sink);
  if (!policy) {
    std::cerr << cordon::diagnostics::RenderAll(sink, sources, cordon::diagnostics::Colour::kNever);
    return 70;
  }
  std::cout << cordon::bench::Table(*policy, *options);
  return 0;
}
