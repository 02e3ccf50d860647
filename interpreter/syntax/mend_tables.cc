// Table lines: which bar is which, and what is wrong with a row before its cells are read.
//
// A row stands on one line, begins and ends with `|`, and has one `||` between its tests and its conclusions. The
// heading says where `||` belongs, so that a row that lacks it can be mended and its cells still be read. How many
// cells a row must have is checked later. Entry point: MendTables. Tested by tests/unit/parse_test.cc.
#include <algorithm>
#include <optional>

#include "syntax/tokens.h"
#include "syntax/word_lists.h"

namespace cordon::syntax {
namespace {

using diagnostics::Code;

bool IsBar(const Token& token) { return token.kind == Kind::BAR || token.kind == Kind::BARBAR; }
bool IsDash(const Token& token) { return token.kind == Kind::MINUS || token.kind == Kind::DASH; }

// Where `||` stands among the inner bars of a line; nothing where it has none.
std::optional<std::size_t> FindDoubleBar(const Tokens& row) {
  std::size_t index = 0;
  for (std::size_t i = 1; i + 1 < row.size(); ++i) {
    if (row[i].kind == Kind::BARBAR) return index;
    if (row[i].kind == Kind::BAR) ++index;
  }
  return std::nullopt;
}

class TableMender {
 public:
  TableMender(Chunk& chunk, Reporter& reporter)
      : chunk_(chunk),
        reporter_(reporter),
        cases_(chunk.opening == Kind::CASES ||
               std::any_of(chunk.tokens.begin(), chunk.tokens.end(),
                           [](const Token& token) { return token.kind == Kind::CASE; })) {}

  void Mend() {
    std::size_t begin = 0;
    while (begin < chunk_.tokens.size()) {
      std::size_t end = begin + 1;
      while (end < chunk_.tokens.size() && chunk_.tokens[end].line == chunk_.tokens[begin].line) ++end;
      const bool has_double_bar = std::any_of(chunk_.tokens.begin() + begin, chunk_.tokens.begin() + end,
                                              [](const Token& token) { return token.kind == Kind::BARBAR; });
      if (chunk_.tokens[begin].kind == Kind::BAR || (has_double_bar && begin > 0)) {
        MendLine(begin, end);
      } else {
        Keep(begin, end);
      }
      begin = end;
    }
    chunk_.tokens = std::move(kept_);
  }

 private:
  void Keep(std::size_t begin, std::size_t end) {
    kept_.insert(kept_.end(), chunk_.tokens.begin() + begin, chunk_.tokens.begin() + end);
  }
  void MendLine(std::size_t begin, std::size_t end);
  bool Open(Tokens& row);
  void Close(Tokens& row, const Token& last);
  void MendDoubleBar(Tokens& row);
  std::size_t GuessFromRows(std::size_t line) const;
  void MendCells(Tokens& row);
  Token Placeholder(std::size_t cell, bool concludes, const Token& beside) const;
  void ReportDash(const Token& dash, bool concludes) const;

  Chunk& chunk_;
  Reporter& reporter_;
  const bool cases_;
  Tokens kept_;
  std::optional<std::size_t> heading_;  // where the part's heading has its `||`, among the inner bars
  std::uint32_t unclosed_line_ = 0;
};

void TableMender::MendLine(std::size_t begin, std::size_t end) {
  // Notes may follow a row on its line.
  std::size_t row_end = begin + 1;
  while (row_end < end && !(IsBar(chunk_.tokens[row_end - 1]) && row_end - 1 > begin &&
                            IsIn(chunk_.tokens[row_end].kind,
                                 {Kind::CITE, Kind::ANSWERS, Kind::INTERPRETATION, Kind::QUOTE, Kind::BECAUSE}))) {
    ++row_end;
  }
  Tokens row(chunk_.tokens.begin() + begin, chunk_.tokens.begin() + row_end);
  if (reporter_.spoilt(row.back())) {
    // What an unclosed text swallowed cannot be told: without the row, the others can still be read.
    chunk_.broken = chunk_.broken || (row.size() > 1 && (row[1].kind == Kind::ROW || row[1].kind == Kind::CASE));
    return;
  }
  if (!Open(row)) return;
  Close(row, chunk_.tokens[row_end - 1]);
  MendDoubleBar(row);
  MendCells(row);
  kept_.insert(kept_.end(), row.begin(), row.end());
  Keep(row_end, end);
}

// Sees that the line begins with `|`. False where it is the rest of the row above, about which all is said.
bool TableMender::Open(Tokens& row) {
  if (row.front().kind != Kind::BAR) {
    const bool is_rest = unclosed_line_ != 0 && unclosed_line_ + 1 == row.front().line;
    if (is_rest && FindDoubleBar(row).value_or(0) < heading_.value_or(0)) return false;
    reporter_.Report(Code::kRowNotOpened, row.front(),
                     reporter_.Quote(row.front()) + " begins a line of a table; such a line begins with `|`",
                     "put `|` before it");
    Token& first = row.front();
    const std::string_view text = reporter_.text(first);
    if (text == "row" && !cases_) first.kind = Kind::ROW;
    if (text == "case" && cases_) first.kind = Kind::CASE;
    row.insert(row.begin(), Inserted(Kind::BAR, first, first.begin));
  }
  row.front().kind = Kind::ROW_START;
  row.front().opens = true;
  return true;
}

void TableMender::Close(Tokens& row, const Token& last) {
  if (row.size() > 1 && row.back().kind == Kind::BAR) {
    row.back().kind = Kind::ROW_END;
    return;
  }
  const auto num_double =
      std::count_if(row.begin(), row.end(), [](const Token& token) { return token.kind == Kind::BARBAR; });
  if (row.back().kind == Kind::BARBAR && num_double > 1) {
    reporter_.Report(Code::kTwoDoubleBars, row.back(), "the row ends with `||`; it ends with a single `|`",
                     "write `|` at its end");
    row.back().kind = Kind::ROW_END;
    return;
  }
  unclosed_line_ = last.line;
  reporter_.Report(Code::kRowNotClosed, Inserted(Kind::BAR, last, last.end),
                   "this line of the table does not end with `|`; a row stands on one line, between two of them",
                   "put `|` at its end");
  row.push_back(Inserted(Kind::ROW_END, last, last.end));
}

// For a heading without `||`: where the rows below it have theirs, or else before the last cell.
std::size_t TableMender::GuessFromRows(std::size_t line) const {
  std::size_t index = 0;
  std::uint32_t at_line = 0;
  for (const Token& token : chunk_.tokens) {
    if (token.line <= line) continue;
    if (token.line != at_line) index = 0;
    at_line = token.line;
    if (token.kind == Kind::ROW || token.kind == Kind::CASE) break;
    if (token.kind == Kind::BARBAR) return index - 1;
    if (token.kind == Kind::BAR) ++index;
  }
  return std::string_view::npos;
}

void TableMender::MendDoubleBar(Tokens& row) {
  const bool is_heading = row.size() > 1 && (row[1].kind == Kind::ROW || row[1].kind == Kind::CASE);
  if (is_heading) heading_ = FindDoubleBar(row);
  std::vector<std::size_t> bars;
  std::size_t num_double = 0;
  for (std::size_t i = 1; i + 1 < row.size(); ++i) {
    if (!IsBar(row[i])) continue;
    bars.push_back(i);
    if (row[i].kind == Kind::BARBAR) ++num_double;
  }
  if (num_double == 0) {
    std::size_t at = is_heading ? GuessFromRows(row.front().line) : heading_.value_or(std::string_view::npos);
    if (at >= bars.size()) at = bars.size() - 1;
    if (is_heading) heading_ = bars.empty() ? 0 : at;
    unclosed_line_ = row.front().line;
    Token& place = bars.empty() ? row.back() : row[bars[at]];
    reporter_.Report(
        Code::kNoDoubleBar, place, "this line of the table has no `||`, which stands before the conclusions",
        bars.empty() ? "write a cell for each column, and `||` before those of the conclusions" : "write `||` here");
    if (bars.empty()) {
      row.insert(row.end() - 1, Inserted(Kind::BARBAR, place, place.begin));
      reporter_.SpoilLine(row.front());
    } else {
      place.kind = Kind::BARBAR;
    }
    return;
  }
  if (num_double == 1) return;
  const bool heading_fits = heading_ && *heading_ < bars.size() && row[bars[*heading_]].kind == Kind::BARBAR;
  std::size_t right = heading_fits && !is_heading ? bars[*heading_] : 0;
  for (const std::size_t bar : bars) {
    if (row[bar].kind != Kind::BARBAR) continue;
    if (right == 0) right = bar;
    if (bar == right) continue;
    reporter_.Report(Code::kTwoDoubleBars, row[bar],
                     "a second `||` in one line; it stands once, between the tests and the conclusions",
                     "write `|` here");
    row[bar].kind = Kind::BAR;
  }
}

// What an empty or dashed cell is read as, so that the rest of the row can be read.
Token TableMender::Placeholder(std::size_t cell, bool concludes, const Token& beside) const {
  const bool is_heading = beside.kind == Kind::ROW || beside.kind == Kind::CASE;
  Token token = Inserted(Kind::NAME, beside, beside.begin);
  token.meant = "empty";
  if (cell == 0 || is_heading) return token;
  if (concludes) {
    token.kind = Kind::SILENT;
  } else {
    token.kind = cases_ ? Kind::UNKNOWN : Kind::ANY;
  }
  return token;
}

void TableMender::ReportDash(const Token& dash, bool concludes) const {
  std::string help = "write `no` if the guideline means no, `any` if the cell tests nothing";
  if (concludes) help = "write `no` if the guideline means no, `silent` if the row says nothing about this";
  if (cases_ && !concludes) help = "write `no`, `unknown` if it was sought and not learnt, or `not asked`";
  reporter_.Report(Code::kDashInCell, dash,
                   "this cell holds a dash, which may mean no or that nothing is tested; a cell says which",
                   std::move(help));
}

void TableMender::MendCells(Tokens& row) {
  const Token head = row.size() > 1 ? row[1] : row[0];
  Tokens mended;
  std::size_t cell = 0;
  bool concludes = false;
  for (std::size_t i = 0; i < row.size();) {
    mended.push_back(row[i]);
    if (row[i].kind == Kind::BARBAR) concludes = true;
    if (row[i].kind == Kind::ROW_END) break;
    const std::size_t begin = ++i;
    while (i < row.size() && !IsBar(row[i]) && row[i].kind != Kind::ROW_END) ++i;
    const bool only_dashes = i > begin && std::all_of(row.begin() + begin, row.begin() + i, IsDash);
    if (i == begin) {
      Token gap = Inserted(Kind::BAR, mended.back(), mended.back().end);
      gap.end = i < row.size() ? std::max(gap.begin, row[i].begin) : gap.begin;
      std::string help = concludes ? "write `silent` if the row says nothing about this"
                                   : "write `any` if it may be anything, `no` if the guideline means no";
      if (cases_)
        help =
            concludes ? "write `silent` if nothing is expected" : "write `unknown` or `not asked` if it has no value";
      if (cell == 0) help = "give the row a name, such as its number in the guideline";
      reporter_.Report(Code::kEmptyCell, gap, "this cell is empty; every cell says something", std::move(help));
    }
    if (i == begin || only_dashes) {
      Token beside = head;
      beside.begin = mended.back().end;
      beside.line = row[0].line;
      if (only_dashes) ReportDash(row[begin], concludes);
      mended.push_back(Placeholder(cell, concludes, beside));
    } else {
      mended.insert(mended.end(), row.begin() + begin, row.begin() + i);
    }
    ++cell;
  }
  row = std::move(mended);
}

// The place of `|` at the begin of a line: without its heading word `table` a table is read as part of what stands
// above it.
bool BeginsRow(const Tokens& tokens, std::size_t at) {
  if (!tokens[at].first || !IsBar(tokens[at])) return false;
  std::size_t num_bars = 0;
  for (std::size_t i = at; i < tokens.size() && tokens[i].line == tokens[at].line; ++i) num_bars += IsBar(tokens[i]);
  return num_bars > 2;
}

// Tells the first line of a table that has no `table` or `cases` above it. What follows belongs to the same table.
void MendStrayRows(Chunk& chunk, Reporter& reporter) {
  for (std::size_t i = 2; i < chunk.tokens.size(); ++i) {
    if (!BeginsRow(chunk.tokens, i)) continue;
    reporter.Report(Code::kRowOutsideTable, chunk.tokens[i],
                    "this line of a table stands outside a table, below " + reporter.Quote(chunk.tokens[1]),
                    "begin the table with a line such as `table triggers` above its heading, or `cases` for tests");
    chunk.tokens.resize(i);
    return;
  }
}

// `a || b` in a condition.
void MendOr(Chunk& chunk, Reporter& reporter) {
  for (Token& token : chunk.tokens) {
    if (token.kind != Kind::BARBAR) continue;
    reporter.Report(Code::kWrongOperator, token, "`||` joins no conditions; it stands in tables only", "write `or`");
    token.kind = Kind::OR;
  }
}

}  // namespace

void MendTables(Chunk& chunk, Reporter& reporter) {
  if (chunk.opening == Kind::TABLE || chunk.opening == Kind::CASES || IsIn(chunk.opening, Changes())) {
    TableMender(chunk, reporter).Mend();
  } else {
    MendStrayRows(chunk, reporter);
    MendOr(chunk, reporter);
  }
}

}  // namespace cordon::syntax
