// Words that need a partner: `due` a date, `latest` its `by`, `each` a duty's brackets around it.
//
// Entry point: MendPartners. Tested by tests/unit/parse_test.cc and tests/golden/slips.
#include "syntax/mend_brackets.h"
#include "syntax/parse.h"
#include "syntax/tokens.h"
#include "syntax/word_lists.h"

namespace cordon::syntax {
namespace {

using diagnostics::Code;

Kind KindAt(const Tokens& tokens, std::size_t index) { return index < tokens.size() ? tokens[index].kind : Kind::END; }

void Insert(Tokens& tokens, std::size_t index, Kind kind, std::string meant = {}) {
  const Token& beside = tokens[index - 1];
  Token token = Inserted(kind, beside, beside.end);
  token.meant = std::move(meant);
  tokens.insert(tokens.begin() + static_cast<std::ptrdiff_t>(index), std::move(token));
}

// ---- `due PERIOD after DATE`

// Where the operand after `due` ends at the latest.
bool EndsPeriod(const Token& token) {
  static const std::vector<Kind> ends = {Kind::AFTER,      Kind::COMMA,
                                         Kind::STRING,     Kind::EVERY,
                                         Kind::UNTIL,      Kind::WITH,
                                         Kind::TO,         Kind::AT,
                                         Kind::BEFORE,     Kind::DURING,
                                         Kind::DUE,        Kind::DUE_BY,
                                         Kind::EXCEPT,     Kind::AS_FAR_AS_POSSIBLE,
                                         Kind::IS_UNKNOWN, Kind::IS_PROVISIONAL,
                                         Kind::NEEDS,      Kind::CITE,
                                         Kind::BECAUSE,    Kind::ALSO};
  return token.opens || IsIn(token.kind, Modalities()) || IsIn(token.kind, ends);
}

// Where a period, date or list that begins at `at` ends. Gives up where brackets nest too deep to be read, so that many
// of these cost no more than the text is long.
std::size_t FindEnd(const Tokens& tokens, std::size_t at) {
  std::size_t depth = 0;
  for (; at < tokens.size() && depth <= kDeepestNesting; ++at) {
    const Token& token = tokens[at];
    if (token.opens || IsIn(token.kind, {Kind::BAR, Kind::BARBAR, Kind::ROW_END})) break;
    if (depth == 0 && EndsPeriod(token)) break;
    if (IsOpening(token.kind)) ++depth;
    if (IsClosing(token.kind) && depth > 0) --depth;
  }
  return at;
}

void MendDue(Chunk& chunk, std::size_t at, Reporter& reporter) {
  Tokens& tokens = chunk.tokens;
  if (IsIn(KindAt(tokens, at + 1), {Kind::IN, Kind::WITHIN})) {
    reporter.Report(Code::kDueWithoutDate, tokens[at + 1],
                    reporter.Quote(tokens[at + 1]) + " does not follow `due`; the period itself does",
                    "write `due PERIOD after DATE`, or `due by DATE`");
    tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(at) + 1);
  }
  const std::size_t end = FindEnd(tokens, at + 1);
  if (KindAt(tokens, end) == Kind::AFTER) return;
  for (std::size_t i = at + 2; i + 1 < end; ++i) {
    if (!IsIn(tokens[i].kind, {Kind::NAME, Kind::AFTER}) || !EndsOperand(tokens[i - 1].kind)) continue;
    reporter.Report(
        Code::kDueWithoutDate, tokens[i],
        reporter.Quote(tokens[i]) + " stands between the period of `due` and its date, where `after` belongs",
        "write `due PERIOD after DATE`");
    tokens[i].kind = Kind::AFTER;
    return;
  }
  Token said = tokens[at];
  said.end = tokens[end - 1].end;
  if (KindAt(tokens, at + 1) == Kind::DATE || KindAt(tokens, at + 1) == Kind::DATETIME) {
    reporter.Report(Code::kDueWithoutDate, said, "`by` is missing between `due` and the date",
                    "write `due by " + std::string(reporter.text(tokens[at + 1])) + "`");
    tokens[at].kind = Kind::DUE_BY;
    return;
  }
  reporter.Report(Code::kDueWithoutDate, said, reporter.Quote(said) + " does not say after what date",
                  "write `due PERIOD after DATE`, or `due by DATE`");
  if (!chunk.MayChange()) return;
  Insert(tokens, end, Kind::AFTER);
  Insert(tokens, end + 1, Kind::TODAY);
}

// ---- `latest xs by field`

void MendLatest(Chunk& chunk, std::size_t at, Reporter& reporter) {
  Tokens& tokens = chunk.tokens;
  const std::string word(reporter.text(tokens[at]));
  const std::string shape = "write `" + word + " LIST by FIELD`, as in `" + word + " cpo_tests by sampled`";
  std::size_t end = at + 1;
  if (end < tokens.size() && reporter.text(tokens[end]) == "of" &&
      IsIn(KindAt(tokens, end + 1), {Kind::NAME, Kind::LP})) {
    reporter.Report(Code::kLatestWithoutBy, tokens[end], "`of` does not follow `" + word + "`; the list itself does",
                    shape);
    tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(end));
  }
  if (KindAt(tokens, end) == Kind::LP) {
    std::size_t depth = 0;
    for (; end < tokens.size() && depth <= kDeepestNesting; ++end) {
      if (IsOpening(tokens[end].kind)) ++depth;
      if (IsClosing(tokens[end].kind) && --depth == 0) break;
      if (depth == 1 && tokens[end].kind == Kind::BY) {
        reporter.Report(Code::kLatestWithoutBy, tokens[end], "`by` stands inside the brackets of the list", shape);
        chunk.broken = true;
        return;
      }
    }
    if (end == tokens.size() || depth > kDeepestNesting) return;  // not closed: the brackets say so
  }
  ++end;
  while (KindAt(tokens, end) == Kind::DOT) end += 2;
  if (KindAt(tokens, end) == Kind::BY || end > tokens.size()) return;
  if (KindAt(tokens, end) == Kind::WHERE) {
    reporter.Report(Code::kLatestWithoutBy, tokens[end],
                    "`where` stands between the list of `" + word + "` and its `by`",
                    "put the list in brackets, as in `" + word + " (cpo_tests where (…)) by sampled`");
    chunk.broken = true;
    return;
  }
  Token said = tokens[at];
  said.end = tokens[end - 1].end;
  reporter.Report(Code::kLatestWithoutBy, said, reporter.Quote(said) + " does not say by which field", shape);
  if (!chunk.MayChange()) return;
  Insert(tokens, end, Kind::BY);
  Insert(tokens, end + 1, Kind::NAME, "field");
}

// ---- `each x in xs`

// True where the bracket at `at` opens the arguments of a duty, or of a cell that holds one.
bool OpensArguments(const Tokens& tokens, std::size_t at) {
  if (IsIn(KindAt(tokens, at - 1), Modalities())) return true;
  return at >= 2 && KindAt(tokens, at - 1) == Kind::NAME && IsIn(KindAt(tokens, at - 2), Modalities());
}

// `ward must treat each s in samples`: the arguments stand without their brackets.
bool MendBareArgument(Chunk& chunk, std::size_t at, Reporter& reporter) {
  Tokens& tokens = chunk.tokens;
  const bool in_cell = IsIn(tokens[at - 1].kind, Modalities());
  const bool in_duty = at >= 2 && tokens[at - 1].kind == Kind::NAME && IsIn(tokens[at - 2].kind, Modalities());
  if (!in_cell && !in_duty) return false;
  const std::size_t end = FindEnd(tokens, at + 1);
  reporter.Report(Code::kEachOutsideDuty, tokens[at], "`each` stands outside the brackets of a duty's arguments",
                  "write `" + std::string(reporter.text(tokens[at - 1])) + (in_cell ? " " : "") + "(each x in xs)`");
  if (!chunk.MayChange()) return true;
  Insert(tokens, end, Kind::RP);
  Insert(tokens, at, Kind::LP);
  return true;
}

// `(every site in sites)`, `(for each site in sites)` as an argument.
void MendOtherEach(Chunk& chunk, std::size_t at, bool in_arguments, Reporter& reporter) {
  Token& token = chunk.tokens[at];
  if (!in_arguments || !IsIn(token.kind, {Kind::EVERY, Kind::FOR_EACH})) return;
  if (!IsIn(KindAt(chunk.tokens, at - 1), {Kind::LP, Kind::COMMA})) return;
  reporter.Report(Code::kMistakenWord, token,
                  reporter.Quote(token) + " stands among the arguments of a duty, where `each` belongs",
                  "write `each x in xs`");
  token.kind = Kind::EACH;
}

void MendEach(Chunk& chunk, Reporter& reporter) {
  Tokens& tokens = chunk.tokens;
  std::vector<bool> open;  // of each bracket that is open: it holds arguments
  for (std::size_t i = 1; i < tokens.size() && !chunk.broken; ++i) {
    if (IsOpening(tokens[i].kind)) open.push_back(OpensArguments(tokens, i));
    if (IsClosing(tokens[i].kind) && !open.empty()) open.pop_back();
    MendOtherEach(chunk, i, !open.empty() && open.back(), reporter);
    if (tokens[i].kind != Kind::EACH) continue;
    const bool argument = KindAt(tokens, i - 1) == Kind::LP || KindAt(tokens, i - 1) == Kind::COMMA;
    if (argument && !open.empty() && open.back()) continue;
    // Where a rule's first line is lost its duties are no duties any more: the grammar says so.
    const bool argument_of_none = KindAt(tokens, i - 1) == Kind::LP && KindAt(tokens, i - 2) == Kind::NAME;
    if (argument_of_none && tokens[i - 2].end == tokens[i - 1].begin) continue;
    if (MendBareArgument(chunk, i, reporter)) {
      ++i;
      open.push_back(true);
      continue;
    }
    reporter.Report(Code::kEachOutsideDuty, tokens[i],
                    "`each` stands outside the arguments of a duty; there it makes one duty for each element",
                    "in a condition write `every x in xs has ( … )`; for a whole rule write `for each x in xs`");
    tokens[i].kind = Kind::EVERY;
  }
}

}  // namespace

void MendPartners(Chunk& chunk, Reporter& reporter) {
  for (std::size_t i = 1; i < chunk.tokens.size() && !chunk.broken; ++i) {
    const Kind kind = chunk.tokens[i].kind;
    const bool latest = kind == Kind::LATEST || kind == Kind::EARLIEST;
    if (kind != Kind::DUE && !latest) continue;
    if (latest) {
      MendLatest(chunk, i, reporter);
    } else {
      MendDue(chunk, i, reporter);
    }
  }
  MendEach(chunk, reporter);
}

}  // namespace cordon::syntax
