// The model's text dump: `cordon dump --stage model`, and what tests compare.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/model.h"

namespace cordon::model {

// Every table of the policy that says what it means, in order, one line a row and indented below what it belongs to;
// expressions as text. Stable: no spans, no ids, so that layout and numbering do not show; elements are called `x1`,
// `x2` in the order in which a rule, record, definition or guarantee comes to them.
std::string Print(const Policy& policy);

// One expression on one line, fully bracketed; what is too deep to be read is shown as `…`. Elements are called by
// their place in `variables`, to which those not yet in it are added.
std::string PrintExpr(const Policy& policy, ExprId id, std::vector<VariableId>& variables);
std::string PrintExpr(const Policy& policy, ExprId id);

// A constant as the language writes it; `type` tells a symbol's category.
std::string PrintValue(const Policy& policy, const value::Value& value, const Type& type);

std::string PrintType(const Policy& policy, const Type& type);

// As the language writes it: `must not`.
std::string_view ModalityText(Modality modality);

}  // namespace cordon::model
