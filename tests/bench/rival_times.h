// Rival, timed: nanoseconds a patient for the whole of it and for its parts, of one run.
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <string_view>
#include <vector>

#include "rival_read.h"
#include "timing.h"

namespace cordon::rival {

// From the file to /dev/null.
inline double PipelineOnce(const char* path) {
  const int in = open(path, O_RDONLY);
  const int out = open("/dev/null", O_WRONLY);
  std::size_t number = 0;
  const double nanoseconds = bench::NanosecondsOf([&] { number = Pipeline(in, out); });
  close(in);
  close(out);
  return nanoseconds / static_cast<double>(number);
}

// From a text in memory into structs.
inline double ReadOnce(std::string_view text) {
  std::size_t number = 0;
  const double nanoseconds = bench::NanosecondsOf([&] { number = ReadOnly(text); });
  return nanoseconds / static_cast<double>(number);
}

// The rules alone: the first `number` of the patients, one after the other, `rounds` times.
inline double RulesOnce(const std::vector<Patient>& patients, std::size_t number, std::size_t rounds) {
  std::size_t sum = 0;
  const double nanoseconds = bench::NanosecondsOf([&] {
    for (std::size_t round = 0; round < rounds; ++round) {
      for (std::size_t i = 0; i < number; ++i) sum += Conclude(patients[i]);
      asm volatile("" : "+r"(sum) : : "memory");
    }
  });
  return nanoseconds / static_cast<double>(number * rounds);
}

}  // namespace cordon::rival
