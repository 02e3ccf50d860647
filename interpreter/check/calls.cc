// Definitions that have parameters, and calls of them. See expressions.h.
//
// Such a definition is typed once, over an element that stands for each parameter, which finds its mistakes whether it
// is called or not. A call puts a copy of it in, with what is given in place of those elements: the model holds no
// calls. Since a definition that is being typed cannot be called, there is no recursion; how much calls may put in is
// limited, since calls of calls grow fast. Source: the language manual, "Conditions".
#include <algorithm>
#include <map>
#include <utility>

#include "check/expressions.h"
#include "check/walk.h"
#include "support/text.h"

namespace cordon::check {

namespace {

using model::ExprId;
using model::ExprKind;
using model::TypeKind;

// The most expressions that all calls of a policy put in together.
constexpr std::size_t kMostCopied = 200'000;

// Copies an expression: what it binds gets names of its own, and some elements give way to expressions.
class Copier {
 public:
  Copier(Context& ctx, std::map<model::VariableId, ExprId> given) : ctx_(ctx), given_(std::move(given)) {}

  // Recursion is bounded by the depth of a typed expression. An expression that binds nothing and in which nothing
  // gives way stays as it is.
  ExprId Copy(ExprId id) {
    if (!id.valid() || ctx_.num_copied > kMostCopied) return id;
    if (const auto done = done_.find(id); done != done_.end()) return done->second;
    const ExprId copy = CopyFresh(id);
    done_.emplace(id, copy);
    return copy;
  }

 private:
  ExprId CopyFresh(ExprId id) {
    model::Expr expr = ctx_.policy.expr(id);
    bool changed = false;
    if (expr.kind == ExprKind::kElement) {
      if (const auto given = given_.find(expr.variable); given != given_.end()) return CopyOf(ctx_, given->second);
      const auto renamed = renamed_.find(expr.variable);
      if (renamed == renamed_.end()) return id;
      expr.variable = renamed->second;
      changed = true;
    } else if (expr.variable.valid()) {
      const auto [renamed, added] = renamed_.emplace(expr.variable, model::VariableId(ctx_.policy.num_variables));
      if (added) ++ctx_.policy.num_variables;
      expr.variable = renamed->second;
      changed = true;
    }
    for (ExprId& arg : expr.args) {
      const ExprId copy = Copy(arg);
      changed = changed || copy != arg;
      arg = copy;
    }
    if (!changed) return id;
    ++ctx_.num_copied;
    return Add(ctx_, std::move(expr));
  }

  Context& ctx_;
  std::map<model::VariableId, ExprId> given_;
  std::map<model::VariableId, model::VariableId> renamed_;
  std::map<ExprId, ExprId> done_;
};

std::optional<model::Type> ResolveParameter(Context& ctx, const syntax::Parameter& parameter) {
  const std::optional<model::Type> type = ResolveType(ctx, parameter.type);
  if (!type || (type->kind != TypeKind::kGroup && !type->or_none)) return type;
  ctx.sink.Report(Code::kUnfitType, parameter.type.span,
                  "the parameter `" + parameter.name.text + "` is " + DescribeType(ctx.policy, *type) +
                      ", and a definition's parameter is a value, a record or a list",
                  type->or_none ? "say what none means where the definition is called, and leave out `or none`" : "");
  return std::nullopt;
}

// Brings an element for each parameter into scope; returns false where the type of one is in error.
bool EnterParameters(Context& ctx, Scope& scope, std::size_t index) {
  bool ok = true;
  for (const syntax::Parameter& parameter : ctx.defines[index].written.decl->parameters) {
    const std::optional<model::Type> type = ResolveParameter(ctx, parameter);
    ok = ok && type.has_value();
    EnterVariable(ctx, scope, parameter.name, type.value_or(model::Type()));
    scope.variables.back().is_parameter = true;
    ctx.defines[index].parameters.push_back(scope.variables.back().id);
    ctx.defines[index].parameter_types.push_back(type.value_or(model::Type()));
  }
  return ok;
}

void ReportUnusedParameters(Context& ctx, std::size_t index) {
  const DefineInfo& info = ctx.defines[index];
  std::set<model::VariableId> read;
  WalkExprs(ctx.policy, info.body, [&](const model::Expr& expr) {
    if (expr.kind == ExprKind::kElement) read.insert(expr.variable);
  });
  for (std::size_t i = 0; i < info.parameters.size(); ++i) {
    if (read.contains(info.parameters[i])) continue;
    const syntax::Name& name = info.written.decl->parameters[i].name;
    ctx.sink.Report(Code::kUnusedParameter, name.span,
                    "`" + info.written.decl->name.text + "` does not read its parameter `" + name.text + "`",
                    "read it, or take it out here and in every call");
  }
}

std::string CallText(const syntax::DefineDecl& decl) {
  std::vector<std::string> names;
  for (const syntax::Parameter& parameter : decl.parameters) names.push_back(parameter.name.text);
  return names.empty() ? decl.name.text : decl.name.text + "(" + support::Join(names, ", ") + ")";
}

// The definition that the call means; reports where there is none, or none with so many parameters.
std::optional<std::size_t> FindCalled(Context& ctx, const Scope& scope, const syntax::Expr& call) {
  const NameEntry* entry = call.name.parts.size() == 1 ? FindEntry(ctx, scope, call.name.parts[0].text) : nullptr;
  if (entry == nullptr) {
    ReportUnknownName(ctx, scope, call.name);
    return std::nullopt;
  }
  if (entry->kind != NameKind::kDefine) {
    ctx.sink.Report(Code::kWrongCall, call.span,
                    "`" + Joined(call.name) + "` is " + std::string(DescribeKind(entry->kind)) +
                        ", and only a definition can be about something in brackets",
                    "leave the brackets out", {{entry->span, "it is declared here"}});
    return std::nullopt;
  }
  if (scope.own_record.valid()) {
    ReportBeyondRecord(ctx, scope, call.name);
    return std::nullopt;
  }
  ctx.defines[entry->index].used = true;
  Refer(ctx, call.name.span, entry->span);
  const syntax::DefineDecl& decl = *ctx.defines[entry->index].written.decl;
  if (decl.parameters.size() == call.args.size()) return entry->index;
  ctx.sink.Report(Code::kWrongCall, call.span,
                  "`" + decl.name.text + "` has " + std::to_string(decl.parameters.size()) + " in brackets, and " +
                      std::to_string(call.args.size()) + " are given",
                  "write `" + CallText(decl) + "`", {{decl.name.span, "it is declared here"}});
  return std::nullopt;
}

ExprId TypeGiven(Context& ctx, Scope& scope, syntax::ExprId id, const syntax::Name& parameter,
                 const model::Type& expected) {
  const ExprId typed = TypeExpr(ctx, scope, id, &expected);
  if (!typed.valid() || !CheckNotNone(ctx, scope, typed)) return {};
  const model::Type type = ctx.policy.expr(typed).type;
  if (SameKind(type, expected)) return typed;
  ctx.sink.Report(Code::kWrongCall, Behind(scope, id).span,
                  "this is " + DescribeType(ctx.policy, type) + ", and the parameter `" + parameter.text + "` is " +
                      DescribeType(ctx.policy, expected),
                  "", {{parameter.span, "the parameter is declared here"}});
  return {};
}

// What a definition may do with a parameter, and not with everything that is given for it.
bool CheckPutIn(Context& ctx, ExprId root, const Span& span) {
  bool ok = true;
  std::vector<ExprId> open = {root};
  std::set<ExprId> seen;
  while (!open.empty() && ok) {
    const ExprId id = open.back();
    open.pop_back();
    if (!id.valid() || !seen.insert(id).second) continue;
    const model::Expr expr = ctx.policy.expr(id);
    if (expr.kind == ExprKind::kLess || expr.kind == ExprKind::kLessEqual || expr.kind == ExprKind::kEqual) {
      ok = CheckDifference(ctx, expr.args[0], expr.args[1], span);
    } else if (expr.kind == ExprKind::kGreatest || expr.kind == ExprKind::kLeast) {
      ok = CheckStandsAlone(ctx, {expr.args[0], expr.args[1]}, expr.variable, {}, span);
    }
    open.insert(open.end(), expr.args.begin(), expr.args.end());
  }
  return ok;
}

void ReportTooMuch(Context& ctx, const Span& span) {
  if (!ctx.too_deep_reported) {
    ctx.sink.Report(Code::kTooDeep, span, "calls of definitions that call others put too much in",
                    "let fewer definitions that have parameters build on one another");
  }
  ctx.too_deep_reported = true;
}

}  // namespace

bool NeedParametric(Context& ctx, std::size_t index, const Span& use) {
  const Written<syntax::DefineDecl> written = ctx.defines[index].written;
  const Progress progress = ctx.defines[index].progress;
  if (progress == Progress::kDone) return true;
  if (progress == Progress::kBusy) ReportDefinitionCycle(ctx, written.decl, use);
  if (progress != Progress::kWaiting) return false;
  ctx.defines[index].progress = Progress::kBusy;
  ctx.busy.push_back({written.decl, written.decl->name.text});
  Scope scope;
  scope.file = written.file;
  scope.protocol = ctx.defines[index].protocol;
  const bool entered = EnterParameters(ctx, scope, index);
  const ExprId value = entered ? TypeExpr(ctx, scope, written.decl->value) : ExprId();
  ctx.busy.pop_back();
  DefineInfo& info = ctx.defines[index];
  ResolveCites(ctx, *written.file, written.decl->notes.cites);
  info.interpretations = ResolveInterpretations(ctx, written.decl->notes.interpretations);
  AddInterpretations(info.interpretations, scope.interpretations);
  info.progress = Progress::kFailed;
  if (!value.valid() || !CheckDefinedType(ctx, value, written.decl->name.span)) return false;
  info.body = value;
  info.progress = Progress::kDone;
  ReportUnusedParameters(ctx, index);
  return true;
}

ExprId TypeCall(Context& ctx, Scope& scope, const syntax::Expr& expr) {
  const std::optional<std::size_t> index = FindCalled(ctx, scope, expr);
  if (!index || !NeedParametric(ctx, *index, expr.span)) return {};
  const DefineInfo info = ctx.defines[*index];
  std::map<model::VariableId, ExprId> given;
  for (std::size_t i = 0; i < expr.args.size(); ++i) {
    const syntax::Name& parameter = info.written.decl->parameters[i].name;
    const ExprId typed = TypeGiven(ctx, scope, expr.args[i], parameter, info.parameter_types[i]);
    if (typed.valid()) given.emplace(info.parameters[i], typed);
  }
  if (given.size() != expr.args.size()) return {};
  AddInterpretations(scope.interpretations, info.interpretations);
  const ExprId put_in = Copier(ctx, std::move(given)).Copy(info.body);
  if (ctx.num_copied > kMostCopied) {
    ReportTooMuch(ctx, expr.span);
    return {};
  }
  return CheckPutIn(ctx, put_in, expr.span) ? put_in : ExprId();
}

ExprId CopyOf(Context& ctx, ExprId id) { return Copier(ctx, {}).Copy(id); }

}  // namespace cordon::check
