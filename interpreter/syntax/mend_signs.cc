// Values and signs that are misspelt: each is reported with its place and turned into what was meant.
//
// The lexer has a token of its own for what people type instead of a text, a date or an operator (the last section of
// CordonLexer.g4); here is the message for each, and for values that are spelt well but do not exist (30 February).
// Entry point: MendSigns. Tested by tests/unit/parse_test.cc.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "calendar/calendar.h"
#include "support/text.h"
#include "syntax/literals.h"
#include "syntax/tokens.h"

namespace cordon::syntax {
namespace {

using diagnostics::Code;

constexpr std::string_view kDateHelp =
    "write year-month-day with two digits each for month and day, as in `2025-03-01`";
constexpr std::string_view kUnits = "the units are years, months, weeks, days, hours and minutes";

struct Found {
  std::size_t at;
  std::size_t length;
};

// The first typographic double quotation mark in `text`.
std::optional<Found> FindCurlyQuote(std::string_view text) {
  constexpr std::array<std::string_view, 6> kQuotes = {"“", "”", "„", "‟", "«", "»"};
  std::optional<Found> found;
  for (const std::string_view quote : kQuotes) {
    const std::size_t at = text.find(quote);
    if (at != std::string_view::npos && (!found || at < found->at)) found = {at, quote.size()};
  }
  return found;
}

// The number of bytes of the code point that begins `text`.
std::size_t FirstLength(std::string_view text) {
  std::size_t length = 1;
  while (length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U) ++length;
  return length;
}

std::vector<int> NumbersIn(std::string_view text) {
  std::vector<int> numbers;
  bool inside = false;
  for (const char c : text) {
    const bool digit = c >= '0' && c <= '9';
    if (digit && !inside) numbers.push_back(0);
    if (digit && numbers.back() < 100'000) numbers.back() = numbers.back() * 10 + (c - '0');
    inside = digit;
  }
  return numbers;
}

class Mender {
 public:
  Mender(Tokens& tokens, Reporter& reporter) : tokens_(tokens), reporter_(reporter) {}

  void Mend() {
    for (at_ = 0; at_ < tokens_.size(); ++at_) {
      Token token = tokens_[at_];
      if (token.margin) in_change_ = token.kind == Kind::CHANGE;
      if (MendOne(token)) kept_.push_back(std::move(token));
    }
    tokens_ = std::move(kept_);
  }

 private:
  // Each of these mends `token`; it may take the tokens after it with it. MendOne is false where the token goes.
  bool MendOne(Token& token);
  void MendUnclosed(Token& token);
  void MendCurly(Token& token);
  void CheckEscapes(const Token& token);
  void MendDate(Token& token);
  void MendDatetime(Token& token);
  void CheckDate(const Token& token);
  void MendNumber(Token& token);
  void MendUnit(Token& token);
  void MendOperator(Token& token);
  void DropCharacters(const Token& token);

  std::string_view Text(const Token& token) const { return reporter_.text(token); }
  bool NextIs(Kind kind) const {
    return at_ + 1 < tokens_.size() && tokens_[at_ + 1].kind == kind && tokens_[at_ + 1].line == tokens_[at_].line;
  }

  Tokens& tokens_;
  Reporter& reporter_;
  Tokens kept_;
  std::size_t at_ = 0;
  bool in_change_ = false;  // the declaration at hand is a `change`
};

bool Mender::MendOne(Token& token) {
  switch (token.kind) {
    case Kind::BAD_STRING:
      MendUnclosed(token);
      return true;
    case Kind::CURLY_STRING:
      MendCurly(token);
      return true;
    case Kind::STRING:
      CheckEscapes(token);
      return true;
    case Kind::BAD_DATE:
      MendDate(token);
      return true;
    case Kind::BAD_DATETIME:
      MendDatetime(token);
      return true;
    case Kind::DATE:
    case Kind::DATETIME:
    case Kind::MONTH:
      CheckDate(token);
      return true;
    case Kind::INT:
    case Kind::DECIMAL:
    case Kind::QUANTITY:
    case Kind::ROW_NAME:
      MendNumber(token);
      return true;
    case Kind::BAD_OPERATOR:
      MendOperator(token);
      return true;
    case Kind::BAD_CHAR:
      DropCharacters(token);
      return false;
    default:
      return true;  // every other token is as it should be
  }
}

// ---- texts

// An unclosed text runs to the end of its line, and with the rest of that line whatever stood there. Where it goes on
// and is closed on the next line, that line belongs to it.
void Mender::MendUnclosed(Token& token) {
  // `"a” da "b"`: the typographic mark that closed a text is inside an earlier text of the line.
  const Token* mark = &token;
  for (auto it = kept_.rbegin(); it != kept_.rend() && it->line == token.line; ++it) {
    if (it->kind == Kind::STRING && FindCurlyQuote(Text(*it))) mark = &*it;
  }
  if (const auto curly = FindCurlyQuote(Text(*mark))) {
    const Token quote = Part(*mark, curly->at, curly->length);
    reporter_.Report(Code::kTypographicQuote, quote,
                     reporter_.Quote(quote) + " is a typographic quotation mark; a text stands in straight ones",
                     "use `\"` on both sides");
  } else {
    std::size_t last = at_;
    while (last + 1 < tokens_.size() && tokens_[last + 1].line == token.line + 1) ++last;
    const bool closed_below = last > at_ && tokens_[last].kind == Kind::BAD_STRING && Text(tokens_[last]) == "\"";
    reporter_.Report(Code::kUnclosedText, token, "this text is not closed; a text ends on the line on which it begins",
                     closed_below ? "close it with `\"` and begin the next line with another `\"`: the texts are joined"
                                  : "put `\"` at its end");
    if (closed_below) {
      reporter_.SpoilLine(tokens_[at_ + 1]);
      at_ = last;
    }
  }
  reporter_.SpoilLine(token);
  token.kind = Kind::STRING;
  token.meant = "?";
}

void Mender::MendCurly(Token& token) {
  const std::string_view text = Text(token);
  const Token quote = Part(token, 0, FirstLength(text));
  const char first = text.front();
  const bool straight = first == '\'' || first == '`';
  reporter_.Report(
      Code::kTypographicQuote, quote,
      reporter_.Quote(quote) + (straight ? " opens no text; a text stands in straight double quotation marks"
                                         : " is a typographic quotation mark; a text stands in straight ones"),
      "use `\"` on both sides");
  std::string_view inner = text.substr(quote.end - quote.begin);
  std::size_t last = inner.size();
  while (last > 0 && FirstLength(inner.substr(last - 1)) == 1 &&
         (static_cast<unsigned char>(inner[last - 1]) & 0xC0U) == 0x80U)
    --last;
  const std::string_view closing = last > 0 ? inner.substr(last - 1) : inner;
  const bool closed = !inner.empty() && (closing == "\"" || closing == "'" || closing == "`" || closing == "´" ||
                                         closing == "‘" || closing == "’" || FindCurlyQuote(closing));
  if (!closed) reporter_.SpoilLine(token);
  token.kind = Kind::STRING;
  token.meant = closed ? std::string(inner.substr(0, inner.size() - closing.size())) : std::string(inner);
  if (token.meant.empty()) token.meant = "?";
}

void Mender::CheckEscapes(const Token& token) {
  const std::string_view text = Text(token);
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    if (text[i] != '\\') continue;
    const std::size_t length = FirstLength(text.substr(i + 1));
    const std::string_view escaped = text.substr(i + 1, length);
    if (escaped != "\"" && escaped != "\\" && escaped != "n") {
      const Token place = Part(token, i, 1 + length);
      reporter_.Report(Code::kUnknownEscape, place,
                       reporter_.Quote(place) + " means nothing in a text; a backslash goes before `\"`, `\\` or `n`",
                       "write `\\\\` for a backslash, `\\\"` for a quotation mark, `\\n` for a line break");
    }
    i += length;
  }
}

// ---- dates and times

void Mender::MendDate(Token& token) {
  const std::vector<int> numbers = NumbersIn(Text(token));
  std::string help(kDateHelp);
  token.meant = "2000-01-01";
  if (numbers.size() == 3 && numbers[0] > 31) {
    const std::string written = fmt::format("{:04}-{:02}-{:02}", numbers[0], numbers[1], numbers[2]);
    if (calendar::ParseDate(written)) {
      help = "write `" + written + "`";
      token.meant = written;
    }
  }
  reporter_.Report(Code::kMalformedDate, token, reporter_.Quote(token) + " is not how a date is written",
                   std::move(help));
  token.kind = Kind::DATE;
}

void Mender::MendDatetime(Token& token) {
  const std::vector<int> numbers = NumbersIn(Text(token));
  const int minute = numbers.size() > 4 ? numbers[4] : 0;
  const std::string written =
      fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}", numbers[0], numbers[1], numbers[2], numbers[3], minute);
  const bool exists = calendar::ParseDatetime(written).has_value();
  reporter_.Report(
      Code::kMalformedDate, token,
      reporter_.Quote(token) + " is not how a time is written: a date, `T`, hours and minutes, no seconds and no zone",
      "write " + (exists ? "`" + written + "`" : std::string("it as in `2025-01-02T10:00`")));
  token.kind = Kind::DATETIME;
  token.meant = exists ? written : "2000-01-01T00:00";
}

void Mender::CheckDate(const Token& token) {
  const std::string_view text = Text(token);
  const bool exists = token.kind == Kind::DATE       ? calendar::ParseDate(text).has_value()
                      : token.kind == Kind::DATETIME ? calendar::ParseDatetime(text).has_value()
                                                     : calendar::ParseDateRange(text).has_value();
  if (exists) return;
  const std::vector<int> numbers = NumbersIn(text);
  const int year = numbers[0];
  const int month = numbers[1];
  const int day = numbers.size() > 2 ? numbers[2] : 1;
  std::string rule = "a day ends at 23:59";
  std::string help = "correct the time";
  if (year < 1901 || year > 2099) {
    rule = "dates lie in the years 1901 to 2099";
    help = "correct the year";
  } else if (month < 1 || month > 12) {
    rule = "the month is one of 01 to 12";
    help = std::string(kDateHelp);
  } else if (!calendar::MakeDate(year, month, day)) {
    int last = 31;
    while (!calendar::MakeDate(year, month, last)) --last;
    rule = fmt::format("that month has the days 01 to {}", last);
    help = "correct the day";
  }
  reporter_.Report(Code::kNoSuchDate, token, reporter_.Quote(token) + " does not exist: " + rule, std::move(help));
}

// ---- numbers and lengths of time

void Mender::MendNumber(Token& token) {
  const bool joins =
      at_ + 1 < tokens_.size() && tokens_[at_ + 1].begin == token.end && tokens_[at_ + 1].kind == Kind::NAME;
  if (token.kind == Kind::ROW_NAME) {
    const Kind before = kept_.empty() ? Kind::END : kept_.back().kind;
    const bool heads_row = before == Kind::BAR && kept_.back().first;
    if (!heads_row && before != Kind::DOT && before != Kind::INTERPRETATION) MendUnit(token);
    return;
  }
  if (token.kind == Kind::QUANTITY ? joins : NextIs(Kind::NAME)) {
    MendUnit(token);
    if (token.kind == Kind::QUANTITY) return;
  }
  const std::string_view text = Text(token);
  const auto out_of_range = [&](std::string_view rule) {
    reporter_.Report(Code::kNumberOutOfRange, token, reporter_.Quote(token) + " is too large: " + std::string(rule),
                     "write a smaller number");
  };
  if (token.kind == Kind::INT && !ParseInt(text)) out_of_range("numbers go up to 10 to the power of 15");
  if (token.kind == Kind::QUANTITY && !ParseQuantity(text)) out_of_range("a length of time goes up to 1000 years");
  if (token.kind != Kind::DECIMAL || ParseDecimal(text)) return;
  if (text.size() - text.find('.') - 1 <= 3) return out_of_range("numbers go up to 10 to the power of 15");
  reporter_.Report(
      Code::kTooManyDecimals, token,
      reporter_.Quote(token) + " has more than three digits after its point; numbers are exact to thousandths",
      "round it to three digits");
}

// A number with a word after it that is no unit: `6 moths`, `24h`, `1.5 hours`.
void Mender::MendUnit(Token& token) {
  static const std::vector<std::string> kNames = {"years", "months", "weeks", "days", "hours", "minutes",
                                                  "year",  "month",  "week",  "day",  "hour",  "minute"};
  static constexpr std::pair<std::string_view, std::string_view> kShort[] = {
      {"y", "years"},   {"yr", "years"},    {"yrs", "years"},   {"mo", "months"}, {"mth", "months"},
      {"w", "weeks"},   {"wk", "weeks"},    {"d", "days"},      {"h", "hours"},   {"hr", "hours"},
      {"hrs", "hours"}, {"min", "minutes"}, {"mins", "minutes"}};
  // Words that may follow a number, as the first ones of a phrase.
  static const std::vector<std::string> kPhrases = {"for", "due", "as", "confidential", "judgement", "first", "named"};
  const std::string_view text = Text(token);
  const std::size_t digits = std::min(text.find_first_not_of("0123456789."), text.size());
  Token word = Part(token, digits, text.size() - digits);
  if (token.kind != Kind::ROW_NAME) word = tokens_[at_ + 1];
  if (token.kind == Kind::QUANTITY) {
    word = Part(token, text.find_first_of("ymwdh"), 0);
    word.end = tokens_[at_ + 1].end;
  }
  const std::string unit(Text(word));
  if (token.kind == Kind::INT && std::find(kPhrases.begin(), kPhrases.end(), unit) != kPhrases.end()) return;
  if (in_change_ && (unit == "into" || unit == "becomes")) return;
  if (at_ + 2 < tokens_.size() && tokens_[at_ + 2].kind == Kind::STRING) return;  // a misspelt note, `6 reason "…"`
  const bool multiplies = (unit == "x" || unit == "times") && token.kind == Kind::INT && at_ + 2 < tokens_.size();
  if (multiplies && (tokens_[at_ + 2].kind == Kind::NAME || tokens_[at_ + 2].kind == Kind::LP)) {
    reporter_.Report(Code::kWrongOperator, word, reporter_.Quote(word) + " is no operator of this language",
                     "write `*`");
    tokens_[at_ + 1].kind = Kind::TIMES;
    return;
  }
  std::optional<std::string> nearest = support::FindNearest(unit, kNames);
  for (const auto& [name, meant] : kShort) {
    if (unit == name) nearest = std::string(meant);
  }
  if (token.kind == Kind::DECIMAL) {
    Token both = token;
    both.end = word.end;
    reporter_.Report(Code::kUnknownUnit, both,
                     reporter_.Quote(both) + " is no length of time; a length is a whole number of units",
                     "use a smaller unit, as in `90 minutes`");
  } else {
    reporter_.Report(
        Code::kUnknownUnit, word, reporter_.Quote(word) + " is no unit of time; " + std::string(kUnits),
        nearest ? "did you mean `" + *nearest + "`?" : "write a number and one of these units, as in `6 months`");
  }
  token.meant = fmt::format("1 {}", nearest.value_or("days"));
  if (token.kind != Kind::ROW_NAME) {
    token.end = word.end;
    ++at_;
  }
  token.kind = Kind::QUANTITY;
}

// ---- signs

void Mender::MendOperator(Token& token) {
  struct Sign {
    std::string_view text;
    Kind kind;
    std::string_view help;
  };
  static constexpr Sign kSigns[] = {{"=<", Kind::LE, "write `<=`"},   {"=>", Kind::GE, "write `>=`"},
                                    {"==", Kind::EQ, "write `=`"},    {"<>", Kind::NE, "write `!=`"},
                                    {"&&", Kind::AND, "write `and`"}, {"&", Kind::AND, "write `and`"},
                                    {"!", Kind::NOT, "write `not`"}};
  for (const Sign& sign : kSigns) {
    if (Text(token) != sign.text) continue;
    const bool arrow = in_change_ && sign.text == "=>";
    token.kind = arrow ? Kind::ARROW : sign.kind;
    reporter_.Report(Code::kWrongOperator, token, reporter_.Quote(token) + " is no operator of this language",
                     arrow ? "write `->`" : std::string(sign.help));
    return;
  }
  reporter_.Report(
      Code::kWrongOperator, token,
      reporter_.Quote(token) + " is no operator of this language; numbers are only added, subtracted and multiplied",
      "leave it out, or give the result a name with `param`");
  reporter_.SpoilLine(token);
  token.kind = Kind::PLUS;
}

// A run of characters without meaning is reported once, and what follows it takes its place on the line.
void Mender::DropCharacters(const Token& token) {
  std::size_t last = at_;
  while (last + 1 < tokens_.size() && tokens_[last + 1].kind == Kind::BAD_CHAR &&
         tokens_[last + 1].begin == tokens_[last].end) {
    ++last;
  }
  const std::string_view text = Text(token);
  const auto byte = static_cast<unsigned char>(text.front());
  const std::string shown =
      byte < 0x20U || byte == 0x7FU ? fmt::format("the character U+{:04X}", byte) : reporter_.Quote(token);
  reporter_.Report(Code::kStrayCharacter, token, shown + " has no meaning in a policy, outside texts and comments",
                   text == ";" ? "leave it out: a statement ends where the next one begins" : "leave it out");
  at_ = last;
  if (token.first && last + 1 < tokens_.size() && tokens_[last + 1].line == token.line) {
    tokens_[last + 1].first = true;
    tokens_[last + 1].margin = token.margin;
  }
}

}  // namespace

void MendSigns(Tokens& tokens, Reporter& reporter) { Mender(tokens, reporter).Mend(); }

}  // namespace cordon::syntax
