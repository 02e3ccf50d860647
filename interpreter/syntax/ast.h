// The syntax tree: one policy file as it was written, before any name is looked up.
//
// A `File` is determined by one text alone. Declarations stand in source order, expressions in an arena and refer to
// one another by ExprId (children before parents). Texts are unescaped, numbers and dates parsed; everything else is as
// typed.
// Entry point: Parse in syntax/parse.h. Dump: syntax/print.h. Tested by tests/golden/ast and tests/unit/parse_test.cc.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "calendar/calendar.h"
#include "diagnostics/source.h"
#include "syntax/ast_expr.h"

namespace cordon::syntax {

// ---- declarations at the left margin

struct Version {
  std::string text;  // `2018-09-04`, `2013-12`, or what stood in quotes; empty for `undated`
  bool undated = false;
  Span span;
};

struct SourceText {  // `source vej_9714 "VEJ nr 9714 af 04/09/2018"`
  Name name;
  std::string text;
  Span span = {};
};

struct InForce {
  calendar::Date from;
  std::optional<calendar::Date> until;  // `in force from A to B`, both ends in
  Span span;
};

// `revises 2018-09-04`, an earlier version of the same policy; or `revises 1 upon dk.cpo version 2025-07-01`: the
// changes of version 1 carried onto a new base.
struct Revises {
  Version version;
  std::optional<QName> upon;
  Version upon_version;
  Span span;
};
// `adapts uk.phe.cpe version 2013-12`: a local variation under a name of its own.
struct Adapts {
  QName policy;
  Version version;
  std::optional<std::string> text_unavailable;  // `text unavailable because "…"`: nothing is inherited
  Span span;
};

struct PolicyHeader {  // `policy dk.cpo version 2018-09-04`
  QName name;
  Version version;
  std::optional<Revises> revises;
  std::optional<Adapts> adapts;
  std::vector<LangText> titles;
  std::optional<std::string> issuer;
  std::vector<SourceText> sources;
  std::optional<InForce> in_force;
  Span span;
};
struct LibraryHeader {  // `library std.countries`
  QName name;
  std::vector<SourceText> sources;
  Span span;
};
struct Use {  // `use std.settings, std.countries`
  std::vector<QName> libraries;
  Span span;
};
struct SubjectDecl {
  Name name;
  Span span;
};
struct CategoryNode {
  Name name;
  std::vector<LangText> texts;
  std::vector<CategoryNode> children;
  Span span = {};
};
struct CategoryDecl {
  Name name;
  std::vector<CategoryNode> nodes;
  Notes notes;
  Span span;
};
struct ScaleDecl {  // mildest first
  Name name;
  std::vector<CategoryNode> symbols;
  Notes notes;
  Span span;
};
struct SetDecl {  // `set nordic : Country = { DK, SE }`
  Name name;
  Name category;
  std::vector<Name> symbols;
  Notes notes;
  Span span;
};
struct RoleDecl {
  Name name;
  std::vector<LangText> texts;
  Span span;
};
struct EventDecl {
  Name name;
  std::vector<LangText> texts;
  Span span;
};
// Where the parts of a declaration or statement stand that have no span of their own, each with the word that begins
// it; invalid where there is none, and where there are several.
struct ClauseSpans {
  Span head;  // through what comes before conditions, lines, fields or rows: new notes are set in behind it
  Span in;
  Span drops;
  Span when;
  Span unless;
};
struct FieldDecl {  // `name : type` or `name = derived`
  Name name;
  std::optional<Type> type;
  ExprId derived;
  Notes notes;
  Span span = {};
};
struct Require {
  ExprId condition;
  Span span;
};
struct RecordDecl {
  Name name;
  std::optional<Name> named_by;
  std::vector<FieldDecl> fields;
  std::vector<Require> requires_;
  Notes notes;
  Span span;
  ClauseSpans clauses = {};
};
struct ParamDecl {
  Name name;
  ExprId value;
  Notes notes;
  Span span;
};
struct Assume {
  ExprId value;
  bool unless_asked = false;
  std::string because;
  Span span;
};
struct FactDecl {
  Name name;
  std::optional<Name> subject;  // `fact first_find of ward : bool`
  Type type;
  bool recorded = false;
  std::optional<Assume> assume;
  std::vector<Name> confidential_to;
  Notes notes;
  Span span;
};
struct GroupDecl {
  Name name;
  std::vector<Name> facts;
  Notes notes;
  Span span;
};
struct Parameter {
  Name name;
  Type type;
};
struct ActionDecl {
  Name name;
  std::vector<Parameter> parameters;
  Notes notes;
  Span span;
};
struct DefineDecl {
  Name name;
  std::vector<Parameter> parameters;  // `define recent(day : date) = …`
  ExprId value;
  Notes notes;
  Span span;
};

// ---- conclusions

struct Judgement {  // `judgement by ROLE with ROLES weighing GROUP decided in FACT`
  Name by;
  std::vector<Name> with;
  std::optional<Name> weighing;
  std::optional<Name> decided_in;
  Span span;
};
using ConclusionValue = std::variant<ExprId, Judgement>;

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

struct EventTiming {  // `at admission`
  EventRelation relation;
  Name event;
};

enum class DueKind : std::uint8_t { kBy, kAfter, kEvery };

struct Due {
  DueKind kind = DueKind::kBy;
  ExprId period;  // `due PERIOD after`, `every PERIOD`; invalid for kBy
  ExprId date;    // what it is counted from, or `due by DATE`; invalid for `every PERIOD` alone
  Span span;
};

struct Duty {
  Name actor;
  Modality modality = Modality::kMust;
  Name action;
  std::vector<ExprId> args;
  bool as_far_as_possible = false;
  std::vector<EventTiming> timings;
  std::vector<std::string> when_texts;  // timing in the guideline's own words: `must isolate "without delay"`
  std::vector<Due> dues;
  ExprId until;                       // `until CONDITION`; invalid where there is none
  std::vector<Name> with;             // `with ROLES`
  std::optional<std::string> except;  // `except "…"`
  std::vector<Name> to;               // recipients
  Span span;
};

struct OutputConclusion {  // `screen = yes`; `placement exactly none`
  QName output;
  ConclusionValue value;
  bool exactly = false;
  Span span;
};
using Conclusion = std::variant<OutputConclusion, Duty>;

// ---- statements of a protocol

enum class Mode : std::uint8_t { kStrictest, kUnique };

struct OutputDecl {
  Name name;
  Type type;
  Mode mode = Mode::kStrictest;
  ExprId default_value;  // invalid: no default
  std::vector<Cite> default_cites;
  std::optional<Duty> means;
  Notes notes;
  Span span;
  ClauseSpans clauses = {};
};

struct ForEach {  // `for each stay in stays_abroad`
  Name variable;
  ExprId list;
  Span span;
};

struct Override {
  std::vector<QName> targets;         // rules, tables, rows
  std::vector<QName> every_rule_for;  // outputs
  Span span;
  Span names = {};  // without the word `overrides`
};

struct RuleDecl {
  Name name;
  std::vector<QName> in;  // settings
  std::optional<ForEach> for_each;
  std::vector<Override> overrides;
  std::vector<QName> drops;  // `drops ACTION`: actions and outputs taken from what it overrides, and not replaced
  Notes notes;
  ExprId when;                          // may be invalid
  ExprId unless;                        // may be invalid
  std::vector<Conclusion> conclusions;  // may be empty where it drops something
  Span span;
  ClauseSpans clauses = {};
};

enum class CellKind : std::uint8_t { kTest, kAny, kOtherwise };
struct Cell {  // a test, on kColumn where it is no whole condition; or a value that the column must have
  CellKind kind = CellKind::kTest;
  ExprId test;
  Span span;
};
struct Silent {};
struct DutyCell {  // `must (wound)` under `ROLE: ACTION`
  Modality modality = Modality::kMust;
  std::vector<ExprId> args;
};
struct OutCell {
  std::variant<ExprId, Judgement, Silent, DutyCell> value;
  Span span;
};
struct InHead {  // `when`, or the column's expression
  bool is_when = false;
  ExprId value;
  Span span;
};
struct OutHead {  // an output, or `ROLE: ACTION`
  std::optional<QName> output;
  Name role;
  Name action;
  Span span;
};
struct RowDecl {
  Name name;
  std::vector<Cell> cells;
  std::vector<OutCell> conclusions;
  Notes notes;
  Span span;
};
struct TablePart {
  std::optional<ForEach> for_each;
  std::vector<InHead> inputs;
  std::vector<OutHead> outputs;
  std::vector<RowDecl> rows;
  Span span;
};
enum class TableReading : std::uint8_t { kComplete, kWithGaps, kFirstRowWins };
struct TableDecl {
  Name name;
  TableReading reading = TableReading::kComplete;
  std::vector<QName> in;
  std::vector<Override> overrides;
  Notes notes;
  std::vector<TablePart> parts;
  Span span;
  ClauseSpans clauses = {};
};

struct GuaranteeDecl {
  Name name;
  std::vector<QName> in;
  bool never = false;
  ExprId condition;
  Notes notes;
  Span span;
  ClauseSpans clauses = {};
};

struct Binding {  // `cpo_tests = []`
  QName path;
  ExprId value;
};
struct Setup {   // `today …`, `given …`
  ExprId today;  // a date or datetime literal; invalid where not said
  std::vector<Binding> given;
};
struct ExampleDecl {
  Name name;
  std::optional<Name> like;
  Setup setup;
  Span span;
};

// A path as results write it: `hospital_stays[1].admitted`.
struct Path {
  std::string text;
  Span span;
};
enum class ExpectedStatus : std::uint8_t {
  kValue,          // `screen = yes`: determined
  kProvisionally,  // `screen is provisionally no`
  kUnknown,        // `screen is unknown`
  kJudgement,
  kProvisionalJudgement,  // `isolate is provisionally judgement`: it rests on an assumption
  kNotCovered,
  kConflict,
  kSilent,  // `silent` in a cell of `cases`: nothing is expected
};
struct OutputExpectation {
  QName output;
  ExpectedStatus status = ExpectedStatus::kValue;
  ExprId value;                // kValue, kProvisionally
  std::vector<Path> needs;     // `needs a, b`: exactly these, where any is named
  std::vector<QName> because;  // `because skema_2.3a`: exactly these, where any is named
  Span span;
};
struct DutyExpectation {  // `ward must isolate`; negated `no duty ward must isolate`
  Duty duty;
  bool absent = false;
  ExpectedStatus status = ExpectedStatus::kValue;  // kValue, kProvisionally, kUnknown (`… is unknown`)
  std::vector<Path> needs;
  Span span;
};
using Expectation = std::variant<OutputExpectation, DutyExpectation>;

struct TestDecl {
  std::string name;
  Span name_span;
  std::optional<Name> like;
  Setup setup;
  std::vector<Expectation> expect;
  Span span;
};

struct CaseRow {
  Name name;
  std::vector<ExprId> given;
  std::vector<OutputExpectation> expect;
  Span span;
};
struct CasesDecl {
  Name name;
  std::optional<Name> like;
  std::optional<ForEach> for_one;  // list is a kName
  Setup setup;
  std::vector<QName> inputs;
  std::vector<QName> outputs;
  std::vector<CaseRow> rows;
  Span span;
};

// `release travels_alone to driver as en "The patient travels alone" because "…"`: the one sentence that an audience
// may hear although what it rests on is confidential.
struct ReleaseDecl {
  QName output;
  std::vector<Name> to;
  Notes notes;  // `as` gives its texts
  Span span;
};

using Member = std::variant<OutputDecl, DefineDecl, RuleDecl, TableDecl, GuaranteeDecl, ExampleDecl, TestDecl,
                            CasesDecl, ReleaseDecl>;

struct ProtocolDecl {
  Name name;
  std::optional<Name> about;
  std::vector<QName> in;
  Notes notes;
  std::vector<Member> members;
  Span span;
  ClauseSpans clauses = {};
};

struct ClaimDecl {  // `claim conforms`, `claim conforms exactly`: a local variation is its base or stricter
  bool exactly = false;
  Notes notes;
  Span span;
};
// `interpretation ID "text" instead of "text" to be settled by ROLE` at the left margin.
struct InterpretationDecl {
  Name name;  // its id
  std::string text;
  std::vector<std::string> alternatives;
  std::vector<Name> settled_by;
  bool text_unavailable = false;  // what it rests on could not be read
  std::vector<Cite> cites;
  Span span;
};
struct OmissionDecl {  // `omit "ID", "ID" because "…"`: statements that the policy leaves out
  std::vector<StatementId> statements;
  Notes notes;  // `because` and citations
  Span span;
};

// ---- changes of a policy that revises or adapts another; docs/language has their meaning

struct AnyCell {};
struct OtherwiseCell {};
// What a rule overrides or the settings that it is in; one plain name is an expression.
struct NameList {
  std::vector<QName> names;
  bool every_rule_for = false;  // `every rule for OUTPUTS`
};
// One side of `change PATH: OLD -> NEW`. What it may be depends on what the path names: a value or condition, a cell of
// a table (its test stands on kColumn), a conclusion's cell, what a case expects (`provisionally no`), names, or texts
// in some languages.
struct ChangeSide {
  std::variant<ExprId, Judgement, Silent, DutyCell, AnyCell, OtherwiseCell, OutputExpectation, NameList,
               std::vector<LangText>>
      value;
  Span span;
};

// A clause or note that `add to` puts into a rule, a table, a fact and so on.
enum class ClauseKind : std::uint8_t { kIn, kOverrides, kDrops, kWhen, kUnless, kNote };
struct AddedClause {
  ClauseKind kind = ClauseKind::kNote;
  ExprId condition;  // kWhen, kUnless
  NameList names;    // kIn, kOverrides, kDrops
  Span names_span;   // of these, without the words before them
  Notes note;        // kNote: one
  Span span;         // all of it
};

// What `add` and `replace` may bring at the left margin of a policy.
using Declaration =
    std::variant<SubjectDecl, CategoryDecl, ScaleDecl, SetDecl, RoleDecl, EventDecl, RecordDecl, ParamDecl, FactDecl,
                 GroupDecl, ActionDecl, DefineDecl, ProtocolDecl, ClaimDecl, InterpretationDecl>;

enum class ChangeKind : std::uint8_t { kChange, kChangeRow, kAdd, kReplace, kRemove, kRename };
struct ChangeDecl {
  ChangeKind kind = ChangeKind::kChange;
  // kChange, kChangeRow, kRemove, kRename: the thing itself; kAdd, kReplace: what holds it, no parts for the policy.
  // Its last parts may spell a column's heading: `admission.skema_2.3c.stay.length`.
  QName path;
  bool names_test = false;                // kRemove: the last part of the path is what a test says, `remove test "…"`
  std::optional<ChangeSide> before;       // kChange
  std::optional<ChangeSide> after;        // kChange
  std::optional<Name> new_name;           // kRename
  std::vector<TablePart> parts;           // kChangeRow, kAdd, kReplace in a table: rows under their heading
  std::vector<Member> members;            // kAdd, kReplace in a protocol
  std::vector<Declaration> declarations;  // kAdd, kReplace in the policy
  std::vector<FieldDecl> fields;          // kAdd, kReplace in a record
  std::vector<CategoryNode> symbols;      // kAdd in a category, a set or a group: names
  std::vector<CasesDecl> cases;           // kChangeRow, kAdd, kReplace in `cases`: one, with rows under their heading
  std::vector<AddedClause> clauses;       // kAdd in what has clauses or notes
  Notes notes;                            // `because` and citations
  Span span;
};

using Decl = std::variant<PolicyHeader, LibraryHeader, Use, SubjectDecl, CategoryDecl, ScaleDecl, SetDecl, RoleDecl,
                          EventDecl, RecordDecl, ParamDecl, FactDecl, GroupDecl, ActionDecl, DefineDecl, ProtocolDecl,
                          ClaimDecl, InterpretationDecl, OmissionDecl, ChangeDecl>;

struct File {
  diagnostics::SourceId source;
  std::vector<Decl> decls;
  std::vector<Expr> exprs;

  const Expr& expr(ExprId id) const { return exprs[id.index]; }
};

}  // namespace cordon::syntax
