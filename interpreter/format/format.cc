// Lays out files; see format.h.
#include "format/format.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "format/clauses.h"
#include "format/display_width.h"
#include "format/passage.h"
#include "format/writer.h"
#include "syntax/lexemes.h"
#include "syntax/parse.h"
#include "syntax/print.h"

namespace cordon::format {
namespace {

using syntax::Lexeme;
using syntax::Passage;

class FileLayout {
 public:
  explicit FileLayout(const syntax::LexedFile& file) : file_(file) {
    for (const Passage& passage : file.passages) indents_.push_back(NextIndent(passage));
  }

  std::string Lay() && {
    for (std::size_t first = 0; first < file_.passages.size();) {
      const std::size_t last = EndOfRun(first);
      if (!LayRun(first, last)) {
        for (std::size_t i = first; i < last; ++i) {
          Detach(i);
          LayPassage(file_.passages[i], indents_[i], writer_);
        }
      }
      first = last;
    }
    writer_.PutClosing(file_.closing);
    return std::move(writer_).Finish();
  }

 private:
  // What a version adds is indented below `add`, and the statements of a protocol that it adds once more.
  std::size_t NextIndent(const Passage& passage) {
    switch (passage.place) {
      case syntax::PassagePlace::kMargin:
        in_added_protocol_ = false;
        return 0;
      case syntax::PassagePlace::kAdded:
        in_added_protocol_ = WordOf(passage.lexemes.front()) == "protocol";
        return 2;
      case syntax::PassagePlace::kStatement:
        return in_added_protocol_ ? 4 : 2;
    }
    return 0;
  }
  void Detach(std::size_t index) {
    const Passage& passage = file_.passages[index];
    writer_.SetDetached(passage.place == syntax::PassagePlace::kMargin ? &passage.lexemes.front() : nullptr);
  }
  // The passages from `first` on that stand directly below each other, of one kind and each on a line.
  std::size_t EndOfRun(std::size_t first);
  // Lays them out in columns; false where that makes a line too long, or there is only one.
  bool LayRun(std::size_t first, std::size_t last);

  const syntax::LexedFile& file_;
  Writer writer_;
  std::vector<std::size_t> indents_;
  bool in_added_protocol_ = false;
  std::vector<SingleLine> run_;
};

std::size_t FileLayout::EndOfRun(std::size_t first) {
  const std::string_view opening = WordOf(file_.passages[first].lexemes.front());
  run_.clear();
  std::size_t last = first;
  for (; last < file_.passages.size(); ++last) {
    const Lexeme& head = file_.passages[last].lexemes.front();
    if (WordOf(head) != opening || indents_[last] != indents_[first]) break;
    if (last > first && (head.blank_above || !head.above.empty())) break;
    SingleLine line = ReadSingleLine(file_.passages[last], indents_[last]);
    if (line.pieces.empty()) break;
    run_.push_back(std::move(line));
  }
  return std::max(last, first + 1);
}

bool FileLayout::LayRun(std::size_t first, std::size_t last) {
  if (run_.size() < 2) return false;
  std::vector<std::size_t> widths;
  for (const SingleLine& line : run_) {
    if (widths.size() < line.pieces.size()) widths.resize(line.pieces.size());
    for (std::size_t k = 0; k < line.pieces.size(); ++k) widths[k] = std::max(widths[k], DisplayWidth(line.pieces[k]));
  }
  std::vector<std::string> texts;
  for (const SingleLine& line : run_) {
    std::string text;
    for (std::size_t k = 0; k < line.pieces.size(); ++k) {
      if (k > 0) text.append(widths[k - 1] - DisplayWidth(line.pieces[k - 1]) + line.gaps[k], ' ');
      text += line.pieces[k];
    }
    if (indents_[first] + DisplayWidth(text) > kLineWidth) return false;
    texts.push_back(std::move(text));
  }
  for (std::size_t i = first; i < last; ++i) {
    Detach(i);
    std::vector<const Lexeme*> lexemes;
    for (const Lexeme& lexeme : file_.passages[i].lexemes) lexemes.push_back(&lexeme);
    writer_.PutLine(lexemes, texts[i - first], indents_[i]);
  }
  return true;
}

// The syntax tree of a text, written out without places.
std::string Tree(const diagnostics::Sources& sources, diagnostics::SourceId source) {
  diagnostics::Sink sink;
  return syntax::Print(syntax::Parse(sources, source, sink)) + (sink.has_errors() ? "!" : "");
}

}  // namespace

std::optional<std::string> Format(const diagnostics::Sources& sources, diagnostics::SourceId source,
                                  diagnostics::Sink& sink) {
  const std::optional<syntax::LexedFile> file = syntax::ReadLexemes(sources, source, sink);
  if (!file) return std::nullopt;
  std::string text = FileLayout(*file).Lay();
  diagnostics::Sources own;
  const diagnostics::SourceId before = own.Add(sources.name(source), std::string(sources.text(source)));
  const diagnostics::SourceId after = own.Add(sources.name(source), text);
  if (Tree(own, before) != Tree(own, after)) return std::string(sources.text(source));
  return text;
}

}  // namespace cordon::format
