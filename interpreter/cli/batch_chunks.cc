// Cuts an input into pieces at line breaks; see batch_chunks.h.
#include "cli/batch_chunks.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "facts/column_reader.h"

namespace cordon::cli {

using support::Result;

// What is there stays.
void Chunk::MakeRoom(std::size_t size) {
  if (room_ >= size) return;
  auto larger = std::make_unique_for_overwrite<char[]>(size + facts::kReadingPadding);
  if (size_ > 0) std::memcpy(larger.get(), bytes_.get(), size_);
  bytes_ = std::move(larger);
  room_ = size;
}

Chunks::Chunks(support::ByteReader& reader, const LinePlace& start, const ChunkSizes& sizes)
    : reader_(reader), sizes_(sizes), at_(start) {}

// Reads until `target` bytes are there, or all; false where none are.
Result<bool> Chunks::Fill(Chunk& chunk, std::size_t target) {
  chunk.MakeRoom(target);
  while (!ended_ && chunk.size_ < target) {
    CORDON_TRY(count, reader_.Read(chunk.bytes_.get() + chunk.size_, target - chunk.size_));
    ended_ = count == 0;
    chunk.size_ += count;
  }
  return chunk.size_ > 0;
}

// Ends the chunk after `size` bytes and keeps what lies behind for the next.
void Chunks::Close(Chunk& chunk, std::size_t size) {
  rest_.assign(chunk.bytes_.get() + size, chunk.size_ - size);
  chunk.size_ = size;
  const std::string_view text = chunk.text();
  at_.bytes += size;
  at_.number += static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
  if (!text.ends_with('\n')) ++at_.number;
  chunk.end = at_;
}

Result<bool> Chunks::Next(Chunk& chunk) {
  chunk.index = index_++;
  chunk.begin = at_;
  chunk.too_long = false;
  chunk.size_ = 0;
  chunk.MakeRoom(std::max(sizes_.chunk, rest_.size()));
  std::memcpy(chunk.bytes_.get(), rest_.data(), rest_.size());
  chunk.size_ = rest_.size();
  rest_.clear();
  std::size_t searched = 0;
  for (std::size_t target = sizes_.chunk;; target = std::min(2 * target, sizes_.longest_line + 1)) {
    CORDON_TRY(any, Fill(chunk, target));
    if (!any) return false;
    const std::string_view fresh = chunk.text().substr(searched);
    const std::size_t found = fresh.rfind('\n');
    if (ended_ || found != std::string_view::npos) {
      Close(chunk, ended_ ? chunk.size_ : searched + found + 1);
      return true;
    }
    searched = chunk.size_;
    if (chunk.size_ > sizes_.longest_line) return SkipLine(chunk);
  }
}

// The chunk holds the beginning of a line that is too long: reads on to its end, block by block.
Result<bool> Chunks::SkipLine(Chunk& chunk) {
  chunk.too_long = true;
  at_.bytes += chunk.size_;
  ++at_.number;
  for (;;) {
    chunk.size_ = 0;
    CORDON_TRY(any, Fill(chunk, sizes_.chunk));
    if (!any) break;
    const std::size_t found = chunk.text().find('\n');
    const std::size_t size = found == std::string_view::npos ? chunk.size_ : found + 1;
    at_.bytes += size;
    rest_.assign(chunk.bytes_.get() + size, chunk.size_ - size);
    if (found != std::string_view::npos) break;
  }
  chunk.size_ = 0;
  chunk.end = at_;
  return true;
}

}  // namespace cordon::cli
