// Show: a composed policy as text, with who wrote each line. Tested by tests/golden/versions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compose/compose.h"

namespace cordon::compose {

// The whole policy as one text that stands alone: it means what the chain of versions means. What only says how it
// stands to its base, its claims, is left as a comment.
std::string PlainText(const diagnostics::Sources& sources, const Composed& composed);

// One line of a composed text.
struct ShownLine {
  std::string text;                  // without its line break
  std::vector<std::size_t> changes;  // that wrote some of it: rows of Composed::changes, each once
  bool is_own = false;               // written by a version above the lowest, and in no change: its header
};
std::vector<ShownLine> LinesOf(const diagnostics::Sources& sources, const Composed& composed, const Text& text);

// "change row", as a version writes it.
std::string_view KindText(model::ChangeKind kind);

// For people: every text, each line that a change wrote with that change's number before it, and below the changes by
// their numbers, with their reasons and where they stand.
std::string NumberedText(const diagnostics::Sources& sources, const Composed& composed);

}  // namespace cordon::compose
