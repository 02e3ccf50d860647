// The syntax tree as text: one line a node, two blanks a level; see print.h.
//
// A line is the node's kind, then its own words. Texts are quoted, with `\n`, `\"` and `\\`. A part that the source
// left out leaves no line. Expressions nest at most kDeepestExpression levels, so Print may recurse. Tested by
// tests/golden/ast and tests/unit/parse_test.cc.
#include "syntax/print.h"

#include <fmt/format.h>

#include <string_view>

#include "syntax/print_words.h"

namespace cordon::syntax {
namespace {

class Printer {
 public:
  explicit Printer(const File& file) : file_(file) {}

  std::string PrintFile() {
    for (const Decl& decl : file_.decls) {
      std::visit([this](const auto& d) { Print(d); }, decl);
    }
    return std::move(out_);
  }

 private:
  // One level down for as long as it lives.
  class Level {
   public:
    explicit Level(Printer& printer) : printer_(printer) { ++printer_.depth_; }
    ~Level() { --printer_.depth_; }
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;

   private:
    Printer& printer_;
  };

  template <typename... Args>
  void Line(fmt::format_string<Args...> format, Args&&... args) {
    out_.append(2 * depth_, ' ');
    fmt::format_to(std::back_inserter(out_), format, std::forward<Args>(args)...);
    out_ += '\n';
  }

  static std::string Words(std::string_view before, const std::vector<Name>& names) {
    std::string words;
    for (const Name& name : names) words += (words.empty() ? std::string(before) : ", ") + name.text;
    return words;
  }
  static std::string Words(std::string_view before, const std::vector<QName>& names) {
    std::string words;
    for (const QName& name : names) words += (words.empty() ? std::string(before) : ", ") + PrintName(name);
    return words;
  }
  static std::string Word(std::string_view before, const std::optional<Name>& name) {
    return name ? std::string(before) + name->text : std::string();
  }

  // ---- notes
  void Print(std::string_view kind, const std::vector<LangText>& texts) {
    for (const LangText& text : texts) Line("{} {} {}", kind, text.language.text, Quoted(text.text));
  }
  void Print(std::string_view kind, const std::vector<Cite>& cites) {
    for (const Cite& cite : cites) Line("{} {} {}", kind, cite.source.text, Quoted(cite.place));
  }
  void Print(std::string_view kind, const std::vector<StatementId>& statements) {
    for (const StatementId& statement : statements) Line("{} {}", kind, Quoted(statement.id));
  }
  void Print(const Notes& notes) {
    Print("cite", notes.cites);
    Print("answers", notes.answers);
    for (const Interpretation& i : notes.interpretations) {
      Line("interpretation {}{}", i.id.text, i.text.empty() ? "" : " " + Quoted(i.text));
    }
    Print("quote", notes.quotes);
    Print("text", notes.texts);
    Print("help", notes.help);
    Print("ask", notes.ask);
    for (const std::string& because : notes.because) Line("because {}", Quoted(because));
  }
  void Print(const std::vector<SourceText>& sources) {
    for (const SourceText& source : sources) Line("source {} {}", source.name.text, Quoted(source.text));
  }

  // ---- declarations
  void Print(const PolicyHeader& header) {
    Line("policy {} version {}", PrintName(header.name), PrintVersion(header.version));
    const Level level(*this);
    if (header.revises) {
      const Revises& revises = *header.revises;
      Line("revises {}{}", PrintVersion(revises.version),
           revises.upon ? " upon " + PrintName(*revises.upon) + " version " + PrintVersion(revises.upon_version) : "");
    }
    if (header.adapts) {
      Line("adapts {} version {}", PrintName(header.adapts->policy), PrintVersion(header.adapts->version));
      if (header.adapts->text_unavailable)
        Line("text unavailable because {}", Quoted(*header.adapts->text_unavailable));
    }
    Print("title", header.titles);
    if (header.issuer) Line("issuer {}", Quoted(*header.issuer));
    Print(header.sources);
    if (!header.in_force) return;
    const auto& until = header.in_force->until;
    Line("in force from {}{}", calendar::Format(header.in_force->from), until ? " to " + calendar::Format(*until) : "");
  }
  void Print(const LibraryHeader& header) {
    Line("library {}", PrintName(header.name));
    const Level level(*this);
    Print(header.sources);
  }
  void Print(const Use& use) { Line("use{}", Words(" ", use.libraries)); }
  void Print(const SubjectDecl& subject) { Line("subject {}", subject.name.text); }
  void Print(const CategoryNode& node) {
    Line("symbol {}", node.name.text);
    const Level level(*this);
    Print("text", node.texts);
    for (const CategoryNode& child : node.children) Print(child);
  }
  void Print(const CategoryDecl& category) {
    Line("category {}", category.name.text);
    const Level level(*this);
    for (const CategoryNode& node : category.nodes) Print(node);
    Print(category.notes);
  }
  void Print(const ScaleDecl& scale) {
    Line("scale {}", scale.name.text);
    const Level level(*this);
    for (const CategoryNode& symbol : scale.symbols) Print(symbol);
    Print(scale.notes);
  }
  void Print(const SetDecl& set) {
    Line("set {} : {} ={}", set.name.text, set.category.text, Words(" ", set.symbols));
    const Level level(*this);
    Print(set.notes);
  }
  void Print(const RoleDecl& role) {
    Line("role {}", role.name.text);
    const Level level(*this);
    Print("text", role.texts);
  }
  void Print(const EventDecl& event) {
    Line("event {}", event.name.text);
    const Level level(*this);
    Print("text", event.texts);
  }
  void Print(const FieldDecl& field) {
    Line("field {}{}", field.name.text, field.type ? " : " + PrintType(*field.type) : "");
    const Level level(*this);
    Print(field.derived);
    Print(field.notes);
  }
  void Print(const RecordDecl& record) {
    Line("record {}{}", record.name.text, Word(" named by ", record.named_by));
    const Level level(*this);
    Print(record.notes);
    for (const FieldDecl& field : record.fields) Print(field);
    for (const Require& require : record.requires_) Print("require", require.condition);
  }
  void Print(const ParamDecl& param) {
    Line("param {}", param.name.text);
    const Level level(*this);
    Print(param.value);
    Print(param.notes);
  }
  void Print(const FactDecl& fact) {
    Line("fact {}{} : {}{}", fact.name.text, Word(" of ", fact.subject), PrintType(fact.type),
         fact.recorded ? " recorded" : "");
    const Level level(*this);
    if (fact.assume) {
      Line("assume{} because {}", fact.assume->unless_asked ? " unless asked" : "", Quoted(fact.assume->because));
      const Level inner(*this);
      Print(fact.assume->value);
    }
    if (!fact.confidential_to.empty()) Line("confidential to{}", Words(" ", fact.confidential_to));
    Print(fact.notes);
  }
  void Print(const GroupDecl& group) {
    Line("group {}{}", group.name.text, Words(" = ", group.facts));
    const Level level(*this);
    Print(group.notes);
  }
  void Print(const std::vector<Parameter>& parameters) {
    for (const Parameter& p : parameters) Line("parameter {} : {}", p.name.text, PrintType(p.type));
  }
  void Print(const ActionDecl& action) {
    Line("action {}", action.name.text);
    const Level level(*this);
    Print(action.parameters);
    Print(action.notes);
  }
  void Print(const DefineDecl& define) {
    Line("define {}", define.name.text);
    const Level level(*this);
    Print(define.parameters);
    Print(define.value);
    Print(define.notes);
  }
  void Print(const ProtocolDecl& protocol) {
    Line("protocol {}{}{}", protocol.name.text, Word(" about ", protocol.about), Words(" in ", protocol.in));
    const Level level(*this);
    Print(protocol.notes);
    for (const Member& member : protocol.members) {
      std::visit([this](const auto& m) { Print(m); }, member);
    }
  }

  // ---- conclusions
  void Print(const Judgement& judgement) {
    Line("judgement by {}{}{}{}", judgement.by.text, Words(" with ", judgement.with),
         Word(" weighing ", judgement.weighing), Word(" decided in ", judgement.decided_in));
  }
  void Print(std::string_view kind, const Duty& duty) {
    std::string timings;
    for (const EventTiming& timing : duty.timings) {
      timings += fmt::format(" {} {}", WordOf(timing.relation), timing.event.text);
    }
    Line("{} {} {} {}{}{}{}{}", kind, duty.actor.text, WordOf(duty.modality), duty.action.text,
         duty.as_far_as_possible ? " as far as possible" : "", timings, Words(" with ", duty.with),
         Words(" to ", duty.to));
    const Level level(*this);
    for (const ExprId arg : duty.args) Print("argument", arg);
    for (const std::string& text : duty.when_texts) Line("timing {}", Quoted(text));
    for (const Due& due : duty.dues) Print(due);
    Print("until", duty.until);
    if (duty.except) Line("except {}", Quoted(*duty.except));
  }
  void Print(const Due& due) {
    if (due.kind == DueKind::kBy) return Print("due by", due.date);
    Print(due.kind == DueKind::kAfter ? "due" : "every", due.period);
    const Level level(*this);
    Print("after", due.date);
  }
  void Print(const ReleaseDecl& release) {
    Line("release {}{}", PrintName(release.output), Words(" to ", release.to));
    const Level level(*this);
    Print(release.notes);
  }

  // ---- changes of another version
  void Print(const InterpretationDecl& decl) {
    Line("interpretation {} {}", decl.name.text, Quoted(decl.text));
    const Level level(*this);
    for (const std::string& alternative : decl.alternatives) Line("instead of {}", Quoted(alternative));
    if (!decl.settled_by.empty()) Line("to be settled by{}", Words(" ", decl.settled_by));
    if (decl.text_unavailable) Line("text unavailable");
    Print("cite", decl.cites);
  }
  void Print(const OmissionDecl& omission) {
    Line("omit");
    const Level level(*this);
    Print("statement", omission.statements);
    Print(omission.notes);
  }
  void Print(const ClaimDecl& claim) {
    Line("claim conforms{}", claim.exactly ? " exactly" : "");
    const Level level(*this);
    Print(claim.notes);
  }
  void Print(const ChangeDecl& change) {
    const std::string path = PrintPath(change);
    Line("{}{}{}", WordOf(change.kind), path.empty() ? "" : " " + path, Word(" to ", change.new_name));
    const Level level(*this);
    if (change.before) Print("from", *change.before);
    if (change.after) Print("to", *change.after);
    for (const TablePart& part : change.parts) Print(part);
    for (const CasesDecl& cases : change.cases) Print(cases);
    for (const AddedClause& clause : change.clauses) Print(clause);
    for (const FieldDecl& field : change.fields) Print(field);
    for (const CategoryNode& symbol : change.symbols) Print(symbol);
    for (const Member& member : change.members) {
      std::visit([this](const auto& m) { Print(m); }, member);
    }
    for (const Declaration& declaration : change.declarations) {
      std::visit([this](const auto& d) { Print(d); }, declaration);
    }
    Print(change.notes);
  }
  static std::string PrintPath(const ChangeDecl& change) {
    if (!change.names_test) return PrintName(change.path);
    QName protocol = change.path;
    const std::string name = protocol.parts.back().text;
    protocol.parts.pop_back();
    return PrintName(protocol) + (protocol.parts.empty() ? "test " : ".test ") + Quoted(name);
  }
  void Print(std::string_view kind, const ChangeSide& side) {
    Line("{}", kind);
    const Level level(*this);
    std::visit([this](const auto& s) { Print(s); }, side.value);
  }
  void Print(const std::vector<LangText>& texts) { Print("text", texts); }
  void Print(const NameList& list) {
    Line("{}names{}", list.every_rule_for ? "every rule for " : "", Words(" ", list.names));
  }
  void Print(const AddedClause& clause) {
    const std::string_view word = WordOf(clause.kind);
    if (clause.kind == ClauseKind::kNote) return Print(clause.note);
    if (clause.condition.valid()) return Print(word, clause.condition);
    Line("{}{}", word, Words(clause.names.every_rule_for ? " every rule for " : " ", clause.names.names));
  }
  void Print(AnyCell) { Line("any"); }
  void Print(OtherwiseCell) { Line("otherwise"); }
  void Print(Silent) { Line("silent"); }
  void Print(const DutyCell& duty) {
    Line("{}", WordOf(duty.modality));
    const Level level(*this);
    for (const ExprId arg : duty.args) Print("argument", arg);
  }
  void Print(const ConclusionValue& value) {
    if (const auto* expr = std::get_if<ExprId>(&value)) return Print(*expr);
    Print(std::get<Judgement>(value));
  }
  void Print(const Conclusion& conclusion) {
    if (const auto* duty = std::get_if<Duty>(&conclusion)) return Print("duty", *duty);
    const auto& output = std::get<OutputConclusion>(conclusion);
    Line("then {}{}", PrintName(output.output), output.exactly ? " exactly" : "");
    const Level level(*this);
    Print(output.value);
  }

  // ---- statements
  void Print(const OutputDecl& output) {
    Line("output {} : {} {}", output.name.text, PrintType(output.type), WordOf(output.mode));
    const Level level(*this);
    if (output.default_value.valid()) {
      Line("default");
      const Level inner(*this);
      Print(output.default_value);
      Print("cite", output.default_cites);
    }
    if (output.means) Print("means", *output.means);
    Print(output.notes);
  }
  void Print(const ForEach& for_each, std::string_view kind) {
    Line("{} {}", kind, for_each.variable.text);
    const Level level(*this);
    Print(for_each.list);
  }
  void Print(const std::vector<Override>& overrides) {
    for (const Override& o : overrides) {
      if (!o.targets.empty()) Line("overrides{}", Words(" ", o.targets));
      if (!o.every_rule_for.empty()) Line("overrides every rule for{}", Words(" ", o.every_rule_for));
    }
  }
  void Print(const RuleDecl& rule) {
    Line("rule {}{}", rule.name.text, Words(" in ", rule.in));
    const Level level(*this);
    if (rule.for_each) Print(*rule.for_each, "for each");
    Print(rule.overrides);
    if (!rule.drops.empty()) Line("drops{}", Words(" ", rule.drops));
    Print(rule.notes);
    Print("when", rule.when);
    Print("unless", rule.unless);
    for (const Conclusion& conclusion : rule.conclusions) Print(conclusion);
  }
  void Print(const TableDecl& table) {
    Line("table {}{}{}", table.name.text, WordOf(table.reading), Words(" in ", table.in));
    const Level level(*this);
    Print(table.overrides);
    Print(table.notes);
    for (const TablePart& part : table.parts) Print(part);
  }
  void Print(const TablePart& part) {
    Line("part");
    const Level level(*this);
    if (part.for_each) Print(*part.for_each, "for each");
    for (const InHead& head : part.inputs) {
      Line("{}", head.is_when ? "column when" : "column");
      const Level inner(*this);
      Print(head.value);
    }
    for (const OutHead& head : part.outputs) {
      Line("concludes {}", head.output ? PrintName(*head.output) : head.role.text + ": " + head.action.text);
    }
    for (const RowDecl& row : part.rows) Print(row);
  }
  void Print(const RowDecl& row) {
    Line("row {}", row.name.text);
    const Level level(*this);
    for (const Cell& cell : row.cells) {
      if (cell.kind == CellKind::kTest) {
        Print("cell", cell.test);
      } else {
        Line("cell {}", cell.kind == CellKind::kAny ? "any" : "otherwise");
      }
    }
    for (const OutCell& cell : row.conclusions) Print(cell);
    Print(row.notes);
  }
  void Print(const OutCell& cell) {
    if (std::holds_alternative<Silent>(cell.value)) return Line("concludes silent");
    if (const auto* duty = std::get_if<DutyCell>(&cell.value)) {
      Line("concludes {}", WordOf(duty->modality));
      const Level level(*this);
      for (const ExprId arg : duty->args) Print("argument", arg);
      return;
    }
    Line("concludes");
    const Level level(*this);
    if (const auto* expr = std::get_if<ExprId>(&cell.value)) return Print(*expr);
    Print(std::get<Judgement>(cell.value));
  }
  void Print(const GuaranteeDecl& guarantee) {
    Line("guarantee {}{}", guarantee.name.text, Words(" in ", guarantee.in));
    const Level level(*this);
    Print(guarantee.never ? "never" : "always", guarantee.condition);
    Print(guarantee.notes);
  }
  void Print(const Setup& setup) {
    Print("today", setup.today);
    for (const Binding& binding : setup.given) {
      Line("given {}", PrintName(binding.path));
      const Level level(*this);
      Print(binding.value);
    }
  }
  void Print(const ExampleDecl& example) {
    Line("example {}{}", example.name.text, Word(" like ", example.like));
    const Level level(*this);
    Print(example.setup);
  }
  void Print(const std::vector<Path>& needs) {
    for (const Path& path : needs) Line("needs {}", path.text);
  }
  void Print(const OutputExpectation& expected) {
    Line("expect {} {}", PrintName(expected.output), WordOf(expected.status));
    const Level level(*this);
    Print(expected.value);
    Print(expected.needs);
    for (const QName& name : expected.because) Line("because {}", PrintName(name));
  }
  void Print(const DutyExpectation& expected) {
    Line("expect {} {}", expected.absent ? "no duty" : "duty", WordOf(expected.status));
    const Level level(*this);
    Print("duty", expected.duty);
    Print(expected.needs);
  }
  void Print(const TestDecl& test) {
    Line("test {}{}", Quoted(test.name), Word(" like ", test.like));
    const Level level(*this);
    Print(test.setup);
    for (const Expectation& expected : test.expect) {
      std::visit([this](const auto& e) { Print(e); }, expected);
    }
  }
  void Print(const CasesDecl& cases) {
    Line("cases {}{}", cases.name.text, Word(" like ", cases.like));
    const Level level(*this);
    if (cases.for_one) Print(*cases.for_one, "for one");
    Print(cases.setup);
    Line("columns{}", Words(" ", cases.inputs));
    Line("expects{}", Words(" ", cases.outputs));
    for (const CaseRow& row : cases.rows) {
      Line("case {}", row.name.text);
      const Level inner(*this);
      for (const ExprId given : row.given) Print("given", given);
      for (const OutputExpectation& expected : row.expect) Print(expected);
    }
  }

  // ---- expressions
  void Print(std::string_view kind, ExprId id) {
    if (!id.valid()) return;
    Line("{}", kind);
    const Level level(*this);
    Print(id);
  }
  void Print(ExprId id) {
    if (!id.valid()) return;
    const Expr& expr = file_.expr(id);
    Line("{}", PrintHead(expr));
    const Level level(*this);
    for (std::size_t i = 0; i < expr.args.size(); ++i) {
      if (expr.kind == ExprKind::kRecord) {
        Print(expr.fields[i].text, expr.args[i]);
      } else {
        Print(expr.args[i]);
      }
    }
  }

  const File& file_;
  std::string out_;
  std::size_t depth_ = 0;
};

}  // namespace

std::string Print(const File& file) { return Printer(file).PrintFile(); }

}  // namespace cordon::syntax
