// Finds policies by path, name and date; see versions.h. Tested by tests/unit/cli_test.cc.
#include "cli/versions.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "compiled/compiled.h"
#include "support/text.h"

namespace cordon::cli {
namespace {

using diagnostics::Code;

constexpr std::string_view kSuffix = ".cordon";
constexpr std::size_t kDeepestName = 6;  // parts of a policy's name

bool IsPolicyFile(std::string_view name) { return name.size() > kSuffix.size() && name.ends_with(kSuffix); }

std::string Join(const std::string& folder, const std::string& name) {
  return folder.empty() || folder.ends_with('/') ? folder + name : folder + "/" + name;
}

std::vector<std::string> Names(const support::FileSystem& files, const std::string& folder) {
  support::Result<std::vector<std::string>> listed = files.List(folder);
  return listed.ok() ? std::move(listed).value() : std::vector<std::string>();
}

std::vector<PolicyFile> FilesIn(const support::FileSystem& files, const std::string& folder) {
  std::vector<PolicyFile> found;
  for (const std::string& name : Names(files, folder)) {
    const std::string path = Join(folder, name);
    if (IsPolicyFile(name) && !files.IsFolder(path)) found.push_back({path, name});
  }
  return found;
}

// The folders in `folder` that hold policy files: a policy's versions.
std::vector<std::string> VersionsIn(const support::FileSystem& files, const std::string& folder) {
  std::vector<std::string> versions;
  for (const std::string& name : Names(files, folder)) {
    const std::string path = Join(folder, name);
    if (files.IsFolder(path) && !FilesIn(files, path).empty()) versions.push_back(name);
  }
  return versions;
}

// The names of all policies below `folder`.
void ListPolicies(const support::FileSystem& files, const std::string& folder, const std::string& prefix,
                  std::size_t depth, std::vector<std::string>& policies) {
  if (!prefix.empty() && !VersionsIn(files, folder).empty()) policies.push_back(prefix);
  if (depth == kDeepestName) return;
  for (const std::string& name : Names(files, folder)) {
    const std::string path = Join(folder, name);
    if (name.front() == '.' || !files.IsFolder(path)) continue;
    ListPolicies(files, path, prefix.empty() ? name : prefix + "." + name, depth + 1, policies);
  }
}

std::string Quoted(const std::vector<std::string>& names) {
  std::vector<std::string> quoted;
  for (const std::string& name : names) quoted.push_back(fmt::format("`{}`", name));
  return support::JoinWords(quoted, "and");
}

class Finder {
 public:
  Finder(const support::FileSystem& files, const PolicyQuery& query, diagnostics::Sink& sink)
      : files_(files), query_(query), sink_(sink) {}

  std::optional<std::vector<PolicyFile>> Find() {
    const std::string& policy = query_.policy;
    if (policy.ends_with(compiled::kSuffix)) {
      return Fail(Code::kTextNeeded, fmt::format("`{}` is a compiled policy, and this needs the policy's text", policy),
                  "give the folder, file or name that it was compiled from");
    }
    const bool path = policy.empty() || policy.find('/') != std::string::npos || policy == "." || policy == ".." ||
                      IsPolicyFile(policy);
    return path ? FindPath() : FindName();
  }

 private:
  std::nullopt_t Fail(Code code, std::string message, std::string help) {
    sink_.Report(code, {}, std::move(message), std::move(help));
    return std::nullopt;
  }

  std::optional<std::vector<PolicyFile>> FindPath() {
    std::string path = query_.policy;
    while (path.size() > 1 && path.back() == '/') path.pop_back();
    if (!files_.IsFolder(path)) return std::vector<PolicyFile>{{path, path.substr(path.rfind('/') + 1)}};
    std::vector<PolicyFile> found = FilesIn(files_, path);
    if (!found.empty()) return found;
    const std::vector<std::string> versions = VersionsIn(files_, path);
    return Fail(Code::kNoPolicyFiles, fmt::format("the folder `{}` holds no `.cordon` files", path),
                versions.empty()
                    ? "a policy is a folder of `.cordon` files, one of which begins with `policy NAME version VERSION`"
                    : fmt::format("it holds versions: name one of its folders {}", Quoted(versions)));
  }

  std::optional<std::vector<PolicyFile>> FindName() {
    const std::size_t at = query_.policy.find('@');
    const std::string name = query_.policy.substr(0, at);
    std::string folder = query_.root;
    for (std::size_t begin = 0; begin <= name.size();) {
      const std::size_t dot = std::min(name.find('.', begin), name.size());
      folder = Join(folder, name.substr(begin, dot - begin));
      begin = dot + 1;
    }
    const std::vector<std::string> versions = VersionsIn(files_, folder);
    if (name.empty() || name.front() == '.' || versions.empty()) return UnknownPolicy(name);
    if (at == std::string::npos) return FindInForce(name, folder, versions);
    const std::string version = query_.policy.substr(at + 1);
    if (std::find(versions.begin(), versions.end(), version) != versions.end())
      return FilesIn(files_, Join(folder, version));
    return Fail(Code::kNoSuchVersion, fmt::format("the policy `{}` has no version `{}`", name, version),
                fmt::format("it has {}", Quoted(versions)));
  }

  std::optional<std::vector<PolicyFile>> UnknownPolicy(const std::string& name) {
    if (files_.Exists(query_.policy) && query_.policy == name) return FindPath();
    if (!files_.IsFolder(query_.root)) {
      return Fail(
          Code::kNoPoliciesFolder,
          fmt::format("`{}` is looked up in the folder of policies `{}`, which is not there", name, query_.root),
          "name that folder by the environment variable CORDON_POLICIES, or give the path of a policy");
    }
    std::vector<std::string> policies;
    ListPolicies(files_, query_.root, "", 0, policies);
    std::sort(policies.begin(), policies.end());
    std::string help = fmt::format("there are {}", Quoted(policies));
    if (policies.empty())
      help = fmt::format("there are no policies in `{}`; give the path of a folder or file", query_.root);
    if (const auto nearest = support::FindNearest(name, policies)) help = fmt::format("did you mean `{}`?", *nearest);
    return Fail(Code::kNoSuchPolicy, fmt::format("there is no policy `{}` in `{}`", name, query_.root),
                std::move(help));
  }

  std::optional<HeaderDates> DatesOf(const std::string& folder) const {
    for (const PolicyFile& file : FilesIn(files_, folder)) {
      const support::Result<std::string> text = files_.Read(file.path);
      if (!text.ok()) continue;
      if (const auto dates = ScanHeader(text.value())) return dates;
    }
    return std::nullopt;
  }

  // Of several versions in force, the one that came into force last.
  std::optional<std::vector<PolicyFile>> FindInForce(const std::string& name, const std::string& folder,
                                                     const std::vector<std::string>& versions) {
    std::optional<std::string> best;
    std::optional<calendar::Date> best_from;
    std::vector<std::string> known;
    for (const std::string& version : versions) {
      const std::optional<HeaderDates> dates = DatesOf(Join(folder, version));
      if (!dates || !dates->from) {
        known.push_back(fmt::format("`{}` (no date)", version));
        continue;
      }
      known.push_back(fmt::format("`{}` (from {}{})", version, calendar::Format(*dates->from),
                                  dates->until ? " to " + calendar::Format(*dates->until) : ""));
      if (query_.as_of < *dates->from || (dates->until && *dates->until < query_.as_of)) continue;
      if (best_from && *dates->from <= *best_from) continue;
      best = version;
      best_from = dates->from;
    }
    if (best) return FilesIn(files_, Join(folder, *best));
    return Fail(
        Code::kNoVersionInForce,
        fmt::format("no version of `{}` is in force on {}", name, calendar::Format(query_.as_of)),
        fmt::format("name one, as in `{}@{}`; it has {}", name, versions.front(), support::JoinWords(known, "and")));
  }

  const support::FileSystem& files_;
  const PolicyQuery& query_;
  diagnostics::Sink& sink_;
};

// The words of one line, without its comment; a text in quotes is one word.
std::vector<std::string_view> Words(std::string_view line) {
  std::vector<std::string_view> words;
  std::size_t at = 0;
  while (at < line.size() && line[at] != '#') {
    if (line[at] == ' ' || line[at] == '\t' || line[at] == '\r') {
      ++at;
      continue;
    }
    std::size_t end = at + 1;
    if (line[at] == '"') {
      while (end < line.size() && line[end] != '"') end += line[end] == '\\' ? 2 : 1;
      end = std::min(end + 1, line.size());
    } else {
      while (end < line.size() && std::string_view(" \t\r#\"").find(line[end]) == std::string_view::npos) ++end;
    }
    words.push_back(line.substr(at, end - at));
    at = end;
  }
  return words;
}

}  // namespace

std::optional<std::vector<PolicyFile>> FindPolicy(const support::FileSystem& files, const PolicyQuery& query,
                                                  diagnostics::Sink& sink) {
  return Finder(files, query, sink).Find();
}

std::optional<HeaderDates> ScanHeader(std::string_view text) {
  bool inside = false;
  std::vector<std::string_view> header;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    const std::vector<std::string_view> words = Words(line);
    if (words.empty()) continue;
    const bool at_margin = line.front() != ' ' && line.front() != '\t';
    if (at_margin && inside) break;
    if (at_margin) inside = words.front() == "policy";
    if (inside) header.insert(header.end(), words.begin(), words.end());
  }
  if (header.empty()) return std::nullopt;
  HeaderDates dates;
  for (std::size_t i = 0; i + 3 < header.size(); ++i) {
    if (header[i] != "in" || header[i + 1] != "force" || header[i + 2] != "from") continue;
    dates.from = calendar::ParseDate(header[i + 3]);
    if (i + 5 < header.size() && header[i + 4] == "to") dates.until = calendar::ParseDate(header[i + 5]);
    break;
  }
  return dates;
}

}  // namespace cordon::cli
