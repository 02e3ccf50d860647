// Session: questions about the patients of one frame, put to a solver.
//
// Made for the conditions that will be asked about; each check asks for a patient for whom some of them hold. A patient
// that comes back has been evaluated: all that was asked holds of it, or the program ends with a fault.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "symbolic/ground.h"
#include "symbolic/patient.h"
#include "symbolic/solver.h"

namespace cordon::symbolic {

// Where the queries go that --emit-smt2 asks for: a name, and the text of an SMT-LIB script.
using QueryLog = std::function<void(const std::string& name, const std::string& script)>;

struct SessionOptions {
  std::uint64_t effort = kUsualEffort;
  int more_records = 0;  // beyond what is enough, to try the bound out
  QueryLog log;
  std::string name = "query";                      // what its queries are called in the log
  std::shared_ptr<SolverMemory> memory = nullptr;  // shared by the sessions about the same terms; null: its own
};

struct Found {
  Answer answer = Answer::kGaveUp;
  std::optional<Patient> patient;  // kYes
  std::vector<TermId> core;        // kNo: of the conditions, some that cannot hold together
};

class Session {
 public:
  // For conditions made of the sub-terms of `roots`. All but the roots must outlive this.
  Session(Terms& terms, const Frame& frame, const Axioms& axioms, const std::vector<TermId>& roots,
          const SessionOptions& options = {});

  // A patient for whom all of `conditions` hold. kGaveUp also where too many records would be needed for a proof, and
  // where what is required of records leaves no patient at all, so that nothing would be proved.
  Found Find(const std::vector<TermId>& conditions);
  const std::vector<std::size_t>& records() const { return grounding_.records(); }
  std::size_t num_checks() const { return solver_.num_checks(); }
  // Of the last query, in the log.
  const std::string& last_query() const { return last_query_; }

 private:
  Checked Check(const std::vector<TermId>& grounded);

  Terms& terms_;
  const Axioms& axioms_;
  SessionOptions options_;
  Grounding grounding_;
  Solver solver_;
  std::string last_query_;
  bool somebody_ = false;  // some patient was found
};

}  // namespace cordon::symbolic
