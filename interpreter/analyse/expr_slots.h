// Visits every place outside the expressions themselves where a model refers to one.
#pragma once

#include <variant>

#include "model/model.h"

namespace cordon::analyse {

// Each calls `visit` with every ExprId of what it is given, in order, invalid ones left out. A const model gives
// const ids.
template <typename Duty, typename Visit>
void EachExprOfDuty(Duty& duty, const Visit& visit) {
  for (auto& argument : duty.args) {
    if (auto* id = std::get_if<model::ExprId>(&argument)) visit(*id);
  }
  for (auto& each : duty.each) visit(each.list);
  for (auto& due : duty.dues) {
    if (due.date.valid()) visit(due.date);
  }
  if (duty.stands_while.valid()) visit(duty.stands_while);
}

template <typename Rule, typename Visit>
void EachExprOfRule(Rule& rule, const Visit& visit) {
  if (rule.for_each) visit(rule.for_each->list);
  for (auto& part : rule.parts) visit(part.condition);
  for (auto& duty : rule.duties) EachExprOfDuty(duty, visit);
}

template <typename Policy, typename Visit>
void EachExprOfPolicy(Policy& policy, const Visit& visit) {
  for (auto& record : policy.records) {
    for (auto& field : record.fields) {
      if (field.derived.valid()) visit(field.derived);
    }
    for (auto& require : record.requires_) visit(require.condition);
  }
  for (auto& define : policy.defines) visit(define.value);
  for (auto& output : policy.outputs) {
    if (output.means) EachExprOfDuty(*output.means, visit);
  }
  for (auto& rule : policy.rules) EachExprOfRule(rule, visit);
  for (auto& protocol : policy.protocols) {
    for (auto& guarantee : protocol.guarantees) visit(guarantee.condition);
  }
  for (auto& test : policy.tests) {
    for (auto& expectation : test.duties) EachExprOfDuty(expectation.duty, visit);
  }
}

}  // namespace cordon::analyse
