// The headers: what the policy is called, and the sources that its citations may name. See context.h.
#include <set>

#include "check/context.h"
#include "check/stdlib.h"
#include "support/text.h"

namespace cordon::check {

namespace {

using SourceTable = std::map<std::string, std::string>;

SourceTable ReadSources(Context& ctx, const std::vector<syntax::SourceText>& sources) {
  SourceTable table;
  for (const syntax::SourceText& source : sources) {
    if (!table.emplace(source.name.text, source.text).second) {
      ctx.sink.Report(Code::kDuplicateName, source.name.span,
                      "`" + source.name.text + "` is already the name of a source of this header",
                      "give one of the two another name");
    }
  }
  return table;
}

void ReadPolicyHeader(Context& ctx, const syntax::PolicyHeader& header) {
  model::Policy& policy = ctx.policy;
  policy.id = Joined(header.name);
  policy.version = header.version.undated ? "undated" : header.version.text;
  policy.titles = PlainTexts(header.titles);
  policy.issuer = header.issuer.value_or("");
  if (header.in_force) policy.in_force = model::InForce{header.in_force->from, header.in_force->until};
  for (const model::LangText& title : policy.titles) {
    bool seen = false;
    for (const std::string& language : policy.languages) seen = seen || language == title.language;
    if (!seen) policy.languages.push_back(title.language);
  }
}

void ReportMissing(Context& ctx, const syntax::File& file, const std::string& message, const std::string& help) {
  ctx.sink.Report(Code::kNoHeader, Span{file.source, 0, 0}, message, help);
}

void ReadPolicyHeaders(Context& ctx) {
  const syntax::PolicyHeader* first = nullptr;
  for (const syntax::File& file : ctx.unit.files) {
    for (const syntax::Decl& decl : file.decls) {
      if (const auto* library = std::get_if<syntax::LibraryHeader>(&decl)) {
        ctx.sink.Report(Code::kSeveralHeaders, library->span, "a library's header stands in a file of a policy",
                        "a policy's files begin with `policy`, or with no header at all");
      }
      const auto* header = std::get_if<syntax::PolicyHeader>(&decl);
      if (header == nullptr) continue;
      if (first == nullptr) {
        first = header;
        continue;
      }
      ctx.sink.Report(Code::kSeveralHeaders, header->name.span, "this is a second header of the same policy",
                      "one file of a version has the header; take it out of the others",
                      {{first->name.span, "the first header is here"}});
    }
  }
  if (first == nullptr) {
    if (!ctx.unit.files.empty()) {
      ReportMissing(ctx, ctx.unit.files.front(), "none of the policy's files has a header",
                    "begin one of them with `policy NAME version DATE`");
    }
    return;
  }
  ReadPolicyHeader(ctx, *first);
  const SourceTable sources = ReadSources(ctx, first->sources);
  for (const syntax::File& file : ctx.unit.files) ctx.cite_sources[&file] = sources;
}

// The names of the libraries at hand.
std::set<std::string> ReadLibraryHeaders(Context& ctx) {
  std::set<std::string> names;
  for (const syntax::File& file : ctx.unit.libraries) {
    const syntax::LibraryHeader* first = nullptr;
    for (const syntax::Decl& decl : file.decls) {
      if (const auto* policy = std::get_if<syntax::PolicyHeader>(&decl)) {
        ctx.sink.Report(Code::kSeveralHeaders, policy->name.span, "a policy's header stands in a library",
                        "a library begins with `library NAME`");
      }
      const auto* header = std::get_if<syntax::LibraryHeader>(&decl);
      if (header == nullptr) continue;
      if (first != nullptr) {
        ctx.sink.Report(Code::kSeveralHeaders, header->span, "this is a second header of the same library",
                        "a library is one file with one header", {{first->span, "the first header is here"}});
        continue;
      }
      first = header;
    }
    if (first == nullptr) {
      ReportMissing(ctx, file, "the library has no header", "begin it with `library NAME`");
      continue;
    }
    names.insert(Joined(first->name));
    ctx.cite_sources[&file] = ReadSources(ctx, first->sources);
  }
  return names;
}

void CheckUses(Context& ctx, const syntax::File& file, const std::set<std::string>& libraries) {
  for (const syntax::Decl& decl : file.decls) {
    const auto* use = std::get_if<syntax::Use>(&decl);
    if (use == nullptr) continue;
    for (const syntax::QName& name : use->libraries) {
      if (libraries.contains(Joined(name))) continue;
      std::vector<std::string> candidates = StandardLibraries();
      candidates.insert(candidates.end(), libraries.begin(), libraries.end());
      ctx.sink.Report(
          Code::kUnknownLibrary, name.span, "there is no library `" + Joined(name) + "`",
          NearestHelp(Joined(name), candidates, "there are `" + support::Join(StandardLibraries(), "`, `") + "`"));
    }
  }
}

}  // namespace

void ReadHeaders(Context& ctx) {
  ctx.policy.digest = ctx.unit.digest;
  const std::set<std::string> libraries = ReadLibraryHeaders(ctx);
  ReadPolicyHeaders(ctx);
  for (const syntax::File& file : ctx.unit.libraries) CheckUses(ctx, file, libraries);
  for (const syntax::File& file : ctx.unit.files) CheckUses(ctx, file, libraries);
}

}  // namespace cordon::check
