// Warnings about texts: a parameter's value written out, and languages of the policy that are missing; see lints.h.
//
// The languages are those of the policy's title. Quotes are the guideline's own words and are left alone. Tested by
// tests/golden/lints/texts.golden.
#include <algorithm>
#include <array>
#include <optional>

#include "check/lints.h"
#include "support/text.h"

namespace cordon::check {

namespace {

// The texts of one thing in several languages.
struct TextSite {
  std::string what;  // "the question of the fact `x`"
  const std::vector<syntax::LangText>* texts = nullptr;
  bool fills = false;  // whether `{parameter}` may stand in it
};
using TextSites = std::vector<TextSite>;

// Recursion is bounded by the parser's limit on brackets.
void AddNodes(const std::string& category, const std::vector<syntax::CategoryNode>& nodes, TextSites& sites) {
  for (const syntax::CategoryNode& node : nodes) {
    sites.push_back({"the symbol `" + node.name.text + "` of `" + category + "`", &node.texts});
    AddNodes(category, node.children, sites);
  }
}

// Gathers the texts of one declaration.
struct SiteFinder {
  TextSites& sites;

  void operator()(const syntax::CategoryDecl& decl) const { AddNodes(decl.name.text, decl.nodes, sites); }
  void operator()(const syntax::ScaleDecl& decl) const { AddNodes(decl.name.text, decl.symbols, sites); }
  void operator()(const syntax::RoleDecl& decl) const { Add("the role", decl.name, decl.texts, false); }
  void operator()(const syntax::EventDecl& decl) const { Add("the event", decl.name, decl.texts, false); }
  void operator()(const syntax::RecordDecl& decl) const {
    for (const syntax::FieldDecl& field : decl.fields) {
      Add("the help of `" + decl.name.text + "`'s field", field.name, field.notes.help, true);
    }
  }
  void operator()(const syntax::FactDecl& decl) const {
    Add("the question of the fact", decl.name, decl.notes.ask, true);
    Add("the help of the fact", decl.name, decl.notes.help, true);
  }
  void operator()(const syntax::GroupDecl& decl) const { Add("the group", decl.name, decl.notes.texts, true); }
  void operator()(const syntax::ActionDecl& decl) const { Add("the action", decl.name, decl.notes.texts, true); }
  void operator()(const syntax::ProtocolDecl& decl) const {
    for (const syntax::Member& member : decl.members) {
      const auto* release = std::get_if<syntax::ReleaseDecl>(&member);
      if (release == nullptr) continue;
      sites.push_back(
          {"the sentence that is released of `" + Joined(release->output) + "`", &release->notes.texts, true});
    }
  }
  void operator()(const syntax::PolicyHeader&) const {}
  void operator()(const syntax::LibraryHeader&) const {}
  void operator()(const syntax::Use&) const {}
  void operator()(const syntax::SubjectDecl&) const {}
  void operator()(const syntax::SetDecl&) const {}
  void operator()(const syntax::ParamDecl&) const {}
  void operator()(const syntax::DefineDecl&) const {}
  void operator()(const syntax::ClaimDecl&) const {}
  void operator()(const syntax::InterpretationDecl&) const {}
  void operator()(const syntax::OmissionDecl&) const {}
  void operator()(const syntax::ChangeDecl&) const {}

  void Add(const std::string& what, const syntax::Name& name, const std::vector<syntax::LangText>& texts,
           bool fills) const {
    sites.push_back({what + " `" + name.text + "`", &texts, fills});
  }
};

void LintLanguages(Context& ctx, const TextSite& site) {
  if (site.texts->empty()) return;
  std::vector<std::string> missing;
  for (const std::string& language : ctx.policy.languages) {
    const bool has = std::any_of(site.texts->begin(), site.texts->end(),
                                 [&](const syntax::LangText& text) { return text.language.text == language; });
    if (!has) missing.push_back("`" + language + "`");
  }
  if (missing.empty()) return;
  ctx.sink.Report(Code::kMissingLanguage, site.texts->front().span,
                  site.what + " has no text in " + support::JoinWords(missing, "and") + ", and the policy's title has",
                  "add it: `" + missing.front().substr(1, missing.front().size() - 2) + " \"…\"`");
}

// ---- parameters written out

struct UnitWord {
  std::string_view language;
  std::string_view word;
  std::int64_t months;
  std::int64_t minutes;
};
constexpr std::int64_t kDay = calendar::kMinutesPerDay;
constexpr std::array<UnitWord, 28> kUnitWords = {{
    {"en", "minute", 0, 1},      {"en", "minutes", 0, 1},  {"en", "hour", 0, 60},        {"en", "hours", 0, 60},
    {"en", "day", 0, kDay},      {"en", "days", 0, kDay},  {"en", "week", 0, 7 * kDay},  {"en", "weeks", 0, 7 * kDay},
    {"en", "month", 1, 0},       {"en", "months", 1, 0},   {"en", "year", 12, 0},        {"en", "years", 12, 0},
    {"da", "minut", 0, 1},       {"da", "minutter", 0, 1}, {"da", "time", 0, 60},        {"da", "timer", 0, 60},
    {"da", "dag", 0, kDay},      {"da", "dage", 0, kDay},  {"da", "døgn", 0, kDay},      {"da", "uge", 0, 7 * kDay},
    {"da", "uger", 0, 7 * kDay}, {"da", "måned", 1, 0},    {"da", "måneder", 1, 0},      {"da", "år", 12, 0},
    {"da", "timers", 0, 60},     {"da", "dages", 0, kDay}, {"da", "ugers", 0, 7 * kDay}, {"da", "måneders", 1, 0},
}};

constexpr std::array<std::string_view, 12> kEnglishNumbers = {"one",   "two",   "three", "four", "five",   "six",
                                                              "seven", "eight", "nine",  "ten",  "eleven", "twelve"};
constexpr std::array<std::string_view, 12> kDanishNumbers = {"en",  "to",   "tre", "fire", "fem",    "seks",
                                                             "syv", "otte", "ni",  "ti",   "elleve", "tolv"};

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsSpace(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '-'; }
bool IsWordByte(char c) {
  return IsDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

struct Word {
  std::string_view text;
  std::size_t begin = 0;
  bool joined = false;  // only blanks or a hyphen stand between it and the word before
};

// The words of `text`; a decimal point or comma between digits is part of one, and what stands in braces is left out.
std::vector<Word> WordsOf(std::string_view text) {
  std::vector<Word> words;
  bool joined = false;
  std::size_t at = 0;
  while (at < text.size()) {
    if (text[at] == '{') {
      at = std::min(text.find('}', at), text.size() - 1) + 1;
      joined = false;
      continue;
    }
    if (!IsWordByte(text[at])) {
      joined = joined && IsSpace(text[at]);
      ++at;
      continue;
    }
    std::size_t end = at;
    const auto is_point = [&](std::size_t i) {
      return (text[i] == '.' || text[i] == ',') && IsDigit(text[i - 1]) && i + 1 < text.size() && IsDigit(text[i + 1]);
    };
    while (end < text.size() && (IsWordByte(text[end]) || (end > at && is_point(end)))) ++end;
    words.push_back({text.substr(at, end - at), at, joined});
    joined = true;
    at = end;
  }
  return words;
}

// The number that a word is, in thousandths.
std::optional<std::int64_t> NumberOf(std::string_view word, std::string_view language) {
  const auto& numbers = language == "da" ? kDanishNumbers : kEnglishNumbers;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (word == numbers[i]) return static_cast<std::int64_t>(i + 1) * value::kDecimalScale;
  }
  constexpr std::size_t kMostDigits = 12;
  if (word.size() > kMostDigits || !IsDigit(word[0])) return std::nullopt;
  std::int64_t thousandths = 0;
  std::int64_t unit = value::kDecimalScale;
  bool point = false;
  for (const char c : word) {
    if (!IsDigit(c)) {
      if (point || (c != '.' && c != ',')) return std::nullopt;
      point = true;
    } else if (point) {
      unit /= 10;
      thousandths += (c - '0') * unit;
    } else {
      thousandths = thousandths * 10 + (c - '0') * value::kDecimalScale;
    }
  }
  return thousandths;
}

const UnitWord* UnitOf(std::string_view word, std::string_view language) {
  for (const UnitWord& unit : kUnitWords) {
    if (unit.language == language && unit.word == word) return &unit;
  }
  return nullptr;
}

// Whether `number` (thousandths) with `unit`, which may be null, is the value of a parameter. A small whole number
// alone is everywhere and is none.
bool IsValue(const value::Value& value, std::int64_t number, const UnitWord* unit) {
  const bool whole = number % value::kDecimalScale == 0;
  const std::int64_t count = number / value::kDecimalScale;
  switch (value.kind) {
    case value::Kind::kDuration:
      return unit != nullptr && whole && unit->minutes > 0 && count * unit->minutes == value.number;
    case value::Kind::kPeriod:
      return unit != nullptr && whole && unit->months > 0 && count * unit->months == value.number;
    case value::Kind::kInt:
      return unit == nullptr && whole && count >= 10 && count == value.number;
    case value::Kind::kDecimal:
      return unit == nullptr && (!whole || count >= 10) && number == value.number;
    case value::Kind::kBool:
    case value::Kind::kText:
    case value::Kind::kDate:
    case value::Kind::kDatetime:
    case value::Kind::kSymbol:
    case value::Kind::kNone:
      break;
  }
  return false;
}

// Where `found` stands in the source, if it stands there as it is; else the whole text.
Span FindSpan(const Context& ctx, const Span& text, std::string_view found) {
  const std::size_t at = ctx.sources.text(text).find(found);
  if (at == std::string_view::npos) return text;
  const auto begin = static_cast<std::uint32_t>(text.begin + at);
  return {text.source, begin, static_cast<std::uint32_t>(begin + found.size())};
}

void LintNumbers(Context& ctx, const syntax::LangText& text) {
  const std::vector<Word> words = WordsOf(text.text);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto number = NumberOf(words[i].text, text.language.text);
    if (!number) continue;
    const bool followed = i + 1 < words.size() && words[i + 1].joined;
    const UnitWord* unit = followed ? UnitOf(words[i + 1].text, text.language.text) : nullptr;
    std::vector<std::string> names;
    for (const model::Param& param : ctx.policy.params) {
      if (IsValue(param.value, *number, unit)) names.push_back("`{" + param.name + "}`");
    }
    if (names.empty()) continue;
    const std::size_t end =
        unit == nullptr ? words[i].begin + words[i].text.size() : words[i + 1].begin + words[i + 1].text.size();
    const std::string seen = text.text.substr(words[i].begin, end - words[i].begin);
    ctx.sink.Report(Code::kParameterWrittenOut, FindSpan(ctx, text.span, seen),
                    "the text says `" + seen + "`, which is the value of a parameter",
                    "write " + support::JoinWords(names, "or") + ", so that the text changes along with it");
  }
}

}  // namespace

void LintTexts(Context& ctx) {
  TextSites sites;
  for (const syntax::File& file : ctx.unit.files) {
    for (const syntax::Decl& decl : file.decls) std::visit(SiteFinder{sites}, decl);
  }
  for (const TextSite& site : sites) {
    LintLanguages(ctx, site);
    if (!site.fills) continue;
    for (const syntax::LangText& text : *site.texts) LintNumbers(ctx, text);
  }
}

}  // namespace cordon::check
