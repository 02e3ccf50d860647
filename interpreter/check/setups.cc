// Facts as tests give them, checked against their types; see setups.h.
//
// A date may be imprecise, a symbol an inner node, a list open, anything `unknown` (sought and not learnt) or `not
// asked`.
#include "check/setups.h"

#include <set>
#include <utility>

#include "check/types.h"
#include "support/text.h"

namespace cordon::check {

namespace {

using model::GivenKind;
using model::GivenValue;
using model::TypeKind;
using syntax::ExprKind;

struct Reader {
  Context& ctx;
  const syntax::File& file;
};
using Read = std::optional<GivenValue>;

Read Unfit(const Reader& reader, const syntax::Expr& expr, const model::Type& type, std::string help = {}) {
  reader.ctx.sink.Report(Code::kUnfitValue, expr.span,
                         "`" + FoldedText(reader.ctx, expr.span) + "` is given where " +
                             DescribeType(reader.ctx.policy, type) + " is needed",
                         std::move(help));
  return std::nullopt;
}

GivenValue Make(GivenKind kind, const Span& span) {
  GivenValue given;
  given.kind = kind;
  given.span = span;
  return given;
}

GivenValue Known(value::Value value, const Span& span) {
  GivenValue given = Make(GivenKind::kValue, span);
  given.value = std::move(value);
  return given;
}

// A date or time known to lie in `text`, as calendar::ParseDateRange reads it.
Read ReadRange(const Reader& reader, const syntax::Expr& expr, const std::string& text, const model::Type& type) {
  GivenValue given = Make(GivenKind::kRange, expr.span);
  if (type.kind == TypeKind::kDate) {
    const auto range = calendar::ParseDateRange(text);
    if (!range) return Unfit(reader, expr, type);
    given.first = range->first.days;
    given.last = range->last.days;
    if (given.first == given.last) return Known(value::Value::OfDate(range->first), expr.span);
  } else {
    const auto range = calendar::ParseDatetimeRange(text);
    if (!range) return Unfit(reader, expr, type);
    given.first = range->first.minutes;
    given.last = range->last.minutes;
    if (given.first == given.last) return Known(value::Value::OfDatetime(range->first), expr.span);
  }
  return given;
}

Read ReadLiteral(const Reader& reader, const syntax::Expr& expr, const model::Type& type) {
  const value::Value& value = expr.value;
  if (value.kind == value::Kind::kNone) {
    return type.or_none ? Read(Known(value, expr.span)) : Unfit(reader, expr, type, "only `… or none` can be none");
  }
  if (SameKind(TypeOfValue(value), type)) return Known(value, expr.span);
  if (type.kind == TypeKind::kDecimal && value.kind == value::Kind::kInt) {
    return Known(value::Value::Decimal(value.number * value::kDecimalScale), expr.span);
  }
  if (type.kind == TypeKind::kDatetime && value.kind == value::Kind::kDate) {
    return ReadRange(reader, expr, calendar::Format(calendar::Date{value.number}), type);
  }
  if (IsDateLike(type) && value.kind == value::Kind::kInt) {
    return ReadRange(reader, expr, std::to_string(value.number), type);  // a year
  }
  if (type.kind == TypeKind::kCategory) return Unfit(reader, expr, type, "name one of its symbols, without quotes");
  return Unfit(reader, expr, type);
}

Read ReadSymbol(const Reader& reader, const syntax::Expr& expr, const model::Type& type) {
  Context& ctx = reader.ctx;
  const std::string written = Joined(expr.name);
  if (type.kind == TypeKind::kCategory) {
    const model::Category& category = ctx.policy.categories[type.category.index];
    if (type.or_none && written == "none" && !MatchSymbol(category, written).node) {
      return Known(value::Value::None(), expr.span);
    }
    const std::optional<std::size_t> node = FindSymbol(ctx, type.category, expr.name);
    if (!node) return std::nullopt;
    const model::CategoryNode& found = category.nodes[*node];
    if (found.end_leaf == found.first_leaf + 1) return Known(value::Value::Symbol(found.first_leaf), expr.span);
    GivenValue given = Make(GivenKind::kSymbols, expr.span);
    given.first_leaf = found.first_leaf;
    given.end_leaf = found.end_leaf;
    return given;
  }
  if (type.or_none && written == "none") return Known(value::Value::None(), expr.span);
  const auto param = ctx.values.find(written);
  if (param == ctx.values.end() || param->second.kind != NameKind::kParam) return Unfit(reader, expr, type);
  if (ctx.params[param->second.index].progress != Progress::kDone) return std::nullopt;
  Refer(ctx, expr.span, param->second.span);
  const value::Value& value = ctx.policy.params[param->second.index].value;
  if (SameKind(TypeOfValue(value), type)) return Known(value, expr.span);
  return Unfit(reader, expr, type);
}

Read ReadRecord(const Reader& reader, const syntax::Expr& expr, const model::Type& type) {
  Context& ctx = reader.ctx;
  if (type.kind != TypeKind::kRecord) return Unfit(reader, expr, type);
  const model::Record& record = ctx.policy.records[type.record.index];
  std::vector<std::string> names;
  for (const model::Field& field : record.fields) names.push_back(field.name);
  GivenValue given = Make(GivenKind::kRecord, expr.span);
  std::set<std::string> seen;
  bool ok = true;
  for (std::size_t i = 0; i < expr.fields.size(); ++i) {
    const syntax::Name& name = expr.fields[i];
    std::size_t field = 0;
    while (field < names.size() && names[field] != name.text) ++field;
    const bool known = field < names.size();
    const bool derived = known && !ctx.records[type.record.index].fields[field]->type.has_value();
    if (!known) {
      ReportUnknown(ctx, Code::kUnknownField, name.span, "`" + record.name + "` has no field `" + name.text + "`",
                    NearestHelp(name.text, names));
    } else if (derived) {
      ctx.sink.Report(Code::kUnfitValue, name.span, "`" + name.text + "` is worked out from the other fields",
                      "leave it out");
    } else if (!seen.insert(name.text).second) {
      ctx.sink.Report(Code::kDuplicateName, name.span, "`" + name.text + "` is given twice", "take one of the two out");
    }
    if (known) Refer(ctx, name.span, record.fields[field].span);
    if (!known || derived || ctx.records[type.record.index].progress[field] != Progress::kDone) {
      ok = false;
      continue;
    }
    Read value = ReadGiven(ctx, reader.file, expr.args[i], record.fields[field].type);
    ok = ok && value.has_value();
    if (value) given.fields.push_back({model::FieldId(field), {std::move(*value)}});
  }
  return ok ? Read(std::move(given)) : std::nullopt;
}

Read ReadList(const Reader& reader, const syntax::Expr& expr, const model::Type& type) {
  if (type.kind != TypeKind::kList) return Unfit(reader, expr, type);
  GivenValue given = Make(GivenKind::kList, expr.span);
  given.open = expr.open;
  bool ok = true;
  for (const syntax::ExprId arg : expr.args) {
    Read element = ReadGiven(reader.ctx, reader.file, arg, ElementType(type));
    ok = ok && element.has_value();
    if (element) given.elements.push_back(std::move(*element));
  }
  return ok ? Read(std::move(given)) : std::nullopt;
}

}  // namespace

// Recursion is bounded: a list holds records, a record single values.
std::optional<GivenValue> ReadGiven(Context& ctx, const syntax::File& file, syntax::ExprId id,
                                    const model::Type& type) {
  if (!id.valid()) return std::nullopt;
  const syntax::Expr& expr = file.expr(id);
  const Reader reader{ctx, file};
  switch (expr.kind) {
    case ExprKind::kUnknown:
      return Make(GivenKind::kNull, expr.span);
    case ExprKind::kNotAsked:
      return Make(GivenKind::kAbsent, expr.span);
    case ExprKind::kLiteral:
      return ReadLiteral(reader, expr, type);
    case ExprKind::kName:
      return ReadSymbol(reader, expr, type);
    case ExprKind::kRecord:
      return ReadRecord(reader, expr, type);
    case ExprKind::kList:
      return ReadList(reader, expr, type);
    case ExprKind::kImprecise:
      return IsDateLike(type) ? ReadRange(reader, expr, expr.range, type) : Unfit(reader, expr, type);
    case ExprKind::kEmpty:
      return type.kind == TypeKind::kList ? Read(Make(GivenKind::kList, expr.span)) : Unfit(reader, expr, type);
    case ExprKind::kToday:
    case ExprKind::kNow:
    case ExprKind::kColumn:
    case ExprKind::kSet:
    case ExprKind::kNot:
    case ExprKind::kAnd:
    case ExprKind::kOr:
    case ExprKind::kImplies:
    case ExprKind::kCompare:
    case ExprKind::kRange:
    case ExprKind::kIs:
    case ExprKind::kIn:
    case ExprKind::kIsKnown:
    case ExprKind::kIsEmpty:
    case ExprKind::kIsNone:
    case ExprKind::kIsState:
    case ExprKind::kIsAtLeast:
    case ExprKind::kTime:
    case ExprKind::kQuantifier:
    case ExprKind::kCount:
    case ExprKind::kWhere:
    case ExprKind::kField:
    case ExprKind::kAdd:
    case ExprKind::kSubtract:
    case ExprKind::kMultiply:
    case ExprKind::kLatest:
    case ExprKind::kCall:
    case ExprKind::kEach:
    case ExprKind::kConditional:
      break;
  }
  return Unfit(reader, expr, type, "a test gives facts as plain values");
}

std::optional<model::FactId> FindGivenFact(Context& ctx, const syntax::QName& name) {
  const auto found = ctx.values.find(name.parts[0].text);
  if (found == ctx.values.end() || found->second.kind != NameKind::kFact) {
    std::vector<std::string> candidates;
    for (const model::Fact& fact : ctx.policy.facts) candidates.push_back(fact.name);
    ReportUnknown(ctx, Code::kUnknownName, name.span, "there is no fact `" + Joined(name) + "`",
                  NearestHelp(name.parts[0].text, candidates, "a test gives facts"));
    return std::nullopt;
  }
  if (name.parts.size() > 1) {
    ctx.sink.Report(Code::kWholeFacts, name.span,
                    "`" + Joined(name) + "` is a part of a fact, and a test gives whole facts",
                    "write `" + name.parts[0].text + " = …` with all its fields, or a table of `cases … for one`");
    return std::nullopt;
  }
  Refer(ctx, name.span, found->second.span);
  if (ctx.facts[found->second.index].progress != Progress::kDone) return std::nullopt;
  return model::FactId(found->second.index);
}

std::optional<model::Moment> ReadMoment(Context& ctx, const syntax::Expr& expr) {
  if (expr.kind == ExprKind::kLiteral && expr.value.kind == value::Kind::kDate) {
    return model::Moment{calendar::Date{expr.value.number}, std::nullopt};
  }
  if (expr.kind == ExprKind::kLiteral && expr.value.kind == value::Kind::kDatetime) {
    const calendar::Datetime time{expr.value.number};
    return model::Moment{calendar::DayOf(time), time};
  }
  ctx.sink.Report(Code::kUnfitValue, expr.span, "`" + FoldedText(ctx, expr.span) + "` is no day for `today`",
                  "write a date, or a date with a time: `2025-03-01`, `2025-03-01T14:30`");
  return std::nullopt;
}

model::Setup ReadSetup(Context& ctx, const syntax::File& file, const syntax::Setup& written) {
  model::Setup setup;
  if (written.today.valid()) setup.today = ReadMoment(ctx, file.expr(written.today));
  std::set<std::size_t> seen;
  for (const syntax::Binding& binding : written.given) {
    const std::optional<model::FactId> fact = FindGivenFact(ctx, binding.path);
    if (!fact) continue;
    if (!seen.insert(fact->index).second) {
      ctx.sink.Report(Code::kDuplicateName, binding.path.span, "`" + Joined(binding.path) + "` is given twice",
                      "take one of the two out");
      continue;
    }
    auto value = ReadGiven(ctx, file, binding.value, ctx.policy.facts[fact->index].type);
    if (value) setup.given.push_back({*fact, std::move(*value)});
  }
  return setup;
}

void Give(model::Setup& setup, model::FactId fact, GivenValue value) {
  for (model::Given& given : setup.given) {
    if (given.fact != fact) continue;
    given.value = std::move(value);
    return;
  }
  setup.given.push_back({fact, std::move(value)});
}

void Overlay(model::Setup& setup, const model::Setup& more) {
  if (more.today) setup.today = more.today;
  for (const model::Given& given : more.given) Give(setup, given.fact, given.value);
}

}  // namespace cordon::check
