// The lists of words; see word_lists.h.
#include "syntax/word_lists.h"

#include <algorithm>

#include "support/text.h"

namespace cordon::syntax {
namespace {

constexpr unsigned kDuties = kOutput | kRule | kTable | kTest | kChange;
constexpr unsigned kTables = kTable | kChange;
constexpr unsigned kValues = ~(kHeader | kLibraryHeader | kCategory | kAction | kProtocol);
constexpr unsigned kJudgements = kRule | kTable | kChange;
constexpr unsigned kTests = kExample | kTest | kCases;
// Not where a change has its reasons.
constexpr unsigned kNotes = ~(kHeader | kLibraryHeader | kExample | kTest | kCases | kClaim);
constexpr unsigned kTypes = kRecord | kFact | kAction | kOutput | kDefine | kChange;

// Where words are keywords; those not listed are so everywhere.
struct Use {
  Kind word;
  unsigned places;
};
constexpr Use kUses[] = {
    {Kind::VERSION, kHeader},
    {Kind::UNDATED, kHeader},
    {Kind::TITLE, kHeader},
    {Kind::ISSUER, kHeader},
    {Kind::SOURCE, kHeader | kLibraryHeader},
    {Kind::REQUIRE, kRecord},
    {Kind::OF, kFact},
    {Kind::RECORDED, kFact},
    {Kind::ASSUME, kFact},
    {Kind::ABOUT, kProtocol},
    {Kind::STRICTEST, kOutput},
    {Kind::UNIQUE, kOutput},
    {Kind::DEFAULT, kOutput},
    {Kind::MEANS, kOutput},
    {Kind::OVERRIDES, kRule | kTable | kChange},
    {Kind::UNLESS, kRule | kChange},
    {Kind::THEN, kRule},
    {Kind::ALSO, kRule},
    {Kind::MUST, kDuties},
    {Kind::SHOULD, kDuties},
    {Kind::MAY, kDuties},
    {Kind::TO, kDuties | kHeader | kRelease},
    {Kind::AT, kDuties},
    {Kind::AFTER, kDuties},
    {Kind::DURING, kDuties},
    {Kind::WITH, kDuties},
    {Kind::WEIGHING, kJudgements},
    {Kind::ANY, kTables},
    {Kind::SILENT, kTables | kCases},
    {Kind::ALWAYS, kGuarantee},
    {Kind::NEVER, kGuarantee},
    {Kind::LIKE, kTests},
    {Kind::GIVEN, kTests},
    {Kind::EXPECT, kTest},
    {Kind::NEEDS, kTest},
    {Kind::UNKNOWN, kTests},
    {Kind::JUDGEMENT, kCases | kTest | kChange},
    {Kind::CONFLICT, kCases},
    {Kind::PROVISIONALLY, kCases | kChange},
    {Kind::LATEST, kValues},
    {Kind::EARLIEST, kValues},
    {Kind::BY, kValues},
    {Kind::DUE, kDuties},
    {Kind::UNTIL, kDuties},
    {Kind::EXCEPT, kDuties},
    {Kind::EACH, kValues},
    {Kind::EXACTLY, kRule | kClaim},
    {Kind::DROPS, kRule | kChange},
    {Kind::AS, kRelease},
    {Kind::REVISES, kHeader},
    {Kind::UPON, kHeader},
    {Kind::ADAPTS, kHeader},
    {Kind::CONFORMS, kClaim},
    {Kind::ANSWERS, kNotes},
};

}  // namespace

unsigned PlaceOf(Kind opening) {
  if (opening == Kind::POLICY) return kHeader;
  if (opening == Kind::LIBRARY) return kLibraryHeader;
  if (opening == Kind::CATEGORY || opening == Kind::SCALE) return kCategory;
  if (opening == Kind::RECORD) return kRecord;
  if (opening == Kind::FACT) return kFact;
  if (opening == Kind::ACTION) return kAction;
  if (opening == Kind::PROTOCOL) return kProtocol;
  if (opening == Kind::OUTPUT) return kOutput;
  if (opening == Kind::RULE) return kRule;
  if (opening == Kind::TABLE) return kTable;
  if (opening == Kind::GUARANTEE) return kGuarantee;
  if (opening == Kind::EXAMPLE) return kExample;
  if (opening == Kind::TEST) return kTest;
  if (opening == Kind::CASES) return kCases;
  if (opening == Kind::DEFINE) return kDefine;
  if (opening == Kind::RELEASE) return kRelease;
  if (opening == Kind::CLAIM) return kClaim;
  if (IsIn(opening, Changes())) return kChange;
  return kElsewhere;
}

unsigned UsesOf(Kind word) {
  for (const Use& use : kUses) {
    if (use.word == word) return use.places;
  }
  return kEverywhere;
}

const std::vector<Phrase>& Phrases() {
  static const std::vector<Phrase> phrases = {
      {{"as", "far", "as", "possible"}, Kind::AS_FAR_AS_POSSIBLE, kDuties},
      {{"to", "be", "settled", "by"}, Kind::TO_BE_SETTLED_BY, kElsewhere | kChange},
      {{"in", "force", "from", ""}, Kind::IN_FORCE_FROM, kHeader},
      {{"every", "rule", "for", ""}, Kind::EVERY_RULE_FOR, kRule | kTables},
      {{"first", "row", "wins", ""}, Kind::FIRST_ROW_WINS, kTable},
      {{"within", "the", "last", ""}, Kind::WITHIN_THE_LAST, kEverywhere},
      {{"is", "not", "empty", ""}, Kind::IS_NOT_EMPTY, kEverywhere},
      {{"is", "not", "none", ""}, Kind::IS_NOT_NONE, kEverywhere},
      {{"is", "not", "known", ""}, Kind::IS_UNKNOWN, kEverywhere},
      {{"is", "not", "unknown", ""}, Kind::IS_KNOWN, kEverywhere},
      {{"is", "not", "judgement", ""}, Kind::IS_NOT_JUDGEMENT, kEverywhere},
      {{"is", "not", "covered", ""}, Kind::IS_NOT_COVERED, kEverywhere},
      {{"is", "not", "conflict", ""}, Kind::IS_NOT_CONFLICT, kEverywhere},
      {{"is", "not", "", ""}, Kind::IS_NOT, kEverywhere},
      {{"is", "known", "", ""}, Kind::IS_KNOWN, kEverywhere},
      {{"is", "unknown", "", ""}, Kind::IS_UNKNOWN, kEverywhere},
      {{"is", "empty", "", ""}, Kind::IS_EMPTY, kEverywhere},
      {{"is", "none", "", ""}, Kind::IS_NONE, kEverywhere},
      {{"is", "judgement", "", ""}, Kind::IS_JUDGEMENT, kEverywhere},
      {{"is", "covered", "", ""}, Kind::IS_COVERED, kEverywhere},
      {{"is", "conflict", "", ""}, Kind::IS_CONFLICT, kEverywhere},
      {{"is", "provisional", "", ""}, Kind::IS_PROVISIONAL, kTest},
      {{"is", "provisionally", "", ""}, Kind::IS_PROVISIONALLY, kTest},
      {{"not", "in", "", ""}, Kind::NOT_IN, kEverywhere},
      {{"not", "asked", "", ""}, Kind::NOT_ASKED, kTests},
      {{"not", "covered", "", ""}, Kind::NOT_COVERED, kCases},
      {{"more", "than", "", ""}, Kind::MORE_THAN, kEverywhere},
      {{"less", "than", "", ""}, Kind::LESS_THAN, kEverywhere},
      {{"at", "least", "", ""}, Kind::AT_LEAST, kEverywhere},
      {{"list", "of", "", ""}, Kind::LIST_OF, kTypes},
      {{"or", "none", "", ""}, Kind::OR_NONE, kTypes},
      {{"named", "by", "", ""}, Kind::NAMED_BY, kRecord},
      {{"confidential", "to", "", ""}, Kind::CONFIDENTIAL_TO, kFact},
      {{"unless", "asked", "", ""}, Kind::UNLESS_ASKED, kFact},
      {{"for", "each", "", ""}, Kind::FOR_EACH, kRule | kTables},
      {{"for", "one", "", ""}, Kind::FOR_ONE, kCases},
      {{"with", "gaps", "", ""}, Kind::WITH_GAPS, kTable},
      {{"must", "not", "", ""}, Kind::MUST_NOT, kDuties},
      {{"should", "not", "", ""}, Kind::SHOULD_NOT, kDuties},
      {{"need", "not", "", ""}, Kind::NEED_NOT, kDuties},
      {{"must", "consider", "", ""}, Kind::MUST_CONSIDER, kDuties},
      {{"should", "consider", "", ""}, Kind::SHOULD_CONSIDER, kDuties},
      {{"may", "consider", "", ""}, Kind::MAY_CONSIDER, kDuties},
      {{"due", "by", "", ""}, Kind::DUE_BY, kDuties},
      {{"no", "duty", "", ""}, Kind::NO_DUTY, kTest},
      {{"text", "unavailable", "", ""}, Kind::TEXT_UNAVAILABLE, kHeader | kElsewhere | kChange},
      {{"judgement", "by", "", ""}, Kind::JUDGEMENT_BY, kJudgements},
      {{"instead", "of", "", ""}, Kind::INSTEAD_OF, kElsewhere | kChange},
      {{"decided", "in", "", ""}, Kind::DECIDED_IN, kJudgements},
  };
  return phrases;
}

const std::vector<Kind>& Declarations() {
  static const std::vector<Kind> kinds = {Kind::POLICY,   Kind::LIBRARY, Kind::USE,   Kind::SUBJECT, Kind::CATEGORY,
                                          Kind::SCALE,    Kind::SET,     Kind::ROLE,  Kind::EVENT,   Kind::RECORD,
                                          Kind::PARAM,    Kind::FACT,    Kind::GROUP, Kind::ACTION,  Kind::DEFINE,
                                          Kind::PROTOCOL, Kind::CLAIM,   Kind::OMIT,  Kind::CHANGE,  Kind::ADD,
                                          Kind::REPLACE,  Kind::REMOVE,  Kind::RENAME};
  return kinds;
}

const std::vector<Kind>& Additions() {
  static const std::vector<Kind> kinds = [] {
    std::vector<Kind> all = Declarations();
    std::erase_if(all, [](Kind kind) {
      return IsIn(kind, Changes()) || IsIn(kind, {Kind::POLICY, Kind::LIBRARY, Kind::USE, Kind::OMIT});
    });
    return all;
  }();
  return kinds;
}

const std::vector<Kind>& Changes() {
  static const std::vector<Kind> kinds = {Kind::CHANGE, Kind::ADD, Kind::REPLACE, Kind::REMOVE, Kind::RENAME};
  return kinds;
}

const std::vector<Kind>& Statements() {
  static const std::vector<Kind> kinds = {Kind::OUTPUT,  Kind::RULE, Kind::TABLE, Kind::GUARANTEE,
                                          Kind::EXAMPLE, Kind::TEST, Kind::CASES, Kind::RELEASE};
  return kinds;
}

const std::vector<Kind>& AllOpenings() {
  static const std::vector<Kind> kinds = [] {
    std::vector<Kind> all = Declarations();
    all.insert(all.end(), Statements().begin(), Statements().end());
    return all;
  }();
  return kinds;
}

const std::vector<Kind>& LineOpenings() {
  static const std::vector<Kind> kinds = {Kind::TITLE,
                                          Kind::ISSUER,
                                          Kind::SOURCE,
                                          Kind::IN_FORCE_FROM,
                                          Kind::REQUIRE,
                                          Kind::RECORDED,
                                          Kind::ASSUME,
                                          Kind::BECAUSE,
                                          Kind::CITE,
                                          Kind::ANSWERS,
                                          Kind::INTERPRETATION,
                                          Kind::QUOTE,
                                          Kind::TEXT,
                                          Kind::HELP,
                                          Kind::ASK,
                                          Kind::DEFAULT,
                                          Kind::MEANS,
                                          Kind::OVERRIDES,
                                          Kind::WHEN,
                                          Kind::UNLESS,
                                          Kind::THEN,
                                          Kind::ALSO,
                                          Kind::ALWAYS,
                                          Kind::NEVER,
                                          Kind::GIVEN,
                                          Kind::EXPECT,
                                          Kind::TODAY,
                                          Kind::FOR_EACH,
                                          Kind::FOR_ONE,
                                          Kind::CONFIDENTIAL_TO,
                                          Kind::LIKE,
                                          Kind::REVISES,
                                          Kind::ADAPTS,
                                          Kind::TEXT_UNAVAILABLE,
                                          Kind::INSTEAD_OF,
                                          Kind::TO_BE_SETTLED_BY,
                                          Kind::DROPS,
                                          Kind::AS};
  return kinds;
}

const std::vector<Kind>& Connectives() {
  static const std::vector<Kind> kinds = {Kind::AND,   Kind::OR,  Kind::IMPLIES, Kind::IN,     Kind::HAS,
                                          Kind::WHERE, Kind::IS,  Kind::WITHIN,  Kind::BEFORE, Kind::AGO,
                                          Kind::MUST,  Kind::MAY, Kind::SHOULD};
  return kinds;
}

const std::vector<Kind>& Modalities() {
  static const std::vector<Kind> kinds = {Kind::MUST,        Kind::MUST_NOT, Kind::SHOULD,        Kind::SHOULD_NOT,
                                          Kind::MAY,         Kind::NEED_NOT, Kind::MUST_CONSIDER, Kind::SHOULD_CONSIDER,
                                          Kind::MAY_CONSIDER};
  return kinds;
}

bool IsIn(Kind kind, const std::vector<Kind>& kinds) {
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

bool EndsOperand(Kind kind) {
  return kind == Kind::NAME || IsIn(kind, {Kind::RP, Kind::RB, Kind::RC}) ||
         (kind >= Kind::DATETIME && kind <= Kind::STRING) ||
         IsIn(kind, {Kind::YES, Kind::NO, Kind::EMPTY, Kind::TODAY, Kind::NOW, Kind::AGO, Kind::IS_KNOWN,
                     Kind::IS_UNKNOWN, Kind::IS_EMPTY, Kind::IS_NOT_EMPTY, Kind::IS_NONE, Kind::IS_NOT_NONE,
                     Kind::IS_JUDGEMENT, Kind::IS_NOT_JUDGEMENT, Kind::IS_COVERED, Kind::IS_NOT_COVERED,
                     Kind::IS_CONFLICT, Kind::IS_NOT_CONFLICT});
}

bool IsWord(Kind kind) { return kind == Kind::NAME || (kind >= Kind::POLICY && kind <= Kind::EMPTY); }

bool IsKeyword(Kind kind) { return kind >= Kind::ROW && kind <= Kind::EMPTY; }

bool IsReserved(Kind kind) { return kind >= Kind::WHEN && kind <= Kind::EMPTY; }

std::string ReservedWords() {
  std::vector<std::string> words;
  for (const cordon_grammar::Word& word : cordon_grammar::kWords) {
    if (IsReserved(word.kind)) words.push_back("`" + std::string(word.text) + "`");
  }
  return support::JoinWords(words, "and");
}

std::string_view WordOf(Kind kind) {
  for (const cordon_grammar::Word& word : cordon_grammar::kWords) {
    if (word.kind == kind) return word.text;
  }
  return {};
}

}  // namespace cordon::syntax
