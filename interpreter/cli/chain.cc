// Reads versions and those below them; see chain.h. Tested by tests/golden/versions.
#include "cli/chain.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "check/stdlib.h"
#include "compose/index.h"
#include "compose/trace.h"
#include "compose/upon.h"
#include "support/sha256.h"
#include "support/text.h"
#include "syntax/parse.h"

namespace cordon::cli {
namespace {

using diagnostics::Code;
using diagnostics::Span;

// How many versions may lie below one another.
constexpr std::size_t kDeepestChain = 50;

// For each text its name, a zero, its length, a zero, its content.
void AddToDigest(std::string& bytes, std::string_view name, std::string_view content) {
  bytes += name;
  bytes += '\0';
  bytes += std::to_string(content.size());
  bytes += '\0';
  bytes += content;
}

std::string Joined(const syntax::QName& name) {
  std::vector<std::string> parts;
  for (const syntax::Name& part : name.parts) parts.push_back(part.text);
  return support::Join(parts, ".");
}

std::string TextOf(const syntax::Version& version) { return version.undated ? "undated" : version.text; }

std::string FolderOf(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? "" : path.substr(0, slash);
}

// `folder` without its last name.
std::string Above(const std::string& folder) {
  if (folder.empty() || folder == "." || folder.ends_with("..")) return folder.empty() ? ".." : folder + "/..";
  return FolderOf(folder).empty() && folder.front() != '/' ? "." : FolderOf(folder);
}

std::string Slashed(const std::string& id) {
  std::string path = id;
  std::replace(path.begin(), path.end(), '.', '/');
  return path;
}

// The libraries that `file` uses, by name.
std::vector<std::string> UsedLibraries(const syntax::File& file) {
  std::vector<std::string> names;
  for (const syntax::Decl& decl : file.decls) {
    const auto* use = std::get_if<syntax::Use>(&decl);
    if (use == nullptr) continue;
    for (const syntax::QName& library : use->libraries) names.push_back(Joined(library));
  }
  return names;
}

const syntax::ChangeDecl* FirstChange(const std::vector<syntax::File>& files) {
  for (const syntax::File& file : files) {
    for (const syntax::Decl& decl : file.decls) {
      if (const auto* change = std::get_if<syntax::ChangeDecl>(&decl)) return change;
    }
  }
  return nullptr;
}

}  // namespace

std::optional<std::vector<syntax::File>> ChainLoader::LoadWritten() {
  const auto files = FindPolicy(environment_.files, query_, desk_.sink);
  if (!files) return std::nullopt;
  std::optional<Read> read = ReadVersion(*files, "");
  if (!read) return std::nullopt;
  return std::move(read->version.files);
}

std::optional<Loaded> ChainLoader::Load() {
  const std::size_t num_before = desk_.sink.num_errors();
  const auto files = FindPolicy(environment_.files, query_, desk_.sink);
  if (!files) return std::nullopt;
  std::optional<Read> read = ReadVersion(*files, "");
  if (!read) return std::nullopt;
  auto composed = LoadVersion(*std::move(read));
  if (!composed) return std::nullopt;
  Loaded loaded{*std::move(composed), {}};
  for (const compose::Text& text : loaded.composed.texts) loaded.unit.files.push_back(text.tree);
  loaded.unit.libraries = Libraries(loaded.composed, true);
  loaded.unit.is_composed = !loaded.composed.bases.empty();
  loaded.unit.digest = "sha256:" + support::Sha256(digested_);
  if (desk_.sink.num_errors() > num_before) return std::nullopt;
  return loaded;
}

// Reads and parses one version's files. `prefix` tells the files of one version from those of another in the digest.
std::optional<ChainLoader::Read> ChainLoader::ReadVersion(const std::vector<PolicyFile>& files,
                                                          const std::string& prefix) {
  const std::size_t num_before = desk_.sink.num_errors();
  Read read;
  for (const PolicyFile& file : files) {
    support::Result<std::string> text = environment_.files.Read(file.path);
    if (!text.ok()) {
      desk_.sink.Report(Code::kFileUnreadable, {},
                        fmt::format("the policy `{}` cannot be read: {}", file.path, text.failure().message),
                        "give the path of a policy's folder or file, or a policy's name such as `dk.cpo`");
      continue;
    }
    AddToDigest(digested_, prefix + file.name, text.value());
    const diagnostics::SourceId source = desk_.sources.Add(file.path, std::move(text).value());
    read.version.files.push_back(syntax::Parse(desk_.sources, source, desk_.sink));
    read.folder = FolderOf(file.path);
  }
  if (desk_.sink.num_errors() > num_before || !IsOnePolicy(read.version.files)) return std::nullopt;
  if (const syntax::PolicyHeader* header = compose::HeaderOf(read.version.files)) {
    read.version.id = Joined(header->name);
    read.version.version = TextOf(header->version);
  }
  return read;
}

// Whether all headers are of one version; two of the same one are the checker's to tell.
bool ChainLoader::IsOnePolicy(const std::vector<syntax::File>& files) {
  const syntax::PolicyHeader* first = nullptr;
  std::vector<diagnostics::Note> notes;
  for (const syntax::File& file : files) {
    for (const syntax::Decl& decl : file.decls) {
      const auto* header = std::get_if<syntax::PolicyHeader>(&decl);
      if (header == nullptr) continue;
      if (first == nullptr) first = header;
      const bool same =
          Joined(header->name) == Joined(first->name) && TextOf(header->version) == TextOf(first->version);
      if (same) continue;
      notes.push_back(
          {header->name.span, fmt::format("and this is `{}` {}", Joined(header->name), TextOf(header->version))});
    }
  }
  if (notes.empty()) return true;
  desk_.sink.Report(Code::kSeveralPolicies, first->name.span,
                    fmt::format("this is `{}` {}, and another policy or version stands beside it", Joined(first->name),
                                TextOf(first->version)),
                    "a folder holds one version of one policy; name the one that is meant, or give each its folder",
                    std::move(notes));
  return false;
}

// ---- what a version is put upon

std::optional<std::vector<PolicyFile>> ChainLoader::FindBase(const Wanted& wanted) {
  const std::string path = Slashed(wanted.id) + "/" + wanted.version;
  std::vector<std::string> folders = {environment_.policies_root.empty() ? path
                                                                         : environment_.policies_root + "/" + path};
  if (wanted.id == wanted.from_id) folders.push_back(Above(wanted.from) + "/" + wanted.version);
  std::string root = Above(wanted.from);
  const auto dots = std::count(wanted.from_id.begin(), wanted.from_id.end(), '.');
  for (std::ptrdiff_t i = 0; i <= dots; ++i) root = Above(root);
  folders.push_back((root.empty() ? "" : root + "/") + path);
  for (const std::string& folder : folders) {
    diagnostics::Sink unheard;
    const PolicyQuery query{folder + "/", query_.root, query_.as_of};
    if (!environment_.files.IsFolder(folder)) continue;
    if (auto found = FindPolicy(environment_.files, query, unheard)) return found;
  }
  std::vector<std::string> versions;
  for (const std::string& folder : folders) {
    const support::Result<std::vector<std::string>> names = environment_.files.List(Above(folder));
    if (!names.ok()) continue;
    for (const std::string& name : names.value()) {
      const bool known = std::find(versions.begin(), versions.end(), name) != versions.end();
      if (!known && environment_.files.IsFolder(Above(folder) + "/" + name)) versions.push_back(name);
    }
  }
  std::string has = fmt::format("it is looked for in `{}`, and beside the folder of this version", folders.front());
  if (!versions.empty()) has = fmt::format("versions at hand: `{}`; {}", support::Join(versions, "`, `"), has);
  desk_.sink.Report(Code::kNoSuchBase, wanted.at,
                    fmt::format("there is no version `{}` of `{}`", wanted.version, wanted.id), std::move(has));
  return std::nullopt;
}

std::optional<compose::Composed> ChainLoader::LoadBase(const Wanted& wanted) {
  const std::string name = wanted.id + "@" + wanted.version;
  for (std::size_t i = 0; i < open_.size(); ++i) {
    if (open_[i].id + "@" + open_[i].version != name && i + 1 < kDeepestChain) continue;
    std::vector<diagnostics::Note> notes;
    for (std::size_t k = i + 1; k < open_.size(); ++k) {
      notes.push_back({open_[k].at, fmt::format("which names `{}@{}` here", open_[k].id, open_[k].version)});
    }
    desk_.sink.Report(Code::kVersionsInCircle, wanted.at,
                      fmt::format("`{}` rests on itself: a version is put upon an earlier one", name),
                      "name the version whose text this one changes", std::move(notes));
    return std::nullopt;
  }
  if (const auto known = below_.find(name); known != below_.end()) return known->second;
  const auto files = FindBase(wanted);
  if (!files) return std::nullopt;
  std::optional<Read> read = ReadVersion(*files, name + "/");
  if (!read) return std::nullopt;
  if (read->version.Name() != name) {
    desk_.sink.Report(Code::kNoSuchBase, wanted.at,
                      fmt::format("the folder of `{}` holds `{}`", name, read->version.Name()),
                      "a version lies in the folder of its name: `dk/cpo/2018-09-04`");
    return std::nullopt;
  }
  written_.emplace(name, read->version);
  open_.push_back(wanted);
  auto composed = LoadVersion(*std::move(read));
  open_.pop_back();
  if (composed) below_.emplace(name, *composed);
  return composed;
}

std::optional<compose::Composed> ChainLoader::LoadVersion(Read read) {
  const syntax::PolicyHeader* header = compose::HeaderOf(read.version.files);
  const bool alone = header == nullptr || (!header->revises && !header->adapts) ||
                     (header->adapts && header->adapts->text_unavailable);
  if (alone) return LoadAlone(std::move(read), header);
  if (open_.empty()) open_.push_back({read.version.id, read.version.version, header->name.span, "", ""});
  if (header->revises && header->revises->upon) return LoadUpon(read, *header);
  Wanted wanted{read.version.id, "", {}, read.folder, read.version.id};
  if (header->revises) {
    wanted.version = TextOf(header->revises->version);
    wanted.at = header->revises->span;
  } else {
    wanted.id = Joined(header->adapts->policy);
    wanted.version = TextOf(header->adapts->version);
    wanted.at = header->adapts->span;
  }
  const auto base = LoadBase(wanted);
  if (!base) return std::nullopt;
  return Put(*base, read.version);
}

std::optional<compose::Composed> ChainLoader::LoadAlone(Read read, const syntax::PolicyHeader* header) {
  if (const syntax::ChangeDecl* change = FirstChange(read.version.files)) {
    const bool unavailable = header != nullptr && header->adapts;
    desk_.sink.Report(Code::kChangeWithoutBase, change->path.span.valid() ? change->path.span : change->span,
                      unavailable ? "the text of the base is unavailable, and a change needs it"
                                  : "this policy has no base that it could change",
                      unavailable
                          ? "declare what holds, without `change`, `add`, `replace` and `remove`"
                          : "name the base in the header: `revises VERSION`, or `adapts POLICY version VERSION`");
    return std::nullopt;
  }
  compose::Composed root = compose::Root(desk_.sources, std::move(read.version));
  if (header != nullptr && header->adapts) {
    root.bases.push_back(
        {Joined(header->adapts->policy), TextOf(header->adapts->version), true, *header->adapts->text_unavailable});
  }
  return root;
}

std::optional<compose::Composed> ChainLoader::LoadUpon(const Read& read, const syntax::PolicyHeader& header) {
  const syntax::Revises& revises = *header.revises;
  const Wanted local{read.version.id, TextOf(revises.version), revises.span, read.folder, read.version.id};
  const Wanted upon{Joined(*revises.upon), TextOf(revises.upon_version), revises.span, read.folder, read.version.id};
  const auto earlier = LoadBase(local);
  const auto base = earlier ? LoadBase(upon) : std::nullopt;
  if (!earlier || !base) return std::nullopt;
  // The local versions, topmost first, and what they stood upon.
  std::vector<std::string> carried = {earlier->Name()};
  std::size_t next = 0;
  while (next < earlier->bases.size() && earlier->bases[next].id != base->id) {
    carried.push_back(earlier->bases[next].id + "@" + earlier->bases[next].version);
    ++next;
  }
  if (next == earlier->bases.size() || !earlier->bases[next].text_unavailable.empty()) {
    desk_.sink.Report(Code::kNotUpon, revises.span,
                      fmt::format("`{}` does not rest on a version of `{}`", earlier->Name(), base->id),
                      "`revises VERSION upon POLICY version VERSION` names the policy that the earlier version adapts");
    return std::nullopt;
  }
  compose::Composed was = below_.at(earlier->bases[next].id + "@" + earlier->bases[next].version);
  compose::Composed is = *base;
  for (auto name = carried.rbegin(); name != carried.rend(); ++name) {
    const auto version = compose::Carry(desk_, was, is, written_.at(*name), read.version);
    if (!version) return std::nullopt;
    auto put = Put(is, *version);
    if (!put) return std::nullopt;
    is = *std::move(put);
    was = below_.at(*name);
  }
  std::vector<const compose::Version*> versions;
  for (const std::string& name : carried) versions.push_back(&written_.at(name));
  const compose::Version own = compose::WithoutWithdrawn(was, is, versions, read.version);
  return Put(is, own);
}

// ---- composing

std::vector<syntax::File> ChainLoader::Libraries(const compose::Composed& composed, bool digested) {
  std::set<std::string> waiting;
  for (const compose::Text& text : composed.texts) {
    for (std::string& name : UsedLibraries(text.tree)) waiting.insert(std::move(name));
  }
  std::set<std::string> used;
  while (!waiting.empty()) {
    const std::string name = *waiting.begin();
    waiting.erase(waiting.begin());
    const auto text = check::StandardLibrary(name);
    if (!text || !used.insert(name).second) continue;  // one that does not exist is the checker's to tell
    auto known = libraries_.find(name);
    if (known == libraries_.end()) {
      const diagnostics::SourceId source = desk_.sources.Add(name, std::string(*text));
      known = libraries_.emplace(name, syntax::Parse(desk_.sources, source, desk_.sink)).first;
    }
    for (std::string& more : UsedLibraries(known->second)) waiting.insert(std::move(more));
  }
  std::vector<syntax::File> sorted;
  for (const std::string& name : used) {
    if (digested) AddToDigest(digested_, name, *check::StandardLibrary(name));
    sorted.push_back(libraries_.at(name));
  }
  return sorted;
}

// The uses of names in `base`; nothing where it does not check, which is then told.
std::optional<check::References> ChainLoader::CheckBase(const compose::Composed& base) {
  check::Unit unit;
  for (const compose::Text& text : base.texts) unit.files.push_back(text.tree);
  unit.libraries = Libraries(base, false);
  unit.is_composed = !base.bases.empty();
  diagnostics::Sink found;
  check::References references;
  const bool good = check::Check(desk_.sources, unit, found, &references).has_value();
  if (good) return references;
  diagnostics::Sink errors;  // its warnings are for whoever checks that version
  for (const diagnostics::Diagnostic& diagnostic : found.diagnostics()) {
    if (diagnostics::CodeSeverity(diagnostic.code) != diagnostics::Severity::kError) continue;
    errors.Report(diagnostic.code, diagnostic.span, diagnostic.message, diagnostic.help, diagnostic.notes);
  }
  compose::Forward(desk_, base, errors);
  return std::nullopt;
}

std::optional<compose::Composed> ChainLoader::Put(const compose::Composed& base, const compose::Version& delta) {
  const auto references = CheckBase(base);
  if (!references) return std::nullopt;
  compose::Composed with = base;
  for (const syntax::File& library : Libraries(base, false)) {
    const std::string& name = desk_.sources.name(library.source);
    std::vector<std::string>& declared = declared_[name];
    if (declared.empty()) {
      for (const compose::Entry& entry : compose::MakeIndex({&library}).entries) declared.push_back(entry.path);
    }
    for (const std::string& path : declared) with.libraries.emplace(path, name);
  }
  return compose::Compose(desk_, with, *references, delta);
}

}  // namespace cordon::cli
