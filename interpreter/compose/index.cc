// Walks declarations, statements and rows, and enters each under its path; see index.h.
#include "compose/index.h"

#include <algorithm>
#include <utility>

#include "compose/print_parts.h"

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
    if (d.symbols.empty()) return;
    index_.entries[entry].value = {d.span.source, d.symbols.front().span.begin, d.symbols.back().span.end};
  }
  void operator()(const syntax::GroupDecl& d) {
    Members(Declare("group", d), "fact of the group", d.facts);
    Notes(d.name.text, d.notes);
  }
  void operator()(const syntax::RecordDecl& d) {
    const std::size_t entry = Declare("record", d);
    index_.entries[entry].record = &d;
    for (const syntax::FieldDecl& field : d.fields) Field(d.name.text, field);
    Notes(d.name.text, d.notes);
  }
  void operator()(const syntax::ParamDecl& d) {
    Value(Declare("param", d), d.value);
    Notes(d.name.text, d.notes);
  }
  void operator()(const syntax::FactDecl& d) {
    Declare("fact", d);
    Notes(d.name.text, d.notes);
    if (d.assume) Part("assumption", d.name.text + ".assume", d.assume->value);
  }
  void operator()(const syntax::ActionDecl& d) {
    Declare("action", d);
    Notes(d.name.text, d.notes);
  }
  void operator()(const syntax::DefineDecl& d) {
    Value(Declare("define", d), d.value);
    Notes(d.name.text, d.notes);
  }
  void operator()(const syntax::ProtocolDecl& d) {
    index_.entries[Declare("protocol", d)].protocol = &d;
    Notes(d.name.text, d.notes);
    for (const syntax::Member& member : d.members) Statement(d.name.text, member);
  }

  // ---- statements, below `protocol`

  void Statement(const std::string& protocol, const syntax::Member& member) {
    std::visit([&](const auto& m) { Statement(protocol, m); }, member);
  }
  void Statement(const std::string& protocol, const syntax::OutputDecl& m) {
    const std::string path = Enter(protocol, "output", m);
    if (m.default_value.valid()) Part("default", path + ".default", m.default_value);
    Notes(path, m.notes);
  }
  void Statement(const std::string& protocol, const syntax::DefineDecl& m) {
    const std::string path = Enter(protocol, "define", m);
    Value(index_.entries.size() - 1, m.value);
    Notes(path, m.notes);
  }
  void Statement(const std::string& protocol, const syntax::RuleDecl& m) {
    const std::string path = Enter(protocol, "rule", m);
    if (m.when.valid()) Part("condition", path + ".when", m.when);
    if (m.unless.valid()) Part("condition", path + ".unless", m.unless);
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
    Notes(path, m.notes);
    for (const syntax::TablePart& part : m.parts) {
      for (const syntax::RowDecl& row : part.rows) Row(path, part, row, &m);
    }
  }
  void Statement(const std::string& protocol, const syntax::GuaranteeDecl& m) {
    Enter(protocol, "guarantee", m);
    Value(index_.entries.size() - 1, m.condition);
  }
  void Statement(const std::string& protocol, const syntax::ExampleDecl& m) { Enter(protocol, "example", m); }
  void Statement(const std::string& protocol, const syntax::TestDecl& m) {
    AddEntry(Of("test", protocol + "." + m.name, m.span, m.name_span, printer_.Of(syntax::Member(m))));
  }
  void Statement(const std::string& protocol, const syntax::CasesDecl& m) {
    const std::string path = Enter(protocol, "cases", m);
    index_.entries.back().cases = &m;
    for (const syntax::CaseRow& row : m.rows) {
      AddEntry(Of("case", path + "." + row.name.text, row.span, row.name.span, printer_.Of(row)));
      index_.entries.back().case_of = &m;
    }
  }
  void Statement(const std::string& protocol, const syntax::ReleaseDecl& m) {
    const std::string path = protocol + ".release." + PathText(m.output);
    AddEntry(Of("release", path, m.span, {}, printer_.Of(syntax::Member(m))));
    Texts(path, "text", m.notes.texts);
  }

  // ---- parts of a table, a record, a list

  void Row(const std::string& table, const syntax::TablePart& part, const syntax::RowDecl& row,
           const syntax::TableDecl* row_of) {
    const std::string path = table + "." + row.name.text;
    Entry entry = Of("row", path, WithNotes(row.span, row.notes), row.name.span, printer_.Of(row));
    entry.part = &part;
    entry.row = &row;
    entry.row_of = row_of;
    AddEntry(std::move(entry));
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
    Symbols(decl.name.text, Declare(what, decl), nodes, separator);
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
