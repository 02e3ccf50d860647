// What names mean where they stand: elements, fields, outputs, definitions, facts, parameters, symbols.
// See expressions.h.
#include <algorithm>
#include <utility>

#include "check/expressions.h"
#include "support/text.h"

namespace cordon::check {

namespace {

using model::ExprId;
using model::TypeKind;

// The element whose field `name` is, for names without their element's.
const Variable* FindBareField(const Context& ctx, const Scope& scope, const std::string& name) {
  for (auto variable = scope.variables.rbegin(); variable != scope.variables.rend(); ++variable) {
    if (!variable->name.empty() || variable->type.kind != TypeKind::kRecord) continue;
    for (const model::Field& field : ctx.policy.records[variable->type.record.index].fields) {
      if (field.name == name) return &*variable;
    }
  }
  return nullptr;
}

const Variable* FindVariable(const Scope& scope, const std::string& name) {
  for (auto variable = scope.variables.rbegin(); variable != scope.variables.rend(); ++variable) {
    if (variable->name == name) return &*variable;
  }
  return nullptr;
}

// The output that `name` means, in its own protocol or as `protocol.output`.
std::optional<model::OutputId> OutputNamed(const Context& ctx, const Scope& scope, const syntax::QName& name) {
  const std::string& first = name.parts[0].text;
  if (FindVariable(scope, first) != nullptr || FindBareField(ctx, scope, first) != nullptr) return std::nullopt;
  const NameEntry* entry = FindEntry(ctx, scope, first);
  if (entry == nullptr) return std::nullopt;
  if (entry->kind == NameKind::kOutput && name.parts.size() == 1) {
    Refer(ctx, name.span, entry->span);
    return model::OutputId(entry->index);
  }
  if (entry->kind != NameKind::kProtocol || name.parts.size() != 2) return std::nullopt;
  const NameTable& inner = ctx.protocols[entry->index].names;
  const auto found = inner.find(name.parts[1].text);
  if (found == inner.end() || found->second.kind != NameKind::kOutput) return std::nullopt;
  Refer(ctx, name.parts[0].span, entry->span);
  Refer(ctx, name.parts[1].span, found->second.span);
  return model::OutputId(found->second.index);
}

std::vector<std::string> NamesInScope(const Context& ctx, const Scope& scope) {
  std::vector<std::string> names;
  for (const Variable& variable : scope.variables) {
    if (!variable.name.empty()) {
      names.push_back(variable.name);
    } else if (variable.type.kind == TypeKind::kRecord) {
      for (const model::Field& field : ctx.policy.records[variable.type.record.index].fields) {
        names.push_back(field.name);
      }
    }
  }
  if (scope.own_record.valid()) return names;
  if (scope.protocol.valid()) {
    for (const std::string& name : NamesOf(ctx.protocols[scope.protocol.index].names)) names.push_back(name);
  }
  for (const std::string& name : NamesOf(ctx.values)) names.push_back(name);
  return names;
}

// What a name without a value might have been meant for.
std::string OtherMeaning(const Context& ctx, const std::string& name) {
  if (ctx.sets.contains(name)) return "`" + name + "` is a set: write `… in " + name + "`";
  if (ctx.groups.contains(name)) return "`" + name + "` is a group of facts: name the fact that is meant";
  if (ctx.types.contains(name)) return "`" + name + "` is a type";
  for (const model::Category& category : ctx.policy.categories) {
    if (!MatchSymbol(category, name).node) continue;
    return "`" + name + "` is a symbol of `" + category.name + "`: write it after `is`, beside something of that type";
  }
  return "declare it as a `fact`, or name a condition with `define`";
}

ExprId TypeFactName(Context& ctx, std::size_t index, const Span& span) {
  ctx.facts[index].used = true;
  if (index >= ctx.policy.facts.size() || ctx.facts[index].progress != Progress::kDone) return {};
  const model::Fact& fact = ctx.policy.facts[index];
  if (fact.is_decision) {
    ctx.sink.Report(Code::kDecisionRead, span,
                    "`" + fact.name + "` is a decision, and conditions read the output that it decides",
                    "name the output: once somebody has decided, it has the decision's value");
    return {};
  }
  model::Expr made;
  made.kind = model::ExprKind::kFact;
  made.type = fact.type;
  made.span = span;
  made.fact = model::FactId(index);
  return Add(ctx, std::move(made));
}

ExprId TypeDefineName(Context& ctx, std::size_t index, const Span& span) {
  ctx.defines[index].used = true;
  const syntax::DefineDecl& decl = *ctx.defines[index].written.decl;
  if (!decl.parameters.empty()) {
    std::string call;
    for (const syntax::Parameter& parameter : decl.parameters) call += (call.empty() ? "" : ", ") + parameter.name.text;
    ctx.sink.Report(Code::kWrongCall, span, "the definition `" + decl.name.text + "` is named without what it is about",
                    "write `" + decl.name.text + "(" + call + ")`", {{decl.name.span, "it is declared here"}});
    return {};
  }
  const std::optional<model::DefineId> id = NeedDefine(ctx, index, span);
  if (!id) return {};
  model::Expr made;
  made.kind = model::ExprKind::kDefine;
  made.type = ctx.policy.expr(ctx.policy.defines[id->index].value).type;
  made.span = span;
  made.define = *id;
  return Add(ctx, std::move(made));
}

ExprId TypeParamName(Context& ctx, Scope& scope, std::size_t index, const Span& span) {
  if (ctx.params[index].progress != Progress::kDone) return {};
  const model::Param& param = ctx.policy.params[index];
  AddInterpretations(scope.interpretations, param.interpretations);
  return AddConstant(ctx, param.value, TypeOfValue(param.value), span);
}

ExprId TypeOutputName(Context& ctx, model::OutputId id, const syntax::QName& name) {
  if (ctx.outputs[id.index].progress != Progress::kDone) return {};
  const model::Output& output = ctx.policy.outputs[id.index];
  if (output.type.kind == TypeKind::kBool) {
    return AddOutputIs(ctx, id, model::OutputTest::kValue, value::Value::Bool(true), name.span);
  }
  ctx.sink.Report(Code::kOutputAsValue, name.span,
                  "`" + Joined(name) + "` is an output, which may have no value; it can only be tested",
                  "write `" + Joined(name) + " is …`");
  return {};
}

// Reports a name that begins with a protocol's and goes on to none of its outputs.
void ReportNoOutput(Context& ctx, std::size_t index, const syntax::QName& name) {
  std::vector<std::string> outputs;
  for (const model::OutputId id : ctx.policy.protocols[index].outputs) {
    outputs.push_back(ctx.policy.outputs[id.index].name);
  }
  const std::string& protocol = name.parts[0].text;
  if (name.parts.size() == 1) {
    ReportUnknown(ctx, Code::kUnknownName, name.span, "`" + protocol + "` is a protocol and has no value of its own",
                  "name one of its outputs: `" + protocol + (outputs.empty() ? ".…`" : "." + outputs[0] + "`"));
  } else {
    ReportUnknown(ctx, Code::kUnknownName, name.parts[1].span,
                  "the protocol `" + protocol + "` has no output `" + name.parts[1].text + "`",
                  NearestHelp(name.parts[1].text, outputs));
  }
}

ExprId TypeEntry(Context& ctx, Scope& scope, const NameEntry& entry, const syntax::QName& name) {
  const Span& span = name.parts.size() == 1 ? name.span : name.parts[0].span;
  if (scope.own_record.valid() && entry.kind != NameKind::kParam) {
    ReportBeyondRecord(ctx, scope, name);
    return {};
  }
  switch (entry.kind) {
    case NameKind::kFact:
      return TypeFactName(ctx, entry.index, span);
    case NameKind::kDefine:
      return TypeDefineName(ctx, entry.index, span);
    case NameKind::kParam:
      return TypeParamName(ctx, scope, entry.index, span);
    case NameKind::kOutput:
      return TypeOutputName(ctx, model::OutputId(entry.index), {{name.parts[0]}, span});
    case NameKind::kProtocol:
      return TypeOutputName(ctx, *OutputNamed(ctx, scope, name), name);
    case NameKind::kCategory:
    case NameKind::kRecord:
    case NameKind::kSet:
    case NameKind::kRole:
    case NameKind::kEvent:
    case NameKind::kAction:
    case NameKind::kGroup:
    case NameKind::kSubject:
    case NameKind::kInterpretation:
    case NameKind::kRule:
      break;
  }
  return {};
}

// The value of a name of which NamesValue holds.
ExprId TypeValueName(Context& ctx, Scope& scope, const syntax::QName& name) {
  const syntax::Name& first = name.parts[0];
  const Span& span = name.parts.size() == 1 ? name.span : first.span;
  ExprId value;
  if (const Variable* variable = FindVariable(scope, first.text)) {
    value = AddElement(ctx, *variable, span);
  } else if (const Variable* element = FindBareField(ctx, scope, first.text)) {
    value = TypeField(ctx, scope, AddElement(ctx, *element, span), first);
  } else {
    const NameEntry entry = *FindEntry(ctx, scope, first.text);
    Refer(ctx, first.span, entry.span);
    value = TypeEntry(ctx, scope, entry, name);
    if (entry.kind == NameKind::kProtocol) return value;
  }
  for (std::size_t next = 1; next < name.parts.size() && value.valid(); ++next)
    value = TypeField(ctx, scope, value, name.parts[next]);
  if (value.valid()) ctx.policy.exprs[value.index].span = name.span;
  return value;
}

}  // namespace

const NameEntry* FindEntry(const Context& ctx, const Scope& scope, const std::string& name) {
  if (scope.protocol.valid()) {
    const NameTable& inner = ctx.protocols[scope.protocol.index].names;
    const auto found = inner.find(name);
    if (found != inner.end()) return &found->second;
  }
  const auto found = ctx.values.find(name);
  return found == ctx.values.end() ? nullptr : &found->second;
}

void ReportBeyondRecord(Context& ctx, const Scope& scope, const syntax::QName& name) {
  const std::string& record = ctx.policy.records[scope.own_record.index].name;
  ctx.sink.Report(Code::kRecordReadsBeyond, name.span,
                  "`" + Joined(name) + "` stands outside of the record `" + record +
                      "`, and what a record says of itself reads its own fields only",
                  "move the condition to a `define` or a rule");
}

void ReportUnknownName(Context& ctx, const Scope& scope, const syntax::QName& name) {
  const NameEntry* entry = FindEntry(ctx, scope, name.parts[0].text);
  if (entry != nullptr && entry->kind == NameKind::kProtocol) return ReportNoOutput(ctx, entry->index, name);
  const std::string written = Joined(name);
  ReportUnknown(ctx, Code::kUnknownName, name.span, "there is no fact or definition `" + written + "`",
                NearestHelp(name.parts[0].text, NamesInScope(ctx, scope), OtherMeaning(ctx, written)));
}

std::optional<model::OutputId> FindOutput(const Context& ctx, const Scope& scope, syntax::ExprId id) {
  if (!id.valid() || scope.own_record.valid()) return std::nullopt;
  const syntax::Expr& expr = Behind(scope, id);
  if (expr.kind != syntax::ExprKind::kName) return std::nullopt;
  return OutputNamed(ctx, scope, expr.name);
}

bool NamesValue(const Context& ctx, const Scope& scope, const syntax::QName& name) {
  const std::string& first = name.parts[0].text;
  if (FindVariable(scope, first) != nullptr || FindBareField(ctx, scope, first) != nullptr) return true;
  const NameEntry* entry = FindEntry(ctx, scope, first);
  if (entry == nullptr) return false;
  return entry->kind != NameKind::kProtocol || OutputNamed(ctx, scope, name).has_value();
}

ExprId TypeName(Context& ctx, Scope& scope, const syntax::Expr& expr, const model::Type* expected) {
  const syntax::QName& name = expr.name;
  const bool symbol_wanted = expected != nullptr && expected->kind == TypeKind::kCategory;
  const bool has_value = NamesValue(ctx, scope, name);
  if (!symbol_wanted) {
    if (has_value) return TypeValueName(ctx, scope, name);
    ReportUnknownName(ctx, scope, name);
    return {};
  }
  const model::CategoryId category = expected->category;
  const bool is_symbol = MatchSymbol(ctx.policy.categories[category.index], Joined(name)).node.has_value();
  if (has_value && !is_symbol) return TypeValueName(ctx, scope, name);
  if (has_value) {
    const ExprId value = TypeValueName(ctx, scope, name);
    if (!value.valid()) return {};
    if (SameKind(ctx.policy.expr(value).type, *expected)) {
      ctx.sink.Report(Code::kAmbiguousName, name.span,
                      "`" + Joined(name) + "` is both a value here and a symbol of `" +
                          ctx.policy.categories[category.index].name + "`",
                      "rename the fact, definition or field");
      return {};
    }
  }
  const std::optional<std::size_t> node = FindSymbol(ctx, category, name);
  if (!node) return {};
  const model::CategoryNode& found = ctx.policy.categories[category.index].nodes[*node];
  if (!found.is_leaf()) {
    ctx.sink.Report(Code::kSeveralSymbols, name.span, "`" + found.name + "` stands for several symbols",
                    "name one of those below it, or write `is " + found.name + "`");
    return {};
  }
  return AddConstant(ctx, value::Value::Symbol(found.first_leaf), OfCategory(category), name.span);
}

ExprId TypeField(Context& ctx, const Scope& scope, ExprId object, const syntax::Name& name) {
  const model::Type type = ctx.policy.expr(object).type;
  if (type.kind != TypeKind::kRecord) {
    ctx.sink.Report(
        Code::kNoRecord, name.span,
        "`" + name.text + "` is asked of " + DescribeType(ctx.policy, type) + ", which has no fields",
        type.kind == TypeKind::kList ? "ask it of an element: `some x in … has (x." + name.text + " …)`" : "");
    return {};
  }
  if (!CheckNotNone(ctx, scope, object)) return {};
  const model::Record& record = ctx.policy.records[type.record.index];
  std::vector<std::string> candidates;
  for (std::size_t i = 0; i < record.fields.size(); ++i) {
    candidates.push_back(record.fields[i].name);
    if (record.fields[i].name != name.text) continue;
    const model::FieldId field(i);
    Refer(ctx, name.span, record.fields[i].span);
    if (!NeedField(ctx, type.record, field, name.span)) return {};
    model::Expr made;
    made.kind = model::ExprKind::kField;
    made.type = ctx.policy.records[type.record.index].fields[i].type;
    made.span = name.span;
    made.args = {object};
    made.field = field;
    return Add(ctx, std::move(made));
  }
  ReportUnknown(ctx, Code::kUnknownField, name.span, "`" + record.name + "` has no field `" + name.text + "`",
                NearestHelp(name.text, candidates, "its fields are `" + support::Join(candidates, "`, `") + "`"));
  return {};
}

void EnterVariable(Context& ctx, Scope& scope, const syntax::Name& variable, const model::Type& element) {
  const NameEntry* taken = FindEntry(ctx, scope, variable.text);
  const bool shadows = FindVariable(scope, variable.text) != nullptr;
  if (taken != nullptr || shadows) {
    const std::string what = shadows ? "another variable" : std::string(DescribeKind(taken->kind));
    ctx.sink.Report(Code::kShadowedName, variable.span, "`" + variable.text + "` is already the name of " + what,
                    "give the variable another name");
  }
  scope.variables.push_back({variable.text, model::VariableId(ctx.policy.num_variables++), element});
}

}  // namespace cordon::check
