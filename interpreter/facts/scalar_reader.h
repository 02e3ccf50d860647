// ScalarReader: one scalar of a declared type, straight from its bytes in a line of JSON into an entry of a column.
//
// Exact values are read where they stand; what is imprecise, a length of time or none is read by facts::ReadScalar. It
// accepts only what that accepts, and writes what it means. Whatever else stands there is left to others.
// Tested by tests/unit/column_reader_test.cc.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "facts/columns.h"
#include "facts/day_table.h"
#include "facts/line_bytes.h"
#include "facts/symbol_table.h"
#include "model/model.h"

namespace cordon::facts {

// A fact, a field or a list's element that is a scalar.
struct ScalarShape {
  model::Type type;
  const SymbolTable* symbols = nullptr;  // of a category
};

class ScalarReader {
 public:
  explicit ScalarReader(const model::Policy& policy);

  // REQUIRES: `type` is no record, list or group.
  ScalarShape ShapeOf(const model::Type& type) const;

  // Reads the scalar at `at`, and returns the byte behind it, or nullptr. REQUIRES: a line break at `at` or behind it,
  // and kReadingPadding readable bytes behind that one.
  [[gnu::always_inline]] const char* Read(const char* at, const ScalarShape& shape, Columns& columns,
                                          ScalarColumn& column, std::uint32_t entry) const {
    switch (shape.type.kind) {
      case model::TypeKind::kBool:
        return ReadBool(at, shape, columns, column, entry);
      case model::TypeKind::kDate:
        return ReadDate(at, shape, columns, column, entry);
      case model::TypeKind::kDatetime:
        return ReadDatetime(at, shape, columns, column, entry);
      case model::TypeKind::kCategory:
        return ReadSymbolAt(at, shape, columns, column, entry);
      case model::TypeKind::kInt:
      case model::TypeKind::kDecimal:
        return ReadNumber(at, shape, columns, column, entry);
      case model::TypeKind::kText:
      case model::TypeKind::kDuration:
      case model::TypeKind::kPeriod:
      case model::TypeKind::kRecord:
      case model::TypeKind::kList:
      case model::TypeKind::kGroup:
        break;
    }
    return ReadOther(at, shape, columns, column, entry);
  }

  const DayTable& days() const { return days_; }

 private:
  static void PutNarrow(ScalarColumn& column, std::uint32_t entry, std::int32_t value) {
    SetBit(column.known, entry);
    column.narrow[entry] = value;
  }

  // Which of the two it is goes into what is compared, and into no branch: that would be guessed wrong half of the
  // time.
  const char* ReadBool(const char* at, const ScalarShape& shape, Columns& columns, ScalarColumn& column,
                       std::uint32_t entry) const {
    const std::uint64_t word = Load8(at);
    const std::uint64_t is_true = word >> 4 & 1;  // what tells `t` from `f`
    const std::uint64_t expected = Word("false") ^ ((Word("false") ^ Word("true")) & (0 - is_true));
    const std::uint64_t mask = FirstBytes(5) >> 8 * is_true;
    if (((word ^ expected) & mask) != 0) return ReadOther(at, shape, columns, column, entry);
    SetBit(column.known, entry);
    column.truths[entry / 64] |= is_true << (entry % 64);
    return at + 5 - is_true;
  }

  const char* ReadDate(const char* at, const ScalarShape& shape, Columns& columns, ScalarColumn& column,
                       std::uint32_t entry) const {
    const std::int32_t day = days_.Day(at + 1);
    if (at[0] != '"' || at[11] != '"' || day == DayTable::kNone) return ReadOther(at, shape, columns, column, entry);
    PutNarrow(column, entry, day);
    return at + 12;
  }

  const char* ReadDatetime(const char* at, const ScalarShape& shape, Columns& columns, ScalarColumn& column,
                           std::uint32_t entry) const {
    const std::int32_t minute = days_.Minute(at + 1);
    if (at[0] != '"' || at[17] != '"' || minute == DayTable::kNone) {
      return ReadOther(at, shape, columns, column, entry);
    }
    PutNarrow(column, entry, minute);
    return at + 18;
  }

  // A symbol longer than what is looked at here, an inner node or none is left to ReadOther.
  const char* ReadSymbolAt(const char* at, const ScalarShape& shape, Columns& columns, ScalarColumn& column,
                           std::uint32_t entry) const {
    const std::uint32_t quotes = QuotesIn32(at + 1);
    const auto size = static_cast<std::size_t>(std::countr_zero(quotes));
    const Spelling* spelling = quotes == 0 ? nullptr : shape.symbols->Find(at + 1, size);
    if (at[0] != '"' || spelling == nullptr || !spelling->is_exact() || shape.type.or_none) {
      return ReadOther(at, shape, columns, column, entry);
    }
    PutNarrow(column, entry, static_cast<std::int32_t>(spelling->first_leaf));
    return at + 2 + size;
  }

  const char* ReadNumber(const char* at, const ScalarShape& shape, Columns& columns, ScalarColumn& column,
                         std::uint32_t entry) const;
  const char* ReadText(std::string_view text, const ScalarShape& shape, Columns& columns, ScalarColumn& column,
                       std::uint32_t entry) const;
  // Any scalar that is null or a text.
  const char* ReadOther(const char* at, const ScalarShape& shape, Columns& columns, ScalarColumn& column,
                        std::uint32_t entry) const;

  const model::Policy& policy_;
  DayTable days_;
  std::vector<std::unique_ptr<SymbolTable>> symbols_;  // by CategoryId
};

}  // namespace cordon::facts
