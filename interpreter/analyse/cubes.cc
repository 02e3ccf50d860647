// Prime implicants, modulo what the solver knows of days and numbers; see cubes.h.
#include "analyse/cubes.h"

#include <algorithm>
#include <functional>
#include <map>

#include "support/assert.h"
#include "value/truth.h"

namespace cordon::analyse {

using symbolic::Answer;
using symbolic::Evaluation;
using symbolic::Op;
using symbolic::Session;
using symbolic::Terms;
using value::Truth;

namespace {

using Known = std::map<TermId, bool>;

// What `condition` comes to where only some of its parts are known.
Truth UnderKnown(const Terms& terms, TermId condition, const Known& known, std::map<TermId, Truth>& memo) {
  const auto part = known.find(condition);
  if (part != known.end()) return value::FromBool(part->second);
  const auto done = memo.find(condition);
  if (done != memo.end()) return done->second;
  const symbolic::Term& term = terms.at(condition);
  Truth truth = Truth::kUnknown;
  if (term.op == Op::kTrue) truth = Truth::kTrue;
  if (term.op == Op::kNamed) truth = UnderKnown(terms, term.args[0], known, memo);
  if (term.op == Op::kNot) truth = value::Not(UnderKnown(terms, term.args[0], known, memo));
  if (term.op == Op::kAnd) {
    truth = Truth::kTrue;
    for (const TermId arg : term.args) truth = value::And(truth, UnderKnown(terms, arg, known, memo));
  }
  memo.emplace(condition, truth);
  return truth;
}

bool Implies(const Terms& terms, const Cube& cube, TermId condition) {
  Known known;
  for (const Literal& literal : cube) known.emplace(literal.part, literal.holds);
  std::map<TermId, Truth> memo;
  return UnderKnown(terms, condition, known, memo) == Truth::kTrue;
}

// Leaves out what the rest does without, in order.
void Shorten(Cube& cube, const std::function<bool(const Cube&)>& implies) {
  for (std::size_t i = 0; i < cube.size();) {
    Cube without = cube;
    without.erase(without.begin() + static_cast<std::ptrdiff_t>(i));
    if (implies(without)) {
      cube = std::move(without);
    } else {
      ++i;
    }
  }
}

// Whether nobody has all of `query`: somebody of the pool has, or the solver finds him, who is put there, or there is
// nobody. Then `core` is what of the query is enough for that.
bool NobodyHas(const Terms& terms, Session& session, const std::vector<TermId>& query, Pool& pool,
               std::vector<TermId>& core) {
  // The last ones met are the likeliest.
  for (auto patient = pool.rbegin(); patient != pool.rend(); ++patient) {
    Evaluation evaluation(terms, *patient);
    const bool all =
        std::all_of(query.begin(), query.end(), [&](TermId condition) { return evaluation.Holds(condition); });
    if (all) return false;
  }
  symbolic::Found found = session.Find(query);
  core = std::move(found.core);
  if (found.patient) pool.push_back(*std::move(found.patient));
  return found.answer == Answer::kNo;
}

// Leaves out what is not needed for `cube` and `query` to exclude each other, as far as the solver sees.
void ShortenBySolver(Terms& terms, Session& session, const std::vector<TermId>& query, Pool& pool, Cube& cube) {
  std::set<TermId> needed;
  for (;;) {
    // The first that may be left out still.
    const auto next =
        std::find_if(cube.begin(), cube.end(), [&](const Literal& l) { return needed.count(l.part) == 0; });
    if (next == cube.end()) return;
    std::vector<TermId> without = query;
    for (const Literal& literal : cube) {
      if (literal != *next) without.push_back(ConditionOf(terms, literal));
    }
    std::vector<TermId> core;
    if (!NobodyHas(terms, session, without, pool, core)) {
      needed.insert(next->part);
      continue;
    }
    cube.erase(next);
    std::erase_if(cube, [&](const Literal& literal) {
      return std::find(core.begin(), core.end(), ConditionOf(terms, literal)) == core.end();
    });
  }
}

}  // namespace

std::vector<TermId> PartsOf(const Terms& terms, TermId condition) {
  std::vector<TermId> parts;
  std::set<TermId> seen;
  std::vector<TermId> open{condition};
  while (!open.empty()) {
    const TermId id = open.back();
    open.pop_back();
    if (!seen.insert(id).second) continue;
    const symbolic::Term& term = terms.at(id);
    if (term.op == Op::kAnd || term.op == Op::kNot || (term.op == Op::kNamed && id == condition)) {
      open.insert(open.end(), term.args.begin(), term.args.end());
    } else if (term.op != Op::kTrue) {
      parts.push_back(id);
    }
  }
  std::sort(parts.begin(), parts.end());
  return parts;
}

TermId ConditionOf(Terms& terms, const Literal& literal) {
  return literal.holds ? literal.part : terms.Not(literal.part);
}

TermId ConditionOf(Terms& terms, const Cube& cube) {
  std::vector<TermId> parts;
  for (const Literal& literal : cube) parts.push_back(ConditionOf(terms, literal));
  return terms.And(std::move(parts));
}

Cover CoverOf(Terms& terms, Session& session, const std::vector<TermId>& around, TermId condition,
              const std::set<TermId>& drop_first, std::size_t most, Pool& pool) {
  Cover cover;
  const std::vector<TermId> parts = PartsOf(terms, condition);
  std::vector<TermId> asked = around;
  asked.push_back(condition);
  while (cover.cubes.size() < most) {
    const symbolic::Found found = session.Find(asked);
    if (found.answer != Answer::kYes) {
      cover.complete = found.answer == Answer::kNo;
      return cover;
    }
    pool.push_back(*found.patient);
    Evaluation evaluation(terms, *found.patient);
    Cube cube;
    for (const TermId part : parts) cube.push_back({part, evaluation.Holds(part)});
    // What does not hold is given up before what holds, and what both versions share before what one says.
    std::stable_sort(cube.begin(), cube.end(), [&](const Literal& a, const Literal& b) {
      const auto rank = [&](const Literal& l) { return (drop_first.count(l.part) > 0 ? 0 : 2) + (l.holds ? 1 : 0); };
      return rank(a) < rank(b);
    });
    Shorten(cube, [&](const Cube& shorter) { return Implies(terms, shorter, condition); });
    std::vector<TermId> query = around;
    query.push_back(terms.Not(condition));
    ShortenBySolver(terms, session, query, pool, cube);
    std::sort(cube.begin(), cube.end(), [](const Literal& a, const Literal& b) { return a.part < b.part; });
    asked.push_back(terms.Not(ConditionOf(terms, cube)));
    cover.cubes.push_back(std::move(cube));
    cover.patients.push_back(*found.patient);
  }
  return cover;
}

Cover CoverOfRecord(Terms& terms, Session& session, const std::vector<TermId>& around, const std::vector<TermId>& given,
                    symbolic::ListId list, TermId body, std::size_t most, Pool& pool) {
  Cover cover;
  const std::vector<TermId> parts = PartsOf(terms, body);
  std::vector<TermId> asked{body};
  while (cover.cubes.size() < most) {
    std::vector<TermId> query = around;
    query.push_back(terms.Some(list, terms.And(asked)));
    const symbolic::Found found = session.Find(query);
    if (found.answer != Answer::kYes) {
      cover.complete = found.answer == Answer::kNo;
      return cover;
    }
    pool.push_back(*found.patient);
    Evaluation evaluation(terms, *found.patient);
    const TermId all = terms.And(asked);
    Cube cube;
    for (const symbolic::Record& record : found.patient->lists[list.index]) {
      if (!cube.empty() || !evaluation.HoldsOf(all, record)) continue;
      for (const TermId part : parts) cube.push_back({part, evaluation.HoldsOf(part, record)});
    }
    std::stable_sort(cube.begin(), cube.end(), [](const Literal& a, const Literal& b) { return a.holds < b.holds; });
    Shorten(cube, [&](const Cube& shorter) { return Implies(terms, shorter, body); });
    Shorten(cube, [&](const Cube& shorter) {
      std::vector<TermId> other = given;
      other.push_back(terms.Some(list, terms.And(ConditionOf(terms, shorter), terms.Not(body))));
      std::vector<TermId> core;
      return NobodyHas(terms, session, other, pool, core);
    });
    std::sort(cube.begin(), cube.end(), [](const Literal& a, const Literal& b) { return a.part < b.part; });
    asked.push_back(terms.Not(ConditionOf(terms, cube)));
    cover.cubes.push_back(std::move(cube));
    cover.patients.push_back(*found.patient);
  }
  return cover;
}

}  // namespace cordon::analyse
