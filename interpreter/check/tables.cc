// Tables: every row becomes a rule named `table.row`, its cells the rule's parts. See conclusions.h.
//
// A cell is a test of its column's expression, or a value that the column must have; under `when` it is a whole
// condition. `otherwise`, and every row of a table whose first row wins, has one part more: that no row above it
// applies. Source: the language manual, "Rules, tables, exceptions, settings".
#include <algorithm>
#include <map>
#include <utility>

#include "check/conclusions.h"
#include "support/text.h"

namespace cordon::check {

namespace {

using model::ExprId;

// What an output column is about: an output, or a role and its action.
struct OutColumn {
  model::OutputId output;  // invalid for a duty
  bool failed = false;
};

struct Table {
  Context& ctx;
  const syntax::File& file;
  const syntax::TableDecl& decl;
  model::TableId id;
  model::ProtocolId protocol;
  InterpretationIds interpretations;  // the table's own
  std::map<std::string, Span> rows;
};
struct Part {
  const syntax::TablePart& decl;
  Scope scope;
  std::optional<model::ForEach> for_each;
  bool broken = false;  // its list is in error: cells stay unread
  std::vector<bool> failed_columns;
  std::vector<OutColumn> outputs;
  std::vector<ExprId> rows_above;  // the condition of each
};

// Whether the column's own expression stands in the cell.
bool TestsColumn(const syntax::File& file, syntax::ExprId root) {
  std::vector<syntax::ExprId> open = {root};
  while (!open.empty()) {
    const syntax::ExprId id = open.back();
    open.pop_back();
    if (!id.valid()) continue;
    const syntax::Expr& expr = file.expr(id);
    if (expr.kind == syntax::ExprKind::kColumn) return true;
    open.insert(open.end(), expr.args.begin(), expr.args.end());
  }
  return false;
}

// Types a heading by itself, so that a mistake in it is told once and not for every row.
bool CheckHeading(Context& ctx, Scope& scope, const syntax::InHead& head) {
  if (head.is_when) return true;
  if (!head.value.valid()) return false;
  const syntax::Expr& expr = scope.file->expr(head.value);
  if (expr.kind == syntax::ExprKind::kCount) return TypeList(ctx, scope, expr.args[0]).valid();
  if (FindOutput(ctx, scope, head.value)) return true;
  return TypeExpr(ctx, scope, head.value).valid();
}

OutColumn ResolveColumn(Context& ctx, const Scope& scope, const syntax::OutHead& head) {
  OutColumn column;
  if (head.output) {
    const auto output = ResolveOutput(ctx, scope, *head.output);
    column.failed = !output;
    if (output) column.output = *output;
    return column;
  }
  const bool role = FindDeclared(ctx, ctx.roles, head.role, "role").has_value();
  const bool action = FindDeclared(ctx, ctx.actions, head.action, "action").has_value();
  column.failed = !role || !action;
  return column;
}

Part StartPart(Table& table, const syntax::TablePart& decl) {
  Context& ctx = table.ctx;
  Part part{decl, {}, {}, false, {}, {}, {}};
  part.scope.file = &table.file;
  part.scope.protocol = table.protocol;
  part.broken = !EnterForEach(ctx, part.scope, decl.for_each, part.for_each);
  for (const syntax::InHead& head : decl.inputs) {
    part.failed_columns.push_back(part.broken || !CheckHeading(ctx, part.scope, head));
  }
  for (const syntax::OutHead& head : decl.outputs) part.outputs.push_back(ResolveColumn(ctx, part.scope, head));
  return part;
}

// The part of a rule that one cell is; nothing where the cell is in error.
std::optional<model::Part> ReadCell(Context& ctx, Part& part, std::size_t column, const syntax::Cell& cell) {
  const syntax::InHead& head = part.decl.inputs[column];
  if (part.failed_columns[column] || !cell.test.valid()) return std::nullopt;
  const std::string seen = FoldedText(ctx, cell.span);
  Scope& scope = part.scope;
  if (head.is_when) {
    const ExprId condition = TypeCondition(ctx, scope, cell.test);
    if (!condition.valid()) return std::nullopt;
    return model::Part{condition, seen, cell.span};
  }
  const std::string heading = FoldedText(ctx, head.span);
  const bool is_test = TestsColumn(*scope.file, cell.test);
  scope.column = head.value;
  const ExprId condition =
      is_test ? TypeCondition(ctx, scope, cell.test)
              : TypeComparison(ctx, scope, {syntax::CompareOp::kEqual, head.value, cell.test, cell.span});
  scope.column = {};
  if (!condition.valid()) return std::nullopt;
  return model::Part{condition, heading + (is_test ? " " : " = ") + seen, cell.span};
}

// That none of the rows above applies.
ExprId NoRowAbove(Context& ctx, const Part& part, const Span& span) {
  if (part.rows_above.size() == 1) return AddNot(ctx, part.rows_above[0], span);
  return AddNot(ctx, AddBool(ctx, model::ExprKind::kOr, part.rows_above, span), span);
}

// Whether all input cells of the row say `otherwise`; reports where only some do, or no row stands above.
bool IsOtherwise(Context& ctx, const Part& part, const syntax::RowDecl& row) {
  std::size_t count = 0;
  Span first;
  for (const syntax::Cell& cell : row.cells) {
    if (cell.kind != syntax::CellKind::kOtherwise) continue;
    if (count++ == 0) first = cell.span;
  }
  if (count == 0) return false;
  if (count == row.cells.size() && !part.rows_above.empty()) return true;
  const bool some = count != row.cells.size();
  ctx.sink.Report(Code::kMisplacedOtherwise, first,
                  some ? "`otherwise` stands in some of the row's cells only" : "`otherwise` stands in the first row",
                  some ? "it means that no row above applies: write it in every input cell, or `any` in this one"
                       : "it means that no row above applies, and there is none: write `any`");
  return false;
}

// The row's conditions as parts of `rule`, and as one condition in `part.rows_above`.
void ReadInputs(Table& table, Part& part, const syntax::RowDecl& row, model::Rule& rule) {
  Context& ctx = table.ctx;
  const bool otherwise = IsOtherwise(ctx, part, row);
  std::vector<ExprId> own;
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    if (row.cells[i].kind != syntax::CellKind::kTest) continue;
    std::optional<model::Part> made = ReadCell(ctx, part, i, row.cells[i]);
    if (!made) continue;
    AddGuards(ctx, made->condition, true, part.scope);
    own.push_back(made->condition);
    rule.parts.push_back(std::move(*made));
  }
  const bool first_wins = table.decl.reading == syntax::TableReading::kFirstRowWins;
  if (otherwise || (first_wins && !part.rows_above.empty())) {
    const Span span = otherwise ? row.cells[0].span : row.name.span;
    const ExprId none = NoRowAbove(ctx, part, span);
    rule.parts.push_back({none, otherwise ? "otherwise" : "no row above applies", span});
    if (otherwise) own.push_back(none);
  }
  if (own.empty()) {
    part.rows_above.push_back(AddYes(ctx, true, row.name.span));
  } else {
    part.rows_above.push_back(own.size() == 1 ? own[0]
                                              : AddBool(ctx, model::ExprKind::kAnd, std::move(own), row.name.span));
  }
}

void ReportColumnMismatch(Context& ctx, const Span& span, bool is_duty_column) {
  ctx.sink.Report(Code::kConclusionType, span,
                  is_duty_column ? "the column is about an action, and the cell is a value"
                                 : "the column is about an output, and the cell is a duty",
                  is_duty_column ? "write how strong the duty is: `must`, `should`, `may`, …, or `silent`"
                                 : "write a value, a judgement, or `silent`");
}

void ReadConclusion(Table& table, Part& part, std::size_t column, const syntax::OutCell& cell, model::Rule& rule) {
  Context& ctx = table.ctx;
  const OutColumn& out = part.outputs[column];
  if (out.failed || std::holds_alternative<syntax::Silent>(cell.value)) return;
  const auto* duty_cell = std::get_if<syntax::DutyCell>(&cell.value);
  const bool is_duty_column = !part.decl.outputs[column].output.has_value();
  if (is_duty_column != (duty_cell != nullptr)) return ReportColumnMismatch(ctx, cell.span, is_duty_column);
  if (duty_cell == nullptr) {
    const auto* id = std::get_if<syntax::ExprId>(&cell.value);
    const syntax::ConclusionValue value =
        id != nullptr ? syntax::ConclusionValue(*id) : syntax::ConclusionValue(std::get<syntax::Judgement>(cell.value));
    return Conclude(ctx, part.scope, out.output, {value, false}, cell.span, rule);
  }
  syntax::Duty written;
  written.actor = part.decl.outputs[column].role;
  written.modality = duty_cell->modality;
  written.action = part.decl.outputs[column].action;
  written.action.span = cell.span;  // where the arguments stand
  written.args = duty_cell->args;
  written.span = cell.span;
  if (auto duty = ResolveDuty(ctx, part.scope, written, DutyUse::kConcluded)) rule.duties.push_back(std::move(*duty));
}

bool CheckCells(Context& ctx, const Part& part, const syntax::RowDecl& row) {
  const auto check = [&](std::size_t cells, std::size_t columns, const char* which) {
    if (cells == columns) return true;
    ctx.sink.Report(Code::kCellCount, row.name.span,
                    "row `" + row.name.text + "` has " + std::to_string(cells) + " cells " + which +
                        " `||`, and its heading has " + std::to_string(columns),
                    cells > columns ? "take a cell out, or add a column to the heading"
                                    : "add a cell: `any` tests nothing, `silent` concludes nothing",
                    {{part.decl.span, "the heading is in this part of the table"}});
    return false;
  };
  const bool inputs = check(row.cells.size(), part.decl.inputs.size(), "before");
  const bool outputs = check(row.conclusions.size(), part.decl.outputs.size(), "after");
  return inputs && outputs;
}

void CheckSpeaks(Context& ctx, const syntax::RowDecl& row) {
  for (const syntax::OutCell& cell : row.conclusions) {
    if (!std::holds_alternative<syntax::Silent>(cell.value)) return;
  }
  ctx.sink.Report(Code::kSilentRow, row.name.span, "row `" + row.name.text + "` is `silent` in every column",
                  "a row that concludes nothing can be left out, under `with gaps`");
}

// The citations of a row: the table's with the row's name, and its own.
model::Cites RowCites(Table& table, const syntax::RowDecl& row) {
  model::Cites cites = ResolveCites(table.ctx, table.file, row.notes.cites);
  model::Cites all;
  for (const syntax::Cite& cite : table.decl.notes.cites) {
    const auto found = table.ctx.cite_sources[&table.file].find(cite.source.text);
    if (found == table.ctx.cite_sources[&table.file].end()) continue;
    all.push_back(found->second + (cite.place.empty() ? "" : ", " + cite.place) + ", " + row.name.text);
  }
  all.insert(all.end(), cites.begin(), cites.end());
  return all;
}

void BuildRow(Table& table, Part& part, const syntax::RowDecl& row) {
  Context& ctx = table.ctx;
  const auto [first, added] = table.rows.emplace(row.name.text, row.name.span);
  if (!added) {
    ctx.sink.Report(Code::kDuplicateRow, row.name.span, "the table already has a row `" + row.name.text + "`",
                    "give one of the two another name", {{first->second, "the first is here"}});
    return;
  }
  model::Rule rule;
  rule.name = table.decl.name.text + "." + row.name.text;
  rule.protocol = table.protocol;
  rule.table = table.id;
  rule.row = row.name.text;
  rule.for_each = part.for_each;
  rule.cites = RowCites(table, row);
  rule.quotes = PlainTexts(row.notes.quotes);
  for (model::LangText& quote : PlainTexts(table.decl.notes.quotes)) rule.quotes.push_back(std::move(quote));
  rule.interpretations = ResolveInterpretations(ctx, row.notes.interpretations);
  rule.span = row.name.span;
  const InterpretationIds of_part = part.scope.interpretations;
  const GuardsSaved saved(part.scope);
  if (CheckCells(ctx, part, row)) {
    AddSettingPart(ctx, table.decl.in, rule);
    if (!part.broken) ReadInputs(table, part, row, rule);
    for (std::size_t i = 0; i < row.conclusions.size(); ++i) ReadConclusion(table, part, i, row.conclusions[i], rule);
    CheckSpeaks(ctx, row);
  }
  AddInterpretations(rule.interpretations, table.interpretations);
  AddInterpretations(rule.interpretations, part.scope.interpretations);
  part.scope.interpretations = of_part;
  const model::RuleId id = AddRule(ctx, std::move(rule));
  ctx.policy.tables[table.id.index].rows.push_back(id);
  ctx.policy.tables[table.id.index].parts.back().rows.push_back(id);
}

}  // namespace

void BuildTable(Context& ctx, model::ProtocolId protocol, const syntax::File& file, const syntax::TableDecl& decl) {
  ProtocolInfo& info = ctx.protocols[protocol.index];
  if (!Declare(ctx, info.rule_names, decl.name, NameKind::kRule, ctx.policy.tables.size())) return;
  const model::TableId id(ctx.policy.tables.size());
  ctx.policy.tables.push_back({decl.name.text, protocol, {}, support::Join(decl.notes.because, " "), decl.name.span});
  ctx.policy.tables[id.index].with_gaps = decl.reading == syntax::TableReading::kWithGaps;
  ctx.policy.tables[id.index].first_row_wins = decl.reading == syntax::TableReading::kFirstRowWins;
  ctx.policy.tables[id.index].in_setting = !decl.in.empty();
  Table table{ctx, file, decl, id, protocol, {}, {}};
  table.interpretations = ResolveInterpretations(ctx, decl.notes.interpretations);
  AddInterpretations(table.interpretations, info.interpretations);
  ResolveCites(ctx, file, decl.notes.cites);
  for (const syntax::TablePart& part_decl : decl.parts) {
    Part part = StartPart(table, part_decl);
    const bool has_when = std::any_of(part_decl.inputs.begin(), part_decl.inputs.end(),
                                      [](const syntax::InHead& head) { return head.is_when; });
    ctx.policy.tables[id.index].parts.push_back({{}, has_when});
    for (const syntax::RowDecl& row : part_decl.rows) BuildRow(table, part, row);
  }
  const std::vector<model::RuleId>& rows = ctx.policy.tables[id.index].rows;
  info.tables.emplace(decl.name.text, rows);
  if (!decl.overrides.empty()) ctx.overrides.push_back({protocol, rows, &decl.overrides});
}

}  // namespace cordon::check
