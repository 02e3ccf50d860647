// Lays out stretches; see layout.h.
#include "format/layout.h"

#include <algorithm>
#include <string_view>

#include "format/clauses.h"
#include "format/display_width.h"

namespace cordon::format {
namespace {

using syntax::Lexeme;
using syntax::LexemeKind;

bool IsSign(const Lexeme& lexeme, std::string_view sign) {
  return lexeme.kind == LexemeKind::kSign && lexeme.text == sign;
}
bool IsOpening(const Lexeme& lexeme) { return IsSign(lexeme, "(") || IsSign(lexeme, "[") || IsSign(lexeme, "{"); }
bool IsClosing(const Lexeme& lexeme) { return IsSign(lexeme, ")") || IsSign(lexeme, "]") || IsSign(lexeme, "}"); }

}  // namespace

Layout::Layout(const syntax::Passage& passage, Writer& writer)
    : passage_(passage), writer_(writer), gaps_(Gaps(passage)) {}

std::size_t Layout::Width(std::size_t begin, std::size_t end) const {
  std::size_t width = 0;
  for (std::size_t i = begin; i < end; ++i) {
    width += (i == begin ? 0 : gaps_[i]) + DisplayWidth(passage_.lexemes[i].text);
  }
  return width;
}

bool Layout::Fits(std::size_t begin, std::size_t end, std::size_t gap) const {
  for (std::size_t i = begin; i < end; ++i) {
    if (i > begin && !passage_.lexemes[i].above.empty()) return false;
    if (i + 1 < end && passage_.lexemes[i].beside) return false;
  }
  // What closes brackets or follows as a comma cannot begin a line.
  std::size_t tail = end;
  while (tail < passage_.lexemes.size() && gaps_[tail] == 0 &&
         (IsClosing(passage_.lexemes[tail]) || IsSign(passage_.lexemes[tail], ","))) {
    ++tail;
  }
  return writer_.column() + (writer_.at_start() ? 0 : gap) + Width(begin, tail) <= kLineWidth;
}

void Layout::LayFlat(std::size_t begin, std::size_t end, std::size_t indent) {
  for (std::size_t i = begin; i < end; ++i) writer_.Put(passage_.lexemes[i], gaps_[i], indent);
}

// ---- where a stretch may be broken

bool Layout::IsAlternative(std::size_t index) const { return WordOf(passage_.lexemes[index]) == "otherwise"; }
bool Layout::IsImplies(std::size_t index) const { return WordOf(passage_.lexemes[index]) == "implies"; }
bool Layout::IsAndOr(std::size_t index) const {
  const std::string_view word = WordOf(passage_.lexemes[index]);
  return word == "and" || word == "or";
}
bool Layout::IsItem(std::size_t index) const {
  return IsSign(passage_.lexemes[index - 1], ",") || IsSign(passage_.lexemes[index], "<");
}
bool Layout::IsArrow(std::size_t index) const {
  return IsSign(passage_.lexemes[index], "->") || IsSign(passage_.lexemes[index], "→");
}
bool Layout::IsQualifier(std::size_t index) const {
  static constexpr std::string_view kWords[] = {"needs",
                                                "because",
                                                "with",
                                                "to",
                                                "weighing",
                                                "decided in",
                                                "due by",
                                                "due",
                                                "every",
                                                "until",
                                                "except",
                                                "at",
                                                "before",
                                                "after",
                                                "during",
                                                "as far as possible",
                                                "is provisionally",
                                                "upon"};
  const std::string_view word = WordOf(passage_.lexemes[index]);
  return !word.empty() && std::find(std::begin(kWords), std::end(kWords), word) != std::end(kWords);
}

std::vector<std::size_t> Layout::Joints(std::size_t begin, std::size_t end,
                                        bool (Layout::*is_joint)(std::size_t) const) const {
  std::vector<std::size_t> joints;
  std::size_t depth = 0;
  for (std::size_t i = begin; i < end; ++i) {
    if (IsClosing(passage_.lexemes[i]) && depth > 0) --depth;
    if (i > begin && depth == 0 && (this->*is_joint)(i)) joints.push_back(i);
    if (IsOpening(passage_.lexemes[i])) ++depth;
  }
  return joints;
}

std::vector<std::size_t> Layout::Items(std::size_t begin, std::size_t end) const {
  std::vector<std::size_t> items = {begin};
  std::size_t read = begin;
  bool in_list = false;  // behind a `needs` or `because` of the item at hand
  for (const std::size_t joint : Joints(begin, end, &Layout::IsItem)) {
    for (; read < joint; ++read) {
      const std::string_view word = WordOf(passage_.lexemes[read]);
      in_list = in_list || word == "needs" || word == "because";
    }
    std::size_t after = joint + 1;  // behind the path, `stays[1].discharged`
    while (after < end && gaps_[after] == 0 && !IsSign(passage_.lexemes[after], ",")) ++after;
    if (in_list && (after == end || IsSign(passage_.lexemes[after], ","))) continue;
    items.push_back(joint);
    in_list = false;
  }
  return items;
}

// ---- broken stretches

void Layout::LayPieces(const std::vector<std::size_t>& joints, std::size_t begin, std::size_t end, std::size_t indent) {
  for (std::size_t i = 0; i <= joints.size(); ++i) {
    const std::size_t from = i == 0 ? begin : joints[i - 1];
    const std::size_t to = i == joints.size() ? end : joints[i];
    if (i > 0) writer_.StartLine(passage_.lexemes[from], indent, false);
    Lay(from, to, indent + 2);
  }
}

void Layout::Fill(const std::vector<std::size_t>& items, std::size_t end, std::size_t indent) {
  for (std::size_t i = 0; i < items.size(); ++i) {
    const std::size_t to = i + 1 == items.size() ? end : items[i + 1];
    const Lexeme& first = passage_.lexemes[items[i]];
    if (i > 0 && (writer_.must_break() || !Fits(items[i], to, gaps_[items[i]])))
      writer_.StartLine(first, indent, false);
    Lay(items[i], to, indent + 2);
  }
}

Layout::Pair Layout::FindWidestPair(std::size_t begin, std::size_t end) const {
  Pair widest;
  std::size_t width = 0;
  std::size_t depth = 0;
  std::size_t open = begin;
  for (std::size_t i = begin; i < end; ++i) {
    if (IsOpening(passage_.lexemes[i]) && depth++ == 0) open = i;
    if (!IsClosing(passage_.lexemes[i]) || depth == 0 || --depth > 0) continue;
    if (Width(open, i) > width && i > open + 1) {
      width = Width(open, i);
      widest = {open, i};
    }
  }
  return widest;
}

bool Layout::LayBracket(std::size_t begin, std::size_t end, std::size_t indent) {
  const Pair pair = FindWidestPair(begin, end);
  if (pair.close == 0) return false;
  LayFlat(begin, pair.open + 1, indent);
  const std::size_t first = pair.open + 1;
  const bool conditions = !Joints(first, pair.close, &Layout::IsAndOr).empty() ||
                          !Joints(first, pair.close, &Layout::IsImplies).empty() ||
                          !Joints(first, pair.close, &Layout::IsAlternative).empty();
  const bool condition = conditions || (pair.open > 0 && passage_.lexemes[pair.open - 1].kind == LexemeKind::kKeyword);
  const bool round = IsSign(passage_.lexemes[pair.open], "(");
  if (round && condition) {
    const std::size_t inner = writer_.indent() + 2;
    writer_.StartLine(passage_.lexemes[first], inner, false);
    Lay(first, pair.close, inner);
  } else {
    Lay(first, pair.close, writer_.column() + gaps_[first]);
  }
  Lay(pair.close, end, indent);
  return true;
}

void Layout::Lay(std::size_t begin, std::size_t end, std::size_t indent) {
  if (begin >= end) return;
  if (writer_.must_break()) writer_.StartLine(passage_.lexemes[begin], indent, false);
  if (Fits(begin, end, gaps_[begin])) {
    LayFlat(begin, end, indent);
    return;
  }
  for (const auto is_joint : {&Layout::IsAlternative, &Layout::IsImplies, &Layout::IsAndOr, &Layout::IsArrow}) {
    const std::vector<std::size_t> joints = Joints(begin, end, is_joint);
    if (joints.empty()) continue;
    LayPieces(joints, begin, end, indent);
    return;
  }
  std::vector<std::size_t> items = Items(begin, end);
  if (items.size() == 1) {
    for (const auto is_joint : {&Layout::IsItem, &Layout::IsQualifier}) {
      const std::vector<std::size_t> joints = Joints(begin, end, is_joint);
      items.insert(items.end(), joints.begin(), joints.end());
    }
    std::sort(items.begin(), items.end());
  }
  if (items.size() > 1) {
    Fill(items, end, indent);
  } else if (!LayBracket(begin, end, indent)) {
    LayFlat(begin, end, indent);
  }
}

void Layout::LayTexts(std::size_t begin, std::size_t end) {
  std::vector<std::size_t> languages;
  for (std::size_t i = begin; i < end; ++i) {
    if (IsLanguage(passage_, i)) languages.push_back(i);
  }
  const std::size_t column = writer_.column() + gaps_[begin];
  for (std::size_t i = 0; i < languages.size(); ++i) {
    const std::size_t to = i + 1 == languages.size() ? end : languages[i + 1];
    if (i > 0) writer_.StartLine(passage_.lexemes[languages[i]], column, false);
    const bool fits = Fits(languages[i], to, gaps_[languages[i]]);
    writer_.Put(passage_.lexemes[languages[i]], gaps_[languages[i]], column);
    const std::size_t strings = writer_.column() + 1;
    for (std::size_t k = languages[i] + 1; k < to; ++k) {
      if (!fits && k > languages[i] + 1) writer_.StartLine(passage_.lexemes[k], strings, false);
      writer_.Put(passage_.lexemes[k], gaps_[k], strings);
    }
  }
}

}  // namespace cordon::format
