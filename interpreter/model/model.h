// The model: a whole policy version, resolved and typed. What check/ makes, and what every engine reads.
//
// INVARIANT: every id is valid and refers into this Policy; every expression has its type; no name is left to look up.
// Sugar is gone: `every`, `no`, `implies`, time phrases and table cells are lowered to the few ExprKinds below; rows
// are rules. Definitions stay shared by DefineId. Dump: model/print.h. Built by check::Check.
// Source: docs/language.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "calendar/calendar.h"
#include "diagnostics/source.h"
#include "support/id.h"
#include "value/value.h"

namespace cordon::model {

using diagnostics::Span;

using ExprId = support::Id<struct ExprTag>;
using CategoryId = support::Id<struct CategoryTag>;
using RecordId = support::Id<struct RecordTag>;
using FieldId = support::Id<struct FieldTag>;  // index in the record's fields
using FactId = support::Id<struct FactTag>;
using GroupId = support::Id<struct GroupTag>;
using RoleId = support::Id<struct RoleTag>;
using EventId = support::Id<struct EventTag>;
using ActionId = support::Id<struct ActionTag>;
using DefineId = support::Id<struct DefineTag>;
using ParamId = support::Id<struct ParamTag>;
using ProtocolId = support::Id<struct ProtocolTag>;
using OutputId = support::Id<struct OutputTag>;
using RuleId = support::Id<struct RuleTag>;
using TableId = support::Id<struct TableTag>;
using JudgementId = support::Id<struct JudgementTag>;
using InterpretationId = support::Id<struct InterpretationTag>;
using ReleaseId = support::Id<struct ReleaseTag>;
using VariableId = support::Id<struct VariableTag>;  // a quantifier's, filter's, for-each's or record's own element

struct LangText {
  std::string language;
  std::string text;  // parameters already put in: `{look_back}` is gone
};
using Texts = std::vector<LangText>;

// The whole of a citation as results show it: "VEJ nr 9714 af 04/09/2018, 9.2, skema 2".
using Cites = std::vector<std::string>;

enum class TypeKind : std::uint8_t {
  kBool,
  kInt,
  kDecimal,
  kText,
  kDate,
  kDatetime,
  kDuration,
  kPeriod,
  kCategory,
  kRecord,
  kList,
  kGroup
};

struct Type {
  TypeKind kind = TypeKind::kBool;
  CategoryId category;                 // kCategory (scales too); kList of a category
  RecordId record;                     // kRecord; kList of records
  TypeKind element = TypeKind::kBool;  // kList: the element's kind, no list
  bool or_none = false;
  bool operator==(const Type&) const = default;
};
// The type of a list's elements. REQUIRES: `list` is a list.
inline Type ElementType(const Type& list) { return {list.element, list.category, list.record, TypeKind::kBool, false}; }

// A tree of symbols, or a scale. Leaves are numbered in order of declaration (a scale's mildest first), so that an
// inner node is the range [first_leaf, end_leaf).
struct CategoryNode {
  std::string name;
  std::string path;  // from the root: `hospital.inpatient`
  std::size_t first_leaf = 0;
  std::size_t end_leaf = 0;
  Texts texts;
  bool is_leaf() const { return !has_children; }
  bool has_children = false;
};
struct Category {
  std::string name;
  bool is_scale = false;
  std::vector<CategoryNode> nodes;  // depth first, parents before children
  std::vector<std::size_t> leaves;  // leaf number -> index in nodes
  Span span;
};

struct Field {
  std::string name;
  Type type;
  ExprId derived;  // invalid for a given field; else an expression over the record's own element
  Texts help;
  Span span;
};
struct Require {
  ExprId condition;  // over the record's own element
  Span span;
};
struct Record {
  std::string name;
  VariableId self;
  std::vector<Field> fields;
  std::vector<Require> requires_;
  FieldId named_by;  // may be invalid
  Span span;
};

// An assumed value: a scalar, or the empty list.
struct Assume {
  bool empty_list = false;
  value::Value value;
  bool unless_asked = false;
  std::string because;
};

struct Fact {
  std::string name;
  std::string subject;  // "patient" where not said
  Type type;
  bool recorded = false;
  bool is_decision = false;  // some judgement is decided in it
  std::optional<Assume> assume;
  Texts ask;
  Texts help;
  std::vector<RoleId> confidential_to;
  Cites cites;
  std::vector<InterpretationId> interpretations;
  Span span;
};

struct Group {
  std::string name;
  std::vector<FactId> facts;
  Texts texts;
  Cites cites;
  Span span;
};
struct Role {
  std::string name;
  Texts texts;
};
struct Event {
  std::string name;
  Texts texts;
};
struct ActionParameter {
  std::string name;
  Type type;
};
struct Action {
  std::string name;
  std::vector<ActionParameter> parameters;
  Texts texts;  // may hold `{parameter}`
};
struct Param {
  std::string name;
  value::Value value;
  std::vector<InterpretationId> interpretations;
  Span span;
};
struct Define {
  std::string name;
  ExprId value;
  Cites cites;
  std::vector<InterpretationId> interpretations;
  Span span;
};
struct Interpretation {
  std::string id;  // `A03`
  std::string text;
  Span span;
  bool recorded = false;  // at the margin, so that the rest may be said
  std::vector<std::string> alternatives = {};
  std::vector<RoleId> settled_by = {};  // who would have to decide
  bool text_unavailable = false;        // what it rests on could not be read: results warn
  Cites cites = {};
};

enum class ExprKind : std::uint8_t {
  kConstant,  // value
  kFact,      // fact; the fact `setting` too
  kElement,   // variable: the element bound by an enclosing kSome, kFilter, for-each, or a record's own
  kField,     // args[0] (a record) . field
  kDefine,    // define
  kToday,
  kNow,
  kNot,         // args[0]
  kAnd,         // args
  kOr,          // args
  kLessEqual,   // args[0] <= args[1]: numbers, dates, datetimes, durations, or both of one scale
  kLess,        // args[0] < args[1]
  kEqual,       // args[0] = args[1]: any scalar; a date and a datetime at the precision of the day
  kMember,      // args[0] (a symbol) is one of `leaves`
  kShift,       // args[0] (a date or datetime) moved by `period`, back for direction -1
  kDifference,  // args[0] - args[1]: two dates or two datetimes, in minutes
  kAdd,         // args[0] + args[1]: two numbers of one type
  kSubtract,    // args[0] - args[1]: two numbers of one type
  kMultiply,    // args[0] * value: a number and a whole constant; or a whole number and a decimal constant
  kGreatest,    // the greatest (dates: latest) of args[1] over variable in args[0] (a list that reads no bound element)
  kLeast,       // the least; both are read only where the list has an element
  kConditional,   // args[0] when args[1], otherwise args[2]
  kSome,          // variable in args[0] (a list) has args[1]; args[1] may be invalid: the list is not empty
  kCountAtLeast,  // at least `count` elements in args[0] (a list)
  kFilter,        // the elements of args[0] (a list) for which, as variable, args[1]
  kIsKnown,       // args[0]: a fact or a field of one, as given
  kIsNone,        // args[0]
  kOutputIs,      // output: test, with value for kValue and kAtLeast
};

enum class OutputTest : std::uint8_t { kValue, kAtLeast, kJudgement, kNotCovered, kConflict };

struct Expr {
  ExprKind kind = ExprKind::kConstant;
  Type type;
  Span span;  // what it was lowered from
  std::vector<ExprId> args;
  value::Value value;   // kConstant, kOutputIs, kMultiply
  FactId fact;          // kFact
  FieldId field;        // kField
  DefineId define;      // kDefine
  VariableId variable;  // kElement, kSome, kFilter, kGreatest, kLeast
  OutputId output;      // kOutputIs
  OutputTest test = OutputTest::kValue;
  std::vector<std::size_t> leaves;  // kMember, sorted
  calendar::Period period;          // kShift
  int direction = 1;                // kShift: 1 or -1
  std::int64_t count = 0;           // kCountAtLeast, 1 or more
};

enum class Modality : std::uint8_t {
  kMust,
  kMustNot,
  kShould,
  kShouldNot,
  kMay,
  kNeedNot,
  kMustConsider,
  kShouldConsider,
  kMayConsider
};
enum class EventRelation : std::uint8_t { kAt, kBefore, kAfter, kDuring };

struct EventTiming {
  EventRelation relation = EventRelation::kAt;
  EventId event;
  bool operator==(const EventTiming&) const = default;
};

struct ForEach {
  VariableId variable;
  ExprId list;
};

// One argument of a duty's action: a group, a constant, or a scalar to be evaluated, which may read the elements of the
// rule's `for each` and of the duty's own `each`. An element passed whole is its record's `named by` field.
using Argument = std::variant<GroupId, value::Value, ExprId>;

enum class DueKind : std::uint8_t { kBy, kAfter, kEvery };
struct Due {
  DueKind kind = DueKind::kBy;
  ExprId date;              // kBy: the date; kAfter: the date with the period added; kEvery: counted from, or invalid
  calendar::Period period;  // kAfter, kEvery
};

struct Duty {
  RoleId actor;
  Modality modality = Modality::kMust;
  ActionId action;
  std::vector<Argument> args;
  std::vector<ForEach> each;  // one duty for each combination of elements
  bool as_far_as_possible = false;
  std::vector<EventTiming> timings;
  std::vector<std::string> when_texts;  // in the guideline's own words
  std::vector<Due> dues;
  ExprId stands_while;  // `until C`, turned round: the duty stands while this, `not C`, holds; may be invalid
  std::vector<RoleId> with;
  std::string except;  // empty: none
  std::vector<RoleId> to;
  Span span;
};

struct Judgement {
  RoleId by;
  std::vector<RoleId> with;
  GroupId weighing;   // may be invalid
  FactId decided_in;  // may be invalid
  Span span;
};

struct OutputConclusion {
  OutputId output;
  std::variant<value::Value, JudgementId> value;
  bool exactly = false;  // forbids every other value
};

// One condition of a rule, in the order written: what "the first condition that failed" counts.
struct Part {
  ExprId condition;  // bool
  std::string text;  // as written, white space folded: `stay.length > 24 hours`, `unless accompanying_person`
  Span span;
};

// A rule, or one row of a table.
struct Rule {
  std::string name;  // `ask_everybody`, `skema_2.3c`
  ProtocolId protocol;
  TableId table;    // valid for a row
  std::string row;  // a row's own name
  std::optional<ForEach> for_each;
  std::vector<Part> parts;  // all must hold, for one and the same element
  std::vector<OutputConclusion> conclusions;
  std::vector<Duty> duties;
  std::vector<RuleId> overrides;        // resolved: never itself
  std::vector<OutputId> drops_outputs;  // taken from what it overrides, and not replaced
  std::vector<ActionId> drops_actions;
  std::string because;
  Cites cites;
  Texts quotes;
  std::vector<InterpretationId> interpretations;  // its own, and its table's that concern the whole table
  Span span;
};

// The rows under one heading.
struct TablePart {
  std::vector<RuleId> rows;
  bool independent = false;  // a `when` column: each row speaks for itself
};
struct Table {
  std::string name;
  ProtocolId protocol;
  std::vector<RuleId> rows;
  std::string because;
  Span span;
  std::vector<TablePart> parts = {};
  bool with_gaps = false;
  bool first_row_wins = false;
  bool in_setting = false;  // the first part of each row's conditions is the table's own setting
};

enum class Mode : std::uint8_t { kStrictest, kUnique };

struct Output {
  std::string name;
  ProtocolId protocol;
  Type type;  // bool, scale, category, number, date, text
  Mode mode = Mode::kStrictest;
  std::optional<value::Value> default_value;
  Cites default_cites;
  std::optional<Duty> means;  // the duty that a yes is
  Texts texts;                // what an answer is about, where that is not the duty
  Texts quotes;
  std::vector<InterpretationId> interpretations;
  Span span;
};

struct Guarantee {
  std::string name;
  bool never = false;
  ExprId condition;
  Cites cites;
  Span span;
};

// The sentence that an audience may hear where `output` is yes, or, for an output of another type, where it has a
// value, which stands for `{name of the output}` in the text.
struct Release {
  OutputId output;
  std::vector<RoleId> to;
  Texts texts;
  std::string because;
  Cites cites;
  Span span;
};

// `claim conforms` of a local variation.
struct Claim {
  bool exactly = false;
  std::string because;
  Cites cites;
  Span span;
};

// Where an interpretation stands or is referred to: below a rule, a row, a fact, ….
struct InterpretationPlace {
  InterpretationId interpretation;
  std::string what;  // "rule", "row", "fact"
  std::string path;  // `admission.skema_2.3c`
  Span span;
};
// What stands for a statement of the guideline's checklist: `answers "DK-041"` below a rule, a row, a fact, ….
struct Answer {
  std::string statement;  // its id, as written
  std::string what;       // "rule", "row", "fact"
  std::string path;       // `admission.skema_2.3c`
  Span span;
};
// `omit "DK-125" because "…"`: a statement that the policy knowingly leaves out.
struct Omission {
  std::string statement;
  std::string because;
  Cites cites;
  Span span;
};

// A fact as an example gives it: the tree of facts::Cell in text form is built by check from the binding's expression.
struct GivenValue;
struct GivenField {
  FieldId field;
  std::vector<GivenValue> value;  // one
};
enum class GivenKind : std::uint8_t { kValue, kRange, kSymbols, kNull, kAbsent, kRecord, kList };
struct GivenValue {
  GivenKind kind = GivenKind::kAbsent;
  value::Value value;      // kValue
  std::int64_t first = 0;  // kRange: days or minutes, both ends in
  std::int64_t last = 0;
  std::size_t first_leaf = 0;  // kSymbols: an inner node's leaves
  std::size_t end_leaf = 0;
  std::vector<GivenField> fields;    // kRecord; fields not named are absent
  std::vector<GivenValue> elements;  // kList
  bool open = false;                 // kList
  Span span;
};
struct Given {
  FactId fact;
  GivenValue value;
};

struct Moment {  // the as-of date, to the minute where it is said
  calendar::Date date;
  std::optional<calendar::Datetime> time;
};

struct Setup {
  std::optional<Moment> today;
  std::vector<Given> given;  // later ones replace earlier ones
};

enum class ExpectedStatus : std::uint8_t {
  kValue,
  kProvisionally,
  kUnknown,
  kJudgement,
  kProvisionalJudgement,
  kNotCovered,
  kConflict
};
struct OutputExpectation {
  OutputId output;
  ExpectedStatus status = ExpectedStatus::kValue;
  value::Value value;              // kValue, kProvisionally
  std::vector<std::string> needs;  // exactly these, where any is named
  std::vector<RuleId> because;     // exactly these, where any is named
  Span span;
};
struct DutyExpectation {
  Duty duty;
  bool absent = false;
  ExpectedStatus status = ExpectedStatus::kValue;  // kValue, kProvisionally, kUnknown
  std::vector<std::string> needs;
  Span span;
};

// A test, or one row of `cases`. `setup` is complete: examples it is like are already put in.
struct Test {
  std::string name;
  std::string cases;           // the `cases` that it is a row of; empty for a test
  std::string inherited_from;  // the version below that states it, `dk.cpo@2018-09-04`; empty for a test of its own
  ProtocolId protocol;
  Setup setup;
  std::vector<OutputExpectation> outputs;
  std::vector<DutyExpectation> duties;
  Span span;
};

struct Protocol {
  std::string name;
  std::string subject;
  std::vector<std::size_t> settings;  // leaves of the category Setting, sorted; empty: any setting
  std::vector<OutputId> outputs;
  std::vector<RuleId> rules;  // in source order
  std::vector<Guarantee> guarantees;
  std::vector<ReleaseId> releases;
  Cites cites;
  Span span;
};

// A version below this one: what it revises or adapts.
struct BaseVersion {
  std::string id;
  std::string version;
  bool adapted = false;                      // under another name
  std::string text_unavailable;              // why nothing is inherited; empty where it is
  std::optional<calendar::Date> until = {};  // its last day in force
};

enum class ChangeKind : std::uint8_t { kChange, kChangeRow, kAdd, kReplace, kRemove, kRename };
// One change that a version makes to its base.
struct Change {
  ChangeKind kind = ChangeKind::kChange;
  std::string path;      // `admission.skema_2.3c.isolate_until_result`
  std::string new_path;  // kRename
  std::string because;
  Cites cites;
  std::string version;  // the version that makes it: `dk.cpo@2025-07-01`
  Span span;
};

struct InForce {
  calendar::Date from;
  std::optional<calendar::Date> until;
};

struct Policy {
  std::string id;       // `dk.cpo`
  std::string version;  // `2018-09-04`
  std::string digest;   // `sha256:…`
  Texts titles;
  std::string issuer;
  std::optional<InForce> in_force;
  std::vector<std::string> languages;  // of its titles, in order

  std::vector<Category> categories;
  std::vector<Record> records;
  std::vector<Fact> facts;
  std::vector<Group> groups;
  std::vector<Role> roles;
  std::vector<Event> events;
  std::vector<Action> actions;
  std::vector<Param> params;
  std::vector<Define> defines;  // a definition stands after all that it uses
  std::vector<Protocol> protocols;
  std::vector<Output> outputs;
  std::vector<Rule> rules;
  std::vector<Table> tables;
  std::vector<Judgement> judgements;
  std::vector<Interpretation> interpretations;
  std::vector<InterpretationPlace> interpretation_places;  // in order of the files
  std::vector<Test> tests;
  std::vector<Release> releases;
  std::vector<Claim> claims;
  std::vector<Answer> answers;  // in order of the files
  std::vector<Omission> omissions;
  std::vector<BaseVersion> bases;  // nearest first
  std::vector<Change> changes;     // of all versions from the lowest base on, in order
  std::vector<Expr> exprs;
  std::size_t num_variables = 0;
  FactId setting;  // the fact `setting`; invalid where no category `Setting` is in use

  const Expr& expr(ExprId which) const { return exprs[which.index]; }
};

}  // namespace cordon::model
