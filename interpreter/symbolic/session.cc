// Questions put to a solver; see session.h.
#include "symbolic/session.h"

#include "support/assert.h"
#include "symbolic/smt_lib.h"

namespace cordon::symbolic {

Session::Session(Terms& terms, const Frame& frame, const Axioms& axioms, const std::vector<TermId>& roots,
                 const SessionOptions& options)
    : terms_(terms),
      axioms_(axioms),
      options_(options),
      grounding_(terms, frame, axioms, roots, options.more_records),
      solver_(options.memory ? options.memory : MakeSolverMemory(terms), options.effort) {}

Checked Session::Check(const std::vector<TermId>& grounded) {
  for (const TermId constraint : grounding_.TakeConstraints()) solver_.Assert(constraint);
  Checked checked = solver_.Check(grounded);
  // With too few records, that there is nobody proves nothing.
  if (checked.answer == Answer::kNo && !grounding_.complete()) checked.answer = Answer::kGaveUp;
  last_query_ = options_.name + "-" + std::to_string(solver_.num_checks());
  if (options_.log) {
    options_.log(last_query_, SmtLib(terms_, grounding_, solver_.asserted(), grounded, checked.answer));
  }
  return checked;
}

Found Session::Find(const std::vector<TermId>& conditions) {
  std::vector<TermId> grounded;
  std::map<TermId, TermId> back;
  for (const TermId condition : conditions) {
    grounded.push_back(grounding_.Ground(condition));
    back.emplace(grounded.back(), condition);
  }
  const Checked checked = Check(grounded);
  Found found;
  found.answer = checked.answer;
  somebody_ = somebody_ || checked.answer == Answer::kYes;
  if (checked.answer == Answer::kNo && !somebody_) {
    const std::string query = last_query_;
    somebody_ = Check({}).answer == Answer::kYes;
    last_query_ = query;
    if (!somebody_) found.answer = Answer::kGaveUp;
  }
  for (const TermId ground : checked.core) found.core.push_back(back.at(ground));
  if (checked.answer != Answer::kYes) return found;
  found.patient = grounding_.PatientOf(checked.solution);
  Evaluation evaluation(terms_, *found.patient);
  for (const TermId condition : conditions) CORDON_ASSERT(evaluation.Holds(condition));
  for (const TermId axiom : axioms_.of_patients) CORDON_ASSERT(evaluation.Holds(axiom));
  return found;
}

}  // namespace cordon::symbolic
