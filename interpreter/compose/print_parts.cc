// Wraps each part into the smallest declaration that may hold it, and prints that; see print_parts.h.
#include "compose/print_parts.h"

#include <utility>

#include "compose/index.h"
#include "syntax/print.h"

namespace cordon::compose {
namespace {

syntax::ProtocolDecl ProtocolOf(syntax::Member member) {
  syntax::ProtocolDecl protocol;
  protocol.members.push_back(std::move(member));
  return protocol;
}

syntax::TableDecl TableOf(syntax::TablePart part) {
  syntax::TableDecl table;
  table.parts.push_back(std::move(part));
  return table;
}

syntax::TablePart PartOf(syntax::RowDecl row) {
  syntax::TablePart part;
  part.rows.push_back(std::move(row));
  return part;
}

}  // namespace

PartPrinter::PartPrinter(const syntax::File& file) : file_{file.source, {}, file.exprs} {}

std::string PartPrinter::Of(syntax::Decl decl) {
  file_.decls.clear();
  file_.decls.push_back(std::move(decl));
  return syntax::Print(file_);
}

std::string PartPrinter::Of(syntax::Member member) { return Of(syntax::Decl(ProtocolOf(std::move(member)))); }

std::string PartPrinter::Of(const syntax::FieldDecl& field) {
  syntax::RecordDecl record;
  record.fields.push_back(field);
  return Of(syntax::Decl(std::move(record)));
}

std::string PartPrinter::Of(const syntax::CategoryNode& node) {
  syntax::CategoryDecl category;
  category.nodes.push_back(node);
  return Of(syntax::Decl(std::move(category)));
}

std::string PartPrinter::Of(const syntax::RowDecl& row) { return Of(syntax::Member(TableOf(PartOf(row)))); }

std::string PartPrinter::Of(const syntax::CaseRow& row) {
  syntax::CasesDecl cases;
  cases.rows.push_back(row);
  return Of(syntax::Member(std::move(cases)));
}

std::string PartPrinter::Of(syntax::ExprId expr) {
  if (!expr.valid()) return {};
  syntax::DefineDecl define;
  define.value = expr;
  return Of(syntax::Decl(std::move(define)));
}

std::string PartPrinter::Of(const syntax::Cell& cell) {
  if (cell.kind == syntax::CellKind::kAny) return "any";
  return cell.kind == syntax::CellKind::kOtherwise ? "otherwise" : Of(cell.test);
}

std::string PartPrinter::Of(const syntax::OutCell& cell) {
  if (const auto* expr = std::get_if<syntax::ExprId>(&cell.value)) return Of(*expr);
  if (std::holds_alternative<syntax::Silent>(cell.value)) return "silent";
  syntax::RowDecl row;
  row.conclusions.push_back(cell);
  return Of(row);
}

std::string PartPrinter::Of(const syntax::ConclusionValue& value) {
  if (const auto* expr = std::get_if<syntax::ExprId>(&value)) return Of(*expr);
  return Of(syntax::OutCell{std::get<syntax::Judgement>(value), {}});
}

std::string PartPrinter::Of(syntax::OutputExpectation expected) {
  if (expected.status == syntax::ExpectedStatus::kValue) return Of(expected.value);
  if (expected.status == syntax::ExpectedStatus::kSilent) return "silent";
  expected.output = {};
  syntax::CaseRow row;
  row.expect.push_back(std::move(expected));
  return Of(row);
}

std::string PartPrinter::Of(const syntax::ChangeSide& side) {
  if (const auto* expr = std::get_if<syntax::ExprId>(&side.value)) return Of(*expr);
  if (const auto* judgement = std::get_if<syntax::Judgement>(&side.value)) return Of(syntax::OutCell{*judgement, {}});
  if (const auto* duty = std::get_if<syntax::DutyCell>(&side.value)) return Of(syntax::OutCell{*duty, {}});
  if (const auto* expected = std::get_if<syntax::OutputExpectation>(&side.value)) return Of(*expected);
  if (const auto* names = std::get_if<syntax::NameList>(&side.value)) return NamesText(*names);
  if (std::holds_alternative<syntax::Silent>(side.value)) return "silent";
  if (std::holds_alternative<syntax::AnyCell>(side.value)) return "any";
  return std::holds_alternative<syntax::OtherwiseCell>(side.value) ? "otherwise" : std::string();
}

std::string PartPrinter::HeadingOf(const syntax::TablePart& part) {
  syntax::TablePart heading = part;
  heading.rows.clear();
  return Of(syntax::Member(TableOf(std::move(heading))));
}

}  // namespace cordon::compose
