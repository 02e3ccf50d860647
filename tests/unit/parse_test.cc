// Policy text to syntax tree: what each slip is told, that no slip hides another, and that nothing upsets the parser.
//
// Every slip is a row of a table: a text and the codes with their places, in the order of the text. Trees of correct
// texts are compared as dumps in tests/golden; here is what a dump cannot show: the choice between alternatives,
// sizes, bytes that are no text, and texts with random damage.
#include "syntax/parse.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "parse_texts.h"
#include "syntax/check_coverage.h"
#include "syntax/check_prediction.h"
#include "syntax/print.h"

namespace cordon::syntax {
namespace {

using diagnostics::Diagnostic;

// Every message is our own: no name of a token or rule of the grammar, none of the parser generator's phrases.
void ExpectOwnWords(const Parsed& parsed) {
  for (const Diagnostic& diagnostic : parsed.sink.diagnostics()) {
    const std::string said = diagnostic.message + " | " + diagnostic.help;
    for (const char* stock :
         {"mismatched", "viable", "extraneous", "missing '", "token recognition", "<EOF>", "expecting"}) {
      EXPECT_EQ(said.find(stock), std::string::npos) << said;
    }
    EXPECT_FALSE(diagnostic.message.empty());
    EXPECT_FALSE(diagnostic.help.empty()) << said;
    EXPECT_FALSE(diagnostic.message.ends_with('.')) << said;
    EXPECT_LE(diagnostic.span.begin, diagnostic.span.end);
    EXPECT_LE(diagnostic.span.end, parsed.sources.text(diagnostic.span.source).size());
  }
}

const std::string& Sample() {
  static const std::string text = ReadFile("tests/unit/parse_sample.cordon");
  return text;
}
const std::string& Everything() {
  static const std::string text = ReadFile("tests/unit/parse_everything.cordon");
  return text;
}

// ---- one slip at a time

struct Slip {
  const char* name;
  std::string text;
  std::string told;
};

void PrintTo(const Slip& slip, std::ostream* out) { *out << slip.name; }

class SlipTest : public testing::TestWithParam<Slip> {};

TEST_P(SlipTest, IsToldOnceAtItsPlace) {
  const Parsed parsed = Read(GetParam().text);
  EXPECT_EQ(Told(parsed), GetParam().told)
      << GetParam().text << (parsed.sink.diagnostics().empty() ? "" : parsed.sink.diagnostics().front().message);
  ExpectOwnWords(parsed);
}

std::string InRule(const std::string& clauses) { return "protocol p\n  rule r\n" + clauses; }
std::string InTable(const std::string& rows) {
  return "protocol p\n  table t\n    | row | a | b || x |\n" + rows + "    | z | any | any || no |\n";
}

const Slip kSlips[] = {
    // The file as a whole.
    {"Empty", "", "E0102@1:1"},
    {"OnlyComments", "# nothing\n\n  # more\n", "E0102@1:1"},
    {"NotUtf8", "policy x version 2018-09-04\n  issuer \"\xE6\"\n", "E0101@2:11"},
    {"TwoHeaders", "policy a version 2018\npolicy b version 2019\n", "E0125@2:1"},
    {"PolicyAndLibrary", "library std.a\npolicy b version 2019\n", "E0125@2:1"},
    // Texts.
    {"UnclosedText", "fact x : bool\n  cite s \"5.1\n  recorded\n", "E0103@2:10"},
    {"UnclosedTextThatGoesOn", "role a en \"one\n   two three\"\nrole b en \"b\"\n", "E0103@1:11"},
    {"UnclosedTextInARow", InTable("    | 1 | \"x | no || yes |\n"), "E0103@4:11"},
    {"CurlyQuotes", "role a en “ward”\n", "E0108@1:11"},
    {"GermanQuotes", "role a en „ward“ da \"x\"\n", "E0108@1:11"},
    {"SingleQuotes", "role a en 'ward'\n", "E0108@1:11"},
    {"CurlyAtTheEndOnly", "role a en \"ward”\nrole b en \"b\"\n", "E0108@1:16"},
    {"CurlyAtTheEndOfTheFirst", "role a en \"ward” da \"x\"\n", "E0108@1:16"},
    {"UnknownEscape", "role a en \"a\\tb\"\n", "E0109@1:13"},
    // Values.
    {"ShortDate", "define x = today > 2025-3-1\n", "E0110@1:20"},
    {"DateWithDots", "define x = today > 1.3.2025\n", "E0110@1:20"},
    {"TimeWithBlank", "define x = now > 2025-03-01 10:00\n", "E0110@1:18"},
    {"TimeWithSeconds", "define x = now > 2025-03-01T10:00:30\n", "E0110@1:18"},
    {"NoSuchDay", "define x = today > 2025-02-30\n", "E0111@1:20"},
    {"NoSuchMonth", "define x = today > 2025-13-01\n", "E0111@1:20"},
    {"NoSuchTime", "define x = now > 2025-01-01T24:00\n", "E0111@1:18"},
    {"YearOutOfRange", "define x = today > 1899-01-01\n", "E0111@1:20"},
    {"NumberTooLarge", "param x = 99999999999999999999\n", "E0112@1:11"},
    {"LengthTooLarge", "param x = 99999 years\n", "E0112@1:11"},
    {"TooManyDecimals", "param x = 1.2345\n", "E0113@1:11"},
    {"UnknownUnit", "param x = 6 moths\n", "E0114@1:13"},
    {"ShortUnit", "param x = 24h\n", "E0114@1:13"},
    {"UnitWithATail", "param x = 6 daylong\n", "E0114@1:13"},
    {"FractionOfAUnit", "param x = 1.5 hours\n", "E0114@1:11"},
    {"BackwardsRange", "protocol p\n  example e\n    given a = 2024-09 .. 2024-06\n", "E0111@3:15"},
    // Signs.
    {"LessOrEqual", "define x = 1 =< 2\n", "E0115@1:14"},
    {"DoubleEquals", "define x = a == 2\n", "E0115@1:14"},
    {"AndSigns", "define x = a && b\n", "E0115@1:14"},
    {"OrSigns", "define x = a || b\n", "E0115@1:14"},
    {"Bang", "define x = !a\n", "E0115@1:12"},
    {"Divided", "define x = 2 / a\n", "E0115@1:14"},
    {"ArrowInACondition", "define x = a -> b\n", "E0115@1:14"},
    {"DashForMinus", "define x = today – 3 days\n", "E0116@1:18"},
    {"Semicolon", "define x = a;\ndefine y = b;;\n", "E0107@1:13 E0107@2:13"},
    {"Nul", std::string("define x = a\0\0 and b\n", 21), "E0107@1:13"},
    // Opening words and the margin.
    {"MisspeltDeclaration", "protocl p\n  rule r\n    then x = yes\n", "E0120@1:1"},
    {"MisspeltStatements", "protocol p\n  outptu x : bool strictest\n  rul r\n    then x = yes\n",
     "E0120@2:3 E0120@3:3"},
    {"UnknownDeclaration", "banana x\n  y\nrole a\n", "E0120@1:1"},
    {"SignAtTheMargin", "define x = a\n+ b\n", "E0121@2:1"},
    {"ClauseAtTheMargin", InRule("when a\n    then x = yes\n"), "E0121@3:1"},
    {"BeforeAnyDeclaration", "  then x = yes\nrole a\n", "E0121@1:3"},
    {"IndentedDeclaration", "protocol p\n  fact x : bool\n  rule r\n    then x = yes\n", "E0122@2:3"},
    {"StatementAtTheMargin", "protocol p\nrule r\n  then x = yes\n  rule s\n    then x = no\n", "E0123@2:1"},
    {"StatementsOutside", "fact x : bool\n  rule r\n    then x = yes\n  rule s\n    then x = no\n", "E0124@2:3"},
    {"KeywordAsName", "fact when : bool\n", "E0126@1:6"},
    {"KeywordAsRuleName", "protocol p\n  rule then\n    then x = yes\n", "E0126@2:8"},
    {"ReservedInACondition", "define x = a and when\n", "E0126@1:18"},
    {"NoName", "protocol p\n  rule when a\n    then x = yes\n", "E0150@2:8"},
    // Words for others.
    {"MoreThen", InRule("    when a more then 7 days ago\n    then x = yes\n"), "E0127@3:12"},
    {"LessThen", "define x = a less then 7 days ago\n", "E0127@1:14"},
    {"Shall", InRule("    then ward shall isolate\n    also ward shall not move\n"), "E0127@3:15 E0127@4:15"},
    {"ShallInMeans", "protocol p\n  output o : bool unique\n    means ward shall isolate\n", "E0127@3:16"},
    // Tables.
    {"SingleBar", InTable("    | 1 | yes | no | yes |\n"), "E0130@4:20"},
    {"SingleBarInHeading", "protocol p\n  table t\n    | row | a | x |\n    | 1 | yes || no |\n", "E0130@3:15"},
    {"TwoDoubleBars", InTable("    | 1 || yes | no || yes |\n"), "E0131@4:9"},
    {"RowNotClosed", InTable("    | 1 | yes | no || yes\n"), "E0132@4:26"},
    {"RowOnTwoLines", InTable("    | 1 | yes |\n      no || yes |\n"), "E0130@4:9"},
    {"RowNotOpened", InTable("    1 | yes | no || yes |\n"), "E0135@4:5"},
    {"EmptyCells", InTable("    | 1 |  | no || |\n"), "E0133@4:10 E0133@4:19"},
    {"EmptyRowName", InTable("    | | yes | no || yes |\n"), "E0133@4:6"},
    {"Dashes", InTable("    | 1 | - | – || — |\n"), "E0134@4:11 E0134@4:15 E0134@4:20"},
    {"WordsInACell", InTable("    | 1 | a b | no || yes |\n    | 2 | yes | x y || no |\n"), "E0150@4:13 E0150@5:19"},
    {"NoHeading", "protocol p\n  table t\n    | 1 | yes || no |\n", "E0150@3:7"},
    // Statements.
    {"MixedAndOr", "define x = a or b and c\n", "E0145@1:19"},
    {"MixedInACell", InTable("    | 1 | a and b or c | no || yes |\n"), "E0145@4:19"},
    {"NoThen", InRule("    when a\n    ward must isolate\n"), "E0140@4:5"},
    {"NoThenOnOneLine", InRule("    when a screen = yes\n"), "E0140@3:12"},
    {"AlsoFirst", InRule("    also x = yes\n"), "E0140@3:5"},
    {"AndForAlso", InRule("    then x = yes\n    and y = no\n"), "E0141@4:5"},
    {"CommaForAlso", InRule("    then x = yes, y = no\n"), "E0141@3:17"},
    {"ThenTwice", InRule("    then x = yes\n    then y = no\n"), "E0141@4:5"},
    {"NothingForAlso", InRule("    then x = yes\n    y = no\n"), "E0141@4:5"},
    {"NoColonInFact", "fact x bool\n  recorded\n", "E0142@1:8"},
    {"NoColonInList", "fact x list of Stay\n", "E0142@1:8"},
    {"NoColonInOutput", "protocol p\n  output x bool strictest\n", "E0142@2:12"},
    {"NoColonInField", "record R\n  a bool\n  b : date\n  c list of D\n", "E0142@2:5 E0142@4:5"},
    {"NoColonInParameter", "action a(q Group)\n", "E0142@1:12"},
    {"EqualsInFact", "fact x = bool\n", "E0142@1:8"},
    {"EqualsInRecord", "protocol p\n  example e\n    given a = [ { b = yes, c = no } ]\n", "E0142@3:21 E0142@3:30"},
    {"BracketNotClosed", InRule("    when (a and (b or c)\n    then x = yes\n"), "E0143@3:10"},
    {"BracketNotClosedInACell", InTable("    | 1 | (a or b | no || yes |\n"), "E0143@4:11"},
    {"BracketNotOpened", "define x = a and b)\n", "E0144@1:19"},
    {"WrongBracket", "define x = (a and b]\n", "E0144@1:20"},
    {"NoHas", "define x = some s in xs (s.a = yes)\n", "E0146@1:25"},
    {"NoHasAndBrackets", "define x = some s in xs s.a = yes\n", "E0146@1:25"},
    {"NoBracketsAfterHas", "define x = (every s in xs has s.a = yes) and b\n", "E0146@1:31"},
    {"NoBracketsAfterWhere", "define x = xs where a = yes\n", "E0146@1:21"},
    {"TwoDefaults", "protocol p\n  output o : bool unique\n    default no\n    default yes\n", "E0147@4:5"},
    {"TwoIssuers", "policy a version 2018\n  issuer \"a\"\n  issuer \"b\"\n", "E0147@3:3"},
    // Changes of another version.
    {"ChangeWithoutBecause", "change p: 1 -> 2\n", "E0152@1:1"},
    {"RowChangeWithoutBecause", "change row t.1\n  | row | a || x |\n  | 1 | any || no |\n", "E0152@1:1"},
    {"AdditionWithoutBecause", "add\n  param p = 1\n", "E0152@1:1"},
    {"ReplacementWithoutBecause", "replace in p\n  rule r\n    then x = yes\n", "E0152@1:1"},
    {"RemovalWithoutBecause", "remove p.r\n", "E0152@1:1"},
    {"RenamingWithoutBecause", "rename p.r to s\n", "E0152@1:1"},
    {"BecauseAfterTheStatements", "add to p\n  rule r\n    then x = yes\n  because \"b\"\n", "E0152@1:1 E0150@4:3"},
    {"ChangeWithoutColon", "change p 1 -> 2 because \"b\"\n", "E0153@1:10"},
    {"ChangeWithoutValues", "change p because \"b\"\n", "E0153@1:9"},
    {"ChangeWithTo", "change p: 1 to 2 because \"b\"\n", "E0153@1:13"},
    {"ChangeWithoutNewValue", "change p: 1 because \"b\"\n", "E0153@1:12"},
    {"ChangeWithoutPath", "change : 1 -> 2 because \"b\"\n", "E0150@1:8"},
    {"ChangeWithEquals", "change p = 1 -> 2 because \"b\"\n", "E0153@1:10"},
    {"ChangeWithADoubleArrow", "change p: 1 => 2 because \"b\"\n", "E0115@1:13"},
    {"NothingAdded", "add because \"b\"\nrole a\n", "E0154@1:1"},
    {"NothingAddedToAProtocol", "add to p because \"b\"\n", "E0154@1:1"},
    {"NothingReplaced", "replace in p because \"b\"\nrole a\n", "E0154@1:1"},
    {"RowWithoutHeading", "change row t.1 because \"b\"\n  | 1 | any || no |\n", "E0155@2:3"},
    {"AddedRowWithoutHeading", "add to t because \"b\"\n  | 1 | any || no |\n", "E0155@2:3"},
    {"NoRow", "change row t.1 because \"b\"\n", "E0155@1:8"},
    {"AdaptsWithoutVersion", "policy a version 2\n  adapts b.c\n", "E0156@2:10"},
    {"AdaptsWithoutTheWordVersion", "policy a version 2\n  adapts b.c 2013-12\n", "E0156@2:10"},
    {"UponWithoutVersion", "policy a version 2\n  revises 1 upon b.c\n", "E0156@2:18"},
    {"RevisesVersion", "policy a version 2\n  revises version 2018-09-04\n", "E0150@2:11"},
    {"Revise", "policy a version 2\n  revise 2018-09-04\n", "E0127@2:3"},
    {"Extends", "policy a version 2\n  extends b.c version 2013-12\n", "E0127@2:3"},
    {"AddIn", "add in p because \"b\"\n  rule r\n    then x = yes\n", "E0127@1:5"},
    {"ReplaceTo", "replace to p because \"b\"\n  rule r\n    then x = yes\n", "E0127@1:9"},
    {"StatementBelowAdd", "add because \"b\"\n  rule r\n    then x = yes\n  rule s\n    then x = no\n", "E0161@2:3"},
    {"DeclarationBelowAddTo", "add to p because \"b\"\n  fact x : bool\n", "E0161@2:3"},
    {"FieldBelowAdd", "add because \"b\"\n  x : bool\n", "E0161@1:1"},
    {"RowBelowReplace", "replace because \"b\"\n  | row | a || x |\n  | 1 | any || no |\n", "E0161@1:1"},
    {"MisspeltBelowAdd", "add because \"b\"\n  parm p = 1\n", "E0120@2:3"},
    {"ChangeRowOfACell", "change row t.1.x: no -> yes because \"b\"\n", "E0153@1:8"},
    {"ChangeBecomes", "change p: 1 becomes 2 because \"b\"\n", "E0153@1:13"},
    {"RenameWithAnArrow", "rename p.old -> new because \"b\"\n", "E0115@1:14"},
    {"Delete", "delete p.old because \"b\"\n", "E0120@1:1"},
    {"DeclarationOnTheLineOfAdd", "add fact x : bool because \"b\"\n", "E0161@1:5"},
    {"NameBehindReplace", "replace p.r because \"b\"\n  rule r\n    then x = yes\n", "E0161@1:9"},
    {"SymbolsWithoutCommas", "add to Organism because \"b\"\n  e_coli\n  k_pneu\n", "E0151@3:9"},
    {"MisspeltBecause", "change p: 1 -> 2 reason \"b\"\n", "E0150@1:18"},
    // Duties, drops and lists.
    {"ExactlyAfterEquals", InRule("    then placement = exactly none\n"), "E0127@3:20"},
    {"DueIn", InRule("    then w must ask due in 3 days after x\n"), "E0158@3:25"},
    {"DueWithin", InRule("    then w must ask due within 3 days after x\n"), "E0158@3:25"},
    {"EveryAsArgument", InRule("    then w must ask(every s in xs)\n"), "E0127@3:21"},
    {"ForEachAsArgument", InRule("    then w must ask (for each s in xs)\n"), "E0127@3:22"},
    {"UnknownQualifier", InRule("    then w must ask immediately\n    also o = yes\n"), "E0150@3:21"},
    {"ByInsideBrackets", "define x = latest (xs by a)\n", "E0160@1:23"},
    {"NumberX", "define x = 2 x a\n", "E0115@1:14"},
    {"DropsWithoutAName", InRule("    overrides s drops\n    when a\n"), "E0150@3:17"},
    {"DueWithoutAfter", InRule("    then w must ask due 3 days\n"), "E0158@3:21"},
    {"DueWithoutBy", InRule("    then w must ask due 2025-01-01\n"), "E0158@3:21"},
    {"DueFrom", InRule("    then w must ask due 3 days from today\n"), "E0158@3:32"},
    {"EachInACondition", "define x = each s in xs has (s.a)\n", "E0159@1:12"},
    {"EachInAConclusion", InRule("    then o = each s in xs\n"), "E0159@3:14"},
    {"EachInACell", InTable("    | 1 | yes | no || each s in xs |\n"), "E0159@4:23"},
    {"EachInACall", "define x = recent(each s in xs)\n", "E0150@1:19"},
    {"EachWithoutBrackets", InRule("    then w must ask each s in xs where (s.a) at noon\n"), "E0159@3:21"},
    {"EachWithoutBracketsInACell",
     "protocol p\n  table t\n    | row | a || w: ask |\n    | 1 | any || must each s in xs |\n", "E0159@4:23"},
    {"LatestWithoutBy", "define x = latest xs\n", "E0160@1:12"},
    {"LatestWithoutByInBrackets", "define x = (earliest xs) is empty and b\n", "E0160@1:13"},
    {"LatestOf", "define x = latest of xs by a\n", "E0160@1:19"},
    {"LatestOfBrackets", "define x = latest of (xs where (b)) by a\n", "E0160@1:19"},
    {"LatestWhere", "define x = latest xs where (b) by a\n", "E0160@1:22"},
    // Words that cannot be names.
    {"ReservedField", "record R\n  when : bool\n  length = when + 1\n", "E0126@3:12"},
    {"ReservedRole", InRule("    then every must ask\n"), "E0126@3:10"},
    // Tables without their first line, rows with one bar too many.
    {"RowsOutsideATable", "protocol p\n  output o : bool unique\n    | row | a || o |\n    | 1 | any || no |\n",
     "E0157@3:5"},
    {"RowsBelowAMisspeltTable",
     "protocol p\n  output o : bool unique\n  t table\n    | row | a || o |\n    | 1 | any || no |\n",
     "E0150@3:3 E0157@4:5"},
    {"BarInsideBrackets", InTable("    | 1 | (a or (b | c) or d) | no || yes |\n"), "E0143@4:11"},
    {"IndentedDeclarations", "role a\n  role b\n  role c\nrole d\n  role e\n", "E0122@2:3 E0122@5:3"},
    // Everything else.
    {"MisspeltWordInside", "protocol p\n  output o : bool stricktest\n", "E0150@2:19"},
    {"EndsTooSoon", "define x =\nrole a\n", "E0151@1:11"},
    {"RuleWithoutConclusion", "protocol p\n  rule r\n    when a\n  rule s\n    then x = yes\n", "E0151@3:11"},
    {"NoOperand", InRule("    when a and\n    then x = yes\n"), "E0150@4:5"},
    {"TwoSlipsInTwoClauses", InRule("    when a b\n    then x yes\n"), "E0150@3:12 E0150@4:12"},
    {"NumberAlone", "param x = 6 months 7\n", "E0150@1:20"},
    // What is no slip.
    {"Tabs", "protocol p\n\toutput o : bool unique\n\trule r\n\t\twhen\ta\n\t\tthen\to = yes\n", ""},
    {"WindowsLines", "protocol p\r\n  rule r\r\n    then o = yes\r\n", ""},
    {"ByteOrderMark", "\xEF\xBB\xBFpolicy a version 2018-09-04\n", ""},
    {"NoBreakSpaces",
     "define x = a\xC2\xA0"
     "and\xC2\xA0"
     "b\n",
     ""},
    {"MathematicalSigns", "define x = a ≥ 2 and b ≤ 3 and c ≠ 4\n", ""},
    {"SingularUnit", "param x = 6 month\n", ""},
    {"WordsThatBeginLikePhrases", InRule("    when not intubated and is_known\n    then ward must notify\n"), ""},
    {"WordsAsFields", "record R\n  from : date\n  to : date\n  text : text\n  when : bool\n  rule : bool\n", ""},
    {"NoNewlineAtTheEnd", "role a en \"a\"", ""},
};

INSTANTIATE_TEST_SUITE_P(Parse, SlipTest, testing::ValuesIn(kSlips),
                         [](const testing::TestParamInfo<Slip>& info) { return info.param.name; });

// ---- all of them at once

TEST(ParseTest, TellsEverySlipOfOneFileOnce) {
  std::string text;
  std::vector<std::string> codes;
  for (const Slip& slip : kSlips) {
    const bool whole_file = slip.told.starts_with("E0101") || slip.told.starts_with("E0102") ||
                            slip.told.starts_with("E0121") || slip.told.starts_with("E0124") ||
                            slip.told.starts_with("E0125") || slip.text.starts_with("policy") ||
                            slip.text.starts_with("\xEF\xBB\xBF") || slip.told.empty();
    if (whole_file) continue;
    text += slip.text;
    for (std::size_t at = slip.told.find('E'); at != std::string::npos; at = slip.told.find('E', at + 1)) {
      codes.push_back(slip.told.substr(at, 5));
    }
  }
  const Parsed parsed = Read(text);
  std::vector<std::string> told;
  for (const Diagnostic& diagnostic : parsed.sink.diagnostics()) told.emplace_back(CodeText(diagnostic.code));
  std::sort(codes.begin(), codes.end());
  std::sort(told.begin(), told.end());
  EXPECT_EQ(told, codes);
  ExpectOwnWords(parsed);
}

// ---- correct texts

TEST(ParseTest, ReadsTheSample) {
  const Parsed parsed = Read(Sample());
  EXPECT_EQ(Told(parsed), "");
  EXPECT_EQ(parsed.file.decls.size(), 25U);
}

TEST(ParseTest, ReadsEverything) {
  const Parsed parsed = Read(Everything());
  EXPECT_EQ(Told(parsed), "");
}

// A file has one header, so the other kinds stand in texts of their own.
TEST(ParseTest, EverythingUsesTheWholeGrammar) {
  diagnostics::Sources sources;
  std::vector<diagnostics::SourceId> used;
  for (const std::string& text :
       {Everything(), std::string("library std.a\n  source s \"S\"\n"),
        std::string("policy a.b version 1 adapts b.c version 2013-12-31 text unavailable because \"b\"\n"),
        std::string("policy a.b version undated\n")}) {
    EXPECT_EQ(Told(Read(text)), "");
    used.push_back(sources.Add("test.cordon", text));
  }
  for (const std::string& part : FindUnusedGrammar(sources, used)) ADD_FAILURE() << part << " is not used";
}

TEST(ParseTest, APartOfTheGrammarThatIsNotUsedIsFound) {
  diagnostics::Sources sources;
  const auto source = sources.Add("test.cordon", "role a en \"a\"\n");
  const std::vector<std::string> unused = FindUnusedGrammar(sources, {source});
  const auto has = [&](const char* part) { return std::count(unused.begin(), unused.end(), part) == 1; };
  EXPECT_TRUE(has("dutyQualifier: EXCEPT"));
  EXPECT_TRUE(has("statement: release"));
  EXPECT_FALSE(has("roleDeclaration: languageText"));
}

// The page of the code that a reserved word used as a name gets lists all of them.
TEST(ParseTest, ThePageListsTheReservedWords) {
  std::string told = Read("fact when : bool\n").sink.diagnostics().at(0).help;
  told = told.substr(told.find("; no names are ") + 15);
  EXPECT_NE(told.find("`within`, `before`"), std::string::npos) << told;
  std::string page = ReadFile("docs/errors/E0126.md");
  std::replace(page.begin(), page.end(), '\n', ' ');
  EXPECT_NE(page.find(told), std::string::npos) << told;
}

TEST(ParseTest, PrintsTheSameAgain) {
  for (const std::string& text : {Sample(), Everything()}) {
    const std::string once = Print(Read(text).file);
    EXPECT_FALSE(once.empty());
    EXPECT_EQ(once, Print(Read(text).file));
    EXPECT_EQ(once, Print(Read("# a comment\n\n" + text + "\n\n# another\n").file));
  }
}

TEST(ParseTest, NeedsNoContextToChoose) {
  for (const std::string& text : {Sample(), Everything()}) {
    diagnostics::Sources sources;
    const auto source = sources.Add("test.cordon", text);
    EXPECT_EQ(FindPredictionConflicts(sources, source), std::vector<std::string>());
  }
}

TEST(ParseTest, CountsBytesNotCharacters) {
  const Parsed parsed = Read("role læge en \"læge\"\nrole åben en \"åben\"\n");
  ASSERT_EQ(parsed.file.decls.size(), 2U);
  const auto& role = std::get<RoleDecl>(parsed.file.decls[1]);
  EXPECT_EQ(parsed.sources.text(role.name.span), "åben");
  EXPECT_EQ(parsed.sources.text(role.span), "role åben en \"åben\"");
}

TEST(ParseTest, CountsBytesAfterAByteOrderMark) {
  const Parsed parsed = Read("\xEF\xBB\xBFrole ward\n");
  EXPECT_EQ(parsed.sources.text(std::get<RoleDecl>(parsed.file.decls.at(0)).name.span), "ward");
}

// ---- sizes and damage

TEST(ParseTest, RefusesDeepBracketsOnce) {
  for (const char* bracket : {"(", "[", "{", "some x in xs has ("}) {
    std::string text = "define x = ";
    for (int i = 0; i < 20'000; ++i) text += bracket;
    const Parsed parsed = Read(text + "\n");
    ASSERT_EQ(parsed.sink.num_errors(), 1U) << Told(parsed).substr(0, 200);
    EXPECT_EQ(CodeText(parsed.sink.diagnostics()[0].code), "E0105");
  }
}

TEST(ParseTest, TakesBracketsUpToTheLimit) {
  std::string text = "define x = ";
  for (std::size_t i = 0; i < kDeepestNesting; ++i) text += '(';
  text += "a";
  for (std::size_t i = 0; i < kDeepestNesting; ++i) text += ')';
  EXPECT_EQ(Told(Read(text + "\n")), "");
}

TEST(ParseTest, RefusesDeepExpressionsWithoutBrackets) {
  for (const char* part : {"not ", "a + ", "a when b, otherwise "}) {
    std::string text = "define x = ";
    for (int i = 0; i < 5'000; ++i) text += part;
    const Parsed parsed = Read(text + "a\n");
    ASSERT_GE(parsed.sink.num_errors(), 1U);
    EXPECT_EQ(CodeText(parsed.sink.diagnostics()[0].code), "E0105");
  }
}

TEST(ParseTest, TakesManyLists) {
  std::string text = "define x = a";
  for (int i = 0; i < 1'000; ++i) text += " and latest xs by b is none";
  const Parsed parsed = Read(text + "\nprotocol p\n  rule r\n    then w must ask due 1 day after a" + [] {
    std::string more;
    for (int i = 0; i < 1'000; ++i) more += " due 1 day after a";
    return more;
  }() + "\n");
  EXPECT_EQ(Told(parsed), "");
  ASSERT_EQ(parsed.file.decls.size(), 2U);
  EXPECT_EQ(std::get<ProtocolDecl>(parsed.file.decls[1]).members.size(), 1U);
}

// What looks for the end of a bracket gives up where brackets nest too deep: the time grows with the text alone.
TEST(ParseTest, EndsOnDeepSlips) {
  for (const char* part : {"latest (", "a due (", "must each (", "must f(each x in ("}) {
    std::string text = "protocol p\n  rule r\n    then w must ask ";
    for (int i = 0; i < 5'000; ++i) text += part;
    EXPECT_FALSE(Read(text + "\n").sink.diagnostics().empty()) << part;
  }
}

TEST(ParseTest, TakesLongChains) {
  std::string text = "define x = a";
  for (int i = 0; i < 20'000; ++i) text += " and a";
  EXPECT_EQ(Told(Read(text + "\n")), "");
}

TEST(ParseTest, RefusesAStatementThatIsTooLong) {
  std::string text = "define x = a";
  for (int i = 0; i < 150'000; ++i) text += " and a";
  EXPECT_EQ(Told(Read(text + "\n")), "E0106@1:1");
}

TEST(ParseTest, TakesATableOfAHundredThousandRows) {
  std::string text = "protocol a\n  table b\n | row | c || d |\n";
  for (int i = 0; i < 100'000; ++i) text += " | r" + std::to_string(i) + " | 1 || 2 |\n";
  EXPECT_EQ(Told(Read(text)), "");
}

TEST(ParseTest, RefusesATableThatIsTooLong) {
  std::string text = "protocol a\n  table b\n | row | c || d |\n";
  for (int i = 0; i < 170'000; ++i) text += " |1|a b c||2|\n";
  EXPECT_EQ(Told(Read(text)), "E0106@2:3");
}

TEST(ParseTest, RefusesARowThatIsTooLong) {
  std::string text = "protocol a\n  table b\n | row | when || d |\n | 1 | a";
  for (int i = 0; i < 150'000; ++i) text += " and a";
  EXPECT_EQ(Told(Read(text + " || 2 |\n")), "E0106@4:2");
}

TEST(ParseTest, RefusesAFileThatIsTooLarge) { EXPECT_EQ(Told(Read(std::string(kLargestFile + 1, ' '))), "E0104@1:1"); }

TEST(ParseTest, TakesAVeryLongLine) {
  EXPECT_EQ(Told(Read("role a en \"" + std::string(1'000'000, 'x') + "\"\n")), "");
}

// Copies, cuts, swaps and replaces bytes of a correct text: whatever comes of it, the parser ends, tells places inside
// the text, in its own words, and its tree can be printed.
void Damage(const std::string& sample, std::uint32_t seed) {
  std::mt19937 random(seed);
  const auto below = [&](std::size_t limit) {
    return static_cast<std::size_t>(random() % std::max<std::size_t>(limit, 1));
  };
  const std::string signs = "|\"()[]{}:=<>.,-#\n\t \\0123456789aeiou\xC3\x80\xFF";
  std::string text = sample;
  const std::size_t num_changes = 1 + below(12);
  for (std::size_t i = 0; i < num_changes && !text.empty(); ++i) {
    const std::size_t at = below(text.size());
    const std::size_t length = std::min(below(40), text.size() - at);
    switch (below(5)) {
      case 0:
        text[at] = signs[below(signs.size())];
        break;
      case 1:
        text.erase(at, length);
        break;
      case 2:
        text.insert(at, sample.substr(below(sample.size()), below(60)));
        break;
      case 3:
        text.insert(at, 1, signs[below(signs.size())]);
        break;
      default:
        text.resize(at);
        break;
    }
    if (text.size() < 200) text += sample.substr(0, 2000);
  }
  SCOPED_TRACE("seed " + std::to_string(seed));
  const Parsed parsed = Read(text);
  ExpectOwnWords(parsed);
  Print(parsed.file);
}

TEST(ParseTest, SurvivesDamage) {
  for (std::uint32_t seed = 1; seed <= 300; ++seed) {
    Damage(Sample(), seed);
    Damage(Everything(), seed);
  }
}

}  // namespace
}  // namespace cordon::syntax
