// Terms evaluated; see patient.h.
#include "symbolic/patient.h"

#include <algorithm>

#include "calendar/calendar.h"
#include "support/assert.h"

namespace cordon::symbolic {

std::int64_t PlainValue(const Unknown& unknown) {
  std::int64_t value = std::clamp<std::int64_t>(0, unknown.range.low, unknown.range.high);
  while (std::binary_search(unknown.gaps.begin(), unknown.gaps.end(), value)) ++value;
  return value;
}

Patient PlainPatient(const Frame& frame) {
  Patient patient;
  for (const Unknown& unknown : frame.scalars) patient.scalars.push_back(PlainValue(unknown));
  for (const JointFact& fact : frame.facts) {
    if (fact.slots.given != Slots::kNone) patient.scalars[fact.slots.given] = 1;
  }
  patient.lists.resize(frame.lists.size());
  return patient;
}

bool Evaluation::Holds(TermId condition) { return Of(condition) != 0; }
std::int64_t Evaluation::Number(TermId number) { return Of(number); }

bool Evaluation::HoldsOf(TermId condition, const Record& record) {
  bound_.push_back(&record);
  const bool holds = Of(condition) != 0;
  bound_.pop_back();
  return holds;
}

std::int64_t Evaluation::Of(TermId id) {
  if (terms_.Reach(id) > 0) return Compute(terms_.at(id));
  const auto known = known_.find(id);
  if (known != known_.end()) return known->second;
  const std::int64_t value = Compute(terms_.at(id));
  known_.emplace(id, value);
  return value;
}

std::int64_t Evaluation::Compute(const Term& term) {
  switch (term.op) {
    case Op::kTrue:
      return 1;
    case Op::kNot:
      return Of(term.args[0]) == 0 ? 1 : 0;
    case Op::kAnd:
      return std::all_of(term.args.begin(), term.args.end(), [&](TermId arg) { return Of(arg) != 0; }) ? 1 : 0;
    case Op::kNamed:
    case Op::kIs:
      return Of(term.args[0]);
    case Op::kIn:
      return std::binary_search(term.set.begin(), term.set.end(), Of(term.args[0])) ? 1 : 0;
    case Op::kLess0:
      return Of(term.args[0]) <= 0 ? 1 : 0;
    case Op::kSome:
    case Op::kCount: {
      std::int64_t wanted = term.op == Op::kSome ? 1 : term.number;
      for (const Record& record : patient_.lists[term.list.index]) {
        bound_.push_back(&record);
        if (Of(term.args[0]) != 0) --wanted;
        bound_.pop_back();
        if (wanted == 0) return 1;
      }
      return 0;
    }
    case Op::kCut: {
      const calendar::Date day{Of(term.args[0])};
      // The last minute of the day is where a later time of a longer month lands.
      const calendar::Datetime midnight{day.days * calendar::kMinutesPerDay};
      return calendar::AddMonths(midnight, term.number).minutes % calendar::kMinutesPerDay != 0 ? 1 : 0;
    }
    case Op::kScalar:
      return patient_.scalars[term.scalar.index];
    case Op::kField:
      return (*bound_[bound_.size() - 1 - static_cast<std::size_t>(term.number)])[term.field];
    case Op::kConstant:
      return term.number;
    case Op::kSum: {
      std::int64_t sum = term.number;
      for (std::size_t i = 0; i < term.args.size(); ++i) sum += term.factors[i] * Of(term.args[i]);
      return sum;
    }
    case Op::kChoice:
      return Of(Of(term.args[0]) != 0 ? term.args[1] : term.args[2]);
    case Op::kMonths:
      return calendar::AddMonths(calendar::Date{Of(term.args[0])}, term.number).days;
    case Op::kQuotient: {
      const std::int64_t n = Of(term.args[0]);
      return n / term.number - (n % term.number < 0 ? 1 : 0);
    }
    case Op::kGreatest:
    case Op::kLeast:
      return Extreme(term);
  }
  CORDON_ASSERT(false);
}

std::int64_t Evaluation::Extreme(const Term& term) {
  bool any = false;
  std::int64_t best = 0;
  for (const Record& record : patient_.lists[term.list.index]) {
    bound_.push_back(&record);
    if (Of(term.args[0]) != 0) {
      const std::int64_t key = Of(term.args[1]);
      const bool better = !any || (term.op == Op::kGreatest ? key > best : key < best);
      if (better) best = key;
      any = true;
    }
    bound_.pop_back();
  }
  return best;
}

}  // namespace cordon::symbolic
