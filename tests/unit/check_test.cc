// Check against tables of policies: each mistake with its code and place, each piece of sugar with what it becomes.
//
// A place is marked in the text itself: ⟦E0201:name⟧ says that E0201 is reported, and that its span begins at `name`.
// The text is one file of a policy, the vocabulary below another; what is reported in the vocabulary does not count.
#include "check/check.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "check/stdlib.h"
#include "model/print.h"
#include "model/verify.h"
#include "syntax/parse.h"

namespace cordon::check {
namespace {

constexpr const char* kVocabulary = R"(policy t.vocabulary version 2025-01-01
  title en "A vocabulary" da "Et ordforråd"
  source guide "Guide 7"

subject ward
category Setting = hospital (inpatient, outpatient), home (flat, house)
category Kind = wide (narrow, other (deep, deeper)), plain
category Colour = red, blue
category Twice = left (same), right (same)
scale Level = low < middle < high
set wides : Kind = { wide }
  interpretation S1 "Wide is wide."
role nurse  en "nurse"
role doctor en "doctor"
event admission en "admission"
record Stay
  kind       : Kind
  admitted   : datetime
  discharged : datetime
  ended      : date or none
  calm       : bool
  length     = discharged - admitted
param look_back = 6 months
  interpretation P1 "Six months."
param some_hours = 36 hours
param two = 2
fact sure      : bool recorded
fact number    : int recorded
fact weight    : decimal recorded
fact note      : text recorded
fact day       : date recorded
fact moment    : datetime recorded
fact span      : duration recorded
fact maybe     : date or none recorded
fact kind      : Kind recorded
fact colour    : Colour recorded
fact same_one  : Twice recorded
fact level     : Level recorded
fact stays     : list of Stay recorded
fact days      : list of date recorded
fact last_stay : Stay recorded
fact asked     : bool ask en "Really?" assume no unless asked because "5"
fact decided   : bool recorded
fact closed of ward : bool recorded
group questions = asked, sure
action ask(what: Group) text en "Ask {what}"
action paint(in_colour: Colour, times: int) text en "Paint"
action rest text en "Rest"
)";

struct Checked {
  diagnostics::Sources sources;
  diagnostics::Sink sink;
  diagnostics::SourceId text;
  std::optional<model::Policy> policy;
};

void CheckTexts(Checked& checked, const std::vector<std::string>& files, const std::vector<std::string>& libraries) {
  Unit unit;
  for (const std::string& file : files) {
    checked.text = checked.sources.Add("text", file);
    unit.files.push_back(syntax::Parse(checked.sources, checked.text, checked.sink));
  }
  for (const std::string& library : libraries) {
    const diagnostics::SourceId id = checked.sources.Add("library", library);
    unit.libraries.push_back(syntax::Parse(checked.sources, id, checked.sink));
  }
  unit.digest = "sha256:0";
  checked.policy = Check(checked.sources, unit, checked.sink);
}

// What is expected or reported: a code, and the line and column where its span begins.
std::string At(const std::string& code, diagnostics::Place place) {
  return code + " " + std::to_string(place.line) + ":" + std::to_string(place.column);
}

struct Marked {
  std::string text;
  std::vector<std::string> expected;
};

Marked ReadMarks(const std::string& text) {
  const std::string open = "⟦";
  const std::string close = "⟧";
  Marked marked;
  std::vector<std::pair<std::string, std::size_t>> found;
  std::size_t at = 0;
  while (at < text.size()) {
    if (text.compare(at, open.size(), open) == 0) {
      const std::size_t colon = text.find(':', at);
      found.emplace_back(text.substr(at + open.size(), colon - at - open.size()), marked.text.size());
      at = colon + 1;
    } else if (text.compare(at, close.size(), close) == 0) {
      at += close.size();
    } else {
      marked.text += text[at++];
    }
  }
  diagnostics::Sources sources;
  const diagnostics::SourceId id = sources.Add("text", marked.text);
  for (const auto& [code, offset] : found) {
    marked.expected.push_back(At(code, sources.place(id, static_cast<std::uint32_t>(offset))));
  }
  std::sort(marked.expected.begin(), marked.expected.end());
  return marked;
}

std::vector<std::string> Reported(const Checked& checked) {
  std::vector<std::string> reported;
  for (const diagnostics::Diagnostic& diagnostic : checked.sink.diagnostics()) {
    if (diagnostic.span.source != checked.text) continue;
    const diagnostics::Place place = checked.sources.place(checked.text, diagnostic.span.begin);
    reported.push_back(At(std::string(diagnostics::CodeText(diagnostic.code)), place));
  }
  std::sort(reported.begin(), reported.end());
  return reported;
}

std::string MessagesOf(const Checked& checked) {
  std::string text;
  for (const diagnostics::Diagnostic& diagnostic : checked.sink.diagnostics()) {
    text += diagnostic.message + " / " + diagnostic.help + "\n";
  }
  return text;
}

struct Case {
  const char* claim;
  const char* text;
};

// A rule of its own protocol around a condition.
std::string RuleWhen(const std::string& condition) {
  return "protocol p about patient in hospital\n"
         "  output out : bool strictest default no cite guide \"1\"\n"
         "  output grade : Level strictest\n"
         "  output shade : Colour unique\n"
         "  rule r cite guide \"2\"\n"
         "    when " + condition + "\n"
         "    then out = no\n"
         "protocol q\n"
         "  output other : bool strictest\n"
         "  output tint : Kind unique\n"
         "  output step : Level strictest\n";
}

// ---- mistakes in a condition

const Case kConditions[] = {
    {"a name that nothing declares", "⟦E0201:sur⟧"},
    {"a symbol without anything to compare it with", "⟦E0201:plain⟧"},
    {"a set used as a value", "⟦E0201:wides⟧"},
    {"an output that the other protocol does not have", "q.⟦E0201:othr⟧"},
    {"a protocol used as a value", "⟦E0201:q⟧"},
    {"a set that nothing declares", "kind in ⟦E0201:widesd⟧"},
    {"a symbol after `in`", "kind in ⟦E0201:wide⟧"},
    {"a symbol that the category lacks", "kind is ⟦E0203:plan⟧"},
    {"a symbol of another category", "kind = ⟦E0203:red⟧"},
    {"a symbol of another category, turned about", "⟦E0203:red⟧ = kind"},
    {"a symbol of another category in a set", "kind in { plain, ⟦E0203:red⟧ }"},
    {"an output's symbol that the category lacks", "q.tint is ⟦E0203:red⟧"},
    {"a field that the record lacks", "some s in stays has (s.⟦E0204:clam⟧)"},
    {"a symbol that stands in two places", "same_one is ⟦E0208:same⟧"},
    {"a name that is a fact and a symbol of its type",
     "some s in stays has (s.kind = plain and sure)"},
    {"a variable with a fact's name", "some ⟦E0212:day⟧ in stays has (day.calm)"},
    {"a variable with another variable's name", "some s in stays has (some ⟦E0212:s⟧ in stays has (s.calm))"},
    {"a set of another category", "colour in ⟦E0301:wides⟧"},
    {"`is` of something that is no symbol", "⟦E0301:day is red⟧"},
    {"yes compared with a text", "⟦E0301:sure = \"yes\"⟧"},
    {"an int compared with a decimal", "⟦E0301:number < weight⟧"},
    {"two categories compared", "⟦E0301:kind = colour⟧"},
    {"a list compared", "⟦E0301:stays = stays⟧"},
    {"`is none` of what never is", "⟦E0301:day is none⟧"},
    {"texts added", "⟦E0301:note + note⟧ = note"},
    {"branches of two types", "number = (⟦E0301:number when sure, otherwise day⟧)"},
    {"a date and a time subtracted", "⟦E0301:moment - day⟧ > 3 hours"},
    {"an output's value of another type", "out = ⟦E0301:3⟧"},
    {"a time phrase of a number", "⟦E0301:number⟧ within the last 6 months"},
    {"a date as a condition", "⟦E0302:day⟧"},
    {"a list as a condition", "sure and ⟦E0302:stays⟧"},
    {"a category as a condition", "not ⟦E0302:kind⟧"},
    {"a quantifier over no list", "some s in ⟦E0303:day⟧ has (sure)"},
    {"a count of no list", "count(⟦E0303:day⟧) >= 2"},
    {"emptiness of no list", "⟦E0303:sure⟧ is empty"},
    {"a field of a date", "day.⟦E0304:length⟧ > 3 days"},
    {"a field of a list", "stays.⟦E0304:calm⟧"},
    {"`where` over elements without fields", "⟦E0304:days where (sure)⟧ is empty"},
    {"a date compared with a length", "⟦E0305:day > 3 days⟧"},
    {"a date compared with months", "⟦E0305:day < 6 months⟧"},
    {"a length in a time phrase", "⟦E0305:span⟧ within the last 3 days"},
    {"a date as a length", "day within ⟦E0305:moment⟧ before today"},
    {"a length compared with months", "some s in stays has (⟦E0306:s.length > look_back⟧)"},
    {"a length that is no constant", "day within ⟦E0307:span⟧ before today"},
    {"a date moved by a fact", "day < ⟦E0307:today - span⟧"},
    {"an output compared with a fact", "out = ⟦E0307:sure⟧"},
    {"a value that may be none", "⟦E0308:maybe⟧ < today"},
    {"a value that may be none, asked too late", "⟦E0308:maybe⟧ < today and maybe is not none"},
    {"a value that may be none, under the wrong guard", "maybe is not none or ⟦E0308:maybe⟧ < today"},
    {"an order of symbols", "⟦E0309:kind > plain⟧"},
    {"an order of texts", "⟦E0309:note > \"a\"⟧"},
    {"an order of yes and no", "⟦E0309:sure < asked⟧"},
    {"an order of an output without one", "⟦E0309:shade is at least red⟧"},
    {"a judgement of a fact", "⟦E0310:sure is judgement⟧"},
    {"`is at least` of a fact", "⟦E0310:level is at least middle⟧"},
    {"an output used as a value", "⟦E0311:grade⟧"},
    {"an output compared by order", "⟦E0311:grade > low⟧"},
    {"`is known` of an output", "⟦E0312:out is known⟧"},
    {"`is known` of a derived field", "some s in stays has (⟦E0312:s.length is known⟧)"},
    {"a count alone", "⟦E0314:count(stays)⟧"},
    {"a count against a date", "count(stays) > ⟦E0314:2025-01-01⟧"},
    {"a value that stands for several", "number = 1 and (kind = (plain when sure, otherwise ⟦E0315:wide⟧))"},
    {"a setting that is none", "setting is ⟦E0203:hospitl⟧"},
    {"two mistakes at once", "⟦E0201:sur⟧ and ⟦E0302:day⟧"},
    {"no followers of an unknown name", "⟦E0201:nobody⟧ > 3 days and some x in ⟦E0201:nowhere⟧ has (x.y = z)"},
};

// ---- mistakes elsewhere: the whole text

const Case kTexts[] = {
    {"an unknown type", "fact f : ⟦E0202:Knid⟧ recorded\n"},
    {"a set of no category", "set s : ⟦E0202:Stay⟧ = { wide }\n"},
    {"an unknown role", "fact f : bool recorded confidential to ⟦E0205:nurs⟧\n"},
    {"an unknown subject", "fact f of ⟦E0205:patent⟧ : bool recorded\n"},
    {"an unknown subject of a protocol", "protocol p about ⟦E0205:finding⟧\n"},
    {"an unknown event", "protocol p\n  rule r cite guide \"1\" then nurse must rest at ⟦E0205:admision⟧\n"},
    {"an unknown action", "protocol p\n  rule r cite guide \"1\" then nurse must ⟦E0205:rset⟧\n"},
    {"an unknown example", "protocol p\n  output o : bool strictest\n  test \"x\" like ⟦E0205:nothing⟧ expect o = yes\n"},
    {"an unknown source", "fact f : bool recorded cite ⟦E0206:guid⟧ \"1\"\n"},
    {"a fact declared twice", "fact ⟦E0207:day⟧ : date recorded\n"},
    {"a definition with a fact's name", "define ⟦E0207:number⟧ = sure\n"},
    {"an output with a fact's name", "protocol p\n  output ⟦E0207:day⟧ : bool strictest\n"},
    {"a type declared twice", "scale ⟦E0207:Kind⟧ = a < b\n"},
    {"a symbol twice in one place", "category C = a, b, ⟦E0207:a⟧\n"},
    {"a field twice", "record R\n  f : bool\n  ⟦E0207:f⟧ : date\n"},
    {"a fact with the setting's name", "fact ⟦E0207:setting⟧ : bool recorded\n"},
    {"a rule twice",
     "protocol p\n  rule r cite guide \"1\" then nurse must rest\n  rule ⟦E0207:r⟧ cite guide \"1\" then nurse may rest\n"},
    {"a fact given twice",
     "protocol p\n  output o : bool strictest\n  test \"x\" given sure = yes, ⟦E0207:sure⟧ = no expect o is unknown\n"},
    {"a name in braces that is no parameter", "fact f : bool ask ⟦E0209:en \"In {look_bak}?\"⟧\n"},
    {"an unknown target of `overrides`",
     "protocol p\n  rule r overrides ⟦E0210:nobody⟧ cite guide \"1\" then nurse must rest\n"},
    {"an unknown row as a reason",
     "protocol p\n  output o : bool strictest\n  test \"x\" expect o = yes because ⟦E0210:t.1⟧\n"},
    {"an unknown library", "use ⟦E0211:std.contries⟧\n"},
    {"an ambiguous name", "fact plain : Kind recorded\ndefine d = kind = ⟦E0208:plain⟧\n"},
    {"a param that is no literal", "param p = ⟦E0307:today⟧\n"},
    {"an assumed value of another type", "fact f : date recorded assume ⟦E0313:3⟧ because \"x\"\n"},
    {"a given value of another type",
     "protocol p\n  output o : bool strictest\n  test \"x\" given day = ⟦E0313:yes⟧ expect o is unknown\n"},
    {"a given derived field",
     "protocol p\n  output o : bool strictest\n"
     "  test \"x\" given stays = [ { ⟦E0313:length⟧: 3 hours } ] expect o is unknown\n"},
    {"a decision in a condition",
     "protocol p\n  output o : bool strictest\n  rule r cite guide \"1\" when ⟦E0316:decided⟧\n"
     "    then o = judgement by nurse decided in decided\n"},
    {"an argument too few", "protocol p\n  rule r cite guide \"1\" then nurse must ⟦E0317:paint⟧(red)\n"},
    {"an argument of another type", "protocol p\n  rule r cite guide \"1\" then nurse must paint(red, ⟦E0317:yes⟧)\n"},
    {"an argument that is no group", "protocol p\n  rule r cite guide \"1\" then nurse must ask(⟦E0317:3⟧)\n"},
    {"`empty` in a condition", "define d = days = ⟦E0318:empty⟧\n"},
    {"a second header", "policy ⟦E0402:t.other⟧ version 2025-01-01\n"},
    {"a library's header in a policy", "⟦E0402:library t.other⟧\n"},
    {"definitions in a circle", "define a = b\ndefine b = not c\ndefine c = ⟦E0403:a⟧ and sure\n"},
    {"outputs in a circle",
     "protocol p\n  output ⟦E0403:a⟧ : bool strictest\n  output b : bool strictest\n"
     "  rule r cite guide \"1\" when b then a = yes\n  rule s cite guide \"1\" when d then b = yes\n  define d = a\n"},
    {"a derived field in a circle", "record R\n  a = b\n  b = ⟦E0403:a⟧ and c\n  c : bool\n"},
    {"examples in a circle",
     "protocol p\n  example a like ⟦E0403:b⟧\n    given sure = yes\n  example b like a\n    given sure = no\n"},
    {"rules that override one another",
     "protocol p\n  rule ⟦E0404:a⟧ overrides b cite guide \"1\" then nurse must rest\n"
     "  rule b overrides a cite guide \"1\" then nurse may rest\n"},
    {"a cell too many",
     "protocol p\n  output o : bool strictest\n  table t cite guide \"1\"\n"
     "    | row | sure || o |\n    | ⟦E0405:1⟧ | yes | no || yes |\n"},
    {"two rows of one name",
     "protocol p\n  output o : bool strictest\n  table t cite guide \"1\"\n"
     "    | row | sure || o |\n    | 1 | yes || yes |\n    | ⟦E0406:1⟧ | no || no |\n"},
    {"an output that the protocol lacks", "protocol p\n  rule r cite guide \"1\" then ⟦E0407:o⟧ = yes\n"},
    {"a column of no output",
     "protocol p\n  output o : bool strictest\n  table t cite guide \"1\"\n"
     "    | row | sure || o | ⟦E0407:oo⟧ |\n    | 1 | yes || yes | no |\n"},
    {"a conclusion of another type",
     "protocol p\n  output o : bool strictest\n  rule r cite guide \"1\" then o = ⟦E0408:3⟧\n"},
    {"a value under an action",
     "protocol p\n  table t cite guide \"1\"\n    | row | sure || nurse: rest |\n    | 1 | yes || ⟦E0408:yes⟧ |\n"},
    {"a silent row",
     "protocol p\n  output o : bool strictest\n  table t cite guide \"1\"\n"
     "    | row | sure || o |\n    | ⟦E0409:1⟧ | yes || silent |\n"},
    {"`otherwise` in the first row",
     "protocol p\n  output o : bool strictest\n  table t cite guide \"1\"\n"
     "    | row | sure || o |\n    | 1 | ⟦E0410:otherwise⟧ || yes |\n"},
    {"`otherwise` in some cells",
     "protocol p\n  output o : bool strictest\n  table t cite guide \"1\"\n    | row | sure | asked || o |\n"
     "    | 1 | yes | yes || yes |\n    | 2 | yes | ⟦E0410:otherwise⟧ || no |\n"},
    {"a conclusion about the element",
     "protocol p\n  output o : bool strictest\n"
     "  rule r for each s in stays cite guide \"1\" when s.calm then o = ⟦E0411:s.calm⟧\n"},
    {"two conclusions on one output",
     "protocol p\n  output o : bool strictest\n  rule r cite guide \"1\" then o = yes also ⟦E0412:o = no⟧\n"},
    {"asking that depends on the answer",
     "define d = asked\nprotocol p\n  rule r cite guide \"1\" when d then ⟦E0413:nurse must ask(questions)⟧\n"},
    {"a strictest output without an order", "protocol p\n  output ⟦E0414:o⟧ : Colour strictest\n"},
    {"a decision of another type",
     "protocol p\n  output o : Level strictest\n"
     "  rule r cite guide \"1\" then o = judgement by nurse decided in ⟦E0415:decided⟧\n"},
    {"a decision that is asked for",
     "fact ⟦E0416:f⟧ : bool ask en \"Well?\"\nprotocol p\n  output o : bool strictest\n"
     "  rule r cite guide \"1\" then o = judgement by nurse decided in f\n"},
    {"a field that is a list", "record R\n  f : ⟦E0417:list of date⟧\n"},
    {"an output that is a list", "protocol p\n  output o : ⟦E0417:list of date⟧ unique\n"},
    {"a list that may be none", "fact f : ⟦E0417:list of date or none⟧ recorded\n"},
    {"a record that reads a fact", "record R\n  a : bool\n  require a or ⟦E0418:sure⟧\n"},
    {"a fact of another subject", "protocol p\n  rule ⟦E0419:r⟧ cite guide \"1\" when closed then nurse must rest\n"},
    {"an output with a duty that is not yes or no",
     "protocol p\n  output o : Level strictest means ⟦E0423:nurse must rest⟧\n"},
    {"two tests of one name",
     "protocol p\n  output o : bool strictest\n  test \"x\" expect o is unknown\n  test ⟦E0424:\"x\"⟧ expect o = yes\n"},
    {"a column of cases that is no fact",
     "protocol p\n  output o : bool strictest\n  cases c\n    | case | ⟦E0425:sur⟧ || o |\n    | 1 | yes || yes |\n"},
    {"a column of cases that is a derived field",
     "protocol p\n  output o : bool strictest\n  cases c for one s in stays\n"
     "    | case | ⟦E0425:s.length⟧ || o |\n    | 1 | unknown || yes |\n"},
    {"a part of a fact given",
     "protocol p\n  output o : bool strictest\n  test \"x\" given ⟦E0426:last_stay.calm⟧ = yes expect o = yes\n"},
    {"a due date that never comes",
     "protocol p\n  rule r cite guide \"1\" then nurse must rest due by ⟦E0427:today + 3 days⟧\n"},
    {"a rule without a citation", "protocol p\n  rule ⟦W0601:r⟧ when sure then nurse must rest\n"},
    {"a row without a citation",
     "protocol p\n  output o : bool strictest\n  table t\n    | row | sure || o |\n    | ⟦W0601:1⟧ | yes || yes |\n"},
    {"a fact that nothing reads", "fact ⟦W0602:f⟧ : bool recorded\n"},
    {"a definition that nothing uses", "define ⟦W0603:d⟧ = sure\n"},
    {"two steps of months",
     "protocol p\n  rule r cite guide \"1\" when day > ⟦W0604:today - 1 month - 1 month⟧ then nurse must rest\n"},
    {"a step from the date that is tested",
     "protocol p\n  rule r cite guide \"1\" when ⟦W0605:day + 6 months >= today⟧ then nurse must rest\n"},
};

// Two files beside one another, or a library, without the vocabulary.
struct UnitCase {
  const char* claim;
  const char* text;
  const char* library;
  const char* code;
};
const UnitCase kUnits[] = {
    {"a policy without a header", "fact f : bool recorded\n", nullptr, "E0401"},
    {"a library without a header", "policy a version 1999-01-01\n", "category C = a\n", "E0401"},
    {"a protocol in a library", "policy a version 1999-01-01\n", "library l\nprotocol p\n", "E0420"},
    {"a setting without settings", "policy a version 1999-01-01\nprotocol p in hospital\n", nullptr, "E0421"},
};

std::set<std::string>& Provoked() {
  static std::set<std::string> codes;
  return codes;
}

void ExpectMarked(const Case& test, const std::string& text) {
  SCOPED_TRACE(test.claim);
  const Marked marked = ReadMarks(text);
  Checked checked;
  CheckTexts(checked, {kVocabulary, marked.text}, {});
  EXPECT_EQ(Reported(checked), marked.expected) << MessagesOf(checked);
  for (const diagnostics::Diagnostic& diagnostic : checked.sink.diagnostics()) {
    Provoked().insert(std::string(diagnostics::CodeText(diagnostic.code)));
  }
}

TEST(Check, ReportsEachMistakeAtItsPlace) {
  for (const Case& test : kConditions) ExpectMarked(test, RuleWhen(test.text));
  for (const Case& test : kTexts) ExpectMarked(test, test.text);
  for (const UnitCase& test : kUnits) {
    SCOPED_TRACE(test.claim);
    Checked checked;
    std::vector<std::string> libraries;
    if (test.library != nullptr) libraries.emplace_back(test.library);
    CheckTexts(checked, {test.text}, libraries);
    ASSERT_EQ(checked.sink.diagnostics().size(), 1U) << MessagesOf(checked);
    EXPECT_EQ(diagnostics::CodeText(checked.sink.diagnostics()[0].code), test.code);
    Provoked().insert(test.code);
  }
}

// A chain of definitions far longer than any policy's ends in one message and no crash, in whatever order it stands.
TEST(Check, RefusesDefinitionsThatBuildOnOneAnotherWithoutBound) {
  constexpr int kLength = 5000;
  std::string forwards;
  std::string backwards = "define d0 = sure\n";
  for (int i = kLength; i > 0; --i) {
    forwards += "define d" + std::to_string(i) + " = not d" + std::to_string(i - 1) + "\n";
    const int up = kLength + 1 - i;
    backwards += "define d" + std::to_string(up) + " = not d" + std::to_string(up - 1) + "\n";
  }
  forwards += "define d0 = sure\n";
  for (const std::string& text : {forwards, backwards}) {
    Checked checked;
    CheckTexts(checked, {kVocabulary, text}, {});
    ASSERT_EQ(checked.sink.num_errors(), 1U) << MessagesOf(checked);
    const std::string code(diagnostics::CodeText(checked.sink.diagnostics()[0].code));
    EXPECT_EQ(code, "E0422");
    Provoked().insert(code);
  }
}

TEST(Check, HasATestForEveryCode) {
  for (const diagnostics::Code code : diagnostics::AllCodes()) {
    const std::string text(diagnostics::CodeText(code));
    const std::string area = text.substr(0, 3);
    if (area != "E02" && area != "E03" && area != "E04" && area != "W06") continue;
    EXPECT_TRUE(Provoked().contains(text)) << text << ": " << diagnostics::CodeSummary(code);
  }
}

TEST(Check, NamesTheNearestKnownName) {
  const std::pair<const char*, const char*> tests[] = {{"sur", "did you mean `sure`?"},
                                                       {"kind is plan", "did you mean `plain`?"},
                                                       {"some s in stays has (s.clam)", "did you mean `calm`?"},
                                                       {"q.othr", "did you mean `other`?"},
                                                       {"kind in wids", "did you mean `wides`?"}};
  for (const auto& [condition, help] : tests) {
    Checked checked;
    CheckTexts(checked, {kVocabulary, RuleWhen(condition)}, {});
    ASSERT_EQ(checked.sink.num_errors(), 1U) << condition;
    EXPECT_EQ(checked.sink.diagnostics()[0].help, help);
  }
}

// ---- what sugar becomes

struct Sugar {
  const char* condition;
  const char* lowered;  // the rule's parts, each on a line
};

const Sugar kSugar[] = {
    {"sure", "sure"},
    {"sure = yes", "sure"},
    {"sure = no", "(not sure)"},
    {"sure and not asked", "sure\n(not asked)"},
    {"sure implies asked", "((not sure) or asked)"},
    {"number > 3", "(3 < number)"},
    {"number >= two", "(2 <= number)"},
    {"number in 1 .. 3", "((1 <= number) and (number <= 3))"},
    {"weight < 3", "(weight < 3)"},
    {"number != 3", "(not (number = 3))"},
    {"kind is wide", "(kind in { narrow, deep, deeper })"},
    {"kind is not wide", "(not (kind in { narrow, deep, deeper }))"},
    {"kind = wide.other", "(kind in { deep, deeper })"},
    {"kind != plain", "(not (kind in { plain }))"},
    {"plain = kind", "(kind in { plain })"},
    {"kind in wides", "(kind in { narrow, deep, deeper })"},
    {"kind not in { deep, plain }", "(not (kind in { deep, plain }))"},
    {"same_one is right.same", "(same_one in { same })"},
    {"setting is hospital.inpatient", "(setting in { inpatient })"},
    {"level > low", "(level in { middle, high })"},
    {"middle >= level", "(level in { low, middle })"},
    {"day within the last look_back", "(((today - 6 months) <= day) and (day <= today))"},
    {"moment less than some_hours before now", "(((now - 36 hours) < moment) and (moment <= now))"},
    {"day more than 7 days ago", "(day < (today - 1 week))"},
    {"day at least 1 month before moment", "(day <= (moment - 1 month))"},
    {"day + 3 days < today", "((day + 3 days) < today)"},
    {"moment - moment > 24 hours", "(24 hours < (moment - moment))"},
    {"moment < day", "(moment < day)"},
    {"some s in stays has (s.calm)", "(some x1 in stays has x1.calm)"},
    {"every s in stays has (s.calm)", "(not (some x1 in stays has (not x1.calm)))"},
    {"no s in stays has (s.length > 1 day)", "(not (some x1 in stays has (24 hours < x1.length)))"},
    {"some d in days has (d = today)", "(some x1 in days has (x1 = today))"},
    {"stays is empty", "(not (stays is not empty))"},
    {"(stays where (calm)) is not empty", "((x1 of stays where x1.calm) is not empty)"},
    {"count(stays where (kind is plain)) >= 2", "(count((x1 of stays where (x1.kind in { plain }))) >= 2)"},
    {"count(stays) > 2", "(count(stays) >= 3)"},
    {"count(stays) < 2", "(not (count(stays) >= 2))"},
    {"count(stays) = 1", "((count(stays) >= 1) and (not (count(stays) >= 2)))"},
    {"count(stays) = 0", "(not (count(stays) >= 1))"},
    {"count(stays) >= 0", "yes"},
    {"count(stays) < 0", "no"},
    {"2 <= count(stays)", "(count(stays) >= 2)"},
    {"count(stays) in 1 .. 2", "((count(stays) >= 1) and (not (count(stays) >= 3)))"},
    {"last_stay.calm", "last_stay.calm"},
    {"last_stay.calm is known", "(last_stay.calm is known)"},
    {"day is unknown", "(not (day is known))"},
    {"maybe is not none and maybe < today", "(not (maybe is none))\n(maybe < today)"},
    {"(maybe is none or maybe < today)", "((maybe is none) or (maybe < today))"},
    {"maybe is not none implies maybe < today", "((not (not (maybe is none))) or (maybe < today))"},
    {"some s in stays has (s.ended is not none and s.ended < today)",
     "(some x1 in stays has ((not (x1.ended is none)) and (x1.ended < today)))"},
    {"kind = (plain when sure, otherwise deep)", "(kind = (plain when sure, otherwise wide.other.deep))"},
    {"q.other", "(q.other is yes)"},
    {"q.other = no", "(q.other is no)"},
    {"q.tint is wide.other", "((q.tint is wide.other.deep) or (q.tint is wide.other.deeper))"},
    {"q.step is at least middle", "(q.step is at least middle)"},
    {"q.tint is not covered", "(q.tint is not covered)"},
    {"q.other is judgement", "(q.other is judgement)"},
};

TEST(Check, LowersSugar) {
  for (const Sugar& test : kSugar) {
    SCOPED_TRACE(test.condition);
    Checked checked;
    CheckTexts(checked, {kVocabulary, RuleWhen(test.condition)}, {});
    ASSERT_TRUE(checked.policy.has_value()) << MessagesOf(checked);
    EXPECT_EQ(model::Verify(*checked.policy), std::vector<std::string>());
    std::string lowered;
    for (const model::Part& part : checked.policy->rules[0].parts) {
      lowered += (lowered.empty() ? "" : "\n") + model::PrintExpr(*checked.policy, part.condition);
    }
    EXPECT_EQ(lowered, test.lowered);
  }
}

// ---- whole policies, by their dump

// The lines of the dump from the one that begins with `first`, up to the next line that is not deeper.
std::string DumpFrom(const model::Policy& policy, const std::string& first) {
  const std::string dump = model::Print(policy);
  std::size_t at = dump.find("\n" + first);
  if (at == std::string::npos) return "nothing";
  ++at;
  const std::size_t indent = first.find_first_not_of(' ');
  std::string lines;
  while (at < dump.size()) {
    const std::size_t end = dump.find('\n', at);
    const std::string line = dump.substr(at, end - at);
    if (!lines.empty() && line.find_first_not_of(' ') <= indent) break;
    lines += line.substr(indent) + "\n";
    at = end + 1;
  }
  return lines;
}

void ExpectDump(const char* text, const std::string& first, const std::string& expected) {
  Checked checked;
  CheckTexts(checked, {kVocabulary, text}, {});
  ASSERT_TRUE(checked.policy.has_value()) << MessagesOf(checked);
  EXPECT_EQ(DumpFrom(*checked.policy, first), expected);
}

TEST(Check, MakesEachRowARule) {
  const char* text = R"(protocol p
  output o : bool strictest
  table t first row wins in home cite guide "9.2, skema 2"
    interpretation T1 "Of the table."
    for each s in stays
    | row | s.length   | when    | s.kind    || o   | nurse: paint      |
    | 3a  | > 24 hours | s.calm  | in wides  || yes | silent            |
      interpretation R1 "Of the row."
    | 3b  | any        | any     | plain     || no  | must (red, 2)     |
    | 3c  | otherwise  | otherwise | otherwise || no | may (blue, two)  |
)";
  ExpectDump(text, "  row t.3a",
             "row t.3a\n"
             "  for each x1 in stays\n"
             "  cite \"Guide 7, 9.2, skema 2, 3a\"\n"
             "  interpretation R1\n"
             "  interpretation T1\n"
             "  interpretation S1\n"
             "  part `in home`\n    (setting in { flat, house })\n"
             "  part `s.length > 24 hours`\n    (24 hours < x1.length)\n"
             "  part `s.calm`\n    x1.calm\n"
             "  part `s.kind in wides`\n    (x1.kind in { narrow, deep, deeper })\n"
             "  then o = yes\n");
  ExpectDump(text, "  row t.3b",
             "row t.3b\n"
             "  for each x1 in stays\n"
             "  cite \"Guide 7, 9.2, skema 2, 3b\"\n"
             "  interpretation T1\n"
             "  part `in home`\n    (setting in { flat, house })\n"
             "  part `s.kind = plain`\n    (x1.kind in { plain })\n"
             "  part `no row above applies`\n"
             "    (not ((24 hours < x1.length) and x1.calm and (x1.kind in { narrow, deep, deeper })))\n"
             "  then o = no\n"
             "  then nurse must paint(red, 2)\n");
  ExpectDump(text, "  row t.3c",
             "row t.3c\n"
             "  for each x1 in stays\n"
             "  cite \"Guide 7, 9.2, skema 2, 3c\"\n"
             "  interpretation T1\n"
             "  part `in home`\n    (setting in { flat, house })\n"
             "  part `otherwise`\n"
             "    (not (((24 hours < x1.length) and x1.calm and (x1.kind in { narrow, deep, deeper })) or "
             "(x1.kind in { plain })))\n"
             "  then o = no\n"
             "  then nurse may paint(blue, 2)\n");
}

TEST(Check, KeepsPartsAsWritten) {
  ExpectDump(R"(protocol p about patient in home.flat, hospital
  output o : bool strictest default yes cite guide "0" means nurse should rest at admission
  rule r in home  for each s in stays  cite guide "1"
    quote da "ja"
    when s.calm
     and s.admitted   within
         the last look_back
    unless number > 3 and sure
    then o = judgement by nurse with doctor weighing questions decided in decided
    also doctor must not rest as far as possible before admission due by day to nurse
)",
             "protocol p",
             "protocol p about patient in hospital.inpatient, hospital.outpatient, home.flat\n"
             "  output o : bool strictest\n"
             "    default yes\n"
             "    cite \"Guide 7, 0\"\n"
             "    means nurse should rest at admission\n"
             "  rule r\n"
             "    for each x1 in stays\n"
             "    cite \"Guide 7, 1\"\n"
             "    interpretation P1\n"
             "    quote da \"ja\"\n"
             "    part `in home`\n      (setting in { flat, house })\n"
             "    part `s.calm`\n      x1.calm\n"
             "    part `s.admitted within the last look_back`\n"
             "      (((today - 6 months) <= x1.admitted) and (x1.admitted <= today))\n"
             "    part `unless number > 3 and sure`\n      (not ((3 < number) and sure))\n"
             "    then o = judgement by nurse with doctor weighing questions decided in decided\n"
             "    then doctor must not rest as far as possible before admission due by day to nurse\n");
}

TEST(Check, ResolvesOverrides) {
  const char* text = R"(protocol p
  output o : bool strictest
  table t cite guide "1"
    | row | sure || o   |
    | 1   | yes  || yes |
    | 2   | no   || no  |
  rule plain_rule cite guide "2" then o = yes
  rule of_duty cite guide "3" then nurse must rest
  rule all overrides every rule for o cite guide "4" then o = no
  rule one overrides every rule for o overrides all cite guide "5" then o = yes
  rule rows overrides t.1, of_duty cite guide "6" then o = yes
)";
  ExpectDump(text, "  rule all",
             "rule all\n  overrides t.1\n  overrides t.2\n  overrides plain_rule\n  overrides rows\n"
             "  cite \"Guide 7, 4\"\n  then o = no\n");
  ExpectDump(text, "  rule one",
             "rule one\n  overrides t.1\n  overrides t.2\n  overrides plain_rule\n  overrides all\n  overrides rows\n"
             "  cite \"Guide 7, 5\"\n  then o = yes\n");
  ExpectDump(text, "  rule rows",
             "rule rows\n  overrides t.1\n  overrides of_duty\n  cite \"Guide 7, 6\"\n  then o = yes\n");
}

TEST(Check, CompletesTests) {
  const char* text = R"(protocol p in home
  output o : bool strictest
  rule r cite guide "1" then o = yes
  example base
    today 2025-03-01
    given sure = yes, stays = [], day = 2019-09
  example more like base
    given sure = unknown, kind = wide, moment = 2024-02-29
  test "one" like more
    given setting = hospital.inpatient, stays = at least [ { calm: yes, ended: none, admitted: 2024 } ], number = not asked
    expect o = yes because r, o is provisionally no needs sure, stays[1].calm
  cases c like base for one s in stays
    | case | today      | s.kind | s.calm  | sure || o              |
    | a    | 2025-04-01 | deep   | unknown | no   || unknown        |
    | b    | 2025-04-02 | wide   | yes     | yes  || provisionally no |
)";
  ExpectDump(text, "test \"one\"",
             "test \"one\" of p\n"
             "  today 2025-03-01\n"
             "  given sure = unknown\n"
             "  given stays = at least [{ calm: yes, ended: none, admitted: 2024-01-01T00:00 .. 2024-12-31T23:59 }]\n"
             "  given day = 2019-09-01 .. 2019-09-30\n"
             "  given kind = wide.narrow .. wide.other.deeper\n"
             "  given moment = 2024-02-29T00:00 .. 2024-02-29T23:59\n"
             "  given setting = hospital.inpatient\n"
             "  given number = not asked\n"
             "  expect o = yes because r\n"
             "  expect o is provisionally no needs sure, stays[1].calm\n");
  ExpectDump(text, "test \"c: b\"",
             "test \"c: b\" of p\n"
             "  today 2025-04-02\n"
             "  given sure = yes\n"
             "  given stays = [{ kind: wide.narrow .. wide.other.deeper, calm: yes }]\n"
             "  given day = 2019-09-01 .. 2019-09-30\n"
             "  given setting = home.flat\n"
             "  expect o is provisionally no\n");
}

TEST(Check, PutsParametersIntoTexts) {
  ExpectDump(R"(fact f : bool
  ask en "In the last {look_back}, {some_hours}?"
      da "Inden for de sidste {look_back}, {some_hours}?"
  interpretation F1 "A fact."
  cite guide ""
group g = f text en "{two} questions"
)",
             "fact f",
             "fact f : bool\n"
             "  ask en \"In the last 6 months, 36 hours?\"\n"
             "  ask da \"Inden for de sidste 6 måneder, 36 timer?\"\n"
             "  cite \"Guide 7\"\n"
             "  interpretation F1\n");
}

TEST(Check, PutsDefinitionsAfterWhatTheyUse) {
  Checked checked;
  CheckTexts(checked, {kVocabulary, "define a = b and c\ndefine b = kind in wides\ndefine c = not b\n"}, {});
  ASSERT_TRUE(checked.policy.has_value()) << MessagesOf(checked);
  std::string names;
  for (const model::Define& define : checked.policy->defines) names += define.name;
  EXPECT_EQ(names, "bca");
  EXPECT_EQ(checked.policy->defines[0].interpretations.size(), 1U);
}

TEST(Check, MakesTheSettingAFact) {
  Checked checked;
  CheckTexts(checked, {kVocabulary, "fact f : bool recorded\n"}, {});
  ASSERT_TRUE(checked.policy.has_value());
  EXPECT_EQ(checked.policy->facts.back().name, "setting");
  EXPECT_EQ(checked.policy->setting.index, checked.policy->facts.size() - 1);
}

TEST(Check, ChecksEveryStandardLibrary) {
  std::vector<std::string> libraries;
  std::string uses = "policy a version 1999-01-01\nuse ";
  for (const std::string& name : StandardLibraries()) {
    uses += (libraries.empty() ? "" : ", ") + name;
    libraries.emplace_back(*StandardLibrary(name));
  }
  Checked checked;
  CheckTexts(checked, {uses + "\n"}, libraries);
  EXPECT_TRUE(checked.policy.has_value()) << MessagesOf(checked);
  EXPECT_TRUE(checked.sink.diagnostics().empty()) << MessagesOf(checked);
}

}  // namespace
}  // namespace cordon::check
