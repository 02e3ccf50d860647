// Private to compose/: from the changes of one version to the bytes that they replace in its base.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "compose/compose.h"
#include "compose/index.h"
#include "compose/print_parts.h"
#include "compose/rope.h"

namespace cordon::compose {

// A change with the file that it stands in, and its row among Composed::changes.
struct Written {
  const syntax::File* file = nullptr;
  const syntax::ChangeDecl* change = nullptr;
  std::size_t row = kNoChange;
};

// What one change does to one thing.
struct Touch {
  std::string root;  // of the thing: what shares its path and not its root is another thing
  std::string path;
  bool whole = false;    // all of the thing: what lies below it cannot be changed beside
  bool adds = false;     // the thing is new
  bool renames = false;  // only its name
  Span place;            // the change
};

// Items that are taken from or put into one list.
struct ListChange {
  std::set<std::size_t> removed;
  std::map<std::string, Rope> added;  // by name
  std::size_t file = 0;
  Span place;
};

// Rows that are taken from or put into one part of a table, or one `cases`.
struct RowsChange {
  std::vector<std::pair<const Entry*, std::size_t>> removed;  // with their changes
  Span place;
  bool adds = false;
};

struct Plan {
  std::vector<std::vector<Edit>> edits;   // for each text of the base
  std::map<std::string, Rope> additions;  // new declarations, by kind and name
  std::vector<Gone> gone;
  std::vector<Touch> touches;
  std::map<std::size_t, ListChange> lists;  // by the list's row in the index
  std::map<const void*, RowsChange> rows;   // by the part, or the `cases`
};

class Planner {
 public:
  Planner(Desk& desk, const Composed& base, const Index& index, const check::References& references);

  void Do(const Written& written);
  // After the last change: reports what is changed twice, and makes the edits of lists.
  Plan Finish();

 private:
  void Change(const Written& written);
  void ChangeTexts(const Written& written, const Entry& entry);
  void ChangeRow(const Written& written);
  // Rows of `cases` (case_rows.cc).
  void ChangeCase(const Written& written);
  void AddCase(const Written& written, const Entry& holder, const Entry& thing);
  bool HasCaseHeading(const syntax::ChangeDecl& change, const Entry& there, const syntax::CasesDecl& own);
  // Clauses and notes (clauses.cc).
  bool TakesClauses(const Written& written, const Entry& holder);
  void AddClause(const Written& written, const Entry& holder, const Entry& thing);
  void AddNames(const Written& written, const Entry& holder, const Entry& thing);
  void AddCondition(const Written& written, const Entry& holder, const Entry& thing);
  void AddNote(const Written& written, const Entry& holder, const Entry& thing);
  void ReportThere(const Entry& holder, const Entry& thing, const Span& there, std::string help);
  void SetInLine(const Written& written, const Entry& holder, const Entry& thing, const Span& behind,
                 const std::string& order);
  void RemoveClause(const Written& written, const Entry& entry);
  void Add(const Written& written);
  bool Holds(const Written& written, const Entry& holder);
  void AddThing(const Written& written, const Entry* holder, const Entry& thing);
  void AddSymbols(const Written& written, const Entry& holder);
  void AddRowTo(const Written& written, const Entry& holder, const syntax::TablePart& part, const Entry& thing);
  void AddRow(const Written& written, const Entry& holder, const Entry& thing);
  void Replace(const Written& written);
  void Remove(const Written& written);
  void Rename(const Written& written);

  // The entry that `path` names; else a report. `wanted` narrows down to one kind.
  const Entry* Find(const syntax::QName& path, std::string_view wanted = {});
  const Entry* FindSame(const Entry& thing) const;
  void ReportUnknownPath(const syntax::QName& path, std::string_view wanted);
  // What stands beside `path`; of kind `wanted` where that is not empty.
  std::vector<std::string> Near(const std::string& path, std::string_view wanted) const;
  void Put(std::size_t file, Span where, Rope with, std::string order = {});
  void TouchThing(const Written& written, const Entry& thing, bool whole, bool adds);
  void RemoveLines(std::size_t file, const Span& extent, std::size_t row);
  void RemoveRows();
  Span WithWord(const Entry& texts) const;
  void Align(Span& where, Rope& rope) const;
  static std::string SideText(const syntax::File& file, PartPrinter& printer, const syntax::ChangeSide& side,
                              const Entry& entry);
  // Whether `side` says what `entry` does in the base.
  bool SaysSame(const syntax::File& file, const syntax::ChangeSide& side, const Entry& entry) const;
  bool FitsNames(const Written& written, const Entry& entry);
  bool SameHeading(const syntax::File& file, syntax::TablePart written, const syntax::TablePart& base,
                   std::size_t text) const;
  Span Origin(const Span& span) const { return desk_.origins.Trace(span); }
  std::string TextAt(const Span& span) const;

  Desk& desk_;
  const Composed& base_;
  const Index& index_;
  const check::References& references_;
  Plan plan_;
};

// `path` as a change spells it, by what it names: `admission.test "row 3"`.
std::string Spelled(const std::string& path, std::string_view what);
// "a rule", "an output".
std::string WithArticle(std::string_view what);

// What a change brings itself, without what lies in that.
std::vector<const Entry*> Brought(const Index& brought);

// A row with its notes.
Span RowExtent(const syntax::RowDecl& row);

// Reports E0456 for things that two changes touch.
void ReportTouchedTwice(const std::vector<Touch>& touches, diagnostics::Sink& sink);

// Moves what is set in among removed lines to the end of the line before them.
void MoveOutOfRemoved(std::vector<Edit>& edits);

// The edits that make `change` of the items of `list`.
std::vector<Edit> EditsOfList(const ItemList& list, const ListChange& change);

}  // namespace cordon::compose
