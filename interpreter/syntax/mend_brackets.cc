// Brackets; see mend_brackets.h. Tested by tests/unit/parse_test.cc.
#include "syntax/mend_brackets.h"

#include "syntax/parse.h"
#include "syntax/word_lists.h"

namespace cordon::syntax {
namespace {

using diagnostics::Code;

Kind ClosingOf(Kind opening) {
  if (opening == Kind::LP) return Kind::RP;
  return opening == Kind::LB ? Kind::RB : Kind::RC;
}

std::string_view Sign(Kind kind) {
  if (kind == Kind::LP || kind == Kind::RP) return kind == Kind::LP ? "(" : ")";
  if (kind == Kind::LB || kind == Kind::RB) return kind == Kind::LB ? "[" : "]";
  return kind == Kind::LC ? "{" : "}";
}

// True where the bracket at `at` opens the arguments of a call: directly behind a name, and a condition follows it.
bool BeginsCall(const Tokens& tokens, std::size_t at) {
  if (tokens[at].kind != Kind::LP || tokens[at - 1].kind != Kind::NAME || tokens[at - 1].end != tokens[at].begin) {
    return false;
  }
  std::size_t depth = 0;
  for (; at < tokens.size() && depth <= kDeepestNesting; ++at) {
    if (IsOpening(tokens[at].kind)) ++depth;
    if (IsClosing(tokens[at].kind) && --depth == 0) break;
  }
  return at + 1 < tokens.size() && IsIn(tokens[at + 1].kind, {Kind::HAS, Kind::WHERE});
}

// The token after a list that begins at `at`: a name with dots or a bracket, and `where (…)`.
std::size_t SkipList(const Tokens& tokens, std::size_t at) {
  std::size_t depth = 0;
  for (; at < tokens.size(); ++at) {
    const Kind kind = tokens[at].kind;
    if (IsOpening(kind) &&
        (depth > 0 || IsIn(tokens[at - 1].kind, {Kind::WHERE, Kind::IN, Kind::LATEST, Kind::EARLIEST}) ||
         BeginsCall(tokens, at))) {
      if (++depth > kDeepestNesting) break;
    } else if (depth > 0) {
      if (IsClosing(kind)) --depth;
    } else if (IsIn(kind, {Kind::WHERE, Kind::DOT, Kind::LATEST, Kind::EARLIEST, Kind::BY})) {
      continue;
    } else if (kind != Kind::NAME ||
               !IsIn(tokens[at - 1].kind, {Kind::IN, Kind::DOT, Kind::LATEST, Kind::EARLIEST, Kind::BY})) {
      break;
    }
  }
  return at;
}

// Where a condition that begins at `at` ends: at a bracket, cell or clause that it cannot contain.
std::size_t ConditionEnd(const Chunk& chunk, std::size_t at) {
  std::size_t depth = 0;
  for (; at < chunk.tokens.size(); ++at) {
    const Token& token = chunk.tokens[at];
    if (EndsBrackets(token, chunk)) break;
    if (IsOpening(token.kind)) ++depth;
    if (IsClosing(token.kind) && depth-- == 0) break;
  }
  return at;
}

void PutInBrackets(Chunk& chunk, std::size_t at) {
  const Token beside = chunk.tokens[at];
  const std::size_t end = ConditionEnd(chunk, at);
  const Token last = chunk.tokens[end - 1];
  chunk.tokens.insert(chunk.tokens.begin() + end, Inserted(Kind::RP, last, last.end));
  chunk.tokens.insert(chunk.tokens.begin() + at, Inserted(Kind::LP, beside, beside.begin));
}

}  // namespace

bool IsOpening(Kind kind) { return kind == Kind::LP || kind == Kind::LB || kind == Kind::LC; }
bool IsClosing(Kind kind) { return kind == Kind::RP || kind == Kind::RB || kind == Kind::RC; }

bool EndsBrackets(const Token& token, const Chunk& chunk) {
  static const std::vector<Kind> ends = {
      Kind::BAR,     Kind::BARBAR,         Kind::ROW_START, Kind::ROW_END, Kind::UNLESS,   Kind::THEN,
      Kind::ALSO,    Kind::EXPECT,         Kind::GIVEN,     Kind::CITE,    Kind::FOR_EACH, Kind::QUOTE,
      Kind::BECAUSE, Kind::INTERPRETATION, Kind::DROPS,     Kind::UNTIL,   Kind::ARROW};
  if (IsIn(token.kind, ends)) return true;
  return token.opens && chunk.opening == Kind::RECORD;
}

void MendConditions(Chunk& chunk, Reporter& reporter) {
  constexpr std::string_view kHelp = "write the condition in brackets: `has ( … )`, `where ( … )`";
  for (std::size_t i = 1; i + 2 < chunk.tokens.size(); ++i) {
    const Tokens& tokens = chunk.tokens;
    const Kind kind = tokens[i].kind;
    const bool takes_condition = kind == Kind::HAS || kind == Kind::WHERE;
    if (takes_condition && tokens[i + 1].kind != Kind::LP && !EndsBrackets(tokens[i + 1], chunk)) {
      if (!chunk.MayChange()) return;
      reporter.Report(Code::kMissingHas, tokens[i + 1],
                      "the condition after " + reporter.Quote(tokens[i]) + " does not stand in brackets",
                      std::string(kHelp));
      PutInBrackets(chunk, i + 1);
      continue;
    }
    const bool quantifies = (kind == Kind::SOME || kind == Kind::EVERY || kind == Kind::NO) &&
                            tokens[i + 1].kind == Kind::NAME && tokens[i + 2].kind == Kind::IN;
    if (!quantifies) continue;
    const std::size_t after = SkipList(tokens, i + 3);
    if (after >= tokens.size() || after == i + 3 || tokens[after].kind == Kind::HAS) continue;
    if (EndsBrackets(tokens[after], chunk)) continue;
    if (!chunk.MayChange()) return;
    const Token at = tokens[after];
    reporter.Report(Code::kMissingHas, at,
                    "`has` is missing before " + reporter.Quote(at) + "; `" + std::string(reporter.text(tokens[i])) +
                        " " + std::string(reporter.text(tokens[i + 1])) + " in …` is followed by `has ( … )`",
                    std::string(kHelp));
    chunk.tokens.insert(chunk.tokens.begin() + after, Inserted(Kind::HAS, at, at.begin));
    if (at.kind != Kind::LP) PutInBrackets(chunk, after + 1);
  }
}

// In a row only the outermost bracket of a cell is told, and no closing one that a later cell then has too many: such a
// row has mostly one `|` too many.
void MendBrackets(Chunk& chunk, Reporter& reporter) {
  Tokens mended;
  std::vector<std::size_t> open;  // indexes into `mended`
  std::uint32_t torn_row = 0;     // the line of a row with a bracket that its cell does not close
  const auto close_all = [&](std::uint32_t end, bool in_row) {
    for (; !open.empty(); open.pop_back()) {
      if (in_row) torn_row = mended[open.back()].line;
      if (in_row && open.size() > 1) {
        mended.push_back(Inserted(ClosingOf(mended[open.back()].kind), mended.back(), mended.back().end));
        continue;
      }
      const Token opener = mended[open.back()];
      reporter.Report(Code::kUnclosedBracket, opener,
                      reporter.Quote(opener) + " is not closed before the end of its " +
                          (chunk.opening == Kind::TABLE || chunk.opening == Kind::CASES ? "cell" : "clause"),
                      "put `" + std::string(Sign(ClosingOf(opener.kind))) + "` where it ends");
      reporter.Spoil(opener.begin, end);
      mended.push_back(Inserted(ClosingOf(opener.kind), mended.back(), mended.back().end));
    }
  };
  for (Token& token : chunk.tokens) {
    if (!open.empty() && EndsBrackets(token, chunk)) {
      close_all(token.begin, IsIn(token.kind, {Kind::BAR, Kind::BARBAR, Kind::ROW_END}));
    }
    if (IsOpening(token.kind)) {
      open.push_back(mended.size());
      if (open.size() > kDeepestNesting) {
        reporter.Report(Code::kNestedTooDeep, token,
                        "brackets nest more than " + std::to_string(kDeepestNesting) + " deep here",
                        "give the inner parts names of their own with `define`");
        chunk.broken = true;
        return;
      }
    } else if (IsClosing(token.kind)) {
      if (open.empty() && token.line == torn_row) continue;
      if (open.empty()) {
        reporter.Report(Code::kUnopenedBracket, token, reporter.Quote(token) + " closes no bracket that is open here",
                        "leave it out, or open the bracket before it");
        continue;
      }
      const Token& opener = mended[open.back()];
      if (token.kind != ClosingOf(opener.kind)) {
        reporter.Report(Code::kUnopenedBracket, token,
                        reporter.Quote(token) + " cannot close " + reporter.Quote(opener),
                        "write `" + std::string(Sign(ClosingOf(opener.kind))) + "`",
                        {{reporter.span(opener), "the bracket was opened here"}});
        token.kind = ClosingOf(opener.kind);
      }
      open.pop_back();
    }
    mended.push_back(token);
  }
  if (!open.empty()) close_all(mended.back().end + 1, false);
  chunk.tokens = std::move(mended);
}

}  // namespace cordon::syntax
