// Cuts and joins ropes; see rope.h. Tested by tests/unit/compose_test.cc.
#include "compose/rope.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace cordon::compose {
namespace {

// Adds to `out` the part of `piece` that lies in [begin, end), counted from the piece's own begin.
void AddPart(const Piece& piece, std::uint32_t begin, std::uint32_t end, Rope& out) {
  if (begin >= end) return;
  Piece part = piece;
  if (piece.glue.empty()) {
    part.origin.begin = piece.origin.begin + begin;
    part.origin.end = piece.origin.begin + end;
  } else {
    part.glue = piece.glue.substr(begin, end - begin);
  }
  out.push_back(std::move(part));
}

// Adds bytes [begin, end) of a rope to `out`, for ranges that are asked for in order of place.
class Cutter {
 public:
  Cutter(const diagnostics::Sources& sources, const Rope& rope) : sources_(sources), rope_(rope) {}

  void Cut(std::uint32_t begin, std::uint32_t end, Rope& out) {
    while (next_ < rope_.size() && at_ < end) {
      const auto size = static_cast<std::uint32_t>(TextOf(sources_, rope_[next_]).size());
      if (at_ + size > begin) {
        AddPart(rope_[next_], std::max(begin, at_) - at_, std::min(end, at_ + size) - at_, out);
      }
      if (at_ + size > end) return;
      at_ += size;
      ++next_;
    }
  }

 private:
  const diagnostics::Sources& sources_;
  const Rope& rope_;
  std::size_t next_ = 0;
  std::uint32_t at_ = 0;  // where the next piece begins
};

}  // namespace

std::string_view TextOf(const diagnostics::Sources& sources, const Piece& piece) {
  return piece.glue.empty() ? sources.text(piece.origin) : std::string_view(piece.glue);
}

std::string TextOf(const diagnostics::Sources& sources, const Rope& rope) {
  std::string text;
  for (const Piece& piece : rope) text += TextOf(sources, piece);
  return text;
}

Rope Apply(const diagnostics::Sources& sources, const Rope& rope, std::vector<Edit> edits) {
  std::stable_sort(edits.begin(), edits.end(), [](const Edit& a, const Edit& b) {
    const bool a_replaces = a.begin != a.end;  // what is only set in comes before what is replaced behind it
    const bool b_replaces = b.begin != b.end;
    return std::tie(a.begin, a_replaces, b.end, a.order) < std::tie(b.begin, b_replaces, a.end, b.order);
  });
  Rope out;
  Cutter cutter(sources, rope);
  std::uint32_t done = 0;
  for (Edit& edit : edits) {
    if (edit.begin < done) {  // inside or across the one before: what it would bring is left out
      done = std::max(done, edit.end);
      continue;
    }
    cutter.Cut(done, edit.begin, out);
    for (Piece& piece : edit.with) out.push_back(std::move(piece));
    done = edit.end;
  }
  cutter.Cut(done, static_cast<std::uint32_t>(-1), out);
  return out;
}

Rope Cut(const diagnostics::Sources& sources, const Rope& rope, std::uint32_t begin, std::uint32_t end) {
  Rope out;
  Cutter(sources, rope).Cut(begin, end, out);
  return out;
}

void Origins::Add(diagnostics::SourceId composed, const diagnostics::Sources& sources, Rope rope) {
  Text text{composed, std::move(rope), {0}};
  for (const Piece& piece : text.rope) {
    text.starts.push_back(text.starts.back() + static_cast<std::uint32_t>(TextOf(sources, piece).size()));
  }
  texts_.push_back(std::move(text));
}

const Origins::Text* Origins::Find(diagnostics::SourceId source) const {
  for (const Text& text : texts_) {
    if (text.source == source) return &text;
  }
  return nullptr;
}

const Rope* Origins::RopeOf(diagnostics::SourceId source) const {
  const Text* text = Find(source);
  return text == nullptr ? nullptr : &text->rope;
}

// The piece that holds the byte at `offset`; the last one for the end of the text.
std::size_t Origins::PieceAt(const Text& text, std::uint32_t offset) {
  const auto after = std::upper_bound(text.starts.begin(), text.starts.end(), offset);
  const auto index = static_cast<std::size_t>(after - text.starts.begin());
  return std::min(index == 0 ? 0 : index - 1, text.rope.size() - 1);
}

Span Origins::Trace(const Span& span) const {
  const Text* text = span.valid() ? Find(span.source) : nullptr;
  if (text == nullptr || text->rope.empty()) return span;
  const std::size_t first = PieceAt(*text, span.begin);
  const Piece& piece = text->rope[first];
  if (!piece.glue.empty()) return piece.origin;
  const std::uint32_t begin = piece.origin.begin + (span.begin - text->starts[first]);
  const std::uint32_t size = std::min(span.end, text->starts[first + 1]) - span.begin;
  Span traced{piece.origin.source, begin, begin + size};
  const std::size_t last = PieceAt(*text, span.end > span.begin ? span.end - 1 : span.end);
  const Piece& behind = text->rope[last];
  if (last == first || !behind.glue.empty() || behind.origin.source != traced.source) return traced;
  const std::uint32_t end = behind.origin.begin + (span.end - text->starts[last]);
  if (end > traced.end) traced.end = end;
  return traced;
}

std::vector<std::size_t> Origins::ChangesIn(const Span& span) const {
  std::vector<std::size_t> changes;
  const Text* text = span.valid() ? Find(span.source) : nullptr;
  if (text == nullptr || text->rope.empty()) return changes;
  for (std::size_t i = PieceAt(*text, span.begin); i < text->rope.size() && text->starts[i] < span.end; ++i) {
    const std::size_t change = text->rope[i].change;
    if (change == kNoChange) continue;
    if (std::find(changes.begin(), changes.end(), change) == changes.end()) changes.push_back(change);
  }
  return changes;
}

}  // namespace cordon::compose
