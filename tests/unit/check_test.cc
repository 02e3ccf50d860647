// Check against tables of policies with mistakes: each with its code and place.
//
// A place is marked in the text itself: ⟦E0201:name⟧ says that E0201 is reported, and that its span begins at `name`.
// The text is one file of a policy, the vocabulary of check_texts.h another; what is reported in that does not count.

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "check_texts.h"

namespace cordon::check {
namespace {

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

struct Case {
  const char* claim;
  const char* text;
};

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
    {"a name that is a fact and a symbol of its type", "some s in stays has (s.kind = plain and sure)"},
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
    {"a list inside its own opposite", "some s in stays has (⟦E0428:every⟧ t in stays has (t.admitted <= s.admitted))"},
    {"a list inside its own opposite, turned about",
     "every s in stays has (⟦E0428:some⟧ t in stays has (t.admitted > s.admitted))"},
    {"a list inside its own opposite, counted",
     "some s in stays has (not ⟦E0428:count⟧(stays where (discharged > s.discharged)) >= 2)"},
    {"a list inside its own opposite, through a filter",
     "(stays where (⟦E0428:no⟧ t in stays has (t.admitted > discharged))) is not empty"},
    {"a list inside its own opposite, two quantifiers further in",
     "some s in stays has (some d in days has (d > s.admitted and "
     "(⟦E0428:no⟧ t in stays has (t.admitted > d))))"},
    {"a list inside its own opposite, in a condition that counts both ways",
     "some s in stays has (s.calm = (⟦E0428:some⟧ t in stays has (t.admitted > s.admitted)))"},
    {"a list that comes back through another",
     "some s in stays has (every d in days has (d <= s.admitted and "
     "(⟦E0428:some⟧ t in stays has (t.admitted < d))))"},
    {"two lists that lead to one another, in two conditions",
     "(some s in stays has (every d in days has (d <= s.admitted))) and "
     "(some d in days has (⟦E0428:no⟧ s in stays has (s.admitted < d)))"},
    {"a definition of something, named alone", "⟦E0213:recent⟧"},
    {"a definition of a date, said of a number", "recent(⟦E0213:number⟧)"},
    {"a fact that is called", "⟦E0213:sure(day)⟧"},
    {"the latest by yes or no", "some s in latest stays by ⟦E0324:calm⟧ has (s.calm)"},
    {"a product of two facts", "⟦E0322:number * number⟧ > 3"},
    {"a product beyond all numbers", "number > ⟦E0323:1000000000 * 1000000000⟧"},
    {"a length compared with a fact", "some s in stays has (⟦E0320:s.length > span⟧)"},
    {"a length compared with another", "some s in stays has (⟦E0320:s.length = last_stay.length⟧)"},
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
    {"an unknown example",
     "protocol p\n  output o : bool strictest\n  test \"x\" like ⟦E0205:nothing⟧ expect o = yes\n"},
    {"an unknown source", "fact f : bool recorded cite ⟦E0206:guid⟧ \"1\"\n"},
    {"a fact declared twice", "fact ⟦E0207:day⟧ : date recorded\n"},
    {"a definition with a fact's name", "define ⟦E0207:number⟧ = sure\n"},
    {"an output with a fact's name", "protocol p\n  output ⟦E0207:day⟧ : bool strictest\n"},
    {"a type declared twice", "scale ⟦E0207:Kind⟧ = a < b\n"},
    {"a symbol twice in one place", "category C = a, b, ⟦E0207:a⟧\n"},
    {"a field twice", "record R\n  f : bool\n  ⟦E0207:f⟧ : date\n"},
    {"a fact with the setting's name", "fact ⟦E0207:setting⟧ : bool recorded\n"},
    {"a rule twice",
     "protocol p\n  rule r cite guide \"1\" then nurse must rest\n  rule ⟦E0207:r⟧ cite guide \"1\" then nurse may "
     "rest\n"},
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
    {"asking that depends on the answer of a fact that is not assumed",
     "fact x : bool ask en \"Well?\" cite guide \"1\"\ngroup g = x\n"
     "protocol p\n  rule r cite guide \"1\" when x then ⟦E0413:nurse must ask(g)⟧\n"},
    {"asking that depends on the answer through the rule that overrides it",
     "fact x : bool ask en \"Well?\" cite guide \"1\"\ngroup g = x\n"
     "protocol p\n  rule r cite guide \"1\" then ⟦E0413:nurse must ask(g)⟧\n"
     "  rule s overrides r cite guide \"1\" when sure then nurse need not ask(g)\n"
     "  rule t overrides s cite guide \"1\" when x then nurse must rest also nurse must ask(questions)\n"},
    {"asking that depends on the answer through an output",
     "fact x : bool ask en \"Well?\" cite guide \"1\"\ngroup g = x\n"
     "protocol p\n  output o : bool strictest default no cite guide \"1\" means ⟦E0413:nurse must ask(g)⟧\n"
     "  output n : bool strictest default no cite guide \"1\"\n"
     "  rule r cite guide \"1\" when x then n = yes\n  rule s cite guide \"1\" when n then o = yes\n"},
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
     "protocol p\n  output o : bool strictest\n  test \"x\" expect o is unknown\n  test ⟦E0424:\"x\"⟧ expect o = "
     "yes\n"},
    {"a column of cases that is no fact",
     "protocol p\n  output o : bool strictest\n  cases c\n    | case | ⟦E0425:sur⟧ || o |\n    | 1 | yes || yes |\n"},
    {"a column of cases that is a derived field",
     "protocol p\n  output o : bool strictest\n  cases c for one s in stays\n"
     "    | case | ⟦E0425:s.length⟧ || o |\n    | 1 | unknown || yes |\n"},
    {"a part of a fact given",
     "protocol p\n  output o : bool strictest\n  test \"x\" given ⟦E0426:last_stay.calm⟧ = yes expect o = yes\n"},
    {"a due date that never comes",
     "protocol p\n  rule r cite guide \"1\" then nurse must rest due by ⟦E0427:today + 3 days⟧\n"},
    {"a list that comes back in a definition",
     "define d = stays where (⟦E0428:no⟧ t in stays has (t.admitted > discharged))\n"
     "protocol p\n  rule r cite guide \"1\" when d is not empty then nurse must rest\n"},
    {"a list that comes back under a `for each`",
     "protocol p\n  rule r for each s in stays cite guide \"1\" when ⟦E0428:no⟧ t in stays has (t.admitted > "
     "s.discharged)\n    then nurse must rest\n"},
    {"a definition that does not read its parameter", "define d(x : int, ⟦E0214:y⟧ : int) = x > 3\n"},
    {"an action about a record that nothing names", "action greet(stay: ⟦E0321:Stay⟧) text en \"Greet\"\n"},
    {"a rule that drops what nothing concludes",
     "protocol p\n  output o : bool strictest\n  rule r cite guide \"1\" then nurse must rest\n"
     "  rule s overrides r drops ⟦E0435:o⟧ cite guide \"1\" when sure\n"},
    {"a release without a reason",
     "protocol p\n  output o : bool strictest\n  release ⟦E0436:o⟧ to nurse as en \"Yes\"\n"},
    {"a duty due at once", "protocol p\n  rule r cite guide \"1\" then nurse must rest due ⟦E0437:0 days⟧ after day\n"},
    {"a test that expects an end",
     "protocol p\n  rule r cite guide \"1\" when asked then nurse must rest\n"
     "  test \"x\" expect nurse must rest until (⟦E0438:sure⟧)\n"},
    {"a claim without a base", "⟦E0439:claim conforms⟧ because \"x\" cite guide \"1\"\n"},
    {"two rules with the same conditions and different values",
     "protocol p\n  output o : int unique\n  rule a cite guide \"1\" when sure then o = 1\n"
     "  rule ⟦E0440:b⟧ cite guide \"1\" when sure then o = 2\n"},
    {"a duty demanded and forbidden",
     "protocol p\n  rule a cite guide \"1\" when sure then nurse must rest also ⟦E0441:nurse should not rest⟧\n"},
    {"a character that turns the text about", "define d = sure  # ⟦E0444:\u202e⟧\n"},
    {"two rules that may both apply",
     "protocol p\n  output o : int unique\n  rule a cite guide \"1\" when sure then o = 1\n"
     "  rule ⟦W0639:b⟧ cite guide \"1\" when asked then o = 2\n"},
    {"a rule without a citation", "protocol p\n  rule ⟦W0601:r⟧ when sure then nurse must rest\n"},
    {"a row without a citation",
     "protocol p\n  output o : bool strictest\n  table t\n    | row | sure || o |\n    | ⟦W0601:1⟧ | yes || yes |\n"
     "    | 2 | no || no |  cite guide \"1\"\n"},
    {"a fact that nothing reads", "fact ⟦W0602:f⟧ : bool recorded cite guide \"1\"\n"},
    {"a fact without a citation", "fact ⟦W0606:f⟧ : bool recorded\ndefine d = f\ndefine ⟦W0603:e⟧ = d\n"},
    {"a default without a citation", "protocol p\n  output ⟦W0607:o⟧ : bool strictest default no\n"},
    {"a question in no group",
     "fact ⟦W0608:f⟧ : bool ask en \"Well?\" da \"Nå?\" cite guide \"1\"\n"
     "protocol p\n  rule r cite guide \"1\" when f then nurse must rest\n"},
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
    {"a time in force that ends before it begins",
     "policy a version 1999-01-01\n  in force from 2025-01-02 to 2025-01-01\nrole r\n", nullptr, "E0442"},
    {"a title that says nothing", "policy a version 1999-01-01\n  title en \" \"\nrole r\n", nullptr, "E0443"},
    {"a header and nothing else", "policy a version 1999-01-01\n", nullptr, "E0445"},
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

// A chain of definitions far longer than any policy's, and one that doubles with every step: each ends in one message.
TEST(Check, RefusesDefinitionsThatGrowWithoutBound) {
  constexpr int kLength = 5000;
  std::string forwards;
  std::string backwards = "define d0 = sure\n";
  for (int i = kLength; i > 0; --i) {
    forwards += "define d" + std::to_string(i) + " = not d" + std::to_string(i - 1) + "\n";
    const int up = kLength + 1 - i;
    backwards += "define d" + std::to_string(up) + " = not d" + std::to_string(up - 1) + "\n";
  }
  forwards += "define d0 = sure\n";
  std::string doubling = "define d0 = sure\n";
  for (int i = 1; i < 100; ++i) {
    const std::string below = "d" + std::to_string(i - 1);
    doubling += "define d" + std::to_string(i) + " = " + below + " or " + below + "\n";
  }
  for (const std::string& text : {forwards, backwards, doubling}) {
    Checked checked;
    CheckTexts(checked, {kVocabulary, text}, {});
    ASSERT_EQ(checked.sink.num_errors(), 1U) << MessagesOf(checked);
    const std::string code(diagnostics::CodeText(checked.sink.diagnostics()[0].code));
    EXPECT_EQ(code, "E0422");
    Provoked().insert(code);
  }
}

TEST(Check, TellsAnUnknownNameOnce) {
  Checked checked;
  CheckTexts(checked, {kVocabulary, RuleWhen("sur and (sur or sur) and not sur and (asked or sur)")}, {});
  ASSERT_EQ(checked.sink.num_errors(), 1U) << MessagesOf(checked);
  const std::vector<diagnostics::Note>& notes = checked.sink.diagnostics()[0].notes;
  ASSERT_EQ(notes.size(), 3U);
  EXPECT_EQ(notes[0].message, "here too");
  EXPECT_EQ(notes[2].message, "here too, and once more");
}

// Warnings are held by tests/golden/lints and by their pages.
TEST(Check, HasATestForEveryCode) {
  for (const diagnostics::Code code : diagnostics::AllCodes()) {
    const std::string text(diagnostics::CodeText(code));
    const std::string area = text.substr(0, 3);
    if (text >= "E0450" && text <= "E0479") continue;  // of composing: tests/golden/versions
    if (area != "E02" && area != "E03" && area != "E04") continue;
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

}  // namespace
}  // namespace cordon::check
