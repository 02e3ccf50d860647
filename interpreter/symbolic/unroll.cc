// Writes conditions on lists as conditions on records; see unroll.h.
#include "symbolic/unroll.h"

#include "support/assert.h"

namespace cordon::symbolic {

OwnRecord AddOwnRecord(Frame& frame, ListId list, const std::string& name) {
  const auto add = [&](symbolic::Unknown unknown) {
    frame.scalars.push_back(std::move(unknown));
    return ScalarId(frame.scalars.size() - 1);
  };
  OwnRecord record;
  record.list = list;
  record.there = add({name, Sort::kBool, {0, 1}, {}});
  const ListShape& shape = frame.lists[list.index];
  for (const symbolic::Unknown& field : shape.fields) {
    symbolic::Unknown own = field;
    own.path = name + field.path.substr(std::min(field.path.size(), shape.name.size()));
    record.fields.push_back(add(std::move(own)));
  }
  return record;
}

Axioms Unroll::Of(const Axioms& axioms) {
  Axioms all;
  for (const TermId axiom : axioms.of_patients) all.of_patients.push_back(Of(axiom));
  for (const auto& [list, body] : axioms.of_records) {
    all.of_records.emplace_back(list, Under({}, body));
    for (std::size_t i = 0; i < records_.size(); ++i) {
      if (records_[i].list != list) continue;
      const TermId fails = terms_.Not(Under(i, body));
      all.of_patients.push_back(terms_.Not(terms_.And(There(records_[i]), fails)));
    }
  }
  return all;
}

TermId Unroll::Under(Bound bound, TermId body) {
  bound_.push_back(bound);
  const TermId term = Rewrite(body);
  bound_.pop_back();
  return term;
}

TermId Unroll::Rewrite(TermId id) {
  if (terms_.Reach(id) > 0) return Compute(id);
  const auto known = known_.find(id);
  if (known != known_.end()) return known->second;
  std::vector<Bound> around;
  std::swap(around, bound_);  // a term that stands for itself reads nothing that is bound around it
  const TermId term = Compute(id);
  std::swap(around, bound_);
  known_.emplace(id, term);
  return term;
}

TermId Unroll::Compute(TermId id) {
  const Term term = terms_.at(id);
  switch (term.op) {
    case Op::kTrue:
    case Op::kConstant:
    case Op::kScalar:
      return id;
    case Op::kNot:
      return terms_.Not(Rewrite(term.args[0]));
    case Op::kNamed:
      return terms_.Named(Rewrite(term.args[0]));
    case Op::kAnd: {
      std::vector<TermId> args;
      for (const TermId arg : term.args) args.push_back(Rewrite(arg));
      return terms_.And(std::move(args));
    }
    case Op::kIs:
      return terms_.Is(Rewrite(term.args[0]));
    case Op::kIn:  // never all symbols there are: such a term is written as true
      return terms_.In(Rewrite(term.args[0]), term.set, term.set.back() + 2);
    case Op::kLess0:
      return terms_.LessEqual(Rewrite(term.args[0]), terms_.Constant(0));
    case Op::kSome:
      return AtLeast(term, 1);
    case Op::kCount:
      return AtLeast(term, static_cast<std::size_t>(term.number));
    case Op::kCut:
      return terms_.Cut(Rewrite(term.args[0]), term.number);
    case Op::kField:
      return FieldOf(id, term);
    case Op::kSum: {
      TermId sum = terms_.Constant(term.number);
      for (std::size_t i = 0; i < term.args.size(); ++i) {
        sum = terms_.Plus(sum, Rewrite(term.args[i]), term.factors[i]);
      }
      return sum;
    }
    case Op::kChoice:
      return terms_.Choice(Rewrite(term.args[0]), Rewrite(term.args[1]), Rewrite(term.args[2]));
    case Op::kMonths:
      return terms_.Months(Rewrite(term.args[0]), term.number);
    case Op::kQuotient:
      return terms_.Quotient(Rewrite(term.args[0]), term.number);
    case Op::kGreatest:
    case Op::kLeast:
      return Extreme(term);
  }
  CORDON_ASSERT(false);
}

// Binders of own records are no longer there, so that those further out come nearer.
TermId Unroll::FieldOf(TermId id, const Term& term) {
  const std::size_t place = bound_.size() - 1 - static_cast<std::size_t>(term.number);
  if (bound_[place]) return Unknown(records_[*bound_[place]].fields[term.field]);
  std::int64_t binders = 0;
  for (std::size_t i = place + 1; i < bound_.size(); ++i) binders += bound_[i] ? 0 : 1;
  return terms_.Field(term.list, term.field, binders, terms_.RangeOf(id));
}

// At least so many: of the own records some, the others of the list.
TermId Unroll::AtLeast(const Term& term, std::size_t count) {
  std::vector<TermId> own(count + 1, terms_.False());  // by number: at least so many own records
  own[0] = terms_.True();
  for (std::size_t i = 0; i < records_.size(); ++i) {
    if (records_[i].list != term.list) continue;
    const TermId has = terms_.And(There(records_[i]), Under(i, term.args[0]));
    for (std::size_t n = count; n > 0; --n) own[n] = terms_.Or(own[n], terms_.And(own[n - 1], has));
  }
  if (!more_[term.list.index]) return own[count];
  const TermId body = Under({}, term.args[0]);
  std::vector<TermId> ways;
  for (std::size_t n = 0; n <= count; ++n) {
    ways.push_back(terms_.And(own[n], terms_.Count(term.list, body, static_cast<std::int64_t>(count - n))));
  }
  return terms_.Or(std::move(ways));
}

TermId Unroll::Extreme(const Term& term) {
  TermId any = terms_.False();
  TermId best = terms_.Constant(0);
  if (more_[term.list.index]) {
    const TermId filter = Under({}, term.args[0]);
    any = terms_.Some(term.list, filter);
    best = terms_.Extreme(term.op, term.list, filter, Under({}, term.args[1]));
  }
  for (std::size_t i = 0; i < records_.size(); ++i) {
    if (records_[i].list != term.list) continue;
    const TermId has = terms_.And(There(records_[i]), Under(i, term.args[0]));
    const TermId key = Under(i, term.args[1]);
    const TermId as_good = term.op == Op::kGreatest ? terms_.LessEqual(best, key) : terms_.LessEqual(key, best);
    best = terms_.Choice(terms_.And(has, terms_.Or(terms_.Not(any), as_good)), key, best);
    any = terms_.Or(any, has);
  }
  return best;
}

}  // namespace cordon::symbolic
