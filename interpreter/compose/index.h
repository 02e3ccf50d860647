// The index of a policy's text: everything that a change can name, by its path.
//
// `look_back`, `admission.skema_2.3c`, `admission.skema_2.3c.stay.length`, `hospital_stays.ask`, `nordic.DK`. A
// declaration is also found with its kind before it, `role.patient`, for where a role and a subject share a name.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "diagnostics/source.h"
#include "syntax/ast.h"

namespace cordon::compose {

using diagnostics::Span;

inline constexpr std::size_t kNone = static_cast<std::size_t>(-1);

// How a thing stands in the text: on lines of its own, as one of a list, or inside something.
enum class Stand : std::uint8_t { kLines, kItem, kInside };

// The things of a `category`, `scale`, `set` or `group`, in order.
struct ItemList {
  std::vector<Span> items;
  std::string separator;     // ", " or " < "
  bool in_brackets = false;  // the list may be missing: its first item brings its own brackets
  Span owner;                // what a first item stands behind
};

struct Entry {
  std::string what;  // "rule", for messages
  std::string path;  // `admission.skema_2.3c`
  std::string root;  // the kind of the declaration that it is or lies in: "protocol"
  std::size_t file = 0;
  Stand stand = Stand::kLines;
  Span extent;                          // all of it, with its notes
  Span name;                            // where it is named; invalid for what has no name
  std::string printed;                  // what it says; empty for what can only be changed
  Span value;                           // what `change` replaces; invalid where it has no value
  Span clause;                          // of a condition or names: with the word that begins it; what `remove` takes
  std::string value_printed;            // what that says
  std::vector<syntax::LangText> texts;  // a value that is texts
  std::size_t list = kNone;             // kItem: the list that it is one of
  std::size_t item = 0;
  std::size_t holds = kNone;  // the list that `add to` puts things into
  // What things can be added to, one of these.
  const syntax::ProtocolDecl* protocol = nullptr;
  const syntax::TableDecl* table = nullptr;
  const syntax::RecordDecl* record = nullptr;
  const syntax::CasesDecl* cases = nullptr;
  const syntax::RuleDecl* rule = nullptr;
  const syntax::Notes* notes = nullptr;  // new ones are set in behind `notes_behind`
  Span notes_behind;
  // A clause or note that is added.
  const syntax::AddedClause* added = nullptr;
  // A row, and what it stands in.
  const syntax::TablePart* part = nullptr;
  const syntax::RowDecl* row = nullptr;
  const syntax::TableDecl* row_of = nullptr;
  const syntax::CasesDecl* case_of = nullptr;
};

struct Index {
  std::vector<Entry> entries;
  std::vector<ItemList> lists;
  std::map<std::string, std::vector<std::size_t>> by_path;  // the rows of `entries`
};

// The index of `files`, whose trees must outlive it. Linear in the trees but for the nesting of what is printed.
Index MakeIndex(const std::vector<const syntax::File*>& files);
// The index of what a change of `base` brings, as if it stood where the change puts it: only what it names itself.
Index MakeIndex(const syntax::File& file, const syntax::ChangeDecl& change, const Index& base);

// Where a path leads: `protocol.admission.carriers` to `admission.carriers` of a protocol. The root is empty where
// nothing has the path, or things of several roots have it.
struct Place {
  std::string root;
  std::string path;
};
Place PlaceOf(const Index& index, const syntax::QName& path);
// What stands there, of any root where `place` has none; in the order of the index.
std::vector<const Entry*> EntriesAt(const Index& index, const Place& place);

// The members of a set as one text, whatever their order.
std::string SetText(std::vector<std::string> names);

// Names as one text, whatever their order.
std::string NamesText(const syntax::NameList& list);

// `a.b.c`, as a change or a column writes it.
std::string PathText(const syntax::QName& name);

}  // namespace cordon::compose
