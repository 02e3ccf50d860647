// ColumnReader: many documents of the evaluation contract, one a line (NDJSON), straight into columns.
//
// What it understands at once it writes at once; every other line is read by facts::ReadDocument, so that both accept
// the same documents, mean the same by them, and refuse the rest with the same words. No line bears on how another is
// read. Cost: linear.
// Tested by tests/unit/column_reader_test.cc, which holds the two ways against each other. Source: the language manual,
// "Evaluation's contract".
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "diagnostics/diagnostic.h"
#include "facts/columns.h"
#include "facts/read.h"
#include "model/model.h"

namespace cordon::facts {

// How many bytes must be readable after a text that is read in bulk. They may hold anything.
inline constexpr std::size_t kReadingPadding = 64;
// How many lines one block holds at most.
inline constexpr std::size_t kRowsInBlock = 4096;

// A line that is in error.
struct Refused {
  std::vector<diagnostics::Diagnostic> diagnostics;  // at least one error; spans lie in the line
};

// One line that is not blank.
struct Line {
  std::uint64_t number = 0;  // in the whole input, from 1
  std::uint64_t begin = 0;   // in the whole input, in bytes
  bool refused = false;
  std::uint32_t index = 0;  // into the columns' rows, or into `refused`
};

// Some lines' facts, in order.
struct Block {
  Columns columns;
  std::vector<Line> lines;
  std::vector<Refused> refused;

  // Refuses a line that was read into a row after all. Its place among the rows stays.
  void Refuse(std::uint32_t row, Refused why);
};

class ColumnReader {
 public:
  // What is handed in outlives the reader. `overrides` as for ReadDocument.
  ColumnReader(const model::Policy& policy, const Overrides& overrides);
  ~ColumnReader();
  ColumnReader(const ColumnReader&) = delete;
  ColumnReader& operator=(const ColumnReader&) = delete;

  // Reads whole lines from the front of `text` into `block`, which it clears first, until the block is full or the text
  // is at its end; the last line needs no line break. Returns the number of bytes read. `number` and `begin` are those
  // of the first line. REQUIRES: kReadingPadding readable bytes after `text`.
  std::size_t Read(std::string_view text, std::uint64_t number, std::uint64_t begin, Block& block);

  // The number of the line after the last that was read.
  std::uint64_t next_number() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace cordon::facts
