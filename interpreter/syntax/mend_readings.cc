// Slips in what a policy says of its own reading and of the guideline's statements: `interpretation`, `answers`,
// `omit`.
//
// An id without quotation marks, or with too many, and phrases that are nearly those of the language. Entry point:
// MendReadings. Tested by tests/golden/slips/readings.golden.
#include <algorithm>
#include <array>

#include "syntax/tokens.h"
#include "syntax/word_lists.h"

namespace cordon::syntax {
namespace {

using diagnostics::Code;

class ReadingMender {
 public:
  ReadingMender(Chunk& chunk, Reporter& reporter) : chunk_(chunk), tokens_(chunk.tokens), reporter_(reporter) {}

  void Mend() {
    const bool may_answer = (UsesOf(Kind::ANSWERS) & PlaceOf(chunk_.opening)) != 0;
    for (std::size_t i = 1; i < tokens_.size(); ++i) {
      if (may_answer) MendAnswer(i);
      if (tokens_[i].kind == Kind::ANSWERS || (i == 1 && tokens_[i].kind == Kind::OMIT)) MendStatements(i);
      if (tokens_[i].kind != Kind::INTERPRETATION) continue;
      MendId(i);
      if (i == 1) {
        MendRecord();
      } else {
        MendNote(i);
      }
    }
  }

 private:
  Kind KindAt(std::size_t index) const { return index < tokens_.size() ? tokens_[index].kind : Kind::END; }
  std::string_view TextAt(std::size_t index) const {
    return index < tokens_.size() ? reporter_.text(tokens_[index]) : std::string_view();
  }
  bool IsIdPart(std::size_t index) const {
    return IsIn(KindAt(index), {Kind::NAME, Kind::INT, Kind::ROW_NAME, Kind::DECIMAL, Kind::MONTH, Kind::DATE,
                                Kind::MINUS, Kind::DOT, Kind::COLON});
  }
  // The end of the id that begins at `begin` and stands there without blanks: `DK-041`.
  std::size_t EndOfId(std::size_t begin) const {
    std::size_t end = begin;
    while (IsIdPart(end) && (end == begin || tokens_[end].begin == tokens_[end - 1].end)) ++end;
    return end;
  }
  // The tokens [begin, end) as one.
  Token Joined(std::size_t begin, std::size_t end) const {
    Token joined = tokens_[begin];
    joined.end = tokens_[end - 1].end;
    return joined;
  }
  void Put(std::size_t begin, std::size_t end, Token token) {
    tokens_[begin] = std::move(token);
    tokens_.erase(tokens_.begin() + begin + 1, tokens_.begin() + end);
  }

  // `answer "DK-041"`, where a note may stand.
  void MendAnswer(std::size_t at) {
    if (at < 3 || tokens_[at].kind != Kind::NAME || (TextAt(at) != "answer" && TextAt(at) != "answered")) return;
    const bool names = !tokens_[at].first && tokens_[at - 1].kind != Kind::STRING;  // as in `cite answer "1"`
    if (names || (KindAt(at + 1) != Kind::STRING && EndOfId(at + 1) < at + 3)) return;
    reporter_.Report(Code::kMistakenWord, tokens_[at], reporter_.Quote(tokens_[at]) + " begins no note",
                     "did you mean `answers`?");
    tokens_[at].kind = Kind::ANSWERS;
    tokens_[at].opens = tokens_[at].first;
  }

  // `answers DK-041`, `omit DK-125, "DK-126"`.
  void MendStatements(std::size_t word) {
    for (std::size_t at = word + 1; at < tokens_.size(); ++at) {
      const std::size_t end = EndOfId(at);
      if (end > at) {
        if (end == at + 1 && KindAt(end) == Kind::STRING) return;  // one word too many, which the grammar says
        if (!chunk_.MayChange()) return;
        Token id = Joined(at, end);
        const std::string text(reporter_.text(id));
        reporter_.Report(Code::kTypographicQuote, id,
                         reporter_.Quote(id) + " stands without quotation marks; the id of a statement is a text",
                         "write `" + std::string(WordOf(tokens_[word].kind)) + " \"" + text + "\"`");
        id.kind = Kind::STRING;
        id.meant = text;
        Put(at, end, std::move(id));
      } else if (tokens_[at].kind != Kind::STRING) {
        return;
      }
      if (KindAt(++at) != Kind::COMMA) return;
    }
  }

  // `interpretation "A04"`, `interpretation A-04`, `interpretation "How it is read."`.
  void MendId(std::size_t word) {
    const std::size_t at = word + 1;
    if (KindAt(at) == Kind::STRING) return MendQuotedId(at);
    const std::size_t end = EndOfId(at);
    if (end < at + 2 || !chunk_.MayChange()) return;
    Token id = Joined(at, end);
    std::string name(reporter_.text(id));
    std::replace_if(
        name.begin(), name.end(), [](char c) { return c == '-' || c == '.' || c == ':'; }, '_');
    reporter_.Report(Code::kUnexpected, id,
                     reporter_.Quote(id) + " is no id of an interpretation, which has letters, digits and `_` alone",
                     "write `interpretation " + name + "`");
    id.kind = Kind::NAME;
    id.meant = name;
    Put(at, end, std::move(id));
  }
  void MendQuotedId(std::size_t at) {
    const std::string_view quoted = TextAt(at);
    const std::string_view text = quoted.size() < 2 ? quoted : quoted.substr(1, quoted.size() - 2);
    if (!chunk_.MayChange()) return;
    const bool is_id = !text.empty() && text.find_first_of(" .\\") == std::string_view::npos;
    if (is_id) {
      reporter_.Report(Code::kUnexpected, tokens_[at],
                       "the id of an interpretation stands in quotation marks; it is a name",
                       "write `interpretation " + std::string(text) + "`");
      tokens_[at].kind = Kind::NAME;
      tokens_[at].meant = std::string(text);
      return;
    }
    reporter_.Report(Code::kUnexpected, tokens_[at], "the id is missing between `interpretation` and its text",
                     "give it one, by which results name it, as in `interpretation A1 \"…\"`");
    Token id = Inserted(Kind::NAME, tokens_[at], tokens_[at].begin);
    id.meant = "nameless";
    tokens_.insert(tokens_.begin() + at, std::move(id));
  }

  // What stands at the left margin.
  void MendRecord() {
    if (IsIn(KindAt(2), {Kind::NAME, Kind::INT, Kind::ROW_NAME}) && KindAt(3) != Kind::STRING && chunk_.MayChange()) {
      const std::string id(TextAt(2));
      Token text = Inserted(Kind::STRING, tokens_[2], tokens_[2].end);
      reporter_.Report(
          Code::kEndsTooSoon, tokens_[2], "`interpretation " + id + "` stands at the left margin without its text",
          "say how the guideline is read: `interpretation " + id + " \"…\"`; where it is recorded already, indent it");
      text.meant = "?";
      tokens_.insert(tokens_.begin() + 3, std::move(text));
    }
    for (std::size_t i = 4; i < tokens_.size(); ++i) {
      if (const std::size_t end = EndOfInstead(i); end > i) {
        MendPhrase(i, end, Kind::INSTEAD_OF, "instead of");
      } else if (const std::size_t last = EndOfSettled(i); last > i) {
        MendPhrase(i, last, Kind::TO_BE_SETTLED_BY, "to be settled by");
      }
    }
  }
  // `instead "…"`, `rather than "…"`: the end of the words, or `at`.
  std::size_t EndOfInstead(std::size_t at) const {
    if (TextAt(at) == "instead" && tokens_[at].kind == Kind::NAME) return KindAt(at + 1) == Kind::STRING ? at + 1 : at;
    const bool rather = IsIn(KindAt(at + 2), {Kind::STRING}) && TextAt(at + 1) == "than" && TextAt(at) == "rather";
    return rather ? at + 2 : at;
  }
  // `settled by`, `to be decided by`, `settle`: the end of the words, or `at`.
  std::size_t EndOfSettled(std::size_t at) const {
    static constexpr std::array<std::string_view, 9> kVerbs = {"settled",  "settle",  "settles",  "decided",  "decide",
                                                               "resolved", "resolve", "answered", "clarified"};
    static constexpr std::array<std::string_view, 6> kOthers = {"to", "be", "is", "must", "by", "with"};
    if (KindAt(at) == Kind::TO_BE_SETTLED_BY) return at;
    const auto is_one = [](const auto& words, std::string_view text) {
      return std::find(words.begin(), words.end(), text) != words.end();
    };
    std::size_t end = at;
    bool has_verb = false;
    while (end < tokens_.size() && (is_one(kVerbs, TextAt(end)) || is_one(kOthers, TextAt(end)))) {
      has_verb = has_verb || is_one(kVerbs, TextAt(end));
      ++end;
    }
    return has_verb && KindAt(end) == Kind::NAME ? end : at;
  }
  void MendPhrase(std::size_t begin, std::size_t end, Kind meant, std::string_view phrase) {
    if (!chunk_.MayChange()) return;
    Token words = Joined(begin, end);
    reporter_.Report(Code::kMistakenWord, words, reporter_.Quote(words) + " is no phrase of the language",
                     "write `" + std::string(phrase) + "`");
    words.kind = meant;
    words.opens = words.first;
    Put(begin, end, std::move(words));
  }

  // A note says no more than the text: `interpretation A04 "…" instead of "…"` below a rule.
  void MendNote(std::size_t word) {
    std::size_t at = word + 2;
    if (KindAt(at) == Kind::STRING) ++at;
    const std::size_t after = EndOfPhrase(at);
    if (after == at || !chunk_.MayChange()) return;
    const Token phrase = Joined(at, after);
    std::size_t end = after;
    while (end < tokens_.size() && !IsIn(tokens_[end].kind, {Kind::CITE, Kind::ANSWERS, Kind::INTERPRETATION}) &&
           (!tokens_[end].opens || EndOfPhrase(end) > end)) {
      ++end;
    }
    reporter_.Report(
        Code::kUnexpected, phrase,
        reporter_.Quote(phrase) +
            " stands in a note; it belongs to an interpretation that is recorded at the left margin",
        "write all of it there, and here no more than `interpretation " + std::string(TextAt(word + 1)) + "`");
    tokens_.erase(tokens_.begin() + at, tokens_.begin() + end);
  }
  // The end of what says, rightly or nearly, from what was chosen or who settles it; `at` where nothing does.
  std::size_t EndOfPhrase(std::size_t at) const {
    if (IsIn(KindAt(at), {Kind::INSTEAD_OF, Kind::TO_BE_SETTLED_BY})) return at + 1;
    if (TextAt(at) == "instead" && TextAt(at + 1) == "of") return at + 2;
    return std::max(EndOfInstead(at), EndOfSettled(at));
  }

  Chunk& chunk_;
  Tokens& tokens_;
  Reporter& reporter_;
};

}  // namespace

void MendReadings(Chunk& chunk, Reporter& reporter) { ReadingMender(chunk, reporter).Mend(); }

}  // namespace cordon::syntax
