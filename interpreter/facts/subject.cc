// Subjects from tests' setups; see subject.h. Tested by tests/unit/facts_test.cc.
#include "facts/subject.h"

#include <algorithm>
#include <utility>

#include "support/assert.h"

namespace cordon::facts {
namespace {

using model::GivenKind;
using model::GivenValue;
using model::Type;
using model::TypeKind;

Cell ToCell(const model::Policy& policy, const Type& type, const GivenValue& given);

Cell ToRecord(const model::Policy& policy, const Type& type, const GivenValue& given) {
  CORDON_ASSERT(type.kind == TypeKind::kRecord);
  const model::Record& record = policy.records[type.record.index];
  Cell cell;
  cell.state = CellState::kRecord;
  cell.children.resize(record.fields.size());
  for (const model::GivenField& field : given.fields) {
    CORDON_ASSERT(field.value.size() == 1);
    const Type& field_type = record.fields[field.field.index].type;
    cell.children[field.field.index] = ToCell(policy, field_type, field.value.front());
  }
  return cell;
}

Cell ToList(const model::Policy& policy, const Type& type, const GivenValue& given) {
  CORDON_ASSERT(type.kind == TypeKind::kList);
  Cell cell;
  cell.state = CellState::kList;
  cell.open = given.open;
  for (const GivenValue& element : given.elements) {
    cell.children.push_back(ToCell(policy, ElementType(type), element));
  }
  return cell;
}

// Recurses as deep as types nest, which declarations bound.
Cell ToCell(const model::Policy& policy, const Type& type, const GivenValue& given) {
  Cell cell;
  switch (given.kind) {
    case GivenKind::kAbsent:
      break;
    case GivenKind::kNull:
      cell.state = CellState::kNull;
      break;
    case GivenKind::kValue:
      cell.state = CellState::kKnown;
      cell.value = given.value;
      break;
    case GivenKind::kRange:
      cell.state = CellState::kRange;
      cell.first = given.first;
      cell.last = given.last;
      break;
    case GivenKind::kSymbols:
      cell.state = CellState::kSymbols;
      cell.first_leaf = given.first_leaf;
      cell.end_leaf = given.end_leaf;
      break;
    case GivenKind::kRecord:
      cell = ToRecord(policy, type, given);
      break;
    case GivenKind::kList:
      cell = ToList(policy, type, given);
      break;
  }
  cell.span = given.span;
  return cell;
}

}  // namespace

Subject Unasked(const model::Policy& policy, const model::Moment& as_of) {
  Subject subject;
  subject.as_of = as_of;
  subject.facts.resize(policy.facts.size());
  return subject;
}

Subject FromSetup(const model::Policy& policy, const model::Setup& setup, const model::Moment& fallback) {
  Subject subject = Unasked(policy, setup.today.value_or(fallback));
  for (const model::Given& given : setup.given) {
    const model::Fact& fact = policy.facts[given.fact.index];
    subject.facts[given.fact.index] = ToCell(policy, fact.type, given.value);
  }
  return subject;
}

}  // namespace cordon::facts
