// Private to check/: expressions of the syntax tree, to typed expressions of the model.
//
// Every function here returns an invalid id where something is wrong and reported; whatever is built on it stays
// silent. The sugar that model/model.h says is gone is lowered on the way.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "check/context.h"
#include "check/types.h"

namespace cordon::check {

// An element that is in scope: by its name, or, without one, by the bare names of its fields.
struct Variable {
  std::string name;
  model::VariableId id;
  model::Type type;
  bool is_parameter = false;  // of a definition
};

// Where an expression stands.
struct Scope {
  const syntax::File* file = nullptr;
  model::ProtocolId protocol;         // invalid: outside of protocols
  model::RecordId own_record;         // valid: in a record, which reads nothing beyond itself
  std::vector<Variable> variables;    // innermost last
  std::set<std::string> not_none;     // places that the condition so far says are not none (PlaceOf)
  syntax::ExprId column;              // in a cell: its column's expression
  InterpretationIds interpretations;  // of the sets and parameters read
};

// Keeps a scope's `not_none` as it was. Lives as long as the part of the condition that may add to it.
class GuardsSaved {
 public:
  explicit GuardsSaved(Scope& scope) : scope_(scope), saved_(scope.not_none) {}
  ~GuardsSaved() { scope_.not_none = std::move(saved_); }
  GuardsSaved(const GuardsSaved&) = delete;
  GuardsSaved& operator=(const GuardsSaved&) = delete;

 private:
  Scope& scope_;
  std::set<std::string> saved_;
};

// The expression `id`; where `expected` is given, bare symbols are looked up in its category and whole numbers are
// taken as decimals if it is one. The result's type is not held against `expected`.
model::ExprId TypeExpr(Context& ctx, Scope& scope, syntax::ExprId id, const model::Type* expected = nullptr);
// The expression `id` as a condition; reports where it is none (E0302).
model::ExprId TypeCondition(Context& ctx, Scope& scope, syntax::ExprId id);
// The expression `id` as a list; reports where it is none (E0303).
model::ExprId TypeList(Context& ctx, Scope& scope, syntax::ExprId id);
// Brings the element of `variable` into scope, or reports that its name is taken (E0212) and still does.
void EnterVariable(Context& ctx, Scope& scope, const syntax::Name& variable, const model::Type& element);

// How a constant that does not fit is reported.
struct ConstantUse {
  Code mismatch = Code::kTypeMismatch;
  std::string what;  // "the output `screen`"
};
// The constant `id` (a literal, parameter or symbol) of type `expected`. Reports what varies (E0307, E0411) or does not
// fit (use.mismatch).
std::optional<value::Value> TypeConstant(Context& ctx, Scope& scope, syntax::ExprId id, const model::Type& expected,
                                         const ConstantUse& use);
// The constant length of time `id`, or nothing where it is no literal or parameter of such a type. Reports nothing.
std::optional<calendar::Period> FindPeriod(Context& ctx, Scope& scope, syntax::ExprId id);

// ---- between the files of expressions

// The expression behind `id`: a cell's column where it stands for that.
const syntax::Expr& Behind(const Scope& scope, syntax::ExprId& id);
// The output that `id` names, or nothing.
std::optional<model::OutputId> FindOutput(const Context& ctx, const Scope& scope, syntax::ExprId id);
// Whether the name `name` means a value here (and no symbol).
bool NamesValue(const Context& ctx, const Scope& scope, const syntax::QName& name);
// scope.cc: the value that a name means.
model::ExprId TypeName(Context& ctx, Scope& scope, const syntax::Expr& expr, const model::Type* expected);
// `object`.`field`.
model::ExprId TypeField(Context& ctx, const Scope& scope, model::ExprId object, const syntax::Name& field);
// The entry of a name that the protocol or the policy declares, or nothing.
const NameEntry* FindEntry(const Context& ctx, const Scope& scope, const std::string& name);
// Reports a record's own condition or field that reads beyond the record (E0418).
void ReportBeyondRecord(Context& ctx, const Scope& scope, const syntax::QName& name);
// Reports a name that means nothing here (E0201).
void ReportUnknownName(Context& ctx, const Scope& scope, const syntax::QName& name);
// comparisons.cc
model::ExprId TypeCompare(Context& ctx, Scope& scope, const syntax::Expr& expr);
model::ExprId TypeRange(Context& ctx, Scope& scope, const syntax::Expr& expr);
model::ExprId TypeTime(Context& ctx, Scope& scope, const syntax::Expr& expr);
// Two expressions of the syntax tree compared, in one of the ways below.
struct Comparison {
  syntax::CompareOp op = syntax::CompareOp::kEqual;
  syntax::ExprId left;
  syntax::ExprId right;
  Span span;
};
model::ExprId TypeComparison(Context& ctx, Scope& scope, const Comparison& comparison);
// The constant length of time `id`; reports where it is none (E0305, E0307).
std::optional<calendar::Period> TypeLength(Context& ctx, Scope& scope, syntax::ExprId id);
// Whether a difference is held against a constant, where one is compared; reports where not (E0320).
bool CheckDifference(Context& ctx, model::ExprId left, model::ExprId right, const Span& span);
// `left op right`, both typed.
model::ExprId CompareTyped(Context& ctx, Scope& scope, syntax::CompareOp op,
                           std::pair<model::ExprId, model::ExprId> sides, const Span& span);
// membership.cc: `is`, `in`, and comparisons with symbols, outputs and counts.
model::ExprId TypeIs(Context& ctx, Scope& scope, const syntax::Expr& expr);
model::ExprId TypeIn(Context& ctx, Scope& scope, const syntax::Expr& expr);
model::ExprId TypeIsState(Context& ctx, Scope& scope, const syntax::Expr& expr);
model::ExprId TypeIsAtLeast(Context& ctx, Scope& scope, const syntax::Expr& expr);
model::ExprId CompareOutput(Context& ctx, Scope& scope, model::OutputId output, const Comparison& comparison);
model::ExprId CompareSymbol(Context& ctx, Scope& scope, syntax::CompareOp op, model::ExprId left,
                            const syntax::QName& symbol, const Span& span);
model::ExprId CompareCount(Context& ctx, Scope& scope, const Comparison& comparison);
// lists.cc
model::ExprId TypeQuantifier(Context& ctx, Scope& scope, const syntax::Expr& expr);
model::ExprId TypeWhere(Context& ctx, Scope& scope, const syntax::Expr& expr);
model::ExprId TypeIsEmpty(Context& ctx, Scope& scope, const syntax::Expr& expr);
// extremes.cc: `latest xs by field`, `earliest …`
model::ExprId TypeLatest(Context& ctx, Scope& scope, const syntax::Expr& expr);
// Whether `list` and `key` of a greatest or least read no element from outside, but for the elements `own` and
// parameters of definitions; reports where they do (E0324).
bool CheckStandsAlone(Context& ctx, std::pair<model::ExprId, model::ExprId> list_and_key, model::VariableId own,
                      const std::vector<Variable>& parameters, const Span& span);
// calls.cc: a definition that has parameters, put in
model::ExprId TypeCall(Context& ctx, Scope& scope, const syntax::Expr& expr);
// `id` with elements of its own for its quantifiers and filters, so that it may stand inside itself.
model::ExprId CopyOf(Context& ctx, model::ExprId id);
// arithmetic.cc
// What a length of time is worked out from, through definitions and derived fields.
enum class Shape : std::uint8_t {
  kConstant,
  kSingle,      // a value
  kDifference,  // of two dates or times
};
Shape ShapeOf(const model::Policy& policy, model::ExprId id);
model::ExprId TypeSum(Context& ctx, Scope& scope, const syntax::Expr& expr);
// products.cc
model::ExprId TypeProduct(Context& ctx, Scope& scope, const syntax::Expr& expr);

// ---- guards.cc: what may be none

// Whether `id` may be none here, whatever the condition so far says.
bool MayBeNone(const Context& ctx, const Scope& scope, model::ExprId id);
// Reports a value that may be none where the condition has not said what none means (E0308). False where it did.
bool CheckNotNone(Context& ctx, const Scope& scope, model::ExprId id);
// Adds to the scope every place that is not none where `condition` is `truth`.
void AddGuards(const Context& ctx, model::ExprId condition, bool truth, Scope& scope);

// ---- definitions.cc: typed where first needed

// The definition's row in the model, or nothing where it is in error or part of a cycle (E0403).
std::optional<model::DefineId> NeedDefine(Context& ctx, std::size_t index, const Span& use);
// Types a definition that has parameters, over an element for each. False where it is in error or part of a cycle.
bool NeedParametric(Context& ctx, std::size_t index, const Span& use);
// Whether a definition or derived field can have the type of its value; reports where not (E0417).
bool CheckDefinedType(Context& ctx, model::ExprId value, const Span& span);
// Reports the circle that closes at `decl`, which is being typed (E0403).
void ReportDefinitionCycle(Context& ctx, const void* decl, const Span& use);
// Whether the field's type is known; a derived field is typed where first needed.
bool NeedField(Context& ctx, model::RecordId record, model::FieldId field, const Span& use);

// ---- build.cc: the model's expressions

// The most expressions that a condition may be made of, with its definitions put in wherever they are read, and how
// deep they may stand below one another: every later pass may walk them all, and may recurse.
inline constexpr std::size_t kLargest = 1'000'000;
inline constexpr std::size_t kDeepest = 1000;

model::ExprId Add(Context& ctx, model::Expr expr);
model::ExprId AddBool(Context& ctx, model::ExprKind kind, std::vector<model::ExprId> args, const Span& span);
model::ExprId AddConstant(Context& ctx, value::Value value, const model::Type& type, const Span& span);
model::ExprId AddYes(Context& ctx, bool yes, const Span& span);
model::ExprId AddNot(Context& ctx, model::ExprId condition, const Span& span);
model::ExprId AddElement(Context& ctx, const Variable& variable, const Span& span);
model::ExprId AddMember(Context& ctx, model::ExprId symbol, std::vector<std::size_t> leaves, const Span& span);
model::ExprId AddSome(Context& ctx, model::ExprId list, model::VariableId variable, model::ExprId condition,
                      const Span& span);
model::ExprId AddOutputIs(Context& ctx, model::OutputId output, model::OutputTest test, value::Value value,
                          const Span& span);
model::ExprId AddShift(Context& ctx, model::ExprId date, const calendar::Period& period, int direction,
                       const Span& span);

}  // namespace cordon::check
