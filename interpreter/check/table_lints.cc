// Warnings about tables: gaps, overlaps, and rows that say nothing of their own; see lints.h.
//
// A row is a box over the columns of its part (columns.h, boxes.h). A part with a `when` column or an opaque one is
// left out, for there the columns do not tell which rows hold together. Source: the language manual, "Rules, tables,
// exceptions, settings". Tested by tests/golden/lints/tables.golden.
#include <algorithm>
#include <map>
#include <numeric>
#include <utility>

#include "check/columns.h"
#include "check/lints.h"
#include "support/text.h"

namespace cordon::check {

namespace {

using model::ExprId;

constexpr std::size_t kMostShown = 4;  // gaps of one part, overlaps of one part

struct Row {
  const syntax::RowDecl* decl = nullptr;
  const model::Rule* rule = nullptr;
  bool otherwise = false;
};

struct Part {
  const syntax::TableDecl& table;
  const syntax::TablePart& decl;
  std::vector<Column> columns;  // those that some row tests, one for each operand
  std::vector<Row> rows;
  std::vector<Box> boxes;  // by row, within the columns' domains; the whole for `otherwise`
  Box whole;
};

// The conditions that every element of `list` satisfies, one by one.
void AddLimits(const model::Policy& policy, ExprId list, std::vector<ColumnTest>& limits) {
  while (list.valid()) {
    const model::Expr& expr = policy.expr(list);
    if (expr.kind == model::ExprKind::kDefine) {
      list = policy.defines[expr.define.index].value;
      continue;
    }
    if (expr.type.kind == model::TypeKind::kList && expr.type.record.valid()) {
      const model::Record& record = policy.records[expr.type.record.index];
      for (const model::Require& require : record.requires_) limits.push_back({require.condition, record.self});
    }
    if (expr.kind != model::ExprKind::kFilter) return;
    std::vector<ExprId> open = {expr.args[1]};
    while (!open.empty()) {
      const ExprId id = open.back();
      open.pop_back();
      const model::Expr& condition = policy.expr(id);
      if (condition.kind == model::ExprKind::kAnd) {
        open.insert(open.end(), condition.args.begin(), condition.args.end());
      } else {
        limits.push_back({id, expr.variable});
      }
    }
    list = expr.args[0];
  }
}

// The condition of the rule's part that was written as `cell`; invalid where there is none.
ExprId ConditionOf(const model::Rule& rule, const syntax::Cell& cell) {
  for (const model::Part& part : rule.parts) {
    if (part.span == cell.span) return part.condition;
  }
  return {};
}

bool IsOtherwise(const syntax::RowDecl& row) {
  return std::any_of(row.cells.begin(), row.cells.end(),
                     [](const syntax::Cell& cell) { return cell.kind == syntax::CellKind::kOtherwise; });
}

// What the cells of one column test: row by row, with an invalid condition where nothing is.
struct ColumnCells {
  ColumnTest operand;
  std::string heading;
  std::vector<ColumnTest> cells;
};

// The cells of every column that tests something; nothing where one cannot be read.
std::optional<std::vector<ColumnCells>> ReadCells(const Context& ctx, const Part& part) {
  std::vector<ColumnCells> columns;
  for (std::size_t i = 0; i < part.decl.inputs.size(); ++i) {
    const syntax::InHead& head = part.decl.inputs[i];
    if (head.is_when) return std::nullopt;
    ColumnCells column{{}, FoldedText(ctx, head.span), {}};
    for (const Row& row : part.rows) {
      const model::VariableId variable = row.rule->for_each ? row.rule->for_each->variable : model::VariableId();
      const bool tests = row.decl->cells[i].kind == syntax::CellKind::kTest;
      const ColumnTest test{tests ? ConditionOf(*row.rule, row.decl->cells[i]) : ExprId(), variable};
      if (tests && !test.condition.valid()) return std::nullopt;
      column.cells.push_back(test);
      if (!tests || column.operand.condition.valid()) continue;
      column.operand = {FindOperand(ctx.policy, test.condition, head.span), variable};
    }
    const bool tests_something = std::any_of(column.cells.begin(), column.cells.end(),
                                             [](const ColumnTest& test) { return test.condition.valid(); });
    if (!tests_something) continue;
    if (!column.operand.condition.valid()) return std::nullopt;
    columns.push_back(std::move(column));
  }
  return columns;
}

// Makes the part's columns and boxes. False where a column is opaque.
bool MakeBoxes(const Context& ctx, Part& part) {
  const auto columns = ReadCells(ctx, part);
  if (!columns) return false;
  std::vector<ColumnTest> limits;
  for (const Row& row : part.rows) {
    if (row.rule->for_each) AddLimits(ctx.policy, row.rule->for_each->list, limits);
    if (row.rule->for_each) break;  // the same for all
  }
  part.boxes.resize(part.rows.size());
  for (const ColumnCells& cells : *columns) {
    std::vector<ColumnTest> tests;
    for (const ColumnTest& test : cells.cells) {
      if (test.condition.valid()) tests.push_back(test);
    }
    std::optional<Column> column = MakeColumn(ctx.policy, cells.operand, tests, limits);
    if (!column) return false;
    column->heading = cells.heading;
    for (const Column& other : part.columns) {
      if (other.key == column->key) return false;  // one operand under two headings: its atoms are cut in two ways
    }
    for (std::size_t i = 0; i < part.rows.size(); ++i) {
      const ColumnTest& test = cells.cells[i];
      AtomSet set = column->domain;
      if (test.condition.valid()) set = Intersection(set, AtomsOf(ctx.policy, *column, test));
      part.boxes[i].push_back(std::move(set));
    }
    part.whole.push_back(column->domain);
    part.columns.push_back(std::move(*column));
  }
  return !part.columns.empty() && !IsEmpty(part.whole);
}

// "`stay.length` = 24 hours, `stay.discharged` within the last 7 days": the columns that `box` narrows.
std::string DescribeBox(const model::Policy& policy, const Part& part, const Box& box) {
  std::string text;
  for (std::size_t i = 0; i < box.size(); ++i) {
    const std::string atoms = DescribeAtoms(policy, part.columns[i], box[i]);
    if (atoms == "any") continue;
    const char first = atoms[0];
    const bool is_test = first == '<' || first == '>' || first == '=' || part.columns[i].kind == ColumnKind::kOrdered ||
                         atoms.substr(0, 3) == "in " || atoms.substr(0, 3) == "is ";
    text += (text.empty() ? "`" : ", `") + part.columns[i].heading + (is_test ? " " : " = ") + atoms + "`";
  }
  return text;
}

// `box` as the cells of a row, in the order of the part's headings.
std::string AsCells(const Context& ctx, const Part& part, const Box& box) {
  std::string text = "|";
  for (const syntax::InHead& head : part.decl.inputs) {
    std::string cell = "any";
    for (std::size_t i = 0; i < box.size(); ++i) {
      if (part.columns[i].heading != FoldedText(ctx, head.span)) continue;
      cell = DescribeAtoms(ctx.policy, part.columns[i], box[i]);
    }
    text += " " + cell + " |";
  }
  return text;
}

// Joins boxes that differ in one column only, so that fewer are shown.
void JoinBoxes(std::vector<Box>& boxes) {
  constexpr std::size_t kMostJoined = 200;
  if (boxes.size() > kMostJoined) return;
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    for (std::size_t j = i + 1; j < boxes.size(); ++j) {
      std::size_t differing = 0;
      std::size_t column = 0;
      for (std::size_t k = 0; k < boxes[i].size(); ++k) {
        if (boxes[i][k] == boxes[j][k]) continue;
        ++differing;
        column = k;
      }
      if (differing != 1) continue;
      boxes[i][column] = Union(boxes[i][column], boxes[j][column]);
      boxes.erase(boxes.begin() + static_cast<std::ptrdiff_t>(j));
      j = i;  // the wider one may now join others
    }
  }
}

Span HeadingSpan(const Part& part) {
  return diagnostics::Cover(part.decl.inputs.front().span, part.decl.inputs.back().span);
}

void LintGaps(Context& ctx, const Part& part) {
  std::optional<std::vector<Box>> left = Uncovered(part.whole, part.boxes);
  if (!left || left->empty()) return;
  JoinBoxes(*left);
  std::vector<std::string> rows;
  for (std::size_t i = 0; i < left->size() && i < kMostShown; ++i) {
    rows.push_back("`" + AsCells(ctx, part, (*left)[i]) + "`");
  }
  if (left->size() > kMostShown) rows.push_back(std::to_string(left->size() - kMostShown) + " more");
  ctx.sink.Report(
      Code::kTableGap, HeadingSpan(part),
      "no row of this part of `" + part.table.name.text + "` covers " + DescribeBox(ctx.policy, part, left->front()),
      "if these can occur together, add what is missing, " + support::JoinWords(rows, "and") +
          "; where the guideline leaves them open, say `with gaps`");
}

bool SameConclusions(const model::Rule& a, const model::Rule& b) {
  const auto same_output = [](const model::OutputConclusion& x, const model::OutputConclusion& y) {
    return x.output == y.output && x.value == y.value && x.exactly == y.exactly;
  };
  const auto same_duty = [](const model::Duty& x, const model::Duty& y) {
    return x.actor == y.actor && x.modality == y.modality && x.action == y.action && x.args == y.args &&
           x.each.empty() && y.each.empty();
  };
  return std::equal(a.conclusions.begin(), a.conclusions.end(), b.conclusions.begin(), b.conclusions.end(),
                    same_output) &&
         std::equal(a.duties.begin(), a.duties.end(), b.duties.begin(), b.duties.end(), same_duty);
}

void ReportInside(Context& ctx, const Row& inner, const Row& outer) {
  ctx.sink.Report(Code::kHiddenRow, inner.decl->name.span,
                  "row `" + inner.decl->name.text + "` adds nothing: row `" + outer.decl->name.text +
                      "` holds wherever it does, and concludes the same",
                  "take it out, or mend the cell in which the two should differ",
                  {{outer.decl->name.span, "the wider row is here"}});
}

// Two rows that hold together, the first above the second.
void ReportOverlap(Context& ctx, const Part& part, std::size_t first, std::size_t second) {
  const Row& above = part.rows[first];
  const Row& below = part.rows[second];
  if (SameConclusions(*above.rule, *below.rule)) {
    if (Inside(part.boxes[second], part.boxes[first])) return ReportInside(ctx, below, above);
    if (Inside(part.boxes[first], part.boxes[second])) return ReportInside(ctx, above, below);
  }
  const std::string where = DescribeBox(ctx.policy, part, Intersection(part.boxes[first], part.boxes[second]));
  ctx.sink.Report(Code::kTableOverlap, below.decl->name.span,
                  "rows `" + above.decl->name.text + "` and `" + below.decl->name.text + "` both hold" +
                      (where.empty() ? " always" : " where " + where),
                  "if these can occur together, narrow one of the two; or let the order decide: `first row wins`",
                  {{above.decl->name.span, "the other row is here"}});
}

void LintOverlaps(Context& ctx, const Part& part, const BoxIndex& index) {
  std::size_t shown = 0;
  for (std::size_t j = 1; j < part.rows.size(); ++j) {
    if (part.rows[j].otherwise || IsEmpty(part.boxes[j])) continue;
    for (const std::size_t i : index.Meeting(part.boxes[j])) {
      if (i >= j) break;
      if (part.rows[i].otherwise) continue;
      if (++shown > kMostShown) return;
      ReportOverlap(ctx, part, i, j);
    }
  }
}

// Whether some cell of the row leaves nothing of its column; told once, at that cell.
bool LintNeverHolds(Context& ctx, const Part& part, const Row& row, const Box& box) {
  for (std::size_t i = 0; i < box.size(); ++i) {
    if (!box[i].empty()) continue;
    for (std::size_t k = 0; k < part.decl.inputs.size(); ++k) {
      if (FoldedText(ctx, part.decl.inputs[k].span) != part.columns[i].heading) continue;
      ctx.sink.Report(Code::kHiddenRow, row.decl->cells[k].span,
                      "row `" + row.decl->name.text + "` never holds: no `" + part.columns[i].heading +
                          "` that can occur here passes this test",
                      "mend the test, or take the row out");
      return true;
    }
  }
  return false;
}

// The rows above row `end` that take something of it, or all of them for `otherwise`.
std::vector<std::size_t> RowsAbove(const Part& part, std::size_t end, const BoxIndex& index) {
  std::vector<std::size_t> rows;
  if (!part.rows[end].otherwise) rows = index.Meeting(part.boxes[end]);
  if (part.rows[end].otherwise) {
    rows.resize(end);
    std::iota(rows.begin(), rows.end(), std::size_t{0});
  }
  rows.erase(std::lower_bound(rows.begin(), rows.end(), end), rows.end());
  return rows;
}

void LintHidden(Context& ctx, const Part& part, const BoxIndex& index) {
  const bool first_wins = part.table.reading == syntax::TableReading::kFirstRowWins;
  for (std::size_t j = 0; j < part.rows.size(); ++j) {
    const Row& row = part.rows[j];
    if (LintNeverHolds(ctx, part, row, part.boxes[j]) || j == 0 || !(first_wins || row.otherwise)) continue;
    const std::vector<std::size_t> rows_above = RowsAbove(part, j, index);
    std::vector<Box> boxes;
    for (const std::size_t i : rows_above) boxes.push_back(part.boxes[i]);
    const auto left = Uncovered(part.boxes[j], boxes);
    if (!left || !left->empty()) continue;
    std::vector<std::string> above;
    std::vector<diagnostics::Note> notes;
    for (const std::size_t i : rows_above) {
      above.push_back("`" + part.rows[i].decl->name.text + "`");
      if (notes.empty()) notes.push_back({part.rows[i].decl->name.span, "this row comes first"});
    }
    if (above.size() > kMostShown) above = {"the rows above"};
    ctx.sink.Report(Code::kHiddenRow, row.decl->name.span,
                    "row `" + row.decl->name.text + "` is never reached: " + support::JoinWords(above, "and") +
                        (above.size() == 1 && above[0][0] == '`' ? " takes" : " take") + " all that it holds for",
                    "move it above, or take it out", std::move(notes));
  }
}

void LintPart(Context& ctx, const std::map<std::string, const model::Rule*>& rules, const syntax::TableDecl& table,
              const syntax::TablePart& decl) {
  Part part{table, decl, {}, {}, {}, {}};
  for (const syntax::RowDecl& row : decl.rows) {
    const auto rule = rules.find(row.name.text);
    if (rule == rules.end()) return;
    part.rows.push_back({&row, rule->second, IsOtherwise(row)});
  }
  if (part.rows.empty() || decl.inputs.empty() || !MakeBoxes(ctx, part)) return;
  const BoxIndex index(part.boxes);
  LintHidden(ctx, part, index);
  if (table.reading == syntax::TableReading::kFirstRowWins) return;
  LintOverlaps(ctx, part, index);
  if (table.reading == syntax::TableReading::kComplete) LintGaps(ctx, part);
}

}  // namespace

void LintTables(Context& ctx) {
  for (const ProtocolInfo& info : ctx.protocols) {
    for (const syntax::Member& member : info.written.decl->members) {
      const auto* table = std::get_if<syntax::TableDecl>(&member);
      const auto ids = table == nullptr ? info.tables.end() : info.tables.find(table->name.text);
      if (ids == info.tables.end()) continue;
      std::map<std::string, const model::Rule*> rules;
      for (const model::RuleId id : ids->second)
        rules.emplace(ctx.policy.rules[id.index].row, &ctx.policy.rules[id.index]);
      for (const syntax::TablePart& part : table->parts) LintPart(ctx, rules, *table, part);
    }
  }
}

}  // namespace cordon::check
