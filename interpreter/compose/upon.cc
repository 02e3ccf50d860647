// Holds each carried change against both bases; see upon.h. Tested by tests/golden/versions.
#include "compose/upon.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "compose/index.h"
#include "compose/plan.h"
#include "compose/print_parts.h"

namespace cordon::compose {
namespace {

using diagnostics::Code;

Index IndexOf(const Composed& composed) {
  std::vector<const syntax::File*> trees;
  for (const Text& text : composed.texts) trees.push_back(&text.tree);
  return MakeIndex(trees);
}

const Entry* At(const Index& index, const Place& place, const std::string& what = {}) {
  for (const Entry* entry : EntriesAt(index, place)) {
    if (what.empty() || entry->what == what) return entry;
  }
  return nullptr;
}

std::string Says(const Entry& entry) {
  std::string said = entry.printed + "\n" + entry.value_printed;
  for (const syntax::LangText& text : entry.texts) said += "\n" + text.language.text + " " + text.text;
  return said;
}

// A carried thing: its path, and what it is to be.
struct Thing {
  std::string root;
  std::string path;
  std::string what;
  std::string printed;  // empty where it only changes or removes
  Span at;
};

// The paths of what the changes of `version`, made to `base`, name or bring.
std::set<std::string> PathsOf(const Version& version, const Index& base) {
  std::set<std::string> paths;
  for (const syntax::File& file : version.files) {
    for (const syntax::Decl& decl : file.decls) {
      const auto* change = std::get_if<syntax::ChangeDecl>(&decl);
      if (change == nullptr) continue;
      const std::string own = PlaceOf(base, change->path).path;
      paths.insert(own);
      const Index brought = MakeIndex(file, *change, base);
      for (const Entry* thing : Brought(brought)) paths.insert(thing->path);
      for (const syntax::CategoryNode& node : change->symbols) paths.insert(own + "." + node.name.text);
    }
  }
  return paths;
}

class Carrier {
 public:
  Carrier(Desk& desk, const Composed& was, const Composed& is, const Version& own)
      : desk_(desk), is_base_(is), was_(IndexOf(was)), is_(IndexOf(is)), own_(own), restated_(PathsOf(own, is_)) {}

  std::optional<Version> Carry(const Version& carried) {
    const std::size_t num_before = desk_.sink.num_errors();
    Version kept{carried.id, carried.version, {}};
    for (const syntax::File& file : carried.files) {
      syntax::File out{file.source, {}, file.exprs};
      for (const syntax::Decl& decl : file.decls) {
        const auto* change = std::get_if<syntax::ChangeDecl>(&decl);
        if (change == nullptr) {
          out.decls.push_back(decl);
          continue;
        }
        if (auto left = Keep(file, *change)) out.decls.emplace_back(*std::move(left));
      }
      kept.files.push_back(std::move(out));
    }
    if (desk_.sink.num_errors() > num_before) return std::nullopt;
    return kept;
  }

 private:
  std::optional<syntax::ChangeDecl> Keep(const syntax::File& file, const syntax::ChangeDecl& change) {
    switch (change.kind) {
      case syntax::ChangeKind::kAdd:
      case syntax::ChangeKind::kReplace:
        return KeepBrought(file, change);
      case syntax::ChangeKind::kChange:
      case syntax::ChangeKind::kChangeRow:
      case syntax::ChangeKind::kRemove:
      case syntax::ChangeKind::kRename:
        break;
    }
    const Place place = PlaceOf(was_, change.path);
    Thing thing{place.root, place.path, change.names_test ? "test" : "", "", change.path.span};
    if (change.kind == syntax::ChangeKind::kChange && change.after) {
      PartPrinter printer(file);
      thing.printed = printer.Of(*change.after);
    }
    return Stays(thing, change.kind) ? std::optional(change) : std::nullopt;
  }

  // The change without the things that are not carried; nothing where none is left.
  std::optional<syntax::ChangeDecl> KeepBrought(const syntax::File& file, syntax::ChangeDecl change) {
    const Index brought = MakeIndex(file, change, was_);
    std::set<std::uint32_t> gone;  // where what is not carried begins
    std::size_t left = 0;
    for (const Entry* entry : Brought(brought)) {
      const Thing thing{entry->root, entry->path, entry->what, entry->printed,
                        entry->name.valid() ? entry->name : entry->extent};
      const bool stays = Stays(thing, change.kind);
      if (!stays) gone.insert(entry->extent.begin);
      left += stays ? 1 : 0;
    }
    const Place holder = PlaceOf(was_, change.path);
    std::erase_if(change.symbols, [&](const syntax::CategoryNode& node) {
      const std::string path = holder.path + "." + node.name.text;
      return At(is_, {holder.root, path}) != nullptr || restated_.contains(path);
    });
    if (left + change.symbols.size() == 0) return std::nullopt;
    const auto is_gone = [&](const auto& thing) {
      return gone.contains(std::visit([](const auto& t) { return t.span.begin; }, thing));
    };
    std::erase_if(change.declarations, is_gone);
    std::erase_if(change.members, is_gone);
    std::erase_if(change.fields, [&](const syntax::FieldDecl& field) { return gone.contains(field.span.begin); });
    for (syntax::TablePart& part : change.parts) {
      std::erase_if(part.rows, [&](const syntax::RowDecl& row) { return gone.contains(row.span.begin); });
    }
    std::erase_if(change.parts, [](const syntax::TablePart& part) { return part.rows.empty(); });
    for (syntax::CasesDecl& cases : change.cases) {
      std::erase_if(cases.rows, [&](const syntax::CaseRow& row) { return gone.contains(row.span.begin); });
    }
    std::erase_if(change.clauses, [&](const syntax::AddedClause& clause) { return gone.contains(clause.span.begin); });
    return change;
  }

  // Whether `thing` is carried. Reports where both changed it and the new version does not restate it.
  bool Stays(const Thing& thing, syntax::ChangeKind kind) {
    const Entry* was = At(was_, {thing.root, thing.path}, thing.what);
    const Entry* is = At(is_, {thing.root, thing.path}, thing.what);
    const bool adds = kind == syntax::ChangeKind::kAdd;
    const bool joins = adds && thing.what == "names";  // to those that are there
    const bool same =
        adds && !(joins && was != nullptr) ? is == nullptr : was != nullptr && is != nullptr && Says(*was) == Says(*is);
    if (restated_.contains(thing.path) && !same) return false;
    if (same) return true;
    if (kind == syntax::ChangeKind::kRemove && is == nullptr) return false;  // gone already
    if (is != nullptr && !thing.printed.empty() && (is->printed == thing.printed || is->value_printed == thing.printed))
      return false;  // both came to the same
    std::vector<diagnostics::Note> notes;
    if (is != nullptr) notes.push_back({MadeAt(*is), "what the new base makes of it"});
    for (const model::Change& change : is_base_.changes) {
      const bool is_it = change.path == Spelled(thing.path, thing.what);
      const bool holds = thing.path.compare(0, change.path.size() + 1, change.path + ".") == 0;
      if (is != nullptr || (!is_it && !holds)) continue;
      if (change.kind != model::ChangeKind::kRemove && change.kind != model::ChangeKind::kRename) continue;
      notes.push_back({change.span, change.new_path.empty()
                                        ? "the new base removes it"
                                        : fmt::format("the new base calls it `{}`", change.new_path)});
    }
    desk_.sink.Report(
        Code::kBothChanged, thing.at,
        fmt::format("`{}` is {} here, and {} in {} too", Spelled(thing.path, thing.what), adds ? "added" : "changed",
                    is == nullptr ? "removed" : (adds ? "there" : "changed"), is_base_.Name()),
        is == nullptr
            ? fmt::format("withdraw it: `remove {} because \"…\"` in {}, and say there what is to be instead",
                          Spelled(thing.path, thing.what), own_.Name())
            : fmt::format("say in {} what is to be, by a `change` or `replace` of what the new base has; where "
                          "that is to stay, by one that leaves it the same",
                          own_.Name()),
        std::move(notes));
    return false;
  }

  // Where the new base made `thing` what it is: its change of it, or the thing itself.
  Span MadeAt(const Entry& thing) const {
    const Span& span = thing.value.valid() ? thing.value : thing.extent;
    const std::vector<std::size_t> changes = desk_.origins.ChangesIn(span);
    return changes.empty() ? desk_.origins.Trace(span) : is_base_.changes[changes.front()].span;
  }

  Desk& desk_;
  const Composed& is_base_;
  const Index was_;
  const Index is_;
  const Version& own_;
  const std::set<std::string> restated_;
};

// `change look_back: 12 months -> 12 months`.
bool ChangesNothing(const syntax::File& file, const syntax::ChangeDecl& change) {
  if (!change.before || !change.after) return false;
  PartPrinter printer(file);
  const std::string before = printer.Of(*change.before);
  return !before.empty() && before == printer.Of(*change.after);
}

// Whether all that `change` brings stands in the base already, and is what carried changes are about.
bool RepeatsAll(const syntax::File& file, const syntax::ChangeDecl& change, const Index& there,
                const std::set<std::string>& changed) {
  const Index brought = MakeIndex(file, change, there);
  const std::vector<const Entry*> things = Brought(brought);
  return !things.empty() && std::all_of(things.begin(), things.end(), [&](const Entry* thing) {
    const Entry* same = At(there, {thing->root, thing->path}, thing->what);
    return same != nullptr && same->printed == thing->printed && changed.contains(thing->path);
  });
}

}  // namespace

std::optional<Version> Carry(Desk& desk, const Composed& was, const Composed& is, const Version& carried,
                             const Version& own) {
  return Carrier(desk, was, is, own).Carry(carried);
}

Version WithoutWithdrawn(const Composed& was, const Composed& is, const std::vector<const Version*>& carried,
                         const Version& own) {
  const Index was_there = IndexOf(was);
  const Index there = IndexOf(is);
  std::set<std::string> changed;
  for (const Version* version : carried) changed.merge(PathsOf(*version, was_there));
  Version kept = own;
  for (syntax::File& file : kept.files) {
    std::erase_if(file.decls, [&](const syntax::Decl& decl) {
      const auto* change = std::get_if<syntax::ChangeDecl>(&decl);
      if (change == nullptr) return false;
      const Place place = PlaceOf(was_there, change->path);
      if (change->kind == syntax::ChangeKind::kRemove) {
        return At(there, place) == nullptr && At(was_there, place) != nullptr;
      }
      if (change->kind == syntax::ChangeKind::kReplace) return RepeatsAll(file, *change, there, changed);
      if (change->kind != syntax::ChangeKind::kChange) return false;
      return changed.contains(place.path) && ChangesNothing(file, *change);
    });
  }
  return kept;
}

}  // namespace cordon::compose
