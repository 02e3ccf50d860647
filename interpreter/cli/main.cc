// The program: hands the real disk, clock, terminal and environment to cli::Run.
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

#include "cli/disk.h"
#include "cli/disk_streams.h"
#include "cli/interruption.h"
#include "cli/run.h"

namespace {

// The civil date here and now.
cordon::calendar::Date Today() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm civil{};
  localtime_r(&now, &civil);
  const auto date = cordon::calendar::MakeDate(civil.tm_year + 1900, civil.tm_mon + 1, civil.tm_mday);
  return date.value_or(cordon::calendar::kLastDate);
}

std::int64_t Milliseconds() {
  const auto since = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(since).count();
}

// Ends without taking the parser's tables apart, which would take as long as much of the work; the system takes all
// memory back. What looks for leaks and counts coverage does its work on the way out, in builds with assertions.
int End(int status) {
  std::cout.flush();
  std::cerr.flush();
#ifdef NDEBUG
  std::_Exit(status);
#else
  return status;
#endif
}

}  // namespace

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  const cordon::cli::Disk disk;
  const cordon::cli::DiskWriter writer;
  const cordon::cli::DiskStreams streams;
  const auto bulk_in = cordon::cli::ReaderOf(STDIN_FILENO);
  const auto bulk_out = cordon::cli::WriterOf(STDOUT_FILENO);
  cordon::cli::SignalInterruption interruption;
  const char* root = std::getenv("CORDON_POLICIES");
  const bool plain = std::getenv("NO_COLOR") != nullptr;
  const bool colour = !plain && isatty(STDOUT_FILENO) == 1 && isatty(STDERR_FILENO) == 1;
  cordon::cli::Environment environment{disk,      std::cin, std::cout,
                                       std::cerr, colour,   root != nullptr ? root : "policies",
                                       Today(),   &writer,  isatty(STDIN_FILENO) == 1};
  environment.streams = &streams;
  environment.bulk_in = bulk_in.get();
  environment.bulk_out = bulk_out.get();
  environment.interruption = &interruption;
  if (isatty(STDERR_FILENO) == 1) environment.milliseconds = Milliseconds;
  environment.cores = std::max(std::thread::hardware_concurrency(), 1U);
  try {
    return End(cordon::cli::Run(std::vector<std::string>(argv + std::min(argc, 1), argv + argc), environment));
  } catch (const std::exception& fault) {
    std::cerr << "cordon: a fault of the program: " << fault.what() << '\n';
    return 70;
  }
}
