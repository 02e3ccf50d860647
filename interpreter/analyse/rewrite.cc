// Rebuilds terms from their parts up; see rewrite.h.
#include "analyse/rewrite.h"

#include "support/assert.h"

namespace cordon::analyse {

using symbolic::Op;
using symbolic::TermId;

TermId Rewriter::Of(TermId id) {
  const auto known = known_.find(id);
  if (known != known_.end()) return known->second;
  const TermId rebuilt = Rebuilt(id);
  const TermId replaced = replace_(rebuilt).value_or(rebuilt);
  known_.emplace(id, replaced);
  return replaced;
}

// As deep as terms are: those of a policy, whose brackets are limited.
TermId Rewriter::Rebuilt(TermId id) {
  const symbolic::Term term = terms_.at(id);
  std::vector<TermId> args;
  for (const TermId arg : term.args) args.push_back(Of(arg));
  if (args == term.args) return id;
  switch (term.op) {
    case Op::kNot:
      return terms_.Not(args[0]);
    case Op::kAnd:
      return terms_.And(std::move(args));
    case Op::kLess0:
      return terms_.LessEqual(args[0], terms_.Constant(0));
    case Op::kSome:
      return terms_.Some(term.list, args[0]);
    case Op::kCount:
      return terms_.Count(term.list, args[0], term.number);
    case Op::kNamed:
      return terms_.Named(args[0]);
    case Op::kCut:
      return terms_.Cut(args[0], term.number);
    case Op::kSum: {
      TermId sum = terms_.Constant(term.number);
      for (std::size_t i = 0; i < args.size(); ++i) sum = terms_.Plus(sum, args[i], term.factors[i]);
      return sum;
    }
    case Op::kChoice:
      return terms_.Choice(args[0], args[1], args[2]);
    case Op::kMonths:
      return terms_.Months(args[0], term.number);
    case Op::kQuotient:
      return terms_.Quotient(args[0], term.number);
    case Op::kGreatest:
    case Op::kLeast:
      return terms_.Extreme(term.op, term.list, args[0], args[1]);
    case Op::kTrue:
    case Op::kIs:
    case Op::kIn:
    case Op::kScalar:
    case Op::kField:
    case Op::kConstant:
      break;
  }
  return id;  // what it reads is not a condition or a sum that could change
}

}  // namespace cordon::analyse
