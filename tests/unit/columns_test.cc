// Columns hold what subjects say: every type in every state, there and back, and rows that are dropped leave nothing.
#include "facts/columns.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "columns_samples.h"

namespace cordon::facts {
namespace {

using model::Type;
using model::TypeKind;
using value::Value;

const model::Policy& Policy() {
  static const model::Policy policy = samples::EveryType();
  return policy;
}

std::vector<bool> All() { return std::vector<bool>(Policy().facts.size(), true); }

Cell Null() {
  Cell cell;
  cell.state = CellState::kNull;
  return cell;
}
Cell Range(std::int64_t first, std::int64_t last) {
  Cell cell;
  cell.state = CellState::kRange;
  cell.first = first;
  cell.last = last;
  return cell;
}
Cell Symbols(std::size_t first, std::size_t end) {
  Cell cell;
  cell.state = CellState::kSymbols;
  cell.first_leaf = first;
  cell.end_leaf = end;
  return cell;
}

// Every state that a scalar of `type` can be in, with the values at its ends.
std::vector<Cell> StatesOf(const Type& type) {
  const std::int64_t last_day = calendar::kLastDate.days;
  const std::int64_t first_minute = calendar::kFirstDatetime.minutes;
  std::vector<Cell> cells = {Cell{}, Null()};
  if (type.or_none) cells.push_back(Cell::Known(Value::None()));
  const auto add = [&](const Value& value) { cells.push_back(Cell::Known(value)); };
  switch (type.kind) {
    case TypeKind::kBool:
      add(Value::Bool(false));
      add(Value::Bool(true));
      break;
    case TypeKind::kInt:
      add(Value::Int(-value::kLargestNumber));
      add(Value::Int(value::kLargestNumber));
      break;
    case TypeKind::kDecimal:
      add(Value::Decimal(-value::kLargestNumber * value::kDecimalScale));
      add(Value::Decimal(1));
      break;
    case TypeKind::kText:
      add(Value::Text(""));
      add(Value::Text("sårpodning"));
      break;
    case TypeKind::kDate:
      add(Value::OfDate(calendar::kFirstDate));
      add(Value::OfDate(calendar::kLastDate));
      cells.push_back(Range(last_day - 3, last_day));
      break;
    case TypeKind::kDatetime:
      add(Value::OfDatetime(calendar::kFirstDatetime));
      add(Value::OfDatetime(calendar::kLastDatetime));
      cells.push_back(Range(first_minute, first_minute + 1));
      break;
    case TypeKind::kDuration:
      add(Value::Duration(value::kLargestNumber));
      break;
    case TypeKind::kPeriod:
      add(Value::Months(7));
      break;
    case TypeKind::kCategory:
      add(Value::Symbol(1));
      cells.push_back(Symbols(0, 2));
      break;
    case TypeKind::kRecord:
    case TypeKind::kList:
    case TypeKind::kGroup:
      ADD_FAILURE();
  }
  return cells;
}

bool IsScalar(const Type& type) { return type.kind != TypeKind::kRecord && type.kind != TypeKind::kList; }

class Subjects {
 public:
  explicit Subjects(unsigned seed) : random_(seed) {}

  // Each fact in some state, elements and fields too.
  Subject Make() {
    Subject subject = Unasked(Policy(), {calendar::Date{Below(40000)}, std::nullopt});
    if (Below(2) == 0) subject.as_of.time = calendar::Datetime{subject.as_of.date.days * 1440 + Below(1440)};
    subject.id = std::string(static_cast<std::size_t>(Below(40)), 'p');
    for (std::size_t i = 0; i < subject.facts.size(); ++i) subject.facts[i] = Any(Policy().facts[i].type);
    return subject;
  }

 private:
  std::int64_t Below(std::int64_t end) { return std::uniform_int_distribution<std::int64_t>(0, end - 1)(random_); }

  Cell Any(const Type& type) {
    if (IsScalar(type)) {
      const std::vector<Cell> states = StatesOf(type);
      return states[static_cast<std::size_t>(Below(static_cast<std::int64_t>(states.size())))];
    }
    const std::int64_t form = Below(5);
    if (form == 0) return Cell{};
    if (form == 1) return Null();
    Cell cell;
    if (type.kind == TypeKind::kList) {
      cell.state = CellState::kList;
      cell.open = Below(3) == 0;
      for (std::int64_t left = Below(4); left > 0; --left) {
        cell.children.push_back(type.record.valid() ? Record() : Any(ElementType(type)));
      }
      return cell;
    }
    return Record();
  }

  Cell Record() {
    Cell cell;
    cell.state = CellState::kRecord;
    for (const model::Field& field : Policy().records[0].fields) {
      cell.children.push_back(field.derived.valid() ? Cell{} : Any(field.type));
    }
    return cell;
  }

  std::mt19937 random_;
};

TEST(Columns, EveryScalarInEveryStateIsReadBack) {
  Columns columns(Policy(), All(), {"a constant"});
  for (std::size_t i = 0; i < Policy().facts.size(); ++i) {
    if (!IsScalar(Policy().facts[i].type)) continue;
    const std::vector<Cell> states = StatesOf(Policy().facts[i].type);
    columns.Clear(states.size());
    for (const Cell& state : states) {
      Subject subject = Unasked(Policy(), {calendar::Date{1}, std::nullopt});
      subject.facts[i] = state;
      columns.Append(subject);
    }
    for (std::size_t row = 0; row < states.size(); ++row) {
      EXPECT_EQ(samples::Dump(columns.ToSubject(row).facts[i]), samples::Dump(states[row])) << Policy().facts[i].name;
    }
  }
}

TEST(Columns, ManyRowsAreReadBackWhateverTheyHold) {
  constexpr unsigned kSeed = 17;
  Subjects subjects(kSeed);
  Columns columns(Policy(), All());
  for (int block = 0; block < 3; ++block) {
    std::vector<std::string> given;
    columns.Clear(150);
    for (int row = 0; row < 150; ++row) {
      const Subject subject = subjects.Make();
      given.push_back(samples::Dump(Policy(), subject));
      columns.Append(subject);
    }
    for (std::size_t row = 0; row < given.size(); ++row) {
      EXPECT_EQ(samples::Dump(Policy(), columns.ToSubject(row)), given[row]) << "seed " << kSeed;
    }
  }
}

TEST(Columns, ADroppedRowLeavesNoTrace) {
  constexpr unsigned kSeed = 18;
  Subjects subjects(kSeed);
  Columns kept(Policy(), All());
  Columns dropped(Policy(), All());
  kept.Clear(130);
  dropped.Clear(130);
  for (int row = 0; row < 130; ++row) {
    const Subject subject = subjects.Make();
    kept.Append(subject);
    // Half of what another subject says, one fact after another, and then all of it is taken back.
    const Subject other = subjects.Make();
    for (std::size_t i = 0; i < Policy().facts.size(); i += 2) {
      const Type& type = Policy().facts[i].type;
      if (IsScalar(type) && other.facts[i].state != CellState::kAbsent) {
        dropped.Put(dropped.Touch(model::FactId(i)).scalar, static_cast<std::uint32_t>(row), other.facts[i]);
      } else if (type.kind == TypeKind::kList) {
        FactColumn& column = dropped.Touch(model::FactId(i));
        SetBit(column.list.given, static_cast<std::size_t>(row));
        for (const Cell& element : other.facts[i].children) {
          const std::uint32_t entry = dropped.AddElement(column);
          for (std::size_t f = 0; f < element.children.size(); ++f) {
            dropped.Put(column.list.fields[f], entry, element.children[f]);
          }
        }
      }
    }
    dropped.DropRow();
    dropped.Append(subject);
  }
  for (std::size_t row = 0; row < 130; ++row) {
    EXPECT_EQ(samples::Dump(Policy(), dropped.ToSubject(row)), samples::Dump(Policy(), kept.ToSubject(row)))
        << "seed " << kSeed;
  }
  for (std::size_t i = 0; i < Policy().facts.size(); ++i) {
    EXPECT_EQ(dropped.facts[i].scalar.known, kept.facts[i].scalar.known);
    EXPECT_EQ(dropped.facts[i].list.owners, kept.facts[i].list.owners);
    EXPECT_EQ(dropped.facts[i].list.offsets, kept.facts[i].list.offsets);
  }
}

TEST(Columns, AFactThatOnlyADroppedRowGaveIsNotTouched) {
  Columns columns(Policy(), All());
  columns.Clear(4);
  const model::FactId fact(Policy().facts.size() - 2);
  columns.AddElement(columns.Touch(fact));
  columns.DropRow();
  EXPECT_FALSE(columns.facts[fact.index].touched);
  columns.Append(Unasked(Policy(), {calendar::Date{1}, std::nullopt}));
  EXPECT_EQ(columns.ToSubject(0).facts[fact.index].state, CellState::kAbsent);
}

TEST(Columns, WhatIsNotWantedIsAbsent) {
  std::vector<bool> wanted(Policy().facts.size(), false);
  wanted[3] = true;
  Columns columns(Policy(), wanted);
  columns.Clear(1);
  const Subject subject = Subjects(3).Make();
  columns.Append(subject);
  const Subject read = columns.ToSubject(0);
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    EXPECT_EQ(samples::Dump(read.facts[i]), wanted[i] ? samples::Dump(subject.facts[i]) : "-");
  }
}

TEST(Columns, TextsAreNumberedOnceAndConstantsStay) {
  TextTable texts({"a", "b", "a"});
  EXPECT_EQ(texts.NumberOf("a"), 0);
  EXPECT_EQ(texts.NumberOf("b"), 1);
  for (int block = 0; block < 2; ++block) {
    for (int i = 0; i < 1000; ++i) EXPECT_EQ(texts.NumberOf("text " + std::to_string(i)), 2 + i);
    EXPECT_EQ(texts.text(1001), "text 999");
    texts.Clear();
  }
  EXPECT_EQ(texts.NumberOf("b"), 1);
  EXPECT_EQ(texts.NumberOf("c"), 2);
}

TEST(Columns, ARowIsCopiedWhole) {
  Columns from(Policy(), All());
  Columns to(Policy(), All());
  from.Clear(20);
  to.Clear(20);
  Subjects subjects(21);
  for (int row = 0; row < 20; ++row) from.Append(subjects.Make());
  for (std::size_t row = 20; row-- > 0;) to.AppendCopy(from, row);
  for (std::size_t row = 0; row < 20; ++row) {
    EXPECT_EQ(samples::Dump(Policy(), to.ToSubject(19 - row)), samples::Dump(Policy(), from.ToSubject(row)));
  }
}

}  // namespace
}  // namespace cordon::facts
