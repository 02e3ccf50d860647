// Finds regions; see regions.h.
#include "analyse/regions.h"

#include <algorithm>

namespace cordon::analyse {

using symbolic::Answer;
using symbolic::Op;
using symbolic::Session;

namespace {

// More conjunctions than this nobody reads: then the list is told not to be complete.
constexpr std::size_t kMostCubes = 150;

}  // namespace

symbolic::SessionOptions RegionFinder::OptionsFor(const std::string& what) {
  symbolic::SessionOptions options = options_;
  options.name += "-" + what + std::to_string(++num_sessions_);
  return options;
}

void RegionFinder::Note(const Session& session, bool complete, RegionCover& cover) const {
  cover.num_queries += session.num_checks();
  if (complete) return;
  cover.complete = false;
  cover.undecided.push_back(session.last_query());
}

RegionCover RegionFinder::Cover(TermId transition, Session& session) {
  RegionCover cover;
  cover.complete = true;
  if (terms_.IsFalse(transition)) return cover;
  const std::size_t before = session.num_checks();
  const analyse::Cover cubes = CoverOf(terms_, session, {}, transition, shared_.both, kMostCubes, pool_);
  Note(session, cubes.complete, cover);
  cover.num_queries -= before;
  if (cubes.complete) cover.records = session.records();
  RegionCover plain = cover;
  for (std::size_t i = 0; i < cubes.cubes.size(); ++i) {
    const TermId condition = ConditionOf(terms_, cubes.cubes[i]);
    plain.regions.push_back({cubes.cubes[i], {}, {}, condition, cubes.patients[i]});
    Split(cubes.cubes[i], cubes.patients[i], cover);
  }
  if (cubes.cubes.empty()) return cover;
  // Whatever was told apart above is held against the transition itself.
  std::vector<TermId> roots{transition};
  for (const RegionCore& region : cover.regions) roots.push_back(region.condition);
  Session whole(terms_, frame_, axioms_, roots, OptionsFor("cover"));
  if (cubes.complete && !Certify(transition, whole, cover)) cover = std::move(plain);
  DropImplied(whole, cover);
  const auto size = [](const RegionCore& region) {
    std::size_t literals = region.cube.size();
    for (const RegionRecord& record : region.records) literals += record.cube.size();
    return literals;
  };
  std::stable_sort(cover.regions.begin(), cover.regions.end(),
                   [&](const RegionCore& a, const RegionCore& b) { return size(a) < size(b); });
  return cover;
}

std::optional<RegionCover> RegionFinder::Adopt(TermId transition, const RegionCover& other) {
  if (!other.complete || other.regions.empty()) return std::nullopt;
  for (const RegionCore& region : other.regions) {
    if (!symbolic::Evaluation(terms_, region.patient).Holds(transition)) return std::nullopt;
  }
  std::vector<TermId> roots{transition};
  std::vector<TermId> missed{transition};
  for (const RegionCore& region : other.regions) {
    roots.push_back(region.condition);
    missed.push_back(terms_.Not(region.condition));
  }
  Session session(terms_, frame_, axioms_, roots, OptionsFor("same"));
  if (session.Find(missed).answer != Answer::kNo) return std::nullopt;
  for (const RegionCore& region : other.regions) {
    if (session.Find({region.condition, terms_.Not(transition)}).answer != Answer::kNo) return std::nullopt;
  }
  RegionCover cover = other;
  cover.num_queries = session.num_checks();
  return cover;
}

// The sentence about a list that a rule is, beside its setting and that the list is known; invalid where it is none.
TermId RegionFinder::SentenceOf(TermId rule) const {
  const symbolic::Term& term = terms_.at(rule);
  if (term.op != Op::kNamed) return {};
  const symbolic::Term& inner = terms_.at(term.args[0]);
  if (inner.op == Op::kSome) return term.args[0];
  if (inner.op != Op::kAnd) return {};
  TermId sentence;
  for (const TermId part : inner.args) {
    if (terms_.at(part).op != Op::kSome) continue;
    if (sentence.valid()) return {};
    sentence = part;
  }
  return sentence;
}

// What one version's rule asks and the other's refuse: by the first that has something to be told from.
void RegionFinder::Split(const Cube& cube, const symbolic::Patient& patient, RegionCover& cover) {
  for (const Literal& literal : cube) {
    if (literal.holds && shared_.changed.count(literal.part) > 0 && SplitBy(literal, cube, cover)) return;
  }
  cover.regions.push_back({cube, {}, {}, ConditionOf(terms_, cube), patient});
}

// Nobody of the transition is missed by the regions, and nobody else is in one.
bool RegionFinder::Certify(TermId transition, Session& session, RegionCover& cover) {
  std::vector<TermId> missed{transition};
  for (const RegionCore& region : cover.regions) missed.push_back(terms_.Not(region.condition));
  bool certain = session.Find(missed).answer == Answer::kNo;
  for (const RegionCore& region : cover.regions) {
    certain = certain && session.Find({region.condition, terms_.Not(transition)}).answer == Answer::kNo;
  }
  Note(session, true, cover);
  return certain;
}

// Whether `other` is a rule of one version that does not apply, and, where `rule` does, only because of the list's
// records: what else it asks, `rule` asks too.
bool RegionFinder::IsRefused(const Literal& rule, TermId sentence, const Literal& other) const {
  if (other.holds || shared_.changed.count(other.part) == 0 || terms_.at(other.part).op != Op::kNamed) return false;
  const TermId own = SentenceOf(other.part);
  if (sentence.valid() != own.valid()) return false;
  if (!sentence.valid()) return true;
  if (terms_.at(own).list != terms_.at(sentence).list) return false;
  const TermId content = terms_.at(other.part).args[0];
  if (content == own) return true;
  const symbolic::Term& asked = terms_.at(terms_.at(rule.part).args[0]);
  const std::vector<TermId>& parts = terms_.at(content).args;
  return std::all_of(parts.begin(), parts.end(), [&](TermId part) {
    return part == own || std::find(asked.args.begin(), asked.args.end(), part) != asked.args.end();
  });
}

bool RegionFinder::SplitBy(const Literal& rule, const Cube& cube, RegionCover& cover) {
  if (terms_.at(rule.part).op != Op::kNamed) return false;
  const TermId sentence = SentenceOf(rule.part);
  const auto refuses = [&](const Literal& literal) { return IsRefused(rule, sentence, literal); };
  if (std::none_of(cube.begin(), cube.end(), refuses)) return false;
  if (sentence.valid()) {
    SplitRecords(rule, sentence, cube, cover);
  } else {
    SplitScalars(rule, cube, cover);
  }
  return true;
}

// By the record that the rule asks for and the others, which do not apply, refuse.
void RegionFinder::SplitRecords(const Literal& rule, TermId sentence, const Cube& cube, RegionCover& cover) {
  const symbolic::ListId list = terms_.at(sentence).list;
  std::vector<TermId> body{terms_.at(sentence).args[0]};
  std::vector<TermId> around;
  std::vector<TermId> given;  // what the record is not told apart by
  Cube rest;
  for (const Literal& literal : cube) {
    around.push_back(ConditionOf(terms_, literal));
    if (literal == rule) continue;
    rest.push_back(literal);
    const bool refuses = IsRefused(rule, sentence, literal);
    if (refuses) body.push_back(terms_.Not(terms_.at(SentenceOf(literal.part)).args[0]));
    if (!refuses) given.push_back(around.back());
  }
  const TermId wanted = terms_.And(body);
  std::vector<TermId> roots = around;
  roots.push_back(terms_.Some(list, wanted));
  Session session(terms_, frame_, axioms_, roots, OptionsFor("record"));
  const analyse::Cover boxes = CoverOfRecord(terms_, session, around, given, list, wanted, kMostCubes, pool_);
  Note(session, boxes.complete, cover);
  for (std::size_t i = 0; i < boxes.cubes.size(); ++i) {
    std::vector<TermId> condition = around;
    condition.push_back(terms_.Some(list, ConditionOf(terms_, boxes.cubes[i])));
    cover.regions.push_back(
        {rest, {{list, boxes.cubes[i]}}, {rule}, terms_.And(std::move(condition)), boxes.patients[i]});
  }
}

void RegionFinder::SplitScalars(const Literal& rule, const Cube& cube, RegionCover& cover) {
  std::vector<TermId> wanted{terms_.at(rule.part).args[0]};
  std::vector<TermId> around;
  Cube rest;
  for (const Literal& literal : cube) {
    const bool refuses = IsRefused(rule, {}, literal);
    if (refuses) wanted.push_back(terms_.Not(terms_.at(literal.part).args[0]));
    if (!refuses && literal != rule) {
      rest.push_back(literal);
      around.push_back(ConditionOf(terms_, literal));
    }
  }
  const TermId condition = terms_.And(std::move(wanted));
  std::vector<TermId> roots = around;
  roots.push_back(condition);
  Session session(terms_, frame_, axioms_, roots, OptionsFor("values"));
  const analyse::Cover boxes = CoverOf(terms_, session, around, condition, {}, kMostCubes, pool_);
  Note(session, boxes.complete, cover);
  for (std::size_t i = 0; i < boxes.cubes.size(); ++i) {
    Cube all = rest;
    all.insert(all.end(), boxes.cubes[i].begin(), boxes.cubes[i].end());
    const TermId whole = ConditionOf(terms_, all);
    cover.regions.push_back({std::move(all), {}, {rule}, whole, boxes.patients[i]});
  }
}

// A region that the others cover together says nothing of its own.
void RegionFinder::DropImplied(Session& session, RegionCover& cover) {
  for (std::size_t i = cover.regions.size(); i > 0 && cover.regions.size() > 1; --i) {
    std::vector<TermId> query{cover.regions[i - 1].condition};
    for (std::size_t j = 0; j < cover.regions.size(); ++j) {
      if (j != i - 1) query.push_back(terms_.Not(cover.regions[j].condition));
    }
    if (session.Find(query).answer != Answer::kNo) continue;
    cover.regions.erase(cover.regions.begin() + static_cast<std::ptrdiff_t>(i) - 1);
  }
}

}  // namespace cordon::analyse
