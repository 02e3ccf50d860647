// Run: the whole program, with the outside world handed in.
//
// Everything that a command sees of the world stands in Environment, so that a test runs the same code as a terminal.
// Source: the language manual, "Evaluation's contract", for the exit statuses.
#pragma once

#include <cstdint>
#include <istream>
#include <ostream>
#include <string>
#include <vector>

#include "calendar/calendar.h"
#include "cli/interruption.h"
#include "support/byte_stream.h"
#include "support/file_system.h"
#include "support/file_writer.h"

namespace cordon::cli {

struct Environment {
  const support::FileSystem& files;
  std::istream& in;
  std::ostream& out;          // results only
  std::ostream& err;          // diagnostics, and what an interview says to a person
  bool colour = false;        // whether a person at a terminal reads `out` and `err`
  std::string policies_root;  // the folder that policies are named in: `dk.cpo` lies in `<root>/dk/cpo`
  calendar::Date today;       // the as-of date where nothing else gives one
  const support::FileWriter* writer = nullptr;  // null where nothing can be written
  bool typed = false;                           // whether a person types `in` at a terminal, which shows it
  // For results that are streamed; all may be null, and then there are no such files, the streams above are used,
  // nothing interrupts, and nobody is told how far it is.
  const support::StreamFiles* streams = nullptr;
  support::ByteReader* bulk_in = nullptr;    // what `in` reads, in blocks
  support::ByteWriter* bulk_out = nullptr;   // what `out` writes, in blocks
  Interruption* interruption = nullptr;      // the way in which somebody wants the program to stop
  std::int64_t (*milliseconds)() = nullptr;  // since some time; for a person who watches `err`
  std::size_t cores = 1;                     // how many threads can run at once
  std::size_t block_bytes = std::size_t{1} << 20U;  // how much of an input is taken in hand at once
};

// Does what `args` (without the program's name) asks for and returns the exit status:
// 0 done; 1 the answer is "no": a test failed; 2 the policy is in error or in conflict; 3 the facts are in error;
// 4 not determined, with --require-determined; 64 wrong usage; 70 a fault of the program; 130 interrupted.
int Run(const std::vector<std::string>& args, Environment& environment);

}  // namespace cordon::cli
