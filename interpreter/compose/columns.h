// Columns: a row laid out as the rows that it comes to stand among.
#pragma once

#include "compose/rope.h"
#include "diagnostics/source.h"

namespace cordon::compose {

// The row of `extent`, whose cells end with `row`, its notes behind or below them; each cell as wide as that of
// `model`, a row or heading of the table that it is set into, where it fits. The notes as far from the row as they
// were. Where the two have not the same cells, the row as it is written. Brought by `change`.
Rope InColumns(const diagnostics::Sources& sources, const Span& row, const Span& extent, const Span& model,
               std::size_t change);

}  // namespace cordon::compose
