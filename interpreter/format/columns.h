// Columns: the rows of a table, the fields of a record and the names of a category, each with what belongs together in
// one column. Private to format/. Tested by tests/unit/format_test.cc.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "format/clauses.h"
#include "format/layout.h"

namespace cordon::format {

// The text of each row of `clauses`, by its place there; empty for what is no row. The cells of a part are as wide as
// its widest.
std::vector<std::string> AlignRows(const std::vector<Clause>& clauses, const Layout& layout);

// The widest name of the fields among `clauses`.
std::size_t WidestField(const std::vector<Clause>& clauses, const Layout& layout);

// The symbols of a category or scale from `begin` to `end`: in a filled list where none has a text, else each on a line
// of its own, with the texts in columns or, where these get too wide, below each other.
void LaySymbols(std::size_t begin, std::size_t end, std::size_t indent, Layout& layout);

}  // namespace cordon::format
