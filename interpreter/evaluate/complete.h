// Complete: what a question's answers are over all completions of a subject, and which facts would settle it.
//
// Source: the language manual, "Unknown facts, completions, and what a conclusion's status means".
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "evaluate/reads.h"
#include "evaluate/search.h"
#include "facts/subject.h"

namespace cordon::evaluate {

// Which completions count: all of them; or those in which every assumption of the policy is made.
enum class Assuming : std::uint8_t { kNothing, kEverything };

// A question and the facts that it can depend on. `asking` is told which view to read.
struct Query {
  std::function<Possible(Reference&, std::size_t view)> asking;
  FactSet reads;
};

class Completions {
 public:
  // `context` and `subject` must outlive this. REQUIRES: the subject has a completion.
  Completions(const Context& context, const facts::Subject& subject);

  // Every answer that some completion gives, sorted.
  std::vector<std::size_t> Answers(const Query& query, Assuming assuming) const;
  // The same, where only the assumptions on `facts` are made.
  std::vector<std::size_t> AnswersAssumingOnly(const Query& query, const FactSet& facts) const;

  // The paths of the smallest set of unknown facts that settles the query whatever their values turn out to be; among
  // sets of one size the first in order of declaration.
  std::vector<Root> Needs(const Query& query, Assuming assuming) const;

  // The absent facts among `reads` that have an assumption, in order of declaration.
  std::vector<model::FactId> Assumable(const FactSet& reads) const;

  // A start with one view, obligations settled as far as they are.
  Start Plain(const FactSet& reads, Assuming assuming) const;

 private:
  Start MakeStart(const FactSet& assumed, Assuming assuming, const Shared* shared) const;
  // The roots on which two completions that agree on `shared` can differ and have different answers; empty: there are
  // none.
  std::vector<RootId> Disagreement(const Query& query, Assuming assuming, const Shared& shared) const;
  // Adds a cut for each of `group` on which alone two completions can differ and have different answers.
  void FindEssential(const Query& query, Assuming assuming, const std::vector<RootId>& group,
                     std::vector<std::vector<RootId>>& cuts) const;

  const Context& context_;
  const facts::Subject& subject_;
  std::vector<Root> roots_;
  bool reads_now_ = false;  // whether anything in the policy reads the time of the day
};

}  // namespace cordon::evaluate
