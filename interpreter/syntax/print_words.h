// The words that the text dump of the syntax tree uses for names, types, values and kinds. Private to syntax/.
#pragma once

#include <string>
#include <string_view>

#include "syntax/ast.h"

namespace cordon::syntax {

// `a.b.c`.
std::string PrintName(const QName& name);
// What stood behind `version`, in quotes, or `undated`.
std::string PrintVersion(const Version& version);
// `list of T`, `T or none`.
std::string PrintType(const Type& type);
// In double quotes, with escapes: the literal that reads back as `text`.
std::string Quoted(std::string_view text);
// An expression without its arguments: its kind and what it holds itself.
std::string PrintHead(const Expr& expr);

std::string_view WordOf(EventRelation relation);
std::string_view WordOf(Modality modality);
std::string_view WordOf(Mode mode);
std::string_view WordOf(ChangeKind kind);
std::string_view WordOf(ExpectedStatus status);
std::string_view WordOf(ClauseKind kind);  // empty for a note
// With a blank before it; empty for a complete table.
std::string_view WordOf(TableReading reading);

}  // namespace cordon::syntax
