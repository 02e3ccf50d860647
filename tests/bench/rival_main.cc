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

#include <cstdio>
#include <functional>
#include <string>

#include "rival_read.h"
#include "timing.h"

namespace {

namespace rival = cordon::rival;
using cordon::bench::NanosecondsOf;

int Print(double value) { return std::printf("%.2f\n", value) > 0 ? 0 : 74; }

int Decide(const char* path) {
  const int in = path == nullptr ? STDIN_FILENO : open(path, O_RDONLY);
  if (in < 0) return 64;
  rival::Pipeline(in, STDOUT_FILENO);
  return 0;
}

double PipelineOnce(const char* path) {
  const int in = open(path, O_RDONLY);
  const int out = open("/dev/null", O_WRONLY);
  std::size_t number = 0;
  const double nanoseconds = NanosecondsOf([&] { number = rival::Pipeline(in, out); });
  close(in);
  close(out);
  return nanoseconds / static_cast<double>(number);
}

double RulesOnce(const std::vector<rival::Patient>& patients, std::size_t number, std::size_t rounds) {
  std::size_t sum = 0;
  const double nanoseconds = NanosecondsOf([&] {
    for (std::size_t round = 0; round < rounds; ++round) {
      for (std::size_t i = 0; i < number; ++i) sum += rival::Conclude(patients[i]);
      asm volatile("" : "+r"(sum) : : "memory");
    }
  });
  return nanoseconds / static_cast<double>(number * rounds);
}

int Latency(const rival::Text& text) {
  rival::Decider decider;
  cordon::bench::PrintLatency(text.view(), [&](std::string_view document) { return decider.Decide(document).size(); });
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string mode = argc > 1 ? argv[1] : "";
  if (mode == "decide" && argc <= 3) return Decide(argc == 3 ? argv[2] : nullptr);
  if (argc != 3) {
    std::fprintf(stderr, "usage: cordon_rival decide [FILE] | pipeline|read|rules|hot|latency FILE\n");
    return 64;
  }
  if (mode == "pipeline") {
    PipelineOnce(argv[2]);
    return Print(PipelineOnce(argv[2]));
  }
  const rival::Text text(argv[2]);
  if (mode == "latency") return Latency(text);
  if (mode == "read") {
    rival::ReadOnly(text.view());
    std::size_t number = 0;
    const double nanoseconds = NanosecondsOf([&] { number = rival::ReadOnly(text.view()); });
    return Print(nanoseconds / static_cast<double>(number));
  }
  const std::vector<rival::Patient> patients = rival::ReadAll(text.view());
  const bool hot = mode == "hot";
  const std::size_t number = hot ? std::min<std::size_t>(patients.size(), 4000) : patients.size();
  RulesOnce(patients, number, 1);
  return Print(RulesOnce(patients, number, hot ? 200 : 1));
}
