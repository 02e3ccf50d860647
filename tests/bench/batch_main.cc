// One measurement of a batch's stages.
//
//   cordon_batch_bench stages POLICY PROTOCOL FILE     for reading, for evaluating, for writing compact results
//   cordon_batch_bench loaded POLICY PROTOCOL FILE     for evaluating columns that are in memory
//   cordon_batch_bench latency POLICY PROTOCOL FILE    from one document's text to its full result, each by itself: the
//                                                      median and the 99th percentile
//
// In nanoseconds a subject. A measurement is of one run, after one that is not counted.
#include <cstdio>
#include <iostream>
#include <string>
#include <vector>

#include "batch_stages.h"
#include "cli/disk.h"
#include "cli/load.h"
#include "diagnostics/render.h"
#include "timing.h"

namespace {

using cordon::bench::Stages;

int Measure(const std::string& mode, Stages& stages, std::string_view text) {
  if (mode == "stages") {
    stages.Run(text);
    const auto times = stages.Run(text);
    std::printf("%.2f %.2f %.2f\n", times.reading, times.evaluating, times.writing);
  } else if (mode == "loaded") {
    std::printf("%.2f\n", stages.EvaluateLoaded(text));
  } else {
    cordon::bench::PrintLatency(text, [&](std::string_view document) { return stages.Decide(document); });
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> args(argv + 1, argv + argc);
  if (args.size() != 4 || (args[0] != "stages" && args[0] != "loaded" && args[0] != "latency")) {
    std::cerr << "usage: cordon_batch_bench stages|loaded|latency POLICY PROTOCOL FILE\n";
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
  const auto policy =
      cordon::cli::LoadPolicy(environment, {args[1], environment.policies_root, environment.today}, sources, sink);
  if (!policy) {
    std::cerr << cordon::diagnostics::RenderAll(sink, sources, cordon::diagnostics::Colour::kNever);
    return 2;
  }
  for (std::size_t i = 0; i < policy->protocols.size(); ++i) {
    if (policy->protocols[i].name != args[2]) continue;
    using cordon::evaluate::Detail;
    Stages stages(*policy, cordon::model::ProtocolId(i), args[0] == "latency" ? Detail::kFull : Detail::kValues);
    const cordon::bench::Text text(args[3]);
    return Measure(args[0], stages, text.view());
  }
  std::cerr << "the policy has no protocol " << args[2] << '\n';
  return 64;
}
