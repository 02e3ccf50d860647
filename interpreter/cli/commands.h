// Commands: what `cordon` can do, one file each.
//
// Each takes its own arguments and returns the exit status. A command writes results only when all of it succeeded.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/run.h"
#include "diagnostics/diagnostic.h"

namespace cordon::cli {

inline constexpr int kExitDone = 0;
inline constexpr int kExitNo = 1;
inline constexpr int kExitPolicy = 2;
inline constexpr int kExitFacts = 3;
inline constexpr int kExitNotDetermined = 4;
inline constexpr int kExitUndecided = 5;
inline constexpr int kExitUsage = 64;
inline constexpr int kExitFault = 70;
inline constexpr int kExitInterrupted = 130;

struct Command {
  std::string_view name;
  std::string_view summary;
  std::string_view help;  // usage, options and examples
  int (*run)(const std::vector<std::string>& args, Environment& environment);
};

extern const Command kEval;
extern const Command kBatch;
extern const Command kAsk;
extern const Command kCheck;
extern const Command kTest;
extern const Command kShowVersion;
extern const Command kList;
extern const Command kDiff;
extern const Command kWhyNot;
extern const Command kDeps;
extern const Command kInterpretations;
extern const Command kStatements;
extern const Command kCompile;
extern const Command kDump;
extern const Command kFmt;
extern const Command kNew;
extern const Command kExplain;

// What a command ends with: shows the errors in `sink` (warnings too where `warnings` says so), or where there are none
// writes `results`. Returns the status of the errors, else `status`.
enum class Warnings { kHide, kShow };
struct Ending {
  std::string results;
  int status;
  Warnings warnings;
  bool json = false;  // whether mistakes are written as a JSON document too (report/diagnostics_json.h)
};
int Finish(Environment& environment, const diagnostics::Sources& sources, const diagnostics::Sink& sink,
           const Ending& ending);

// The exit status of the errors in `sink`: usage before policy before facts; 0 where there are none.
int ErrorStatus(const diagnostics::Sink& sink);

}  // namespace cordon::cli
