// Puts one version upon its base: plans the changes, makes them at once, and reads the result; see compose.h.
#include "compose/compose.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "compose/index.h"
#include "compose/layout.h"
#include "compose/plan.h"
#include "compose/trace.h"
#include "syntax/parse.h"

namespace cordon::compose {

using diagnostics::Code;

namespace {

model::ChangeKind KindOf(syntax::ChangeKind kind) {
  switch (kind) {
    case syntax::ChangeKind::kChange:
      return model::ChangeKind::kChange;
    case syntax::ChangeKind::kChangeRow:
      return model::ChangeKind::kChangeRow;
    case syntax::ChangeKind::kAdd:
      return model::ChangeKind::kAdd;
    case syntax::ChangeKind::kReplace:
      return model::ChangeKind::kReplace;
    case syntax::ChangeKind::kRemove:
      return model::ChangeKind::kRemove;
    case syntax::ChangeKind::kRename:
      return model::ChangeKind::kRename;
  }
  return model::ChangeKind::kChange;
}

// The paths of what a change does: its own, or those of what it brings, each a row of the policy's changes.
std::vector<std::string> PathsOf(const syntax::File& file, const syntax::ChangeDecl& change, const Index& base) {
  const bool brings = change.kind == syntax::ChangeKind::kAdd || change.kind == syntax::ChangeKind::kReplace;
  const std::string own = PlaceOf(base, change.path).path;
  if (change.names_test) return {Spelled(own, "test")};
  if (!brings) return {own};
  std::vector<std::string> paths;
  for (const syntax::CategoryNode& node : change.symbols) paths.push_back(own + "." + node.name.text);
  const Index index = MakeIndex(file, change, base);
  for (const Entry* thing : Brought(index)) paths.push_back(Spelled(thing->path, thing->what));
  return paths;
}

class Composer {
 public:
  Composer(Desk& desk, const Composed& base, const check::References& references, const Version& delta)
      : desk_(desk), base_(base), references_(references), delta_(delta) {}

  std::optional<Composed> Compose() {
    const std::size_t num_before = desk_.sink.num_errors();
    made_.id = delta_.id;
    made_.version = delta_.version;
    made_.changes = base_.changes;
    made_.written_in = base_.written_in;
    for (const syntax::File& file : delta_.files) made_.written_in[file.source] = delta_.Name();
    ReadBase();
    JoinSources();
    std::vector<const syntax::File*> trees;
    for (const Text& text : base_.texts) trees.push_back(&text.tree);
    index_ = MakeIndex(trees);
    CollectChanges();
    Planner planner(desk_, base_, index_, references_);
    for (const Written& written : changes_) planner.Do(written);
    Plan plan = planner.Finish();
    if (desk_.sink.num_errors() > num_before) return std::nullopt;
    made_.gone = std::move(plan.gone);
    PutHeader(plan);
    DropClaims(plan);
    Build(std::move(plan));
    if (desk_.sink.num_errors() > num_before) return std::nullopt;
    return std::move(made_);
  }

 private:
  void ReadBase() {
    const syntax::PolicyHeader* header = HeaderOf(delta_.files);
    model::BaseVersion nearest{base_.id, base_.version, header != nullptr && header->adapts.has_value(), ""};
    for (const Text& text : base_.texts) {
      for (const syntax::Decl& decl : text.tree.decls) {
        const auto* of_base = std::get_if<syntax::PolicyHeader>(&decl);
        if (of_base != nullptr && of_base->in_force) nearest.until = of_base->in_force->until;
      }
    }
    made_.bases.push_back(std::move(nearest));
    made_.bases.insert(made_.bases.end(), base_.bases.begin(), base_.bases.end());
  }

  // The sources of the base, and those of this version's header.
  void JoinSources() {
    made_.cites = base_.cites;
    const syntax::PolicyHeader* header = HeaderOf(delta_.files);
    if (header == nullptr) return;
    for (const syntax::SourceText& source : header->sources) {
      const auto [there, added] = made_.cites.emplace(source.name.text, source.text);
      if (added || there->second == source.text) continue;
      desk_.sink.Report(Code::kDuplicateName, source.name.span,
                        fmt::format("`{}` is the name of another source in {}", source.name.text, base_.Name()),
                        "give this source a name of its own: the base's citations go on to mean the base's");
    }
  }

  void CollectChanges() {
    for (const syntax::File& file : delta_.files) {
      for (const syntax::Decl& decl : file.decls) {
        if (const auto* change = std::get_if<syntax::ChangeDecl>(&decl)) {
          Collect(file, *change);
          continue;
        }
        const bool own = std::holds_alternative<syntax::PolicyHeader>(decl) ||
                         std::holds_alternative<syntax::Use>(decl) || std::holds_alternative<syntax::ClaimDecl>(decl) ||
                         std::holds_alternative<syntax::OmissionDecl>(decl) ||
                         std::holds_alternative<syntax::LibraryHeader>(decl);
        if (!own) ReportBare(decl);
      }
    }
    // The order of files and changes has no meaning, so it must not show.
    std::stable_sort(changes_.begin(), changes_.end(),
                     [this](const Written& a, const Written& b) { return KeyOf(a) < KeyOf(b); });
    for (Written& written : changes_) Record(written);
  }

  std::string KeyOf(const Written& written) const {
    const std::vector<std::string> paths = PathsOf(*written.file, *written.change, index_);
    return paths.empty() ? PathText(written.change->path) : *std::min_element(paths.begin(), paths.end());
  }

  void Collect(const syntax::File& file, const syntax::ChangeDecl& change) {
    changes_.push_back({&file, &change, kNoChange});
  }

  void ReportBare(const syntax::Decl& decl) {
    const Span span = std::visit([](const auto& d) { return d.span; }, decl);
    desk_.sink.Report(Code::kBareDeclaration, span,
                      fmt::format("{} changes {}, and this declaration does not say how", delta_.Name(), base_.Name()),
                      "indent it below `add because \"…\"`, or below `replace because \"…\"` in place of the base's");
  }

  void Record(Written& written) {
    written.row = made_.changes.size();
    for (std::string& path : PathsOf(*written.file, *written.change, index_)) {
      model::Change change;
      change.kind = KindOf(written.change->kind);
      change.path = std::move(path);
      if (written.change->new_name) {
        change.new_path = change.path.substr(0, change.path.rfind('.') + 1) + written.change->new_name->text;
      }
      for (const std::string& because : written.change->notes.because) {
        change.because += (change.because.empty() ? "" : " ") + because;
      }
      for (const syntax::Cite& cite : written.change->notes.cites) {
        const auto source = made_.cites.find(cite.source.text);
        if (source != made_.cites.end()) change.cites.push_back(source->second + ", " + cite.place);
      }
      change.version = delta_.Name();
      change.span = written.change->path.span.valid() ? written.change->path.span : written.change->span;
      made_.changes.push_back(std::move(change));
    }
    CheckCites(*written.change);
  }

  void CheckCites(const syntax::ChangeDecl& change) {
    for (const syntax::Cite& cite : change.notes.cites) {
      if (made_.cites.contains(cite.source.text)) continue;
      desk_.sink.Report(Code::kUnknownSource, cite.source.span,
                        fmt::format("no header has a source `{}`", cite.source.text),
                        fmt::format("declare it in this version's header: `source {} \"…\"`", cite.source.text));
    }
  }

  // This version's header in the place of the base's, with the base's sources behind its own.
  void PutHeader(Plan& plan) {
    const syntax::PolicyHeader* own = HeaderOf(delta_.files);
    if (own == nullptr) return;
    Rope header = OwnHeader(*own);
    for (std::size_t i = 0; i < base_.texts.size(); ++i) {
      for (const syntax::Decl& decl : base_.texts[i].tree.decls) {
        const auto* below = std::get_if<syntax::PolicyHeader>(&decl);
        if (below == nullptr) continue;
        for (const syntax::SourceText& source : below->sources) AppendSource(i, source, *own, header);
        plan.edits[i].push_back({below->span.begin, below->span.end, std::move(header), ""});
        return;
      }
    }
  }

  // A version's own claim stands in the place of an inherited one.
  void DropClaims(Plan& plan) {
    const bool claims = std::any_of(delta_.files.begin(), delta_.files.end(), [](const syntax::File& file) {
      return std::any_of(file.decls.begin(), file.decls.end(),
                         [](const syntax::Decl& decl) { return std::holds_alternative<syntax::ClaimDecl>(decl); });
    });
    for (std::size_t i = 0; claims && i < base_.texts.size(); ++i) {
      for (const syntax::Decl& decl : base_.texts[i].tree.decls) {
        const auto* claim = std::get_if<syntax::ClaimDecl>(&decl);
        if (claim == nullptr) continue;
        const Span lines = WholeLines(desk_.sources, claim->span);
        plan.edits[i].push_back({lines.begin, lines.end, {}, ""});
      }
    }
  }

  Rope OwnHeader(const syntax::PolicyHeader& own) const {
    Span clause;
    if (own.revises) clause = own.revises->span;
    if (own.adapts) clause = own.adapts->span;
    if (!clause.valid()) return {{own.span, {}, kNoChange}};
    clause = WholeLines(desk_.sources, clause);
    Span before{own.span.source, own.span.begin, std::min(clause.begin, own.span.end)};
    const Span after{own.span.source, std::min(clause.end, own.span.end), own.span.end};
    const std::string_view text = desk_.sources.text(own.span.source);
    const auto ends_line = [&] { return text[before.end - 1] == '\n' || text[before.end - 1] == '\r'; };
    while (after.begin >= after.end && before.begin < before.end && ends_line()) --before.end;
    Rope rope;
    if (before.begin < before.end) rope.push_back({before, {}, kNoChange});
    if (after.begin < after.end) rope.push_back({after, {}, kNoChange});
    return rope;
  }

  void AppendSource(std::size_t text, const syntax::SourceText& source, const syntax::PolicyHeader& own,
                    Rope& header) const {
    for (const syntax::SourceText& other : own.sources) {
      if (other.name.text == source.name.text) return;
    }
    const std::string_view whole = desk_.sources.text(source.name.span.source);
    std::size_t end = whole.find('"', source.name.span.end);
    for (++end; end < whole.size() && whole[end] != '"'; ++end) end += whole[end] == '\\' ? 1 : 0;
    header.push_back(Glue("\n  source ", own.span, kNoChange));
    Append(header, Cut(desk_.sources, base_.texts[text].rope, source.name.span.begin,
                       static_cast<std::uint32_t>(std::min(end + 1, whole.size()))));
  }

  void Build(Plan plan) {
    for (std::size_t i = 0; i < base_.texts.size(); ++i) {
      const Text& below = base_.texts[i];
      if (plan.edits[i].empty()) {  // as it stands below: it is read already
        made_.texts.push_back(below);
        continue;
      }
      AddText(desk_.sources.name(below.tree.source), Apply(desk_.sources, below.rope, std::move(plan.edits[i])));
    }
    Rope rope;
    const auto put = [&](Rope more) {
      if (!rope.empty()) rope.push_back(Glue("\n", rope.back().origin, kNoChange));
      Append(rope, std::move(more));
      rope.push_back(Glue("\n", rope.back().origin, rope.back().change));
    };
    for (const syntax::File& file : delta_.files) {
      for (const syntax::Decl& decl : file.decls) {
        if (const auto* use = std::get_if<syntax::Use>(&decl)) put({{use->span, {}, kNoChange}});
        if (const auto* claim = std::get_if<syntax::ClaimDecl>(&decl)) put({{claim->span, {}, kNoChange}});
        if (const auto* omission = std::get_if<syntax::OmissionDecl>(&decl)) put({{omission->span, {}, kNoChange}});
      }
    }
    for (auto& [key, addition] : plan.additions) put(std::move(addition));
    if (!rope.empty()) AddText(delta_.Name(), std::move(rope));
  }

  void AddText(std::string name, Rope rope) {
    const diagnostics::SourceId source = desk_.sources.Add(std::move(name), TextOf(desk_.sources, rope));
    desk_.origins.Add(source, desk_.sources, rope);
    diagnostics::Sink sink;
    syntax::File tree = syntax::Parse(desk_.sources, source, sink);
    made_.texts.push_back({std::move(rope), std::move(tree)});
    Forward(desk_, made_, sink);
  }

  Desk& desk_;
  const Composed& base_;
  const check::References& references_;
  const Version& delta_;
  Index index_;  // of the base
  std::vector<Written> changes_;
  Composed made_;
};

}  // namespace

const syntax::PolicyHeader* HeaderOf(const std::vector<syntax::File>& files) {
  for (const syntax::File& file : files) {
    for (const syntax::Decl& decl : file.decls) {
      if (const auto* header = std::get_if<syntax::PolicyHeader>(&decl)) return header;
    }
  }
  return nullptr;
}

Composed Root(const diagnostics::Sources& sources, Version version) {
  Composed root;
  root.id = version.id;
  root.version = version.version;
  if (const syntax::PolicyHeader* header = HeaderOf(version.files)) {
    for (const syntax::SourceText& source : header->sources) root.cites.emplace(source.name.text, source.text);
  }
  for (syntax::File& file : version.files) {
    root.written_in[file.source] = version.Name();
    const auto size = static_cast<std::uint32_t>(sources.text(file.source).size());
    root.texts.push_back({{{{file.source, 0, size}, {}, kNoChange}}, std::move(file)});
  }
  return root;
}

std::optional<Composed> Compose(Desk& desk, const Composed& base, const check::References& references,
                                const Version& delta) {
  return Composer(desk, base, references, delta).Compose();
}

}  // namespace cordon::compose
