// Plans the edits of `change`, `change row`, `remove` and `rename`; see plan.h. `add` and `replace`: additions.cc.
#include "compose/plan.h"

#include <fmt/format.h>

#include <algorithm>

#include "compose/columns.h"
#include "compose/layout.h"
#include "support/text.h"

namespace cordon::compose {

using diagnostics::Code;

Planner::Planner(Desk& desk, const Composed& base, const Index& index, const check::References& references)
    : desk_(desk), base_(base), index_(index), references_(references) {
  plan_.edits.resize(base.texts.size());
}

void Planner::Do(const Written& written) {
  switch (written.change->kind) {
    case syntax::ChangeKind::kChange:
      return Change(written);
    case syntax::ChangeKind::kChangeRow:
      return ChangeRow(written);
    case syntax::ChangeKind::kAdd:
      return Add(written);
    case syntax::ChangeKind::kReplace:
      return Replace(written);
    case syntax::ChangeKind::kRemove:
      return Remove(written);
    case syntax::ChangeKind::kRename:
      return Rename(written);
  }
}

Plan Planner::Finish() {
  ReportTouchedTwice(plan_.touches, desk_.sink);
  for (const auto& [number, change] : plan_.lists) {
    const ItemList& list = index_.lists[number];
    if (change.removed.size() == list.items.size() && change.added.empty()) {
      desk_.sink.Report(Code::kNotChangedSo, change.place, "nothing would be left of this list",
                        "remove what holds it, and what uses that");
      continue;
    }
    for (Edit& edit : EditsOfList(list, change)) plan_.edits[change.file].push_back(std::move(edit));
  }
  RemoveRows();
  for (std::vector<Edit>& edits : plan_.edits) MoveOutOfRemoved(edits);
  return std::move(plan_);
}

// ---- finding what a change names

std::string Planner::TextAt(const Span& span) const {
  std::string folded;
  for (const char c : desk_.sources.text(span)) {
    const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!blank) folded += c;
    if (blank && !folded.empty() && folded.back() != ' ') folded += ' ';
  }
  return folded;
}

std::vector<std::string> Planner::Near(const std::string& path, std::string_view wanted) const {
  const std::size_t dot = path.rfind('.');
  const std::string above = dot == std::string::npos ? "" : path.substr(0, dot + 1);
  std::vector<std::string> near;
  for (const Entry& entry : index_.entries) {
    if (entry.path.size() <= above.size() || entry.path.compare(0, above.size(), above) != 0) continue;
    if (!wanted.empty() && entry.what != wanted) continue;
    near.push_back(entry.path);
  }
  return near;
}

std::string WithArticle(std::string_view what) {
  const bool vowel = std::string_view("aeiou").find(what.front()) != std::string_view::npos;
  return (vowel ? "an " : "a ") + std::string(what);
}

std::string Spelled(const std::string& path, std::string_view what) {
  if (what != "test") return path;
  const std::size_t name = path.find('.') + 1;  // a path without a dot is all name
  return path.substr(0, name) + "test \"" + path.substr(name) + "\"";
}

void Planner::ReportUnknownPath(const syntax::QName& path, std::string_view wanted) {
  const std::string text = PlaceOf(index_, path).path;
  const std::vector<std::string> near = Near(text, wanted == "test" ? wanted : "");
  std::vector<std::string> all;
  std::map<std::string, std::string> spelled;
  for (const Entry& entry : index_.entries) {
    const std::string bare = entry.path.substr(entry.path.find('.') + 1);
    const bool is_bare = wanted == "test" && path.parts.size() == 1;  // a test without its protocol
    if (wanted == "test" && entry.what != wanted) continue;
    all.push_back(is_bare ? bare : entry.path);
    spelled.emplace(all.back(), Spelled(entry.path, entry.what));
  }
  auto nearest = support::FindNearest(text, near);
  if (!nearest) nearest = support::FindNearest(text, all);
  const std::size_t dot = text.rfind('.');
  std::string help = "a change names what the base has, as in `look_back` or `admission.skema_2.3c`";
  if (!near.empty() && dot != std::string::npos && near.size() <= 12) {
    std::vector<std::string> quoted;
    for (const std::string& name : near) quoted.push_back("`" + spelled[name] + "`");
    help = "there are " + support::JoinWords(quoted, "and");
  }
  if (nearest) help = "did you mean `" + spelled[*nearest] + "`?";
  const auto library = base_.libraries.find(text.substr(0, text.find('.')));
  if (library != base_.libraries.end()) {
    help = fmt::format(
        "`{}` is the library `{}`'s, which no version changes: declare one of your own by another name, "
        "and change what uses it",
        library->first, library->second);
  }
  const bool says_kind = !wanted.empty() && wanted != "test";
  desk_.sink.Report(Code::kUnknownPath, path.span,
                    fmt::format("there is no {}`{}` in {}", says_kind ? std::string(wanted) + " " : "",
                                Spelled(PathText(path), wanted), base_.Name()),
                    std::move(help));
}

const Entry* Planner::Find(const syntax::QName& path, std::string_view wanted) {
  std::vector<const Entry*> fitting = EntriesAt(index_, PlaceOf(index_, path));
  const auto is_test = [](const Entry* entry) { return entry->what == "test"; };
  if (!wanted.empty()) std::erase_if(fitting, [&](const Entry* entry) { return entry->what != wanted; });
  // A test is named with the word `test`: where something else has its name, that is meant.
  if (wanted.empty() && !std::all_of(fitting.begin(), fitting.end(), is_test)) std::erase_if(fitting, is_test);
  if (wanted == "test" && path.parts.size() == 1) {  // whatever its protocol
    for (const Entry& entry : index_.entries) {
      const bool is_it = entry.what == wanted && entry.path.substr(entry.path.find('.') + 1) == path.parts[0].text;
      if (is_it) fitting.push_back(&entry);
    }
  }
  if (fitting.empty()) {
    ReportUnknownPath(path, wanted);
    return nullptr;
  }
  if (fitting.size() == 1) return fitting.front();
  std::vector<diagnostics::Note> notes;
  for (const Entry* entry : fitting) {
    notes.push_back({Origin(entry->extent), fmt::format("`{}` is here", Spelled(entry->path, entry->what))});
  }
  desk_.sink.Report(
      Code::kUnknownPath, path.span, fmt::format("`{}` can mean several things in {}", PathText(path), base_.Name()),
      wanted == "test"
          ? fmt::format("name its protocol, as in `{}`", Spelled(fitting.front()->path, fitting.front()->what))
          : fmt::format("say which, as in `{}.{}`", fitting.front()->root, PathText(path)),
      std::move(notes));
  return nullptr;
}

const Entry* Planner::FindSame(const Entry& thing) const {
  for (const Entry* entry : EntriesAt(index_, {thing.root, thing.path})) {
    if (entry->what == thing.what) return entry;
  }
  return nullptr;
}

void Planner::Put(std::size_t file, Span where, Rope with, std::string order) {
  plan_.edits[file].push_back({where.begin, where.end, std::move(with), std::move(order)});
}

void Planner::TouchThing(const Written& written, const Entry& thing, bool whole, bool adds) {
  const bool renames = written.change->kind == syntax::ChangeKind::kRename;
  plan_.touches.push_back({thing.root, Spelled(thing.path, thing.what), whole, adds, renames,
                           written.change->path.span.valid() ? written.change->path.span : written.change->span});
}

namespace {

bool LiesIn(const Entry& thing, const Entry& holder) {
  return thing.root == holder.root && thing.path.compare(0, holder.path.size() + 1, holder.path + ".") == 0;
}

}  // namespace

// ---- change

void Planner::Change(const Written& written) {
  const syntax::ChangeDecl& change = *written.change;
  const Entry* entry = Find(change.path);
  if (entry == nullptr || !change.before || !change.after) return;
  if (!entry->value.valid()) {
    std::vector<std::string> parts;
    for (const Entry& other : index_.entries) {
      if (other.value.valid() && LiesIn(other, *entry)) {
        parts.push_back("`" + other.path + "`");
      }
    }
    if (parts.size() > 6) parts.resize(6);
    std::string help = "write `replace`, and the whole of it as it is to be";
    if (!parts.empty()) help = "name a part of it: " + support::JoinWords(parts, "or") + "; or write `replace`";
    desk_.sink.Report(Code::kNotChangedSo, change.path.span,
                      fmt::format("the {} `{}` has no value that could be changed", entry->what, entry->path),
                      std::move(help), {{Origin(entry->extent), "it stands here"}});
    return;
  }
  TouchThing(written, *entry, entry->what == "set", false);
  if (!entry->texts.empty()) return ChangeTexts(written, *entry);
  if (entry->what == "names" && !FitsNames(written, *entry)) return;
  if (!SaysSame(*written.file, *change.before, *entry)) {
    desk_.sink.Report(Code::kOldValueDiffers, change.before->span,
                      fmt::format("`{}` is `{}` in {}, and this change takes it for `{}`", entry->path,
                                  TextAt(entry->value), base_.Name(), TextAt(change.before->span)),
                      "look whether the change still holds, and write the value that the base has",
                      {{Origin(entry->value), "its value in the base"}});
    return;
  }
  if (SaysSame(*written.file, *change.after, *entry)) {
    desk_.sink.Report(Code::kChangeWithoutEffect, change.after->span,
                      fmt::format("`{}` is `{}` already", entry->path, TextAt(entry->value)),
                      "take the change out, or write another value", {{Origin(entry->value), "its value in the base"}});
    return;
  }
  Span with = change.after->span;
  Span where = entry->value;
  if (entry->what == "set") {  // the braces stay
    const auto* set = std::get_if<syntax::ExprId>(&change.after->value);
    if (set == nullptr || written.file->expr(*set).kind != syntax::ExprKind::kSet ||
        written.file->expr(*set).args.empty()) {
      desk_.sink.Report(Code::kNotChangedSo, with, fmt::format("`{}` is a set, and this is none", entry->path),
                        "write its members in braces, at least one: `{ A, B }`",
                        {{Origin(entry->extent), "the set in the base"}});
      return;
    }
    const auto& names = written.file->expr(*set).args;
    with = Cover(written.file->expr(names.front()).span, written.file->expr(names.back()).span);
  }
  Rope rope{{with, {}, written.row}};
  if (entry->what == "cell" || entry->what == "cell of a case") Align(where, rope);
  Put(entry->file, where, std::move(rope));
}

namespace {

// `text` without blanks outside quotes.
std::string WithoutBlanks(std::string_view text) {
  std::string packed;
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (quoted || (c != ' ' && c != '\t' && c != '\n' && c != '\r')) packed += c;
  }
  return packed;
}

}  // namespace

// In a case `unknown`, `not asked` and stretches of time are no conditions, so their words are compared.
bool Planner::SaysSame(const syntax::File& file, const syntax::ChangeSide& side, const Entry& entry) const {
  PartPrinter printer(file);
  if (SideText(file, printer, side, entry) == entry.value_printed) return true;
  return entry.what == "cell of a case" &&
         WithoutBlanks(desk_.sources.text(side.span)) == WithoutBlanks(desk_.sources.text(entry.value));
}

// Whether what is to stand in the place of names is names; reports where it is not.
bool Planner::FitsNames(const Written& written, const Entry& entry) {
  const syntax::ChangeSide& after = *written.change->after;
  const auto* value = std::get_if<syntax::ExprId>(&after.value);
  const bool one = value != nullptr && written.file->expr(*value).kind == syntax::ExprKind::kName;
  if (one || std::holds_alternative<syntax::NameList>(after.value)) return true;
  const std::string word = entry.path.substr(entry.path.rfind('.') + 1);
  desk_.sink.Report(
      Code::kNotChangedSo, after.span, fmt::format("`{}` is a list of names, and this is none", entry.path),
      fmt::format("write the names with commas; `remove {}` takes the clause `{}` away", entry.path, word),
      {{Origin(entry.value), "the names in the base"}});
  return false;
}

// What a side says, as the entry's own value is printed.
std::string Planner::SideText(const syntax::File& file, PartPrinter& printer, const syntax::ChangeSide& side,
                              const Entry& entry) {
  const auto* value = std::get_if<syntax::ExprId>(&side.value);
  const bool one_name = value != nullptr && file.expr(*value).kind == syntax::ExprKind::kName;
  if (entry.what == "names" && one_name) return NamesText({{file.expr(*value).name}, false});
  if (entry.what != "set" || value == nullptr || file.expr(*value).kind != syntax::ExprKind::kSet) {
    return printer.Of(side);
  }
  std::vector<std::string> names;
  for (const syntax::ExprId arg : file.expr(*value).args) names.push_back(PathText(file.expr(arg).name));
  return SetText(std::move(names));
}

// Keeps the column: blanks behind the cell make up for what the new text is longer or shorter.
void Planner::Align(Span& where, Rope& rope) const {
  const std::size_t before = support::CountCodePoints(desk_.sources.text(where));
  const std::size_t after = support::CountCodePoints(TextOf(desk_.sources, rope));
  if (after < before) rope.push_back(Glue(std::string(before - after, ' '), rope.front().origin, rope.front().change));
  const std::string_view text = desk_.sources.text(where.source);
  for (std::size_t more = before; more < after && where.end + 1 < text.size(); ++more) {
    if (text[where.end] != ' ' || text[where.end + 1] != ' ') return;
    ++where.end;
  }
}

namespace {

const syntax::LangText* InLanguage(const std::vector<syntax::LangText>& texts, const std::string& language) {
  for (const syntax::LangText& text : texts) {
    if (text.language.text == language) return &text;
  }
  return nullptr;
}

}  // namespace

void Planner::ChangeTexts(const Written& written, const Entry& entry) {
  const auto* before = std::get_if<std::vector<syntax::LangText>>(&written.change->before->value);
  const auto* after = std::get_if<std::vector<syntax::LangText>>(&written.change->after->value);
  if (before == nullptr || after == nullptr) {
    const Span& at = before == nullptr ? written.change->before->span : written.change->after->span;
    desk_.sink.Report(Code::kNotChangedSo, at, fmt::format("`{}` is a text, and this is none", entry.path),
                      "write the texts with their languages: `en \"…\" -> en \"…\"`",
                      {{Origin(entry.value), "the texts in the base"}});
    return;
  }
  for (const syntax::LangText& text : *before) {
    const syntax::LangText* own = InLanguage(entry.texts, text.language.text);
    if (own != nullptr && own->text == text.text) continue;
    desk_.sink.Report(Code::kOldValueDiffers, text.span,
                      fmt::format("`{}` is not this text in {}", entry.path, base_.Name()),
                      "look whether the change still holds, and write the text that the base has",
                      {{Origin(own != nullptr ? own->span : entry.value), "the text in the base"}});
    return;
  }
  const std::size_t num_before = plan_.edits[entry.file].size();
  for (const syntax::LangText& text : *after) {
    const syntax::LangText* own = InLanguage(entry.texts, text.language.text);
    const bool said = InLanguage(*before, text.language.text) != nullptr;
    if (own != nullptr && !said) {
      desk_.sink.Report(Code::kOldValueDiffers, text.span,
                        fmt::format("the change does not say what `{}` is in `{}` now", entry.path, text.language.text),
                        "write the old text before the `->` too", {{Origin(own->span), "the text in the base"}});
      return;
    }
    if (own != nullptr && own->text == text.text) continue;
    Rope rope{{text.span, {}, written.row}};
    if (own != nullptr) {
      Put(entry.file, own->span, std::move(rope));
    } else {
      rope.insert(rope.begin(), Glue(" ", text.span, written.row));
      Put(entry.file, {entry.value.source, entry.value.end, entry.value.end}, std::move(rope), text.language.text);
    }
  }
  for (const syntax::LangText& text : *before) {
    if (InLanguage(*after, text.language.text) == nullptr) {
      Put(entry.file, InLanguage(entry.texts, text.language.text)->span, {});
    }
  }
  if (plan_.edits[entry.file].size() > num_before) return;
  desk_.sink.Report(Code::kChangeWithoutEffect, written.change->after->span,
                    fmt::format("`{}` says this already", entry.path), "take the change out, or write another text",
                    {{Origin(entry.value), "the text in the base"}});
}

// ---- change row

void Planner::ChangeRow(const Written& written) {
  const syntax::ChangeDecl& change = *written.change;
  if (!change.cases.empty()) return ChangeCase(written);
  const Entry* entry = Find(change.path, "row");
  if (entry == nullptr) return;
  if (change.parts.size() != 1 || change.parts[0].rows.size() != 1) {
    desk_.sink.Report(Code::kNotChangedSo, change.path.span, "`change row` takes one row under its heading",
                      "write the table's heading line and the row as it is to be below it");
    return;
  }
  const syntax::RowDecl& row = change.parts[0].rows[0];
  if (row.name.text != entry->row->name.text) {
    desk_.sink.Report(Code::kNotChangedSo, row.name.span,
                      fmt::format("this row is called `{}`, and the change is of `{}`", row.name.text, entry->path),
                      "write the row that is changed; `rename` gives it another name");
    return;
  }
  if (!SameHeading(*written.file, change.parts[0], *entry->part, entry->file)) {
    desk_.sink.Report(Code::kOtherHeading, change.parts[0].span,
                      fmt::format("the row `{}` stands under another heading in {}", entry->path, base_.Name()),
                      "write the heading as the table has it, column by column",
                      {{Origin(entry->part->inputs.front().span), "its columns are these"}});
    return;
  }
  TouchThing(written, *entry, true, false);
  PartPrinter printer(*written.file);
  const bool notes = row.notes.because.size() + row.notes.cites.size() + row.notes.interpretations.size() > 0;
  PartPrinter own(base_.texts[entry->file].tree);
  syntax::RowDecl was = *entry->row;
  if (!notes) was.notes = {};
  if (printer.Of(row) == own.Of(was)) {
    desk_.sink.Report(Code::kChangeWithoutEffect, row.span, fmt::format("`{}` is this row already", entry->path),
                      "take the change out, or write the row as it is to be",
                      {{Origin(entry->row->span), "the row in the base"}});
    return;
  }
  Put(entry->file, notes ? entry->extent : entry->row->span,
      InColumns(desk_.sources, row.span, notes ? RowExtent(row) : row.span, entry->row->span, written.row));
}

bool Planner::SameHeading(const syntax::File& file, syntax::TablePart written, const syntax::TablePart& base,
                          std::size_t text) const {
  syntax::TablePart own = base;
  if (!written.for_each) own.for_each.reset();
  PartPrinter printer(file);
  PartPrinter own_printer(base_.texts[text].tree);
  return printer.HeadingOf(written) == own_printer.HeadingOf(own);
}

// ---- remove

void Planner::RemoveLines(std::size_t file, const Span& extent, std::size_t row) {
  Put(file, WholeLines(desk_.sources, extent), {}, std::to_string(row));
}

// A part of which no row is left goes with its heading; a table keeps at least one part, and `cases` one row.
void Planner::RemoveRows() {
  std::map<const void*, std::size_t> emptied;
  for (const auto& [holder, change] : plan_.rows) {
    if (change.removed.empty()) continue;
    const Entry& first = *change.removed.front().first;
    const std::size_t num_rows = first.row != nullptr ? first.part->rows.size() : first.case_of->rows.size();
    if (change.adds || change.removed.size() < num_rows) {
      for (const auto& [row, number] : change.removed) RemoveLines(row->file, row->extent, number);
      continue;
    }
    const std::size_t num_parts = first.row != nullptr ? first.row_of->parts.size() : 1;
    const void* whole = first.row != nullptr ? static_cast<const void*>(first.row_of) : first.case_of;
    if (++emptied[whole] == num_parts) {
      const std::string of = first.path.substr(0, first.path.rfind('.'));
      desk_.sink.Report(Code::kNotChangedSo, change.place, fmt::format("nothing would be left of `{}`", of),
                        fmt::format("remove it as a whole: `remove {}`", of),
                        {{Origin(first.extent), "it stands here"}});
      continue;
    }
    RemoveLines(first.file, Cover(first.part->span, RowExtent(first.part->rows.back())), change.removed.front().second);
  }
}

// The texts of `ask`, `help`, `quote` or `text` with that word; those of a role have none.
Span Planner::WithWord(const Entry& texts) const {
  const std::string word = texts.path.substr(texts.path.rfind('.') + 1);
  const std::string_view before = desk_.sources.text(texts.extent.source).substr(0, texts.extent.begin);
  const std::size_t end = before.find_last_not_of(" \t\r\n") + 1;
  Span whole = texts.extent;
  if (before.substr(0, end).ends_with(word)) whole.begin = static_cast<std::uint32_t>(end - word.size());
  return whole;
}

void Planner::Remove(const Written& written) {
  const syntax::ChangeDecl& change = *written.change;
  const Entry* entry = Find(change.path, change.names_test ? "test" : "");
  if (entry == nullptr) return;
  if (entry->clause.valid()) return RemoveClause(written, *entry);
  if (entry->stand == Stand::kInside && entry->what != "texts") {
    desk_.sink.Report(Code::kNotChangedSo, change.path.span,
                      fmt::format("the {} `{}` cannot be removed by itself", entry->what, entry->path),
                      "change its value, or replace what it stands in", {{Origin(entry->extent), "it stands here"}});
    return;
  }
  TouchThing(written, *entry, true, false);
  for (const Entry& inner : index_.entries) {  // with all that lies in it
    if (!inner.name.valid() || (&inner != entry && !LiesIn(inner, *entry))) continue;
    plan_.gone.push_back({TextAt(inner.name), inner.what, "", change.path.span});
  }
  if (entry->what == "texts") return RemoveLines(entry->file, WithWord(*entry), written.row);
  if (entry->stand == Stand::kItem) {
    ListChange& list = plan_.lists[entry->list];
    list.file = entry->file;
    list.place = change.path.span;
    list.removed.insert(entry->item);
  } else if (entry->row != nullptr || entry->case_of != nullptr) {
    RowsChange& rows = plan_.rows[entry->row != nullptr ? static_cast<const void*>(entry->part) : entry->case_of];
    rows.removed.emplace_back(entry, written.row);
    rows.place = change.path.span;
  } else {
    RemoveLines(entry->file, entry->extent, written.row);
  }
}

// ---- rename

void Planner::Rename(const Written& written) {
  const syntax::ChangeDecl& change = *written.change;
  const Entry* entry = Find(change.path);
  if (entry == nullptr || !change.new_name) return;
  const std::string& name = change.new_name->text;
  if (!entry->name.valid() || entry->what == "test" || entry->what == "interpretation" ||
      entry->what == "member of the set" || entry->what == "fact of the group") {
    desk_.sink.Report(Code::kNotChangedSo, change.path.span,
                      fmt::format("the {} `{}` has no name of its own to be changed", entry->what, entry->path),
                      "`rename` is for what the policy declares under a name",
                      {{Origin(entry->extent), "it stands here"}});
    return;
  }
  if (entry->what != "row" && entry->what != "case" && name.find_first_not_of("0123456789") != 0) {
    desk_.sink.Report(Code::kNotChangedSo, change.new_name->span,
                      fmt::format("`{}` is a row's name, and `{}` is no row", name, entry->path),
                      "begin the new name with a letter", {{Origin(entry->name), "it is declared here"}});
    return;
  }
  const std::string above = entry->path.substr(0, entry->path.size() - TextAt(entry->name).size());
  const std::vector<const Entry*> taken = EntriesAt(index_, {above.empty() ? "" : entry->root, above + name});
  if (!taken.empty()) {
    const Entry& other = *taken.front();
    desk_.sink.Report(Code::kAlreadyThere, change.new_name->span,
                      fmt::format("there is {} `{}` in {} already", WithArticle(other.what), other.path, base_.Name()),
                      "choose another name", {{Origin(other.name), "it is here"}});
    return;
  }
  TouchThing(written, *entry, false, false);
  plan_.gone.push_back({TextAt(entry->name), entry->what, name, change.path.span});
  const auto put = [&](const Span& use) {
    for (std::size_t i = 0; i < base_.texts.size(); ++i) {
      if (base_.texts[i].tree.source == use.source) Put(i, use, {{change.new_name->span, {}, written.row}}, "~");
    }
  };
  put(entry->name);
  std::set<std::pair<std::uint32_t, std::uint32_t>> done;
  for (const check::Reference& reference : references_.uses) {
    if (!(reference.declaration == entry->name) || reference.use == entry->name) continue;
    if (done.emplace(reference.use.source.index, reference.use.begin).second) put(reference.use);
  }
}

}  // namespace cordon::compose
