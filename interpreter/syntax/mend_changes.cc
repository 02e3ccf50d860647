// Slips in what builds upon another version: the header's lines and the changes.
//
// A change without its `->`, a row without its table's heading and a base without its version are reported here, since
// the grammar would only say that something else stands there. Entry point: MendChanges. Tested by
// tests/unit/parse_test.cc and tests/golden/slips.
#include <algorithm>

#include "syntax/tokens.h"
#include "syntax/word_lists.h"

namespace cordon::syntax {
namespace {

using diagnostics::Code;

Kind KindAt(const Tokens& tokens, std::size_t index) { return index < tokens.size() ? tokens[index].kind : Kind::END; }

// The token after the path that begins at `at`: a name with dots.
std::size_t SkipPath(const Tokens& tokens, std::size_t at) {
  const auto is_part = [&](std::size_t i) { return IsIn(KindAt(tokens, i), {Kind::NAME, Kind::INT, Kind::ROW_NAME}); };
  if (!is_part(at)) return at;
  ++at;
  while (KindAt(tokens, at) == Kind::DOT && is_part(at + 1)) at += 2;
  return at;
}

// ---- `change PATH: OLD -> NEW`

class ChangeMender {
 public:
  ChangeMender(Chunk& chunk, Reporter& reporter) : chunk_(chunk), tokens_(chunk.tokens), reporter_(reporter) {}

  void Mend() {
    const std::size_t colon = SkipPath(tokens_, 2);
    if (colon == 2) return;  // no path at all: the grammar says so
    if (KindAt(tokens_, colon) != Kind::COLON) return ReportNoColon(colon);
    const std::size_t end = EndOfSides(colon + 1);
    const auto begin = tokens_.begin();
    if (std::any_of(begin + colon, begin + end, [](const Token& token) { return token.kind == Kind::ARROW; })) return;
    for (std::size_t i = colon + 2; i < end; ++i) {
      if (IsArrowWord(tokens_[i])) return ReportArrow(tokens_[i]);
    }
    if (end == colon + 1) return;
    const Token last = tokens_[end - 1];
    Report(Inserted(Kind::END, last, last.end),
           "the new value is missing; a change says the old value and the new one");
    chunk_.broken = true;
  }

 private:
  void Report(const Token& place, std::string message) {
    reporter_.Report(Code::kChangeShape, place, std::move(message),
                     "write `change PATH: OLD -> NEW`, as in `change look_back: 6 months -> 12 months`");
  }
  void ReportNoColon(std::size_t at) {
    if (at < tokens_.size() && tokens_[at].kind != Kind::BECAUSE && tokens_[at].kind != Kind::CITE) {
      Report(tokens_[at], reporter_.Quote(tokens_[at]) + " stands after what is changed, where `:` belongs");
    } else {
      const Token last = tokens_[at - 1];
      Report(Inserted(Kind::END, last, last.end), "the old value and the new one are missing");
    }
    chunk_.broken = true;
  }
  void ReportArrow(Token& word) {
    Report(word, reporter_.Quote(word) + " stands between the old value and the new one, where `->` belongs");
    word.kind = Kind::ARROW;
  }
  // `to`, `into` or `becomes` between two values; never a name, since nothing joins it to what stands before.
  bool IsArrowWord(const Token& token) const {
    const std::string_view text = reporter_.text(token);
    return token.kind == Kind::NAME && (text == "to" || text == "into" || text == "becomes" || text == "by");
  }
  std::size_t EndOfSides(std::size_t at) const {
    while (at < tokens_.size() && tokens_[at].kind != Kind::BECAUSE && tokens_[at].kind != Kind::CITE) ++at;
    return at;
  }

  Chunk& chunk_;
  Tokens& tokens_;
  Reporter& reporter_;
};

// ---- rows

// The rows of a change stand under their table's heading, since its columns say what their cells test.
void CheckHeading(Chunk& chunk, Reporter& reporter) {
  const auto row = std::find_if(chunk.tokens.begin(), chunk.tokens.end(),
                                [](const Token& token) { return token.kind == Kind::ROW_START; });
  const bool changes_row = KindAt(chunk.tokens, 2) == Kind::ROW;
  const Kind heads = row == chunk.tokens.end() ? Kind::END : KindAt(chunk.tokens, row - chunk.tokens.begin() + 1);
  if (row == chunk.tokens.end() ? !changes_row : heads == Kind::ROW || heads == Kind::CASE) return;
  if (changes_row && KindAt(chunk.tokens, SkipPath(chunk.tokens, 3)) == Kind::COLON) {
    reporter.Report(Code::kChangeShape, chunk.tokens[2], "`change row` brings a whole row, with its heading above it",
                    "leave `row` out to change one cell, as in `change admission.signs.3c.screen: no -> yes`");
    chunk.broken = true;
    return;
  }
  const Token place = row == chunk.tokens.end() ? chunk.tokens[2] : *row;
  reporter.Report(Code::kRowWithoutHeading, place,
                  row == chunk.tokens.end() ? "no row stands below `change row`"
                                            : "this row does not stand under its table's heading",
                  "write the heading `| row | … || … |` as the table has it, and the row below it");
  chunk.broken = true;
}

// ---- the header

// `revise 2018-09-04`, `adapt uk.phe.cpe`: words at the begin of a line that mean one of these.
void MendHeaderWord(Token& word, Reporter& reporter) {
  struct Slip {
    std::string_view text;
    Kind meant;
  };
  static constexpr Slip kSlips[] = {{"revise", Kind::REVISES},     {"revised", Kind::REVISES},
                                    {"revision", Kind::REVISES},   {"amends", Kind::REVISES},
                                    {"supersedes", Kind::REVISES}, {"adapt", Kind::ADAPTS},
                                    {"adapted", Kind::ADAPTS},     {"extends", Kind::ADAPTS}};
  for (const Slip& slip : kSlips) {
    if (reporter.text(word) != slip.text) continue;
    reporter.Report(Code::kMistakenWord, word, reporter.Quote(word) + " opens no line of a header",
                    "did you mean `" + std::string(WordOf(slip.meant)) + "`?");
    word.kind = slip.meant;
    word.opens = true;
  }
}

// `adapts uk.phe.cpe 2013-12`, `revises 1 upon dk.cpo`.
void MendBase(Chunk& chunk, std::size_t at, Reporter& reporter) {
  Tokens& tokens = chunk.tokens;
  const std::size_t next = SkipPath(tokens, at + 1);
  if (next == at + 1 || KindAt(tokens, next) == Kind::VERSION) return;
  Token base = tokens[at + 1];
  base.end = tokens[next - 1].end;
  const bool is_version = IsIn(KindAt(tokens, next), {Kind::DATE, Kind::MONTH, Kind::INT, Kind::STRING});
  reporter.Report(Code::kNoVersion, base,
                  reporter.Quote(base) + (is_version ? " and its version are not joined by `version`"
                                                     : " is named without its version, which says what is built upon"),
                  "write `" + std::string(reporter.text(base)) + " version " +
                      (is_version ? std::string(reporter.text(tokens[next])) : "…") + "`");
  if (!is_version) {
    chunk.broken = true;
  } else {
    tokens.insert(tokens.begin() + static_cast<std::ptrdiff_t>(next),
                  Inserted(Kind::VERSION, tokens[next], tokens[next].begin));
  }
}

void MendHeader(Chunk& chunk, Reporter& reporter) {
  Tokens& tokens = chunk.tokens;
  for (std::size_t i = 2; i < tokens.size() && !chunk.broken; ++i) {
    const bool begins = tokens[i].first && tokens[i].kind == Kind::NAME && KindAt(tokens, i + 1) != Kind::STRING;
    if (begins) MendHeaderWord(tokens[i], reporter);
    if (tokens[i].kind == Kind::ADAPTS || tokens[i].kind == Kind::UPON) MendBase(chunk, i, reporter);
    if (tokens[i].kind != Kind::REVISES || KindAt(tokens, i + 1) != Kind::VERSION) continue;
    reporter.Report(Code::kUnexpected, tokens[i + 1], "`version` is not said after `revises`; the version follows",
                    "leave it out, as in `revises 2018-09-04`");
    tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(i) + 1);
  }
}

// `add fact x : bool`, `replace admission.first`: what belongs below the line, or behind `to` and `in`.
void CheckHead(Chunk& chunk, Reporter& reporter) {
  if ((chunk.opening != Kind::ADD && chunk.opening != Kind::REPLACE) || chunk.tokens.size() < 3) return;
  const Token& next = chunk.tokens[2];
  if (next.line != chunk.tokens[1].line || !IsWord(next.kind) ||
      IsIn(next.kind, {Kind::TO, Kind::IN, Kind::BECAUSE, Kind::CITE})) {
    return;
  }
  const std::string_view text = reporter.text(next);
  const std::string word(WordOf(chunk.opening));
  const bool opens =
      std::any_of(AllOpenings().begin(), AllOpenings().end(), [&](Kind kind) { return WordOf(kind) == text; });
  const std::string holder = word + (chunk.opening == Kind::ADD ? " to " : " in ");
  reporter.Report(
      Code::kWrongAddition, next,
      reporter.Quote(next) + (opens ? " stands on the line of `" + word + "`; what it brings stands below it"
                                    : " stands directly behind `" + word + "`"),
      opens ? "put it on a line of its own, indented below `" + word + " because \"…\"`"
            : "write `" + holder + std::string(text) + "`, and the thing itself below it");
  chunk.broken = true;
}

}  // namespace

void MendChanges(Chunk& chunk, Reporter& reporter) {
  if (chunk.opening == Kind::POLICY) MendHeader(chunk, reporter);
  if (!IsIn(chunk.opening, Changes())) return;
  if (chunk.opening == Kind::CHANGE && KindAt(chunk.tokens, 2) != Kind::ROW) {
    ChangeMender(chunk, reporter).Mend();
  } else {
    CheckHead(chunk, reporter);
    if (!chunk.broken) CheckHeading(chunk, reporter);
  }
}

}  // namespace cordon::syntax
