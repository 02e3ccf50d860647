// Private to check/: notes the uses of names while they are looked up; see references.h.
#pragma once

#include "diagnostics/source.h"
#include "model/model.h"
#include "syntax/ast.h"

namespace cordon::check {

struct Context;

// Notes that the name at `use` means what is declared under the name at `declaration`, where anybody asked for that.
void Refer(const Context& ctx, const diagnostics::Span& use, const diagnostics::Span& declaration);
// The same for the name of a rule, table or row of a protocol; nothing where there is none.
void ReferToRule(const Context& ctx, model::ProtocolId protocol, const syntax::QName& name);

}  // namespace cordon::check
