// Warnings about what is certainly superfluous or unsaid; see context.h. Those about dates stand where dates are typed.
#include "check/context.h"

namespace cordon::check {

void Lint(Context& ctx) {
  for (const model::Rule& rule : ctx.policy.rules) {
    if (!rule.cites.empty()) continue;
    const std::string what = rule.table.valid() ? "row" : "rule";
    ctx.sink.Report(Code::kNoCitation, rule.span, "the " + what + " `" + rule.name + "` has no citation",
                    "say where the guideline says so: `cite SOURCE \"place\"`");
  }
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
}

}  // namespace cordon::check
