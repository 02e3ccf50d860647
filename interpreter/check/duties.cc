// Duties: who must do what, to whom, when, and until when. See conclusions.h.
//
// A duty's arguments, due dates and `until` may read the element of the rule's `for each` and of the duty's own `each`:
// it is one duty for each element. A test says what it expects with constants. Source: the language manual,
// "Conclusions".
#include <utility>

#include "check/conclusions.h"
#include "check/walk.h"
#include "support/text.h"

namespace cordon::check {

namespace {

using model::ExprId;
using model::TypeKind;

model::EventRelation RelationOf(syntax::EventRelation relation) {
  switch (relation) {
    case syntax::EventRelation::kAt:
      return model::EventRelation::kAt;
    case syntax::EventRelation::kBefore:
      return model::EventRelation::kBefore;
    case syntax::EventRelation::kAfter:
      return model::EventRelation::kAfter;
    case syntax::EventRelation::kDuring:
      return model::EventRelation::kDuring;
  }
  return model::EventRelation::kAt;
}

// A parameter of an action: its type is that of the field by which a record is named, where it is a record.
struct Slot {
  const model::ActionParameter& parameter;
  model::RecordId record;  // valid where it is a record's element
};

std::string DescribeSlot(const Context& ctx, const Slot& slot) {
  if (!slot.record.valid()) return DescribeType(ctx.policy, slot.parameter.type);
  return "an element of `" + ctx.policy.records[slot.record.index].name + "`";
}

std::optional<model::Argument> ResolveGroup(Context& ctx, const syntax::Expr& expr, const std::string& parameter) {
  if (expr.kind != syntax::ExprKind::kName || expr.name.parts.size() != 1) {
    ctx.sink.Report(Code::kWrongArguments, expr.span,
                    "`" + FoldedText(ctx, expr.span) + "` is no group of facts, and `" + parameter + "` is one",
                    "name a `group`");
    return std::nullopt;
  }
  const std::optional<std::size_t> group = FindDeclared(ctx, ctx.groups, expr.name.parts[0], "group");
  if (!group) return std::nullopt;
  return model::Argument(model::GroupId(*group));
}

// The field by which `element` is named; reports a record that has none (E0321).
ExprId NameOfElement(Context& ctx, const Scope& scope, ExprId element, const Span& span) {
  const model::Record& record = ctx.policy.records[ctx.policy.expr(element).type.record.index];
  if (!record.named_by.valid()) {
    ctx.sink.Report(Code::kRecordWithoutName, span,
                    "this is a whole record `" + record.name + "`, and nothing says which of its fields names it",
                    "write `record " + record.name + " named by FIELD`, or give one of its fields here",
                    {{record.span, "the record is declared here"}});
    return {};
  }
  return TypeField(ctx, scope, element, {record.fields[record.named_by.index].name, span});
}

// `value` as the argument of `slot`, a record by the field that names it; reports what does not fit (E0317).
std::optional<model::Argument> FitArgument(Context& ctx, const Scope& scope, ExprId value, const Slot& slot,
                                           const Span& span) {
  const model::Type whole = ctx.policy.expr(value).type;
  const bool is_record = whole.kind == TypeKind::kRecord;
  if (is_record) value = NameOfElement(ctx, scope, value, span);
  if (!value.valid()) return std::nullopt;
  const model::Type type = ctx.policy.expr(value).type;
  const bool fits =
      slot.record.valid() ? is_record && whole.record == slot.record : SameKind(type, slot.parameter.type);
  if (!fits) {
    ctx.sink.Report(Code::kWrongArguments, span,
                    "`" + FoldedText(ctx, span) + "` is " + DescribeType(ctx.policy, is_record ? whole : type) +
                        ", and the parameter `" + slot.parameter.name + "` is " + DescribeSlot(ctx, slot));
    return std::nullopt;
  }
  if (!CheckNotNone(ctx, scope, value)) return std::nullopt;
  if (ctx.policy.expr(value).kind == model::ExprKind::kConstant) {
    return model::Argument(ctx.policy.expr(value).value);
  }
  return model::Argument(value);
}

// Whether `expr` can only be a constant: a literal, a parameter, a symbol.
bool IsConstant(const Context& ctx, const Scope& scope, const syntax::Expr& expr) {
  if (expr.kind == syntax::ExprKind::kLiteral) return true;
  if (expr.kind != syntax::ExprKind::kName) return false;
  if (!NamesValue(ctx, scope, expr.name)) return true;
  const NameEntry* entry = FindEntry(ctx, scope, Joined(expr.name));
  return entry != nullptr && entry->kind == NameKind::kParam;
}

std::optional<model::Argument> ResolveArgument(Context& ctx, Scope& scope, syntax::ExprId id, const Slot& slot,
                                               DutyUse use) {
  if (!id.valid()) return std::nullopt;
  const syntax::Expr& expr = scope.file->expr(id);
  if (slot.parameter.type.kind == TypeKind::kGroup) return ResolveGroup(ctx, expr, slot.parameter.name);
  const bool constant = use == DutyUse::kExpected || IsConstant(ctx, scope, expr);
  if (constant && (use == DutyUse::kExpected || !slot.record.valid())) {
    const ConstantUse what{Code::kWrongArguments, "the parameter `" + slot.parameter.name + "`"};
    const auto value = TypeConstant(ctx, scope, id, slot.parameter.type, what);
    if (!value) return std::nullopt;
    return model::Argument(*value);
  }
  const ExprId value = TypeExpr(ctx, scope, id, &slot.parameter.type);
  if (!value.valid()) return std::nullopt;
  return FitArgument(ctx, scope, value, slot, expr.span);
}

// Whether as many arguments are given as the action has; reports where not.
bool CheckArgumentCount(Context& ctx, const syntax::Duty& written, const model::Action& action) {
  if (written.args.size() == action.parameters.size()) return true;
  std::vector<std::string> names;
  for (const model::ActionParameter& parameter : action.parameters) names.push_back(parameter.name);
  ctx.sink.Report(
      Code::kWrongArguments, written.action.span,
      "`" + action.name + "` has " + std::to_string(names.size()) + " in brackets, and " +
          std::to_string(written.args.size()) + " are given",
      names.empty() ? "leave the brackets out" : "write `" + action.name + "(" + support::Join(names, ", ") + ")`");
  return false;
}

// Brings the element of every `each` among the arguments into scope, and gives it in its argument's place; false where
// a list is in error.
bool EnterEach(Context& ctx, Scope& scope, const syntax::Duty& written, model::Duty& duty,
               std::vector<ExprId>& elements) {
  bool ok = true;
  for (const syntax::ExprId arg : written.args) {
    elements.emplace_back();
    if (!arg.valid() || scope.file->expr(arg).kind != syntax::ExprKind::kEach) continue;
    const syntax::Expr& expr = scope.file->expr(arg);
    const ExprId list = TypeList(ctx, scope, expr.args[0]);
    ok = ok && list.valid();
    if (!list.valid()) continue;
    EnterVariable(ctx, scope, expr.variable, ElementType(ctx.policy.expr(list).type));
    duty.each.push_back({scope.variables.back().id, list});
    elements.back() = AddElement(ctx, scope.variables.back(), expr.span);
  }
  return ok;
}

bool ResolveArguments(Context& ctx, Scope& scope, const syntax::Duty& written, const std::vector<ExprId>& elements,
                      model::Duty& duty) {
  const ActionInfo& info = ctx.action_infos[duty.action.index];
  if (info.progress != Progress::kDone) return false;
  AddInterpretations(scope.interpretations, info.interpretations);
  const model::Action action = ctx.policy.actions[duty.action.index];
  if (!CheckArgumentCount(ctx, written, action)) return false;
  const DutyUse use = elements.empty() ? DutyUse::kExpected : DutyUse::kConcluded;
  bool ok = true;
  for (std::size_t i = 0; i < written.args.size(); ++i) {
    const Slot slot{action.parameters[i], info.records[i]};
    const bool is_each = use == DutyUse::kConcluded && elements[i].valid();
    const Span span = written.args[i].valid() ? scope.file->expr(written.args[i]).span : written.action.span;
    auto argument = is_each ? FitArgument(ctx, scope, elements[i], slot, span)
                            : ResolveArgument(ctx, scope, written.args[i], slot, use);
    ok = ok && argument.has_value();
    if (argument) duty.args.push_back(std::move(*argument));
  }
  return ok;
}

// Whether `root` reads today's date, through definitions too.
bool ReadsToday(const Context& ctx, ExprId root) {
  bool today = false;
  std::vector<ExprId> open = {root};
  std::vector<bool> seen(ctx.policy.defines.size(), false);
  while (!open.empty()) {
    const ExprId next = open.back();
    open.pop_back();
    WalkExprs(ctx.policy, next, [&](const model::Expr& expr) {
      if (expr.kind == model::ExprKind::kToday || expr.kind == model::ExprKind::kNow) today = true;
      if (expr.kind == model::ExprKind::kField) {
        const model::RecordId record = ctx.policy.expr(expr.args[0]).type.record;
        open.push_back(ctx.policy.records[record.index].fields[expr.field.index].derived);
      }
      if (expr.kind != model::ExprKind::kDefine || seen[expr.define.index]) return;
      seen[expr.define.index] = true;
      open.push_back(ctx.policy.defines[expr.define.index].value);
    });
  }
  return today;
}

// The date that a duty is due by or counted from; reports what is none (E0301), or reads today (E0427).
ExprId ResolveDueDate(Context& ctx, Scope& scope, syntax::ExprId id, syntax::DueKind kind) {
  const ExprId date = TypeExpr(ctx, scope, id);
  if (!date.valid()) return {};
  const Span span = scope.file->expr(id).span;
  const model::Type type = ctx.policy.expr(date).type;
  if (!IsDateLike(type)) {
    const std::string where = kind == syntax::DueKind::kBy ? "`due by`" : "`after`";
    ctx.sink.Report(Code::kTypeMismatch, span, where + " needs a date, and this is " + DescribeType(ctx.policy, type));
    return {};
  }
  if (!CheckNotNone(ctx, scope, date)) return {};
  if (!ReadsToday(ctx, date)) return date;
  ctx.sink.Report(Code::kDueReadsToday, span,
                  "the due date reads today's date: worked out anew each day, it would never come",
                  "reckon from a date among the facts");
  return {};
}

bool ResolveDue(Context& ctx, Scope& scope, const syntax::Due& written, model::Duty& duty) {
  model::Due due;
  bool ok = true;
  if (written.period.valid()) {
    const std::optional<calendar::Period> period = TypeLength(ctx, scope, written.period);
    ok = period.has_value();
    due.period = period.value_or(calendar::Period{});
    if (ok && due.period == calendar::Period{}) {
      ctx.sink.Report(Code::kNoPeriod, scope.file->expr(written.period).span,
                      "no time at all passes in `" + FoldedText(ctx, scope.file->expr(written.period).span) + "`",
                      written.kind == syntax::DueKind::kEvery ? "say how often: `every 7 days`"
                                                              : "write `due by` and the date itself");
      ok = false;
    }
  }
  if (written.date.valid()) {
    due.date = ResolveDueDate(ctx, scope, written.date, written.kind);
    ok = ok && due.date.valid();
  }
  if (!ok) return false;
  switch (written.kind) {
    case syntax::DueKind::kBy:
      due.kind = model::DueKind::kBy;
      break;
    case syntax::DueKind::kAfter:
      due.kind = model::DueKind::kAfter;
      due.date = AddShift(ctx, due.date, due.period, 1, written.span);
      break;
    case syntax::DueKind::kEvery:
      due.kind = model::DueKind::kEvery;
      break;
  }
  duty.dues.push_back(due);
  return true;
}

bool ResolveUntil(Context& ctx, Scope& scope, const syntax::Duty& written, DutyUse use, model::Duty& duty) {
  if (!written.until.valid()) return true;
  if (use == DutyUse::kExpected) {
    ctx.sink.Report(Code::kUntilInTest, scope.file->expr(written.until).span,
                    "a test says that a duty is there or not, and its `until` has no place in it",
                    "leave `until` out; to test it, give facts for which it holds and write `no duty …`");
    return false;
  }
  const GuardsSaved saved(scope);
  const ExprId until = TypeCondition(ctx, scope, written.until);
  if (!until.valid()) return false;
  duty.stands_while = AddNot(ctx, until, scope.file->expr(written.until).span);
  return true;
}

// What the duty says of its own: its arguments, its due dates, its end.
bool ResolveBody(Context& ctx, Scope& scope, const syntax::Duty& written, DutyUse use, model::Duty& duty) {
  const std::size_t outside = scope.variables.size();
  std::vector<ExprId> elements;  // none in what a test expects
  bool ok = use == DutyUse::kExpected || EnterEach(ctx, scope, written, duty, elements);
  if (ok) {  // else what follows might name the element of a list in error
    ok = ResolveArguments(ctx, scope, written, elements, duty);
    for (const syntax::Due& due : written.dues) ok = ResolveDue(ctx, scope, due, duty) && ok;
    ok = ResolveUntil(ctx, scope, written, use, duty) && ok;
  }
  scope.variables.resize(outside);
  return ok;
}

}  // namespace

std::vector<model::RoleId> ResolveRoles(Context& ctx, const std::vector<syntax::Name>& names, bool& ok) {
  std::vector<model::RoleId> roles;
  for (const syntax::Name& name : names) {
    const std::optional<std::size_t> role = FindDeclared(ctx, ctx.roles, name, "role");
    ok = ok && role.has_value();
    if (role) roles.emplace_back(*role);
  }
  return roles;
}

model::Modality ModalityOf(syntax::Modality modality) {
  switch (modality) {
    case syntax::Modality::kMust:
      return model::Modality::kMust;
    case syntax::Modality::kMustNot:
      return model::Modality::kMustNot;
    case syntax::Modality::kShould:
      return model::Modality::kShould;
    case syntax::Modality::kShouldNot:
      return model::Modality::kShouldNot;
    case syntax::Modality::kMay:
      return model::Modality::kMay;
    case syntax::Modality::kNeedNot:
      return model::Modality::kNeedNot;
    case syntax::Modality::kMustConsider:
      return model::Modality::kMustConsider;
    case syntax::Modality::kShouldConsider:
      return model::Modality::kShouldConsider;
    case syntax::Modality::kMayConsider:
      return model::Modality::kMayConsider;
  }
  return model::Modality::kMust;
}

std::optional<model::Duty> ResolveDuty(Context& ctx, Scope& scope, const syntax::Duty& written, DutyUse use) {
  model::Duty duty;
  duty.modality = ModalityOf(written.modality);
  duty.as_far_as_possible = written.as_far_as_possible;
  duty.when_texts = written.when_texts;
  duty.except = written.except.value_or("");
  duty.span = written.span;
  bool ok = true;
  const std::vector<model::RoleId> actor = ResolveRoles(ctx, {written.actor}, ok);
  if (!actor.empty()) duty.actor = actor[0];
  duty.to = ResolveRoles(ctx, written.to, ok);
  duty.with = ResolveRoles(ctx, written.with, ok);
  for (const syntax::EventTiming& timing : written.timings) {
    const std::optional<std::size_t> event = FindDeclared(ctx, ctx.events, timing.event, "event");
    ok = ok && event.has_value();
    if (event) duty.timings.push_back({RelationOf(timing.relation), model::EventId(*event)});
  }
  const std::optional<std::size_t> action = FindDeclared(ctx, ctx.actions, written.action, "action");
  if (!action) return std::nullopt;
  duty.action = model::ActionId(*action);
  ok = ResolveBody(ctx, scope, written, use, duty) && ok;
  if (!ok) return std::nullopt;
  return duty;
}

}  // namespace cordon::check
