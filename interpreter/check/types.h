// Private to check/: types as declarations write them and as messages call them, and symbols in their categories.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "check/context.h"

namespace cordon::check {

// The type that `type` names. Reports an unknown name (E0202), or a list that could be none (E0417).
std::optional<model::Type> ResolveType(Context& ctx, const syntax::Type& type);

// How messages call a type: "a date", "yes or no", "a `Country`".
std::string DescribeType(const model::Policy& policy, const model::Type& type);

model::Type Scalar(model::TypeKind kind);
model::Type OfCategory(model::CategoryId category);
// The type of a literal; no symbol, and none as `bool` that may be none.
model::Type TypeOfValue(const value::Value& value);
bool IsDateLike(const model::Type& type);
// int or decimal.
bool IsNumber(const model::Type& type);
// Whether the two are the same but for `or none`.
bool SameKind(const model::Type& a, const model::Type& b);

// What a symbol's name means in a category.
struct SymbolMatch {
  std::optional<std::size_t> node;
  std::vector<std::string> several;  // the paths of all that are meant, where it is not one
};
// Looks `name` up by its path from the root or the end of it.
SymbolMatch MatchSymbol(const model::Category& category, const std::string& name);
// The node `name` of `category`, or a report (E0203, E0208).
std::optional<std::size_t> FindSymbol(Context& ctx, model::CategoryId category, const syntax::QName& name);
// The leaves below a node.
std::vector<std::size_t> LeavesOf(const model::CategoryNode& node);
// The category `Setting`, or nothing.
std::optional<model::CategoryId> SettingCategory(const Context& ctx);
// The leaves of the settings in `names`, sorted. Reports what is no setting (E0203, E0421).
std::vector<std::size_t> ResolveSettings(Context& ctx, const std::vector<syntax::QName>& names);

}  // namespace cordon::check
