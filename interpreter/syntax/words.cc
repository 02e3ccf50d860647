// Words: which are keywords, which are names; phrases; and where declarations and statements begin.
//
// A word is a keyword only in the statements that use it (kUses), so that a field may be called `text` or `from`.
// Before `:` and after `.` every word is a name. The left margin begins a declaration; an indented opening word begins
// a statement of the protocol above it, or below `add` a declaration; there a `define` deeper than the protocol above
// it is that protocol's. An `interpretation` is a note; at the margin, and below `add` no deeper than what is added, it
// is a declaration. Nothing else about layout means anything. Entry point: ReadWords. Tested by
// tests/unit/parse_test.cc.
#include <algorithm>
#include <array>
#include <limits>
#include <optional>

#include "support/text.h"
#include "syntax/tokens.h"
#include "syntax/word_lists.h"

namespace cordon::syntax {
namespace {

using diagnostics::Code;

// What surrounds a word: the kinds of its neighbours and the statement it stands in.
class Reader {
 public:
  Reader(Tokens tokens, Reporter& reporter) : tokens_(std::move(tokens)), reporter_(reporter) {}

  std::vector<Chunk> Read() {
    while (at_ < tokens_.size() && !reporter_.full()) {
      if (tokens_[at_].first && Open()) continue;
      ReadToken();
    }
    return std::move(chunks_);
  }

 private:
  Kind KindAt(std::size_t index) const { return index < tokens_.size() ? tokens_[index].kind : Kind::END; }
  bool SameLine(std::size_t index) const { return index < tokens_.size() && tokens_[index].line == tokens_[at_].line; }
  bool IsText(Kind kind) const { return kind == Kind::STRING; }
  std::string_view TextAt(std::size_t index) const { return reporter_.text(tokens_[index]); }

  // Begins a chunk if the token, the first on its line, does so; reports what cannot begin one. True where it was read.
  bool Open();
  bool OpenAtMargin();
  bool OpenIndented();
  bool OpenAddition();
  bool OpenMisspelt();
  // True where the indented word at hand is followed by what an opening word would be followed by.
  bool LooksLikeOpening() const;
  void Begin(Kind mark, Kind opening);
  void MendPreposition(Kind opening);
  void MarkFollowed();
  // Reports a statement below `add` or `replace` alone.
  void ReportAlone(const Token& word);
  std::uint32_t ColumnOf(const Token& token) const;
  void SkipToMargin();
  void SkipOmission();
  // True where an unknown word was close enough to one of `candidates` to be taken for it.
  std::optional<Kind> Nearest(const std::vector<Kind>& candidates) const;
  void ReportUnknownOpening(const std::vector<Kind>& candidates, std::optional<Kind> nearest);

  void ReadToken();
  bool JoinPhrase();
  bool MendPhrase();
  Kind Resolve(Kind kind) const;
  bool NamesRow() const;
  bool IsKeywordHere(Kind kind) const;
  bool MayBeName(std::size_t index) const;
  bool BeginsOperand(std::size_t index) const;
  bool StandsApart(std::size_t index) const;
  bool OpensText(std::size_t index) const;
  Kind Previous() const;
  Chunk& chunk() { return chunks_.back(); }

  Tokens tokens_;
  Reporter& reporter_;
  std::vector<Chunk> chunks_;
  std::size_t at_ = 0;
  unsigned place_ = kElsewhere;
  bool in_protocol_ = false;           // statements may stand here: after `protocol`, `add to`, `replace in`
  bool in_change_ = false;             // below `add` or `replace`, named or not
  bool in_additions_ = false;          // declarations may stand here, indented: after `add` and `replace` alone
  std::uint32_t protocol_column_ = 0;  // of `protocol` below `add`: a `define` no deeper than it stands beside it
  std::uint32_t inner_column_ = 0;     // of what was added last: an `interpretation` no deeper than it stands beside it
  std::size_t num_latest_ = 0;         // `latest` and `earliest` whose `by` has not come
  bool told_outside_ = false;          // a run of statements outside a protocol is reported once
  bool told_indented_ = false;         // and so is a run of indented declarations
  std::optional<Token> header_;
};

Kind Reader::Previous() const {
  return chunks_.empty() || chunks_.back().tokens.empty() ? Kind::END : chunks_.back().tokens.back().kind;
}

void Reader::Begin(Kind mark, Kind opening) {
  Token& word = tokens_[at_++];
  if (opening == Kind::POLICY || opening == Kind::LIBRARY) {
    if (header_) {
      reporter_.Report(Code::kSecondHeader, word,
                       "a second header, " + reporter_.Quote(word) + "; a file has at most one",
                       "give each version its own folder, and its header one of that folder's files",
                       {{reporter_.span(*header_), "the first one is here"}});
    } else {
      header_ = word;
    }
  }
  if (mark == Kind::MARGIN && !word.margin && opening != Kind::PROTOCOL) {
    // Reported by the caller; the protocol around it goes on.
  } else if (mark != Kind::INDENT) {
    MendPreposition(opening);
    const bool changes = opening == Kind::ADD || opening == Kind::REPLACE;
    const bool unjoined = changes && SameLine(at_) && word.line == tokens_[at_].line && KindAt(at_) == Kind::NAME;
    const bool named = unjoined || (opening == Kind::ADD && KindAt(at_) == Kind::TO) ||
                       (opening == Kind::REPLACE && KindAt(at_) == Kind::IN);
    in_protocol_ = opening == Kind::PROTOCOL || named;
    if (mark == Kind::MARGIN) in_change_ = opening == Kind::ADD || opening == Kind::REPLACE;
    if (mark == Kind::MARGIN) in_additions_ = (opening == Kind::ADD || opening == Kind::REPLACE) && !named;
    protocol_column_ = mark == Kind::INNER && opening == Kind::PROTOCOL ? ColumnOf(word) : 0;
    inner_column_ = mark == Kind::INNER ? ColumnOf(word) : std::numeric_limits<std::uint32_t>::max();
    told_outside_ = false;
  }
  if (mark != Kind::MARGIN) MarkFollowed();
  num_latest_ = 0;
  word.kind = opening;
  place_ = PlaceOf(opening);
  chunks_.push_back({mark, opening, {}});
  Token marker = word;
  marker.kind = mark;
  marker.end = marker.begin;
  marker.first = false;
  chunk().tokens.push_back(marker);
  chunk().tokens.push_back(word);
}

// `add in admission`, `replace to admission`.
void Reader::MendPreposition(Kind opening) {
  if ((opening != Kind::ADD && opening != Kind::REPLACE) || !SameLine(at_) || !IsWord(KindAt(at_ + 1))) return;
  const Kind meant = opening == Kind::ADD ? Kind::TO : Kind::IN;
  const std::string_view text = TextAt(at_);
  if (text != "to" && text != "in" && text != "into") return;
  if (tokens_[at_].kind == meant) return;
  const std::string word(WordOf(opening));
  reporter_.Report(
      Code::kMistakenWord, tokens_[at_],
      reporter_.Quote(tokens_[at_]) + " does not follow `" + word + "`; one says `add to` and `replace in`",
      "write `" + word + " " + std::string(WordOf(meant)) + "`");
  tokens_[at_].kind = meant;
}

// Marks the `add` or `replace` that what begins here belongs to.
void Reader::MarkFollowed() {
  for (auto it = chunks_.rbegin(); it != chunks_.rend(); ++it) {
    if (it->mark != Kind::MARGIN) continue;
    it->followed = true;
    return;
  }
}

void Reader::ReportAlone(const Token& word) {
  reporter_.Report(
      Code::kWrongAddition, word,
      reporter_.Quote(word) + " is a statement of a protocol; below `add` and `replace` alone stand declarations",
      "name the protocol, as in `add to admission` or `replace in admission`");
}

std::uint32_t Reader::ColumnOf(const Token& token) const {
  const std::size_t line = reporter_.text().substr(0, token.begin).rfind('\n');
  return token.begin - static_cast<std::uint32_t>(line == std::string_view::npos ? 0 : line + 1);
}

std::optional<Kind> Reader::Nearest(const std::vector<Kind>& candidates) const {
  static constexpr std::pair<std::string_view, Kind> kOthers[] = {{"delete", Kind::REMOVE},
                                                                  {"drop", Kind::REMOVE},
                                                                  {"insert", Kind::ADD},
                                                                  {"append", Kind::ADD},
                                                                  {"modify", Kind::CHANGE},
                                                                  {"amend", Kind::CHANGE},
                                                                  {"update", Kind::CHANGE},
                                                                  {"alter", Kind::CHANGE},
                                                                  {"substitute", Kind::REPLACE},
                                                                  {"parameter", Kind::PARAM},
                                                                  {"function", Kind::DEFINE},
                                                                  {"import", Kind::USE},
                                                                  {"omits", Kind::OMIT},
                                                                  {"omitted", Kind::OMIT},
                                                                  {"exclude", Kind::OMIT},
                                                                  {"skip", Kind::OMIT},
                                                                  {"reading", Kind::INTERPRETATION},
                                                                  {"ambiguity", Kind::INTERPRETATION},
                                                                  {"interpret", Kind::INTERPRETATION}};
  for (const auto& [text, meant] : kOthers) {
    if (TextAt(at_) == text && IsIn(meant, candidates)) return meant;
  }
  std::vector<std::string> words;
  for (const Kind kind : candidates) words.emplace_back(WordOf(kind));
  const auto nearest = support::FindNearest(TextAt(at_), words);
  if (!nearest) return std::nullopt;
  return candidates[static_cast<std::size_t>(std::find(words.begin(), words.end(), *nearest) - words.begin())];
}

void Reader::ReportUnknownOpening(const std::vector<Kind>& candidates, std::optional<Kind> nearest) {
  const Token& word = tokens_[at_];
  const bool statement = candidates.front() == Kind::OUTPUT;
  std::vector<std::string> words;
  for (const Kind kind : candidates) words.push_back("`" + std::string(WordOf(kind)) + "`");
  reporter_.Report(Code::kUnknownOpeningWord, word,
                   reporter_.Quote(word) + " opens no " + (statement ? "statement of a protocol" : "declaration"),
                   nearest ? "did you mean `" + std::string(WordOf(*nearest)) + "`?"
                           : "one of these words begins it: " + support::JoinWords(words, "or"));
}

bool Reader::Open() {
  if (tokens_[at_].margin) return OpenAtMargin();
  return OpenIndented();
}

bool Reader::OpenAtMargin() {
  Token& word = tokens_[at_];
  told_indented_ = false;
  if (IsIn(word.kind, Declarations()) || word.kind == Kind::INTERPRETATION) {
    Begin(Kind::MARGIN, word.kind);
    return true;
  }
  if (IsIn(word.kind, Statements())) {
    if (in_protocol_) {
      reporter_.Report(
          Code::kStatementAtMargin, word,
          reporter_.Quote(word) + " stands at the left margin; a protocol's statements are indented below it",
          "put two blanks before it");
    } else {
      reporter_.Report(Code::kStatementOutsideProtocol, word,
                       reporter_.Quote(word) + " stands outside a protocol; it is a statement of one",
                       "indent it below a line such as `protocol admission  about patient`");
      told_outside_ = true;
    }
    Begin(Kind::INDENT, word.kind);
    return true;
  }
  const auto reads_on = [&](std::string_view rule) {
    reporter_.Report(Code::kStrayAtMargin, word,
                     reporter_.Quote(word) + " stands at the left margin, " + std::string(rule),
                     "indent the line, so that it belongs to what stands above it");
    return chunks_.empty();
  };
  const bool is_word = IsWord(word.kind);
  if (is_word && word.kind == Kind::NAME) {
    static const std::vector<Kind> candidates = [] {
      std::vector<Kind> kinds = AllOpenings();
      kinds.push_back(Kind::INTERPRETATION);
      return kinds;
    }();
    const auto nearest = Nearest(candidates);
    ReportUnknownOpening(Declarations(), nearest);
    if (nearest) {
      const bool declares = IsIn(*nearest, Declarations()) || *nearest == Kind::INTERPRETATION;
      Begin(declares ? Kind::MARGIN : Kind::INDENT, *nearest);
      return true;
    }
    SkipToMargin();
    return true;
  }
  if (reads_on(is_word ? "where only a declaration may begin"
                       : "where only a word that opens a declaration may stand")) {
    SkipToMargin();
    return true;
  }
  return false;
}

bool Reader::LooksLikeOpening() const {
  const Kind next = KindAt(at_ + 1);
  if (!SameLine(at_ + 1)) return next == Kind::END || tokens_[at_].kind != Kind::NAME;
  if (next == Kind::STRING) return IsIn(tokens_[at_].kind, {Kind::TEST, Kind::OMIT});
  if (next == Kind::NAME || IsIn(next, AllOpenings())) return KindAt(at_ + 2) != Kind::STRING;
  return IsWord(next) && !IsIn(next, Connectives());
}

bool Reader::OpenIndented() {
  Token& word = tokens_[at_];
  if (!IsWord(word.kind) || Previous() == Kind::COMMA) return false;
  if (in_additions_ && OpenAddition()) return true;
  const bool statement = IsIn(word.kind, Statements()) || (word.kind == Kind::DEFINE && in_protocol_);
  if (statement && LooksLikeOpening()) {
    if (!in_protocol_ && !told_outside_ && in_additions_) {
      ReportAlone(word);
      told_outside_ = true;
    }
    if (!in_protocol_ && !told_outside_) {
      reporter_.Report(Code::kStatementOutsideProtocol, word,
                       reporter_.Quote(word) + " stands outside a protocol; it is a statement of one",
                       "indent it below a line such as `protocol admission  about patient`");
      told_outside_ = true;
    }
    Begin(Kind::INDENT, word.kind);
    return true;
  }
  if (IsIn(word.kind, Declarations()) && place_ != kCategory && LooksLikeOpening() && SameLine(at_ + 1)) {
    if (in_change_ && IsIn(word.kind, Additions())) {
      reporter_.Report(Code::kWrongAddition, word,
                       reporter_.Quote(word) +
                           " is a declaration; below `add to` and `replace in` stand statements, "
                           "rows, fields or names",
                       "put it below `add` or `replace` alone, without a name");
      Begin(Kind::INNER, word.kind);
      return true;
    }
    if (!told_indented_) {
      reporter_.Report(
          Code::kDeclarationIndented, word,
          "the declaration " + reporter_.Quote(word) + " is indented; declarations begin at the left margin",
          "move the line to the left margin, and those that follow it alike");
    }
    told_indented_ = true;
    if (word.kind == Kind::OMIT) {
      SkipOmission();
    } else {
      Begin(Kind::MARGIN, word.kind);
    }
    return true;
  }
  return OpenMisspelt();
}

// A declaration below `add` or `replace`.
bool Reader::OpenAddition() {
  const Token& word = tokens_[at_];
  if (place_ == kCategory && word.kind != Kind::NAME && !LooksLikeOpening()) return false;
  if (word.kind == Kind::INTERPRETATION && ColumnOf(word) <= inner_column_) {
    Begin(Kind::INNER, word.kind);
    return true;
  }
  if (IsIn(word.kind, Additions())) {
    const bool in_its_protocol = word.kind == Kind::DEFINE && in_protocol_ && ColumnOf(word) > protocol_column_;
    if (in_its_protocol || !SameLine(at_ + 1) || !LooksLikeOpening()) return false;
    Begin(Kind::INNER, word.kind);
    return true;
  }
  const Kind next = KindAt(at_ + 1);
  if (word.kind != Kind::NAME || in_protocol_ || place_ == kRecord || !SameLine(at_ + 1) || next != Kind::NAME ||
      KindAt(at_ + 2) == Kind::STRING) {
    return false;
  }
  const auto nearest = Nearest(Additions());
  if (!nearest) return false;
  ReportUnknownOpening(Additions(), nearest);
  Begin(Kind::INNER, *nearest);
  return true;
}

// `rul first`, `outptu screen : bool`: an unknown word at the begin of a line of a protocol, then a name.
bool Reader::OpenMisspelt() {
  if (tokens_[at_].kind != Kind::NAME || !in_protocol_ || place_ == kRecord || place_ == kCategory ||
      !SameLine(at_ + 1)) {
    return false;
  }
  static const std::vector<Kind> candidates = [] {
    std::vector<Kind> kinds = Statements();
    kinds.push_back(Kind::DEFINE);
    return kinds;
  }();
  const Kind next = KindAt(at_ + 1);
  const auto nearest = Nearest(candidates);
  if (!nearest ||
      (*nearest == Kind::TEST ? next != Kind::STRING : next != Kind::NAME || KindAt(at_ + 2) == Kind::STRING)) {
    return false;
  }
  ReportUnknownOpening(candidates, nearest);
  Begin(Kind::INDENT, *nearest);
  return true;
}

// An indented `omit` mostly stands in the midst of a statement, which goes on behind it.
void Reader::SkipOmission() {
  for (++at_; at_ < tokens_.size(); ++at_) {
    const Token& token = tokens_[at_];
    if (token.first && !IsIn(token.kind, {Kind::BECAUSE, Kind::CITE, Kind::STRING, Kind::COMMA})) return;
  }
}

void Reader::SkipToMargin() {
  for (++at_; at_ < tokens_.size() && !tokens_[at_].margin; ++at_) {
  }
}

// `word "text"` or `word language "text"`: what a note looks like.
bool Reader::OpensText(std::size_t index) const {
  if (IsText(KindAt(index + 1))) return true;
  return IsWord(KindAt(index + 1)) && IsText(KindAt(index + 2));
}

Kind Reader::Resolve(Kind kind) const {
  const Kind next = KindAt(at_ + 1);
  if (Previous() == Kind::DOT || next == Kind::COLON) return Kind::NAME;
  if (NamesRow()) return Kind::NAME;
  if (IsIn(kind, AllOpenings())) return Kind::NAME;
  if ((UsesOf(kind) & place_) == 0) return Kind::NAME;
  if (!IsKeywordHere(kind)) return Kind::NAME;
  if (kind == Kind::TEXT || kind == Kind::HELP || kind == Kind::ASK) {
    if (IsIn(Previous(), {Kind::COLON, Kind::LIST_OF})) return Kind::NAME;  // a type
    const bool begins_line = tokens_[at_].first && IsWord(next) && place_ != kRule;
    return OpensText(at_) || begins_line ? kind : Kind::NAME;
  }
  if (kind == Kind::REQUIRE && !tokens_[at_].first) return Kind::NAME;
  if ((kind == Kind::NO || kind == Kind::IS) && IsText(next)) {  // a language, as in `title no "…"`, or `x is "…"`
    static const std::vector<Kind> kBefore = {Kind::STRING, Kind::TITLE, Kind::TEXT, Kind::HELP,
                                              Kind::ASK,    Kind::QUOTE, Kind::AS,   Kind::ARROW};
    const bool names_things = IsIn(chunks_.back().opening, {Kind::CATEGORY, Kind::SCALE, Kind::ROLE, Kind::EVENT});
    const bool side = place_ == kChange && Previous() == Kind::COLON;
    if (names_things || side || IsIn(Previous(), kBefore)) return Kind::NAME;
  }
  return kind;
}

// True where the word at hand fills the first cell of a line of a table, where only a name can stand.
bool Reader::NamesRow() const {
  const bool first_cell = Previous() == Kind::BAR && chunks_.back().tokens.back().first;
  return first_cell && KindAt(at_ + 1) == Kind::BAR && (place_ & (kTable | kCases | kChange)) != 0;
}

// Words that are keywords beside certain others only count as names, since they mostly are.
bool Reader::MayBeName(std::size_t index) const {
  static const std::vector<Kind> seldom = {Kind::TEXT,   Kind::HELP,     Kind::ASK,     Kind::DUE,
                                           Kind::UNTIL,  Kind::EACH,     Kind::EXACTLY, Kind::DROPS,
                                           Kind::LATEST, Kind::EARLIEST, Kind::EXCEPT,  Kind::BY};
  const Kind kind = KindAt(index);
  if (kind == Kind::NAME) return true;
  return IsWord(kind) && (IsIn(kind, AllOpenings()) || IsIn(kind, seldom) || (UsesOf(kind) & place_) == 0);
}

bool Reader::BeginsOperand(std::size_t index) const {
  const Kind kind = KindAt(index);
  if (MayBeName(index) || (kind >= Kind::DATETIME && kind <= Kind::STRING)) return true;
  return IsIn(kind, {Kind::LP, Kind::LC, Kind::MINUS, Kind::YES, Kind::NO, Kind::TODAY, Kind::NOW, Kind::NOT,
                     Kind::SOME, Kind::EVERY, Kind::EMPTY, Kind::LATEST, Kind::EARLIEST});
}

// True where blanks stand before the token, so that `due (x)` is no call.
bool Reader::StandsApart(std::size_t index) const {
  return index < tokens_.size() && tokens_[index].begin != tokens_[index - 1].end;
}

// Words that are keywords only beside what the construct has beside them; elsewhere they may be names.
bool Reader::IsKeywordHere(Kind kind) const {
  const std::size_t next = at_ + 1;
  const Kind previous = Previous();
  const bool qualifies = EndsOperand(previous) || previous == Kind::AS_FAR_AS_POSSIBLE;
  if (kind == Kind::ANSWERS) {
    const bool unquoted = IsIn(KindAt(next), {Kind::NAME, Kind::INT, Kind::ROW_NAME}) && SameLine(next) &&
                          KindAt(at_ + 2) != Kind::STRING;
    return IsText(KindAt(next)) || unquoted;
  }
  if (kind == Kind::EXCEPT) return qualifies && IsText(KindAt(next));
  if (kind == Kind::DUE && IsIn(KindAt(next), {Kind::IN, Kind::WITHIN}) && SameLine(next)) return qualifies;
  if (kind == Kind::UNTIL || kind == Kind::DUE) return qualifies && BeginsOperand(next) && StandsApart(next);
  if (kind == Kind::EACH) return MayBeName(next) && KindAt(at_ + 2) == Kind::IN;
  const bool added = place_ != kChange || tokens_[at_].first;  // a clause stands on a line of its own
  if (kind == Kind::OVERRIDES || kind == Kind::UNLESS) return added;
  if (kind == Kind::DROPS) return added && MayBeName(next) && SameLine(next);
  if (kind == Kind::PROVISIONALLY && place_ == kChange) {
    return (previous == Kind::COLON || previous == Kind::ARROW) && SameLine(next) &&
           (BeginsOperand(next) || KindAt(next) == Kind::JUDGEMENT);
  }
  if (kind == Kind::JUDGEMENT && place_ == kTest) return previous == Kind::IS_PROVISIONALLY;
  if (kind == Kind::JUDGEMENT && place_ == kChange) return previous == Kind::PROVISIONALLY;
  if (kind == Kind::EXACTLY) return place_ == kClaim || (previous == Kind::NAME && BeginsOperand(next));
  if (kind == Kind::LATEST || kind == Kind::EARLIEST) {
    if (KindAt(next) == Kind::LP) return StandsApart(next);
    return MayBeName(next) && SameLine(next) && !IsText(KindAt(at_ + 2));
  }
  if (kind == Kind::BY) return num_latest_ > 0;
  if (kind == Kind::TO && place_ == kChange) return previous == Kind::ADD || chunks_.back().opening == Kind::RENAME;
  if (place_ == kHeader && IsIn(kind, {Kind::REVISES, Kind::ADAPTS, Kind::UPON})) {
    return previous != Kind::SOURCE && previous != Kind::POLICY;
  }
  return true;
}

bool Reader::JoinPhrase() {
  for (const Phrase& phrase : Phrases()) {
    if ((phrase.uses & place_) == 0) continue;
    std::size_t num_words = 0;
    while (num_words < phrase.words.size() && !phrase.words[num_words].empty() && at_ + num_words < tokens_.size() &&
           IsWord(KindAt(at_ + num_words)) && TextAt(at_ + num_words) == phrase.words[num_words] &&
           (num_words == 0 || !tokens_[at_ + num_words].margin)) {
      ++num_words;
    }
    if (num_words < phrase.words.size() && !phrase.words[num_words].empty()) continue;
    const Kind after = KindAt(at_ + num_words);
    if (after == Kind::COLON) continue;
    if (phrase.kind == Kind::LIST_OF && IsIn(Previous(), AllOpenings())) continue;  // `fact list of ward`
    if (phrase.kind == Kind::NO_DUTY && after != Kind::NAME) continue;
    Token joined = tokens_[at_];
    joined.kind = phrase.kind;
    joined.end = tokens_[at_ + num_words - 1].end;
    joined.opens = joined.first && IsIn(joined.kind, LineOpenings());
    chunk().tokens.push_back(joined);
    at_ += num_words;
    return true;
  }
  return false;
}

// Two words that are nearly a phrase.
bool Reader::MendPhrase() {
  struct Slip {
    std::string_view first;
    std::string_view second;
    Kind kind;
    std::string_view meant;
  };
  static constexpr Slip kSlips[] = {
      {"more", "then", Kind::MORE_THAN, "more than"},
      {"less", "then", Kind::LESS_THAN, "less than"},
      {"older", "than", Kind::MORE_THAN, "more than"},
      {"longer", "than", Kind::MORE_THAN, "more than"},
      {"greater", "than", Kind::GT, ">"},
      {"fewer", "than", Kind::LT, "<"},
      {"at", "lest", Kind::AT_LEAST, "at least"},
      {"within", "last", Kind::WITHIN_THE_LAST, "within the last"},
      {"is", "in", Kind::IN, "in"},
  };
  if (!SameLine(at_ + 1)) return false;
  for (const Slip& slip : kSlips) {
    if (TextAt(at_) != slip.first || TextAt(at_ + 1) != slip.second) continue;
    Token joined = tokens_[at_];
    joined.kind = slip.kind;
    joined.end = tokens_[at_ + 1].end;
    reporter_.Report(Code::kMistakenWord, joined, reporter_.Quote(joined) + " is no phrase of the language",
                     "write `" + std::string(slip.meant) + "`");
    chunk().tokens.push_back(joined);
    at_ += 2;
    return true;
  }
  return false;
}

void Reader::ReadToken() {
  if (chunks_.empty()) {
    Token& stray = tokens_[at_];
    reporter_.Report(
        Code::kStrayAtMargin, stray,
        reporter_.Quote(stray) + " stands before any declaration; a file begins with one, at the left margin",
        "begin the file with a header, as in `policy dk.cpo version 2018-09-04`");
    SkipToMargin();
    return;
  }
  Token token = tokens_[at_];
  if (IsWord(token.kind)) {
    if (Previous() != Kind::DOT && KindAt(at_ + 1) != Kind::COLON && (JoinPhrase() || MendPhrase())) return;
    token.kind = token.kind == Kind::NAME ? Kind::NAME : Resolve(token.kind);
    if (token.kind == Kind::LATEST || token.kind == Kind::EARLIEST) ++num_latest_;
    if (token.kind == Kind::BY) --num_latest_;
    if (token.kind == Kind::NAME) {
      const std::string_view text = reporter_.text(token);
      const bool heads = Previous() == Kind::BAR && chunk().tokens.back().first;
      const bool previous_is_change = Previous() == Kind::CHANGE && MayBeName(at_ + 1);
      if (heads && (place_ == kTable || place_ == kChange) && text == "row") token.kind = Kind::ROW;
      if (heads && (place_ == kCases || place_ == kChange) && text == "case") token.kind = Kind::CASE;
      if (text == "row" && previous_is_change) token.kind = Kind::ROW;
      if (text == "count" && KindAt(at_ + 1) == Kind::LP && Previous() != Kind::DOT) token.kind = Kind::COUNT;
    }
  }
  if (token.kind == Kind::CASE) place_ = kCases;  // below `change row`, `add to` and `replace in`
  token.opens = token.first && (IsIn(token.kind, LineOpenings()) || token.kind == Kind::BAR ||
                                ((place_ == kRecord || place_ == kChange) && token.kind == Kind::NAME &&
                                 (KindAt(at_ + 1) == Kind::COLON || KindAt(at_ + 1) == Kind::EQ)));
  chunk().tokens.push_back(token);
  ++at_;
}

}  // namespace

std::vector<Chunk> ReadWords(Tokens tokens, Reporter& reporter) { return Reader(std::move(tokens), reporter).Read(); }

}  // namespace cordon::syntax
