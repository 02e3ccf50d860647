// BatchAgreement: what Batch, ColumnReader and Evaluate say of the same subjects, held against one another.
//
// Two measures. `Answers`: status and answer of every output, against completions that are searched for nothing else,
// which is cheap enough for very many subjects. `Everything`: possible answers, bounds, needs and reasons besides, and
// the whole result as text, against Evaluate; and the columns that ColumnReader makes of the subjects' documents
// against those that Append makes. Both look at which facts have no completion. Subjects on whom the reference would
// work for long, because very much of them is open, are left out and counted.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "evaluate/batch.h"
#include "evaluate/reads.h"
#include "evaluate/reference.h"
#include "facts/subject.h"
#include "model/model.h"

namespace cordon::testing {

struct Disagreement {
  std::size_t subject = 0;  // which
  std::string seen;         // what is under test says
  std::string expected;     // what the reference says
};

class BatchAgreement {
 public:
  // `policy` outlives this.
  BatchAgreement(const model::Policy& policy, model::ProtocolId protocol);

  // The first disagreement on one block of subjects.
  std::optional<Disagreement> Answers(const std::vector<facts::Subject>& subjects);
  std::optional<Disagreement> Everything(const std::vector<facts::Subject>& subjects);

  const std::vector<bool>& wanted() const { return values_.wanted(); }
  // How many subjects of those seen had no completion, and how many outputs of the others were open.
  std::size_t num_infeasible() const { return num_infeasible_; }
  std::size_t num_open() const { return num_open_; }
  // How many were not compared.
  std::size_t num_left_out() const { return num_left_out_; }

 private:
  struct Expected {
    bool feasible = true;
    std::vector<evaluate::OutputOutcome> outputs;
    evaluate::Outcome outcome;  // of everything
  };
  bool IsFeasible(const facts::Subject& subject);
  // Nothing where it takes too long.
  std::optional<Expected> AnswersOf(const facts::Subject& subject);
  std::optional<Expected> EverythingOf(const facts::Subject& subject);
  evaluate::OutputOutcome AnswerOf(const evaluate::Context& context, const facts::Subject& subject,
                                   std::size_t output) const;
  std::optional<Disagreement> CompareDetail(const std::vector<facts::Subject>& subjects,
                                            const std::vector<Expected>& expected, evaluate::Batch& batch,
                                            evaluate::Detail detail);
  std::optional<Disagreement> CompareLines(const std::vector<facts::Subject>& subjects) const;

  const model::Policy& policy_;
  model::ProtocolId protocol_;
  evaluate::Batch values_;
  evaluate::Batch reasons_;
  evaluate::Batch full_;
  std::vector<evaluate::FactSet> reads_;  // by output of the protocol
  std::vector<bool> reads_facts_;
  std::size_t num_infeasible_ = 0;
  std::size_t num_open_ = 0;
  std::size_t num_left_out_ = 0;
};

// A subject's document in one line.
std::string DocumentLine(const model::Policy& policy, const facts::Subject& subject);

}  // namespace cordon::testing
