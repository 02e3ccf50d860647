// Ground: terms over lists of any length as formulas over a few records, so that a solver can decide them.
//
// Of a list, what counts is which sentences `some record has …` hold of it. Keep one record for each sentence that
// holds and take the others away: nothing that held is lost, and nothing that did not hold comes to hold. So as many
// records as there are sentences are enough for every patient there is; where a sentence counts to n, n of them; where
// sentences stand inside one another, for each record around. The number is computed, not guessed, and it is exact for
// what the language can say: see docs/language/analysis.md.
//
// What comes out knows only not, and, yes-or-no unknowns, and sums of unknowns compared with 0.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "symbolic/frame.h"
#include "symbolic/months.h"
#include "symbolic/patient.h"
#include "symbolic/term.h"

namespace cordon::symbolic {

// A grounded term: only kTrue, kNot, kAnd, kIs and kLess0 over sums of kScalar.
using GroundId = TermId;

// What holds of every record of a list, with the record bound; and of every patient.
struct Axioms {
  std::vector<std::pair<ListId, TermId>> of_records;
  std::vector<TermId> of_patients;
};

// Unknowns of grounded terms are numbered from here: those of the frame in its order, those of records and those that
// define others. They are not limited to their ranges but by what is asserted.
inline constexpr std::size_t kFirstGround = std::size_t{1} << 20;

class Grounding {
 public:
  // For conditions made of the sub-terms of `roots`. `more`: records beyond what is enough, for trying the bound out;
  // may be negative.
  Grounding(Terms& terms, const Frame& frame, const Axioms& axioms, const std::vector<TermId>& roots, int more = 0);

  // REQUIRES: made of sub-terms of the roots, and closed.
  GroundId Ground(TermId condition);
  // What holds of every patient, and what defines the unknowns that Ground made: all that was not taken before. To be
  // asserted before anything is checked.
  std::vector<GroundId> TakeConstraints();

  // An unknown of grounded terms.
  const Unknown& unknown(ScalarId id) const { return unknowns_[id.index - kFirstGround]; }
  // So many records of each list are enough.
  const std::vector<std::size_t>& records() const { return num_records_; }
  // Whether that is so; else there are too many sentences for a proof.
  bool complete() const { return complete_; }
  // The patient of a solution, by ScalarId; unknowns that it does not tell are plain.
  Patient PatientOf(const std::map<ScalarId, std::int64_t>& solution) const;

 private:
  using Needs = std::map<ListId, std::size_t>;
  struct RecordSlot {
    ScalarId active;
    std::vector<ScalarId> fields;
  };
  struct Landed {
    std::int64_t months = 0;
    TermId day;
    TermId inside;
  };

  // A symbol of the frame: `field` of `list`, or `scalar`.
  struct Symbol {
    ListId list;
    std::uint32_t index = 0;
    auto operator<=>(const Symbol&) const = default;
  };
  // Symbols that no condition tells apart, as one: their classes by their least members.
  struct Classes {
    bool compared = false;  // otherwise than by sets: then each stands for itself
    std::set<std::vector<std::int64_t>> sets;
    std::vector<std::int64_t> of;     // by symbol; -1: a gap
    std::vector<std::int64_t> first;  // by class
  };

  void FindSentences(const std::vector<TermId>& roots);
  std::optional<Symbol> SymbolOf(const Term& term) const;
  const Unknown& FrameUnknown(const Symbol& symbol) const;
  void NoteSymbols(const Term& term);
  void MakeClasses();
  Unknown ByClass(const Symbol& symbol, Unknown unknown) const;
  std::int64_t Unclassed(const Symbol& symbol, std::int64_t value) const;
  void CountRecords(int more);
  Needs NeedsOf(TermId sentence) const;
  void AddInner(TermId id, bool positive, std::map<TermId, bool>& inner) const;
  void MakeSlots();
  ScalarId AddUnknown(Unknown unknown);
  TermId Var(ScalarId scalar);
  TermId Active(ListId list, std::size_t slot) { return terms_.Is(Var(slots_[list.index][slot].active)); }

  TermId Of(TermId id);
  TermId Compute(TermId id);
  TermId OfSome(TermId id, const Term& term);
  TermId OfCount(const Term& term);
  TermId OfExtreme(TermId id, const Term& term);
  TermId OfIn(const Term& term);
  TermId OfMonths(const Term& term);
  TermId OfQuotient(const Term& term);
  TermId OfChoice(const Term& term);
  TermId OfCut(const Term& term);
  TermId OffsetOf(TermId day);
  TermId Inside(TermId offset, const std::vector<Offsets>& offsets);
  void AddLemmas(TermId day, const Landed& landed);
  void AddThereAndBack(TermId day, const Landed& landed, TermId other_day, const Landed& other);
  TermId OfBody(ListId list, std::size_t slot, TermId body);
  TermId Implies(TermId a, TermId b) { return terms_.Not(terms_.And(a, terms_.Not(b))); }
  TermId Between(TermId low, TermId number, TermId high) {
    return terms_.And(terms_.LessEqual(low, number), terms_.LessEqual(number, high));
  }

  Terms& terms_;
  const Frame& frame_;
  const Axioms& axioms_;
  std::vector<Unknown> unknowns_;
  std::vector<TermId> sentences_;  // that stand for themselves, in order of first use
  std::vector<TermId> nested_;
  std::map<Symbol, Classes> classes_;
  std::vector<std::size_t> num_records_;
  bool complete_ = true;
  std::vector<bool> plain_;                     // by list: every sentence has a record of its own
  std::map<TermId, std::size_t> own_;           // which
  std::vector<std::vector<RecordSlot>> slots_;  // by list
  std::vector<std::size_t> bound_;              // the record at each binder
  std::map<std::pair<TermId, std::vector<std::size_t>>, TermId> known_;
  std::map<TermId, TermId> offsets_;                // of a day
  std::map<TermId, std::vector<Landed>> landings_;  // of a day
  std::set<ScalarId> ranged_;
  std::vector<TermId> constraints_;
};

}  // namespace cordon::symbolic
