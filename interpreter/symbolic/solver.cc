// The door to the solver: loads the shared object behind it at the first use; see solver.h and solver_engine.h.
#include "symbolic/solver.h"

#include <dlfcn.h>

#include <cstdio>
#include <cstdlib>

#include "symbolic/solver_engine.h"

namespace cordon::symbolic {
namespace {

// As where any other package that the program needs is missing.
constexpr int kPackageMissing = 69;

[[noreturn]] void EndWithoutSolver() {
  const char* reason = dlerror();
  std::fprintf(stderr,
               "cordon: the solver cannot be loaded, and nothing can be proved without it: %s\n"
               "cordon: %s is built beside the program, and needs the Debian package libz3-4\n",
               reason == nullptr ? "no reason is given" : reason, CORDON_SOLVER_LIBRARY);
  std::_Exit(kPackageMissing);
}

// The library lies beside the program: its name alone is looked up there first ($ORIGIN). It stays loaded.
MakeSolverMemoryFunction LoadMaker() {
  void* library = dlopen(CORDON_SOLVER_LIBRARY, RTLD_NOW | RTLD_LOCAL);
  void* maker = library == nullptr ? nullptr : dlsym(library, kMakeSolverMemory);
  if (maker == nullptr) EndWithoutSolver();
  return reinterpret_cast<MakeSolverMemoryFunction>(maker);
}

}  // namespace

std::shared_ptr<SolverMemory> MakeSolverMemory(const Terms& terms) {
  static const MakeSolverMemoryFunction kMake = LoadMaker();
  return std::shared_ptr<SolverMemory>(kMake(terms));
}

// The memory first, so that it goes last.
class Solver::Impl {
 public:
  Impl(std::shared_ptr<SolverMemory> memory, std::uint64_t effort)
      : memory_(std::move(memory)), engine_(memory_->MakeEngine(effort)) {}
  SolverEngine& engine() { return *engine_; }

 private:
  std::shared_ptr<SolverMemory> memory_;
  std::unique_ptr<SolverEngine> engine_;
};

Solver::Solver(std::shared_ptr<SolverMemory> memory, std::uint64_t effort)
    : impl_(std::make_unique<Impl>(std::move(memory), effort)) {}
Solver::~Solver() = default;

void Solver::Assert(TermId condition) {
  asserted_.push_back(condition);
  impl_->engine().Assert(condition);
}

Checked Solver::Check(const std::vector<TermId>& assumptions) {
  ++num_checks_;
  return impl_->engine().Check(assumptions);
}

}  // namespace cordon::symbolic
