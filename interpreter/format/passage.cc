// Lays out passages; see passage.h.
#include "format/passage.h"

#include <algorithm>
#include <string_view>

#include "format/clauses.h"
#include "format/columns.h"
#include "format/display_width.h"
#include "format/layout.h"

namespace cordon::format {
namespace {

using syntax::Lexeme;
using syntax::LexemeKind;
using syntax::Passage;

// The blanks between two clauses on one line.
constexpr std::size_t kClauseGap = 2;

bool IsSign(const Lexeme& lexeme, std::string_view sign) {
  return lexeme.kind == LexemeKind::kSign && lexeme.text == sign;
}

bool IsOneOf(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

class PassageLayout {
 public:
  PassageLayout(const Passage& passage, std::size_t indent, Writer& writer)
      : passage_(passage),
        indent_(indent),
        writer_(writer),
        layout_(passage, writer),
        clauses_(CutClauses(passage)),
        rows_(AlignRows(clauses_, layout_)),
        field_width_(WidestField(clauses_, layout_)) {}

  void Lay() {
    for (std::size_t i = 0; i < clauses_.size(); ++i) LayClause(i);
  }

 private:
  std::string_view Opening() const { return WordOf(passage_.lexemes.front()); }
  const Lexeme& First(const Clause& clause) const { return passage_.lexemes[clause.begin]; }
  std::size_t IndentOf(const Clause& clause) const { return indent_ + 2 * clause.depth; }

  void LayClause(std::size_t index);
  // Whether the clause can stand on the line at hand.
  bool Joins(const Clause& clause) const;
  void LayHead(const Clause& clause);
  void LayAssigned(std::size_t sign, std::size_t end, std::size_t indent, bool hangs);
  void LayOwn(const Clause& clause, std::size_t indent);
  void LayField(const Clause& clause, std::size_t indent);
  void LayKeywordAndTexts(const Clause& clause, std::size_t indent);
  // The first lexeme behind the phrase with which the clause begins.
  std::size_t AfterPhrase(const Clause& clause) const;

  const Passage& passage_;
  const std::size_t indent_;
  Writer& writer_;
  Layout layout_;
  const std::vector<Clause> clauses_;
  const std::vector<std::string> rows_;
  const std::size_t field_width_;
  bool joinable_ = false;  // whether a clause may join the line at hand
};

std::size_t PassageLayout::AfterPhrase(const Clause& clause) const {
  const std::string_view phrase = WordOf(First(clause));
  const auto blanks = static_cast<std::size_t>(std::count(phrase.begin(), phrase.end(), ' '));
  return std::min(clause.begin + 1 + blanks, clause.end);
}

bool PassageLayout::Joins(const Clause& clause) const {
  return clause.kind == ClauseKind::kJoins && joinable_ && !writer_.must_break() && First(clause).above.empty() &&
         layout_.Fits(clause.begin, clause.end, kClauseGap);
}

void PassageLayout::LayClause(std::size_t index) {
  const Clause& clause = clauses_[index];
  if (Joins(clause)) {
    writer_.Put(First(clause), kClauseGap, IndentOf(clause));
    layout_.LayFlat(clause.begin + 1, clause.end, IndentOf(clause));
    return;
  }
  if (clause.kind != ClauseKind::kHead || !writer_.at_start()) {
    writer_.StartLine(First(clause), IndentOf(clause), true);
  }
  const std::size_t lines = writer_.num_lines();
  switch (clause.kind) {
    case ClauseKind::kHead:
      LayHead(clause);
      joinable_ = true;
      break;
    case ClauseKind::kRow: {
      std::vector<const Lexeme*> lexemes;
      for (std::size_t i = clause.begin; i < clause.end; ++i) lexemes.push_back(&passage_.lexemes[i]);
      writer_.PutLine(lexemes, rows_[index], IndentOf(clause));
      joinable_ = false;
      break;
    }
    case ClauseKind::kField:
      LayField(clause, IndentOf(clause));
      joinable_ = true;
      break;
    case ClauseKind::kNames:
      LaySymbols(clause.begin, clause.end, IndentOf(clause), layout_);
      joinable_ = false;
      break;
    case ClauseKind::kJoins:
    case ClauseKind::kOwn:
      LayOwn(clause, IndentOf(clause));
      joinable_ = IsOneOf(WordOf(First(clause)), {"default", "because"});
      break;
  }
  joinable_ = joinable_ && writer_.num_lines() == lines;
}

// `NAME = value`, from the sign on: on the line where it fits. Else the value hangs there, or has its own lines.
void PassageLayout::LayAssigned(std::size_t sign, std::size_t end, std::size_t indent, bool hangs) {
  layout_.LayFlat(sign, sign + 1, indent + 2);
  if (sign + 1 >= end) return;
  if (hangs) {
    layout_.Lay(sign + 1, end, writer_.column() + 1);
    return;
  }
  if (!writer_.must_break() && layout_.Fits(sign + 1, end, 1)) {
    layout_.LayFlat(sign + 1, end, indent + 2);
    return;
  }
  writer_.StartLine(passage_.lexemes[sign + 1], indent + 2, false);
  layout_.Lay(sign + 1, end, indent + 2);
}

void PassageLayout::LayHead(const Clause& clause) {
  std::size_t sign = clause.begin;  // the first `=` outside brackets
  std::size_t text = clause.end;    // the first language
  std::size_t depth = 0;
  for (std::size_t i = clause.end; i-- > clause.begin;) {
    if (IsSign(passage_.lexemes[i], ")")) ++depth;
    if (IsSign(passage_.lexemes[i], "(")) --depth;
    if (depth == 0 && IsSign(passage_.lexemes[i], "=")) sign = i;
    if (IsLanguage(passage_, i)) text = i;
  }
  const std::string_view opening = Opening();
  if (IsOneOf(opening, {"category", "scale"}) && sign > clause.begin) {
    layout_.LayFlat(clause.begin, sign + 1, indent_ + 2);
    LaySymbols(sign + 1, clause.end, indent_ + 2, layout_);
  } else if (IsOneOf(opening, {"define", "param", "group", "set"}) && sign > clause.begin) {
    layout_.LayFlat(clause.begin, sign, indent_ + 2);
    LayAssigned(sign, clause.end, indent_, IsOneOf(opening, {"group", "set"}));
  } else if (IsOneOf(opening, {"role", "event"}) && text < clause.end && !layout_.Fits(clause.begin, clause.end, 0)) {
    layout_.LayFlat(clause.begin, text, indent_ + 2);
    layout_.LayTexts(text, clause.end);
  } else {
    layout_.Lay(clause.begin, clause.end, opening == "use" ? indent_ + 4 : indent_ + 2);
  }
}

void PassageLayout::LayField(const Clause& clause, std::size_t indent) {
  layout_.LayFlat(clause.begin, clause.begin + 1, indent + 2);
  const Lexeme& sign = passage_.lexemes[clause.begin + 1];
  if (IsSign(sign, ":")) {
    writer_.PutAt(sign, indent + field_width_ + 1);
    layout_.LayFlat(clause.begin + 2, clause.end, indent + 2);
    return;
  }
  if (!writer_.must_break()) writer_.Pad(indent + field_width_);
  LayAssigned(clause.begin + 1, clause.end, indent, false);
}

void PassageLayout::LayKeywordAndTexts(const Clause& clause, std::size_t indent) {
  // Keywords of texts that often stand below each other are made equally long.
  const std::string_view word = WordOf(First(clause));
  const bool helped = std::any_of(clauses_.begin(), clauses_.end(),
                                  [this](const Clause& other) { return WordOf(First(other)) == "help"; });
  std::string_view widest = word;
  if (word == "title") widest = "issuer";
  if (word == "ask" && helped) widest = "help";
  layout_.LayFlat(clause.begin, clause.begin + 1, indent + 2);
  if (!writer_.must_break()) writer_.Pad(indent + widest.size());
  layout_.LayTexts(clause.begin + 1, clause.end);
}

void PassageLayout::LayOwn(const Clause& clause, std::size_t indent) {
  const std::string_view word = WordOf(First(clause));
  const std::size_t content = AfterPhrase(clause);
  if (IsOneOf(word, {"title", "ask", "help", "text", "quote", "as"})) {
    LayKeywordAndTexts(clause, indent);
    return;
  }
  layout_.LayFlat(clause.begin, content, indent + 2);
  if (IsOneOf(word, {"when", "unless", "always", "never", "require"})) {
    // `and` ends below the end of the word: `when a`, ` and b`.
    layout_.Lay(content, clause.end, std::max(writer_.column(), indent + 4) - 3);
  } else if (IsOneOf(word, {"given", "expect", "overrides", "drops", "in", "confidential to"})) {
    layout_.Lay(content, clause.end, writer_.column() + 1);
  } else {
    layout_.Lay(content, clause.end, indent + 2);
  }
}

// The lexemes that begin a column where passages of one kind follow each other.
std::vector<std::size_t> ColumnStarts(const Passage& passage) {
  const std::string_view opening = WordOf(passage.lexemes.front());
  const bool assigned = IsOneOf(opening, {"define", "param", "group", "set", "category", "scale"});
  const bool typed = IsOneOf(opening, {"fact", "output", "set"});
  std::vector<std::size_t> starts = {0};
  std::size_t depth = 0;
  for (std::size_t i = 1; i < passage.lexemes.size(); ++i) {
    const Lexeme& lexeme = passage.lexemes[i];
    if (IsSign(lexeme, "(")) ++depth;
    if (IsSign(lexeme, ")") && depth > 0) --depth;
    if (depth > 0) continue;
    const bool text = IsOneOf(opening, {"role", "event"}) && IsLanguage(passage, i);
    const bool sign = (assigned && IsSign(lexeme, "=")) || (typed && IsSign(lexeme, ":"));
    if (text || sign || (opening == "action" && WordOf(lexeme) == "text")) starts.push_back(i);
    if (sign && (opening != "set" || IsSign(lexeme, "="))) break;
  }
  return starts;
}

}  // namespace

void LayPassage(const Passage& passage, std::size_t indent, Writer& writer) {
  PassageLayout(passage, indent, writer).Lay();
}

SingleLine ReadSingleLine(const Passage& passage, std::size_t indent) {
  Writer writer;
  LayPassage(passage, indent, writer);
  SingleLine line;
  if (writer.num_lines() > 1 || writer.offsets().size() != passage.lexemes.size()) return line;
  const std::string& text = writer.text();
  const std::vector<std::size_t> starts = ColumnStarts(passage);
  for (std::size_t i = 0; i < starts.size(); ++i) {
    const std::size_t last = i + 1 < starts.size() ? starts[i + 1] - 1 : passage.lexemes.size() - 1;
    const std::size_t begin = writer.offsets()[starts[i]];
    const std::size_t end = writer.offsets()[last] + passage.lexemes[last].text.size();
    line.pieces.push_back(text.substr(begin, end - begin));
    const std::size_t before =
        starts[i] == 0 ? begin : writer.offsets()[starts[i] - 1] + passage.lexemes[starts[i] - 1].text.size();
    line.gaps.push_back(begin - before);
  }
  return line;
}

}  // namespace cordon::format
