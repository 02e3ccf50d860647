// Cuts passages into clauses; see clauses.h.
#include "format/clauses.h"

#include <algorithm>
#include <optional>
#include <string>

namespace cordon::format {
namespace {

using syntax::Lexeme;
using syntax::LexemeKind;
using syntax::Passage;
using Words = std::vector<std::string_view>;

bool IsOneOf(std::string_view word, const Words& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// The words that begin a clause of the passages that each opening word begins.
struct Opening {
  std::string_view word;
  Words joins;
  Words own;
};

const std::vector<Opening>& Openings() {
  static const std::vector<Opening> openings = {
      {"policy", {}, {"title", "issuer", "source", "in force from", "revises", "adapts"}},
      {"library", {}, {"source"}},
      {"record", {}, {"require"}},
      {"fact", {"recorded", "assume", "confidential to"}, {}},
      {"protocol", {"about", "in"}, {}},
      {"output", {}, {"default", "means"}},
      {"rule", {"in", "for each", "overrides", "drops"}, {"because", "when", "unless", "then", "also"}},
      {"table", {"with gaps", "first row wins", "in", "overrides"}, {"because", "for each"}},
      {"guarantee", {"in"}, {"always", "never"}},
      {"example", {"like"}, {"today", "given"}},
      {"test", {"like"}, {"today", "given", "expect"}},
      {"cases", {"like", "for one"}, {"today", "given"}},
      {"release", {"as"}, {"because"}},
      {"claim", {}, {"because"}},
      {"omit", {}, {"because"}},
      {"interpretation", {}, {"instead of", "to be settled by", "text unavailable"}},
      {"change", {}, {"because", "for each"}},
      {"add", {"because"}, {"for each", "require", "in", "overrides", "drops", "when", "unless"}},
      {"replace", {"because"}, {"for each", "require"}},
      {"remove", {}, {"because"}},
      {"rename", {}, {"because"}},
  };
  return openings;
}

const Opening& OpeningOf(std::string_view word) {
  static const Opening kOther = {"", {}, {}};
  for (const Opening& opening : Openings()) {
    if (opening.word == word) return opening;
  }
  return kOther;
}

bool IsSign(const Lexeme& lexeme, std::string_view sign) {
  return lexeme.kind == LexemeKind::kSign && lexeme.text == sign;
}

// True where an operand can end with the lexeme: a minus behind it takes something away.
bool EndsOperand(const Lexeme& lexeme) {
  if (lexeme.kind == LexemeKind::kKeyword) {
    return IsOneOf(lexeme.text, {"yes", "no", "today", "now", "empty", "known", "unknown", "none", "ago", "silent",
                                 "any", "conflict", "covered", "judgement", "recorded"});
  }
  return lexeme.kind != LexemeKind::kSign || IsOneOf(lexeme.text, {")", "]", "}"});
}

bool IsNumber(const Lexeme& lexeme) {
  return lexeme.kind == LexemeKind::kValue && lexeme.text.find_first_not_of("0123456789.") == std::string::npos;
}

class Cutter {
 public:
  explicit Cutter(const Passage& passage)
      : passage_(passage), word_(WordOf(passage.lexemes.front())), opening_(OpeningOf(word_)) {}

  std::vector<Clause> Cut() {
    clauses_.push_back({ClauseKind::kHead, 0, 0, 0});
    for (at_ = 1; at_ < passage_.lexemes.size(); ++at_) {
      const Lexeme& lexeme = passage_.lexemes[at_];
      if (row_line_ == lexeme.line && !StartsNote()) continue;
      row_line_ = 0;
      if (IsOneOf(lexeme.text, {"(", "[", "{"}) && lexeme.kind == LexemeKind::kSign) ++depth_;
      if (IsOneOf(lexeme.text, {")", "]", "}"}) && lexeme.kind == LexemeKind::kSign) --depth_;
      if (depth_ == 0) Look(lexeme);
    }
    clauses_.back().end = passage_.lexemes.size();
    return std::move(clauses_);
  }

 private:
  const Lexeme& Before(std::size_t steps) const { return passage_.lexemes[at_ - std::min(steps, at_)]; }
  const Lexeme* Next() const { return at_ + 1 < passage_.lexemes.size() ? &passage_.lexemes[at_ + 1] : nullptr; }

  void Begin(ClauseKind kind, std::size_t depth) {
    clauses_.back().end = at_;
    clauses_.push_back({kind, at_, 0, depth});
  }

  bool StartsNote() const {
    return IsOneOf(WordOf(passage_.lexemes[at_]),
                   {"cite", "answers", "interpretation", "quote", "text", "help", "ask"});
  }
  // The number of languages in the texts behind the word at hand.
  std::size_t CountLanguages() const;
  bool StartsField() const;
  bool StartsNames() const;
  // Whether the word at hand, one of the opening's, begins a clause here.
  bool StartsClause(std::string_view word) const;
  void Look(const Lexeme& lexeme);
  void LookAtNote(std::string_view word);

  const Passage& passage_;
  const std::string_view word_;
  const Opening& opening_;
  std::vector<Clause> clauses_;
  std::size_t at_ = 0;
  std::uint32_t row_line_ = 0;  // the line of the row at hand
  std::size_t depth_ = 0;       // open brackets
  bool below_item_ = false;     // a row or field stands above, so that notes are its own
  bool concluding_ = false;     // behind the `when` or `then` of a rule, the `always` of a guarantee
};

std::size_t Cutter::CountLanguages() const {
  std::size_t count = 0;
  for (std::size_t i = at_ + 1; i < passage_.lexemes.size(); ++i) {
    if (IsLanguage(passage_, i)) {
      ++count;
    } else if (passage_.lexemes[i].kind != LexemeKind::kString) {
      break;
    }
  }
  return count;
}

bool Cutter::StartsField() const {
  if (!IsOneOf(word_, {"record", "add", "replace"}) || Next() == nullptr) return false;
  const bool assigned = IsSign(*Next(), ":") || IsSign(*Next(), "=");
  return assigned && passage_.lexemes[at_].kind == LexemeKind::kName && EndsOperand(Before(1));
}

bool Cutter::StartsNames() const {
  if (!IsOneOf(word_, {"add", "replace"}) || passage_.lexemes[at_].kind != LexemeKind::kName) return false;
  const bool begun = std::any_of(clauses_.begin(), clauses_.end(),
                                 [](const Clause& clause) { return clause.kind == ClauseKind::kNames; });
  const LexemeKind before = Before(1).kind;
  return !begun && !below_item_ && !IsLanguage(passage_, at_) &&
         (before == LexemeKind::kString || (before == LexemeKind::kName && WordOf(Before(2)) != "cite"));
}

bool Cutter::StartsClause(std::string_view word) const {
  if (word_ == "add" && IsOneOf(word, {"in", "overrides", "drops", "when", "unless"})) {  // on a line of its own
    const bool begins_line = passage_.lexemes[at_].line != Before(1).line;
    return begins_line && !below_item_ && !(word == "in" && concluding_);
  }
  if (word == "today") return Next() != nullptr && Next()->kind == LexemeKind::kValue && EndsOperand(Before(1));
  if (word == "in" || word == "drops") {
    if (word == "drops") return true;
    return !concluding_ && !IsOneOf(Before(2).text, {"each", "one"});
  }
  if (word == "because" && word_ == "release") return true;
  return word != "for each" || !concluding_;
}

void Cutter::LookAtNote(std::string_view word) {
  const std::size_t depth = below_item_ ? 2 : 1;
  const bool short_text = word == "text" && CountLanguages() == 1;
  const bool source = word == "cite" || word == "answers";
  const bool joins = (source && !(below_item_ && word_ != "record")) || (short_text && !below_item_);
  Begin(joins ? ClauseKind::kJoins : ClauseKind::kOwn, depth);
}

void Cutter::Look(const Lexeme& lexeme) {
  if (IsSign(lexeme, "|") && IsOneOf(word_, {"table", "cases", "change", "add", "replace"})) {
    Begin(ClauseKind::kRow, 1);
    row_line_ = lexeme.line;
    below_item_ = true;
    return;
  }
  if (StartsField()) {
    Begin(ClauseKind::kField, 1);
    below_item_ = true;
    return;
  }
  if (StartsNames()) {
    Begin(ClauseKind::kNames, 1);
    return;
  }
  const std::string_view word = WordOf(lexeme);
  if (word.empty()) return;
  const bool own = IsOneOf(word, opening_.own);
  const bool joins = IsOneOf(word, opening_.joins) && !(word == "because" && below_item_);
  if ((own || IsOneOf(word, opening_.joins)) && StartsClause(word)) {
    Begin(joins && !own && (word != "as" || CountLanguages() == 1) ? ClauseKind::kJoins : ClauseKind::kOwn, 1);
    concluding_ = concluding_ || IsOneOf(word, {"when", "unless", "then", "always", "never"});
    if (IsOneOf(word, {"because", "for each", "require"})) below_item_ = false;
    return;
  }
  if (StartsNote()) LookAtNote(word);
}

// ---- the blanks between lexemes

class Spacer {
 public:
  explicit Spacer(const Passage& passage) : passage_(passage), word_(WordOf(passage.lexemes.front())) {}

  std::vector<std::size_t> Space() {
    std::vector<std::size_t> gaps = {0};
    for (at_ = 1; at_ < passage_.lexemes.size(); ++at_) gaps.push_back(GapBefore());
    return gaps;
  }

 private:
  std::size_t GapBefore();
  std::size_t GapAtBracket(const Lexeme& before, const Lexeme& lexeme);
  std::size_t GapAtDots(const Lexeme& before, const Lexeme& lexeme) const;
  bool IsTree() const { return IsOneOf(word_, {"category", "scale", "add", "replace"}); }

  const Passage& passage_;
  const std::string_view word_;
  std::size_t at_ = 0;
  std::vector<bool> glued_;  // of each open bracket, whether it holds its content tightly
};

std::size_t Spacer::GapAtDots(const Lexeme& before, const Lexeme& lexeme) const {
  if (IsSign(lexeme, "..")) return IsNumber(before) ? 0 : 1;
  if (IsSign(before, "..")) return IsNumber(lexeme) ? 0 : 1;
  if (IsSign(before, ".")) return 0;
  // `1.5` would be a number.
  const bool digits = before.kind == LexemeKind::kValue && at_ + 1 < passage_.lexemes.size() &&
                      passage_.lexemes[at_ + 1].text.find_first_of("0123456789") == 0;
  return digits ? 1 : 0;
}

std::size_t Spacer::GapAtBracket(const Lexeme& before, const Lexeme& lexeme) {
  if (IsOneOf(lexeme.text, {")", "]", "}"}) && lexeme.kind == LexemeKind::kSign) {
    const bool glued = glued_.empty() || glued_.back() || IsOneOf(before.text, {"[", "{"});
    if (!glued_.empty()) glued_.pop_back();
    return glued ? 0 : 1;
  }
  const bool after_name = before.kind == LexemeKind::kName || before.text == "count";
  if (IsSign(lexeme, "(")) {
    glued_.push_back(true);
    return after_name && !IsTree() ? 0 : 1;
  }
  const bool index = IsSign(lexeme, "[") && (before.kind == LexemeKind::kName || IsSign(before, "]"));
  glued_.push_back(index);
  return index ? 0 : 1;
}

std::size_t Spacer::GapBefore() {
  const Lexeme& before = passage_.lexemes[at_ - 1];
  const Lexeme& lexeme = passage_.lexemes[at_];
  if (lexeme.kind == LexemeKind::kSign) {
    const bool after_open = before.kind == LexemeKind::kSign && IsOneOf(before.text, {"(", "["}) && glued_.back();
    if (IsOneOf(lexeme.text, {"(", "[", "{", ")", "]", "}"})) {
      const std::size_t gap = GapAtBracket(before, lexeme);
      return after_open ? 0 : gap;
    }
    if (lexeme.text == ",") return 0;
    const bool declares = glued_.empty() && IsOneOf(word_, {"fact", "set", "output", "record", "add", "replace"});
    if (lexeme.text == ":") return declares ? 1 : 0;
  }
  if (IsSign(lexeme, ".") || IsSign(lexeme, "..") || IsSign(before, ".") || IsSign(before, "..")) {
    return GapAtDots(before, lexeme);
  }
  if (before.kind == LexemeKind::kSign && IsOneOf(before.text, {"(", "["}) && glued_.back()) return 0;
  if (IsSign(before, "-") && !EndsOperand(passage_.lexemes[at_ - 2])) return 0;
  const bool second_language = IsLanguage(passage_, at_) && before.kind == LexemeKind::kString;
  return second_language ? 2 : 1;
}

}  // namespace

std::string_view WordOf(const Lexeme& lexeme) {
  return lexeme.kind == LexemeKind::kKeyword ? std::string_view(lexeme.phrase) : std::string_view();
}

bool IsLanguage(const Passage& passage, std::size_t index) {
  return passage.lexemes[index].kind == LexemeKind::kName && index + 1 < passage.lexemes.size() &&
         passage.lexemes[index + 1].kind == LexemeKind::kString && index > 0 &&
         !IsOneOf(WordOf(passage.lexemes[index - 1]), {"cite", "source", "interpretation"});
}

std::vector<Clause> CutClauses(const Passage& passage) { return Cutter(passage).Cut(); }

std::vector<std::size_t> Gaps(const Passage& passage) { return Spacer(passage).Space(); }

}  // namespace cordon::format
