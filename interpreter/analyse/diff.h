// Diff: which patients two versions of a guideline treat differently, all of them, each with an example.
//
// The noun of `cordon diff`; made by Compare, printed by report/diff_text.h, diff_json.h and diff_page.h. It holds no
// ids of a policy: everything is a text in the policies' own words, so that what prints it needs no logic. What is not
// listed is proved to be the same in both versions, for every patient in `scope`, unless it stands among `undecided`.
// Source: docs/language/analysis.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "analyse/verdict.h"
#include "model/model.h"

namespace cordon::analyse {

// One of the two versions.
struct Version {
  std::string id;       // `dk.cpo`
  std::string version;  // `2018-09-04`
  std::string digest;
  model::Texts titles;
};

enum class Whose : std::uint8_t { kBoth, kOld, kNew };

// Where a text stands: the file as shown to people, and the line, from 1; empty and 0 where it stands nowhere.
struct Place {
  std::string file;
  std::size_t line = 0;
};

// One condition of a region, in the words of the version whose it is.
struct Condition {
  Whose whose = Whose::kBoth;
  std::string text;   // `stay.discharged more than 6 months ago`; of a rule, what it asks: `cpo_ever_detected`
  std::string rule;   // `admission.skema_2.3a`: the text says that it applies, or does not; empty for a plain condition
  bool holds = true;  // of a rule: whether it applies. A plain condition's text says itself what holds
  model::Cites cites;
};

// Some record of `list` has all of `conditions`.
struct RecordConditions {
  std::string list;     // `hospital_stays`
  std::string element;  // `stay`, as the conditions call it
  std::vector<Condition> conditions;
};

// One part of a rule or row as a version states it, for showing two versions side by side.
struct Cell {
  std::string heading;  // a column's expression, `when`, or an output's name
  std::string text;
  bool changed = false;  // the other version says something else here, or nothing
};
struct RuleText {
  Whose whose = Whose::kOld;
  std::string path;  // `admission.skema_2.3a`
  std::vector<Cell> cells;
  model::Cites cites;
  Place place;
};

// What was edited, and makes the difference.
struct Edit {
  std::string path;      // `stays_abroad`, `admission.skema_2.3a`
  std::string old_text;  // empty: OLD has nothing there
  std::string new_text;  // empty: NEW has nothing there
  std::string because;   // the revision's own reason, where it states the change
  model::Cites cites;
  Place place;  // in NEW, or in OLD where NEW has nothing
};

// A patient who is treated differently, replayed by the reference evaluator in both versions.
struct Example {
  std::string as_of;                                       // `2025-03-01`
  std::vector<std::pair<std::string, std::string>> facts;  // fact -> value in words, of those that matter
  std::string document;                                    // JSON, as `cordon eval --facts` reads it
  std::string test;                                        // a `test` statement that NEW's author may add
  std::string old_answer;                                  // what each version concludes on the aspect
  std::string new_answer;
};

// A set of patients who change from one answer to another: those for whom all of it holds.
struct Region {
  std::string id;  // stable: from what it says, `screen-3f2a`
  std::vector<Condition> conditions;
  std::vector<RecordConditions> records;
  std::vector<Condition> others;  // rules that would speak too, and do not apply in these patients
  std::vector<RuleText> rules;    // behind it: OLD's, then NEW's
  std::vector<Edit> edits;        // those without which its example would not differ
  Example example;
};

enum class AspectKind : std::uint8_t {
  kOutput,      // the answer of an output
  kDuty,        // whether a duty arises, how strong, or in conflict
  kTiming,      // one timing, due date or qualification of a duty that both versions have
  kAssumption,  // whether a fact that was not asked for is assumed
};

// What can differ: one output, duty, timing or assumption.
struct Aspect {
  AspectKind kind = AspectKind::kOutput;
  std::string protocol;
  std::string name;    // `screen`; `ward: isolate`; `physician: notify to laboratory`; `hospital_stays`
  std::string detail;  // kTiming: `due 7 days after find_date`
  model::Texts texts;  // for people, where the policy has them
};

// All patients in whom an aspect changes from one answer to another.
struct Transition {
  std::size_t aspect = 0;  // index into Diff::aspects
  std::string from;        // `yes`, `no`, `not covered`, `judgement by treating_physician`, `must`, `none`, `conflict`
  std::string to;
  bool complete = false;  // proved: its regions are all there are
  std::vector<Region> regions;
};

// A query that was given up.
struct Undecided {
  std::string query;   // what was asked, in words
  std::string file;    // its name among the files of --emit-smt2
  std::string budget;  // what it was given
};

// So many records of a list are enough to show every difference there is.
struct Bound {
  std::string list;
  std::size_t records = 0;
};

// Over which patients the two were compared.
struct Scope {
  std::string first_day;  // as-of dates, both ends in
  std::string last_day;
  std::vector<Bound> bounds;
  std::vector<std::string> assumptions;   // `every hospital_stays record has discharged >= admitted`
  std::vector<std::string> not_compared;  // what has no counterpart: `country XK is known to NEW alone`
};

struct Diff {
  Verdict verdict = Verdict::kUndecided;  // kProved: no patient is treated differently; kRefuted: some are
  Version old_version;
  Version new_version;
  std::vector<std::string> protocols;   // those compared
  std::vector<Aspect> aspects;          // those that differ, in order of declaration
  std::vector<Transition> transitions;  // by aspect
  std::size_t num_aspects = 0;          // all that were compared
  std::size_t num_identical = 0;        // of these, seen to be the same without a proof by the solver
  Scope scope;
  std::vector<Undecided> undecided;
  std::vector<Edit> edits;  // all that the texts state differently, where that is asked for
  std::size_t num_queries = 0;
};

}  // namespace cordon::analyse
