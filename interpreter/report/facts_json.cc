// Writes facts documents; see facts_json.h. Tested by tests/unit/report_test.cc and tests/golden/ask/.
#include "report/facts_json.h"

#include <nlohmann/json.hpp>

#include "report/json.h"
#include "report/words.h"
#include "support/assert.h"

namespace cordon::report {
namespace {

using facts::Cell;
using facts::CellState;
using model::Policy;
using model::Type;
using model::TypeKind;
using Document = nlohmann::ordered_json;

std::string RangeText(const Type& type, const Cell& cell) {
  if (type.kind == TypeKind::kDatetime) return calendar::Format(calendar::DatetimeRange{{cell.first}, {cell.last}});
  return calendar::Format(calendar::DateRange{{cell.first}, {cell.last}});
}

std::string NodePath(const Policy& policy, const Type& type, const Cell& cell) {
  for (const model::CategoryNode& node : policy.categories[type.category.index].nodes) {
    if (node.first_leaf == cell.first_leaf && node.end_leaf == cell.end_leaf) return node.path;
  }
  CORDON_ASSERT(false);
}

// Recurses as deep as types nest, which declarations bound.
Document CellOf(const Policy& policy, const Type& type, const Cell& cell) {
  switch (cell.state) {
    case CellState::kAbsent:
      return type.kind == TypeKind::kRecord ? Document::object() : Document(nullptr);
    case CellState::kNull:
      return nullptr;
    case CellState::kKnown:
      return Document::parse(ValueJson(policy, type, cell.value));
    case CellState::kRange:
      return RangeText(type, cell);
    case CellState::kSymbols:
      return NodePath(policy, type, cell);
    case CellState::kRecord: {
      Document fields = Document::object();
      const model::Record& record = policy.records[type.record.index];
      for (std::size_t i = 0; i < record.fields.size(); ++i) {
        const bool is_given = !record.fields[i].derived.valid() && cell.children[i].state != CellState::kAbsent;
        if (is_given) fields[record.fields[i].name] = CellOf(policy, record.fields[i].type, cell.children[i]);
      }
      return fields;
    }
    case CellState::kList: {
      Document elements = Document::array();
      for (const Cell& child : cell.children) elements.push_back(CellOf(policy, ElementType(type), child));
      if (!cell.open) return elements;
      return {{"known", elements}, {"open", true}};
    }
  }
  return nullptr;
}

}  // namespace

std::string FactsJson(const Policy& policy, const facts::Subject& subject) {
  Document document = Document::object();
  if (!subject.id.empty()) document["subject"] = subject.id;
  document["as_of"] = MomentText(subject.as_of);
  const std::string setting = SettingText(policy, subject);
  if (!setting.empty()) document["setting"] = setting;
  const bool setting_not_learnt = policy.setting.valid() && subject.fact(policy.setting).state == CellState::kNull;
  if (setting_not_learnt) document["setting"] = nullptr;
  document["facts"] = Document::object();
  for (std::size_t i = 0; i < policy.facts.size(); ++i) {
    if (i == policy.setting.index || subject.facts[i].state == CellState::kAbsent) continue;
    document["facts"][policy.facts[i].name] = CellOf(policy, policy.facts[i].type, subject.facts[i]);
  }
  return document.dump(2) + "\n";
}

}  // namespace cordon::report
