// Frame: the unknowns of one symbolic patient, as one version or two versions of a policy see them.
//
// Things of two versions correspond by name, or by the name that a revision gave them: a fact that both declare is one
// unknown, a fact of one version is its own. Lists are unknown in length; what a record of a list is made of is told
// here, the records themselves only where something is solved (ground.h) or evaluated (patient.h).
// Source: docs/language/analysis.md. Tested by tests/unit/symbolic_test.cc.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "calendar/calendar.h"
#include "model/model.h"
#include "symbolic/term.h"

namespace cordon::symbolic {

// What an unknown is; the numbers it can have lie in its range, both ends in.
enum class Sort : std::uint8_t { kBool, kSymbol, kNumber, kDay, kMinute, kText };

struct Unknown {
  std::string path;  // `cpo_ever_detected`, `hospital_stays.country`, `… is none`, `… is given`
  Sort sort = Sort::kBool;
  Interval range;
  std::vector<std::int64_t> gaps;  // kSymbol: symbols that not both versions know; no patient has them
};

// The unknowns of one scalar fact or field. A time is its day and its minute of that day.
struct Slots {
  std::size_t value = kNone;
  std::size_t minute = kNone;   // of a datetime
  std::size_t is_none = kNone;  // of a `T or none`
  std::size_t given = kNone;    // where it matters whether it is absent
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
};

// A list, and what its records are made of: indexes are into `fields`.
struct ListShape {
  std::string name;
  std::vector<Unknown> fields;
};

enum class FactShape : std::uint8_t { kScalar, kRecord, kList };

// One fact of the joint patient.
struct JointFact {
  std::string name;
  std::size_t version = 0;  // the first that declares it
  model::Type type;         // as that one says
  FactShape shape = FactShape::kScalar;
  Slots slots;                           // kScalar: indexes into Frame::scalars; of any shape, `given`
  std::vector<std::string> field_names;  // kRecord, and kList of records
  std::vector<Slots> fields;  // kRecord: into Frame::scalars; kList: into the list's fields, one of a list of scalars
  ListId list;                // kList
};

// Which joint fact, field and symbol a version's own are.
struct VersionView {
  const model::Policy* policy = nullptr;
  std::vector<std::size_t> facts;                                         // FactId -> index in Frame::facts
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::size_t> fields;  // fact, FieldId -> index in its `fields`
  std::vector<std::size_t> categories;                                    // CategoryId -> index in Frame::categories
  std::vector<std::vector<std::int64_t>> leaves;                          // CategoryId -> own leaf -> joint symbol
};

struct JointCategory {
  std::string name;
  std::vector<std::string> symbols;  // in order: of a scale, mildest first
};

// "Any argument": what stands for one argument of an action, so that duties are compared argument by argument. Only
// where some version takes the argument from the patient's facts.
struct AnyArgument {
  std::string action;
  std::size_t position = 0;
  std::size_t version = 0;  // that the type is of
  model::Type type;
  Slots slots;
};

struct Frame {
  std::vector<Unknown> scalars;  // by ScalarId
  std::vector<ListShape> lists;  // by ListId
  std::vector<JointFact> facts;
  std::vector<JointCategory> categories;
  std::vector<VersionView> versions;      // one or two
  std::vector<std::string> texts;         // every text that a version names: its number is its place
  std::vector<std::string> not_compared;  // what has no counterpart, in words
  std::vector<AnyArgument> arguments;
  Slots due;        // any due date, or due time
  ScalarId today;   // a day
  ScalarId minute;  // of that day, `now`
};

// The renames of a revision: what a thing of OLD is called in NEW.
using Renames = std::map<std::string, std::string>;

// The frame of one version, or of two. REQUIRES: the policies outlive it.
Frame MakeFrame(const std::vector<const model::Policy*>& versions, const Renames& renames = {});

}  // namespace cordon::symbolic
