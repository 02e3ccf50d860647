// ReadScalar: one JSON value as a scalar of a declared type: exact, imprecise, none or unknown.
//
// Inside facts/ only. Nothing passes through floating point; nothing is guessed.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "diagnostics/diagnostic.h"
#include "facts/json_tree.h"
#include "facts/subject.h"
#include "model/model.h"

namespace cordon::facts {

// Why a value is refused. `message` goes on from the path: "is the number `5`, and it must be a text".
struct Fault {
  diagnostics::Code code;
  std::string message;
  std::string help;
};

// A cell of state kNull, kKnown, kRange or kSymbols, with its span. REQUIRES: `type` is no record, list or group.
// Codes: E0512 wrong type, E0513 no such day, E0514 out of range, E0515 not in its category.
std::variant<Cell, Fault> ReadScalar(const model::Policy& policy, const model::Type& type, const Node& node);

// The symbol or inner node of `category` that `name` means: a path from the root, or a name that stands once in the
// tree.
std::variant<Cell, Fault> ReadSymbol(const model::Category& category, std::string_view name);

// What a value is, for messages: "the number `5`", "a list".
std::string Describe(const Node& node);

// What a value of `type` looks like, for messages: "a date", "a symbol of `Country`".
std::string DescribeType(const model::Policy& policy, const model::Type& type);

}  // namespace cordon::facts
