// Unroll: conditions on a list, where some of its records are known by themselves.
//
// Some records of a list become unknowns of their own, each field one and whether the record is there another: then a
// question can speak of this record and of that one. What else the list may hold stays a list. So `some stay has …`
// says of a list with two records of its own: the first is there and has …, or the second, or some other stay has ….
// Tested by tests/golden/why_not.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <vector>

#include "symbolic/frame.h"
#include "symbolic/ground.h"
#include "symbolic/term.h"

namespace cordon::symbolic {

// A record by itself.
struct OwnRecord {
  ListId list;
  ScalarId there;                // whether it is
  std::vector<ScalarId> fields;  // by the list's fields
};

// A record of `list` with unknowns of its own, which are added to `frame`.
OwnRecord AddOwnRecord(Frame& frame, ListId list, const std::string& name);

class Unroll {
 public:
  // `more`, by list: whether it may hold others besides. `frame` has the unknowns of `records`; both must outlive this.
  Unroll(Terms& terms, const Frame& frame, const std::vector<OwnRecord>& records, std::vector<bool> more)
      : terms_(terms), frame_(frame), records_(records), more_(std::move(more)) {}

  // REQUIRES: a closed term.
  TermId Of(TermId id) { return Rewrite(id); }
  // What holds of every patient and record.
  Axioms Of(const Axioms& axioms);
  TermId There(const OwnRecord& record) { return terms_.Is(Unknown(record.there)); }
  // An unknown of the frame.
  TermId Unknown(ScalarId scalar) { return terms_.Scalar(scalar, frame_.scalars[scalar.index].range); }

 private:
  using Bound = std::optional<std::size_t>;  // index into records_; nothing: a record of the list that stays one

  TermId Rewrite(TermId id);
  TermId Compute(TermId id);
  TermId Under(Bound bound, TermId body);
  TermId FieldOf(TermId id, const Term& term);
  TermId AtLeast(const Term& term, std::size_t count);
  TermId Extreme(const Term& term);

  Terms& terms_;
  const Frame& frame_;
  const std::vector<OwnRecord>& records_;
  std::vector<bool> more_;
  std::vector<Bound> bound_;
  std::map<TermId, TermId> known_;  // of closed terms
};

}  // namespace cordon::symbolic
