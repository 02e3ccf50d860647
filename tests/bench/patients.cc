// Makes patients up, fact by fact; see patients.h.
#include "patients.h"

#include <utility>

#include "diagnostics/diagnostic.h"
#include "evaluate/evaluate.h"
#include "support/assert.h"

namespace cordon::bench {
namespace {

using facts::Cell;
using facts::CellState;
using model::TypeKind;

constexpr std::size_t kPercentYes = 10;
constexpr std::size_t kPercentAssumed = 80;
constexpr std::size_t kPercentFurther = 20;  // of a list that holds something, each time, that it holds more
constexpr std::size_t kDaysBack = 400;
constexpr std::size_t kMinutesPerDay = 24 * 60;
constexpr std::size_t kMostElements = 4;

class Maker {
 public:
  Maker(const model::Policy& policy, const model::Moment& as_of, Kind kind, tests::Random& random)
      : policy_(policy), as_of_(as_of), kind_(kind), random_(random) {}

  Cell OfFact(const model::Fact& fact) {
    const bool has_usual = kind_ == Kind::kOrdinary && fact.recorded && fact.assume.has_value();
    if (has_usual && random_.Percent(kPercentAssumed)) {
      return fact.assume->empty_list ? List(fact.type, false) : Cell::Known(fact.assume->value);
    }
    const bool asked = kind_ == Kind::kOrdinary && !fact.recorded;
    const bool yes = random_.Percent(asked ? kPercentYes : 50);
    if (fact.type.kind == TypeKind::kBool) return Cell::Known(value::Value::Bool(yes));
    return fact.type.kind == TypeKind::kList ? List(fact.type, yes) : OfType(fact.type);
  }

 private:
  // A type that admissions do not use stays unknown.
  Cell OfType(const model::Type& type) {
    const auto back = static_cast<std::int64_t>(random_.Below(kDaysBack));
    switch (type.kind) {
      case TypeKind::kBool:
        return Cell::Known(value::Value::Bool(random_.Percent(50)));
      case TypeKind::kDate:
        return Cell::Known(value::Value::OfDate({as_of_.date.days - back}));
      case TypeKind::kDatetime: {
        const auto minute = static_cast<std::int64_t>(random_.Below(kMinutesPerDay));
        const auto day = (as_of_.date.days - back - 1) * static_cast<std::int64_t>(kMinutesPerDay);
        return Cell::Known(value::Value::OfDatetime({day + minute}));
      }
      case TypeKind::kCategory:
        return Cell::Known(value::Value::Symbol(random_.Below(policy_.categories[type.category.index].leaves.size())));
      case TypeKind::kRecord:
        return Record(type);
      case TypeKind::kInt:
      case TypeKind::kDecimal:
      case TypeKind::kText:
      case TypeKind::kDuration:
      case TypeKind::kPeriod:
      case TypeKind::kList:
      case TypeKind::kGroup:
        break;
    }
    return {};
  }

  Cell Record(const model::Type& type) {
    Cell record;
    record.state = CellState::kRecord;
    for (const model::Field& field : policy_.records[type.record.index].fields) {
      record.children.push_back(field.derived.valid() ? Cell{} : OfType(field.type));
    }
    return record;
  }

  Cell List(const model::Type& type, bool any) {
    const model::Type element = ElementType(type);
    Cell list;
    list.state = CellState::kList;
    for (bool more = any; more && list.children.size() < kMostElements; more = random_.Percent(kPercentFurther)) {
      list.children.push_back(OfType(element));
    }
    return list;
  }

  const model::Policy& policy_;
  const model::Moment& as_of_;
  Kind kind_;
  tests::Random& random_;
};

}  // namespace

Cell InpatientSetting(const model::Policy& policy) {
  CORDON_ASSERT(policy.setting.valid());
  const model::CategoryId category = policy.facts[policy.setting.index].type.category;
  for (const model::CategoryNode& node : policy.categories[category.index].nodes) {
    if (node.path == "hospital.inpatient") return Cell::Known(value::Value::Symbol(node.first_leaf));
  }
  CORDON_ASSERT(false);
}

facts::Subject RandomPatient(const model::Policy& policy, model::Moment as_of, const Cell& setting, Kind kind,
                             tests::Random& random) {
  Maker maker(policy, as_of, kind, random);
  facts::Subject patient = facts::Unasked(policy, as_of);
  if (policy.setting.valid()) patient.facts[policy.setting.index] = setting;
  for (std::size_t i = 0; i < policy.facts.size(); ++i) {
    const bool is_setting = policy.setting.valid() && policy.setting.index == i;
    if (is_setting || policy.facts[i].is_decision) continue;
    for (bool fits = false; !fits;) {  // until the record's conditions hold, as that a stay ends after it began
      patient.facts[i] = maker.OfFact(policy.facts[i]);
      diagnostics::Sink misfits;
      facts::Subject alone = facts::Unasked(policy, as_of);
      alone.facts[i] = patient.facts[i];
      fits = evaluate::CheckFeasible(policy, alone, misfits);
    }
  }
  return patient;
}

}  // namespace cordon::bench
