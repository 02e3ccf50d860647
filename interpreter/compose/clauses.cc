// Plans clauses and notes that a change puts into a rule, a table, a fact …, and clauses that it takes away; see
// plan.h.
//
// Names join those that are there. A condition and a note stand on lines of their own behind the head of what they are
// added to; `in`, `overrides` and `drops` stand on its first line. Tested by tests/golden/versions/clauses.golden and
// notes.golden.
#include <fmt/format.h>

#include <algorithm>

#include "compose/layout.h"
#include "compose/plan.h"
#include "syntax/print_words.h"

namespace cordon::compose {

using diagnostics::Code;
using syntax::ClauseKind;

namespace {

// Where the names of a clause stand in the base, and which they are.
struct Names {
  std::vector<syntax::QName> names;
  Span last;  // what a further one is set in behind
};

Names NamesIn(const Entry& holder, const syntax::AddedClause& clause) {
  const auto of = [](const std::vector<syntax::QName>& names) {
    return names.empty() ? Names{} : Names{names, names.back().span};
  };
  if (clause.kind == ClauseKind::kDrops) return of(holder.rule->drops);
  if (clause.kind == ClauseKind::kOverrides) {
    const auto& overrides = holder.rule != nullptr ? holder.rule->overrides : holder.table->overrides;
    for (const syntax::Override& own : overrides) {
      const auto& names = clause.names.every_rule_for ? own.every_rule_for : own.targets;
      if (!names.empty()) return of(names);
    }
    return {};
  }
  if (holder.rule != nullptr) return of(holder.rule->in);
  return of(holder.table != nullptr ? holder.table->in : holder.protocol->in);
}

bool Takes(const Entry& holder, ClauseKind kind) {
  switch (kind) {
    case ClauseKind::kIn:
      return holder.rule != nullptr || holder.table != nullptr || holder.protocol != nullptr;
    case ClauseKind::kOverrides:
      return holder.rule != nullptr || holder.table != nullptr;
    case ClauseKind::kDrops:
    case ClauseKind::kWhen:
    case ClauseKind::kUnless:
      return holder.rule != nullptr;
    case ClauseKind::kNote:
      return holder.notes != nullptr;
  }
  return false;
}

const syntax::LangText* InLanguage(const std::vector<syntax::LangText>& own, const std::vector<syntax::LangText>& added,
                                   bool same_text) {
  for (const syntax::LangText& text : own) {
    for (const syntax::LangText& other : added) {
      const bool same = text.language.text == other.language.text && (!same_text || text.text == other.text);
      if (same) return &text;
    }
  }
  return nullptr;
}

// What `own` has of the note already: its place; invalid where it has nothing.
Span There(const syntax::Notes& own, const syntax::Notes& added) {
  for (const syntax::Interpretation& note : own.interpretations) {
    if (!added.interpretations.empty() && added.interpretations[0].id.text == note.id.text) return note.span;
  }
  for (const syntax::Cite& cite : own.cites) {
    if (added.cites.empty()) break;
    if (cite.source.text == added.cites[0].source.text && cite.place == added.cites[0].place) return cite.span;
  }
  for (const syntax::StatementId& statement : own.answers) {
    for (const syntax::StatementId& other : added.answers) {
      if (statement.id == other.id) return statement.span;
    }
  }
  for (const auto* text : {InLanguage(own.quotes, added.quotes, true), InLanguage(own.texts, added.texts, false),
                           InLanguage(own.help, added.help, false), InLanguage(own.ask, added.ask, false)}) {
    if (text != nullptr) return text->span;
  }
  return {};
}

}  // namespace

// Whether `holder` takes all clauses and notes of the change; reports the first that it does not take.
bool Planner::TakesClauses(const Written& written, const Entry& holder) {
  for (const syntax::AddedClause& clause : written.change->clauses) {
    if (Takes(holder, clause.kind)) continue;
    const std::string_view word = syntax::WordOf(clause.kind);
    const bool conditions = clause.kind == ClauseKind::kWhen || clause.kind == ClauseKind::kUnless;
    desk_.sink.Report(Code::kNotChangedSo, clause.span,
                      fmt::format("the {} `{}` takes no {}", holder.what, holder.path,
                                  clause.kind == ClauseKind::kNote ? "notes" : fmt::format("`{}`", word)),
                      conditions ? "only a rule has conditions: name the rule, as in `add to admission.carriers`"
                                 : "name what it belongs to",
                      {{Origin(holder.name.valid() ? holder.name : holder.extent), "it stands here"}});
    return false;
  }
  return true;
}

void Planner::AddClause(const Written& written, const Entry& holder, const Entry& thing) {
  Entry touched = thing;
  // Two changes may each bring notes, but not the same; and names, but not the same.
  if (thing.what == "note" || thing.what == "names") touched.path += " " + thing.printed;
  TouchThing(written, touched, false, true);
  switch (thing.added->kind) {
    case ClauseKind::kIn:
    case ClauseKind::kOverrides:
    case ClauseKind::kDrops:
      return AddNames(written, holder, thing);
    case ClauseKind::kWhen:
    case ClauseKind::kUnless:
      return AddCondition(written, holder, thing);
    case ClauseKind::kNote:
      return AddNote(written, holder, thing);
  }
}

void Planner::ReportThere(const Entry& holder, const Entry& thing, const Span& there, std::string help) {
  const bool note = thing.added->kind == ClauseKind::kNote;
  desk_.sink.Report(Code::kAlreadyThere, thing.extent,
                    fmt::format("the {} `{}` has {} in {} already", holder.what, holder.path,
                                note ? "this" : fmt::format("`{}`", syntax::WordOf(thing.added->kind)), base_.Name()),
                    std::move(help), {{Origin(there), "it is here"}});
}

void Planner::AddNames(const Written& written, const Entry& holder, const Entry& thing) {
  const syntax::AddedClause& clause = *thing.added;
  const Names there = NamesIn(holder, clause);
  for (const syntax::QName& name : clause.names.names) {
    for (const syntax::QName& own : there.names) {
      if (PathText(own) == PathText(name)) return ReportThere(holder, thing, own.span, "take the name out");
    }
  }
  const bool joins = !there.names.empty();
  Rope rope{Glue(joins ? ", " : "  ", thing.extent, written.row)};
  rope.push_back({joins ? clause.names_span : clause.span, {}, written.row});
  const std::uint32_t at = joins ? there.last.end : holder.name.end;
  Put(holder.file, {holder.name.source, at, at}, std::move(rope), thing.path + thing.printed);
}

void Planner::AddCondition(const Written& written, const Entry& holder, const Entry& thing) {
  const bool when = thing.added->kind == ClauseKind::kWhen;
  const syntax::ClauseSpans& own = holder.rule->clauses;
  const Span& there = when ? own.when : own.unless;
  if (there.valid()) {
    return ReportThere(holder, thing, there, fmt::format("write `change {}: OLD -> NEW`", thing.path));
  }
  SetInLine(written, holder, thing, !when && own.when.valid() ? own.when : own.head, when ? "1" : "2");
}

void Planner::AddNote(const Written& written, const Entry& holder, const Entry& thing) {
  const Span there = There(*holder.notes, thing.added->note);
  if (there.valid()) return ReportThere(holder, thing, there, "take it out, or write `change` where it is to differ");
  SetInLine(written, holder, thing, holder.notes_behind, "0 " + thing.path + thing.printed);
}

// On a line of its own behind `behind`, two blanks deeper than what holds it.
void Planner::SetInLine(const Written& written, const Entry& holder, const Entry& thing, const Span& behind,
                        const std::string& order) {
  const std::size_t indent = IndentOf(desk_.sources, holder.extent) + 2;
  Rope rope{Glue("\n" + std::string(indent, ' '), thing.extent, written.row)};
  Append(rope, Indented(desk_.sources, thing.extent, indent, written.row));
  const std::uint32_t at = EndOfLine(desk_.sources, behind);
  Put(holder.file, {behind.source, at, at}, std::move(rope), order);
}

// With its lines, or else with the blanks before it.
void Planner::RemoveClause(const Written& written, const Entry& entry) {
  TouchThing(written, entry, true, false);
  Span gone = WholeLines(desk_.sources, entry.clause);
  const std::string_view text = desk_.sources.text(gone.source);
  const bool in_line = gone == entry.clause;
  while (in_line && gone.begin > 0 && text[gone.begin - 1] == ' ') --gone.begin;
  Put(entry.file, gone, {}, std::to_string(written.row));
}

}  // namespace cordon::compose
