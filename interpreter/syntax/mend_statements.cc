// Words that are missing or stand for others, statement by statement.
//
// Each pass looks for one slip by the kinds of a few neighbouring tokens, reports it, and puts what was meant in its
// place. Entry point: MendStatements. Tested by tests/unit/parse_test.cc.
#include <algorithm>
#include <optional>

#include "support/text.h"
#include "syntax/mend_brackets.h"
#include "syntax/tokens.h"
#include "syntax/word_lists.h"

namespace cordon::syntax {
namespace {

using diagnostics::Code;

Kind KindAt(const Tokens& tokens, std::size_t index) { return index < tokens.size() ? tokens[index].kind : Kind::END; }

void Insert(Tokens& tokens, std::size_t index, Kind kind) {
  const Token beside = tokens[index];
  tokens.insert(tokens.begin() + index, Inserted(kind, beside, beside.begin));
}

// The word that `token` was meant to be where a modality is expected: `shall`, `can`, `mst`.
std::optional<Kind> MeantModality(const Token& token, const Reporter& reporter) {
  struct Word {
    std::string_view text;
    Kind meant;
  };
  static constexpr Word kWords[] = {{"shall", Kind::MUST},      {"will", Kind::MUST},  {"ought", Kind::SHOULD},
                                    {"can", Kind::MAY},         {"might", Kind::MAY},  {"could", Kind::MAY},
                                    {"cannot", Kind::MUST_NOT}, {"need", Kind::MUST},  {"needs", Kind::MUST},
                                    {"skal", Kind::MUST},       {"bør", Kind::SHOULD}, {"kan", Kind::MAY}};
  if (token.kind != Kind::NAME) return std::nullopt;
  const std::string_view text = reporter.text(token);
  for (const Word& word : kWords) {
    if (text == word.text) return word.meant;
  }
  const auto nearest = support::FindNearest(text, {"must", "should", "may"});
  if (!nearest) return std::nullopt;
  return *nearest == "must" ? Kind::MUST : *nearest == "should" ? Kind::SHOULD : Kind::MAY;
}

// True where `output = …` or `role must …` begins at `at`.
bool BeginsConclusion(const Tokens& tokens, std::size_t at, const Reporter& reporter) {
  if (KindAt(tokens, at) != Kind::NAME) return false;
  if (IsIn(KindAt(tokens, at + 1), Modalities())) return true;
  if (KindAt(tokens, at + 1) == Kind::NAME && KindAt(tokens, at + 2) == Kind::NAME) {
    return MeantModality(tokens[at + 1], reporter).has_value();
  }
  std::size_t next = at + 1;
  while (KindAt(tokens, next) == Kind::DOT) next += 2;
  return KindAt(tokens, next) == Kind::EQ || KindAt(tokens, next) == Kind::EXACTLY;
}

// ---- names

// The name after the opening word is a word of the language.
void MendDeclaredName(Chunk& chunk, Reporter& reporter) {
  if (IsIn(chunk.opening, {Kind::POLICY, Kind::LIBRARY, Kind::USE, Kind::TEST, Kind::CLAIM}) ||
      IsIn(chunk.opening, Changes()) || chunk.tokens.size() < 3) {
    return;
  }
  Token& name = chunk.tokens[2];
  if (name.line != chunk.tokens[1].line) return;
  const std::string_view text = reporter.text(name);
  const bool begins_clause =
      IsIn(name.kind, {Kind::WHEN, Kind::UNLESS, Kind::THEN, Kind::CITE, Kind::OVERRIDES, Kind::LIKE});
  if (begins_clause && chunk.tokens.size() > 3 && chunk.tokens[3].line == name.line &&
      !IsIn(chunk.tokens[3].kind, {Kind::WHEN, Kind::THEN, Kind::CITE})) {
    reporter.Report(Code::kUnexpected, name,
                    "the name is missing between " + reporter.Quote(chunk.tokens[1]) + " and " + reporter.Quote(name),
                    "every declaration and statement but a `test` has a name of its own");
    Insert(chunk.tokens, 2, Kind::NAME);
    chunk.tokens[2].meant = "nameless";
    return;
  }
  const bool reserved = std::any_of(std::begin(cordon_grammar::kWords), std::end(cordon_grammar::kWords),
                                    [&](const auto& word) { return word.text == text && IsReserved(word.kind); });
  if (!reserved && !IsKeyword(name.kind)) return;
  reporter.Report(Code::kKeywordAsName, name,
                  reporter.Quote(name) + " is a word of the language and cannot be the name of what " +
                      reporter.Quote(chunk.tokens[1]) + " declares",
                  "choose another name, such as `the_" +
                      std::string(WordOf(name.kind).empty() ? text : WordOf(name.kind)) + "`" +
                      (reserved ? "; no names are " + ReservedWords() : ""));
  name.kind = Kind::NAME;
  name.meant = std::string(text);
}

// `fact x bool`, `output x bool strictest`, a field `x bool`, a parameter `(x Group)`.
void MendColons(Chunk& chunk, Reporter& reporter) {
  Tokens& tokens = chunk.tokens;
  const auto insert_colon = [&](std::size_t name) {
    if (!chunk.MayChange()) return;
    const Token& type = tokens[name + 1];
    reporter.Report(
        Code::kMissingColon, type,
        "`:` is missing between the name " + reporter.Quote(tokens[name]) + " and its type " + reporter.Quote(type),
        "write `" + std::string(reporter.text(tokens[name])) + " : " + std::string(reporter.text(type)) + "`");
    Insert(tokens, name + 1, Kind::COLON);
  };
  const auto types = [&](std::size_t at) {
    return KindAt(tokens, at) == Kind::NAME || KindAt(tokens, at) == Kind::LIST_OF;
  };
  if (chunk.opening == Kind::FACT || chunk.opening == Kind::OUTPUT) {
    std::size_t name = 2;
    if (KindAt(tokens, 3) == Kind::OF) name = 4;
    if (KindAt(tokens, name) == Kind::NAME && types(name + 1)) insert_colon(name);
    if (KindAt(tokens, name + 1) == Kind::EQ) {
      reporter.Report(Code::kMissingColon, tokens[name + 1],
                      "`=` stands after the name " + reporter.Quote(tokens[name]) + ", where `:` and its type belong",
                      chunk.opening == Kind::FACT ? "write `:`; a name for an expression is a `define`" : "write `:`");
      tokens[name + 1].kind = Kind::COLON;
    }
  }
  for (std::size_t i = 3; i + 1 < tokens.size(); ++i) {
    if (tokens[i].kind != Kind::NAME || !types(i + 1) || tokens[i].line != tokens[i + 1].line) continue;
    const bool field = chunk.opening == Kind::RECORD && tokens[i].first && KindAt(tokens, i + 2) != Kind::STRING;
    const bool parameter = IsIn(chunk.opening, {Kind::ACTION, Kind::DEFINE}) &&
                           (tokens[i - 1].kind == Kind::LP || tokens[i - 1].kind == Kind::COMMA);
    if (!field && !parameter) continue;
    tokens[i].opens = field;
    insert_colon(i);
  }
}

// `{ sampled = 2025-01-01 }`: the values of a record follow colons.
void MendFields(Chunk& chunk, Reporter& reporter) {
  if (!IsIn(chunk.opening, {Kind::EXAMPLE, Kind::TEST, Kind::CASES})) return;
  std::size_t depth = 0;
  for (std::size_t i = 1; i + 1 < chunk.tokens.size(); ++i) {
    const Kind kind = chunk.tokens[i].kind;
    if (kind == Kind::LC) ++depth;
    if (kind == Kind::RC && depth > 0) --depth;
    const Kind before = chunk.tokens[i - 1].kind;
    if (depth == 0 || kind != Kind::EQ || before != Kind::NAME) continue;
    const Kind earlier = chunk.tokens[i - 2].kind;
    if (earlier != Kind::LC && earlier != Kind::COMMA) continue;
    reporter.Report(
        Code::kMissingColon, chunk.tokens[i],
        "`=` stands after the field " + reporter.Quote(chunk.tokens[i - 1]) + "; in a record its value follows `:`",
        "write `:`");
    chunk.tokens[i].kind = Kind::COLON;
  }
}

// ---- conclusions

// `ward shall isolate`, after `then`, `also`, `means` and in expectations.
void MendModalities(Chunk& chunk, Reporter& reporter) {
  Tokens& tokens = chunk.tokens;
  for (std::size_t i = 3; i + 1 < tokens.size(); ++i) {
    if (tokens[i - 1].kind != Kind::NAME || tokens[i].line != tokens[i - 1].line) continue;
    if (!IsIn(KindAt(tokens, i - 2),
              {Kind::THEN, Kind::ALSO, Kind::MEANS, Kind::EXPECT, Kind::NO_DUTY, Kind::AND, Kind::COMMA}))
      continue;
    const Kind next = tokens[i + 1].kind;
    if (next != Kind::NAME && next != Kind::NOT && next != Kind::TO) continue;
    const auto meant = MeantModality(tokens[i], reporter);
    if (!meant) continue;
    const bool negated = next == Kind::NOT;
    Kind modality = *meant;
    if (negated && modality != Kind::MUST_NOT) modality = modality == Kind::SHOULD ? Kind::SHOULD_NOT : Kind::MUST_NOT;
    const std::string word = modality == Kind::MUST_NOT     ? "must not"
                             : modality == Kind::SHOULD_NOT ? "should not"
                                                            : std::string(WordOf(modality));
    reporter.Report(Code::kMistakenWord, tokens[i],
                    reporter.Quote(tokens[i]) +
                        " does not say how strong a duty is; that is said by `must`, `should`, `may`, "
                        "`need not` and their like",
                    "did you mean `" + word + "`?");
    if (!chunk.MayChange()) return;
    tokens[i].kind = modality;
    if (next != Kind::NAME) tokens.erase(tokens.begin() + i + 1);
  }
}

// A rule's conclusions: the first begins with `then`, each further one with `also`.
class ConclusionMender {
 public:
  ConclusionMender(Chunk& chunk, Reporter& reporter) : chunk_(chunk), tokens_(chunk.tokens), reporter_(reporter) {}

  void Mend() {
    std::size_t depth = 0;
    for (std::size_t i = 2; i < tokens_.size(); ++i) {
      const Kind kind = tokens_[i].kind;
      if (IsOpening(kind)) ++depth;
      if (IsClosing(kind) && depth > 0) --depth;
      if (kind == Kind::THEN || kind == Kind::ALSO) {
        depth = 0;
        MendWord(tokens_[i]);
      } else {
        MendAt(i, depth);
      }
    }
  }

 private:
  void MendWord(Token& word) {
    if (word.kind == Kind::THEN && seen_then_) {
      reporter_.Report(Code::kConclusionsJoined, word,
                       "`then` a second time; it begins the first conclusion of a rule only",
                       "begin each further conclusion with `also`");
      word.kind = Kind::ALSO;
    }
    if (word.kind == Kind::ALSO && !seen_then_) {
      reporter_.Report(Code::kMissingThen, word,
                       "`also` before any `then`; a rule's first conclusion begins with `then`", "write `then`");
      word.kind = Kind::THEN;
    }
    seen_then_ = true;
  }

  // Two operands side by side are never one condition, so that a conclusion shows even after a bracket left open.
  void MendAt(std::size_t i, std::size_t depth) {
    Token& token = tokens_[i];
    const bool joins = depth == 0 && (token.kind == Kind::AND || token.kind == Kind::COMMA);
    if (seen_then_ && joins && BeginsConclusion(tokens_, i + 1, reporter_)) {
      reporter_.Report(Code::kConclusionsJoined, token,
                       reporter_.Quote(token) + " joins no conclusions; each is said apart",
                       "begin each further conclusion with `also`");
      token.kind = Kind::ALSO;
      return;
    }
    if (seen_then_ && !token.first) return;
    if (!EndsOperand(KindAt(tokens_, i - 1)) || !BeginsConclusion(tokens_, i, reporter_)) return;
    if (!chunk_.MayChange()) return;
    if (seen_then_) {
      reporter_.Report(Code::kConclusionsJoined, token,
                       reporter_.Quote(token) + " begins another conclusion without `also`",
                       "begin each further conclusion with `also`");
    } else {
      reporter_.Report(Code::kMissingThen, token, reporter_.Quote(token) + " begins a conclusion without `then`",
                       "put `then` before it");
    }
    Insert(tokens_, i, seen_then_ ? Kind::ALSO : Kind::THEN);
    tokens_[i].opens = true;
    seen_then_ = true;
  }

  Chunk& chunk_;
  Tokens& tokens_;
  Reporter& reporter_;
  bool seen_then_ = false;
};

// `then placement = exactly none`.
void MendExactly(Chunk& chunk, Reporter& reporter) {
  Tokens& tokens = chunk.tokens;
  for (std::size_t i = 3; i + 1 < tokens.size(); ++i) {
    if (tokens[i - 1].kind != Kind::EQ || tokens[i].kind != Kind::NAME || reporter.text(tokens[i]) != "exactly")
      continue;
    if (!EndsOperand(tokens[i + 1].kind) && tokens[i + 1].kind != Kind::JUDGEMENT_BY) continue;
    reporter.Report(Code::kMistakenWord, tokens[i - 1], "`=` stands before `exactly`, which takes its place",
                    "leave `=` out, as in `placement exactly none`");
    tokens[i].kind = Kind::EXACTLY;
    tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(i) - 1);
  }
}

// `->` outside a change.
void MendArrows(Chunk& chunk, Reporter& reporter) {
  if (chunk.opening == Kind::CHANGE) return;
  for (Token& token : chunk.tokens) {
    if (token.kind != Kind::ARROW) continue;
    if (chunk.opening == Kind::RENAME) {
      reporter.Report(Code::kWrongOperator, token, reporter.Quote(token) + " stands in a `rename`, where `to` belongs",
                      "write `rename OLD to NEW`");
      token.kind = Kind::TO;
      continue;
    }
    reporter.Report(Code::kWrongOperator, token,
                    reporter.Quote(token) + " stands between the old and the new value of a `change`, and nowhere else",
                    "leave it out, or write `implies` if that is meant");
    reporter.SpoilLine(token);
    token.kind = Kind::PLUS;
  }
}

// A dash that no table cell and no date explains.
void MendDashes(Chunk& chunk, Reporter& reporter) {
  for (Token& token : chunk.tokens) {
    if (token.kind != Kind::DASH) continue;
    reporter.Report(Code::kDashForMinus, token, reporter.Quote(token) + " is a dash, not a minus sign", "write `-`");
    token.kind = Kind::MINUS;
  }
}

}  // namespace

void MendStatements(Chunk& chunk, Reporter& reporter) {
  MendDashes(chunk, reporter);
  MendArrows(chunk, reporter);
  MendDeclaredName(chunk, reporter);
  MendChanges(chunk, reporter);
  MendPartners(chunk, reporter);
  MendReadings(chunk, reporter);
  MendColons(chunk, reporter);
  MendFields(chunk, reporter);
  if (chunk.opening == Kind::RULE) MendExactly(chunk, reporter);
  if (chunk.opening == Kind::RULE) ConclusionMender(chunk, reporter).Mend();
  if (IsIn(chunk.opening, {Kind::RULE, Kind::OUTPUT, Kind::TEST})) MendModalities(chunk, reporter);
  MendConditions(chunk, reporter);
  MendBrackets(chunk, reporter);
}

}  // namespace cordon::syntax
