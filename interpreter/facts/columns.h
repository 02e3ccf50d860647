// Columns: the facts of many subjects side by side, one column a fact or field, as the batch evaluator reads them.
//
// Shape: a row is a subject, in order of reading; a fact that is a list has entries of its own, one an element, and
// `offsets` that say which of them are whose. A plane is a bit an entry. Only what is wanted is kept. A fact that no
// row gives is not `touched`: its planes are empty, and it is absent everywhere. Filled by facts::ColumnReader or, from
// a Subject, by Append; ToSubject leads back. Tested by tests/unit/columns_test.cc.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "facts/subject.h"
#include "model/model.h"

namespace cordon::facts {

// Bit i % 64 of word i / 64 is entry i. Bits past the last entry are 0.
using Plane = std::vector<std::uint64_t>;
inline bool BitAt(const Plane& plane, std::size_t i) { return (plane[i / 64] >> (i % 64) & 1U) != 0; }
inline void SetBit(Plane& plane, std::size_t i) { plane[i / 64] |= std::uint64_t{1} << (i % 64); }
inline void ClearBit(Plane& plane, std::size_t i) { plane[i / 64] &= ~(std::uint64_t{1} << (i % 64)); }

// An entry that is given, but not as one exact value.
struct Inexact {
  std::uint32_t entry = 0;
  CellState state = CellState::kNull;  // kNull, kRange, kSymbols; kKnown: the known absence of a value
  std::int64_t first = 0;              // kRange: both ends in; kSymbols: the leaves [first, last)
  std::int64_t last = 0;
};

struct ScalarColumn {
  model::TypeKind kind = model::TypeKind::kBool;
  Plane known;                       // entries given as one exact value
  Plane truths;                      // kBool: those of them that are yes
  std::vector<std::int32_t> narrow;  // where known: a leaf, days, minutes, or a text's id
  std::vector<std::int64_t> wide;    // where known: an int, thousandths, or a duration's minutes
  std::vector<Inexact> inexact;      // in order of entries; what is neither known nor here is absent
};
// Whether values of `kind` stand in `wide`, not in `narrow`. kBool stands in neither.
bool IsWide(model::TypeKind kind);

struct ListColumn {
  Plane given;                         // rows whose list is given, complete or open
  Plane open;                          // of these, those that may hold more
  Plane null;                          // sought and not learnt
  std::vector<std::uint32_t> offsets;  // row i's elements are the entries offsets[i] to offsets[i + 1]
  std::vector<std::uint32_t> owners;   // by element: its row
  std::vector<ScalarColumn> fields;    // by FieldId, a derived field's never filled; one for a list of scalars
  Plane maybe;                         // elements that may be there or not, any number of times; empty: none
  std::size_t room = 0;                // how many elements the fields have room for
};

struct FactColumn {
  bool wanted = false;
  bool touched = false;
  ScalarColumn scalar;               // of a scalar fact
  std::vector<ScalarColumn> fields;  // of a fact that is one record, by FieldId
  Plane given;                       // of a fact that is one record: rows that give it
  Plane null;                        // of a fact that is one record: sought and not learnt
  Plane none;                        // of a fact that is one record: of those given, known to be none
  ListColumn list;                   // of a list
};

// Texts by number, so that they are compared as numbers.
class TextTable {
 public:
  // `constants` have the numbers from 0 on.
  explicit TextTable(const std::vector<std::string>& constants = {});
  std::int32_t NumberOf(std::string_view text);
  // The number of a constant. REQUIRES: it is one.
  std::int32_t Find(std::string_view constant) const { return numbers_.find(constant)->second; }
  const std::string& text(std::int32_t number) const { return *texts_[static_cast<std::size_t>(number)]; }
  // Forgets all but the constants.
  void Clear();

 private:
  std::size_t num_constants_ = 0;
  std::map<std::string, std::int32_t, std::less<>> numbers_;
  std::vector<const std::string*> texts_;
};

class Columns {
 public:
  // `wanted` by FactId. `constants` are the texts that the policy compares with. Both `policy` and this stay where they
  // are while it is used.
  Columns(const model::Policy& policy, const std::vector<bool>& wanted, const std::vector<std::string>& constants = {});

  const model::Policy& policy() const { return *policy_; }
  std::size_t num_rows() const { return num_rows_; }

  // Forgets all rows; there will be at most `capacity`.
  void Clear(std::size_t capacity);
  std::size_t capacity() const { return capacity_; }

  // Makes a fact's column ready to be written. REQUIRES: wanted.
  FactColumn& Touch(model::FactId fact) {
    FactColumn& column = facts[fact.index];
    if (!column.touched) MakeReady(column, fact);
    return column;
  }
  // Makes room for one more element of the row that is being filled, and returns its entry.
  std::uint32_t AddElement(FactColumn& column) {
    ListColumn& list = column.list;
    const std::size_t entry = list.owners.size();
    if (entry == list.room) Grow(list);
    list.owners.push_back(static_cast<std::uint32_t>(num_rows_));
    return static_cast<std::uint32_t>(entry);
  }

  // A row is filled entry by entry between these two; Drop forgets it instead.
  std::size_t BeginRow() { return num_rows_; }
  void EndRow(std::string_view id, const model::Moment& as_of);
  void DropRow();

  // Adds a row with the facts of `subject` that are wanted.
  void Append(const Subject& subject);
  // Adds a copy of another's row, which is no later one of its own. REQUIRES: both of the same policy, and wanting the
  // same.
  void AppendCopy(const Columns& other, std::size_t row);

  // What a row says; facts that are not wanted are absent.
  Subject ToSubject(std::size_t row) const;

  std::vector<std::string> ids;       // by row
  std::vector<std::int32_t> days;     // by row: the as-of day
  Plane timed;                        // rows whose as-of date says the time
  std::vector<std::int32_t> minutes;  // where timed
  std::vector<FactColumn> facts;      // by FactId
  TextTable texts;

  // Writes one entry of a column, from a cell of state kAbsent, kNull, kKnown, kRange or kSymbols.
  void Put(ScalarColumn& column, std::uint32_t entry, const Cell& cell);
  Cell Get(const ScalarColumn& column, std::uint32_t entry) const;
  // Says of an element that it may be there or not.
  void MarkMaybe(ListColumn& list, std::uint32_t entry);
  // Puts another value in the place of an entry's.
  void Replace(ScalarColumn& column, std::uint32_t entry, const Cell& cell);

 private:
  void CopyEntry(const Columns& other, const ScalarColumn& from, std::uint32_t entry, ScalarColumn& to,
                 std::uint32_t to_entry);
  void CopyList(const Columns& other, const FactColumn& from, std::size_t row, FactColumn& to);
  void MakeReady(FactColumn& column, model::FactId fact);
  static void Grow(ListColumn& list);

  const model::Policy* policy_;
  std::size_t num_rows_ = 0;
  std::size_t capacity_ = 0;
  std::vector<std::uint32_t> touched_;        // facts, in order of being touched
  std::vector<std::uint32_t> touched_lists_;  // those of them that are lists
  std::size_t num_touched_before_row_ = 0;
};

}  // namespace cordon::facts
