// Types and symbols; see types.h.
#include "check/types.h"

#include <algorithm>

#include "support/text.h"

namespace cordon::check {

using model::Type;
using model::TypeKind;

namespace {

TypeKind KindOf(syntax::TypeName name) {
  switch (name) {
    case syntax::TypeName::kBool:
      return TypeKind::kBool;
    case syntax::TypeName::kInt:
      return TypeKind::kInt;
    case syntax::TypeName::kDecimal:
      return TypeKind::kDecimal;
    case syntax::TypeName::kText:
      return TypeKind::kText;
    case syntax::TypeName::kDate:
      return TypeKind::kDate;
    case syntax::TypeName::kDatetime:
      return TypeKind::kDatetime;
    case syntax::TypeName::kDuration:
      return TypeKind::kDuration;
    case syntax::TypeName::kNamed:
      return TypeKind::kCategory;
  }
  return TypeKind::kBool;
}

std::optional<Type> ResolveNamed(Context& ctx, const syntax::Name& name) {
  if (name.text == "Group") return Scalar(TypeKind::kGroup);
  const auto found = ctx.types.find(name.text);
  if (found == ctx.types.end()) {
    std::vector<std::string> candidates = {"bool", "int", "decimal", "text", "date", "datetime", "duration"};
    for (const std::string& type : NamesOf(ctx.types)) candidates.push_back(type);
    ReportUnknown(ctx, Code::kUnknownType, name.span, "there is no type `" + name.text + "`",
                  NearestHelp(name.text, candidates, "declare it with `category`, `scale` or `record`"));
    return std::nullopt;
  }
  Refer(ctx, name.span, found->second.span);
  if (found->second.kind == NameKind::kCategory) return OfCategory(model::CategoryId(found->second.index));
  Type type;
  type.kind = TypeKind::kRecord;
  type.record = model::RecordId(found->second.index);
  return type;
}

}  // namespace

std::optional<Type> ResolveType(Context& ctx, const syntax::Type& written) {
  Type type;
  if (written.name == syntax::TypeName::kNamed) {
    const std::optional<Type> named = ResolveNamed(ctx, written.named);
    if (!named) return std::nullopt;
    type = *named;
  } else {
    type.kind = KindOf(written.name);
  }
  if (written.is_list) {
    if (written.or_none || type.kind == TypeKind::kGroup) {
      ctx.sink.Report(Code::kUnfitType, written.span,
                      type.kind == TypeKind::kGroup ? "there are no lists of groups" : "a list is never none",
                      type.kind == TypeKind::kGroup ? "" : "a list that holds nothing is empty: leave out `or none`");
      return std::nullopt;
    }
    type.element = type.kind;
    type.kind = TypeKind::kList;
  }
  type.or_none = written.or_none;
  return type;
}

std::string DescribeType(const model::Policy& policy, const Type& type) {
  std::string text;
  switch (type.kind) {
    case TypeKind::kBool:
      text = "yes or no";
      break;
    case TypeKind::kInt:
      text = "a whole number";
      break;
    case TypeKind::kDecimal:
      text = "a decimal number";
      break;
    case TypeKind::kText:
      text = "a text";
      break;
    case TypeKind::kDate:
      text = "a date";
      break;
    case TypeKind::kDatetime:
      text = "a date with a time";
      break;
    case TypeKind::kDuration:
      text = "an exact length of time";
      break;
    case TypeKind::kPeriod:
      text = "a length in months or years";
      break;
    case TypeKind::kCategory:
      text = "a `" + policy.categories[type.category.index].name + "`";
      break;
    case TypeKind::kRecord:
      text = "a record `" + policy.records[type.record.index].name + "`";
      break;
    case TypeKind::kList:
      text = "a list";
      break;
    case TypeKind::kGroup:
      text = "a group of facts";
      break;
  }
  return type.or_none ? text + " or none" : text;
}

Type Scalar(TypeKind kind) {
  Type type;
  type.kind = kind;
  return type;
}

Type OfCategory(model::CategoryId category) {
  Type type;
  type.kind = TypeKind::kCategory;
  type.category = category;
  return type;
}

Type TypeOfValue(const value::Value& value) {
  switch (value.kind) {
    case value::Kind::kBool:
      return Scalar(TypeKind::kBool);
    case value::Kind::kInt:
      return Scalar(TypeKind::kInt);
    case value::Kind::kDecimal:
      return Scalar(TypeKind::kDecimal);
    case value::Kind::kText:
      return Scalar(TypeKind::kText);
    case value::Kind::kDate:
      return Scalar(TypeKind::kDate);
    case value::Kind::kDatetime:
      return Scalar(TypeKind::kDatetime);
    case value::Kind::kDuration:
      return Scalar(TypeKind::kDuration);
    case value::Kind::kPeriod:
      return Scalar(TypeKind::kPeriod);
    case value::Kind::kSymbol:
      return Scalar(TypeKind::kCategory);
    case value::Kind::kNone:
      break;
  }
  Type none = Scalar(TypeKind::kBool);
  none.or_none = true;
  return none;
}

bool IsDateLike(const Type& type) { return type.kind == TypeKind::kDate || type.kind == TypeKind::kDatetime; }

bool IsNumber(const Type& type) { return type.kind == TypeKind::kInt || type.kind == TypeKind::kDecimal; }

bool SameKind(const Type& a, const Type& b) {
  Type x = a;
  x.or_none = b.or_none;
  return x == b;
}

SymbolMatch MatchSymbol(const model::Category& category, const std::string& name) {
  SymbolMatch match;
  const std::string ending = "." + name;
  for (std::size_t i = 0; i < category.nodes.size(); ++i) {
    const std::string& path = category.nodes[i].path;
    if (path == name) return {i, {}};
    if (path.ends_with(ending)) {
      match.node = i;
      match.several.push_back(path);
    }
  }
  if (match.several.size() > 1) {
    match.node = std::nullopt;
  } else {
    match.several.clear();
  }
  return match;
}

namespace {

// The name of a symbol, and before it those of the symbols above it, as far as they are written.
void ReferToSymbol(const Context& ctx, model::CategoryId category, std::size_t node, const syntax::QName& name) {
  const std::vector<model::CategoryNode>& nodes = ctx.policy.categories[category.index].nodes;
  std::string path = nodes[node].path;
  for (auto part = name.parts.rbegin(); part != name.parts.rend(); ++part) {
    while (nodes[node].path != path) --node;  // what is above stands before
    Refer(ctx, part->span, ctx.categories[category.index].nodes[node]);
    const std::size_t dot = path.rfind('.');
    if (dot == std::string::npos) return;
    path.resize(dot);
  }
}

}  // namespace

std::optional<std::size_t> FindSymbol(Context& ctx, model::CategoryId category_id, const syntax::QName& name) {
  const model::Category& category = ctx.policy.categories[category_id.index];
  const std::string written = Joined(name);
  const SymbolMatch match = MatchSymbol(category, written);
  if (match.node) {
    ReferToSymbol(ctx, category_id, *match.node, name);
    return match.node;
  }
  if (!match.several.empty()) {
    ctx.sink.Report(Code::kAmbiguousName, name.span,
                    "`" + written + "` is the name of several symbols of `" + category.name + "`",
                    "write `" + support::Join(match.several, "` or `") + "`");
    return std::nullopt;
  }
  std::vector<std::string> candidates;
  for (const model::CategoryNode& node : category.nodes) candidates.push_back(node.name);
  std::string all;
  if (candidates.size() <= 8) all = "its symbols are `" + support::Join(candidates, "`, `") + "`";
  for (const model::CategoryNode& node : category.nodes) candidates.push_back(node.path);
  ReportUnknown(ctx, Code::kUnknownSymbol, name.span, "`" + category.name + "` has no symbol `" + written + "`",
                NearestHelp(written, candidates, all));
  return std::nullopt;
}

std::vector<std::size_t> LeavesOf(const model::CategoryNode& node) {
  std::vector<std::size_t> leaves;
  for (std::size_t leaf = node.first_leaf; leaf < node.end_leaf; ++leaf) leaves.push_back(leaf);
  return leaves;
}

std::optional<model::CategoryId> SettingCategory(const Context& ctx) {
  const auto found = ctx.types.find("Setting");
  if (found == ctx.types.end() || found->second.kind != NameKind::kCategory) return std::nullopt;
  return model::CategoryId(found->second.index);
}

std::vector<std::size_t> ResolveSettings(Context& ctx, const std::vector<syntax::QName>& names) {
  std::vector<std::size_t> leaves;
  const std::optional<model::CategoryId> category = SettingCategory(ctx);
  for (const syntax::QName& name : names) {
    if (!category) {
      ctx.sink.Report(Code::kNoSettings, name.span,
                      "`" + Joined(name) + "` cannot be looked up: no category of care settings is in use",
                      "add `use std.settings` below the policy's header, or declare `category Setting`");
      return {};
    }
    const std::optional<std::size_t> node = FindSymbol(ctx, *category, name);
    if (!node) continue;
    for (const std::size_t leaf : LeavesOf(ctx.policy.categories[category->index].nodes[*node])) leaves.push_back(leaf);
  }
  std::sort(leaves.begin(), leaves.end());
  leaves.erase(std::unique(leaves.begin(), leaves.end()), leaves.end());
  return leaves;
}

}  // namespace cordon::check
