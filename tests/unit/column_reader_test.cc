// The reader of many lines against the reader of one document: the same rows, the same mistakes, in the same places.
#include "facts/column_reader.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "columns_samples.h"
#include "facts/json_tree.h"
#include "facts/row_reader.h"

namespace cordon::facts {
namespace {

const model::Policy& Policy() {
  static const model::Policy policy = samples::EveryType();
  return policy;
}

Block BlockOf(const std::vector<bool>& wanted) { return {Columns(Policy(), wanted), {}, {}}; }

// What is read from `text`, a line of text for each line of it that is not blank: its number and place, and what it
// says or what is wrong with it.
std::vector<std::string> ReadAll(const std::string& text, const Overrides& overrides, const std::vector<bool>& wanted) {
  ColumnReader reader(Policy(), overrides);
  Block block = BlockOf(wanted);
  std::vector<std::string> lines;
  std::string padded = text;
  padded.append(kReadingPadding, '}');
  std::uint64_t number = 1;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t size = reader.Read(std::string_view(padded).substr(at, text.size() - at), number, at, block);
    EXPECT_GT(size, 0U);
    if (size == 0) break;
    at += size;
    number = reader.next_number();
    for (const Line& line : block.lines) {
      lines.push_back(fmt::format("{} at {}: ", line.number, line.begin) +
                      (line.refused ? samples::Dump(block.refused[line.index].diagnostics)
                                    : samples::Dump(Policy(), block.columns.ToSubject(line.index))));
    }
  }
  return lines;
}

// The same by ReadDocument, line by line.
std::vector<std::string> ReadEach(const std::string& text, const Overrides& overrides,
                                  const std::vector<bool>& wanted) {
  std::vector<std::string> lines;
  Columns columns(Policy(), wanted);
  std::size_t number = 0;
  for (std::size_t at = 0, end = 0; at < text.size(); at = end + 1) {
    end = std::min(text.find('\n', at), text.size());
    ++number;
    const std::string line = text.substr(at, end - at);
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    diagnostics::Sources sources;
    diagnostics::Sink sink;
    const auto subject = ReadDocument(Policy(), sources, sources.Add("", line), overrides, sink);
    columns.Clear(1);
    if (subject) columns.Append(*subject);
    lines.push_back(fmt::format("{} at {}: ", number, at) +
                    (subject ? samples::Dump(Policy(), columns.ToSubject(0)) : samples::Dump(sink.diagnostics())));
  }
  return lines;
}

std::vector<bool> All() { return std::vector<bool>(Policy().facts.size(), true); }
std::vector<bool> EveryOther() {
  std::vector<bool> wanted = All();
  for (std::size_t i = 0; i < wanted.size(); i += 2) wanted[i] = false;
  return wanted;
}

void ExpectSame(const std::string& text, const Overrides& overrides = {}) {
  for (const std::vector<bool>& wanted : {All(), EveryOther()}) {
    const std::vector<std::string> many = ReadAll(text, overrides, wanted);
    const std::vector<std::string> each = ReadEach(text, overrides, wanted);
    ASSERT_EQ(many.size(), each.size());
    for (std::size_t i = 0; i < many.size(); ++i) EXPECT_EQ(many[i], each[i]);
  }
}

std::string With(const std::string& facts) {
  return R"({"subject":"p1","as_of":"2025-03-01","setting":"hospital.inpatient","facts":{)" + facts + "}}";
}
const std::string kVisit =
    R"({"bool":true,"int":12,"decimal":-1.5,"text":"a","date":"2025-02-28","datetime":"2025-02-28T23:59",)"
    R"("wait":"36 hours","months":"6 months","kind":"DK","place":"home"})";

// Documents that are right, in every spelling.
std::vector<std::string> GoodLines() {
  std::vector<std::string> lines = {
      R"({})",
      R"({"facts":{}})",
      R"({"as_of":"2025-03-01","facts":{}})",
      R"({"facts":{"bool_":true},"setting":null,"as_of":"2025-03-01T08:30","subject":null})",
      R"(  { "subject" : "p 2" , "as_of" : "2024-02-29" , "facts" : { "bool_" : false , "int_" : 0 } }  )",
      R"({"subject": "p3", "as_of": "2025-03-01", "setting": "home", "facts": {"bool_": true, "int_": -7}})",
      "{\t\"as_of\":\"2025-03-01\",\t\"facts\":{\t}}\r",
      R"({"subject":"Søren Åkjær","as_of":"2025-03-01"})",
      R"({"subject":"S\u00f8ren \"x\" \\ \ud83d\ude37","as_of":"2025-03-01"})",
      R"({"\u0073ubject":"p1","as_of":"2025-03-01"})",
      R"({"subject":"","as_of":"2025-03-01"})",
      R"({"as_of":"2025-03-01","setting":"hospital"})",
      R"({"as_of":"2025-03-01","setting":"inpatient"})",
      R"({"as_of":null,"facts":{}})",
      With(R"("visit":)" + kVisit),
      With(R"("visit":{ })"),
      With(R"("visit":null)"),
      With(R"("visits":[)" + kVisit + "," + kVisit + "]"),
      With(R"("visits":[ )" + kVisit + " , null , {} ]"),
      With(R"("visits":{"known":[)" + kVisit + R"(],"open":true})"),
      With(R"("visits":{"open":false,"known":[]})"),
      With(R"("bool_list":[true,false,null],"date_list":["2025-01-01","2025"],"kind_list":["DK","same"])"),
      With(R"("bool_list":[true,false,null],"date_list":["2025-01-01","2025"],"kind_list":["DK","DE"])"),
      With(R"("int_list":[1,-2,0],"decimal_list":[0.5,1,-0.125],"text_list":["","x"],"place_list":[ ])"),
      With(std::string("\"") + samples::kLongName + "\":true,\"bool_\":false"),
      With(std::string("\"bool_\":true , \"") + samples::kLongName + "\" : false")};
  return lines;
}

// Values to put in the place of one fact, right or wrong.
const std::vector<std::string>& Values() {
  static const std::vector<std::string> values = {"true",
                                                  "false",
                                                  "null",
                                                  "True",
                                                  "tru",
                                                  "truee",
                                                  "nul",
                                                  "nulll",
                                                  "falsee",
                                                  "fals",
                                                  "none",
                                                  R"("none")",
                                                  "0",
                                                  "-0",
                                                  "00",
                                                  "01",
                                                  "-",
                                                  "+1",
                                                  "1.",
                                                  ".5",
                                                  "1.5",
                                                  "1.25",
                                                  "-1.125",
                                                  "1.0625",
                                                  "1e3",
                                                  "1E-2",
                                                  "999999999999999",
                                                  "1000000000000000",
                                                  "1000000000000001",
                                                  "-1000000000000000",
                                                  "1000000000000000.001",
                                                  "123456789012345.678",
                                                  "0.000",
                                                  "1 2",
                                                  "1x",
                                                  R"("")",
                                                  R"(" ")",
                                                  R"("x")",
                                                  R"("true")",
                                                  R"("36 hours")",
                                                  R"("1 day")",
                                                  R"("0 weeks")",
                                                  R"("6 months")",
                                                  R"("99999999999999999 years")",
                                                  R"("2025-03-01")",
                                                  R"("2025-02-29")",
                                                  R"("2024-02-29")",
                                                  R"("2025-13-01")",
                                                  R"("2025-00-10")",
                                                  R"("2025-04-31")",
                                                  R"("2025-04-00")",
                                                  R"("1900-12-31")",
                                                  R"("1901-01-01")",
                                                  R"("2099-12-31")",
                                                  R"("2100-01-01")",
                                                  R"("2025-3-01")",
                                                  R"("2025/03/01")",
                                                  R"("2025-03-0l")",
                                                  R"("2025-03-01 ")",
                                                  R"("2025-03")",
                                                  R"("2025")",
                                                  R"("2024-06/2024-09")",
                                                  R"("../2023")",
                                                  R"("2023/..")",
                                                  R"("../..")",
                                                  R"("2025-03-01/2025-02-01")",
                                                  R"("2025-03-01/2025-03-01")",
                                                  R"("2025-03-01T14:30")",
                                                  R"("2025-03-01T00:00")",
                                                  R"("2025-03-01T23:59")",
                                                  R"("2025-03-01T24:00")",
                                                  R"("2025-03-01T12:60")",
                                                  R"("2025-03-01 14:30")",
                                                  R"("2025-03-01t14:30")",
                                                  R"("2025-02-30T14:30")",
                                                  R"("2025-03-01T14:30:00")",
                                                  R"("2025-03-01T1430")",
                                                  R"("DK")",
                                                  R"("dk")",
                                                  R"("DK ")",
                                                  R"("D\u004b")",
                                                  R"("exactly8")",
                                                  R"("exactly9")",
                                                  R"("same")",
                                                  R"("north.same")",
                                                  R"("a_symbol_with_a_name_of_many_letters_that_goes_on_and_on")",
                                                  R"("a_symbol_with_a_name_of_many_letters_that_goes_on_and_off")",
                                                  R"("hospital")",
                                                  R"("day")",
                                                  R"("hospital.day")",
                                                  R"("hospital.")",
                                                  R"("Sårpodning")",
                                                  R"("a\nb")",
                                                  R"("a\qb")",
                                                  "\"a\tb\"",
                                                  "\"\xff\"",
                                                  "\"a\xc3\"",
                                                  "\"\xed\xa0\x80\"",
                                                  "'x'",
                                                  "{}",
                                                  "[]",
                                                  "[true]",
                                                  "[null]",
                                                  "[[]]",
                                                  "[,]",
                                                  "[true,]",
                                                  "[true true]",
                                                  R"({"known":[]})",
                                                  R"({"open":true})",
                                                  R"({"known":[],"open":1})",
                                                  R"({"known":{},"open":true})",
                                                  R"({"known":[],"open":true,"open":true})",
                                                  R"({"known":[],"open":true,"more":1})",
                                                  R"([{"bool":true}])",
                                                  R"([{"bool":true,"bool":true}])",
                                                  R"([{"derived":"1 day"}])",
                                                  R"([{"no_such":1}])",
                                                  R"([{"bool":}])",
                                                  R"({"bool":true})",
                                                  R"({"bool":true,})",
                                                  R"({,"bool":true})",
                                                  R"({"bool" true})",
                                                  R"({"bool":true "int":1})",
                                                  ""};
  return values;
}

// Lines that are broken as lines are.
std::vector<std::string> BadLines() {
  return {With(R"("bool_":true,)"),
          With(R"(,"bool_":true)"),
          With(R"("bool_":true "int_":1)"),
          With(R"("bool_" true)"),
          With(R"("bool_":true,"bool_":true)"),
          With(R"("bool_":true,"bool_none":"none","bool_":false)"),
          With(R"("no_such":1)"),
          With(R"("setting":"home")"),
          With(R"(bool_:true)"),
          With(R"("bool_:true)"),
          With(R"("text_":"unclosed)"),
          With("\"text_\":\"a\x01b\""),
          With(std::string("\"text_\":\"a") + '\0' + "b\""),
          With("\"text_\":\"\xc3\x28\""),
          With(R"("visits":[{"bool":true,)"),
          With(R"("visits":[{"bool":true]})"),
          With(R"("int_":1}})"),
          With("") + With(""),
          With("") + " " + With(""),
          With("") + ",",
          With("") + " x",
          With("") + "\\",
          With("").substr(0, 40),
          "[" + With("") + "]",
          "\xef\xbb\xbf" + With("\"int_\":1"),
          With("\"int_\":\xc2\xa0 1"),
          std::string("\0\0\0\0", 4),
          std::string(40, '\0'),
          std::string(40, '\xff'),
          "{" + std::string(40, '\xff'),
          "{" + std::string(40, '\0'),
          "{\"facts\":{" + std::string(40, '\xff'),
          "{\"facts\":{" + std::string(40, '\0') + "}}",
          With("\"visits\":[{" + std::string(40, '\0') + "}]"),
          "null",
          "\"",
          "\\",
          "\\\"",
          "{",
          "}",
          "{\"",
          "{\"facts\"",
          "{\"facts\":",
          "{\"facts\":{",
          "{\"facts\":{\"bool_",
          "{\"facts\":{\"bool_\":",
          "{\"facts\":{\"bool_\":tru",
          "{\"facts\":[]}",
          "{\"facts\":null}",
          R"({"subject":1})",
          R"({"as_of":"2025-03"})",
          R"({"as_of":"2025-02-30"})",
          R"({"as_of":"2025-03-01T8:30"})",
          R"({"as_of":1})",
          R"({"setting":"nowhere","as_of":"2025-03-01"})",
          R"({"setting":1,"as_of":"2025-03-01"})",
          R"({"subject":"a","subject":"b","as_of":"2025-03-01"})",
          R"({"patient":"a","as_of":"2025-03-01"})"};
}

// Puts each line in the middle of others that are right.
std::string Among(const std::vector<std::string>& lines) {
  const std::vector<std::string> good = GoodLines();
  std::string text;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    text += good[i % good.size()] + "\n" + lines[i] + "\n";
    if (i % 7 == 0) text += "\n  \t\r\n";
  }
  return text;
}

TEST(ColumnReader, ReadsGoodLinesAsReadDocumentDoes) {
  ExpectSame(Among(GoodLines()));
  for (const std::string& line : GoodLines()) ExpectSame(line);
}

TEST(ColumnReader, ReadsEveryValueOfEveryFactAsReadDocumentDoes) {
  for (const model::Fact& fact : Policy().facts) {
    std::vector<std::string> lines;
    for (const std::string& value : Values()) lines.push_back(With("\"" + fact.name + "\":" + value));
    ExpectSame(Among(lines));
  }
}

TEST(ColumnReader, ReadsEveryValueOfEveryFieldAsReadDocumentDoes) {
  for (const model::Field& field : Policy().records[0].fields) {
    std::vector<std::string> lines;
    for (const std::string& value : Values()) {
      lines.push_back(With(R"("visits":[{"kind":"DE",")" + field.name + "\":" + value + R"(,"months":null}])"));
    }
    ExpectSame(Among(lines));
  }
}

TEST(ColumnReader, RefusesBrokenLinesAsReadDocumentDoesAndGoesOn) {
  ExpectSame(Among(BadLines()));
  for (const std::string& line : BadLines()) ExpectSame(line);
  for (const std::string& line : BadLines()) ExpectSame(line + "\r\n" + With(""));
}

TEST(ColumnReader, ALineThatEndsAnywhereIsRefusedAlone) {
  const std::string whole = With(R"("bool_":true,"date_":"2025-03-01","kind_":"exactly8","visits":[)" + kVisit + "]");
  std::string text;
  for (std::size_t size = 0; size < whole.size(); ++size) text += whole.substr(0, size) + "\n" + whole + "\n";
  ExpectSame(text);
}

TEST(ColumnReader, TheLastLineNeedsNoLineBreakAndEndsWhereTheTextEnds) {
  const std::string whole = With(R"("visits":[)" + kVisit + "]");
  // Behind the text stand brackets that would complete what is cut.
  for (std::size_t size = 1; size <= 6; ++size) ExpectSame(whole + "\n" + whole.substr(0, whole.size() - size));
  ExpectSame(whole + "\n" + whole);
}

TEST(ColumnReader, TheCommandLineWinsOverTheDocument) {
  const std::string text = Among(GoodLines());
  Overrides overrides;
  overrides.default_as_of = model::Moment{calendar::Date{20000}, std::nullopt};
  ExpectSame(text, overrides);
  overrides.as_of = model::Moment{calendar::Date{19000}, calendar::Datetime{19000 * 1440 + 5}};
  ExpectSame(text, overrides);
  overrides.setting = "hospital";
  ExpectSame(text, overrides);
  overrides.setting = "home";
  ExpectSame(text + Among(BadLines()), overrides);
  overrides.setting = "nowhere";
  ExpectSame(text, overrides);
}

TEST(ColumnReader, APolicyWithoutSettingsRefusesOne) {
  model::Policy policy = Policy();
  policy.setting = {};
  policy.facts.erase(policy.facts.begin());
  const Overrides overrides;
  ColumnReader reader(policy, overrides);
  Block block{Columns(policy, std::vector<bool>(policy.facts.size(), true)), {}, {}};
  std::string text = With("") + "\n" + R"({"as_of":"2025-03-01","setting":null,"facts":{"bool_":true}})" + "\n";
  const std::size_t size = text.size();
  text.append(kReadingPadding, ' ');
  EXPECT_EQ(reader.Read(std::string_view(text).substr(0, size), 1, 0, block), size);
  ASSERT_EQ(block.lines.size(), 2U);
  EXPECT_TRUE(block.lines[0].refused);
  EXPECT_FALSE(block.lines[1].refused);
  EXPECT_EQ(samples::Dump(block.columns.ToSubject(0).facts[0]), "0:1:");
}

TEST(ColumnReader, ALinePastTheLimitIsRefusedAndTheNextIsRead) {
  const std::string at_limit = With("") + std::string(kLargestDocument - With("").size(), ' ');
  ExpectSame(at_limit + "\n" + With("\"int_\":1") + "\n" + at_limit + " \n" + With("\"int_\":2"));
}

TEST(ColumnReader, ABlockEndsWhenItIsFullAndTheNextGoesOn) {
  std::string text;
  for (std::size_t i = 0; i < kRowsInBlock + 10; ++i) {
    text +=
        i % 1000 == 17 ? "broken\n\n" : With("\"int_\":" + std::to_string(i) + R"(,"visits":[)" + kVisit + "]") + "\n";
  }
  const std::vector<std::string> lines = ReadAll(text, {}, EveryOther());
  ASSERT_EQ(lines.size(), kRowsInBlock + 10);
  EXPECT_EQ(lines.back().substr(0, lines.back().find(' ')), std::to_string(kRowsInBlock + 15));
}

TEST(ColumnReader, ARowThatIsRefusedLaterKeepsItsPlace) {
  const Overrides overrides;
  ColumnReader reader(Policy(), overrides);
  Block block = BlockOf(All());
  std::string text = With("") + "\nbroken\n" + With("\"int_\":1") + "\n" + With("\"int_\":2") + "\n";
  const std::size_t size = text.size();
  text.append(kReadingPadding, ' ');
  reader.Read(std::string_view(text).substr(0, size), 1, 0, block);
  block.Refuse(1, {});
  ASSERT_EQ(block.lines.size(), 4U);
  EXPECT_TRUE(block.lines[2].refused);
  EXPECT_EQ(block.lines[2].index, 1U);
  EXPECT_FALSE(block.lines[3].refused);
  EXPECT_EQ(block.lines[3].index, 2U);
}

// What is common must not take the long way: these are read in one walk.
TEST(ColumnReader, CommonDocumentsAreUnderstoodAtOnce) {
  const std::vector<std::string> lines = {
      R"({})",
      With(R"("visits":[)" + kVisit + "," + kVisit + "]"),
      With(R"("bool_":null,"int_":null,"visits":null,"visit":null,"kind_":null,"date_":null,"text_":null)"),
      With(R"("visits":[],"visit":{},"date_":"2025-03","datetime_":"2025-03-01","datetime_none":"none")"),
      With(R"("place_":"hospital","kind_none":"none","date_none":"2024-06/..","text_":"Sårpodning")"),
      With(R"("visits":{"known":[{"bool":null}],"open":true},"bool_list":[null],"decimal_":1.25,"wait_":"2 days")"),
      R"({"subject": "p3", "as_of": "2025-03-01", "setting": "home", "facts": {"int_": -7, "bool_": true}})"};
  Overrides overrides;
  overrides.default_as_of = model::Moment{calendar::Date{20000}, std::nullopt};
  RowReader reader(Policy(), overrides);
  Columns columns(Policy(), All());
  columns.Clear(lines.size());
  reader.WriteTo(columns);
  for (const std::string& line : lines) {
    const std::string padded = line + "\n" + std::string(kReadingPadding, ' ');
    EXPECT_EQ(reader.Read(padded.data()), padded.data() + line.size()) << line;
  }
  EXPECT_EQ(columns.num_rows(), lines.size());
}

// One random slip, as of a hand or a disk.
std::string Slip(std::string line, const std::string& other, std::mt19937& random) {
  const auto below = [&](std::size_t end) { return std::uniform_int_distribution<std::size_t>(0, end - 1)(random); };
  static constexpr std::string_view kBytes =
      "\"\\,:{}[] \t\r\x01\x1f\x7f\x80\xc3\xff"
      "0123456789-+.eTtfn/";
  const std::size_t at = below(line.size());
  switch (below(8)) {
    case 0:
      line[at] = kBytes[below(kBytes.size())];
      break;
    case 1:
      line.erase(at, 1 + below(3));
      break;
    case 2:
      line.insert(at, 1, kBytes[below(kBytes.size())]);
      break;
    case 3:
      line.insert(at, line.substr(at, below(20)));
      break;
    case 4:
      line.resize(at);
      break;
    case 5:
      line += other;
      break;
    case 6:
      line[at] = static_cast<char>(below(256));
      break;
    default:
      line.replace(at, below(12), other.substr(below(other.size()), below(12)));
      break;
  }
  for (char& c : line) c = c == '\n' ? ' ' : c;
  return line;
}

TEST(ColumnReader, LinesWithRandomSlipsAreReadAsReadDocumentReadsThem) {
  constexpr unsigned kSeed = 2026;
  SCOPED_TRACE(kSeed);
  std::mt19937 random(kSeed);
  const std::vector<std::string> good = GoodLines();
  std::vector<std::string> lines;
  for (int i = 0; i < 4000; ++i) {
    const std::string& line = good[random() % good.size()];
    lines.push_back(Slip(line, good[random() % good.size()], random));
    if (i % 5 == 0) lines.back() = Slip(lines.back() + " ", line, random);
  }
  ExpectSame(Among(lines));
}

}  // namespace
}  // namespace cordon::facts
