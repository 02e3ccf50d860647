// Documents, records and lists by their bytes; see row_reader.h.
#include "facts/row_reader.h"

#include <utility>
#include <variant>

#include "facts/json_tree.h"
#include "facts/line_bytes.h"
#include "facts/scalar.h"
#include "support/assert.h"
#include "support/text.h"

namespace cordon::facts {
namespace {

using model::Type;
using model::TypeKind;

constexpr Literal kNull("null");
constexpr Literal kTrue("true");
constexpr Literal kFalse("false");

enum DocumentKey : std::uint32_t { kSubject, kAsOf, kSetting };  // and `facts`

const char* ReadNull(const char* at) { return kNull.IsAt(at) ? at + kNull.size : nullptr; }

bool IsScalar(const Type& type) {
  return type.kind != TypeKind::kRecord && type.kind != TypeKind::kList && type.kind != TypeKind::kGroup;
}

}  // namespace

// ---- what documents of the policy look like

RowReader::RowReader(const model::Policy& policy, const Overrides& overrides)
    : policy_(policy),
      overrides_(overrides),
      scalars_(policy),
      document_keys_({"subject", "as_of", "setting", "facts"}) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < policy.facts.size(); ++i) {
    if (i == policy.setting.index) continue;
    names.push_back(policy.facts[i].name);
    AddShape(model::FactId(i));
  }
  fact_keys_ = KeyRing(names);
  if (policy.setting.valid()) setting_.shape = scalars_.ShapeOf(policy.facts[policy.setting.index].type);
  if (!overrides.setting) return;
  hopeless_ = true;
  if (!policy.setting.valid()) return;
  auto symbol = ReadSymbol(policy.categories[setting_.shape.type.category.index], *overrides.setting);
  if (std::holds_alternative<Fault>(symbol)) return;
  setting_override_ = std::get<Cell>(std::move(symbol));
  hopeless_ = false;
}

void RowReader::AddFields(model::RecordId record, Shape& shape) {
  std::vector<std::string> names;
  const std::vector<model::Field>& fields = policy_.records[record.index].fields;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (fields[i].derived.valid()) continue;
    names.push_back(fields[i].name);
    if (IsScalar(fields[i].type)) {
      shape.fields.push_back({scalars_.ShapeOf(fields[i].type), static_cast<std::uint32_t>(i)});
    } else {
      shape.form = Form::kOther;
    }
  }
  shape.keys = KeyRing(names);
}

void RowReader::AddShape(model::FactId fact) {
  Shape& shape = shapes_.emplace_back();
  shape.fact = fact;
  const Type& type = policy_.facts[fact.index].type;
  if (IsScalar(type)) {
    shape.form = Form::kScalar;
    shape.scalar.shape = scalars_.ShapeOf(type);
  } else if (type.kind == TypeKind::kRecord) {
    shape.form = Form::kRecord;
    AddFields(type.record, shape);
  } else if (type.kind == TypeKind::kList) {
    shape.open_keys = KeyRing({"known", "open"});
    const Type element = ElementType(type);
    if (element.kind == TypeKind::kRecord) {
      shape.form = Form::kListOfRecords;
      AddFields(element.record, shape);
    } else if (IsScalar(element)) {
      shape.form = Form::kListOfScalars;
      shape.scalar.shape = scalars_.ShapeOf(element);
    }
  }
}

// ---- where it goes

void RowReader::WriteTo(Columns& columns) {
  columns_ = &columns;
  nowhere_.known.resize(columns.capacity() / 64 + 1);
  nowhere_.truths.resize(columns.capacity() / 64 + 1);
  nowhere_.narrow.resize(columns.capacity() + 1);
  nowhere_.wide.resize(columns.capacity() + 1);
  for (Shape& shape : shapes_) Direct(shape);
  setting_.column = &nowhere_;
  setting_column_ = nullptr;
  if (!policy_.setting.valid() || !columns.facts[policy_.setting.index].wanted) return;
  setting_column_ = &columns.facts[policy_.setting.index];
  if (!setting_override_) setting_.column = &setting_column_->scalar;
}

void RowReader::Direct(Shape& shape) {
  FactColumn& column = columns_->facts[shape.fact.index];
  shape.column = column.wanted ? &column : nullptr;
  const bool is_list = policy_.facts[shape.fact.index].type.kind == TypeKind::kList;
  std::vector<ScalarColumn>& fields = is_list ? column.list.fields : column.fields;
  for (Place& field : shape.fields) field.column = column.wanted ? &fields[field.field] : &nowhere_;
  if (is_list && shape.fields.empty()) shape.scalar.column = column.wanted ? fields.data() : &nowhere_;
  if (!is_list) shape.scalar.column = column.wanted ? &column.scalar : &nowhere_;
}

// ---- facts

// Each of these is called in one place, on the way of every line.

[[gnu::always_inline]] inline const char* RowReader::ReadRecord(const char* at, Shape& shape, std::uint32_t entry) {
  const Place* fields = shape.fields.data();
  return shape.keys.Read(at + 1, [this, fields, entry](std::uint32_t key, const char* value) {
    const Place& field = fields[key];
    return scalars_.Read(value, field.shape, *columns_, *field.column, entry);
  });
}

[[gnu::always_inline]] inline const char* RowReader::ReadElement(const char* at, Shape& shape) {
  const std::uint32_t entry = shape.column == nullptr ? 0 : columns_->AddElement(*shape.column);
  if (shape.form == Form::kListOfScalars) {
    return scalars_.Read(at, shape.scalar.shape, *columns_, *shape.scalar.column, entry);
  }
  return *at == '{' ? ReadRecord(at, shape, entry) : ReadNull(at);
}

const char* RowReader::ReadElements(const char* at, Shape& shape) {
  at = SkipBlanks(at);
  if (*at == ']') return at + 1;
  while (true) {
    at = ReadElement(at, shape);
    if (at == nullptr) return nullptr;
    at = SkipBlanks(at);
    if (*at != ',') return *at == ']' ? at + 1 : nullptr;
    at = SkipBlanks(at + 1);
  }
}

// `{ "known": [ … ], "open": true }`.
const char* RowReader::ReadOpenList(const char* at, Shape& shape) {
  std::uint32_t num_keys = 0;
  at = shape.open_keys.Read(at + 1, [&](std::uint32_t key, const char* value) -> const char* {
    ++num_keys;
    if (key == 0) return *value == '[' ? ReadElements(value + 1, shape) : nullptr;
    if (kFalse.IsAt(value)) return value + kFalse.size;
    if (!kTrue.IsAt(value)) return nullptr;
    if (shape.column != nullptr) SetBit(shape.column->list.open, row_);
    return value + kTrue.size;
  });
  return num_keys == 2 ? at : nullptr;
}

[[gnu::always_inline]] inline const char* RowReader::ReadList(const char* at, Shape& shape) {
  if (*at == 'n') {
    if (shape.column != nullptr) SetBit(shape.column->list.null, row_);
    return ReadNull(at);
  }
  if (shape.column != nullptr) SetBit(shape.column->list.given, row_);
  if (*at != '[') return *at == '{' ? ReadOpenList(at, shape) : nullptr;
  return at[1] == ']' ? at + 2 : ReadElements(at + 1, shape);
}

const char* RowReader::ReadRecordFact(const char* at, Shape& shape) {
  if (*at != '{') {
    if (shape.column != nullptr) SetBit(shape.column->null, row_);
    return ReadNull(at);
  }
  if (shape.column != nullptr) SetBit(shape.column->given, row_);
  return ReadRecord(at, shape, row_);
}

[[gnu::always_inline]] inline const char* RowReader::ReadFact(const char* at, Shape& shape) {
  if (shape.column != nullptr && !shape.column->touched) columns_->Touch(shape.fact);
  switch (shape.form) {
    case Form::kScalar:
      return scalars_.Read(at, shape.scalar.shape, *columns_, *shape.scalar.column, row_);
    case Form::kRecord:
      return ReadRecordFact(at, shape);
    case Form::kListOfScalars:
    case Form::kListOfRecords:
      return ReadList(at, shape);
    case Form::kOther:
      return nullptr;
  }
  CORDON_ASSERT(false);
}

// ---- the document

const char* RowReader::Read(const char* at) {
  row_ = static_cast<std::uint32_t>(columns_->BeginRow());
  id_ = {};
  as_of_.reset();
  if (!nowhere_.inexact.empty()) nowhere_.inexact.clear();
  const char* end = SkipBlanks(at);
  if (*end != '{' || hopeless_) return nullptr;
  end = document_keys_.Read(end + 1,
                            [this](std::uint32_t key, const char* value) { return ReadDocumentKey(key, value); });
  if (end != nullptr) {
    end = SkipBlanks(end);
    if (*end == '\n' && static_cast<std::size_t>(end - at) <= kLargestDocument && EndRow()) return end;
  }
  columns_->DropRow();
  return nullptr;
}

const char* RowReader::ReadDocumentKey(std::uint32_t key, const char* at) {
  if (key == kSubject) return ReadId(at);
  if (key == kAsOf) return ReadAsOf(at);
  if (key == kSetting) {
    if (!policy_.setting.valid()) return ReadNull(at);
    if (setting_column_ != nullptr) columns_->Touch(policy_.setting);
    return scalars_.Read(at, setting_.shape, *columns_, *setting_.column, row_);
  }
  if (*at != '{') return nullptr;
  return fact_keys_.Read(at + 1,
                         [this](std::uint32_t fact, const char* value) { return ReadFact(value, shapes_[fact]); });
}

const char* RowReader::ReadId(const char* at) {
  if (*at != '"') return ReadNull(at);
  std::uint64_t seen = 0;
  const char* end = EndOfText(at + 1, seen);
  if (*end != '"') return nullptr;
  id_ = std::string_view(at + 1, static_cast<std::size_t>(end - at - 1));
  if ((seen & kHighBits) != 0 && support::FindInvalidUtf8(id_)) return nullptr;
  return end + 1;
}

const char* RowReader::ReadAsOf(const char* at) {
  if (*at != '"') return ReadNull(at);
  if (at[11] == '"') {
    const std::int32_t day = scalars_.days().Day(at + 1);
    as_of_ = model::Moment{calendar::Date{day}, std::nullopt};
    return day != DayTable::kNone ? at + 12 : nullptr;
  }
  const std::int32_t minute = scalars_.days().Minute(at + 1);
  const calendar::Datetime time{minute};
  as_of_ = model::Moment{calendar::DayOf(time), time};
  return minute != DayTable::kNone && at[17] == '"' ? at + 18 : nullptr;
}

bool RowReader::EndRow() {
  if (setting_override_ && setting_column_ != nullptr) {
    columns_->Put(columns_->Touch(policy_.setting).scalar, row_, *setting_override_);
  }
  if (overrides_.as_of) {
    as_of_ = overrides_.as_of;
  } else if (!as_of_) {
    as_of_ = overrides_.default_as_of;
  }
  if (as_of_) columns_->EndRow(id_, *as_of_);
  return as_of_.has_value();
}

}  // namespace cordon::facts
