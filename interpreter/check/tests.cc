// Tests and cases, each with its complete setup; see context.h and setups.h.
//
// What an example, test or case is like comes first, its own facts over that. A row of `cases … for one x in FACT`
// gives FACT the list of one element that its columns make.
#include <map>
#include <set>
#include <utility>

#include "check/conclusions.h"
#include "check/setups.h"

namespace cordon::check {

namespace {

using model::TypeKind;

struct Tester {
  Context& ctx;
  std::map<const syntax::ExampleDecl*, model::Setup> own;  // each example's own facts
  std::map<const syntax::ExampleDecl*, std::size_t> protocol_of;
  std::set<const syntax::ExampleDecl*> circular;
};

struct Place {
  std::size_t protocol = 0;
  const syntax::File* file = nullptr;
};

// The example that `name` means: of the protocol itself, or the only one of that name elsewhere.
const syntax::ExampleDecl* FindExample(const Context& ctx, std::size_t protocol, const std::string& name) {
  const auto& own = ctx.protocols[protocol].examples;
  if (const auto found = own.find(name); found != own.end()) return found->second;
  const syntax::ExampleDecl* only = nullptr;
  for (const ProtocolInfo& other : ctx.protocols) {
    const auto found = other.examples.find(name);
    if (found == other.examples.end()) continue;
    if (only != nullptr) return nullptr;
    only = found->second;
  }
  return only;
}

const syntax::ExampleDecl* NeedExample(Context& ctx, std::size_t protocol, const syntax::Name& name) {
  const syntax::ExampleDecl* found = FindExample(ctx, protocol, name.text);
  if (found != nullptr) {
    Refer(ctx, name.span, found->name.span);
    return found;
  }
  std::vector<std::string> candidates;
  for (const ProtocolInfo& info : ctx.protocols) {
    for (const auto& [known, example] : info.examples) candidates.push_back(known);
  }
  ReportUnknown(ctx, Code::kUnknownDeclaration, name.span, "there is no example `" + name.text + "`",
                NearestHelp(name.text, candidates, "declare it: `example " + name.text + "`"));
  return nullptr;
}

// The examples that `from` is like, nearest first, `from` among them. Ends where a circle closes.
std::vector<const syntax::ExampleDecl*> Chain(const Tester& tester, const syntax::ExampleDecl* from) {
  std::vector<const syntax::ExampleDecl*> chain;
  std::set<const syntax::ExampleDecl*> seen;
  while (from != nullptr && seen.insert(from).second) {
    chain.push_back(from);
    if (!from->like) break;
    from = FindExample(tester.ctx, tester.protocol_of.at(from), from->like->text);
  }
  return chain;
}

void CheckChain(Tester& tester, const syntax::ExampleDecl& example) {
  if (!example.like || tester.circular.contains(&example)) return;
  Context& ctx = tester.ctx;
  const std::size_t protocol = tester.protocol_of.at(&example);
  if (NeedExample(ctx, protocol, *example.like) == nullptr) return;
  const auto chain = Chain(tester, &example);
  const syntax::ExampleDecl* last = chain.back();
  if (!last->like || FindExample(ctx, tester.protocol_of.at(last), last->like->text) != &example) return;
  std::string text;
  for (const syntax::ExampleDecl* step : chain) {
    text += step->name.text + " -> ";
    tester.circular.insert(step);
  }
  ctx.sink.Report(Code::kCycle, example.like->span,
                  "the example `" + example.name.text + "` is like itself: `" + text + example.name.text + "`",
                  "take one `like` out");
}

void ReadExamples(Tester& tester) {
  Context& ctx = tester.ctx;
  for (std::size_t i = 0; i < ctx.protocols.size(); ++i) {
    for (const syntax::Member& member : ctx.protocols[i].written.decl->members) {
      const auto* example = std::get_if<syntax::ExampleDecl>(&member);
      if (example == nullptr) continue;
      tester.protocol_of.emplace(example, i);
      tester.own.emplace(example, ReadSetup(ctx, *ctx.protocols[i].written.file, example->setup));
    }
  }
  for (std::size_t i = 0; i < ctx.protocols.size(); ++i) {
    for (const syntax::Member& member : ctx.protocols[i].written.decl->members) {
      if (const auto* example = std::get_if<syntax::ExampleDecl>(&member)) CheckChain(tester, *example);
    }
  }
}

model::Setup Complete(Tester& tester, const Place& place, const std::optional<syntax::Name>& like,
                      const model::Setup& own) {
  model::Setup setup;
  const syntax::ExampleDecl* example = like ? NeedExample(tester.ctx, place.protocol, *like) : nullptr;
  if (example != nullptr) {
    const auto chain = Chain(tester, example);
    for (auto step = chain.rbegin(); step != chain.rend(); ++step) Overlay(setup, tester.own.at(*step));
  }
  Overlay(setup, own);
  return setup;
}

// Gives the protocol's setting where the test names none.
void AddSetting(const Context& ctx, std::size_t protocol, model::Setup& setup) {
  const std::optional<std::size_t> leaf = ctx.protocols[protocol].first_setting;
  if (!ctx.policy.setting.valid() || !leaf) return;
  for (const model::Given& given : setup.given) {
    if (given.fact == ctx.policy.setting) return;
  }
  model::GivenValue value;
  value.kind = model::GivenKind::kValue;
  value.value = value::Value::Symbol(*leaf);
  setup.given.push_back({ctx.policy.setting, std::move(value)});
}

model::ExpectedStatus StatusOf(syntax::ExpectedStatus status) {
  switch (status) {
    case syntax::ExpectedStatus::kValue:
    case syntax::ExpectedStatus::kSilent:
      return model::ExpectedStatus::kValue;
    case syntax::ExpectedStatus::kProvisionally:
      return model::ExpectedStatus::kProvisionally;
    case syntax::ExpectedStatus::kUnknown:
      return model::ExpectedStatus::kUnknown;
    case syntax::ExpectedStatus::kJudgement:
      return model::ExpectedStatus::kJudgement;
    case syntax::ExpectedStatus::kProvisionalJudgement:
      return model::ExpectedStatus::kProvisionalJudgement;
    case syntax::ExpectedStatus::kNotCovered:
      return model::ExpectedStatus::kNotCovered;
    case syntax::ExpectedStatus::kConflict:
      return model::ExpectedStatus::kConflict;
  }
  return model::ExpectedStatus::kValue;
}

// Whether `field` is a field of what the fact holds; reports where not.
void CheckPathField(Context& ctx, const syntax::Path& path, const model::Fact& fact, const std::string& field) {
  std::vector<std::string> candidates;
  const model::Type element = fact.type.kind == TypeKind::kList ? ElementType(fact.type) : fact.type;
  if (element.kind == TypeKind::kRecord) {
    for (const model::Field& known : ctx.policy.records[element.record.index].fields) {
      if (known.name == field) {
        const auto size = static_cast<std::uint32_t>(field.size());
        Refer(ctx, {path.span.source, path.span.end - size, path.span.end}, known.span);
        return;
      }
      candidates.push_back(known.name);
    }
  }
  ReportUnknown(ctx, Code::kUnknownField, path.span, "`" + fact.name + "` has no field `" + field + "`",
                NearestHelp(field, candidates));
}

// The first `size` bytes of `span`.
Span FirstOf(const Span& span, std::size_t size) {
  return {span.source, span.begin, span.begin + static_cast<std::uint32_t>(size)};
}

std::vector<std::string> ReadPaths(Context& ctx, const std::vector<syntax::Path>& paths) {
  std::vector<std::string> texts;
  for (const syntax::Path& path : paths) {
    texts.push_back(path.text);
    const std::string name = path.text.substr(0, path.text.find_first_of(".["));
    const auto found = ctx.values.find(name);
    if (found == ctx.values.end() || found->second.kind != NameKind::kFact) {
      std::vector<std::string> candidates;
      for (const model::Fact& fact : ctx.policy.facts) candidates.push_back(fact.name);
      ReportUnknown(ctx, Code::kUnknownName, path.span, "there is no fact `" + name + "`",
                    NearestHelp(name, candidates, "what is needed are facts"));
      continue;
    }
    Refer(ctx, FirstOf(path.span, name.size()), found->second.span);
    const std::size_t dot = path.text.find('.');
    if (dot == std::string::npos || ctx.facts[found->second.index].progress != Progress::kDone) continue;
    CheckPathField(ctx, path, ctx.policy.facts[found->second.index], path.text.substr(dot + 1));
  }
  return texts;
}

std::vector<model::RuleId> ReadReasons(Context& ctx, std::size_t protocol, const std::vector<syntax::QName>& names) {
  std::vector<model::RuleId> rules;
  const auto& known = ctx.protocols[protocol].rules;
  for (const syntax::QName& name : names) {
    const auto found = known.find(Joined(name));
    if (found != known.end()) {
      ReferToRule(ctx, model::ProtocolId(protocol), name);
      rules.push_back(found->second);
      continue;
    }
    std::vector<std::string> candidates;
    for (const auto& [text, id] : known) candidates.push_back(text);
    ReportUnknown(ctx, Code::kUnknownRule, name.span, "the protocol has no rule or row `" + Joined(name) + "`",
                  NearestHelp(Joined(name), candidates));
  }
  return rules;
}

Scope ScopeAt(const Place& place) {
  Scope scope;
  scope.file = place.file;
  scope.protocol = model::ProtocolId(place.protocol);
  return scope;
}

void ExpectOutput(Context& ctx, const Place& place, const syntax::OutputExpectation& written, model::Test& test) {
  if (written.status == syntax::ExpectedStatus::kSilent) return;
  Scope scope = ScopeAt(place);
  const auto id = ResolveOutput(ctx, scope, written.output);
  model::OutputExpectation expectation;
  expectation.needs = ReadPaths(ctx, written.needs);
  expectation.because = ReadReasons(ctx, place.protocol, written.because);
  if (!id || ctx.outputs[id->index].progress != Progress::kDone) return;
  expectation.output = *id;
  expectation.status = StatusOf(written.status);
  expectation.span = written.span;
  if (expectation.status == model::ExpectedStatus::kValue ||
      expectation.status == model::ExpectedStatus::kProvisionally) {
    const model::Output& output = ctx.policy.outputs[id->index];
    const ConstantUse use{Code::kConclusionType, "the output `" + output.name + "`"};
    const auto value = TypeConstant(ctx, scope, written.value, output.type, use);
    if (!value) return;
    expectation.value = *value;
  }
  test.outputs.push_back(std::move(expectation));
}

void ExpectDuty(Context& ctx, const Place& place, const syntax::DutyExpectation& written, model::Test& test) {
  Scope scope = ScopeAt(place);
  model::DutyExpectation expectation;
  expectation.needs = ReadPaths(ctx, written.needs);
  const auto duty = ResolveDuty(ctx, scope, written.duty, DutyUse::kExpected);
  if (!duty) return;
  expectation.duty = *duty;
  expectation.absent = written.absent;
  expectation.status = StatusOf(written.status);
  expectation.span = written.span;
  test.duties.push_back(std::move(expectation));
}

using TestNames = std::map<std::string, Span>;

void AddTest(Context& ctx, TestNames& names, model::Test test) {
  const auto [first, added] = names.emplace(test.name, test.span);
  if (!added) {
    ctx.sink.Report(Code::kDuplicateTest, test.span, "a test of this protocol is already called `" + test.name + "`",
                    "give one of the two another name", {{first->second, "the first is here"}});
    return;
  }
  AddSetting(ctx, test.protocol.index, test.setup);
  ctx.policy.tests.push_back(std::move(test));
}

void BuildTest(Tester& tester, const Place& place, const syntax::TestDecl& decl, TestNames& names) {
  Context& ctx = tester.ctx;
  model::Test test;
  test.name = decl.name;
  test.protocol = model::ProtocolId(place.protocol);
  test.span = decl.name_span;
  test.setup = Complete(tester, place, decl.like, ReadSetup(ctx, *place.file, decl.setup));
  for (const syntax::Expectation& expectation : decl.expect) {
    if (const auto* output = std::get_if<syntax::OutputExpectation>(&expectation)) {
      ExpectOutput(ctx, place, *output, test);
    } else {
      ExpectDuty(ctx, place, std::get<syntax::DutyExpectation>(expectation), test);
    }
  }
  AddTest(ctx, names, std::move(test));
}

// What an input column of `cases` gives.
struct Column {
  enum class Kind : std::uint8_t { kFailed, kToday, kFact, kField } kind = Kind::kFailed;
  model::FactId fact;
  model::FieldId field;
  model::Type type;
};

struct Cases {
  std::optional<model::FactId> list;  // of `for one`
  model::Type element;
  std::vector<Column> columns;
};

Column ReadFieldColumn(Context& ctx, const Cases& cases, const syntax::QName& name) {
  Column column;
  if (!cases.list) return column;
  std::vector<std::string> candidates;
  const std::size_t record = cases.element.record.index;
  for (std::size_t i = 0; i < ctx.policy.records[record].fields.size(); ++i) {
    const model::Field& field = ctx.policy.records[record].fields[i];
    if (!ctx.records[record].fields[i]->type.has_value()) continue;
    candidates.push_back(field.name);
    if (name.parts.size() != 2 || field.name != name.parts[1].text) continue;
    column.field = model::FieldId(i);
    Refer(ctx, name.parts[1].span, field.span);
    column.type = field.type;
    column.kind = ctx.records[record].progress[i] == Progress::kDone ? Column::Kind::kField : Column::Kind::kFailed;
    return column;
  }
  const std::string field = name.parts.size() > 1 ? name.parts[1].text : "";
  ctx.sink.Report(Code::kCaseColumn, name.span,
                  "`" + Joined(name) + "` is no field that can be given of `" + ctx.policy.records[record].name + "`",
                  NearestHelp(field, candidates, "a column gives `" + name.parts[0].text + ".FIELD`"));
  return column;
}

Column ReadColumn(Context& ctx, const syntax::CasesDecl& decl, const Cases& cases, const syntax::QName& name) {
  Column column;
  const std::string& first = name.parts[0].text;
  if (decl.for_one && first == decl.for_one->variable.text) return ReadFieldColumn(ctx, cases, name);
  if (first == "today" && name.parts.size() == 1) {
    column.kind = Column::Kind::kToday;
    return column;
  }
  const auto found = ctx.values.find(first);
  if (found == ctx.values.end() || found->second.kind != NameKind::kFact || name.parts.size() > 1) {
    std::vector<std::string> candidates = {"today"};
    for (const model::Fact& fact : ctx.policy.facts) candidates.push_back(fact.name);
    ctx.sink.Report(
        Code::kCaseColumn, name.span, "the column `" + Joined(name) + "` is no fact",
        NearestHelp(first, candidates, "a column gives `today`, a fact, or a field of the `for one` element"));
    return column;
  }
  column.fact = model::FactId(found->second.index);
  Refer(ctx, name.span, found->second.span);
  column.type = ctx.policy.facts[column.fact.index].type;
  if (ctx.facts[column.fact.index].progress == Progress::kDone) column.kind = Column::Kind::kFact;
  return column;
}

Cases ReadColumns(Context& ctx, const Place& place, const syntax::CasesDecl& decl) {
  Cases cases;
  if (decl.for_one) {
    const auto fact = FindGivenFact(ctx, place.file->expr(decl.for_one->list).name);
    if (fact) {
      const model::Type type = ctx.policy.facts[fact->index].type;
      if (type.kind == TypeKind::kList && type.element == TypeKind::kRecord) {
        cases.list = fact;
        cases.element = ElementType(type);
      } else {
        ctx.sink.Report(Code::kNoList, decl.for_one->span,
                        "`for one` needs a list of records, and `" + ctx.policy.facts[fact->index].name + "` is " +
                            DescribeType(ctx.policy, type));
      }
    }
  }
  for (const syntax::QName& input : decl.inputs) cases.columns.push_back(ReadColumn(ctx, decl, cases, input));
  return cases;
}

// Puts what one cell gives into the row's setup, or into the fields of its one element.
void ReadCaseCell(Context& ctx, const Place& place, const Column& column, syntax::ExprId id,
                  std::pair<model::Setup*, model::GivenValue*> row) {
  if (column.kind == Column::Kind::kFailed || !id.valid()) return;
  if (column.kind == Column::Kind::kToday) {
    if (const auto moment = ReadMoment(ctx, place.file->expr(id))) row.first->today = moment;
    return;
  }
  auto value = ReadGiven(ctx, *place.file, id, column.type);
  if (!value) return;
  if (column.kind == Column::Kind::kFact) {
    Give(*row.first, column.fact, std::move(*value));
  } else {
    row.second->fields.push_back({column.field, {std::move(*value)}});
  }
}

void BuildCase(Tester& tester, const Place& place, const syntax::CasesDecl& decl, const Cases& cases,
               const syntax::CaseRow& row, model::Test& test) {
  Context& ctx = tester.ctx;
  model::GivenValue element;
  element.kind = model::GivenKind::kRecord;
  element.span = row.name.span;
  for (std::size_t i = 0; i < row.given.size(); ++i) {
    ReadCaseCell(ctx, place, cases.columns[i], row.given[i], {&test.setup, &element});
  }
  if (cases.list) {
    model::GivenValue list;
    list.kind = model::GivenKind::kList;
    list.span = row.name.span;
    list.elements.push_back(std::move(element));
    Give(test.setup, *cases.list, std::move(list));
  }
  for (std::size_t i = 0; i < row.expect.size(); ++i) {
    syntax::OutputExpectation expectation = row.expect[i];
    if (expectation.output.parts.empty()) expectation.output = decl.outputs[i];
    ExpectOutput(ctx, place, expectation, test);
  }
}

bool CheckCaseCells(Context& ctx, const syntax::CasesDecl& decl, const syntax::CaseRow& row) {
  const auto check = [&](std::size_t cells, std::size_t columns, const char* which) {
    if (cells == columns) return true;
    ctx.sink.Report(Code::kCellCount, row.name.span,
                    "case `" + row.name.text + "` has " + std::to_string(cells) + " cells " + which +
                        " `||`, and its heading has " + std::to_string(columns),
                    cells > columns ? "take a cell out, or add a column to the heading"
                                    : "add a cell: `not asked` gives nothing, `silent` expects nothing");
    return false;
  };
  const bool inputs = check(row.given.size(), decl.inputs.size(), "before");
  const bool outputs = check(row.expect.size(), decl.outputs.size(), "after");
  return inputs && outputs;
}

void BuildCases(Tester& tester, const Place& place, const syntax::CasesDecl& decl, TestNames& names) {
  Context& ctx = tester.ctx;
  const model::Setup setup = Complete(tester, place, decl.like, ReadSetup(ctx, *place.file, decl.setup));
  const Cases cases = ReadColumns(ctx, place, decl);
  // A wrong output in the heading is told once.
  bool outputs_ok = true;
  Scope scope = ScopeAt(place);
  for (const syntax::QName& output : decl.outputs) outputs_ok = ResolveOutput(ctx, scope, output) && outputs_ok;
  for (const syntax::CaseRow& row : decl.rows) {
    if (!CheckCaseCells(ctx, decl, row) || !outputs_ok) continue;
    model::Test test;
    test.name = decl.name.text + ": " + row.name.text;
    test.cases = decl.name.text;
    test.protocol = model::ProtocolId(place.protocol);
    test.span = row.name.span;
    test.setup = setup;
    BuildCase(tester, place, decl, cases, row, test);
    AddTest(ctx, names, std::move(test));
  }
}

}  // namespace

void BuildTests(Context& ctx) {
  Tester tester{ctx, {}, {}, {}};
  ReadExamples(tester);
  for (std::size_t i = 0; i < ctx.protocols.size(); ++i) {
    TestNames names;
    const Place place{i, ctx.protocols[i].written.file};
    for (const syntax::Member& member : ctx.protocols[i].written.decl->members) {
      if (const auto* test = std::get_if<syntax::TestDecl>(&member)) {
        BuildTest(tester, place, *test, names);
      } else if (const auto* cases = std::get_if<syntax::CasesDecl>(&member)) {
        BuildCases(tester, place, *cases, names);
      }
    }
  }
}

}  // namespace cordon::check
