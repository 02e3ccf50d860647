// A small policy with a fact of every type, and its subjects and mistakes as texts that tests compare.
#pragma once

#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

#include "diagnostics/diagnostic.h"
#include "facts/columns.h"
#include "facts/read.h"
#include "facts/subject.h"
#include "model/model.h"

namespace cordon::facts::samples {

inline model::Type Of(model::TypeKind kind, bool or_none = false) {
  model::Type type;
  type.kind = kind;
  type.or_none = or_none;
  return type;
}
inline model::Type OfCategory(std::size_t category, bool or_none = false) {
  model::Type type = Of(model::TypeKind::kCategory, or_none);
  type.category = model::CategoryId(category);
  return type;
}
inline model::Type OfRecord(std::size_t record) {
  model::Type type = Of(model::TypeKind::kRecord);
  type.record = model::RecordId(record);
  return type;
}
inline model::Type ListOf(model::Type element) {
  element.element = element.kind;
  element.kind = model::TypeKind::kList;
  element.or_none = false;
  return element;
}

inline model::Category CategoryOf(const std::string& name, const std::vector<std::string>& leaves) {
  model::Category category;
  category.name = name;
  for (const std::string& path : leaves) {
    model::CategoryNode node;
    node.path = path;
    node.name = path.substr(path.rfind('.') + 1);
    node.first_leaf = category.leaves.size();
    node.end_leaf = node.first_leaf + 1;
    category.leaves.push_back(category.nodes.size());
    category.nodes.push_back(node);
  }
  return category;
}
// Puts an inner node before the leaves [first, end).
inline void AddInner(model::Category& category, const std::string& path, std::size_t first, std::size_t end) {
  model::CategoryNode node;
  node.path = node.name = path;
  node.first_leaf = first;
  node.end_leaf = end;
  node.has_children = true;
  category.nodes.insert(category.nodes.begin() + static_cast<std::ptrdiff_t>(category.leaves[first]), node);
  for (std::size_t leaf = first; leaf < category.leaves.size(); ++leaf) ++category.leaves[leaf];
}

inline void AddFact(model::Policy& policy, const std::string& name, const model::Type& type) {
  model::Fact fact;
  fact.name = name;
  fact.type = type;
  policy.facts.push_back(fact);
}

inline const char* kLongName = "a_fact_whose_name_is_longer_than_what_is_compared_at_once_by_far";

// Facts `bool_`, `int_`, …, each also `or none` (`bool_none`) and in a list (`bool_list`); `visit` is a record of all
// of them, `visits` a list of those.
inline model::Policy EveryType() {
  using model::TypeKind;
  model::Policy policy;
  policy.id = "xx.every";
  policy.categories = {CategoryOf("Setting", {"hospital.inpatient", "hospital.day", "home"}),
                       CategoryOf("Kind", {"DK", "DE", "north.same", "south.same", "exactly8", "none",
                                           "a_symbol_with_a_name_of_many_letters_that_goes_on_and_on"})};
  AddInner(policy.categories[0], "hospital", 0, 2);
  const std::vector<std::pair<std::string, model::Type>> scalars = {
      {"bool", Of(TypeKind::kBool)},     {"int", Of(TypeKind::kInt)},       {"decimal", Of(TypeKind::kDecimal)},
      {"text", Of(TypeKind::kText)},     {"date", Of(TypeKind::kDate)},     {"datetime", Of(TypeKind::kDatetime)},
      {"wait", Of(TypeKind::kDuration)}, {"months", Of(TypeKind::kPeriod)}, {"kind", OfCategory(1)},
      {"place", OfCategory(0)}};
  model::Record visit;
  visit.name = "Visit";
  AddFact(policy, "setting", OfCategory(0));
  policy.setting = model::FactId(std::size_t{0});
  for (const auto& [name, type] : scalars) {
    AddFact(policy, name + "_", type);
    model::Type or_none = type;
    or_none.or_none = true;
    AddFact(policy, name + "_none", or_none);
    AddFact(policy, name + "_list", ListOf(type));
    model::Field field;
    field.name = name;
    field.type = type;
    visit.fields.push_back(field);
    if (name != "int") continue;
    field.name = "derived";
    field.derived = model::ExprId(std::size_t{0});
    visit.fields.push_back(field);
  }
  policy.records.push_back(visit);
  AddFact(policy, "visit", OfRecord(0));
  AddFact(policy, "visits", ListOf(OfRecord(0)));
  AddFact(policy, kLongName, Of(TypeKind::kBool));
  return policy;
}

inline std::string Dump(const Cell& cell) {
  switch (cell.state) {
    case CellState::kAbsent:
      return "-";
    case CellState::kNull:
      return "null";
    case CellState::kKnown:
      return fmt::format("{}:{}:{}", static_cast<int>(cell.value.kind), cell.value.number, cell.value.text);
    case CellState::kRange:
      return fmt::format("{}..{}", cell.first, cell.last);
    case CellState::kSymbols:
      return fmt::format("<{},{}>", cell.first_leaf, cell.end_leaf);
    case CellState::kRecord:
    case CellState::kList:
      break;
  }
  std::string text = cell.state == CellState::kRecord ? "{" : cell.open ? "[open" : "[";
  for (const Cell& child : cell.children) text += " " + Dump(child);
  return text + (cell.state == CellState::kRecord ? " }" : " ]");
}

// Every fact that is not absent.
inline std::string Dump(const model::Policy& policy, const Subject& subject) {
  std::string text = fmt::format("`{}` {} {}", subject.id, subject.as_of.date.days,
                                 subject.as_of.time ? std::to_string(subject.as_of.time->minutes) : "");
  for (std::size_t i = 0; i < policy.facts.size(); ++i) {
    if (subject.facts[i].state == CellState::kAbsent) continue;
    text += "; " + policy.facts[i].name + " " + Dump(subject.facts[i]);
  }
  return text;
}

inline std::string Dump(const std::vector<diagnostics::Diagnostic>& diagnostics) {
  std::string text;
  for (const diagnostics::Diagnostic& one : diagnostics) {
    text += fmt::format("{} {}-{}: {} ({})\n", diagnostics::CodeText(one.code), one.span.begin, one.span.end,
                        one.message, one.help);
  }
  return text;
}

}  // namespace cordon::facts::samples
