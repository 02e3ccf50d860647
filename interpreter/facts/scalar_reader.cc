// Scalars that are not read in a few steps; see scalar_reader.h.
#include "facts/scalar_reader.h"

#include <utility>
#include <variant>

#include "facts/json_tree.h"
#include "facts/scalar.h"
#include "support/text.h"

namespace cordon::facts {
namespace {

using model::TypeKind;

constexpr Literal kNull("null");

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

ScalarReader::ScalarReader(const model::Policy& policy) : policy_(policy) {
  for (const model::Category& category : policy.categories) {
    symbols_.push_back(std::make_unique<SymbolTable>(category));
  }
}

ScalarShape ScalarReader::ShapeOf(const model::Type& type) const {
  ScalarShape shape{type, nullptr};
  if (type.kind == TypeKind::kCategory) shape.symbols = symbols_[type.category.index].get();
  return shape;
}

const char* ScalarReader::ReadOther(const char* at, const ScalarShape& shape, Columns& columns, ScalarColumn& column,
                                    std::uint32_t entry) const {
  if (kNull.IsAt(at)) {
    column.inexact.push_back({entry, CellState::kNull, 0, 0});
    return at + kNull.size;
  }
  if (*at != '"') return nullptr;
  std::uint64_t seen = 0;
  const char* end = EndOfText(at + 1, seen);
  if (*end != '"') return nullptr;
  const std::string_view text(at + 1, static_cast<std::size_t>(end - at - 1));
  if ((seen & kHighBits) != 0 && support::FindInvalidUtf8(text)) return nullptr;
  return ReadText(text, shape, columns, column, entry);
}

const char* ScalarReader::ReadText(std::string_view text, const ScalarShape& shape, Columns& columns,
                                   ScalarColumn& column, std::uint32_t entry) const {
  const char* behind = text.data() + text.size() + 1;
  const bool is_none = shape.type.or_none && text == "none";
  if (shape.symbols != nullptr && !is_none) {
    const Spelling* spelling = shape.symbols->Find(text.data(), text.size());
    if (spelling == nullptr) return nullptr;
    if (spelling->is_exact()) {
      PutNarrow(column, entry, static_cast<std::int32_t>(spelling->first_leaf));
    } else {
      column.inexact.push_back({entry, CellState::kSymbols, spelling->first_leaf, spelling->end_leaf});
    }
    return behind;
  }
  if (shape.type.kind == TypeKind::kText && !is_none) {
    PutNarrow(column, entry, columns.texts.NumberOf(text));
    return behind;
  }
  Node node;
  node.kind = NodeKind::kText;
  node.text = text;
  const auto read = ReadScalar(policy_, shape.type, node);
  const Cell* cell = std::get_if<Cell>(&read);
  if (cell == nullptr) return nullptr;
  columns.Put(column, entry, *cell);
  return behind;
}

const char* ScalarReader::ReadNumber(const char* at, const ScalarShape& shape, Columns& columns, ScalarColumn& column,
                                     std::uint32_t entry) const {
  constexpr std::ptrdiff_t kMostDigits = 15;  // never past value::kLargestNumber
  const bool negative = *at == '-';
  const char* digits = at + static_cast<std::size_t>(negative);
  if (!IsDigit(*digits)) return ReadOther(at, shape, columns, column, entry);
  const char* end = digits;
  std::int64_t number = 0;
  while (IsDigit(*end) && end - digits < kMostDigits) number = number * 10 + (*end++ - '0');
  if (*digits == '0' && end > digits + 1) return nullptr;
  if (shape.type.kind == TypeKind::kDecimal) {
    std::int64_t unit = value::kDecimalScale;
    number *= unit;
    if (*end == '.') {
      if (!IsDigit(*++end)) return nullptr;
      while (IsDigit(*end) && unit > 1) number += (*end++ - '0') * (unit /= 10);
    }
  }
  SetBit(column.known, entry);
  column.wide[entry] = negative ? -number : number;
  return end;
}

}  // namespace cordon::facts
