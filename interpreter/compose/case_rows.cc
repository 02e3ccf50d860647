// Plans changes of the rows of `cases`: `change row`, and rows that are added; see plan.h. Their cells are changed like
// any value. Tested by tests/golden/versions/cases.golden.
#include <fmt/format.h>

#include <algorithm>

#include "compose/columns.h"
#include "compose/layout.h"
#include "compose/plan.h"

namespace cordon::compose {

using diagnostics::Code;

namespace {

bool SameNames(const std::vector<syntax::QName>& a, const std::vector<syntax::QName>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const auto& one, const auto& other) { return PathText(one) == PathText(other); });
}

}  // namespace

// Whether the rows that `change` brings stand under the heading of `own`; reports where they do not.
bool Planner::HasCaseHeading(const syntax::ChangeDecl& change, const Entry& there, const syntax::CasesDecl& own) {
  const syntax::CasesDecl& written = change.cases.front();
  if (SameNames(written.inputs, own.inputs) && SameNames(written.outputs, own.outputs)) return true;
  const Span heading{written.inputs.front().span.source, written.inputs.front().span.begin,
                     written.outputs.back().span.end};
  desk_.sink.Report(Code::kOtherHeading, heading,
                    fmt::format("the {} `{}` has another heading in {}", there.what, there.path, base_.Name()),
                    "write the heading as the cases have it, column by column",
                    {{Origin(own.inputs.front().span), "its columns are these"}});
  return false;
}

void Planner::ChangeCase(const Written& written) {
  const syntax::ChangeDecl& change = *written.change;
  const Entry* entry = Find(change.path, "case");
  if (entry == nullptr) return;
  if (change.cases[0].rows.size() != 1) {
    desk_.sink.Report(Code::kNotChangedSo, change.path.span, "`change row` takes one row under its heading",
                      "write the heading line of the cases and the row as it is to be below it");
    return;
  }
  const syntax::CaseRow& row = change.cases[0].rows[0];
  if (row.name.text != change.path.parts.back().text) {
    desk_.sink.Report(Code::kNotChangedSo, row.name.span,
                      fmt::format("this row is called `{}`, and the change is of `{}`", row.name.text, entry->path),
                      "write the row that is changed; `rename` gives it another name");
    return;
  }
  if (!HasCaseHeading(change, *entry, *entry->case_of)) return;
  TouchThing(written, *entry, true, false);
  if (PartPrinter(*written.file).Of(row) == entry->printed) {
    desk_.sink.Report(Code::kChangeWithoutEffect, row.span, fmt::format("`{}` is this row already", entry->path),
                      "take the change out, or write the row as it is to be",
                      {{Origin(entry->extent), "the row in the base"}});
    return;
  }
  Put(entry->file, entry->extent, InColumns(desk_.sources, row.span, row.span, entry->extent, written.row));
}

void Planner::AddCase(const Written& written, const Entry& holder, const Entry& thing) {
  if (!HasCaseHeading(*written.change, holder, *holder.cases)) return;
  const Span& last = holder.cases->rows.back().span;
  Rope rope{Glue("\n" + std::string(IndentOf(desk_.sources, last), ' '), thing.extent, written.row)};
  Append(rope, InColumns(desk_.sources, thing.extent, thing.extent, last, written.row));
  plan_.rows[holder.cases].adds = true;
  const std::uint32_t at = EndOfLine(desk_.sources, last);
  Put(holder.file, {last.source, at, at}, std::move(rope), thing.path);
}

}  // namespace cordon::compose
