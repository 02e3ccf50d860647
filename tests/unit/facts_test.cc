// Facts documents against a small policy made by hand: every type, known, unknown and imprecise; every mistake.
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>

#include "facts/read.h"
#include "facts/subject.h"

namespace cordon::facts {
namespace {

using diagnostics::CodeText;
using model::Type;
using model::TypeKind;

Type Of(TypeKind kind) {
  Type type;
  type.kind = kind;
  return type;
}
Type OfCategory(std::size_t category) {
  Type type = Of(TypeKind::kCategory);
  type.category = model::CategoryId(category);
  return type;
}
Type OrNone(Type type) {
  type.or_none = true;
  return type;
}
Type ListOf(Type element) {
  element.element = element.kind;
  element.kind = TypeKind::kList;
  return element;
}
model::CategoryNode Symbol(const std::string& path, std::size_t first, std::size_t end, bool inner) {
  model::CategoryNode node;
  node.name = path.substr(path.rfind('.') + 1);
  node.path = path;
  node.first_leaf = first;
  node.end_leaf = end;
  node.has_children = inner;
  return node;
}
void AddFact(model::Policy& policy, const std::string& name, const Type& type) {
  model::Fact fact;
  fact.name = name;
  fact.type = type;
  policy.facts.push_back(fact);
}
void AddField(model::Record& record, const std::string& name, const Type& type, bool derived = false) {
  model::Field field;
  field.name = name;
  field.type = type;
  if (derived) field.derived = model::ExprId(0);
  record.fields.push_back(field);
}

// Category 0: hospital (inpatient, day), home. Category 1: DK, DE. Record 0: a stay.
model::Policy SmallPolicy() {
  model::Policy policy;
  policy.id = "xx.small";
  policy.categories.resize(2);
  policy.categories[0].name = "Setting";
  policy.categories[0].nodes = {Symbol("hospital", 0, 2, true), Symbol("hospital.inpatient", 0, 1, false),
                                Symbol("hospital.day", 1, 2, false), Symbol("home", 2, 3, false)};
  policy.categories[0].leaves = {1, 2, 3};
  policy.categories[1].name = "Country";
  policy.categories[1].nodes = {Symbol("DK", 0, 1, false), Symbol("DE", 1, 2, false)};
  policy.categories[1].leaves = {0, 1};
  policy.records.resize(1);
  policy.records[0].name = "Stay";
  AddField(policy.records[0], "country", OfCategory(1));
  AddField(policy.records[0], "admitted", Of(TypeKind::kDatetime));
  AddField(policy.records[0], "length", Of(TypeKind::kDuration), true);
  AddFact(policy, "setting", OfCategory(0));
  policy.setting = model::FactId(std::size_t{0});
  AddFact(policy, "flag", Of(TypeKind::kBool));
  AddFact(policy, "age", Of(TypeKind::kInt));
  AddFact(policy, "dose", Of(TypeKind::kDecimal));
  AddFact(policy, "note", Of(TypeKind::kText));
  AddFact(policy, "day", Of(TypeKind::kDate));
  AddFact(policy, "moment", Of(TypeKind::kDatetime));
  AddFact(policy, "wait", Of(TypeKind::kDuration));
  AddFact(policy, "months", Of(TypeKind::kPeriod));
  AddFact(policy, "place", OrNone(OfCategory(0)));
  Type stay = Of(TypeKind::kRecord);
  stay.record = model::RecordId(std::size_t{0});
  AddFact(policy, "last_stay", stay);
  AddFact(policy, "stays", ListOf(stay));
  AddFact(policy, "days", ListOf(Of(TypeKind::kDate)));
  return policy;
}

struct Reading {
  std::optional<Subject> subject;
  std::string codes;     // "E0512 E0508"
  std::string messages;  // one a line, with the marked text in front
};

Reading Read(const std::string& text, const Overrides& overrides = {}) {
  static const model::Policy policy = SmallPolicy();
  diagnostics::Sources sources;
  const diagnostics::SourceId source = sources.Add("facts.json", text);
  diagnostics::Sink sink;
  Reading run;
  run.subject = ReadDocument(policy, sources, source, overrides, sink);
  for (const diagnostics::Diagnostic& diagnostic : sink.diagnostics()) {
    if (!run.codes.empty()) run.codes += " ";
    run.codes += CodeText(diagnostic.code);
    const std::string marked = diagnostic.span.valid() ? std::string(sources.text(diagnostic.span)) : "-";
    run.messages += marked + ": " + diagnostic.message + " (" + diagnostic.help + ")\n";
  }
  return run;
}

// The cell of one fact in a document that gives only it.
Cell CellOf(const std::string& fact, const std::string& json) {
  const Reading run = Read(R"({"as_of": "2025-03-01", "facts": {")" + fact + R"(": )" + json + "}}");
  EXPECT_TRUE(run.subject.has_value()) << run.messages;
  if (!run.subject) return {};
  static const model::Policy policy = SmallPolicy();
  for (std::size_t i = 0; i < policy.facts.size(); ++i) {
    if (policy.facts[i].name == fact) return run.subject->facts[i];
  }
  ADD_FAILURE();
  return {};
}

// The code of the one mistake in a document that gives only this fact.
std::string MistakeOf(const std::string& fact, const std::string& json) {
  return Read(R"({"as_of": "2025-03-01", "facts": {")" + fact + R"(": )" + json + "}}").codes;
}

TEST(Facts, ReadsTheDocumentsOwnKeys) {
  const Reading run =
      Read(R"({"subject": "p1", "as_of": "2025-03-01T08:30", "setting": "hospital.inpatient", "facts": {}})");
  ASSERT_TRUE(run.subject);
  EXPECT_EQ(run.subject->id, "p1");
  EXPECT_EQ(calendar::Format(*run.subject->as_of.time), "2025-03-01T08:30");
  EXPECT_EQ(run.subject->facts[0].value, value::Value::Symbol(0));
  EXPECT_EQ(run.subject->facts[1].state, CellState::kAbsent);
}

TEST(Facts, ReadsAnImpreciseSetting) {
  const Reading run = Read(R"({"as_of": "2025-03-01", "setting": "hospital"})");
  ASSERT_TRUE(run.subject);
  EXPECT_EQ(run.subject->facts[0].state, CellState::kSymbols);
  EXPECT_EQ(run.subject->facts[0].end_leaf, 2u);
}

TEST(Facts, TheCommandLineWins) {
  Overrides overrides;
  overrides.as_of = ParseMoment("2024-01-31");
  overrides.setting = "home";
  const Reading run = Read(R"({"as_of": "2025-03-01", "setting": "hospital"})", overrides);
  ASSERT_TRUE(run.subject);
  EXPECT_EQ(calendar::Format(run.subject->as_of.date), "2024-01-31");
  EXPECT_EQ(run.subject->facts[0].value, value::Value::Symbol(2));
}

TEST(Facts, TheDefaultDateFillsInOnlyWhereThereIsNone) {
  Overrides overrides;
  overrides.default_as_of = ParseMoment("2024-01-31");
  EXPECT_EQ(calendar::Format(Read("{}", overrides).subject->as_of.date), "2024-01-31");
  EXPECT_EQ(calendar::Format(Read(R"({"as_of": "2025-03-01"})", overrides).subject->as_of.date), "2025-03-01");
  EXPECT_EQ(Read("{}").codes, "E0518");
  EXPECT_EQ(Read(R"({"as_of": "2025-02-30"})", overrides).codes, "E0513");
}

TEST(Facts, AbsentAndNullAreDifferent) {
  EXPECT_EQ(CellOf("flag", "null").state, CellState::kNull);
  EXPECT_EQ(CellOf("stays", "null").state, CellState::kNull);
  EXPECT_EQ(Read(R"({"as_of": "2025-03-01", "facts": {}})").subject->facts[1].state, CellState::kAbsent);
}

TEST(Facts, ReadsScalarsExactly) {
  EXPECT_EQ(CellOf("flag", "true").value, value::Value::Bool(true));
  EXPECT_EQ(CellOf("age", "-12").value, value::Value::Int(-12));
  EXPECT_EQ(CellOf("age", "1000000000000000").value, value::Value::Int(1000000000000000));
  EXPECT_EQ(CellOf("dose", "0.1").value, value::Value::Decimal(100));
  EXPECT_EQ(CellOf("dose", "-2.125").value, value::Value::Decimal(-2125));
  EXPECT_EQ(CellOf("dose", "7").value, value::Value::Decimal(7000));
  EXPECT_EQ(CellOf("dose", "999999999999999.999").value, value::Value::Decimal(999999999999999999));
  EXPECT_EQ(CellOf("note", R"("\u00e6\n")").value, value::Value::Text("æ\n"));
  EXPECT_EQ(CellOf("wait", R"("36 hours")").value, value::Value::Duration(36 * 60));
  EXPECT_EQ(CellOf("wait", R"("1 week")").value, value::Value::Duration(7 * 24 * 60));
  EXPECT_EQ(CellOf("months", R"("2 years")").value, value::Value::Months(24));
}

TEST(Facts, ReadsDatesThatAreKnownInPart) {
  EXPECT_EQ(CellOf("day", R"("2025-02-28")").value.kind, value::Kind::kDate);
  const Cell month = CellOf("day", R"("2024-02")");
  EXPECT_EQ(month.state, CellState::kRange);
  EXPECT_EQ(month.last - month.first, 28);
  const Cell span = CellOf("day", R"("2024-06/2024-09")");
  EXPECT_EQ(calendar::Format(calendar::Date{span.last}), "2024-09-30");
  EXPECT_EQ(CellOf("day", R"("../2023")").first, calendar::kFirstDate.days);
  EXPECT_EQ(CellOf("moment", R"("2025-03-01T10:00")").value.kind, value::Kind::kDatetime);
  const Cell day = CellOf("moment", R"("2025-03-01")");
  EXPECT_EQ(day.state, CellState::kRange);
  EXPECT_EQ(day.last - day.first, 24 * 60 - 1);
}

TEST(Facts, ReadsSymbolsByNameByPathAndInPart) {
  EXPECT_EQ(CellOf("place", R"("inpatient")").value, value::Value::Symbol(0));
  EXPECT_EQ(CellOf("place", R"("hospital.day")").value, value::Value::Symbol(1));
  EXPECT_EQ(CellOf("place", R"("hospital")").state, CellState::kSymbols);
  EXPECT_EQ(CellOf("place", R"("none")").value, value::Value::None());
}

TEST(Facts, ReadsListsAndRecords) {
  const Cell stays = CellOf("stays", R"([{"country": "DE", "admitted": null}, {}])");
  EXPECT_EQ(stays.state, CellState::kList);
  EXPECT_FALSE(stays.open);
  ASSERT_EQ(stays.children.size(), 2u);
  EXPECT_EQ(stays.children[0].children[0].value, value::Value::Symbol(1));
  EXPECT_EQ(stays.children[0].children[1].state, CellState::kNull);
  EXPECT_EQ(stays.children[1].children[0].state, CellState::kAbsent);
  const Cell open = CellOf("stays", R"({"known": [{"country": "DK"}], "open": true})");
  EXPECT_TRUE(open.open);
  EXPECT_EQ(open.children.size(), 1u);
  EXPECT_EQ(CellOf("last_stay", R"({"country": "DK"})").state, CellState::kRecord);
  EXPECT_EQ(CellOf("days", R"(["2025-01", "2025-01-02"])").children.size(), 2u);
}

TEST(Facts, RefusesWrongTypes) {
  for (const auto& [fact, json] : std::multimap<std::string, std::string>{{"flag", R"("yes")"},
                                                                          {"flag", "1"},
                                                                          {"age", "1.0"},
                                                                          {"age", "1e3"},
                                                                          {"age", R"("5")"},
                                                                          {"dose", "1e3"},
                                                                          {"note", "5"},
                                                                          {"day", "20250301"},
                                                                          {"day", R"("1/3/2025")"},
                                                                          {"day", R"("2025-3-1")"},
                                                                          {"day", R"("2025-03-01T10:00")"},
                                                                          {"moment", R"("2025-03-01T10:00:00Z")"},
                                                                          {"moment", R"("2025-03-01 10:00")"},
                                                                          {"wait", R"("6 months")"},
                                                                          {"wait", R"("hours")"},
                                                                          {"wait", "36"},
                                                                          {"months", R"("36 hours")"},
                                                                          {"place", "true"},
                                                                          {"stays", "5"},
                                                                          {"stays", "[5]"},
                                                                          {"last_stay", "[]"},
                                                                          {"stays", "{}"},
                                                                          {"days", R"([{"a": 1}])"},
                                                                          {"day", R"("../..")"},
                                                                          {"wait", R"("36 hourss")"}}) {
    EXPECT_EQ(MistakeOf(fact, json), "E0512") << fact << " " << json;
  }
}

TEST(Facts, RefusesDatesThatDoNotExist) {
  for (const char* json :
       {R"("2025-02-29")", R"("2025-13")", R"("2025-06-31")", R"("2024-09/2024-06")", R"("2025-00-10")"}) {
    EXPECT_EQ(MistakeOf("day", json), "E0513") << json;
    EXPECT_EQ(MistakeOf("moment", json), "E0513") << json;
  }
  EXPECT_EQ(MistakeOf("moment", R"("2025-03-01T24:00")"), "E0513");
}

TEST(Facts, RefusesWhatIsOutOfRange) {
  EXPECT_EQ(MistakeOf("day", R"("1900-12-31")"), "E0514");
  EXPECT_EQ(MistakeOf("day", R"("2100")"), "E0514");
  EXPECT_EQ(MistakeOf("age", "1000000000000001"), "E0514");
  EXPECT_EQ(MistakeOf("age", std::string(5000, '9')), "E0514");
  EXPECT_EQ(MistakeOf("dose", "0.1234"), "E0514");
  EXPECT_EQ(MistakeOf("dose", "1000000000000000.001"), "E0514");
  EXPECT_EQ(MistakeOf("wait", R"("999999999999999999999 hours")"), "E0514");
}

TEST(Facts, NamesTheNearest) {
  const Reading run =
      Read(R"({"as_of": "2025-03-01",)"
           R"("facts": {"flagg": true, "stays": [{"contry": "DE"}, {"country": "DF", "length": "1 day"}]},)"
           R"("settting": "home"})");
  EXPECT_FALSE(run.subject);
  EXPECT_EQ(run.codes, "E0508 E0509 E0515 E0516 E0507");
  EXPECT_EQ(
      run.messages,
      "\"flagg\": `facts.flagg`: the policy `xx.small` has no such fact (did you mean `flag`?)\n"
      "\"contry\": `facts.stays[1].contry`: a `Stay` has no such field (did you mean `country`?)\n"
      "\"DF\": `facts.stays[2].country` is `DF`, and `Country` has no such symbol (it has `DK` and `DE`)\n"
      "\"length\": `facts.stays[2].length` is given, and the policy derives it from the other fields (leave it out)\n"
      "\"settting\": `settting` is no key of a facts document (did you mean `setting`?)\n");
}

TEST(Facts, RefusesUnknownSettingsFromDocumentAndCommandLine) {
  EXPECT_EQ(Read(R"({"as_of": "2025-03-01", "setting": "hospitl"})").codes, "E0517");
  Overrides overrides;
  overrides.setting = "ship";
  EXPECT_EQ(Read(R"({"as_of": "2025-03-01"})", overrides).codes, "E0517");
  EXPECT_EQ(Read(R"({"as_of": "2025-03-01", "facts": {"setting": "home"}})").codes, "E0508");
}

TEST(Facts, RefusesKeysGivenTwice) {
  EXPECT_EQ(Read(R"({"as_of": "2025-03-01", "facts": {"flag": true, "flag": false}})").codes, "E0511");
  EXPECT_EQ(Read(R"({"as_of": "2025-03-01", "as_of": "2025-03-01"})").codes, "E0511");
}

TEST(Facts, RefusesWhatIsNoJson) {
  const std::map<std::string, std::string> cases = {
      {"", "E0503"},
      {" \n", "E0503"},
      {"\xef\xbb\xbf", "E0503"},
      {"[]", "E0506"},
      {"5", "E0506"},
      {"\"facts\"", "E0506"},
      {"hello", "E0504"},
      {"{", "E0504"},
      {"{\"facts\"", "E0504"},
      {"{\"facts\": }", "E0504"},
      {"{\"facts\": {}", "E0504"},
      {"{\"facts\": {}}}", "E0504"},
      {"{\"facts\": {}} extra", "E0504"},
      {"{\"facts\": {\"flag\": yes}}", "E0504"},
      {"{\"facts\": {\"flag\": true,}}", "E0504"},
      {"{\"facts\": {\"age\": 007}}", "E0504"},
      {"{\"facts\": {\"age\": 1.}}", "E0504"},
      {"{\"facts\": {\"age\": 1 2}}", "E0504"},
      {"{\"facts\": {\"note\": \"open}}", "E0504"},
      {"{\"facts\": {\"note\": \"\\q\"}}", "E0504"},
      {"{'facts': {}}", "E0504"},
      {"{\"facts\": {} // none\n}", "E0504"},
      {"{\"facts\": {\"note\": \"\xff\"}}", "E0502"},
  };
  for (const auto& [text, code] : cases) {
    const Reading run = Read(text);
    EXPECT_EQ(run.codes.substr(0, 5), code) << text << "\n" << run.messages;
    EXPECT_FALSE(run.subject);
  }
}

TEST(Facts, PointsAtTheFirstThingThatIsNoJson) {
  EXPECT_EQ(Read("{\"facts\": {\"flag\": yes}}").messages, "yes: `yes` cannot stand here in JSON (write `true`)\n");
  EXPECT_EQ(Read("{\"facts\": {\"flag\": true,}}").messages,
            "}: `}` cannot stand here in JSON (leave out the comma before it)\n");
  EXPECT_EQ(Read("{'facts': {}}").messages,
            "': `'` cannot stand here in JSON (names and texts stand in double quotes, `\"…\"`)\n");
}

TEST(Facts, RefusesDeepNestingAndLargeDocuments) {
  EXPECT_EQ(Read(std::string(20000, '[')).codes.size(), 5u);
  EXPECT_EQ(Read(std::string(20000, '[') + std::string(20000, ']')).codes, "E0505");
  std::string deep;
  for (int i = 0; i < 20000; ++i) deep += "{\"a\":";
  EXPECT_EQ(Read(deep + "1" + std::string(20000, '}')).codes, "E0505");
  EXPECT_EQ(Read(std::string(5 << 20, ' ')).codes, "E0501");
}

// Documents damaged at random are refused with a mistake or read; nothing else happens.
TEST(Facts, SurvivesDamage) {
  constexpr unsigned kSeed = 20180904;
  const std::string whole =
      R"({"subject": "p\u00e61", "as_of": "2025-03-01T08:30", "setting": "hospital.inpatient", "facts": {"flag": true,)"
      R"("age": -12, "dose": 1.25, "day": "2024-06/2024-09", )"
      R"("stays": {"known": [{"country": "DE", "admitted": null}, {}],)"
      R"("open": true}, "wait": "36 hours", "last_stay": {"country": "DK"}, "days": ["2025", null]}})";
  const std::string bytes = "{}[]\",:\\09e.-+ntf u\n\xc3\xa6'#/";
  std::mt19937 random(kSeed);
  ASSERT_TRUE(Read(whole).subject);
  for (int i = 0; i < 3000; ++i) {
    std::string text = whole;
    for (unsigned long edits = 1 + random() % 3; edits > 0; --edits) {
      const std::size_t at = random() % text.size();
      const unsigned long kind = random() % 4;
      if (kind == 0) text[at] = bytes[random() % bytes.size()];
      if (kind == 1) text.erase(at, random() % 6);
      if (kind == 2) text.insert(at, text.substr(random() % text.size(), random() % 40));
      if (kind == 3) text.insert(at, 1, bytes[random() % bytes.size()]);
      if (text.empty()) text = "{";
    }
    const Reading run = Read(text);
    EXPECT_EQ(run.subject.has_value(), run.codes.empty()) << "seed " << kSeed << ": " << text;
  }
}

TEST(Facts, FindsTheDateBeforeThePolicyIsKnown) {
  diagnostics::Sources sources;
  const auto found = FindAsOf(sources, sources.Add("a.json", R"({"facts": {"anything": 1}, "as_of": "2025-03-01"})"));
  ASSERT_TRUE(found);
  EXPECT_EQ(calendar::Format(found->date), "2025-03-01");
  EXPECT_FALSE(FindAsOf(sources, sources.Add("b.json", "not json")));
}

TEST(Facts, BuildsSubjectsFromSetups) {
  const model::Policy policy = SmallPolicy();
  model::Setup setup;
  model::GivenValue country;
  country.kind = model::GivenKind::kSymbols;
  country.end_leaf = 2;
  model::GivenValue stay;
  stay.kind = model::GivenKind::kRecord;
  stay.fields.push_back({model::FieldId(std::size_t{0}), {country}});
  model::GivenValue stays;
  stays.kind = model::GivenKind::kList;
  stays.open = true;
  stays.elements.push_back(stay);
  model::GivenValue sought;
  sought.kind = model::GivenKind::kNull;
  setup.given.push_back({model::FactId(std::size_t{11}), stays});
  setup.given.push_back({model::FactId(std::size_t{1}), sought});
  setup.given.push_back({model::FactId(std::size_t{1}), model::GivenValue{}});
  const Subject subject = FromSetup(policy, setup, *ParseMoment("2025-03-01"));
  EXPECT_EQ(subject.facts[1].state, CellState::kAbsent);
  EXPECT_TRUE(subject.facts[11].open);
  EXPECT_EQ(subject.facts[11].children[0].children[0].state, CellState::kSymbols);
  EXPECT_EQ(subject.facts[11].children[0].children[1].state, CellState::kAbsent);
}

}  // namespace
}  // namespace cordon::facts
