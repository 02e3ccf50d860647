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
  cover.records.resize(session.records().size());
  for (std::size_t i = 0; i < session.records().size(); ++i) {
    cover.records[i] = std::max(cover.records[i], session.records()[i]);
  }
  if (complete) return;
  cover.complete = false;
  cover.undecided.push_back(session.last_query());
}

RegionCover RegionFinder::Cover(TermId transition) {
  RegionCover cover;
  cover.complete = true;
  if (terms_.IsFalse(transition)) return cover;
  Session session(terms_, frame_, axioms_, {transition}, OptionsFor("cases"));
  const analyse::Cover cubes = CoverOf(terms_, session, transition, shared_.whole, shared_.whole, kMostCubes);
  Note(session, cubes.complete, cover);
  for (std::size_t i = 0; i < cubes.cubes.size(); ++i) Split(cubes.cubes[i], cubes.patients[i], cover);
  DropImplied(cover);
  const auto size = [](const RegionCore& region) {
    std::size_t literals = region.cube.size();
    for (const RegionRecord& record : region.records) literals += record.cube.size();
    return literals;
  };
  std::stable_sort(cover.regions.begin(), cover.regions.end(),
                   [&](const RegionCore& a, const RegionCore& b) { return size(a) < size(b); });
  return cover;
}

// By the record that one version's sentence asks for and the other's sentences, which fail, refuse.
void RegionFinder::Split(const Cube& cube, const symbolic::Patient& patient, RegionCover& cover) {
  const auto splits = [&](const Literal& literal) {
    return literal.holds && terms_.at(literal.part).op == Op::kSome && shared_.changed.count(literal.part) > 0;
  };
  const auto split = std::find_if(cube.begin(), cube.end(), splits);
  if (split == cube.end()) {
    cover.regions.push_back({cube, {}, ConditionOf(terms_, cube), patient});
    return;
  }
  const symbolic::ListId list = terms_.at(split->part).list;
  std::vector<TermId> body{terms_.at(split->part).args[0]};
  std::vector<TermId> around;
  Cube rest;
  for (const Literal& literal : cube) {
    if (literal == *split) continue;
    rest.push_back(literal);
    around.push_back(ConditionOf(terms_, literal));
    const symbolic::Term& other = terms_.at(literal.part);
    if (!literal.holds && other.op == Op::kSome && other.list == list) body.push_back(terms_.Not(other.args[0]));
  }
  const TermId wanted = terms_.And(body);
  std::vector<TermId> roots = around;
  roots.push_back(terms_.Some(list, wanted));
  Session session(terms_, frame_, axioms_, roots, OptionsFor("record"));
  const analyse::Cover boxes = CoverOfRecord(terms_, session, around, list, wanted, kMostCubes);
  Note(session, boxes.complete, cover);
  for (std::size_t i = 0; i < boxes.cubes.size(); ++i) {
    const TermId record = terms_.Some(list, ConditionOf(terms_, boxes.cubes[i]));
    const TermId condition = terms_.And(ConditionOf(terms_, rest), record);
    cover.regions.push_back({rest, {{list, boxes.cubes[i]}}, condition, boxes.patients[i]});
  }
}

// A region that the others cover together says nothing of its own.
void RegionFinder::DropImplied(RegionCover& cover) {
  if (cover.regions.size() < 2) return;
  std::vector<TermId> roots;
  for (const RegionCore& region : cover.regions) roots.push_back(region.condition);
  Session session(terms_, frame_, axioms_, roots, OptionsFor("cover"));
  for (std::size_t i = cover.regions.size(); i > 0 && cover.regions.size() > 1; --i) {
    std::vector<TermId> query{cover.regions[i - 1].condition};
    for (std::size_t j = 0; j < cover.regions.size(); ++j) {
      if (j != i - 1) query.push_back(terms_.Not(cover.regions[j].condition));
    }
    if (session.Find(query).answer != Answer::kNo) continue;
    cover.regions.erase(cover.regions.begin() + static_cast<std::ptrdiff_t>(i) - 1);
  }
  Note(session, true, cover);
}

}  // namespace cordon::analyse
