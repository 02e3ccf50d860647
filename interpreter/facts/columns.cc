// Rows in and out of columns; see columns.h.
#include "facts/columns.h"

#include <algorithm>
#include <utility>

#include "support/assert.h"

namespace cordon::facts {
namespace {

using model::Type;
using model::TypeKind;

std::size_t WordsFor(std::size_t entries) { return (entries + 63) / 64; }

void Reset(Plane& plane, std::size_t entries) { plane.assign(WordsFor(entries), 0); }

bool HoldsRecord(const Type& type) { return type.kind == TypeKind::kRecord; }

void Declare(const model::Policy& policy, model::RecordId record, std::vector<ScalarColumn>& fields) {
  for (const model::Field& field : policy.records[record.index].fields) fields.emplace_back().kind = field.type.kind;
}

}  // namespace

bool IsWide(TypeKind kind) {
  return kind == TypeKind::kInt || kind == TypeKind::kDecimal || kind == TypeKind::kDuration ||
         kind == TypeKind::kPeriod;
}

// ---- texts

TextTable::TextTable(const std::vector<std::string>& constants) {
  for (const std::string& text : constants) NumberOf(text);
  num_constants_ = texts_.size();
}

std::int32_t TextTable::NumberOf(std::string_view text) {
  const auto found = numbers_.find(text);
  if (found != numbers_.end()) return found->second;
  const auto made = numbers_.emplace(std::string(text), static_cast<std::int32_t>(texts_.size())).first;
  texts_.push_back(&made->first);
  return made->second;
}

void TextTable::Clear() {
  while (texts_.size() > num_constants_) {
    numbers_.erase(numbers_.find(*texts_.back()));
    texts_.pop_back();
  }
}

// ---- the table

Columns::Columns(const model::Policy& policy, const std::vector<bool>& wanted,
                 const std::vector<std::string>& constants)
    : facts(policy.facts.size()), texts(constants), policy_(&policy) {
  for (std::size_t i = 0; i < facts.size(); ++i) {
    FactColumn& column = facts[i];
    const Type& type = policy.facts[i].type;
    column.wanted = wanted[i];
    column.scalar.kind = type.kind;
    if (HoldsRecord(type)) Declare(policy, type.record, column.fields);
    if (type.kind != TypeKind::kList) continue;
    const Type element = ElementType(type);
    if (HoldsRecord(element)) {
      Declare(policy, element.record, column.list.fields);
    } else {
      column.list.fields.emplace_back().kind = element.kind;
    }
  }
}

void Columns::Clear(std::size_t capacity) {
  capacity_ = capacity;
  num_rows_ = 0;
  if (ids.size() < capacity) ids.resize(capacity);
  days.resize(capacity);
  minutes.resize(capacity);
  Reset(timed, capacity);
  for (const std::uint32_t fact : touched_) facts[fact].touched = false;
  touched_.clear();
  touched_lists_.clear();
  num_touched_before_row_ = 0;
  texts.Clear();
}

namespace {

// Empties a column, with room for `num_entries`.
void Empty(ScalarColumn& column, std::size_t num_entries) {
  column.inexact.clear();
  Reset(column.known, num_entries);
  if (column.kind == TypeKind::kBool) {
    Reset(column.truths, num_entries);
  } else if (IsWide(column.kind)) {
    column.wide.resize(num_entries);
  } else {
    column.narrow.resize(num_entries);
  }
}

}  // namespace

void Columns::MakeReady(FactColumn& column, model::FactId fact) {
  CORDON_ASSERT(column.wanted);
  column.touched = true;
  touched_.push_back(static_cast<std::uint32_t>(fact.index));
  const Type& type = policy_->facts[fact.index].type;
  if (type.kind == TypeKind::kList) {
    touched_lists_.push_back(static_cast<std::uint32_t>(fact.index));
    Reset(column.list.given, capacity_);
    Reset(column.list.open, capacity_);
    Reset(column.list.null, capacity_);
    column.list.offsets.assign(capacity_ + 1, 0);
    column.list.owners.clear();
    column.list.maybe.clear();
    for (ScalarColumn& field : column.list.fields) Empty(field, column.list.room);
  } else if (HoldsRecord(type)) {
    Reset(column.given, capacity_);
    Reset(column.null, capacity_);
    Reset(column.none, capacity_);
    for (ScalarColumn& field : column.fields) Empty(field, capacity_);
  } else {
    Empty(column.scalar, capacity_);
  }
}

void Columns::Grow(ListColumn& list) {
  list.room = std::max<std::size_t>(64, 2 * list.room);
  list.owners.reserve(list.room);
  for (ScalarColumn& field : list.fields) {
    field.known.resize(WordsFor(list.room), 0);
    if (field.kind == TypeKind::kBool) {
      field.truths.resize(WordsFor(list.room), 0);
    } else if (IsWide(field.kind)) {
      field.wide.resize(list.room);
    } else {
      field.narrow.resize(list.room);
    }
  }
}

void Columns::EndRow(std::string_view id, const model::Moment& as_of) {
  ids[num_rows_].assign(id);
  days[num_rows_] = static_cast<std::int32_t>(as_of.date.days);
  if (as_of.time) {
    SetBit(timed, num_rows_);
    minutes[num_rows_] = static_cast<std::int32_t>(as_of.time->minutes);
  }
  ++num_rows_;
  for (const std::uint32_t fact : touched_lists_) {
    ListColumn& list = facts[fact].list;
    list.offsets[num_rows_] = static_cast<std::uint32_t>(list.owners.size());
  }
  num_touched_before_row_ = touched_.size();
}

namespace {

// Forgets the entries from `from` on.
void Truncate(ScalarColumn& column, std::size_t from, std::size_t to) {
  while (!column.inexact.empty() && column.inexact.back().entry >= from) column.inexact.pop_back();
  for (std::size_t entry = from; entry < to; ++entry) {
    ClearBit(column.known, entry);
    if (column.kind == TypeKind::kBool) ClearBit(column.truths, entry);
  }
}

}  // namespace

void Columns::DropRow() {
  for (const std::uint32_t fact : touched_) {
    FactColumn& column = facts[fact];
    const Type& type = policy_->facts[fact].type;
    if (type.kind == TypeKind::kList) {
      ListColumn& list = column.list;
      const std::size_t from = list.offsets[num_rows_];
      for (ScalarColumn& field : list.fields) Truncate(field, from, list.owners.size());
      list.owners.resize(from);
      for (Plane* plane : {&list.given, &list.open, &list.null}) ClearBit(*plane, num_rows_);
    } else if (HoldsRecord(type)) {
      for (ScalarColumn& field : column.fields) Truncate(field, num_rows_, num_rows_ + 1);
      for (Plane* plane : {&column.given, &column.null, &column.none}) ClearBit(*plane, num_rows_);
    } else {
      Truncate(column.scalar, num_rows_, num_rows_ + 1);
    }
  }
  while (touched_.size() > num_touched_before_row_) {
    facts[touched_.back()].touched = false;
    if (!touched_lists_.empty() && touched_lists_.back() == touched_.back()) touched_lists_.pop_back();
    touched_.pop_back();
  }
}

// ---- cells

void Columns::Put(ScalarColumn& column, std::uint32_t entry, const Cell& cell) {
  switch (cell.state) {
    case CellState::kAbsent:
      return;
    case CellState::kNull:
      column.inexact.push_back({entry, CellState::kNull, 0, 0});
      return;
    case CellState::kRange:
      column.inexact.push_back({entry, CellState::kRange, cell.first, cell.last});
      return;
    case CellState::kSymbols:
      column.inexact.push_back({entry, CellState::kSymbols, static_cast<std::int64_t>(cell.first_leaf),
                                static_cast<std::int64_t>(cell.end_leaf)});
      return;
    case CellState::kKnown:
      break;
    case CellState::kRecord:
    case CellState::kList:
      CORDON_ASSERT(false);
  }
  if (cell.value.kind == value::Kind::kNone) {
    column.inexact.push_back({entry, CellState::kKnown, 0, 0});
    return;
  }
  SetBit(column.known, entry);
  if (column.kind == TypeKind::kBool) {
    if (cell.value.number != 0) SetBit(column.truths, entry);
  } else if (IsWide(column.kind)) {
    column.wide[entry] = cell.value.number;
  } else if (column.kind == TypeKind::kText) {
    column.narrow[entry] = texts.NumberOf(cell.value.text);
  } else {
    column.narrow[entry] = static_cast<std::int32_t>(cell.value.number);
  }
}

void Columns::MarkMaybe(ListColumn& list, std::uint32_t entry) {
  if (list.maybe.size() < WordsFor(list.room)) list.maybe.resize(WordsFor(list.room), 0);
  SetBit(list.maybe, entry);
}

void Columns::Replace(ScalarColumn& column, std::uint32_t entry, const Cell& cell) {
  ClearBit(column.known, entry);
  if (column.kind == TypeKind::kBool) ClearBit(column.truths, entry);
  auto at = std::lower_bound(column.inexact.begin(), column.inexact.end(), entry,
                             [](const Inexact& i, std::uint32_t e) { return i.entry < e; });
  if (at != column.inexact.end() && at->entry == entry) at = column.inexact.erase(at);
  const auto place = at - column.inexact.begin();
  const std::size_t num = column.inexact.size();
  Put(column, entry, cell);
  if (column.inexact.size() == num) return;
  std::rotate(column.inexact.begin() + place, column.inexact.end() - 1, column.inexact.end());
}

namespace {

value::Kind KindOf(TypeKind kind) {
  switch (kind) {
    case TypeKind::kBool:
      return value::Kind::kBool;
    case TypeKind::kInt:
      return value::Kind::kInt;
    case TypeKind::kDecimal:
      return value::Kind::kDecimal;
    case TypeKind::kText:
      return value::Kind::kText;
    case TypeKind::kDate:
      return value::Kind::kDate;
    case TypeKind::kDatetime:
      return value::Kind::kDatetime;
    case TypeKind::kDuration:
      return value::Kind::kDuration;
    case TypeKind::kPeriod:
      return value::Kind::kPeriod;
    case TypeKind::kCategory:
      return value::Kind::kSymbol;
    case TypeKind::kRecord:
    case TypeKind::kList:
    case TypeKind::kGroup:
      break;
  }
  CORDON_ASSERT(false);
}

}  // namespace

Cell Columns::Get(const ScalarColumn& column, std::uint32_t entry) const {
  if (BitAt(column.known, entry)) {
    const value::Kind kind = KindOf(column.kind);
    if (column.kind == TypeKind::kBool) return Cell::Known(value::Value::Bool(BitAt(column.truths, entry)));
    if (IsWide(column.kind)) return Cell::Known({kind, column.wide[entry], {}});
    if (column.kind == TypeKind::kText) return Cell::Known(value::Value::Text(texts.text(column.narrow[entry])));
    return Cell::Known({kind, column.narrow[entry], {}});
  }
  const auto found = std::lower_bound(column.inexact.begin(), column.inexact.end(), entry,
                                      [](const Inexact& i, std::uint32_t e) { return i.entry < e; });
  Cell cell;
  if (found == column.inexact.end() || found->entry != entry) return cell;
  cell.state = found->state;
  if (found->state == CellState::kKnown) cell.value = value::Value::None();
  if (found->state == CellState::kRange) {
    cell.first = found->first;
    cell.last = found->last;
  }
  if (found->state == CellState::kSymbols) {
    cell.first_leaf = static_cast<std::size_t>(found->first);
    cell.end_leaf = static_cast<std::size_t>(found->last);
  }
  return cell;
}

// ---- rows

void Columns::Append(const Subject& subject) {
  CORDON_ASSERT(num_rows_ < capacity_);
  const auto row = static_cast<std::uint32_t>(num_rows_);
  for (std::size_t i = 0; i < facts.size(); ++i) {
    const Cell& cell = subject.facts[i];
    if (!facts[i].wanted || cell.state == CellState::kAbsent) continue;
    FactColumn& column = Touch(model::FactId(i));
    const Type& type = policy_->facts[i].type;
    if (type.kind == TypeKind::kList) {
      if (cell.state == CellState::kNull) {
        SetBit(column.list.null, row);
        continue;
      }
      SetBit(column.list.given, row);
      if (cell.open) SetBit(column.list.open, row);
      for (const Cell& element : cell.children) {
        const std::uint32_t entry = AddElement(column);
        if (!HoldsRecord(ElementType(type))) {
          Put(column.list.fields[0], entry, element);
        } else if (!element.unknown()) {
          for (std::size_t f = 0; f < element.children.size(); ++f) {
            Put(column.list.fields[f], entry, element.children[f]);
          }
        }
      }
    } else if (HoldsRecord(type)) {
      SetBit(cell.state == CellState::kNull ? column.null : column.given, row);
      if (cell.state == CellState::kKnown) SetBit(column.none, row);
      for (std::size_t f = 0; f < cell.children.size(); ++f) Put(column.fields[f], row, cell.children[f]);
    } else {
      Put(column.scalar, row, cell);
    }
  }
  EndRow(subject.id, subject.as_of);
}

void Columns::CopyEntry(const Columns& other, const ScalarColumn& from, std::uint32_t entry, ScalarColumn& to,
                        std::uint32_t to_entry) {
  if (!BitAt(from.known, entry)) {
    Put(to, to_entry, other.Get(from, entry));
    return;
  }
  SetBit(to.known, to_entry);
  if (from.kind == TypeKind::kBool) {
    if (BitAt(from.truths, entry)) SetBit(to.truths, to_entry);
  } else if (IsWide(from.kind)) {
    to.wide[to_entry] = from.wide[entry];
  } else if (from.kind == TypeKind::kText) {
    to.narrow[to_entry] = texts.NumberOf(other.texts.text(from.narrow[entry]));
  } else {
    to.narrow[to_entry] = from.narrow[entry];
  }
}

void Columns::CopyList(const Columns& other, const FactColumn& from, std::size_t row, FactColumn& to) {
  const std::size_t made = num_rows_;
  if (BitAt(from.list.null, row)) SetBit(to.list.null, made);
  if (!BitAt(from.list.given, row)) return;
  SetBit(to.list.given, made);
  if (BitAt(from.list.open, row)) SetBit(to.list.open, made);
  for (std::uint32_t e = from.list.offsets[row]; e < from.list.offsets[row + 1]; ++e) {
    const std::uint32_t entry = AddElement(to);
    for (std::size_t f = 0; f < from.list.fields.size(); ++f) {
      CopyEntry(other, from.list.fields[f], e, to.list.fields[f], entry);
    }
  }
}

void Columns::AppendCopy(const Columns& other, std::size_t row) {
  CORDON_ASSERT(num_rows_ < capacity_);
  const auto made = static_cast<std::uint32_t>(num_rows_);
  const auto at = static_cast<std::uint32_t>(row);
  for (std::size_t i = 0; i < facts.size(); ++i) {
    const FactColumn& from = other.facts[i];
    if (!from.touched) continue;
    FactColumn& to = Touch(model::FactId(i));
    const TypeKind kind = policy_->facts[i].type.kind;
    if (kind == TypeKind::kList) {
      CopyList(other, from, row, to);
    } else if (kind == TypeKind::kRecord) {
      if (BitAt(from.null, row)) SetBit(to.null, made);
      if (BitAt(from.none, row)) SetBit(to.none, made);
      if (!BitAt(from.given, row)) continue;
      SetBit(to.given, made);
      for (std::size_t f = 0; f < from.fields.size(); ++f) CopyEntry(other, from.fields[f], at, to.fields[f], made);
    } else {
      CopyEntry(other, from.scalar, at, to.scalar, made);
    }
  }
  model::Moment as_of{calendar::Date{other.days[row]}, std::nullopt};
  if (BitAt(other.timed, row)) as_of.time = calendar::Datetime{other.minutes[row]};
  EndRow(other.ids[row], as_of);
}

Subject Columns::ToSubject(std::size_t row) const {
  model::Moment as_of{calendar::Date{days[row]}, std::nullopt};
  if (BitAt(timed, row)) as_of.time = calendar::Datetime{minutes[row]};
  Subject subject = Unasked(*policy_, as_of);
  subject.id = ids[row];
  const auto at = static_cast<std::uint32_t>(row);
  for (std::size_t i = 0; i < facts.size(); ++i) {
    const FactColumn& column = facts[i];
    if (!column.touched) continue;
    Cell& cell = subject.facts[i];
    const Type& type = policy_->facts[i].type;
    if (type.kind == TypeKind::kList) {
      if (BitAt(column.list.null, row)) cell.state = CellState::kNull;
      if (!BitAt(column.list.given, row)) continue;
      cell.state = CellState::kList;
      cell.open = BitAt(column.list.open, row);
      for (std::uint32_t entry = column.list.offsets[row]; entry < column.list.offsets[row + 1]; ++entry) {
        if (!HoldsRecord(ElementType(type))) {
          cell.children.push_back(Get(column.list.fields[0], entry));
          continue;
        }
        Cell& element = cell.children.emplace_back();
        element.state = CellState::kRecord;
        for (const ScalarColumn& field : column.list.fields) element.children.push_back(Get(field, entry));
      }
    } else if (HoldsRecord(type)) {
      if (BitAt(column.null, row)) cell.state = CellState::kNull;
      if (!BitAt(column.given, row)) continue;
      if (BitAt(column.none, row)) {
        cell = Cell::Known(value::Value::None());
        continue;
      }
      cell.state = CellState::kRecord;
      for (const ScalarColumn& field : column.fields) cell.children.push_back(Get(field, at));
    } else {
      cell = Get(column.scalar, at);
    }
  }
  return subject;
}

}  // namespace cordon::facts
