// Program: one protocol of a checked policy, lowered for many subjects at once.
//
// A flat list of nodes, each after all that it reads; equal ones stand once. A node has a value for every entry of its
// space: for every row, for every element of a list, or for every pair of an element and an element of another list of
// the same row. Conditions are pairs of bit-planes, scalars are intervals; evaluate/machine.h says how. Made by
// program::Lower.
//
// Two conditions stand for each rule: that it applies, and that what it says of an output stands. Source: the language
// manual, "Rules, tables, exceptions, settings".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "calendar/calendar.h"
#include "model/model.h"
#include "support/id.h"
#include "value/value.h"

namespace cordon::program {

using SpaceId = support::Id<struct SpaceTag>;
using BoolId = support::Id<struct BoolTag>;
using ScalarId = support::Id<struct ScalarTag>;
using MaskId = support::Id<struct MaskTag>;

// What nodes range over. The first space is that of the rows.
struct Space {
  SpaceId parent;      // invalid for the rows
  model::FactId list;  // valid for all others: elements of this list, of the parent entry's row
  BoolId guard;        // in the parent's space: only its entries that may pass have elements here; may be invalid
};
inline constexpr SpaceId kRows{0};

// A scalar fact, a field of a record fact, or a field of the space's element.
struct Source {
  model::FactId fact;
  std::optional<std::size_t> field;  // of the record; of a list of scalars 0
  bool operator==(const Source&) const = default;
};

enum class BoolKind : std::uint8_t {
  kConstant,   // truth
  kTruth,      // source: a bool
  kLessEqual,  // a <= b
  kEqual,      // a = b
  kMember,     // a is one of mask's leaves
  kNot,        // args[0]
  kAnd,        // args
  kOr,         // args
  kSpread,     // args[0], of the parent's space
  kPick,       // args[0], of the space of all elements of the list
  kSome,       // args[0], of the space `over`: some element has it
  kCount,      // the same of at least `count` elements
  kNotEmpty,   // over: the list has an element
  kIsKnown,    // source, or with no field a whole list or record
  kIsNone,     // source
  kAnswer,     // output: test
};

struct BoolNode {
  BoolKind kind = BoolKind::kConstant;
  SpaceId space = kRows;
  bool truth = false;
  std::vector<BoolId> args;
  ScalarId a;
  ScalarId b;
  MaskId mask;
  Source source;
  SpaceId over;
  std::int64_t count = 0;
  model::OutputId output;
  model::OutputTest test = model::OutputTest::kValue;
  value::Value value;
  bool operator==(const BoolNode&) const = default;
};

enum class ScalarKind : std::uint8_t {
  kConstant,     // number
  kNoValue,      // the constant `none`
  kSource,       // source
  kToday,        // days
  kNow,          // minutes
  kShift,        // a date or datetime a moved by `period`
  kDayOf,        // the day of the datetime a
  kSubtract,     // (a - b) * number
  kAdd,          // a + b
  kMultiply,     // a * number
  kConditional,  // a where condition, else b
  kGreatest,     // over the elements with condition: the greatest a
  kLeast,
  kSpread,  // a, of the parent's space
  kPick,    // a, of the space of all elements of the list
};

struct ScalarNode {
  ScalarKind kind = ScalarKind::kConstant;
  model::TypeKind type = model::TypeKind::kInt;
  SpaceId space = kRows;
  std::int64_t number = 0;
  std::string text;  // kConstant of type kText
  Source source;
  ScalarId a;
  ScalarId b;
  BoolId condition;
  SpaceId over;
  calendar::Period period;
  int direction = 1;
  bool operator==(const ScalarNode&) const = default;
};

// By leaf: whether it is in.
using Mask = std::vector<bool>;

// What one rule's conclusion says about an output, and where it stands.
struct Voice {
  model::RuleId rule;
  std::optional<value::Value> value;  // nothing: a judgement that is open
  model::JudgementId judgement;
  model::FactId decision;  // valid where the value is the decision given in this fact
  bool exactly = false;
  BoolId stands;
};

struct OutputCode {
  model::OutputId output;
  BoolId inside;  // the protocol's setting
  std::vector<Voice> voices;
  std::vector<Voice> groups;  // the same, those that say the same as one: without rules and decisions
};

// A condition that every record must satisfy, over the elements of a list, or over rows.
struct Require {
  BoolId holds;
  bool plain = false;  // where it is not known to fail, some values satisfy it, and no other stands beside it
};

// A fact that is assumed where it is absent.
struct Assumption {
  model::FactId fact;
  BoolId must_ask;  // `unless asked`: where this holds it is not assumed; invalid: assumed always
};

struct Program {
  const model::Policy* policy = nullptr;
  model::ProtocolId protocol;
  std::vector<Space> spaces;
  std::vector<BoolNode> bools;
  std::vector<ScalarNode> scalars;
  std::vector<Mask> masks;
  std::vector<OutputCode> outputs;  // by OutputId; of those that the protocol does not read, empty
  std::vector<Require> requires_;
  std::vector<Assumption> assumptions;  // of the facts that are read
  std::vector<bool> reads;              // by FactId
  bool asks_what_is_known = false;      // some condition tests `is known`
  // False: something in the protocol is not expressed here, and `why` says what.
  bool whole = true;
  std::string why;
};

}  // namespace cordon::program
