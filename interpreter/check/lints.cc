// Warnings about what is certainly superfluous or unsaid; see context.h. Those about dates stand where dates are typed.
#include "check/lints.h"

#include <set>

namespace cordon::check {

namespace {

void LintCitations(Context& ctx) {
  for (const model::Rule& rule : ctx.policy.rules) {
    if (!rule.cites.empty()) continue;
    const std::string what = rule.table.valid() ? "row" : "rule";
    ctx.sink.Report(Code::kNoCitation, rule.span, "the " + what + " `" + rule.name + "` has no citation",
                    "say where the guideline says so: `cite SOURCE \"place\"`");
  }
  for (std::size_t i = 0; i < ctx.facts.size(); ++i) {
    const model::Fact& fact = ctx.policy.facts[i];
    if (!fact.cites.empty() || ctx.facts[i].written.decl == nullptr) continue;
    ctx.sink.Report(Code::kFactWithoutCitation, fact.span, "the fact `" + fact.name + "` has no citation",
                    "say where the guideline speaks of it: `cite SOURCE \"place\"`");
  }
  for (const model::Output& output : ctx.policy.outputs) {
    if (!output.default_value || !output.default_cites.empty()) continue;
    ctx.sink.Report(Code::kDefaultWithoutCitation, output.span,
                    "the default of the output `" + output.name + "` has no citation",
                    "say where the guideline says so: `default … cite SOURCE \"place\"`");
  }
}

// A question that stands in no group can be asked by nobody.
void LintQuestions(Context& ctx) {
  std::set<model::FactId> grouped;
  for (const model::Group& group : ctx.policy.groups) grouped.insert(group.facts.begin(), group.facts.end());
  for (std::size_t i = 0; i < ctx.policy.facts.size(); ++i) {
    const model::Fact& fact = ctx.policy.facts[i];
    if (fact.ask.empty() || grouped.contains(model::FactId(i))) continue;
    ctx.sink.Report(Code::kQuestionInNoGroup, fact.span,
                    "the fact `" + fact.name + "` is asked for and stands in no group, so that no duty can ask for it",
                    "put it into a group: `group … = " + fact.name + "`; or write `recorded` where it is looked up");
  }
}

}  // namespace

void Lint(Context& ctx) {
  LintCitations(ctx);
  LintQuestions(ctx);
  for (const FactInfo& info : ctx.facts) {
    if (info.used || info.written.decl == nullptr) continue;
    const syntax::Name& name = info.written.decl->name;
    ctx.sink.Report(Code::kUnusedFact, name.span, "nothing reads the fact `" + name.text + "`",
                    "use it in a rule or a group, or take it out");
  }
  for (const DefineInfo& info : ctx.defines) {
    if (info.used) continue;
    const syntax::Name& name = info.written.decl->name;
    ctx.sink.Report(Code::kUnusedDefinition, name.span, "nothing uses the definition `" + name.text + "`",
                    "use it, or take it out");
  }
  LintUnused(ctx);
  LintUnaskedFacts(ctx);
  LintTables(ctx);
  LintTexts(ctx);
  LintExceptions(ctx);
}

}  // namespace cordon::check
