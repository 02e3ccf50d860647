// Cuts composed texts into lines, and numbers the changes; see show.h. Tested by tests/golden/versions.
#include "compose/show.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "compose/layout.h"
#include "support/text.h"

namespace cordon::compose {
namespace {

// Bytes of a text that are shown elsewhere or otherwise.
struct Part {
  std::size_t begin = 0;
  std::size_t end = 0;
};

Part LinesAround(const diagnostics::Sources& sources, const Span& span) {
  const Span lines = WholeLines(sources, span);
  return {lines.begin, lines.end};
}

std::string AsComment(std::string_view text) {
  std::string comment;
  bool at_begin = true;
  for (const char c : text) {
    if (at_begin && c != '\n') comment += "# ";
    comment += c;
    at_begin = c == '\n';
  }
  return comment;
}

// The version that everything rests on.
std::string LowestOf(const Composed& composed) {
  for (auto base = composed.bases.rbegin(); base != composed.bases.rend(); ++base) {
    if (base->text_unavailable.empty()) return base->id + "@" + base->version;
  }
  return composed.Name();
}

class LineReader {
 public:
  LineReader(const Composed& composed, std::string lowest) : composed_(composed), lowest_(std::move(lowest)) {}

  void Read(const Piece& piece, std::string_view text) {
    for (const char c : text) {
      if (c != '\n') {
        line_.text += c;
        if (c != ' ' && c != '\r') Note(piece);
        continue;
      }
      Finish();
    }
  }
  void Finish() {
    if (!line_.text.empty() && line_.text.back() == '\r') line_.text.pop_back();
    std::sort(line_.changes.begin(), line_.changes.end());
    lines_.push_back(std::exchange(line_, {}));
  }
  // REQUIRES: called once, at the end.
  std::vector<ShownLine> Lines() {
    if (!line_.text.empty()) Finish();
    return std::move(lines_);
  }

 private:
  void Note(const Piece& piece) {
    std::vector<std::size_t>& changes = line_.changes;
    if (piece.change != kNoChange) {
      if (std::find(changes.begin(), changes.end(), piece.change) == changes.end()) changes.push_back(piece.change);
      return;
    }
    const auto version = composed_.written_in.find(piece.origin.source);
    line_.is_own = line_.is_own || (version != composed_.written_in.end() && version->second != lowest_);
  }

  const Composed& composed_;
  const std::string lowest_;
  ShownLine line_;
  std::vector<ShownLine> lines_;
};

std::string Mark(const ShownLine& line) {
  std::vector<std::string> numbers;
  for (const std::size_t change : line.changes) numbers.push_back(std::to_string(change + 1));
  if (numbers.empty()) return line.is_own ? "*" : "";
  return support::Join(numbers, ",");
}

std::string ChangeText(const diagnostics::Sources& sources, const Composed& composed, std::size_t row,
                       std::size_t width) {
  const model::Change& change = composed.changes[row];
  std::string text = fmt::format("{:>{}}  {} {}", row + 1, width, KindText(change.kind), change.path);
  if (!change.new_path.empty()) text += " to " + change.new_path;
  const diagnostics::Place place = sources.place(change.span.source, change.span.begin);
  text += fmt::format("  ({}, {}:{})\n", change.version, sources.name(change.span.source), place.line);
  std::string reason = change.because;
  if (!change.cites.empty())
    reason += fmt::format("{}[{}]", reason.empty() ? "" : " ", support::Join(change.cites, "; "));
  if (!reason.empty()) text += fmt::format("{:>{}}  {}\n", "", width, reason);
  return text;
}

std::string BasesText(const Composed& composed) {
  std::string text = composed.Name();
  for (const model::BaseVersion& base : composed.bases) {
    text += fmt::format(", which {} {}@{}", base.adapted ? "adapts" : "stands upon", base.id, base.version);
    if (!base.text_unavailable.empty()) text += fmt::format(" (text unavailable: {})", base.text_unavailable);
  }
  return text + "\n";
}

}  // namespace

std::string_view KindText(model::ChangeKind kind) {
  switch (kind) {
    case model::ChangeKind::kChange:
      return "change";
    case model::ChangeKind::kChangeRow:
      return "change row";
    case model::ChangeKind::kAdd:
      return "add";
    case model::ChangeKind::kReplace:
      return "replace";
    case model::ChangeKind::kRemove:
      return "remove";
    case model::ChangeKind::kRename:
      return "rename";
  }
  return "";
}

std::string PlainText(const diagnostics::Sources& sources, const Composed& composed) {
  std::string header;
  std::string rest;
  for (const Text& text : composed.texts) {
    const std::string_view whole = sources.text(text.tree.source);
    std::string body;
    std::size_t at = 0;
    for (const syntax::Decl& decl : text.tree.decls) {
      const auto* own = std::get_if<syntax::PolicyHeader>(&decl);
      const auto* claim = std::get_if<syntax::ClaimDecl>(&decl);
      if (own == nullptr && claim == nullptr) continue;
      const Part part = LinesAround(sources, own != nullptr ? own->span : claim->span);
      body += whole.substr(at, part.begin - at);
      const std::string_view lines = whole.substr(part.begin, part.end - part.begin);
      if (own != nullptr) header += lines;
      if (claim != nullptr) body += AsComment(lines);
      at = part.end;
    }
    body += whole.substr(at);
    if (!rest.empty() && !rest.ends_with("\n\n")) rest += rest.ends_with('\n') ? "\n" : "\n\n";
    rest += body;
  }
  if (!header.ends_with('\n')) header += '\n';
  rest.erase(0, std::min(rest.find_first_not_of('\n'), rest.size()));
  if (!rest.empty() && !rest.ends_with('\n')) rest += '\n';
  return header.ends_with("\n\n") ? header + rest : header + "\n" + rest;
}

std::vector<ShownLine> LinesOf(const diagnostics::Sources& sources, const Composed& composed, const Text& text) {
  LineReader reader(composed, LowestOf(composed));
  for (const Piece& piece : text.rope) reader.Read(piece, TextOf(sources, piece));
  return reader.Lines();
}

std::string NumberedText(const diagnostics::Sources& sources, const Composed& composed) {
  std::vector<std::pair<std::string, std::vector<ShownLine>>> texts;
  std::size_t width = std::to_string(composed.changes.size()).size();
  bool any_own = false;
  for (const Text& text : composed.texts) {
    texts.emplace_back(sources.name(text.tree.source), LinesOf(sources, composed, text));
    for (const ShownLine& line : texts.back().second) {
      width = std::max(width, Mark(line).size());
      any_own = any_own || (line.is_own && line.changes.empty());
    }
  }
  std::string shown = BasesText(composed);
  for (const auto& [name, lines] : texts) {
    shown += "\n" + name + "\n";
    for (const ShownLine& line : lines) {
      shown += fmt::format("{:>{}} |{}{}\n", Mark(line), width, line.text.empty() ? "" : " ", line.text);
    }
  }
  if (any_own)
    shown += fmt::format("\n{:>{}}  the header, `use`, omissions and claim of {}\n", "*", width, composed.Name());
  if (composed.changes.empty()) return shown;
  shown += any_own ? "" : "\n";
  for (std::size_t row = 0; row < composed.changes.size(); ++row) shown += ChangeText(sources, composed, row, width);
  return shown;
}

}  // namespace cordon::compose
