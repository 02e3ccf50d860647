// Private to check/: the input columns of a table as domains cut into atoms, and its cells as sets of these.
//
// A column is one operand: a bool, a category, a text, or something ordered. Of what is ordered, the points are what
// the cells compare it with: constants; or days and minutes counted from `today`, `now` or one other date. Between two
// points lies one atom more, where there is a value between them. What a cell tests beyond its own operand, or points
// whose order is not fixed (1 month and 30 days ago), make the column opaque: nothing is then said about the table.
// See boxes.h and table_lints.cc.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "check/boxes.h"
#include "check/context.h"

namespace cordon::check {

// What a column's operand is compared with.
struct ColumnPoint {
  std::string anchor;       // empty: a constant; else what the period is counted from
  value::Value value;       // a constant's; a text's
  calendar::Period period;  // counted from the anchor
  int direction = 0;        // -1 before, 1 after, 0 the anchor itself
  std::int64_t low = 0;     // where it lies, in the unit of its kind: the same as `high` but for months
  std::int64_t high = 0;
};

// A condition that stands for a column, and the variable whose element it reads (invalid: none).
struct ColumnTest {
  model::ExprId condition;
  model::VariableId variable;
};

enum class ColumnKind : std::uint8_t { kBool, kSymbols, kTexts, kOrdered };

struct Column {
  std::string heading;  // as written
  std::string key;      // the operand, printed: what tells columns apart
  model::Type type;     // the operand's; a list's where its elements are counted
  ColumnKind kind = ColumnKind::kBool;
  bool not_negative = false;        // a length of time that its record requires not to be negative
  std::vector<ColumnPoint> points;  // sorted; kTexts and kOrdered
  std::size_t num_atoms = 0;        // `none` is the last, where the type has it
  AtomSet domain;                   // the atoms that can occur
};

// The operand of a column: the outermost expression of `condition` that was written within `heading`; invalid where
// there is none.
model::ExprId FindOperand(const model::Policy& policy, model::ExprId condition, const Span& heading);

// The column of the operand `operand` as `tests` (its cells) and those of `limits` that are about it alone see it; the
// latter restrict its domain. Nothing where it is opaque.
std::optional<Column> MakeColumn(const model::Policy& policy, const ColumnTest& operand,
                                 const std::vector<ColumnTest>& tests, const std::vector<ColumnTest>& limits);

// The atoms for which `test` holds. REQUIRES: `column` was made with it.
AtomSet AtomsOf(const model::Policy& policy, const Column& column, const ColumnTest& test);

// `set` as a cell could say it, `any` where it is the whole domain. Where no one cell can, a part of it.
std::string DescribeAtoms(const model::Policy& policy, const Column& column, const AtomSet& set);

}  // namespace cordon::check
