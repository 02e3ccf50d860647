// SideBySide: rows of a heading and two texts as columns of a fixed width, wrapped between words.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace cordon::report {

// An empty text is printed as `-`; a second text that is empty in every row is left out.
struct SideRow {
  std::string heading;
  std::string old_text;
  std::string new_text;
  bool changed = false;  // marked with `*` before the heading
};

// The rows, each on one line or more, all indented by `indent` blanks and two for the mark; at most 110 columns, but
// for texts of one word that is longer than its column, which are cut. Ends in a line break unless there are no rows.
std::string SideBySide(std::size_t indent, const std::vector<SideRow>& rows);

}  // namespace cordon::report
