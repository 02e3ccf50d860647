// Ropes: a composed text as the pieces of the files that it was taken from.
//
// Every change of a version replaces bytes of the text below it by bytes of its own files. A rope remembers for each
// byte where it was written, so that a message about the composed text points into the file that a person can mend,
// and so that `cordon show` can say who wrote each line. Tested by tests/unit/compose_test.cc.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "diagnostics/diagnostic.h"
#include "diagnostics/source.h"

namespace cordon::compose {

using diagnostics::Span;

inline constexpr std::size_t kNoChange = static_cast<std::size_t>(-1);

// Some bytes of a text as written, or a little `glue` (blanks, commas, line ends) that no file holds.
struct Piece {
  Span origin = {};                // of glue: the place that it belongs to
  std::string glue = {};           // not empty: the piece's text
  std::size_t change = kNoChange;  // the change that brought it: its row among Composed::changes
};
using Rope = std::vector<Piece>;

std::string_view TextOf(const diagnostics::Sources& sources, const Piece& piece);
std::string TextOf(const diagnostics::Sources& sources, const Rope& rope);

// Bytes [begin, end) of a text are to be replaced.
struct Edit {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  Rope with;
  std::string order;  // edits at one place are made in this order
};

// `rope` with all of `edits` made at once. Edits that touch one another are made in order of place; one that lies
// inside another is left out. Linear in the pieces, but for sorting the edits.
Rope Apply(const diagnostics::Sources& sources, const Rope& rope, std::vector<Edit> edits);

// The part of `rope` that is bytes [begin, end) of its text.
Rope Cut(const diagnostics::Sources& sources, const Rope& rope, std::uint32_t begin, std::uint32_t end);

// Where composed texts come from: the way back from a span of a composed text to the files as written.
class Origins {
 public:
  void Add(diagnostics::SourceId composed, const diagnostics::Sources& sources, Rope rope);

  // The place in a file as written that `span` was taken from: all of it where it is one place, else its beginning. A
  // span of a text that was not composed is returned as it is.
  Span Trace(const Span& span) const;
  // The changes that brought some of the bytes of `span`, each once, in order of place.
  std::vector<std::size_t> ChangesIn(const Span& span) const;
  // The rope of a composed text, or nothing.
  const Rope* RopeOf(diagnostics::SourceId source) const;

 private:
  struct Text {
    diagnostics::SourceId source;
    Rope rope;
    std::vector<std::uint32_t> starts;  // of the pieces, and the end
  };
  const Text* Find(diagnostics::SourceId source) const;
  static std::size_t PieceAt(const Text& text, std::uint32_t offset);

  std::vector<Text> texts_;
};

}  // namespace cordon::compose
