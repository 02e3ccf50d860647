// The parts that declarations and statements are made of: names, notes, expressions and types.
//
// An expression is a row of its file's arena and refers to others by ExprId (children before parents). The rest of the
// syntax tree: ast.h.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "diagnostics/source.h"
#include "support/id.h"
#include "value/value.h"

namespace cordon::syntax {

using diagnostics::Span;

struct ExprTag {};
using ExprId = support::Id<ExprTag>;

struct Name {
  std::string text;
  Span span;
};

// `a`, `a.b.c`. Row names may follow a dot: `skema_2.3c`.
struct QName {
  std::vector<Name> parts;
  Span span;
};

// `da "…"`; several strings after one language are joined with a blank.
struct LangText {
  Name language;
  std::string text;
  Span span;
};

// `cite SOURCE "place"`.
struct Cite {
  Name source;
  std::string place;
  Span span;
};

// `interpretation ID "text"`; without a text it is the one recorded under that id.
struct Interpretation {
  Name id;
  std::string text;
  Span span;
};

// One id of `answers "ID", "ID"`: a statement of the guideline's checklist.
struct StatementId {
  std::string id;
  Span span;
};

// What may stand below most declarations and statements, each any number of times where the language does not limit it.
struct Notes {
  std::vector<Cite> cites;
  std::vector<StatementId> answers;
  std::vector<Interpretation> interpretations;
  std::vector<LangText> quotes;
  std::vector<LangText> texts;  // `text en "…"`
  std::vector<LangText> help;
  std::vector<LangText> ask;
  std::vector<std::string> because;  // `because "…"` of a rule or table
};

enum class ExprKind : std::uint8_t {
  kLiteral,    // value
  kName,       // name: a fact, definition, parameter, symbol, variable or field, dotted for fields
  kImprecise,  // range: `2019-09`, `2024-06 .. 2024-09`; in facts of tests only
  kUnknown,    // `unknown`: sought and not learnt; in facts of tests only
  kNotAsked,   // `not asked`; in facts of tests only
  kEmpty,      // `empty`
  kToday,
  kNow,
  kColumn,       // the expression of the cell's column: the left side of `> 24 hours` in a cell
  kSet,          // `{ A, B }`: args
  kList,         // `[ a, b ]`: args; `open` for `at least [ … ]`
  kRecord,       // `{ field: value, … }`: fields and args in step
  kNot,          // args[0]
  kAnd,          // args, two or more
  kOr,           // args, two or more
  kImplies,      // args[0] implies args[1]
  kCompare,      // args[0] compare args[1]
  kRange,        // args[0] lies in args[1] .. args[2], both ends in
  kIs,           // args[0] is name: a symbol and all below it; negated for `is not`
  kIn,           // args[0] in args[1]; negated for `not in`
  kIsKnown,      // args[0]; negated for `is unknown`
  kIsEmpty,      // args[0]; negated for `is not empty`
  kIsNone,       // args[0]; negated for `is not none`
  kIsState,      // args[0] (an output) is state
  kIsAtLeast,    // args[0] (an output) is at least args[1]
  kTime,         // args[0] relation args[1] before args[2]; args[2] is kToday for `within the last`, `ago`
  kQuantifier,   // quantifier variable in args[0] has (args[1])
  kCount,        // `count(args[0])`
  kWhere,        // args[0] where (args[1]); the element's fields are in scope by their bare names
  kField,        // args[0] . name, where args[0] is no plain name
  kAdd,          // args[0] + args[1]
  kSubtract,     // args[0] - args[1]
  kMultiply,     // args[0] * args[1]
  kLatest,       // `latest args[0] by args[1]`; negated for `earliest`; the element's fields are in scope in args[1]
  kCall,         // name(args): a definition that has parameters
  kEach,         // `each variable in args[0]`: an argument of a duty, one duty for each element
  kConditional,  // args[0] when args[1], otherwise args[2]
};

enum class CompareOp : std::uint8_t { kLess, kLessEqual, kGreater, kGreaterEqual, kEqual, kNotEqual };
enum class TimeRelation : std::uint8_t { kWithin, kLessThan, kMoreThan, kAtLeast };
enum class Quantifier : std::uint8_t { kSome, kEvery, kNo };
enum class OutputState : std::uint8_t { kJudgement, kNotCovered, kConflict };

struct Expr {
  ExprKind kind = ExprKind::kLiteral;
  Span span = {};
  std::vector<ExprId> args = {};
  value::Value value = {};                // kLiteral
  QName name = {};                        // kName, kIs; kField: one part
  std::vector<Name> fields = {};          // kRecord
  Name variable = {};                     // kQuantifier, kEach
  std::string range = {};                 // kImprecise: as calendar::ParseDateRange or ParseDatetimeRange reads it
  CompareOp compare = CompareOp::kEqual;  // kCompare
  TimeRelation relation = TimeRelation::kWithin;  // kTime
  Quantifier quantifier = Quantifier::kSome;      // kQuantifier
  OutputState state = OutputState::kJudgement;    // kIsState
  bool negated = false;                           // kIs, kIn, kIsKnown, kIsEmpty, kIsNone, kIsState, kLatest
  bool open = false;                              // kList
};

enum class TypeName : std::uint8_t { kBool, kInt, kDecimal, kText, kDate, kDatetime, kDuration, kNamed };

// `T`, `T or none`, `list of T`.
struct Type {
  TypeName name = TypeName::kBool;
  Name named;  // kNamed: a category, scale, record or `Group`
  bool is_list = false;
  bool or_none = false;
  Span span;
};

}  // namespace cordon::syntax
