// Solver: whether grounded conditions can hold together. The one door to a solver from outside.
//
// A check is given so much effort, counted in the solver's own steps and not by the clock, so that it gives up at the
// same place everywhere; giving up is an answer of its own. solver_z3.cc alone knows which solver it is; it is loaded
// at the first use, and where it cannot be, the program says why and ends with status 69.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "symbolic/term.h"

namespace cordon::symbolic {

enum class Answer : std::uint8_t { kYes, kNo, kGaveUp };

struct Checked {
  Answer answer = Answer::kGaveUp;
  std::map<ScalarId, std::int64_t> solution;  // kYes
  std::vector<TermId> core;                   // kNo: of the assumptions, some that cannot hold together
};

// How much a check may cost. A second of a common machine's time is some ten million.
inline constexpr std::uint64_t kUsualEffort = 100'000'000;

// What solvers of the same terms share, so that each condition is translated once. Not for several threads.
class SolverMemory;
std::shared_ptr<SolverMemory> MakeSolverMemory(const Terms& terms);

class Solver {
 public:
  Solver(std::shared_ptr<SolverMemory> memory, std::uint64_t effort = kUsualEffort);
  ~Solver();
  Solver(const Solver&) = delete;
  Solver& operator=(const Solver&) = delete;

  // REQUIRES here and below: grounded conditions.
  void Assert(TermId condition);
  // Whether all that was asserted and all of `assumptions` can hold together.
  Checked Check(const std::vector<TermId>& assumptions);

  const std::vector<TermId>& asserted() const { return asserted_; }
  std::size_t num_checks() const { return num_checks_; }

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
  std::vector<TermId> asserted_;
  std::size_t num_checks_ = 0;
};

}  // namespace cordon::symbolic
