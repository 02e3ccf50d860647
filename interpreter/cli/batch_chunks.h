// BatchChunks: an input of any size in pieces that end where a line ends, each small enough to be held.
//
// Tested by tests/unit/batch_run_test.cc.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "support/byte_stream.h"

namespace cordon::cli {

// A place between two lines of an input.
struct LinePlace {
  std::uint64_t bytes = 0;   // before it
  std::uint64_t number = 1;  // of the line after it
  bool operator==(const LinePlace&) const = default;
};

// Some whole lines, or one that is too long to be held: then there is no text. What it made room for it keeps.
class Chunk {
 public:
  std::uint64_t index = 0;  // in order, from 0
  LinePlace begin;
  LinePlace end;
  bool too_long = false;

  // facts::kReadingPadding bytes after it are readable.
  std::string_view text() const { return {bytes_.get(), size_}; }
  // How many bytes it has room for.
  std::size_t room() const { return room_; }

 private:
  friend class Chunks;
  void MakeRoom(std::size_t size);

  std::unique_ptr<char[]> bytes_;
  std::size_t room_ = 0;
  std::size_t size_ = 0;
};

struct ChunkSizes {
  std::size_t chunk = 0;  // in bytes
  std::size_t longest_line = 0;
};

class Chunks {
 public:
  // `reader` stands at `start` and outlives this.
  Chunks(support::ByteReader& reader, const LinePlace& start, const ChunkSizes& sizes);

  // Puts the next lines into `chunk`; false at the end of the input. A failure is of the input. Memory: no more than
  // twice a chunk, or twice the longest line.
  support::Result<bool> Next(Chunk& chunk);

 private:
  support::Result<bool> Fill(Chunk& chunk, std::size_t target);
  support::Result<bool> SkipLine(Chunk& chunk);
  void Close(Chunk& chunk, std::size_t size);

  support::ByteReader& reader_;
  ChunkSizes sizes_;
  LinePlace at_;
  std::uint64_t index_ = 0;
  std::string rest_;  // read already, and not yet part of a chunk
  bool ended_ = false;
};

}  // namespace cordon::cli
