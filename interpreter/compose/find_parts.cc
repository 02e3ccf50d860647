// Looks paths up in the index of a composed policy and cuts their lines out; see find_parts.h.
#include "compose/find_parts.h"

#include <algorithm>

#include "compose/index.h"
#include "compose/layout.h"

namespace cordon::compose {
namespace {

Index IndexOf(const Composed& composed) {
  std::vector<const syntax::File*> trees;
  for (const Text& text : composed.texts) trees.push_back(&text.tree);
  return MakeIndex(trees);
}

syntax::QName NameOf(std::string_view path) {
  syntax::QName name;
  while (true) {
    const std::size_t dot = path.find('.');
    name.parts.push_back({std::string(path.substr(0, dot)), {}});
    if (dot == std::string_view::npos) return name;
    path.remove_prefix(dot + 1);
  }
}

// The lines of `span` from the begin of its first, each set back by as much as the first is set in.
std::string LinesOf(const diagnostics::Sources& sources, const Span& span) {
  const std::string_view whole = sources.text(span.source);
  const std::size_t indent = IndentOf(sources, span);
  const std::size_t before = whole.substr(0, span.begin).rfind('\n');
  std::string_view lines = whole.substr(0, EndOfLine(sources, span));
  lines.remove_prefix(before == std::string_view::npos ? 0 : before + 1);
  std::string text;
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    const std::string_view line = lines.substr(0, end);
    text += line.substr(std::min({indent, line.find_first_not_of(' '), line.size()}));
    text += '\n';
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
  return text;
}

// The lines above the first row of the part that `row` stands in: its `for each` and its heading.
std::string HeadingOf(const diagnostics::Sources& sources, const syntax::TablePart& part) {
  Span heading = part.span;
  heading.end = part.rows.front().span.begin - 1;
  const std::string_view text = sources.text(heading);
  heading.end = heading.begin + static_cast<std::uint32_t>(text.find_last_not_of(" \n") + 1);
  return LinesOf(sources, heading);
}

}  // namespace

std::vector<PolicyPart> FindParts(const diagnostics::Sources& sources, const Composed& composed,
                                  std::string_view path) {
  const Index index = IndexOf(composed);
  std::vector<PolicyPart> parts;
  for (const Entry* entry : EntriesAt(index, PlaceOf(index, NameOf(path)))) {
    const Span& extent = entry->extent;
    std::string text = entry->row == nullptr ? "" : HeadingOf(sources, *entry->part);
    text += entry->stand == Stand::kLines ? LinesOf(sources, extent) : std::string(sources.text(extent)) + "\n";
    parts.push_back({entry->what, entry->path, sources.name(extent.source),
                     sources.place(extent.source, extent.begin).line, std::move(text)});
  }
  return parts;
}

std::vector<std::string> PathsOfParts(const Composed& composed) {
  std::vector<std::string> paths;
  for (const Entry& entry : IndexOf(composed).entries) paths.push_back(entry.path);
  return paths;
}

}  // namespace cordon::compose
