// Walks folders for headers; see holdings.h. Tested by tests/golden/versions/list.golden.
#include "cli/holdings.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "diagnostics/diagnostic.h"
#include "syntax/parse.h"

namespace cordon::cli {
namespace {

constexpr std::size_t kDeepest = 10;  // folders below the one that is named

std::string Joined(const syntax::QName& name) {
  std::string text;
  for (const syntax::Name& part : name.parts) text += (text.empty() ? "" : ".") + part.text;
  return text;
}

std::string TextOf(const syntax::Version& version) { return version.undated ? "undated" : version.text; }

std::optional<BuildsOn> BaseOf(const syntax::PolicyHeader& header) {
  if (header.revises) {
    const syntax::Revises& revises = *header.revises;
    BuildsOn base{"revises", Joined(header.name), TextOf(revises.version), std::nullopt, "", ""};
    if (revises.upon) {
      base.upon_id = Joined(*revises.upon);
      base.upon_version = TextOf(revises.upon_version);
    }
    return base;
  }
  if (!header.adapts) return std::nullopt;
  return BuildsOn{
      "adapts", Joined(header.adapts->policy), TextOf(header.adapts->version), header.adapts->text_unavailable, "", ""};
}

HeldVersion HeldBy(const syntax::PolicyHeader& header, std::string path) {
  HeldVersion held;
  held.id = Joined(header.name);
  held.version = TextOf(header.version);
  held.path = std::move(path);
  for (const syntax::LangText& title : header.titles) held.titles.push_back({title.language.text, title.text});
  if (header.in_force) held.in_force = model::InForce{header.in_force->from, header.in_force->until};
  held.builds_on = BaseOf(header);
  return held;
}

std::string Below(const std::string& folder, const std::string& name) {
  return folder.empty() || folder.ends_with('/') ? folder + name : folder + "/" + name;
}

// Recursion is bounded by kDeepest.
void Walk(const support::FileSystem& files, const std::string& folder, std::size_t depth,
          std::vector<HeldVersion>& held) {
  const support::Result<std::vector<std::string>> names = files.List(folder);
  if (!names.ok() || depth > kDeepest) return;
  const std::size_t first = held.size();
  for (const std::string& name : names.value()) {
    const std::string path = Below(folder, name);
    if (name.front() == '.') continue;
    if (files.IsFolder(path)) {
      Walk(files, path, depth + 1, held);
      continue;
    }
    if (!name.ends_with(".cordon")) continue;
    support::Result<std::string> text = files.Read(path);
    if (!text.ok()) continue;
    diagnostics::Sources sources;
    diagnostics::Sink unheard;
    const diagnostics::SourceId source = sources.Add(path, std::move(text).value());
    for (const syntax::Decl& decl : syntax::Parse(sources, source, unheard).decls) {
      if (const auto* header = std::get_if<syntax::PolicyHeader>(&decl)) held.push_back(HeldBy(*header, path));
    }
  }
  // The only header of a folder is the whole folder's.
  std::size_t own = 0;
  for (std::size_t i = first; i < held.size(); ++i) own += held[i].path.rfind('/') == folder.size() ? 1 : 0;
  for (std::size_t i = first; i < held.size() && own == 1; ++i) {
    if (held[i].path.rfind('/') == folder.size() && held[i].path.ends_with(".cordon")) held[i].path = folder;
  }
}

}  // namespace

std::vector<HeldVersion> FindHeld(const support::FileSystem& files, const std::string& folder) {
  std::string root = folder;
  while (root.size() > 1 && root.back() == '/') root.pop_back();
  std::vector<HeldVersion> held;
  Walk(files, root, 0, held);
  std::stable_sort(held.begin(), held.end(), [](const HeldVersion& a, const HeldVersion& b) {
    return std::tie(a.id, a.version, a.path) < std::tie(b.id, b.version, b.path);
  });
  return held;
}

const HeldVersion* InForceOn(const std::vector<HeldVersion>& held, const std::string& id, const calendar::Date& day) {
  const HeldVersion* best = nullptr;
  for (const HeldVersion& version : held) {
    if (version.id != id || !version.in_force) continue;
    const model::InForce& in_force = *version.in_force;
    if (day < in_force.from || (in_force.until && *in_force.until < day)) continue;
    if (best == nullptr || best->in_force->from < in_force.from) best = &version;
  }
  return best;
}

}  // namespace cordon::cli
