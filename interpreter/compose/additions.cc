// Plans the edits of `add` and `replace`, of lists, and finds what is changed twice; see plan.h.
#include <fmt/format.h>

#include <algorithm>

#include "compose/columns.h"
#include "compose/layout.h"
#include "compose/plan.h"

namespace cordon::compose {

using diagnostics::Code;

namespace {

// Where something new follows the last of what is there.
Span Behind(const diagnostics::Sources& sources, const Span& last) {
  const std::uint32_t at = EndOfLine(sources, last);
  return {last.source, at, at};
}

bool IsOtherwise(const syntax::RowDecl& row) {
  return !row.cells.empty() && std::all_of(row.cells.begin(), row.cells.end(), [](const syntax::Cell& cell) {
    return cell.kind == syntax::CellKind::kOtherwise;
  });
}

// The part of the change that holds `thing`.
const syntax::TablePart* PartOf(const syntax::ChangeDecl& change, const Entry& thing) {
  for (const syntax::TablePart& part : change.parts) {
    for (const syntax::RowDecl& row : part.rows) {
      if (row.name.span == thing.name) return &part;
    }
  }
  return nullptr;
}

}  // namespace

std::vector<const Entry*> Brought(const Index& brought) {
  std::vector<const Entry*> things;
  std::uint32_t done = 0;  // what lies in a thing begins before its end
  for (const Entry& entry : brought.entries) {
    if (entry.stand == Stand::kItem || entry.stand == Stand::kInside) continue;
    if (entry.what == "interpretation" && entry.added == nullptr) continue;
    if (!things.empty() && entry.extent.begin < done) continue;
    done = entry.extent.end;
    things.push_back(&entry);
  }
  return things;
}

Span RowExtent(const syntax::RowDecl& row) {
  Span span = row.span;
  const auto through = [&](const Span& last) { span.end = std::max(span.end, last.end); };
  for (const syntax::Cite& cite : row.notes.cites) through(cite.span);
  for (const syntax::Interpretation& note : row.notes.interpretations) through(note.span);
  for (const syntax::StatementId& statement : row.notes.answers) through(statement.span);
  for (const auto* texts : {&row.notes.quotes, &row.notes.texts, &row.notes.help, &row.notes.ask}) {
    for (const syntax::LangText& text : *texts) through(text.span);
  }
  return span;
}

// ---- add

void Planner::Add(const Written& written) {
  const syntax::ChangeDecl& change = *written.change;
  const Entry* holder = nullptr;
  if (!change.path.parts.empty()) {
    holder = Find(change.path);
    if (holder == nullptr) return;
    if (!Holds(written, *holder)) return;
    if (!change.symbols.empty()) return AddSymbols(written, *holder);
  }
  const Index brought = MakeIndex(*written.file, change, index_);
  Written one = written;
  one.row = written.row - 1;
  for (const Entry* thing : Brought(brought)) {
    ++one.row;
    if (thing->added != nullptr) {
      AddClause(one, *holder, *thing);
      continue;
    }
    const Entry* there = FindSame(*thing);
    TouchThing(written, *thing, false, true);
    if (there == nullptr) {
      AddThing(one, holder, *thing);
      continue;
    }
    desk_.sink.Report(
        Code::kAlreadyThere, thing->name.valid() ? thing->name : thing->extent,
        fmt::format("there is {} `{}` in {} already", WithArticle(thing->what), thing->path, base_.Name()),
        "write `replace` to put this in its place, or choose another name",
        {{Origin(there->name.valid() ? there->name : there->extent), "it is here"}});
  }
}

// Whether what the change brings can stand in `holder`; reports where it cannot.
bool Planner::Holds(const Written& written, const Entry& holder) {
  const syntax::ChangeDecl& change = *written.change;
  if (!change.clauses.empty()) return TakesClauses(written, holder);
  std::string takes;
  if (holder.protocol != nullptr) takes = "statements";
  if (holder.table != nullptr || holder.cases != nullptr) takes = "rows under their heading";
  if (holder.record != nullptr) takes = "fields";
  if (holder.holds != kNone && holder.record == nullptr) takes = "names with commas";
  const bool fits =
      (holder.protocol != nullptr && !change.members.empty()) || (holder.cases != nullptr && !change.cases.empty()) ||
      (holder.table != nullptr && !change.parts.empty()) || (holder.record != nullptr && !change.fields.empty()) ||
      (holder.holds != kNone && !change.symbols.empty());
  if (fits) return true;
  desk_.sink.Report(Code::kNotChangedSo, change.path.span,
                    takes.empty() ? fmt::format("nothing can be added to the {} `{}`", holder.what, holder.path)
                                  : fmt::format("the {} `{}` takes {}", holder.what, holder.path, takes),
                    takes.empty() ? "replace it as a whole" : "write them indented below this line",
                    {{Origin(holder.name.valid() ? holder.name : holder.extent), "it stands here"}});
  return false;
}

void Planner::AddThing(const Written& written, const Entry* holder, const Entry& thing) {
  if (holder == nullptr) {
    plan_.additions.emplace(thing.what + " " + thing.path + (thing.name.valid() ? "" : thing.printed),
                            Indented(desk_.sources, thing.extent, 0, written.row));
    return;
  }
  if (holder->table != nullptr) return AddRow(written, *holder, thing);
  if (holder->cases != nullptr) return AddCase(written, *holder, thing);
  Span last = holder->extent;
  std::size_t indent = 2;
  if (holder->record != nullptr && !holder->record->fields.empty()) {
    indent = IndentOf(desk_.sources, holder->record->fields.front().name.span);
  }
  const bool statement = holder->protocol != nullptr;
  Rope rope{Glue((statement ? "\n\n" : "\n") + std::string(indent, ' '), thing.extent, written.row)};
  Append(rope, Indented(desk_.sources, thing.extent, indent, written.row));
  Put(holder->file, Behind(desk_.sources, last), std::move(rope), thing.what + " " + thing.path);
}

// Behind the last row of `part`; but before those for where no row above applies.
void Planner::AddRowTo(const Written& written, const Entry& holder, const syntax::TablePart& part, const Entry& thing) {
  std::size_t last = part.rows.size();
  while (last > 1 && IsOtherwise(part.rows[last - 1])) --last;
  const std::size_t indent = IndentOf(desk_.sources, part.rows[0].span);
  Rope rope{Glue("\n" + std::string(indent, ' '), thing.extent, written.row)};
  Append(rope, InColumns(desk_.sources, thing.row->span, thing.extent, part.rows[last - 1].span, written.row));
  plan_.rows[&part].adds = true;
  Put(holder.file, Behind(desk_.sources, RowExtent(part.rows[last - 1])), std::move(rope), thing.path);
}

void Planner::AddRow(const Written& written, const Entry& holder, const Entry& thing) {
  const syntax::TablePart* part = PartOf(*written.change, thing);
  if (part == nullptr) return;
  std::vector<const syntax::TablePart*> fitting;
  for (const syntax::TablePart& own : holder.table->parts) {
    if (!own.rows.empty() && SameHeading(*written.file, *part, own, holder.file)) fitting.push_back(&own);
  }
  if (fitting.size() == 1) return AddRowTo(written, holder, *fitting.front(), thing);
  std::vector<diagnostics::Note> notes;
  for (const syntax::TablePart* own : fitting) notes.push_back({Origin(own->inputs.front().span), "one is this"});
  if (fitting.empty()) {
    notes.push_back({Origin(holder.table->parts.front().inputs.front().span), "its columns are these"});
  }
  desk_.sink.Report(
      Code::kOtherHeading, part->span,
      fmt::format("the table `{}` has {} with this heading in {}", holder.path,
                  fitting.empty() ? "no part" : "several parts", base_.Name()),
      fitting.empty()
          ? "write the heading as the table has it, column by column; `replace` the table to give it another"
          : "write above the heading which elements the rows are about: `for each … in …`",
      std::move(notes));
}

void Planner::AddSymbols(const Written& written, const Entry& holder) {
  ListChange& list = plan_.lists[holder.holds];
  list.file = holder.file;
  list.place = written.change->path.span;
  std::size_t row = written.row;
  for (const syntax::CategoryNode& node : written.change->symbols) {
    const std::string path = holder.path + "." + node.name.text;
    Entry symbol;
    symbol.root = holder.root;
    symbol.path = path;
    const std::vector<const Entry*> there = EntriesAt(index_, {holder.root, path});
    TouchThing(written, symbol, false, true);
    if (there.empty()) {
      list.added.emplace(node.name.text, Rope{{node.span, {}, row++}});
      continue;
    }
    const Entry& other = *there.front();
    desk_.sink.Report(Code::kAlreadyThere, node.name.span,
                      fmt::format("`{}` is in `{}` in {} already", node.name.text, holder.path, base_.Name()),
                      "take it out", {{Origin(other.name), "it is here"}});
  }
}

// ---- replace

void Planner::Replace(const Written& written) {
  const syntax::ChangeDecl& change = *written.change;
  if (!change.path.parts.empty()) {
    const Entry* holder = Find(change.path);
    if (holder == nullptr || !Holds(written, *holder)) return;
    if (!change.symbols.empty()) {
      desk_.sink.Report(
          Code::kNotChangedSo, change.path.span,
          fmt::format("names are added to and removed from the {} `{}`, not replaced", holder->what, holder->path),
          "write `remove` and `add to`, or `rename`");
      return;
    }
    if (!change.clauses.empty()) {
      desk_.sink.Report(
          Code::kNotChangedSo, change.clauses.front().span,
          fmt::format("clauses and notes of the {} `{}` are not replaced one by one", holder->what, holder->path),
          "write `change` with the old and the new one, or `remove` and `add to`");
      return;
    }
  }
  const Index brought = MakeIndex(*written.file, change, index_);
  std::size_t row = written.row - 1;
  for (const Entry* thing : Brought(brought)) {
    ++row;
    const Entry* there = FindSame(*thing);
    // A rule may become a table; a declaration may become one of another kind.
    const bool declared = thing->path.find('.') == std::string::npos;
    const auto found = EntriesAt(index_, {declared ? "" : thing->root, thing->path});
    if (there == nullptr && found.size() == 1) there = found.front();
    const Span& at = thing->name.valid() ? thing->name : thing->extent;
    if (there == nullptr) {
      const std::size_t dot = thing->path.find('.');
      syntax::QName path{{{thing->path.substr(0, dot), at}}, at};
      if (dot != std::string::npos) path.parts.push_back({thing->path.substr(dot + 1), at});
      ReportUnknownPath(path, thing->what);
      continue;
    }
    TouchThing(written, *there, true, false);
    if (there->printed == thing->printed) {
      desk_.sink.Report(
          Code::kChangeWithoutEffect, at, fmt::format("the {} `{}` says this already", there->what, there->path),
          "take it out, or write what is to stand in its place", {{Origin(there->extent), "it stands here"}});
      continue;
    }
    const syntax::TablePart* part = PartOf(change, *thing);
    if (part != nullptr && !SameHeading(*written.file, *part, *there->part, there->file)) {
      desk_.sink.Report(Code::kOtherHeading, part->span,
                        fmt::format("the row `{}` stands under another heading in {}", there->path, base_.Name()),
                        "write the heading as the table has it, column by column",
                        {{Origin(there->part->inputs.front().span), "its columns are these"}});
      continue;
    }
    const bool is_case = thing->case_of != nullptr && there->case_of != nullptr;
    if (is_case && !HasCaseHeading(change, *there, *there->case_of)) continue;
    const bool is_row = is_case || (thing->row != nullptr && there->row != nullptr);
    const Span own = is_row && !is_case ? thing->row->span : thing->extent;
    const Span theirs = is_row && !is_case ? there->row->span : there->extent;
    Put(there->file, there->extent,
        is_row ? InColumns(desk_.sources, own, thing->extent, theirs, row)
               : Indented(desk_.sources, thing->extent, IndentOf(desk_.sources, there->extent), row));
  }
}

// ---- what is set in

void MoveOutOfRemoved(std::vector<Edit>& edits) {
  std::vector<Edit*> removals;
  for (Edit& edit : edits) {
    if (edit.with.empty()) removals.push_back(&edit);
  }
  std::sort(removals.begin(), removals.end(), [](const Edit* a, const Edit* b) { return a->begin > b->begin; });
  for (Edit& edit : edits) {
    if (edit.with.empty() || edit.begin != edit.end || edit.with.front().glue.substr(0, 1) != "\n") continue;
    for (const Edit* removal : removals) {  // from the last to the first
      if (removal->begin > edit.begin || removal->end <= edit.begin || removal->begin == 0) continue;
      edit.begin = edit.end = removal->begin - 1;
    }
  }
}

// ---- lists

std::vector<Edit> EditsOfList(const ItemList& list, const ListChange& change) {
  std::vector<Edit> edits;
  const std::size_t size = list.items.size();
  const auto kept = [&](std::size_t i) { return !change.removed.contains(i); };
  for (std::size_t first = 0; first < size; ++first) {
    if (kept(first)) continue;
    std::size_t end = first;
    while (end < size && !kept(end)) ++end;
    const bool all = first == 0 && end == size;
    const std::uint32_t from = first == 0 ? list.items[0].begin : list.items[first - 1].end;
    const std::uint32_t to = first == 0 && !all ? list.items[end].begin : list.items[end - 1].end;
    edits.push_back({from, to, {}, ""});
    first = end;
  }
  Rope added;
  bool begins = change.removed.size() == size;
  for (const auto& [name, rope] : change.added) {
    const Piece& piece = rope.front();
    if (begins && list.in_brackets) added.push_back({piece.origin, " (", piece.change});
    if (!begins) added.push_back({piece.origin, list.separator, piece.change});
    added.push_back(piece);
    begins = false;
  }
  if (added.empty()) return edits;
  if (list.in_brackets) added.push_back({added.back().origin, ")", added.back().change});
  const std::uint32_t at = size == 0 ? list.owner.end : list.items.back().end;
  edits.push_back({at, at, std::move(added), "~"});  // after what was taken out there
  return edits;
}

// ---- what is changed twice

void ReportTouchedTwice(const std::vector<Touch>& touches, diagnostics::Sink& sink) {
  std::map<std::pair<std::string, std::string>, std::vector<const Touch*>> by_path;
  for (const Touch& touch : touches) by_path[{touch.root, touch.path}].push_back(&touch);
  const auto report = [&](const Touch& one, const Touch& other) {
    sink.Report(Code::kChangedTwice, one.place,
                one.path == other.path ? fmt::format("`{}` is changed twice", one.path)
                                       : fmt::format("`{}` is changed, and `{}` as a whole", one.path, other.path),
                "all changes of a version are made at once: say in one of them what is to be",
                {{other.place, "the other change is here"}});
  };
  for (const Touch& touch : touches) {
    for (const Touch* other : by_path[{touch.root, touch.path}]) {
      if (other == &touch) break;  // each pair once
      if (touch.renames != other->renames && !touch.whole && !other->whole) continue;
      report(touch, *other);
      break;
    }
    for (std::size_t dot = touch.path.find('.'); dot != std::string::npos; dot = touch.path.find('.', dot + 1)) {
      const auto above = by_path.find({touch.root, touch.path.substr(0, dot)});
      if (above == by_path.end()) continue;
      const auto whole =
          std::find_if(above->second.begin(), above->second.end(), [](const Touch* other) { return other->whole; });
      if (whole != above->second.end()) report(touch, **whole);
    }
  }
}

}  // namespace cordon::compose
