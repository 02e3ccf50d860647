// Builds sets, parameters, records, facts, groups and actions: the vocabulary that conditions are written in.
// See context.h.
#include <algorithm>
#include <set>

#include "check/expressions.h"
#include "support/text.h"

namespace cordon::check {

namespace {

using model::TypeKind;

void BuildSet(Context& ctx, SetInfo& info) {
  const syntax::SetDecl& decl = *info.written.decl;
  info.interpretations = ResolveInterpretations(ctx, decl.notes.interpretations);
  ResolveCites(ctx, *info.written.file, decl.notes.cites);
  info.progress = Progress::kFailed;
  const auto category = ctx.types.find(decl.category.text);
  if (category == ctx.types.end() || category->second.kind != NameKind::kCategory) {
    std::vector<std::string> candidates;
    for (const model::Category& known : ctx.policy.categories) candidates.push_back(known.name);
    ReportUnknown(ctx, Code::kUnknownType, decl.category.span, "there is no category `" + decl.category.text + "`",
                  NearestHelp(decl.category.text, candidates, "a set holds symbols of a category"));
    return;
  }
  info.category = model::CategoryId(category->second.index);
  Refer(ctx, decl.category.span, category->second.span);
  for (const syntax::Name& name : decl.symbols) {
    const std::optional<std::size_t> node = FindSymbol(ctx, info.category, {{name}, name.span});
    if (!node) continue;
    for (const std::size_t leaf : LeavesOf(ctx.policy.categories[info.category.index].nodes[*node])) {
      info.leaves.push_back(leaf);
    }
  }
  std::sort(info.leaves.begin(), info.leaves.end());
  info.leaves.erase(std::unique(info.leaves.begin(), info.leaves.end()), info.leaves.end());
  info.progress = Progress::kDone;
}

void BuildParam(Context& ctx, std::size_t index) {
  ParamInfo& info = ctx.params[index];
  const syntax::ParamDecl& decl = *info.written.decl;
  model::Param param;
  param.name = decl.name.text;
  param.interpretations = ResolveInterpretations(ctx, decl.notes.interpretations);
  param.span = decl.name.span;
  ResolveCites(ctx, *info.written.file, decl.notes.cites);
  info.progress = Progress::kFailed;
  if (decl.value.valid()) {
    const syntax::Expr& expr = info.written.file->expr(decl.value);
    if (expr.kind == syntax::ExprKind::kLiteral && expr.value.kind != value::Kind::kNone) {
      param.value = expr.value;
      info.progress = Progress::kDone;
    } else {
      ctx.sink.Report(
          Code::kNotConstant, expr.span, "the parameter `" + param.name + "` is no literal value",
          "write a number, a length of time, a date, a text, `yes` or `no`; name other things with `define`");
    }
  }
  ctx.policy.params.push_back(std::move(param));
}

// Declares the fields of a record; derived ones get their type where first needed.
void BuildField(Context& ctx, std::size_t record_index, const syntax::FieldDecl& decl) {
  RecordInfo& info = ctx.records[record_index];
  model::Record& record = ctx.policy.records[record_index];
  for (const model::Field& other : record.fields) {
    if (other.name != decl.name.text) continue;
    ctx.sink.Report(Code::kDuplicateName, decl.name.span,
                    "`" + record.name + "` already has a field `" + decl.name.text + "`",
                    "give one of the two another name", {{other.span, "the first declaration is here"}});
    return;
  }
  model::Field field;
  field.name = decl.name.text;
  field.help = FilledTexts(ctx, decl.notes.help);
  field.span = decl.name.span;
  Progress progress = Progress::kWaiting;
  if (decl.type) {
    const std::optional<model::Type> type = ResolveType(ctx, *decl.type);
    progress = type ? Progress::kDone : Progress::kFailed;
    if (type && (type->kind == TypeKind::kList || type->kind == TypeKind::kRecord || type->kind == TypeKind::kGroup)) {
      ctx.sink.Report(
          Code::kUnfitType, decl.type->span,
          "the field `" + field.name + "` is " + DescribeType(ctx.policy, *type) + ", and a field is a single value",
          "make it a fact of its own, or several fields");
      progress = Progress::kFailed;
    }
    if (type) field.type = *type;
  }
  AddInterpretations(info.interpretations, ResolveInterpretations(ctx, decl.notes.interpretations));
  if (decl.type && field.type.kind == TypeKind::kCategory && progress == Progress::kDone) {
    AddInterpretations(info.interpretations, ctx.categories[field.type.category.index].interpretations);
  }
  record.fields.push_back(std::move(field));
  info.fields.push_back(&decl);
  info.progress.push_back(progress);
}

void BuildRecord(Context& ctx, std::size_t index) {
  const Written<syntax::RecordDecl> written = ctx.records[index].written;
  ctx.records[index].interpretations = ResolveInterpretations(ctx, written.decl->notes.interpretations);
  for (const syntax::FieldDecl& field : written.decl->fields) BuildField(ctx, index, field);
  if (!written.decl->named_by) return;
  model::Record& record = ctx.policy.records[index];
  const syntax::Name& name = *written.decl->named_by;
  std::vector<std::string> candidates;
  for (std::size_t i = 0; i < record.fields.size(); ++i) {
    candidates.push_back(record.fields[i].name);
    if (record.fields[i].name != name.text) continue;
    record.named_by = model::FieldId(i);
    Refer(ctx, name.span, record.fields[i].span);
  }
  if (record.named_by.valid()) return;
  ReportUnknown(ctx, Code::kUnknownField, name.span, "`" + record.name + "` has no field `" + name.text + "`",
                NearestHelp(name.text, candidates));
}

std::optional<model::Assume> BuildAssume(Context& ctx, const FactInfo& info, const model::Type& type) {
  const syntax::Assume& written = *info.written.decl->assume;
  model::Assume assume;
  assume.unless_asked = written.unless_asked;
  assume.because = written.because;
  if (!written.value.valid()) return std::nullopt;
  const syntax::Expr& expr = info.written.file->expr(written.value);
  const bool empty = expr.kind == syntax::ExprKind::kEmpty ||
                     (expr.kind == syntax::ExprKind::kList && expr.args.empty() && !expr.open);
  if (type.kind == TypeKind::kList || empty) {
    if (type.kind == TypeKind::kList && empty) {
      assume.empty_list = true;
      return assume;
    }
    ctx.sink.Report(Code::kUnfitValue, expr.span,
                    empty ? "`empty` is assumed of a fact that is " + DescribeType(ctx.policy, type)
                          : "a list can only be assumed to be empty",
                    empty ? "assume one of its values" : "write `assume empty`");
    return std::nullopt;
  }
  if (type.or_none && expr.kind == syntax::ExprKind::kLiteral && expr.value.kind == value::Kind::kNone) return assume;
  Scope scope;
  scope.file = info.written.file;
  const ConstantUse use{Code::kUnfitValue, "the fact `" + info.written.decl->name.text + "`"};
  const std::optional<value::Value> value = TypeConstant(ctx, scope, written.value, type, use);
  if (!value) return std::nullopt;
  assume.value = *value;
  return assume;
}

std::string ResolveSubject(Context& ctx, const std::optional<syntax::Name>& name) {
  if (!name || name->text == "patient") return "patient";
  if (const auto found = ctx.subjects.find(name->text); found != ctx.subjects.end()) {
    Refer(ctx, name->span, found->second.span);
    return name->text;
  }
  std::vector<std::string> candidates = NamesOf(ctx.subjects);
  candidates.emplace_back("patient");
  ReportUnknown(ctx, Code::kUnknownDeclaration, name->span, "there is no subject `" + name->text + "`",
                NearestHelp(name->text, candidates, "declare it: `subject " + name->text + "`"));
  return name->text;
}

// What was interpreted about the values that a fact of `type` can have.
InterpretationIds InterpretationsOfType(const Context& ctx, const model::Type& type) {
  const model::Type element = type.kind == TypeKind::kList ? ElementType(type) : type;
  if (element.kind == TypeKind::kCategory) return ctx.categories[element.category.index].interpretations;
  if (element.kind == TypeKind::kRecord) return ctx.records[element.record.index].interpretations;
  return {};
}

model::Fact BuildFact(Context& ctx, FactInfo& info) {
  const syntax::FactDecl& decl = *info.written.decl;
  model::Fact fact;
  fact.name = decl.name.text;
  fact.subject = ResolveSubject(ctx, decl.subject);
  fact.recorded = decl.recorded;
  fact.ask = FilledTexts(ctx, decl.notes.ask);
  fact.help = FilledTexts(ctx, decl.notes.help);
  fact.cites = ResolveCites(ctx, *info.written.file, decl.notes.cites);
  fact.interpretations = ResolveInterpretations(ctx, decl.notes.interpretations);
  fact.span = decl.name.span;
  for (const syntax::Name& role : decl.confidential_to) {
    const std::optional<std::size_t> index = FindDeclared(ctx, ctx.roles, role, "role");
    if (index) fact.confidential_to.emplace_back(*index);
  }
  std::optional<model::Type> type = ResolveType(ctx, decl.type);
  if (type && type->kind == TypeKind::kGroup) {
    ctx.sink.Report(Code::kUnfitType, decl.type.span, "a fact cannot be a group",
                    "`Group` is for the parameters of actions");
    type.reset();
  }
  info.progress = type ? Progress::kDone : Progress::kFailed;
  if (!type) return fact;
  fact.type = *type;
  AddInterpretations(fact.interpretations, InterpretationsOfType(ctx, *type));
  if (decl.assume) fact.assume = BuildAssume(ctx, info, *type);
  return fact;
}

void BuildFacts(Context& ctx) {
  for (FactInfo& info : ctx.facts) {
    if (info.written.decl != nullptr) {
      ctx.policy.facts.push_back(BuildFact(ctx, info));
      continue;
    }
    model::Fact setting;
    setting.name = "setting";
    setting.subject = "patient";
    setting.recorded = true;
    setting.type = OfCategory(*SettingCategory(ctx));
    info.progress = Progress::kDone;
    ctx.policy.setting = model::FactId(ctx.policy.facts.size());
    ctx.policy.facts.push_back(std::move(setting));
  }
}

void BuildGroup(Context& ctx, const GroupInfo& info) {
  const syntax::GroupDecl& decl = *info.written.decl;
  model::Group group;
  group.name = decl.name.text;
  group.texts = FilledTexts(ctx, decl.notes.texts);
  group.span = decl.name.span;
  group.cites = ResolveCites(ctx, *info.written.file, decl.notes.cites);
  const InterpretationIds interpretations = ResolveInterpretations(ctx, decl.notes.interpretations);
  std::set<std::size_t> seen;
  for (const syntax::Name& name : decl.facts) {
    const auto found = ctx.values.find(name.text);
    if (found == ctx.values.end() || found->second.kind != NameKind::kFact) {
      std::vector<std::string> candidates;
      for (const auto& [known, entry] : ctx.values) {
        if (entry.kind == NameKind::kFact) candidates.push_back(known);
      }
      ReportUnknown(ctx, Code::kUnknownName, name.span, "there is no fact `" + name.text + "`",
                    NearestHelp(name.text, candidates, "a group holds facts"));
      continue;
    }
    if (!seen.insert(found->second.index).second) {
      ctx.sink.Report(Code::kDuplicateName, name.span, "`" + name.text + "` stands twice in the group",
                      "take one of the two out");
      continue;
    }
    ctx.facts[found->second.index].used = true;
    Refer(ctx, name.span, found->second.span);
    AddInterpretations(ctx.policy.facts[found->second.index].interpretations, interpretations);
    group.facts.emplace_back(found->second.index);
  }
  ctx.policy.groups.push_back(std::move(group));
}

// The type of an action's parameter; of a record, that of the field which names it.
std::optional<model::Type> ParameterType(Context& ctx, const syntax::Parameter& parameter, model::RecordId& record) {
  const std::optional<model::Type> type = ResolveType(ctx, parameter.type);
  if (!type) return std::nullopt;
  if (type->kind == TypeKind::kRecord && !type->or_none) {
    const model::Record& known = ctx.policy.records[type->record.index];
    record = type->record;
    if (known.named_by.valid()) {
      if (!NeedField(ctx, record, known.named_by, parameter.type.span)) return std::nullopt;
      return ctx.policy.records[record.index].fields[known.named_by.index].type;
    }
    ctx.sink.Report(Code::kRecordWithoutName, parameter.type.span,
                    "the parameter `" + parameter.name.text + "` is a record `" + known.name +
                        "`, and nothing says which of its fields names it",
                    "write `record " + known.name + " named by FIELD`, or give the parameter the type of a field",
                    {{known.span, "the record is declared here"}});
    return std::nullopt;
  }
  if (type->kind != TypeKind::kList && type->kind != TypeKind::kRecord && !type->or_none) return type;
  ctx.sink.Report(
      Code::kUnfitType, parameter.type.span, "an action's parameter cannot be " + DescribeType(ctx.policy, *type),
      "it is a group of facts, a record that is `named by` a field, a symbol, a number, a date, a text, or yes "
      "or no");
  return std::nullopt;
}

void BuildAction(Context& ctx, ActionInfo& info) {
  const syntax::ActionDecl& decl = *info.written.decl;
  model::Action action;
  action.name = decl.name.text;
  info.progress = Progress::kDone;
  std::vector<std::string> own;
  for (const syntax::Parameter& parameter : decl.parameters) {
    if (std::find(own.begin(), own.end(), parameter.name.text) != own.end()) {
      ctx.sink.Report(Code::kDuplicateName, parameter.name.span,
                      "`" + parameter.name.text + "` is already a parameter of this action",
                      "give one of the two another name");
    }
    own.push_back(parameter.name.text);
    model::RecordId record;
    const std::optional<model::Type> type = ParameterType(ctx, parameter, record);
    if (!type) info.progress = Progress::kFailed;
    action.parameters.push_back({parameter.name.text, type.value_or(model::Type())});
    info.records.push_back(record);
  }
  action.texts = FilledTexts(ctx, decl.notes.texts, own);
  ResolveCites(ctx, *info.written.file, decl.notes.cites);
  info.interpretations = ResolveInterpretations(ctx, decl.notes.interpretations);
  ctx.policy.actions.push_back(std::move(action));
}

}  // namespace

void BuildVocabulary(Context& ctx) {
  for (SetInfo& info : ctx.set_infos) BuildSet(ctx, info);
  for (std::size_t i = 0; i < ctx.params.size(); ++i) BuildParam(ctx, i);
  for (std::size_t i = 0; i < ctx.records.size(); ++i) BuildRecord(ctx, i);
  BuildFacts(ctx);
  for (const GroupInfo& info : ctx.group_infos) BuildGroup(ctx, info);
  for (ActionInfo& info : ctx.action_infos) BuildAction(ctx, info);
}

}  // namespace cordon::check
