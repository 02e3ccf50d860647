// The hand-written admission: its conclusions, or one measurement of it.
//
//   cordon_rival decide [FILE]    a line for each document of the file, or of standard input
//   cordon_rival pipeline FILE    nanoseconds a document, from the file to /dev/null
//   cordon_rival read FILE        the same from a text in memory into structs
//   cordon_rival rules FILE       the same for the rules alone, over all patients one after the other
//   cordon_rival hot FILE         the same over a few patients that stay in the cache
//   cordon_rival latency FILE     one document after the other: the median and the 99th percentile, in nanoseconds
//
// A measurement is of one run, after one that is not counted.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include "rival_read.h"
#include "rival_times.h"

namespace {

namespace rival = cordon::rival;

int Decide(const char* path) {
  const int in = path == nullptr ? STDIN_FILENO : open(path, O_RDONLY);
  if (in < 0) return 64;
  rival::Pipeline(in, STDOUT_FILENO);
  return 0;
}

int Latency(std::string_view text) {
  rival::Decider decider;
  cordon::bench::PrintLatency(text, [&](std::string_view document) { return decider.Decide(document).size(); });
  return 0;
}

template <typename Measure>
int PrintSecond(const Measure& measure) {
  measure();
  return std::printf("%.2f\n", measure()) > 0 ? 0 : 74;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string mode = argc > 1 ? argv[1] : "";
  if (mode == "decide" && argc <= 3) return Decide(argc == 3 ? argv[2] : nullptr);
  if (argc != 3) {
    std::fprintf(stderr, "usage: cordon_rival decide [FILE] | pipeline|read|rules|hot|latency FILE\n");
    return 64;
  }
  if (mode == "pipeline") return PrintSecond([&] { return rival::PipelineOnce(argv[2]); });
  const rival::Text text(argv[2]);
  if (mode == "latency") return Latency(text.view());
  if (mode == "read") return PrintSecond([&] { return rival::ReadOnce(text.view()); });
  const std::vector<rival::Patient> patients = rival::ReadAll(text.view());
  if (mode == "rules") return PrintSecond([&] { return rival::RulesOnce(patients, patients.size(), 1); });
  constexpr std::size_t kHot = 4000;
  return PrintSecond([&] { return rival::RulesOnce(patients, std::min(patients.size(), kHot), 200); });
}
