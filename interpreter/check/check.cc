// Check: the passes over one policy version, in order; see check.h and context.h.
//
// Tested by tests/unit/check_test.cc.
#include "check/check.h"

#include <utility>

#include "check/context.h"
#include "check/statements.h"
#include "model/verify.h"
#include "support/assert.h"

namespace cordon::check {

std::optional<model::Policy> Check(const diagnostics::Sources& sources, const Unit& unit, diagnostics::Sink& sink,
                                   References* references) {
  const std::size_t errors_before = sink.num_errors();
  Context ctx(sources, unit, sink);
  ctx.references = references;
  ReadHeaders(ctx);
  CheckHeaderLines(ctx);
  DeclareNames(ctx);
  BuildVocabulary(ctx);
  BuildProtocols(ctx);
  BuildDefinitions(ctx);
  BuildRules(ctx);
  ResolveOverrides(ctx);
  CheckDrops(ctx);
  CheckDependencies(ctx);
  CheckQuantifiers(ctx);
  CheckConflicts(ctx);
  BuildTests(ctx);
  BuildReleases(ctx);
  CollectStatements(ctx);
  ReportUnknownNames(ctx);
  if (sink.num_errors() == errors_before) CheckSaysSomething(ctx);  // else a mistake may have swallowed it
  if (sink.num_errors() > errors_before) return std::nullopt;
  Lint(ctx);
#ifndef NDEBUG
  CORDON_ASSERT(model::Verify(ctx.policy).empty());
#endif
  return std::move(ctx.policy);
}

}  // namespace cordon::check
