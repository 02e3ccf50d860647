// Cohort: the subjects of a file, counted by what two versions answer for them.
//
// Each is evaluated by the reference evaluator in both versions. Of subjects who are told completely, what is observed
// is held against the difference that was proved: who changes has to lie in a region of that change, and who does not
// in none; else the program ends with a fault. Source: docs/language/analysis.md. Tested by
// tests/golden/diff/cohort.golden.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "analyse/compare.h"
#include "facts/subject.h"

namespace cordon::analyse {

// Subjects of one change of one aspect.
struct CohortChange {
  std::string from;
  std::string to;
  std::size_t count = 0;
  std::vector<std::string> subjects;                         // the first of them, by id
  std::vector<std::pair<std::string, std::size_t>> regions;  // id, and how many lie in it; one may lie in several
};

struct CohortAspect {
  AspectKind kind = AspectKind::kOutput;
  std::string protocol;
  std::string name;
  std::size_t same = 0;         // settled in both versions, and the same
  std::size_t not_settled = 0;  // what is not known leaves an answer open
  std::vector<CohortChange> changes;
};

struct Cohort {
  std::string file;
  std::size_t subjects = 0;
  std::size_t complete = 0;           // told so completely that regions speak of them
  std::size_t changed = 0;            // for whom some answer or duty changes
  std::size_t not_settled = 0;        // for whom some is open
  std::size_t left_out = 0;           // lines in error
  std::vector<CohortAspect> aspects;  // every output and duty that was compared
};

class CohortCounter {
 public:
  // REQUIRES: both policies, and `comparison` of them, outlive this.
  CohortCounter(const model::Policy& old_policy, const model::Policy& new_policy, Comparison& comparison);
  ~CohortCounter();
  CohortCounter(const CohortCounter&) = delete;
  CohortCounter& operator=(const CohortCounter&) = delete;

  // One subject, as the facts of each version. REQUIRES: evaluate::CheckFeasible holds of both.
  void Add(const facts::Subject& old_subject, const facts::Subject& new_subject, const std::string& id);
  const Cohort& cohort() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace cordon::analyse
