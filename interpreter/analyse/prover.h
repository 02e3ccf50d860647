// Private to the proofs: the patients of a policy, what is known of them, and a solver to ask for more.
//
// One Prover serves all questions about a policy, or about a policy and its base: their terms are shared, and each
// patient that answers one question is tried on the next.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "analyse/proof.h"
#include "analyse/prove.h"
#include "symbolic/encode.h"
#include "symbolic/session.h"
#include "value/truth.h"

namespace cordon::analyse {

using symbolic::TermId;

struct Asked {
  symbolic::Answer answer = symbolic::Answer::kGaveUp;
  const symbolic::Patient* patient = nullptr;  // kYes
};

class Prover {
 public:
  // `versions`: one, or two that are compared. All must outlive this.
  Prover(const std::vector<const model::Policy*>& versions, const symbolic::Renames& renames,
         const ProveOptions& options, Proof& proof);

  symbolic::Terms& terms() { return terms_; }
  const symbolic::Frame& frame() const { return frame_; }
  const ProveOptions& options() const { return options_; }
  const model::Policy& policy(std::size_t version = 0) const { return *frame_.versions[version].policy; }
  symbolic::Encoder& encoder(model::ProtocolId protocol, std::size_t version = 0);
  const std::vector<symbolic::DutyCase>& Duties(model::ProtocolId protocol, std::size_t version = 0);
  // What holds of every patient of all versions.
  symbolic::Axioms& axioms() { return axioms_; }

  // Some patient for whom `condition` holds.
  Asked Find(TermId condition);
  // Patients that questions are tried on first: those of the policy's own tests.
  void AddTests();

  // The plainest patient near `patient` for whom `condition` holds.
  symbolic::Patient Plain(TermId condition, const symbolic::Patient& patient) const;
  // As version `version` is given them; of what is plainly no, none or empty only what `condition` reads is named.
  Shown Show(TermId condition, const symbolic::Patient& patient, std::size_t version = 0) const;

  // What the reference evaluator says: whether a rule applies to `patient`. No is certain; unknown where absent facts
  // leave it open.
  value::Truth Applies(model::RuleId rule, const symbolic::Patient& patient) const;

  // ---- answers to questions

  void Proved(Topic topic) { ++At(topic).proved; }
  // Neither proved nor refuted: something that is so, and told in a note.
  void Counted(Topic topic) { ++At(topic).noted; }
  void Note(Topic topic, std::string text) { At(topic).notes.push_back(std::move(text)); }
  void Refuted(Topic topic, diagnostics::Diagnostic diagnostic, std::optional<Shown> shown);
  // Proved, and yet probably not meant.
  void Warned(Topic topic, diagnostics::Diagnostic diagnostic);
  // `what` was asked, and given up.
  void Undecided(Topic topic, diagnostics::Span span, const std::string& what);

 private:
  TopicResult& At(Topic topic) { return proof_.topics[static_cast<std::size_t>(topic)]; }
  bool Allowed(symbolic::Evaluation& evaluation, const symbolic::Patient& patient) const;
  const symbolic::Patient& Keep(symbolic::Patient patient);

  symbolic::Terms terms_;
  symbolic::Frame frame_;
  symbolic::Axioms axioms_;
  const ProveOptions& options_;
  Proof& proof_;
  std::map<std::pair<std::size_t, model::ProtocolId>, std::unique_ptr<symbolic::Encoder>> encoders_;
  std::map<std::pair<std::size_t, model::ProtocolId>, std::vector<symbolic::DutyCase>> duties_;
  std::deque<symbolic::Patient> patients_;
  std::deque<symbolic::Evaluation> evaluations_;  // by place in patients_
  std::map<TermId, Asked> known_;
};

// The day on which examples of `policy` are, some time after it comes into force.
std::int64_t DayOf(const model::Policy& policy);
// `rule` or `row`, with its name: "row `3a` of `skema_2`".
std::string RuleName(const model::Policy& policy, model::RuleId rule);
// The patient's facts that matter, on one line.
std::string PatientWords(const symbolic::Frame& frame, std::size_t version, const symbolic::Patient& patient,
                         const std::set<std::size_t>& facts_read);
// The facts of the frame, by place, that some of the conditions read.
std::set<std::size_t> FactsRead(const symbolic::Terms& terms, const symbolic::Frame& frame,
                                std::vector<TermId> conditions);
// Where two ways of deciding the same thing differ. In each list exactly one case holds for every patient.
TermId Difference(symbolic::Terms& terms, const std::vector<symbolic::AnswerCase>& a,
                  const std::vector<symbolic::AnswerCase>& b);

// The questions, each in a file of its own.
void ProveTables(Prover& prover);  // prove_tables.cc: gaps and overlaps
// prove_rules.cc: what never applies or never decides. `without`: the prover's second version, a copy of its first.
void ProveRules(Prover& prover, model::Policy& without);
void ProveConflicts(Prover& prover);   // prove_conflicts.cc: answers and duties that contradict each other
void ProveExceptions(Prover& prover);  // prove_exceptions.cc: exceptions that are outvoted
void ProveGuarantees(Prover& prover);  // prove_guarantees.cc
void ProveClaims(const model::Policy& policy, const ProveOptions& options, Proof& proof);  // prove_claims.cc
void ProveAudiences(Prover& prover);  // prove_audiences.cc: what `--for` shows
void ProveCalendar(Prover& prover);   // prove_calendar.cc: rounding and clock changes that decide

}  // namespace cordon::analyse
