// Messages of our own for what the grammar did not expect; see messages.h.
//
// Three cases: something ends too soon, a word of the language stands where a name belongs, and everything else. What
// could stand instead is told in a few groups that a person recognises, never as the grammar's own list of tokens.
// Tested by tests/unit/parse_test.cc.
#include "syntax/messages.h"

#include <algorithm>

#include "support/text.h"
#include "syntax/word_lists.h"

namespace cordon::syntax {
namespace {

using diagnostics::Code;

constexpr std::size_t kMostAlternatives = 5;

// What is told instead of a list of tokens where a rule of the grammar is this one.
struct RuleHelp {
  std::string_view rule;
  std::string_view help;
};
constexpr RuleHelp kRuleHelp[] = {
    {"conclusion", "a conclusion is `output = value`, or a role, `must`, `should`, `may` or `need not`, and an action"},
    {"cell",
     "a cell is a value, a test such as `> 24 hours` or `in nordic`, a range such as `2..5`, `any` or `otherwise`"},
    {"conclusionCell",
     "the cell of an output holds a value, a judgement or `silent`; that of a duty `must`, `should` or `may`"},
    {"expectedCell",
     "an expected answer is a value, `unknown`, `judgement`, `not covered`, `provisionally` and a value, or `silent`"},
    {"expectation", "expect `output = value`, `output is unknown`, or a duty such as `ward must isolate`"},
    {"outputExpectation",
     "expect `output = value`, `output is unknown`, `output is judgement` or `output is not covered`"},
    {"factValue",
     "a value is `yes`, a number, a date, a symbol, a text, a list `[ … ]`, a record `{ field: value }`, "
     "`unknown`, `not asked` or `empty`"},
    {"comparisonTail", "a comparison goes on with a value, as in `= yes`, `in nordic`, `within the last 7 days`"},
    {"type",
     "a type is `bool`, `int`, `decimal`, `text`, `date`, `datetime`, `duration`, a category, scale or record, "
     "or `list of` one of them"},
    {"part", "the first line of a table begins with `| row |`"},
    {"heading", "the first line of a table is `| row | when || output |` or names a column for each test"},
    {"caseHeading", "the first line of `cases` begins with `| case |`"},
    {"version", "a version is a date, a month, a text or `undated`, as in `version 2018-09-04`"},
    {"changeSide",
     "each side of a change is a value, a condition, a cell such as `> 24 hours` or `any`, or texts such as `da "
     "\"…\"`"},
    {"changeNote", "a change ends with `because \"…\"` and citations"},
    {"dutyQualifier",
     "a duty goes on with `at`, `before`, `after` or `during` an event, `due by`, `due … after`, `every`, `until`, "
     "`with`, `to`, `except` and a text, or a text alone such as `\"without delay\"`"},
    {"languageText", "put `,` between two names; a text stands behind its language, as in `en \"…\"`"},
    {"modality", "write `must`, `must not`, `should`, `should not`, `may` or `need not`"},
    {"node", "a category lists its symbols, as in `hospital (inpatient, outpatient), home`"},
};

std::string_view HelpOf(std::string_view rule) {
  for (const RuleHelp& help : kRuleHelp) {
    if (help.rule == rule) return help.help;
  }
  return {};
}

// True where the help of a rule says more than what could stand at the place.
bool SaysMore(std::string_view rule) {
  return rule == "part" || rule == "heading" || rule == "caseHeading" || rule == "languageText";
}

// True where what stands before `at` is a duty: a name, `must` and a name behind `then`, `also`, `means` or `expect`.
bool FollowsDuty(const Tokens& tokens, std::size_t at) {
  while (at > 2) {
    --at;
    if (IsIn(tokens[at].kind, Modalities())) return tokens[at - 1].kind == Kind::NAME;
    if (IsIn(tokens[at].kind, {Kind::THEN, Kind::ALSO, Kind::MEANS, Kind::EXPECT, Kind::ROW_START})) return false;
  }
  return false;
}

// The alternatives as groups: each is told where its key could stand, and takes the other kinds with it.
struct Group {
  std::vector<Kind> keys;  // all of them must be expected
  std::vector<Kind> takes;
  std::string_view name;
};

const std::vector<Group>& Groups() {
  static const std::vector<Group> groups = {
      {{Kind::NAME, Kind::QUANTITY, Kind::LP},
       {Kind::NAME, Kind::YES, Kind::NO, Kind::STRING, Kind::DATE, Kind::DATETIME, Kind::QUANTITY, Kind::DECIMAL,
        Kind::INT, Kind::MINUS, Kind::LP, Kind::LC, Kind::COUNT, Kind::EMPTY, Kind::TODAY, Kind::NOW, Kind::NOT,
        Kind::SOME, Kind::EVERY},
       "a name or a value"},
      {{Kind::LT, Kind::EQ, Kind::IS},
       {Kind::LT,
        Kind::LE,
        Kind::GT,
        Kind::GE,
        Kind::EQ,
        Kind::NE,
        Kind::IS,
        Kind::IS_NOT,
        Kind::IN,
        Kind::NOT_IN,
        Kind::IS_KNOWN,
        Kind::IS_UNKNOWN,
        Kind::IS_EMPTY,
        Kind::IS_NOT_EMPTY,
        Kind::IS_NONE,
        Kind::IS_NOT_NONE,
        Kind::IS_JUDGEMENT,
        Kind::IS_NOT_JUDGEMENT,
        Kind::IS_COVERED,
        Kind::IS_NOT_COVERED,
        Kind::IS_CONFLICT,
        Kind::IS_NOT_CONFLICT,
        Kind::WITHIN_THE_LAST,
        Kind::WITHIN,
        Kind::LESS_THAN,
        Kind::MORE_THAN,
        Kind::AT_LEAST},
       "a comparison"},
      {{Kind::MUST, Kind::MAY},
       {Kind::MUST, Kind::MUST_NOT, Kind::SHOULD, Kind::SHOULD_NOT, Kind::MAY, Kind::NEED_NOT, Kind::MUST_CONSIDER,
        Kind::SHOULD_CONSIDER, Kind::MAY_CONSIDER},
       "`must`, `should`, `may` or `need not`"},
      {{Kind::CITE, Kind::QUOTE},
       {Kind::CITE, Kind::ANSWERS, Kind::QUOTE, Kind::INTERPRETATION, Kind::TEXT, Kind::HELP, Kind::ASK},
       "a note such as `cite`"},
      {{Kind::AND, Kind::OR}, {Kind::AND, Kind::OR}, "`and` or `or`"},
      {{Kind::PLUS, Kind::MINUS}, {Kind::PLUS, Kind::MINUS}, "`+` or `-`"},
  };
  return groups;
}

bool EndsChunk(Kind kind) { return IsIn(kind, {Kind::END, Kind::MARGIN, Kind::INNER, Kind::INDENT}); }

// "`then`, a name or a comparison": at most kMostAlternatives; empty where nothing useful can be said.
std::string Alternatives(std::vector<Kind> expected) {
  std::vector<std::string> names;
  std::vector<std::string> groups;
  for (const Group& group : Groups()) {
    if (!std::all_of(group.keys.begin(), group.keys.end(), [&](Kind key) { return IsIn(key, expected); })) continue;
    groups.emplace_back(group.name);
    std::erase_if(expected, [&](Kind kind) { return IsIn(kind, group.takes); });
  }
  const bool may_end = std::any_of(expected.begin(), expected.end(), EndsChunk);
  std::erase_if(expected, EndsChunk);
  for (const Kind kind : expected) names.push_back(Describe(kind));
  names.insert(names.end(), groups.begin(), groups.end());
  if (may_end) names.emplace_back("the next declaration or statement");
  if (names.size() > kMostAlternatives) names.resize(kMostAlternatives);
  return support::JoinWords(names, "or");
}

// The expected word that the token was nearly.
std::optional<std::string> NearestWord(std::string_view text, const std::vector<Kind>& expected) {
  std::vector<std::string> words;
  for (const Kind kind : expected) {
    if (IsKeyword(kind)) words.push_back(Describe(kind));
  }
  return support::FindNearest("`" + std::string(text) + "`", words);
}

// What the chunk is called in a message: "`rule dispensation`".
std::string ChunkName(const Chunk& chunk, const Reporter& reporter) {
  std::string name = "`" + std::string(WordOf(chunk.opening));
  const bool named = chunk.tokens.size() > 2 && chunk.tokens[2].kind == Kind::NAME && chunk.opening != Kind::POLICY;
  if (named && chunk.opening != Kind::LIBRARY && chunk.opening != Kind::USE)
    name += " " + std::string(reporter.text(chunk.tokens[2]));
  return name + "`";
}

void ReportEnd(const Surprise& surprise, const Chunk& chunk, Reporter& reporter) {
  const Token& last = chunk.tokens.back();
  if (reporter.spoilt(last)) return;
  std::string help(HelpOf(surprise.rule));
  const std::string alternatives = surprise.certain ? Alternatives(surprise.expected) : "";
  if (!alternatives.empty() && !SaysMore(surprise.rule)) help = "here could stand " + alternatives;
  if (help.empty()) help = "finish it, or take out what was begun";
  reporter.Report(Code::kEndsTooSoon, Inserted(Kind::END, last, last.end),
                  ChunkName(chunk, reporter) + " ends too soon", std::move(help));
}

}  // namespace

void ReportSurprise(const Surprise& surprise, const Chunk& chunk, Reporter& reporter) {
  reporter.CountSurprise();
  if (surprise.at >= chunk.tokens.size()) return ReportEnd(surprise, chunk, reporter);
  const Token& token = chunk.tokens[surprise.at];
  // What follows a place that cannot be trusted cannot be either.
  if (surprise.at > 0 && reporter.spoilt(chunk.tokens[surprise.at - 1])) return;
  const std::string quoted = token.begin == token.end ? Describe(token.kind) : reporter.Quote(token);
  const std::string alternatives = surprise.certain ? Alternatives(surprise.expected) : "";
  const bool wants_name =
      IsIn(Kind::NAME, surprise.expected) || surprise.rule == "name" || surprise.rule == "qualifiedName";
  if (IsKeyword(token.kind) && token.kind != Kind::EACH && surprise.certain && wants_name && !token.first) {
    reporter.Report(Code::kKeywordAsName, token, quoted + " stands where a name belongs; it is a word of the language",
                    "choose another name, or see whether one is missing before it" +
                        (IsReserved(token.kind) ? "; no names are " + ReservedWords() : ""));
    return;
  }
  std::string help(HelpOf(surprise.rule));
  if (!alternatives.empty() && (help.empty() || !SaysMore(surprise.rule))) help = "here could stand " + alternatives;
  if (token.kind == Kind::NAME && surprise.at > 0 && chunk.tokens[surprise.at - 1].kind == Kind::NAME &&
      IsIn(Kind::THEN, surprise.expected)) {
    help = "join two conditions with `and` or `or`; a conclusion begins with `then`";
  }
  const bool after_conclusion = IsIn(Kind::ALSO, surprise.expected) || surprise.rule == "outputStatement";
  if (after_conclusion && !token.opens && FollowsDuty(chunk.tokens, surprise.at)) help = HelpOf("dutyQualifier");
  if (token.kind == Kind::NAME) {
    if (const auto nearest = NearestWord(reporter.text(token), surprise.expected))
      help = "did you mean " + *nearest + "?";
  }
  if (token.kind == Kind::BECAUSE && token.opens && chunk.mark != Kind::MARGIN) {
    help =
        "a rule's or table's `because` stands before its `when`, `then` or rows; that of `add` or `replace` on its "
        "line";
  }
  if (token.kind == Kind::EACH) help = "`each x in xs` stands among the arguments of a duty, and nowhere else";
  if (help.empty()) help = "take it out, or see whether something is missing before it";
  reporter.Report(Code::kUnexpected, token, quoted + " cannot stand here, in " + ChunkName(chunk, reporter),
                  std::move(help));
}

std::string Describe(Kind kind) {
  struct Name {
    Kind kind;
    std::string_view name;
  };
  static constexpr Name kNames[] = {{Kind::NAME, "a name"},
                                    {Kind::STRING, "a text in `\"`"},
                                    {Kind::DATE, "a date"},
                                    {Kind::DATETIME, "a time"},
                                    {Kind::MONTH, "a month"},
                                    {Kind::QUANTITY, "a length of time"},
                                    {Kind::INT, "a number"},
                                    {Kind::DECIMAL, "a decimal number"},
                                    {Kind::ROW_NAME, "a row's name"},
                                    {Kind::ROW_START, "a line of a table"},
                                    {Kind::ROW_END, "the last `|` of the line"},
                                    {Kind::BAR, "`|`"},
                                    {Kind::BARBAR, "`||`"},
                                    {Kind::ROW, "`row`"},
                                    {Kind::CASE, "`case`"},
                                    {Kind::COUNT, "`count`"},
                                    {Kind::LE, "`<=`"},
                                    {Kind::GE, "`>=`"},
                                    {Kind::NE, "`!=`"},
                                    {Kind::LT, "`<`"},
                                    {Kind::GT, "`>`"},
                                    {Kind::EQ, "`=`"},
                                    {Kind::PLUS, "`+`"},
                                    {Kind::MINUS, "`-`"},
                                    {Kind::DOTDOT, "`..`"},
                                    {Kind::DOT, "`.`"},
                                    {Kind::COMMA, "`,`"},
                                    {Kind::COLON, "`:`"},
                                    {Kind::LP, "`(`"},
                                    {Kind::RP, "`)`"},
                                    {Kind::LB, "`[`"},
                                    {Kind::RB, "`]`"},
                                    {Kind::LC, "`{`"},
                                    {Kind::RC, "`}`"}};
  for (const Name& name : kNames) {
    if (name.kind == kind) return std::string(name.name);
  }
  if (const std::string_view word = WordOf(kind); !word.empty()) return "`" + std::string(word) + "`";
  for (const Phrase& phrase : Phrases()) {
    if (phrase.kind != kind) continue;
    std::string words;
    for (const std::string_view word : phrase.words) {
      if (!word.empty()) words += (words.empty() ? "" : " ") + std::string(word);
    }
    return "`" + words + "`";
  }
  return "the next declaration or statement";
}

}  // namespace cordon::syntax
