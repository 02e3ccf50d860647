// Aligns columns; see columns.h.
#include "format/columns.h"

#include <algorithm>
#include <string_view>

#include "format/display_width.h"

namespace cordon::format {
namespace {

using syntax::Lexeme;
using syntax::LexemeKind;

bool IsSign(const Lexeme& lexeme, std::string_view sign) {
  return lexeme.kind == LexemeKind::kSign && lexeme.text == sign;
}
bool IsBar(const Lexeme& lexeme) { return IsSign(lexeme, "|") || IsSign(lexeme, "||"); }

std::string Pad(std::string text, std::size_t width) {
  const std::size_t own = DisplayWidth(text);
  if (own < width) text.append(width - own, ' ');
  return text;
}

// ---- rows

struct Row {
  std::vector<std::string> cells;
  std::vector<std::string> bars;  // the one behind each cell
};

Row ReadRow(const Clause& clause, const Layout& layout) {
  Row row;
  std::string cell;
  for (std::size_t i = clause.begin + 1; i < clause.end; ++i) {
    const Lexeme& lexeme = layout.lexeme(i);
    if (IsBar(lexeme)) {
      row.cells.push_back(std::move(cell));
      row.bars.push_back(lexeme.text);
      cell.clear();
      continue;
    }
    if (!cell.empty()) cell.append(layout.gap(i), ' ');
    cell += lexeme.text;
  }
  return row;
}

bool IsHeading(const Clause& clause, const Layout& layout) {
  const std::string_view word = clause.begin + 1 < clause.end ? WordOf(layout.lexeme(clause.begin + 1)) : "";
  return word == "row" || word == "case";
}

// Writes rows[first, last) of one part as wide as the widest cells.
void WritePart(const std::vector<Row>& rows, std::size_t first, std::size_t last, std::vector<std::string>& texts) {
  std::vector<std::size_t> widths;
  for (std::size_t i = first; i < last; ++i) {
    if (widths.size() < rows[i].cells.size()) widths.resize(rows[i].cells.size());
    for (std::size_t k = 0; k < rows[i].cells.size(); ++k) {
      widths[k] = std::max(widths[k], DisplayWidth(rows[i].cells[k]));
    }
  }
  for (std::size_t i = first; i < last; ++i) {
    if (rows[i].cells.empty()) continue;
    texts[i] = "|";
    for (std::size_t k = 0; k < rows[i].cells.size(); ++k) {
      texts[i] += " " + Pad(rows[i].cells[k], widths[k]) + " " + rows[i].bars[k];
    }
  }
}

// ---- symbols

struct Symbol {
  std::size_t begin = 0;  // its name, or the `<` before it
  std::size_t name = 0;
  std::size_t end = 0;  // behind the signs that follow it
  std::size_t indent = 0;
  std::vector<std::size_t> languages;  // the first lexeme of each of its texts
};

std::vector<Symbol> ReadSymbols(std::size_t begin, std::size_t end, std::size_t indent, const Layout& layout) {
  std::vector<Symbol> symbols;
  std::size_t depth = 0;
  const bool scale = WordOf(layout.lexeme(0)) == "scale";
  for (std::size_t i = begin; i < end; ++i) {
    const Lexeme& lexeme = layout.lexeme(i);
    if (IsSign(lexeme, "(")) ++depth;
    if (IsSign(lexeme, ")")) --depth;
    if (lexeme.kind == LexemeKind::kName && IsLanguage(layout.passage(), i) && !symbols.empty()) {
      symbols.back().languages.push_back(i);
    } else if (lexeme.kind == LexemeKind::kName) {
      const std::size_t first = i > begin && IsSign(layout.lexeme(i - 1), "<") ? i - 1 : i;
      if (!symbols.empty()) symbols.back().end = first;
      symbols.push_back({first, i, end, indent + 2 * depth + (scale && first == i ? 2 : 0), {}});
    }
  }
  return symbols;
}

// Where the k-th text of a symbol ends, with the signs behind the last.
std::size_t TextEnd(const Symbol& symbol, std::size_t k) {
  return k + 1 < symbol.languages.size() ? symbol.languages[k + 1] : symbol.end;
}

// Where the texts of the symbols begin: a column each, or only the first where a line would get too long.
std::vector<std::size_t> TextColumns(const std::vector<Symbol>& symbols, const Layout& layout) {
  std::size_t next = 0;
  for (const Symbol& symbol : symbols) {
    if (symbol.languages.empty()) continue;
    next = std::max(next, symbol.indent + layout.Width(symbol.begin, symbol.name + 1) + 1);
  }
  std::vector<std::size_t> columns;
  for (std::size_t k = 0; next > 0; ++k) {
    columns.push_back(next);
    next = 0;
    for (const Symbol& symbol : symbols) {
      if (symbol.languages.size() <= k) continue;
      const std::size_t end = columns[k] + layout.Width(symbol.languages[k], TextEnd(symbol, k));
      if (end > kLineWidth) return {columns[0]};
      if (symbol.languages.size() > k + 1) next = std::max(next, end + 2);
    }
  }
  return columns;
}

// A symbol whose name would begin a clause if it stood first on a line.
bool ReadsAsClause(const Symbol& symbol, const Layout& layout) {
  const std::string_view name = layout.lexeme(symbol.name).text;
  return name == "text" || name == "cite" || name == "interpretation";
}

void LaySymbol(const Symbol& symbol, const std::vector<std::size_t>& columns, Layout& layout) {
  Writer& writer = layout.writer();
  if (!writer.at_start() && !ReadsAsClause(symbol, layout)) {
    writer.StartLine(layout.lexeme(symbol.begin), symbol.indent, true);
  }
  const std::size_t name_end = symbol.languages.empty() ? symbol.end : symbol.name + 1;
  layout.LayFlat(symbol.begin, name_end, symbol.indent + 2);
  for (std::size_t k = 0; k < symbol.languages.size(); ++k) {
    const std::size_t column = k < columns.size() ? columns[k] : columns[0];
    const Lexeme& language = layout.lexeme(symbol.languages[k]);
    if (k >= columns.size()) writer.StartLine(language, column, false);
    writer.PutAt(language, column);
    layout.LayFlat(symbol.languages[k] + 1, TextEnd(symbol, k), column);
  }
}

}  // namespace

std::vector<std::string> AlignRows(const std::vector<Clause>& clauses, const Layout& layout) {
  std::vector<Row> rows(clauses.size());
  std::vector<std::string> texts(clauses.size());
  std::size_t first = 0;
  for (std::size_t i = 0; i < clauses.size(); ++i) {
    if (clauses[i].kind != ClauseKind::kRow) continue;
    if (IsHeading(clauses[i], layout)) {
      WritePart(rows, first, i, texts);
      first = i;
    }
    rows[i] = ReadRow(clauses[i], layout);
  }
  WritePart(rows, first, clauses.size(), texts);
  return texts;
}

std::size_t WidestField(const std::vector<Clause>& clauses, const Layout& layout) {
  std::size_t widest = 0;
  for (const Clause& clause : clauses) {
    if (clause.kind == ClauseKind::kField) widest = std::max(widest, layout.Width(clause.begin, clause.begin + 1));
  }
  return widest;
}

void LaySymbols(std::size_t begin, std::size_t end, std::size_t indent, Layout& layout) {
  const std::vector<Symbol> symbols = ReadSymbols(begin, end, indent, layout);
  const bool texts =
      std::any_of(symbols.begin(), symbols.end(), [](const Symbol& symbol) { return !symbol.languages.empty(); });
  if (!texts) {
    std::vector<std::size_t> items = {begin};
    for (std::size_t i = 1; i < symbols.size(); ++i) items.push_back(symbols[i].begin);
    layout.Fill(items, end, layout.writer().at_start() ? indent : layout.writer().column() + 1);
    return;
  }
  const std::vector<std::size_t> columns = TextColumns(symbols, layout);
  for (const Symbol& symbol : symbols) LaySymbol(symbol, columns, layout);
}

}  // namespace cordon::format
