// Regions: the patients of a transition as conjunctions that read well, proved to be all of them.
//
// First over rules and sentences; then, where a sentence about a list is what one version says and the other does not,
// over the record that makes the difference: `discharged 6 to 12 months ago, over 24 hours, …`.
// Source: docs/language/analysis.md.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "analyse/cubes.h"

namespace cordon::analyse {

// The record that makes the difference, and what it has.
struct RegionRecord {
  symbolic::ListId list;
  Cube cube;
};

struct RegionCore {
  Cube cube;
  std::vector<RegionRecord> records;
  Cube around;                // of the cube, what a record stands for: rules told by it
  TermId condition;           // all of it
  symbolic::Patient patient;  // some patient of it
};

struct RegionCover {
  std::vector<RegionCore> regions;
  bool complete = false;
  std::vector<std::string> undecided;  // queries that were given up, by name
  std::size_t num_queries = 0;
  std::vector<std::size_t> records;  // by list: so many are enough to show everybody
};

// What the two versions have in common: by the terms of their rules.
struct Shared {
  std::set<TermId> both;     // rules that say the same in both versions
  std::set<TermId> changed;  // rules, and other named conditions, of one version alone
};

class RegionFinder {
 public:
  RegionFinder(symbolic::Terms& terms, const symbolic::Frame& frame, const symbolic::Axioms& axioms,
               const Shared& shared, const symbolic::SessionOptions& options)
      : terms_(terms), frame_(frame), axioms_(axioms), shared_(shared), options_(options) {}

  // Everybody for whom `transition` holds. No regions, and complete: nobody. REQUIRES: `session` is made for it.
  RegionCover Cover(TermId transition, symbolic::Session& session);
  // The same, where the regions of `other` are proved to be those of `transition` too, as of a duty that comes with an
  // answer; nothing where they are not.
  std::optional<RegionCover> Adopt(TermId transition, const RegionCover& other);

 private:
  void Split(const Cube& cube, const symbolic::Patient& patient, RegionCover& cover);
  bool SplitBy(const Literal& rule, const Cube& cube, RegionCover& cover);
  void SplitRecords(const Literal& rule, TermId sentence, const Cube& cube, RegionCover& cover);
  void SplitScalars(const Literal& rule, const Cube& cube, RegionCover& cover);
  TermId SentenceOf(TermId rule) const;
  bool IsRefused(const Literal& rule, TermId sentence, const Literal& other) const;
  bool Certify(TermId transition, symbolic::Session& session, RegionCover& cover);
  void DropImplied(symbolic::Session& session, RegionCover& cover);
  symbolic::SessionOptions OptionsFor(const std::string& what);
  void Note(const symbolic::Session& session, bool complete, RegionCover& cover) const;

  symbolic::Terms& terms_;
  const symbolic::Frame& frame_;
  const symbolic::Axioms& axioms_;
  const Shared& shared_;
  symbolic::SessionOptions options_;
  std::size_t num_sessions_ = 0;
  Pool pool_;
};

}  // namespace cordon::analyse
