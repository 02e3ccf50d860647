// SolverEngine: what stands behind the door of solver.h, in a shared object that is loaded when something is proved
// first.
//
// The solver is by far the largest library in use; whoever only evaluates does not wait for it to be loaded. Only
// solver.cc and solver_z3.cc include this. Why so: docs/decisions/0043.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "symbolic/solver.h"

namespace cordon::symbolic {

class SolverEngine {
 public:
  virtual ~SolverEngine() = default;
  virtual void Assert(TermId condition) = 0;
  virtual Checked Check(const std::vector<TermId>& assumptions) = 0;
};

class SolverMemory {
 public:
  virtual ~SolverMemory() = default;
  virtual std::unique_ptr<SolverEngine> MakeEngine(std::uint64_t effort) = 0;
};

// What the shared object offers, under this name. The memory is its taker's.
using MakeSolverMemoryFunction = SolverMemory* (*)(const Terms& terms);
inline constexpr char kMakeSolverMemory[] = "CordonMakeSolverMemory";

}  // namespace cordon::symbolic
