// Private to check/: what every pass of Check shares while it builds the model.
//
// Names are declared first (names.cc), then each kind of declaration is built in the order Check calls them. Ids that
// the model hands out index the tables of Context::policy; the tables here run in step with them and remember what was
// written. A thing that is in error keeps its row, marked as failed, so that what uses it stays silent.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "check/check.h"
#include "check/refer.h"
#include "model/model.h"
#include "syntax/ast.h"

namespace cordon::check {

using diagnostics::Code;
using diagnostics::Span;

// What a name of the expression namespace (facts, definitions, parameters, protocols, outputs) or of another one means.
enum class NameKind : std::uint8_t {
  kFact,
  kDefine,
  kParam,
  kProtocol,
  kOutput,
  kCategory,
  kRecord,
  kSet,
  kRole,
  kEvent,
  kAction,
  kGroup,
  kSubject,
  kInterpretation,
  kRule
};

struct NameEntry {
  NameKind kind = NameKind::kFact;
  std::size_t index = 0;
  Span span;
};
using NameTable = std::map<std::string, NameEntry>;

enum class Progress : std::uint8_t { kWaiting, kBusy, kDone, kFailed };

using InterpretationIds = std::vector<model::InterpretationId>;

// A declaration and the file whose arena holds its expressions.
template <typename Decl>
struct Written {
  const syntax::File* file = nullptr;
  const Decl* decl = nullptr;
};

struct CategoryInfo {
  InterpretationIds interpretations;
  std::vector<Span> nodes;  // the names of the model's nodes, in step
};
struct SetInfo {
  Written<syntax::SetDecl> written;
  model::CategoryId category;
  std::vector<std::size_t> leaves;  // sorted
  InterpretationIds interpretations;
  Progress progress = Progress::kWaiting;
};
struct RecordInfo {
  Written<syntax::RecordDecl> written;
  std::vector<const syntax::FieldDecl*> fields;  // in step with the model's
  std::vector<Progress> progress;                // in step with `fields`
  InterpretationIds interpretations;
};
struct FactInfo {
  Written<syntax::FactDecl> written;
  Progress progress = Progress::kWaiting;
  bool used = false;
};
struct ParamInfo {
  Written<syntax::ParamDecl> written;
  Progress progress = Progress::kWaiting;
};
struct DefineInfo {
  Written<syntax::DefineDecl> written;
  model::ProtocolId protocol;  // invalid: for all protocols
  Progress progress = Progress::kWaiting;
  model::DefineId id;  // once done; one that has parameters is put in where it is called
  bool used = false;
  // Of one that has parameters, once done: its value, over an element for each parameter.
  model::ExprId body = {};
  std::vector<model::VariableId> parameters = {};
  std::vector<model::Type> parameter_types = {};
  InterpretationIds interpretations = {};
};
struct OutputInfo {
  Written<syntax::OutputDecl> written;
  Progress progress = Progress::kWaiting;
};
struct GroupInfo {
  Written<syntax::GroupDecl> written;
};
struct ActionInfo {
  Written<syntax::ActionDecl> written;
  Progress progress = Progress::kWaiting;
  std::vector<model::RecordId> records = {};  // in step with its parameters: valid where one is a record's element
  InterpretationIds interpretations = {};
};
struct ProtocolInfo {
  Written<syntax::ProtocolDecl> written;
  NameTable names;                             // outputs and own definitions
  NameTable rule_names;                        // rules and tables, by what was written
  std::map<std::string, model::RuleId> rules;  // rules and rows, by full name
  std::map<std::string, std::vector<model::RuleId>> tables;
  std::map<std::string, const syntax::ExampleDecl*> examples;
  std::optional<std::size_t> first_setting;  // a leaf of Setting
  InterpretationIds interpretations;
};
// `overrides` of a rule or of all rows of a table, resolved once every rule is known.
struct PendingOverrides {
  model::ProtocolId protocol;
  std::vector<model::RuleId> rules;
  const std::vector<syntax::Override>* overrides = nullptr;
};
// What a rule drops, held against what it overrides once that is known. One of the two ids is valid.
struct PendingDrop {
  model::RuleId rule;
  model::OutputId output;
  model::ActionId action;
  std::string name;
  Span span;
};
// Something that is being typed because something else needs its type: a step of a cycle.
struct Busy {
  const void* decl = nullptr;
  std::string name;
};

// A name that nothing declares, and every place where it stands.
struct UnknownName {
  Code code;
  std::string message;
  std::string help;  // of the first place
  std::vector<Span> places;
};

// How much an expression is once its definitions and derived fields are put in.
struct Extent {
  std::size_t depth = 0;  // expressions below one another
  std::size_t size = 0;   // expressions in all, each as often as it is read; counts to kLargest
};

struct Context {
  Context(const diagnostics::Sources& all_sources, const Unit& checked, diagnostics::Sink& to)
      : sources(all_sources), unit(checked), sink(to) {}

  const diagnostics::Sources& sources;
  const Unit& unit;
  diagnostics::Sink& sink;
  References* references = nullptr;  // where the uses of names are noted, if anywhere
  model::Policy policy;

  std::map<const syntax::File*, std::map<std::string, std::string>> cite_sources;
  NameTable values;  // facts, definitions, parameters and protocols: the expression namespace
  NameTable types;   // categories, scales and records
  NameTable sets;
  NameTable roles;
  NameTable events;
  NameTable actions;
  NameTable groups;
  NameTable subjects;
  NameTable interpretations;  // those recorded at the margin

  std::vector<CategoryInfo> categories;
  std::vector<SetInfo> set_infos;
  std::vector<RecordInfo> records;
  std::vector<FactInfo> facts;
  std::vector<ParamInfo> params;
  std::vector<DefineInfo> defines;
  std::vector<OutputInfo> outputs;
  std::vector<GroupInfo> group_infos;
  std::vector<ActionInfo> action_infos;
  std::vector<ProtocolInfo> protocols;
  std::vector<PendingOverrides> overrides;
  std::vector<PendingDrop> drops;
  std::vector<Busy> busy;
  std::vector<UnknownName> unknown_names;              // to be reported once each
  std::map<std::string, std::size_t> unknown_name_of;  // a message's row in these
  std::size_t depth = 0;                               // of the expressions being typed, through definitions
  bool too_deep_reported = false;
  std::vector<Extent> extents;                                        // of the model's expressions
  std::size_t num_copied = 0;                                         // of those, how many were put in by calls
  std::map<std::string, model::InterpretationId> interpretation_ids;  // by id and text: written twice, kept once
};

// ---- messages

// The text of `span`, white space folded to single blanks.
std::string FoldedText(const Context& ctx, const Span& span);
std::string Joined(const syntax::QName& name);  // `a.b.c` as written
// The names of a table, sorted.
std::vector<std::string> NamesOf(const NameTable& table);
// "did you mean `x`?" where a candidate is near enough; else `otherwise`.
std::string NearestHelp(std::string_view word, const std::vector<std::string>& candidates, std::string otherwise = {});
// Notes a name that nothing declares; a misspelt declaration makes every use unknown, which is told once.
void ReportUnknown(Context& ctx, Code code, const Span& span, const std::string& message, const std::string& help = {});
// Reports what was noted, each name with the further places where it stands.
void ReportUnknownNames(Context& ctx);
// Enters `name`, or reports that it is taken (E0207) and returns false.
bool Declare(Context& ctx, NameTable& table, const syntax::Name& name, NameKind kind, std::size_t index);
// The entry of `name`, or a report (E0205) that there is no such `what` ("role").
std::optional<std::size_t> FindDeclared(Context& ctx, const NameTable& table, const syntax::Name& name,
                                        std::string_view what);
// "a fact", "an output": for messages about a clash.
std::string_view DescribeKind(NameKind kind);

// ---- notes and texts (notes.cc)

// The citations of `cites` as results show them. Reports sources that the file's header does not have (E0206).
model::Cites ResolveCites(Context& ctx, const syntax::File& file, const std::vector<syntax::Cite>& cites);
InterpretationIds ResolveInterpretations(Context& ctx, const std::vector<syntax::Interpretation>& notes);
void AddInterpretations(InterpretationIds& to, const InterpretationIds& more);
model::Texts PlainTexts(const std::vector<syntax::LangText>& texts);
// Texts with the values of parameters put in for `{name}`; names in `own` stay. Reports other names (E0209).
model::Texts FilledTexts(Context& ctx, const std::vector<syntax::LangText>& texts,
                         const std::vector<std::string>& own = {});

// ---- the passes, in the order Check calls them

void ReadHeaders(Context& ctx);         // headers.cc: the policy's and the libraries' headers
void CheckHeaderLines(Context& ctx);    // header_lines.cc: what the header and the files say of themselves
void CheckSaysSomething(Context& ctx);  // header_lines.cc: last, whether there is more than a header
void DeclareNames(Context& ctx);        // names.cc: every name, each in its namespace
void BuildVocabulary(Context& ctx);     // vocabulary.cc: sets, parameters, records, facts, groups, actions
void BuildProtocols(Context& ctx);      // protocols.cc: settings and outputs, and which facts are decisions
void BuildDefinitions(Context& ctx);    // definitions.cc: derived fields, conditions on records, definitions
void BuildRules(Context& ctx);          // rules.cc: defaults and meanings, rules, tables (tables.cc), guarantees
void ResolveOverrides(Context& ctx);    // overrides.cc: and their circles
void CheckDrops(Context& ctx);          // drops.cc: what is dropped is concluded by what is overridden
void CheckDependencies(Context& ctx);   // dependencies.cc: cycles, questions that depend on their answer, subjects
void CheckQuantifiers(Context& ctx);    // quantifiers.cc: no list comes back under the opposite quantifier
void CheckConflicts(Context& ctx);      // conflicts.cc: rules that contradict one another wherever they apply
void BuildTests(Context& ctx);          // tests.cc: tests and cases, with setups (setups.cc)
void BuildReleases(Context& ctx);       // releases.cc: releases, and claims
void Lint(Context& ctx);                // lints.cc

}  // namespace cordon::check
