// Reads and checks policies; see load.h. Tested by tests/unit/cli_test.cc.
#include "cli/load.h"

#include <fmt/format.h>

#include <map>
#include <set>
#include <utility>
#include <variant>
#include <vector>

#include "check/stdlib.h"
#include "support/sha256.h"
#include "support/text.h"
#include "syntax/parse.h"

namespace cordon::cli {
namespace {

using diagnostics::Code;

// The bytes of which the digest is taken: for each file its name, a zero, its length, a zero, its content.
class Digest {
 public:
  void Add(std::string_view name, std::string_view content) {
    bytes_ += name;
    bytes_ += '\0';
    bytes_ += std::to_string(content.size());
    bytes_ += '\0';
    bytes_ += content;
  }
  std::string Text() const { return "sha256:" + support::Sha256(bytes_); }

 private:
  std::string bytes_;
};

// The libraries that `file` uses, by name.
std::vector<std::string> UsedLibraries(const syntax::File& file) {
  std::vector<std::string> names;
  for (const syntax::Decl& decl : file.decls) {
    const auto* use = std::get_if<syntax::Use>(&decl);
    if (use == nullptr) continue;
    for (const syntax::QName& library : use->libraries) {
      std::vector<std::string> parts;
      for (const syntax::Name& part : library.parts) parts.push_back(part.text);
      names.push_back(support::Join(parts, "."));
    }
  }
  return names;
}

// Parses the libraries that the unit's files use, and those that these use, sorted by name. A library that does not
// exist is left out: check/ reports it where it is used.
std::vector<syntax::File> LoadLibraries(const std::vector<syntax::File>& files, diagnostics::Sources& sources,
                                        Digest& digest, diagnostics::Sink& sink) {
  std::set<std::string> waiting;
  for (const syntax::File& file : files) {
    for (std::string& name : UsedLibraries(file)) waiting.insert(std::move(name));
  }
  std::map<std::string, syntax::File> libraries;
  while (!waiting.empty()) {
    const std::string name = *waiting.begin();
    waiting.erase(waiting.begin());
    const auto text = check::StandardLibrary(name);
    if (!text || libraries.contains(name)) continue;
    syntax::File library = syntax::Parse(sources, sources.Add(name, std::string(*text)), sink);
    for (std::string& used : UsedLibraries(library)) waiting.insert(std::move(used));
    libraries.emplace(name, std::move(library));
  }
  std::vector<syntax::File> sorted;
  for (auto& [name, library] : libraries) {
    digest.Add(name, *check::StandardLibrary(name));
    sorted.push_back(std::move(library));
  }
  return sorted;
}

}  // namespace

std::optional<check::Unit> LoadUnit(const Environment& environment, const PolicyQuery& query,
                                    diagnostics::Sources& sources, diagnostics::Sink& sink) {
  const std::size_t num_before = sink.num_errors();
  const auto files = FindPolicy(environment.files, query, sink);
  if (!files) return std::nullopt;
  check::Unit unit;
  Digest digest;
  for (const PolicyFile& file : *files) {
    support::Result<std::string> text = environment.files.Read(file.path);
    if (!text.ok()) {
      sink.Report(Code::kFileUnreadable, {},
                  fmt::format("the policy `{}` cannot be read: {}", file.path, text.failure().message),
                  "give the path of a policy's folder or file, or a policy's name such as `dk.cpo`");
      continue;
    }
    digest.Add(file.name, text.value());
    const diagnostics::SourceId source = sources.Add(file.path, std::move(text).value());
    unit.files.push_back(syntax::Parse(sources, source, sink));
  }
  if (sink.num_errors() > num_before) return std::nullopt;
  unit.libraries = LoadLibraries(unit.files, sources, digest, sink);
  unit.digest = digest.Text();
  if (sink.num_errors() > num_before) return std::nullopt;
  return unit;
}

std::optional<model::Policy> LoadPolicy(const Environment& environment, const PolicyQuery& query,
                                        diagnostics::Sources& sources, diagnostics::Sink& sink) {
  const std::optional<check::Unit> unit = LoadUnit(environment, query, sources, sink);
  if (!unit) return std::nullopt;
  return check::Check(sources, *unit, sink);
}

}  // namespace cordon::cli
