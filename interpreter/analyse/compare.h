// Compare: which patients two versions treat differently. The verb of diff.h.
//
// Every output, duty, timing and assumption of both is made a term over one symbolic patient; where the terms are the
// same nothing is asked, elsewhere a solver is: which answers change into which, for which patients, and whether that
// is all. Each example is replayed by the reference evaluator in both versions. Source: docs/language/analysis.md.
// Tested by tests/golden/diff and tests/differential/compare_test.cc.
#pragma once

#include <functional>
#include <string>

#include "analyse/diff.h"
#include "analyse/words.h"
#include "facts/subject.h"
#include "model/model.h"
#include "symbolic/session.h"

namespace cordon::analyse {

struct CompareOptions {
  std::string protocol;  // this one alone; empty: all
  TextAt text_at;        // of spans of both versions
  std::function<Place(const diagnostics::Span&)> place_at;
  std::function<std::string(const model::Policy&, const facts::Subject&)> document;  // facts as JSON
  std::uint64_t effort = symbolic::kUsualEffort;
  bool list_edits = false;  // whether Diff::edits is filled in
  int more_records = 0;
  symbolic::QueryLog log;
};

// What a region is beside its words: for holding it against patients.
struct RegionCondition {
  std::size_t transition = 0;
  std::size_t region = 0;
  symbolic::TermId condition;
};

struct Comparison {
  Diff diff;
  symbolic::Terms terms;
  symbolic::Frame frame;
  std::vector<RegionCondition> regions;  // by transition and region of `diff`
};

// REQUIRES: both policies outlive the result.
Comparison Compare(const model::Policy& old_policy, const model::Policy& new_policy, const CompareOptions& options);

// Only whether some patient is treated differently, and no more than one that is looked for. kProved: nobody is.
Verdict SameForEverybody(const model::Policy& old_policy, const model::Policy& new_policy);

}  // namespace cordon::analyse
