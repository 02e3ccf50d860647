// Walks declarations, statements and rows, and enters each under its path; see index.h.
#include "compose/index.h"

#include <algorithm>
#include <utility>

#include "compose/print_parts.h"
#include "syntax/print_words.h"

namespace cordon::compose {
namespace {

using syntax::ExprId;

Span Through(Span span, const Span& last) {
  if (last.valid() && last.source == span.source) span.end = std::max(span.end, last.end);
  return span;
}

// `span` with the notes that stand below it.
Span WithNotes(Span span, const syntax::Notes& notes) {
  for (const syntax::Cite& cite : notes.cites) span = Through(span, cite.span);
  for (const syntax::Interpretation& note : notes.interpretations) span = Through(span, note.span);
  for (const syntax::StatementId& statement : notes.answers) span = Through(span, statement.span);
  for (const auto* texts : {&notes.quotes, &notes.texts, &notes.help, &notes.ask}) {
    for (const syntax::LangText& text : *texts) span = Through(span, text.span);
  }
  return span;
}

class Indexer {
 public:
  Indexer(Index& index, const syntax::File& file, std::size_t number, std::string root = {})
      : index_(index), file_(file), number_(number), root_(std::move(root)), printer_(file) {}

  // ---- declarations

  void operator()(const syntax::PolicyHeader&) {}
  void operator()(const syntax::LibraryHeader&) {}
  void operator()(const syntax::Use&) {}
  void operator()(const syntax::ChangeDecl&) {}
  void operator()(const syntax::ClaimDecl& d) {
    root_ = "claim";
    AddEntry(Of("claim", "claim", d.span, {}, printer_.Of(syntax::Decl(d))));
  }
  void operator()(const syntax::InterpretationDecl& d) {
    index_.entries[Declare("interpretation", d)].what = "recorded interpretation";
  }
  // An omission has no name: no change can mean it.
  void operator()(const syntax::OmissionDecl&) {}
  void operator()(const syntax::SubjectDecl& d) { Declare("subject", d); }
  void operator()(const syntax::RoleDecl& d) {
    Declare("role", d);
    Texts(d.name.text, "text", d.texts);
  }
  void operator()(const syntax::EventDecl& d) {
    Declare("event", d);
    Texts(d.name.text, "text", d.texts);
  }
  void operator()(const syntax::CategoryDecl& d) { Category("category", d, d.nodes, ", "); }
  void operator()(const syntax::ScaleDecl& d) { Category("scale", d, d.symbols, " < "); }
  void operator()(const syntax::SetDecl& d) {
    const std::size_t entry = Declare("set", d);
    Members(entry, "member of the set", d.symbols);
    std::vector<std::string> names;
    for (const syntax::Name& name : d.symbols) names.push_back(name.text);
    index_.entries[entry].value_printed = SetText(std::move(names));
    TakesNotes(entry, d.notes, d.span);
    if (d.symbols.empty()) return;
    index_.entries[entry].value = {d.span.source, d.symbols.front().span.begin, d.symbols.back().span.end};
  }
  void operator()(const syntax::GroupDecl& d) {
    const std::size_t entry = Declare("group", d);
    TakesNotes(entry, d.notes, d.span);
    Members(entry, "fact of the group", d.facts);
    Notes(d.name.text, d.notes);
  }
  void operator()(const syntax::RecordDecl& d) {
    const std::size_t entry = Declare("record", d);
    index_.entries[entry].record = &d;
    TakesNotes(entry, d.notes, d.clauses.head);
    for (const syntax::FieldDecl& field : d.fields) Field(d.name.text, field);
    Notes(d.name.text, d.notes);
  }
  void operator()(const syntax::ParamDecl& d) {
    const std::size_t entry = Declare("param", d);
    TakesNotes(entry, d.notes, d.span);
    Value(entry, d.value);
    Notes(d.name.text, d.notes);
  }
  void operator()(const syntax::FactDecl& d) {
    TakesNotes(Declare("fact", d), d.notes, d.span);
    Notes(d.name.text, d.notes);
    if (d.assume) Part("assumption", d.name.text + ".assume", d.assume->value);
  }
  void operator()(const syntax::ActionDecl& d) {
    TakesNotes(Declare("action", d), d.notes, d.span);
    Notes(d.name.text, d.notes);
  }
  void operator()(const syntax::DefineDecl& d) {
    const std::size_t entry = Declare("define", d);
    TakesNotes(entry, d.notes, d.span);
    Value(entry, d.value);
    Notes(d.name.text, d.notes);
  }
  void operator()(const syntax::ProtocolDecl& d) {
    const std::size_t entry = Declare("protocol", d);
    index_.entries[entry].protocol = &d;
    TakesNotes(entry, d.notes, d.clauses.head);
    Names(d.name.text, "in", {d.in, false}, d.clauses.in);
    Notes(d.name.text, d.notes);
    for (const syntax::Member& member : d.members) Statement(d.name.text, member);
  }

  // ---- statements, below `protocol`

  void Statement(const std::string& protocol, const syntax::Member& member) {
    std::visit([&](const auto& m) { Statement(protocol, m); }, member);
  }
  void Statement(const std::string& protocol, const syntax::OutputDecl& m) {
    const std::string path = Enter(protocol, "output", m);
    TakesNotes(index_.entries.size() - 1, m.notes, m.clauses.head);
    if (m.default_value.valid()) Part("default", path + ".default", m.default_value);
    Notes(path, m.notes);
  }
  void Statement(const std::string& protocol, const syntax::DefineDecl& m) {
    const std::string path = Enter(protocol, "define", m);
    TakesNotes(index_.entries.size() - 1, m.notes, m.span);
    Value(index_.entries.size() - 1, m.value);
    Notes(path, m.notes);
  }
  void Statement(const std::string& protocol, const syntax::RuleDecl& m) {
    const std::string path = Enter(protocol, "rule", m);
    index_.entries.back().rule = &m;
    TakesNotes(index_.entries.size() - 1, m.notes, m.clauses.head);
    if (m.when.valid()) {
      Part("condition", path + ".when", m.when);
      index_.entries.back().clause = m.clauses.when;
    }
    if (m.unless.valid()) {
      Part("condition", path + ".unless", m.unless);
      index_.entries.back().clause = m.clauses.unless;
    }
    Names(path, "in", {m.in, false}, m.clauses.in);
    Names(path, "drops", {m.drops, false}, m.clauses.drops);
    Overrides(path, m.overrides);
    for (const syntax::Conclusion& conclusion : m.conclusions) {
      const auto* output = std::get_if<syntax::OutputConclusion>(&conclusion);
      if (output == nullptr) continue;
      Entry entry = Of("conclusion", path + "." + PathText(output->output), output->span, {}, "");
      entry.stand = Stand::kInside;
      entry.value_printed = printer_.Of(output->value);
      const auto* judgement = std::get_if<syntax::Judgement>(&output->value);
      entry.value = judgement != nullptr ? judgement->span : file_.expr(std::get<ExprId>(output->value)).span;
      AddEntry(std::move(entry));
    }
    Notes(path, m.notes);
  }
  void Statement(const std::string& protocol, const syntax::TableDecl& m) {
    const std::string path = Enter(protocol, "table", m);
    index_.entries.back().table = &m;
    TakesNotes(index_.entries.size() - 1, m.notes, m.clauses.head);
    Names(path, "in", {m.in, false}, m.clauses.in);
    Overrides(path, m.overrides);
    Notes(path, m.notes);
    for (const syntax::TablePart& part : m.parts) {
      for (const syntax::RowDecl& row : part.rows) Row(path, part, row, &m);
    }
  }
  void Statement(const std::string& protocol, const syntax::GuaranteeDecl& m) {
    const std::string path = Enter(protocol, "guarantee", m);
    TakesNotes(index_.entries.size() - 1, m.notes, m.span);
    Value(index_.entries.size() - 1, m.condition);
    Names(path, "in", {m.in, false}, m.clauses.in);
    Notes(path, m.notes);
  }
  void Statement(const std::string& protocol, const syntax::ExampleDecl& m) { Enter(protocol, "example", m); }
  void Statement(const std::string& protocol, const syntax::TestDecl& m) {
    AddEntry(Of("test", protocol + "." + m.name, m.span, m.name_span, printer_.Of(syntax::Member(m))));
  }
  void Statement(const std::string& protocol, const syntax::CasesDecl& m) {
    const std::string path = Enter(protocol, "cases", m);
    index_.entries.back().cases = &m;
    for (const syntax::CaseRow& row : m.rows) Case(path, m, row);
  }
  void Statement(const std::string& protocol, const syntax::ReleaseDecl& m) {
    const std::string path = protocol + ".release." + PathText(m.output);
    AddEntry(Of("release", path, m.span, {}, printer_.Of(syntax::Member(m))));
    Texts(path, "text", m.notes.texts);
  }

  // ---- parts of a table, a record, a list

  void Case(const std::string& cases, const syntax::CasesDecl& case_of, const syntax::CaseRow& row) {
    const std::string path = cases + "." + row.name.text;
    AddEntry(Of("case", path, row.span, row.name.span, printer_.Of(row)));
    index_.entries.back().case_of = &case_of;
    for (std::size_t i = 0; i < std::min(case_of.inputs.size(), row.given.size()); ++i) {
      Cell(path, PathText(case_of.inputs[i]), file_.expr(row.given[i]).span, printer_.Of(row.given[i]));
      index_.entries.back().what = "cell of a case";
    }
    for (std::size_t i = 0; i < std::min(case_of.outputs.size(), row.expect.size()); ++i) {
      Cell(path, PathText(case_of.outputs[i]), row.expect[i].span, printer_.Of(row.expect[i]));
      index_.entries.back().what = "cell of a case";
    }
  }
  // A clause or note that a change adds to `holder`.
  void Clause(const std::string& holder, const syntax::AddedClause& clause) {
    Entry entry = Of("names", holder + "." + std::string(syntax::WordOf(clause.kind)), clause.span, clause.span, "");
    if (clause.condition.valid()) {
      entry.what = "condition";
      entry.printed = printer_.Of(clause.condition);
    } else if (clause.kind == syntax::ClauseKind::kNote) {
      entry.what = "note";
      entry.path = holder + "." + NoteName(clause.note);
      syntax::ParamDecl only_notes;
      only_notes.notes = clause.note;
      entry.printed = printer_.Of(syntax::Decl(only_notes));
      if (!clause.note.interpretations.empty()) {
        const syntax::Interpretation& note = clause.note.interpretations.front();
        entry.what = "interpretation";
        entry.printed = note.id.text + note.text;
      }
    } else {
      entry.printed = NamesText(clause.names);
    }
    entry.added = &clause;
    AddEntry(std::move(entry));
  }
  void Row(const std::string& table, const syntax::TablePart& part, const syntax::RowDecl& row,
           const syntax::TableDecl* row_of) {
    const std::string path = table + "." + row.name.text;
    Entry entry = Of("row", path, WithNotes(row.span, row.notes), row.name.span, printer_.Of(row));
    entry.part = &part;
    entry.row = &row;
    entry.row_of = row_of;
    AddEntry(std::move(entry));
    TakesNotes(index_.entries.size() - 1, row.notes, WithNotes(row.span, row.notes));
    for (std::size_t i = 0; i < std::min(part.inputs.size(), row.cells.size()); ++i) {
      const syntax::InHead& head = part.inputs[i];
      Cell(path, head.is_when ? "when" : ColumnText(head), row.cells[i].span, printer_.Of(row.cells[i]));
    }
    for (std::size_t i = 0; i < std::min(part.outputs.size(), row.conclusions.size()); ++i) {
      const syntax::OutHead& head = part.outputs[i];
      const std::string column = head.output ? PathText(*head.output) : head.role.text + "." + head.action.text;
      Cell(path, column, row.conclusions[i].span, printer_.Of(row.conclusions[i]));
      if (!head.output) index_.by_path[path + "." + head.role.text].push_back(index_.entries.size() - 1);
    }
    Interpretations(path, row.notes);
  }
  void Field(const std::string& record, const syntax::FieldDecl& field) {
    const std::string path = record + "." + field.name.text;
    AddEntry(Of("field", path, field.span, field.name.span, printer_.Of(field)));
    TakesNotes(index_.entries.size() - 1, field.notes, field.span);
    if (field.derived.valid()) Value(index_.entries.size() - 1, field.derived);
    Notes(path, field.notes);
  }
  // Recurses as deep as brackets nest.
  void Symbols(const std::string& above, std::size_t holder, const std::vector<syntax::CategoryNode>& nodes,
               std::string separator) {
    const std::size_t list = index_.lists.size();
    index_.entries[holder].holds = list;
    const Span owner = nodes.empty() ? index_.entries[holder].extent : Span{};
    index_.lists.push_back({{}, std::move(separator), nodes.empty(), owner});
    for (const syntax::CategoryNode& node : nodes) {
      const std::string path = above + "." + node.name.text;
      Entry entry = Of("symbol", path, node.span, node.name.span, printer_.Of(node));
      entry.stand = Stand::kItem;
      entry.list = list;
      entry.item = index_.lists[list].items.size();
      index_.lists[list].items.push_back(node.span);
      AddEntry(std::move(entry));
      const std::size_t own = index_.entries.size() - 1;
      Texts(path, "text", node.texts);
      if (index_.lists[list].separator == ", ") Symbols(path, own, node.children, ", ");
    }
  }
  void Members(std::size_t holder, const std::string& what, const std::vector<syntax::Name>& names) {
    const std::size_t list = index_.lists.size();
    index_.entries[holder].holds = list;
    index_.lists.push_back({{}, ", ", false, {}});
    for (const syntax::Name& name : names) {
      Entry entry = Of(what, index_.entries[holder].path + "." + name.text, name.span, name.span, name.text);
      entry.stand = Stand::kItem;
      entry.list = list;
      entry.item = index_.lists[list].items.size();
      index_.lists[list].items.push_back(name.span);
      AddEntry(std::move(entry));
    }
  }

 private:
  static std::string NoteName(const syntax::Notes& note) {
    if (!note.interpretations.empty()) return note.interpretations.front().id.text;
    if (!note.cites.empty()) return "cite";
    if (!note.answers.empty()) return "answers";
    if (!note.quotes.empty()) return "quote";
    if (!note.texts.empty()) return "text";
    return note.help.empty() ? "ask" : "help";
  }
  void TakesNotes(std::size_t entry, const syntax::Notes& notes, const Span& behind) {
    index_.entries[entry].notes = &notes;
    index_.entries[entry].notes_behind = behind;
  }
  // Names behind a word, where they stand in one clause.
  void Names(const std::string& path, const std::string& word, const syntax::NameList& list, const Span& clause,
             Span names = {}) {
    if (list.names.empty() || !clause.valid()) return;
    if (!names.valid()) names = {clause.source, list.names.front().span.begin, list.names.back().span.end};
    Entry entry = Of("names", path + "." + word, names, {}, "");
    entry.stand = Stand::kInside;
    entry.value = names;
    entry.value_printed = NamesText(list);
    entry.clause = clause;
    AddEntry(std::move(entry));
  }
  void Overrides(const std::string& path, const std::vector<syntax::Override>& overrides) {
    if (overrides.size() != 1) return;
    const syntax::Override& only = overrides.front();
    const bool every = only.targets.empty();
    Names(path, "overrides", {every ? only.every_rule_for : only.targets, every}, only.span, only.names);
  }
  Entry Of(std::string what, std::string path, Span extent, Span name, std::string printed) const {
    Entry entry;
    entry.what = std::move(what);
    entry.path = std::move(path);
    entry.root = root_;
    entry.file = number_;
    entry.extent = extent;
    entry.name = name;
    entry.printed = std::move(printed);
    return entry;
  }
  void AddEntry(Entry entry) {
    index_.by_path[entry.path].push_back(index_.entries.size());
    index_.entries.push_back(std::move(entry));
  }
  template <typename Decl>
  std::size_t Declare(const std::string& what, const Decl& decl) {
    const std::size_t number = index_.entries.size();
    root_ = what;
    AddEntry(Of(what, decl.name.text, decl.span, decl.name.span, printer_.Of(syntax::Decl(decl))));
    index_.by_path[what + "." + decl.name.text].push_back(number);
    return number;
  }
  template <typename Member>
  std::string Enter(const std::string& protocol, const std::string& what, const Member& member) {
    std::string path = protocol + "." + member.name.text;
    AddEntry(Of(what, path, member.span, member.name.span, printer_.Of(syntax::Member(member))));
    return path;
  }
  template <typename Decl>
  void Category(const std::string& what, const Decl& decl, const std::vector<syntax::CategoryNode>& nodes,
                const std::string& separator) {
    const std::size_t entry = Declare(what, decl);
    TakesNotes(entry, decl.notes, decl.span);
    Symbols(decl.name.text, entry, nodes, separator);
    Notes(decl.name.text, decl.notes);
  }
  void Value(std::size_t entry, ExprId value) {
    if (!value.valid()) return;
    index_.entries[entry].value = file_.expr(value).span;
    index_.entries[entry].value_printed = printer_.Of(value);
  }
  void Part(const std::string& what, const std::string& path, ExprId value) {
    Entry entry = Of(what, path, file_.expr(value).span, {}, "");
    entry.stand = Stand::kInside;
    AddEntry(std::move(entry));
    Value(index_.entries.size() - 1, value);
  }
  void Cell(const std::string& row, const std::string& column, const Span& span, std::string printed) {
    Entry entry = Of("cell", row + "." + column, span, {}, "");
    entry.stand = Stand::kInside;
    entry.value = span;
    entry.value_printed = std::move(printed);
    AddEntry(std::move(entry));
  }
  // A column that is a plain name is found by it; any other by nothing.
  std::string ColumnText(const syntax::InHead& head) const {
    const syntax::Expr& expr = file_.expr(head.value);
    return expr.kind == syntax::ExprKind::kName ? PathText(expr.name) : "";
  }
  void Notes(const std::string& path, const syntax::Notes& notes) {
    Texts(path, "text", notes.texts);
    Texts(path, "ask", notes.ask);
    Texts(path, "help", notes.help);
    Texts(path, "quote", notes.quotes);
    Interpretations(path, notes);
  }
  void Interpretations(const std::string& path, const syntax::Notes& notes) {
    for (const syntax::Interpretation& note : notes.interpretations) {
      AddEntry(Of("interpretation", path + "." + note.id.text, note.span, note.id.span, note.id.text + note.text));
    }
  }
  void Texts(const std::string& path, const std::string& kind, const std::vector<syntax::LangText>& texts) {
    if (texts.empty()) return;
    Span all = texts.front().span;
    for (const syntax::LangText& text : texts) all = Through(all, text.span);
    Entry entry = Of("texts", path + "." + kind, all, {}, "");
    entry.stand = Stand::kInside;
    entry.value = all;
    entry.texts = texts;
    AddEntry(std::move(entry));
  }

  Index& index_;
  const syntax::File& file_;
  std::size_t number_;
  std::string root_;  // of the declaration at hand
  PartPrinter printer_;
};

}  // namespace

std::string SetText(std::vector<std::string> names) {
  std::sort(names.begin(), names.end());
  std::string text = "{";
  for (const std::string& name : names) text += name + ",";
  return text + "}";
}

std::string NamesText(const syntax::NameList& list) {
  std::vector<std::string> names;
  for (const syntax::QName& name : list.names) names.push_back(PathText(name));
  return (list.every_rule_for ? "every rule for " : "") + SetText(std::move(names));
}

std::string PathText(const syntax::QName& name) {
  std::string text;
  for (const syntax::Name& part : name.parts) text += (text.empty() ? "" : ".") + part.text;
  return text;
}

Index MakeIndex(const std::vector<const syntax::File*>& files) {
  Index index;
  for (std::size_t i = 0; i < files.size(); ++i) {
    Indexer indexer(index, *files[i], i);
    for (const syntax::Decl& decl : files[i]->decls) std::visit(indexer, decl);
  }
  return index;
}

Index MakeIndex(const syntax::File& file, const syntax::ChangeDecl& change, const Index& base) {
  Index index;
  const auto [root, holder] = PlaceOf(base, change.path);
  Indexer indexer(index, file, 0, root);
  for (const syntax::Declaration& declaration : change.declarations) std::visit(indexer, declaration);
  for (const syntax::Member& member : change.members) indexer.Statement(holder, member);
  for (const syntax::FieldDecl& field : change.fields) indexer.Field(holder, field);
  for (const syntax::TablePart& part : change.parts) {
    for (const syntax::RowDecl& row : part.rows) indexer.Row(holder, part, row, nullptr);
  }
  for (const syntax::CasesDecl& cases : change.cases) {
    for (const syntax::CaseRow& row : cases.rows) indexer.Case(holder, cases, row);
  }
  for (const syntax::AddedClause& clause : change.clauses) indexer.Clause(holder, clause);
  return index;
}

std::vector<const Entry*> EntriesAt(const Index& index, const Place& place) {
  std::vector<const Entry*> entries;
  const auto found = index.by_path.find(place.path);
  if (found == index.by_path.end()) return entries;
  for (const std::size_t row : found->second) {
    const Entry& entry = index.entries[row];
    if (place.root.empty() || entry.root == place.root) entries.push_back(&entry);
  }
  return entries;
}

Place PlaceOf(const Index& index, const syntax::QName& path) {
  const std::string text = PathText(path);
  if (path.parts.size() > 1) {
    const std::string& kind = path.parts[0].text;
    for (const Entry* entry : EntriesAt(index, {kind, kind + "." + path.parts[1].text})) {
      if (entry->path == path.parts[1].text) return {kind, text.substr(kind.size() + 1)};
    }
  }
  const std::vector<const Entry*> entries = EntriesAt(index, {"", text});
  const bool one_root = !entries.empty() && std::all_of(entries.begin(), entries.end(), [&](const Entry* entry) {
    return entry->root == entries.front()->root;
  });
  return {one_root ? entries.front()->root : "", text};
}

}  // namespace cordon::compose
