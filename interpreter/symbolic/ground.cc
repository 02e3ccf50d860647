// Lists as a few records, month steps as pieces; see ground.h.
#include "symbolic/ground.h"

#include <algorithm>

#include "support/assert.h"

namespace cordon::symbolic {

namespace {

// More records than this are no longer tried: the analysis says so, and is undecided.
constexpr std::size_t kMostRecords = 120;
// Pairs of days whose steps are told to keep their order.
constexpr std::size_t kMostPairs = 24;

bool IsSentence(Op op) { return op == Op::kSome || op == Op::kCount || op == Op::kGreatest || op == Op::kLeast; }

}  // namespace

Grounding::Grounding(Terms& terms, const Frame& frame, const Axioms& axioms, const std::vector<TermId>& roots, int more)
    : terms_(terms), frame_(frame), axioms_(axioms), unknowns_(frame.scalars) {
  FindSentences(roots);
  MakeClasses();
  for (std::size_t i = 0; i < unknowns_.size(); ++i) {
    unknowns_[i] = ByClass({{}, static_cast<std::uint32_t>(i)}, unknowns_[i]);
  }
  CountRecords(more);
  MakeSlots();
  for (const TermId axiom : axioms_.of_patients) constraints_.push_back(Of(axiom));
  for (const auto& [list, body] : axioms_.of_records) {
    for (std::size_t slot = 0; slot < slots_[list.index].size(); ++slot) {
      constraints_.push_back(Implies(Active(list, slot), OfBody(list, slot, body)));
    }
  }
}

GroundId Grounding::Ground(TermId condition) {
  CORDON_ASSERT(terms_.Reach(condition) == 0);
  return Of(condition);
}

std::vector<GroundId> Grounding::TakeConstraints() { return std::exchange(constraints_, {}); }

// ---- how many records are enough

void Grounding::FindSentences(const std::vector<TermId>& roots) {
  std::set<TermId> seen;
  std::vector<TermId> open(roots.rbegin(), roots.rend());
  open.insert(open.begin(), axioms_.of_patients.begin(), axioms_.of_patients.end());
  for (const auto& [list, body] : axioms_.of_records) open.push_back(body);
  while (!open.empty()) {
    const TermId id = open.back();
    open.pop_back();
    if (!seen.insert(id).second) continue;
    const Term& term = terms_.at(id);
    NoteSymbols(term);
    if (IsSentence(term.op)) (terms_.Reach(id) == 0 ? sentences_ : nested_).push_back(id);
    open.insert(open.end(), term.args.rbegin(), term.args.rend());
  }
}

// ---- symbols that nothing tells apart

std::optional<Grounding::Symbol> Grounding::SymbolOf(const Term& term) const {
  if (term.op != Op::kScalar && term.op != Op::kField) return std::nullopt;
  const Symbol symbol = term.op == Op::kScalar ? Symbol{{}, term.scalar.index} : Symbol{term.list, term.field};
  if (FrameUnknown(symbol).sort != Sort::kSymbol) return std::nullopt;
  return symbol;
}

const Unknown& Grounding::FrameUnknown(const Symbol& symbol) const {
  return symbol.list.valid() ? frame_.lists[symbol.list.index].fields[symbol.index] : frame_.scalars[symbol.index];
}

void Grounding::NoteSymbols(const Term& term) {
  for (const TermId arg : term.args) {
    const auto symbol = SymbolOf(terms_.at(arg));
    if (!symbol) continue;
    if (term.op == Op::kIn) {
      classes_[*symbol].sets.insert(term.set);
    } else {
      classes_[*symbol].compared = true;
    }
  }
}

void Grounding::MakeClasses() {
  for (auto& [symbol, classes] : classes_) {
    if (classes.compared) continue;
    const Unknown& unknown = FrameUnknown(symbol);
    std::map<std::vector<bool>, std::int64_t> known;
    for (std::int64_t n = unknown.range.low; n <= unknown.range.high; ++n) {
      if (std::binary_search(unknown.gaps.begin(), unknown.gaps.end(), n)) {
        classes.of.push_back(-1);
        continue;
      }
      std::vector<bool> in;
      for (const auto& set : classes.sets) in.push_back(std::binary_search(set.begin(), set.end(), n));
      const auto [at, is_new] = known.emplace(in, static_cast<std::int64_t>(classes.first.size()));
      if (is_new) classes.first.push_back(n);
      classes.of.push_back(at->second);
    }
  }
}

// The unknown that says which class it is.
Unknown Grounding::ByClass(const Symbol& symbol, Unknown unknown) const {
  const auto classes = classes_.find(symbol);
  if (classes == classes_.end() || classes->second.compared) return unknown;
  unknown.range = {0, static_cast<std::int64_t>(classes->second.first.size()) - 1};
  unknown.gaps.clear();
  return unknown;
}

std::int64_t Grounding::Unclassed(const Symbol& symbol, std::int64_t value) const {
  const auto classes = classes_.find(symbol);
  if (classes == classes_.end() || classes->second.compared) return value;
  return classes->second.first[static_cast<std::size_t>(value)];
}

// ---- sentences inside sentences

// The sentences directly inside `id` that read the record bound around them; false where one is found negated.
void Grounding::AddInner(TermId id, bool positive, std::map<TermId, bool>& inner) const {
  if (terms_.Reach(id) == 0) return;
  const Term& term = terms_.at(id);
  if (IsSentence(term.op)) {
    const auto [at, is_new] = inner.emplace(id, positive);
    at->second = at->second && positive;
    return;
  }
  const bool turned = term.op == Op::kNot;
  const bool mixed = term.op != Op::kAnd && term.op != Op::kNot && term.op != Op::kNamed;
  for (const TermId arg : term.args) {
    AddInner(arg, turned ? !positive : positive, inner);
    if (mixed) AddInner(arg, false, inner);
  }
}

// The records that keep a sentence as it is. A sentence inside that can only help is kept for the records that count;
// one whose failing can help is kept for every record around it.
Grounding::Needs Grounding::NeedsOf(TermId sentence) const {
  const Term& term = terms_.at(sentence);
  const std::size_t count = term.op == Op::kCount ? static_cast<std::size_t>(term.number) : 1;
  Needs needs{{term.list, count}};
  std::map<TermId, bool> inner;
  for (const TermId arg : term.args) AddInner(arg, true, inner);
  for (const auto& [id, positive] : inner) {
    const std::size_t times = positive ? count : std::max<std::size_t>(num_records_[term.list.index], 1);
    for (const auto& [list, more] : NeedsOf(id)) needs[list] += times * more;
  }
  return needs;
}

void Grounding::CountRecords(int more) {
  num_records_.assign(frame_.lists.size(), 0);
  for (bool again = true; again && complete_;) {
    std::vector<std::size_t> enough(frame_.lists.size(), 0);
    for (const TermId sentence : sentences_) {
      for (const auto& [list, needed] : NeedsOf(sentence)) enough[list.index] += needed;
    }
    again = enough != num_records_;
    num_records_ = enough;
    for (std::size_t& records : num_records_) {
      complete_ = complete_ && records <= kMostRecords;
      records = std::min(records, kMostRecords);
    }
  }
  plain_.assign(frame_.lists.size(), more >= 0 && complete_);
  for (const TermId id : nested_) plain_[terms_.at(id).list.index] = false;
  for (const TermId id : sentences_) {
    if (terms_.at(id).op == Op::kCount) plain_[terms_.at(id).list.index] = false;
  }
  std::vector<std::size_t> next(frame_.lists.size(), 0);
  for (const TermId id : sentences_) {
    const ListId list = terms_.at(id).list;
    if (plain_[list.index]) own_.emplace(id, next[list.index]++);
  }
  for (std::size_t& records : num_records_) {
    if (records > 0) records = static_cast<std::size_t>(std::max<long>(0, static_cast<long>(records) + more));
  }
}

void Grounding::MakeSlots() {
  slots_.resize(frame_.lists.size());
  for (std::size_t i = 0; i < frame_.lists.size(); ++i) {
    const ListShape& list = frame_.lists[i];
    for (std::size_t n = 0; n < num_records_[i]; ++n) {
      const std::string name = list.name + "[" + std::to_string(n + 1) + "]";
      RecordSlot slot;
      slot.active = AddUnknown({name, Sort::kBool, {0, 1}, {}});
      for (std::uint32_t f = 0; f < list.fields.size(); ++f) {
        const Unknown& field = list.fields[f];
        Unknown own = ByClass({ListId(i), f}, field);
        own.path = name + field.path.substr(std::min(field.path.size(), list.name.size()));
        slot.fields.push_back(AddUnknown(std::move(own)));
      }
      slots_[i].push_back(std::move(slot));
    }
    // Records that no sentence has to itself come in order: which is which has no meaning.
    for (std::size_t n = 1; n < num_records_[i] && !plain_[i]; ++n) {
      constraints_.push_back(Implies(Active(ListId(i), n), Active(ListId(i), n - 1)));
    }
  }
}

ScalarId Grounding::AddUnknown(Unknown unknown) {
  unknowns_.push_back(std::move(unknown));
  return ScalarId(kFirstGround + unknowns_.size() - 1);
}

// The unknown as a term; where it comes up first, that it lies in its range.
TermId Grounding::Var(ScalarId scalar) {
  const Unknown unknown = this->unknown(scalar);
  const TermId var = terms_.Scalar(scalar, {-kBoundless, kBoundless});
  if (unknown.sort == Sort::kBool || !ranged_.insert(scalar).second) return var;
  constraints_.push_back(Between(terms_.Constant(unknown.range.low), var, terms_.Constant(unknown.range.high)));
  for (const std::int64_t gap : unknown.gaps) {
    constraints_.push_back(terms_.Not(terms_.SameNumber(var, terms_.Constant(gap))));
  }
  return var;
}

// ---- terms

TermId Grounding::Of(TermId id) {
  const std::size_t reach = terms_.Reach(id);
  CORDON_ASSERT(reach <= bound_.size());
  std::pair key(id, std::vector<std::size_t>(bound_.end() - static_cast<std::ptrdiff_t>(reach), bound_.end()));
  const auto known = known_.find(key);
  if (known != known_.end()) return known->second;
  // A term that stands for itself is grounded as if nothing were bound around it.
  std::vector<std::size_t> around;
  if (reach == 0) std::swap(around, bound_);
  const TermId ground = Compute(id);
  if (reach == 0) std::swap(around, bound_);
  known_.emplace(std::move(key), ground);
  return ground;
}

TermId Grounding::Compute(TermId id) {
  const Term term = terms_.at(id);
  switch (term.op) {
    case Op::kTrue:
    case Op::kConstant:
      return id;
    case Op::kNot:
      return terms_.Not(Of(term.args[0]));
    case Op::kNamed:
      return Of(term.args[0]);
    case Op::kAnd: {
      std::vector<TermId> args;
      for (const TermId arg : term.args) args.push_back(Of(arg));
      return terms_.And(std::move(args));
    }
    case Op::kIs:
      return terms_.Is(Of(term.args[0]));
    case Op::kIn:
      return OfIn(term);
    case Op::kLess0:
      return terms_.LessEqual(Of(term.args[0]), terms_.Constant(0));
    case Op::kSome:
      return OfSome(id, term);
    case Op::kCount:
      return OfCount(term);
    case Op::kCut:
      return OfCut(term);
    case Op::kScalar:
      return Var(ScalarId(kFirstGround + term.scalar.index));
    case Op::kField: {
      const std::size_t slot = bound_[bound_.size() - 1 - static_cast<std::size_t>(term.number)];
      return Var(slots_[term.list.index][slot].fields[term.field]);
    }
    case Op::kSum: {
      TermId sum = terms_.Constant(term.number);
      for (std::size_t i = 0; i < term.args.size(); ++i) sum = terms_.Plus(sum, Of(term.args[i]), term.factors[i]);
      return sum;
    }
    case Op::kChoice:
      return OfChoice(term);
    case Op::kMonths:
      return OfMonths(term);
    case Op::kQuotient:
      return OfQuotient(term);
    case Op::kGreatest:
    case Op::kLeast:
      return OfExtreme(id, term);
  }
  CORDON_ASSERT(false);
}

TermId Grounding::OfBody(ListId, std::size_t slot, TermId body) {
  bound_.push_back(slot);
  const TermId ground = Of(body);
  bound_.pop_back();
  return ground;
}

// Where the sentence has a record of its own, that record is there if and only if the sentence holds, and shows it.
TermId Grounding::OfSome(TermId id, const Term& term) {
  const std::size_t num = slots_[term.list.index].size();
  const auto own = own_.find(id);
  if (own == own_.end()) {
    std::vector<TermId> some;
    for (std::size_t slot = 0; slot < num; ++slot) {
      some.push_back(terms_.And(Active(term.list, slot), OfBody(term.list, slot, term.args[0])));
    }
    return terms_.Or(std::move(some));
  }
  const TermId holds = Active(term.list, own->second);
  constraints_.push_back(Implies(holds, OfBody(term.list, own->second, term.args[0])));
  for (std::size_t slot = 0; slot < num; ++slot) {
    if (slot == own->second) continue;
    const TermId shows = terms_.And(Active(term.list, slot), OfBody(term.list, slot, term.args[0]));
    constraints_.push_back(Implies(shows, holds));
  }
  return holds;
}

// Counted up, record by record: `reached[n]` says that n or more were seen so far.
TermId Grounding::OfCount(const Term& term) {
  std::vector<TermId> reached(static_cast<std::size_t>(term.number) + 1, terms_.False());
  reached[0] = terms_.True();
  for (std::size_t slot = 0; slot < slots_[term.list.index].size(); ++slot) {
    const TermId counts = terms_.And(Active(term.list, slot), OfBody(term.list, slot, term.args[0]));
    for (std::size_t n = reached.size() - 1; n > 0; --n) {
      reached[n] = terms_.Or(reached[n], terms_.And(reached[n - 1], counts));
    }
  }
  return reached.back();
}

TermId Grounding::OfExtreme(TermId id, const Term& term) {
  const bool greatest = term.op == Op::kGreatest;
  const Interval range = terms_.RangeOf(id);
  const TermId extreme = Var(AddUnknown({greatest ? "greatest" : "least", Sort::kNumber, range, {}}));
  std::vector<TermId> passing;
  std::vector<TermId> attained;
  for (std::size_t slot = 0; slot < slots_[term.list.index].size(); ++slot) {
    const TermId passes = terms_.And(Active(term.list, slot), OfBody(term.list, slot, term.args[0]));
    const TermId key = OfBody(term.list, slot, term.args[1]);
    constraints_.push_back(Implies(passes, greatest ? terms_.LessEqual(key, extreme) : terms_.LessEqual(extreme, key)));
    passing.push_back(passes);
    attained.push_back(terms_.And(passes, terms_.SameNumber(key, extreme)));
  }
  constraints_.push_back(terms_.Or(terms_.Or(passing), terms_.SameNumber(extreme, terms_.Constant(0))));
  const auto own = own_.find(id);
  if (own == own_.end()) {
    constraints_.push_back(Implies(terms_.Or(passing), terms_.Or(std::move(attained))));
    return extreme;
  }
  // Its record is there where any passes, and is one that has it.
  constraints_.push_back(Implies(Active(term.list, own->second), attained[own->second]));
  for (const TermId passes : passing) constraints_.push_back(Implies(passes, Active(term.list, own->second)));
  return extreme;
}

TermId Grounding::OfIn(const Term& term) {
  const TermId number = Of(term.args[0]);
  std::vector<std::int64_t> set = term.set;
  const auto symbol = SymbolOf(terms_.at(term.args[0]));
  if (symbol && !classes_.at(*symbol).compared) {
    const std::vector<std::int64_t>& of = classes_.at(*symbol).of;
    set.clear();
    for (const std::int64_t n : term.set) {
      if (of[static_cast<std::size_t>(n)] >= 0) set.push_back(of[static_cast<std::size_t>(n)]);
    }
    std::sort(set.begin(), set.end());
    set.erase(std::unique(set.begin(), set.end()), set.end());
  }
  std::vector<TermId> ranges;
  for (std::size_t i = 0; i < set.size();) {
    std::size_t end = i + 1;
    while (end < set.size() && set[end] == set[end - 1] + 1) ++end;
    ranges.push_back(Between(terms_.Constant(set[i]), number, terms_.Constant(set[end - 1])));
    i = end;
  }
  return terms_.Or(std::move(ranges));
}

TermId Grounding::OfChoice(const Term& term) {
  const TermId condition = Of(term.args[0]);
  const TermId chosen = Var(AddUnknown({"choice", Sort::kNumber, {-kBoundless, kBoundless}, {}}));
  constraints_.push_back(Implies(condition, terms_.SameNumber(chosen, Of(term.args[1]))));
  constraints_.push_back(Implies(terms_.Not(condition), terms_.SameNumber(chosen, Of(term.args[2]))));
  return chosen;
}

TermId Grounding::OfQuotient(const Term& term) {
  const TermId whole = Var(AddUnknown({"quotient", Sort::kNumber, {-kBoundless, kBoundless}, {}}));
  const TermId rest = terms_.Plus(Of(term.args[0]), whole, -term.number);
  constraints_.push_back(Between(terms_.Constant(0), rest, terms_.Constant(term.number - 1)));
  return whole;
}

// ---- month steps

// The place of a day in its four years.
TermId Grounding::OffsetOf(TermId day) {
  const auto known = offsets_.find(day);
  if (known != offsets_.end()) return known->second;
  const TermId cycle = Var(AddUnknown({"four years", Sort::kNumber, {0, 49}, {}}));
  const TermId offset = Var(AddUnknown({"day of four years", Sort::kNumber, {0, kCycleDays - 1}, {}}));
  const TermId whole = terms_.Plus(terms_.Plus(offset, cycle, kCycleDays), terms_.Constant(calendar::kFirstDate.days));
  constraints_.push_back(terms_.SameNumber(day, whole));
  offsets_.emplace(day, offset);
  return offset;
}

TermId Grounding::Inside(TermId offset, const std::vector<Offsets>& offsets) {
  std::vector<TermId> ranges;
  for (const Offsets& range : offsets) {
    ranges.push_back(Between(terms_.Constant(range.first), offset, terms_.Constant(range.last)));
  }
  return terms_.Or(std::move(ranges));
}

TermId Grounding::OfMonths(const Term& term) {
  const TermId day = Of(term.args[0]);
  for (const Landed& landed : landings_[day]) {
    if (landed.months == term.number) return landed.day;
  }
  const Interval calendar_days{calendar::kFirstDate.days, calendar::kLastDate.days};
  const TermId landed = Var(AddUnknown({"month step", Sort::kDay, calendar_days, {}}));
  const TermId offset = OffsetOf(day);
  const MonthStep step = StepBy(term.number);
  const TermId early = terms_.LessEqual(day, terms_.Constant(step.first_day - 1));
  const TermId late = terms_.LessEqual(terms_.Constant(step.last_day + 1), day);
  const TermId stays = terms_.And(terms_.Not(early), terms_.Not(late));
  const TermId moved = terms_.Plus(landed, day, -1);
  for (const MonthStep::Piece& piece : step.pieces) {
    const TermId here = terms_.And(stays, Inside(offset, piece.offsets));
    constraints_.push_back(Implies(here, terms_.SameNumber(moved, terms_.Constant(piece.moves))));
  }
  constraints_.push_back(Implies(early, terms_.SameNumber(landed, terms_.Constant(calendar_days.low))));
  constraints_.push_back(Implies(late, terms_.SameNumber(landed, terms_.Constant(calendar_days.high))));
  AddLemmas(day, {term.number, landed, stays});
  return landed;
}

// What follows from the pieces, told so that it need not be found: within which windows a step moves, how far apart
// two steps of one day land, and that of two days the later never lands before the earlier. Checked by tests against
// every day of the calendar.
void Grounding::AddLemmas(TermId day, const Landed& landed) {
  const auto within = [&](const Landed& from, const Landed& to, TermId base) {
    const Interval apart = Apart(from.months, to.months);
    const TermId moved = terms_.Plus(to.day, base, -1);
    const TermId lemma = Between(terms_.Constant(apart.low), moved, terms_.Constant(apart.high));
    constraints_.push_back(Implies(terms_.And(from.inside, to.inside), lemma));
  };
  within({0, day, terms_.True()}, landed, day);
  for (const Landed& other : landings_[day]) within(other, landed, other.day);
  std::size_t pairs = 0;
  for (const auto& [other_day, landings] : landings_) {
    for (const Landed& other : landings) {
      if (other_day != day && other.months == -landed.months) AddThereAndBack(day, landed, other_day, other);
      if (other_day == day || other.months != landed.months || ++pairs > kMostPairs) continue;
      constraints_.push_back(Implies(terms_.LessEqual(day, other_day), terms_.LessEqual(landed.day, other.day)));
      constraints_.push_back(Implies(terms_.LessEqual(other_day, day), terms_.LessEqual(other.day, landed.day)));
    }
  }
  landings_[day].push_back(landed);
}

// Steps of two days that lead towards one another: a day at or after the place where `to` was stepped back to comes by
// the same step no earlier than kMostCut days before `to`; a day before that place comes to before `to`.
void Grounding::AddThereAndBack(TermId day, const Landed& landed, TermId other_day, const Landed& other) {
  const bool forth = landed.months > 0;
  const TermId from = forth ? day : other_day;
  const TermId to = forth ? other_day : day;
  const TermId back = forth ? other.day : landed.day;
  const TermId there = forth ? landed.day : other.day;
  const TermId inside = terms_.And(landed.inside, other.inside);
  const TermId reaches = terms_.LessEqual(back, from);
  constraints_.push_back(
      Implies(terms_.And(inside, reaches), terms_.LessEqual(terms_.Plus(to, terms_.Constant(-kMostCut)), there)));
  constraints_.push_back(
      Implies(terms_.And(inside, terms_.Not(reaches)), terms_.LessEqual(terms_.Plus(there, terms_.Constant(1)), to)));
}

TermId Grounding::OfCut(const Term& term) {
  const TermId day = Of(term.args[0]);
  const MonthStep step = StepBy(term.number);
  const TermId early = terms_.LessEqual(day, terms_.Constant(step.first_day - 1));
  const TermId late = terms_.LessEqual(terms_.Constant(step.last_day + 1), day);
  const TermId cut = terms_.And(terms_.Not(early), Inside(OffsetOf(day), step.cut));
  return terms_.Or(late, cut);
}

// ---- back

Patient Grounding::PatientOf(const std::map<ScalarId, std::int64_t>& solution) const {
  const auto value = [&](ScalarId id) {
    const auto found = solution.find(id);
    return found == solution.end() ? PlainValue(unknown(id)) : found->second;
  };
  Patient patient = PlainPatient(frame_);
  for (std::size_t i = 0; i < frame_.scalars.size(); ++i) {
    const auto found = solution.find(ScalarId(kFirstGround + i));
    const Symbol symbol{{}, static_cast<std::uint32_t>(i)};
    if (found != solution.end()) patient.scalars[i] = Unclassed(symbol, found->second);
  }
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    for (const RecordSlot& slot : slots_[i]) {
      const auto active = solution.find(slot.active);
      if (active == solution.end() || active->second == 0) continue;
      Record record;
      for (std::uint32_t f = 0; f < slot.fields.size(); ++f) {
        record.push_back(Unclassed({ListId(i), f}, value(slot.fields[f])));
      }
      patient.lists[i].push_back(std::move(record));
    }
  }
  return patient;
}

}  // namespace cordon::symbolic
