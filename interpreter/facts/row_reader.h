// RowReader: one document of the evaluation contract, straight from its bytes into a row of columns.
//
// Walks the line along the policy's declarations, as documents nearly always are: every key is tried where it stood in
// the document before, values are read where they stand, and nothing is built in between. It accepts only what
// facts::ReadDocument accepts, and writes what Columns::Append writes of it; where it does not understand a line at
// once, be it an escape, a mistake or a duplicate, it says so and leaves the line to ReadDocument.
// Tested by tests/unit/column_reader_test.cc, which holds the two against each other.
// Source: the language manual, "Evaluation's contract".
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "facts/columns.h"
#include "facts/key_ring.h"
#include "facts/read.h"
#include "facts/scalar_reader.h"
#include "model/model.h"

namespace cordon::facts {

class RowReader {
 public:
  // What is handed in outlives this.
  RowReader(const model::Policy& policy, const Overrides& overrides);

  // Rows go to `columns` from now on. To be called again where it was moved or cleared.
  void WriteTo(Columns& columns);

  // Adds the document that begins at `at` as a row, and returns the line break that ends its line; nullptr, and no row,
  // where it is not understood. REQUIRES: a line break at `at` or behind it, and kReadingPadding readable bytes behind
  // that one.
  const char* Read(const char* at);

 private:
  // A scalar, and where it goes.
  struct Place {
    ScalarShape shape;
    std::uint32_t field = 0;         // its FieldId
    ScalarColumn* column = nullptr;  // nowhere_ where it is not wanted
  };
  enum class Form : std::uint8_t { kScalar, kRecord, kListOfScalars, kListOfRecords, kOther };
  struct Shape {
    model::FactId fact;
    Form form = Form::kOther;
    FactColumn* column = nullptr;  // where it is wanted
    Place scalar;                  // kScalar, kListOfScalars
    KeyRing keys;                  // kRecord, kListOfRecords
    std::vector<Place> fields;     // by number of the key
    KeyRing open_keys;             // of a list that may hold more
  };

  void AddShape(model::FactId fact);
  void AddFields(model::RecordId record, Shape& shape);
  void Direct(Shape& shape);

  const char* ReadDocumentKey(std::uint32_t key, const char* at);
  const char* ReadId(const char* at);
  const char* ReadAsOf(const char* at);
  // Whether the row has all that it must have; then it is at its end.
  bool EndRow();

  const char* ReadFact(const char* at, Shape& shape);
  const char* ReadRecordFact(const char* at, Shape& shape);
  const char* ReadRecord(const char* at, Shape& shape, std::uint32_t entry);
  const char* ReadList(const char* at, Shape& shape);
  const char* ReadOpenList(const char* at, Shape& shape);
  const char* ReadElements(const char* at, Shape& shape);
  const char* ReadElement(const char* at, Shape& shape);

  const model::Policy& policy_;
  const Overrides& overrides_;
  std::optional<Cell> setting_override_;
  bool hopeless_ = false;  // no document can be right

  ScalarReader scalars_;
  KeyRing document_keys_;
  KeyRing fact_keys_;
  std::vector<Shape> shapes_;  // by number of the key
  Place setting_;
  ScalarColumn nowhere_;  // takes what is not wanted, of any kind and row

  Columns* columns_ = nullptr;
  FactColumn* setting_column_ = nullptr;  // where it is wanted

  // Of the row that is being read.
  std::uint32_t row_ = 0;
  std::string_view id_;
  std::optional<model::Moment> as_of_;
};

}  // namespace cordon::facts
