// Splits rows at their bars, and fills cells up with blanks; see columns.h. Tested by tests/unit/compose_test.cc.
#include "compose/columns.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "compose/layout.h"
#include "support/text.h"

namespace cordon::compose {
namespace {

// A row cut at its bars: `bars[i]` stands before `cells[i]`, and the last one behind them all.
struct CutRow {
  std::vector<std::string> bars;  // "|" or "||"
  std::vector<Span> cells;        // with the blanks around them
};

CutRow CutAtBars(const diagnostics::Sources& sources, const Span& row) {
  const std::string_view text = sources.text(row);
  CutRow cut;
  bool quoted = false;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\\' && quoted) {
      ++at;
    } else if (text[at] == '"') {
      quoted = !quoted;
    } else if (text[at] == '|' && !quoted) {
      const bool two = at + 1 < text.size() && text[at + 1] == '|';
      if (!cut.bars.empty()) {
        cut.cells.push_back(
            {row.source, static_cast<std::uint32_t>(row.begin + begin), static_cast<std::uint32_t>(row.begin + at)});
      }
      cut.bars.emplace_back(two ? "||" : "|");
      at += two ? 1 : 0;
      begin = at + 1;
    }
  }
  return cut;
}

Span WithoutBlanks(const diagnostics::Sources& sources, Span cell) {
  const std::string_view text = sources.text(cell.source);
  while (cell.begin < cell.end && (text[cell.begin] == ' ' || text[cell.begin] == '\t')) ++cell.begin;
  while (cell.begin < cell.end && (text[cell.end - 1] == ' ' || text[cell.end - 1] == '\t')) --cell.end;
  return cell;
}

bool IsOneLine(const diagnostics::Sources& sources, const Span& span) {
  const std::string_view text = sources.text(span);
  return text.starts_with('|') && text.ends_with('|') && text.find('\n') == std::string_view::npos;
}

}  // namespace

Rope InColumns(const diagnostics::Sources& sources, const Span& row, const Span& extent, const Span& model,
               std::size_t change) {
  const std::size_t indent = IndentOf(sources, model);
  const CutRow own = CutAtBars(sources, row);
  const CutRow other = CutAtBars(sources, model);
  const bool fits = own.bars == other.bars && own.bars.size() > 1 && IsOneLine(sources, row) &&
                    IsOneLine(sources, model) && row.begin == extent.begin;
  if (!fits) return Indented(sources, extent, indent, change);
  Rope rope;
  for (std::size_t i = 0; i < own.cells.size(); ++i) {
    const Span cell = WithoutBlanks(sources, own.cells[i]);
    const std::size_t wide = support::CountCodePoints(sources.text(other.cells[i]));
    const std::size_t size = support::CountCodePoints(sources.text(cell)) + 1;  // with the blank before it
    rope.push_back(Glue(own.bars[i] + " ", row, change));
    if (cell.begin < cell.end) rope.push_back({cell, {}, change});
    rope.push_back(Glue(std::string(wide > size ? wide - size : 1, ' '), row, change));
  }
  rope.push_back(Glue(own.bars.back(), row, change));
  const Span notes{extent.source, row.end, extent.end};
  if (notes.begin < notes.end) Append(rope, Indented(sources, notes, indent, change));
  return rope;
}

}  // namespace cordon::compose
