// Releases, the sentences that an audience may hear, and claims. See context.h.
//
// Source: the language manual, "Audience" and "Versions and variations".
#include <set>
#include <utility>

#include "check/conclusions.h"
#include "support/text.h"

namespace cordon::check {

namespace {

void BuildRelease(Context& ctx, model::ProtocolId protocol, const syntax::File& file, const syntax::ReleaseDecl& decl) {
  Scope scope;
  scope.file = &file;
  scope.protocol = protocol;
  model::Release release;
  bool ok = true;
  release.to = ResolveRoles(ctx, decl.to, ok);
  release.cites = ResolveCites(ctx, file, decl.notes.cites);
  release.because = support::Join(decl.notes.because, " ");
  release.span = decl.span;
  const auto output = ResolveOutput(ctx, scope, decl.output);
  if (!output || !ok) return;
  release.output = *output;
  release.texts = FilledTexts(ctx, decl.notes.texts, {ctx.policy.outputs[output->index].name});
  const std::string name = "`" + Joined(decl.output) + "`";
  if (release.texts.empty()) {
    ctx.sink.Report(Code::kUnfitRelease, decl.output.span, name + " is released without the sentence that may be heard",
                    "write it: `as en \"…\"`");
  }
  if (release.because.empty()) {
    ctx.sink.Report(Code::kUnfitRelease, decl.output.span, name + " is released without a reason",
                    "say why the audience may hear it: `because \"…\"`");
  }
  ctx.policy.protocols[protocol.index].releases.emplace_back(ctx.policy.releases.size());
  ctx.policy.releases.push_back(std::move(release));
}

const syntax::PolicyHeader* FindHeader(const Context& ctx) {
  for (const syntax::File& file : ctx.unit.files) {
    for (const syntax::Decl& decl : file.decls) {
      if (const auto* header = std::get_if<syntax::PolicyHeader>(&decl)) return header;
    }
  }
  return nullptr;
}

void BuildClaim(Context& ctx, const syntax::File& file, const syntax::ClaimDecl& decl) {
  const syntax::PolicyHeader* header = FindHeader(ctx);
  if (header == nullptr) return;  // which was said
  if (!header->adapts && !header->revises && !ctx.unit.is_composed) {
    ctx.sink.Report(Code::kClaimWithoutBase, decl.span,
                    "`" + Joined(header->name) + "` claims to conform, and it changes no other version",
                    "say in the header what it is held against: `adapts NAME version VERSION`", {});
    return;
  }
  if (!ctx.policy.claims.empty()) {
    ctx.sink.Report(Code::kClaimWithoutBase, decl.span, "this is a second claim of the same policy",
                    "take one of the two out", {{ctx.policy.claims[0].span, "the first is here"}});
    return;
  }
  ctx.policy.claims.push_back(
      {decl.exactly, support::Join(decl.notes.because, " "), ResolveCites(ctx, file, decl.notes.cites), decl.span});
}

}  // namespace

void BuildReleases(Context& ctx) {
  for (std::size_t i = 0; i < ctx.protocols.size(); ++i) {
    const Written<syntax::ProtocolDecl> written = ctx.protocols[i].written;
    for (const syntax::Member& member : written.decl->members) {
      const auto* release = std::get_if<syntax::ReleaseDecl>(&member);
      if (release != nullptr) BuildRelease(ctx, model::ProtocolId(i), *written.file, *release);
    }
  }
  for (const std::vector<syntax::File>* files : {&ctx.unit.files, &ctx.unit.libraries}) {
    for (const syntax::File& file : *files) {
      for (const syntax::Decl& decl : file.decls) {
        if (const auto* claim = std::get_if<syntax::ClaimDecl>(&decl)) BuildClaim(ctx, file, *claim);
      }
    }
  }
}

}  // namespace cordon::check
