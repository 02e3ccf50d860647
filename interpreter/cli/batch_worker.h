// BatchWorker: some lines of facts to the lines of what is concluded from them. Each thread has its own.
//
// Tested by tests/unit/batch_run_test.cc.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "cli/batch_chunks.h"
#include "evaluate/batch.h"
#include "facts/read.h"
#include "model/model.h"
#include "report/batch_lines.h"
#include "report/batch_summary.h"

namespace cordon::cli {

// What is to be done with every line.
struct BatchJob {
  const model::Policy& policy;
  model::ProtocolId protocol;
  facts::Overrides overrides;
  report::LineStyle style;
  bool count = false;  // whether what is concluded is counted, with its reasons, whatever is written
  bool cut_at_refused = false;
};

// What became of some lines of a chunk.
struct Piece {
  LinePlace end;             // in the input, after the last
  std::size_t text_end = 0;  // in the chunk's results
  report::Tally tally;
};

// What became of a chunk.
struct ChunkResult {
  std::uint64_t index = 0;
  report::LineText text;
  std::vector<Piece> pieces;  // one; but each ends with a line in error, or the chunk, where the job cuts there
};

class BatchWorker {
 public:
  // `job` and what it names outlive this.
  explicit BatchWorker(const BatchJob& job);
  ~BatchWorker();
  BatchWorker(const BatchWorker&) = delete;
  BatchWorker& operator=(const BatchWorker&) = delete;

  void Work(const Chunk& chunk, ChunkResult& result);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace cordon::cli
