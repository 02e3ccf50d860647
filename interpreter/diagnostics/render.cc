// Lays out diagnostics for people; see render.h.
//
// Entry points: Render, RenderAll. Everything is counted in code points: columns, the width of a mark, the window that
// a wide line is cut to. Control characters and bytes that are no UTF-8 are shown as a space or `?`, so that no text
// can move the marks or reach the terminal's controls. Tested by tests/unit/render_test.cc.
#include "diagnostics/render.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <optional>
#include <tuple>

#include "support/text.h"

namespace cordon::diagnostics {
namespace {

constexpr std::size_t kWidestLine = 160;
constexpr std::size_t kMostShown = 50;
constexpr std::size_t kContext = 40;  // code points shown before the mark of a line that is cut

constexpr std::string_view kRed = "\x1b[1;31m";
constexpr std::string_view kYellow = "\x1b[1;33m";
constexpr std::string_view kBlue = "\x1b[1;34m";
constexpr std::string_view kBold = "\x1b[1m";
constexpr std::string_view kPlain = "\x1b[0m";

class Painter {
 public:
  explicit Painter(Colour colour) : on_(colour == Colour::kAlways) {}
  std::string Paint(std::string_view style, std::string_view text) const {
    if (!on_) return std::string(text);
    return fmt::format("{}{}{}", style, text, kPlain);
  }

 private:
  bool on_;
};

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U; }

// The code points of `text`, each as its own text. At most `most` of them, since a line may be a whole document.
std::vector<std::string> CodePoints(std::string_view text, std::size_t most) {
  std::vector<std::string> points;
  std::size_t at = 0;
  while (at < text.size() && points.size() < most) {
    std::size_t end = at + 1;
    while (end < text.size() && IsContinuation(text[end])) ++end;
    const std::string_view point = text.substr(at, end - at);
    const auto first = static_cast<unsigned char>(point[0]);
    if (support::FindInvalidUtf8(point)) {
      points.emplace_back("?");
    } else if (first < 0x20 || first == 0x7f || (first == 0xc2 && static_cast<unsigned char>(point[1]) < 0xa0)) {
      points.emplace_back(" ");
    } else {
      points.emplace_back(point);
    }
    at = end;
  }
  return points;
}

// The byte offset in `text` of its code point number `index` (from 0), or its size.
std::size_t OffsetOf(std::string_view text, std::size_t index) {
  std::size_t at = 0;
  while (at < text.size() && index > 0) {
    ++at;
    while (at < text.size() && IsContinuation(text[at])) ++at;
    --index;
  }
  return at;
}

struct Excerpt {
  std::string line;   // what is shown of the line
  std::string blank;  // the space up to the mark
  std::string mark;
};

// The part of `line` to show for a mark of `width` code points at column `column` (from 1).
Excerpt Cut(std::string_view line, std::size_t column, std::size_t width) {
  constexpr std::string_view kEllipsis = "…";
  const std::size_t total = support::CountCodePoints(line);
  const std::size_t start = std::min(column - 1, total);
  std::size_t from = 0;
  std::size_t shown = total;
  if (total > kWidestLine) {
    from = start > kContext ? start - kContext : 0;
    if (from + kWidestLine > total) from = total - kWidestLine;
    shown = kWidestLine;
  }
  const std::size_t offset = OffsetOf(line, from);
  Excerpt excerpt;
  for (const std::string& point : CodePoints(line.substr(offset), shown)) excerpt.line += point;
  std::size_t indent = start - from;
  if (from > 0) {
    excerpt.line = std::string(kEllipsis) + excerpt.line;
    ++indent;
  }
  if (from + shown < total) excerpt.line += kEllipsis;
  while (!excerpt.line.empty() && excerpt.line.back() == ' ') excerpt.line.pop_back();
  excerpt.blank = std::string(indent, ' ');
  const std::size_t room = from + shown > start ? from + shown - start : 1;
  excerpt.mark = std::string(std::max<std::size_t>(1, std::min(width, room)), '^');
  return excerpt;
}

// A span's place, with offsets past the text's end moved back to it.
struct Located {
  Place begin;
  Place end;
};
Located Locate(const Span& span, const Sources& sources) {
  const auto size = static_cast<std::uint32_t>(std::min<std::size_t>(sources.text(span.source).size(), 0xffffffffU));
  const std::uint32_t begin = std::min(span.begin, size);
  const std::uint32_t end = std::max(begin, std::min(span.end, size));
  return {sources.place(span.source, begin), sources.place(span.source, end)};
}

// `--> file:line:column` and the marked line. A span over several lines is marked to the end of its first one, and the
// line where it ends is named.
std::string RenderPlace(const Span& span, const Sources& sources, const Painter& painter) {
  const Located at = Locate(span, sources);
  const std::string_view line = sources.line(span.source, at.begin.line);
  const bool several_lines = at.end.line > at.begin.line;
  const std::size_t length = support::CountCodePoints(line);
  const std::size_t column = std::min(at.begin.column, length + 1);
  const std::size_t to_end = length + 1 > column ? length + 1 - column : 1;
  const std::size_t width = several_lines ? to_end : std::max<std::size_t>(1, at.end.column - at.begin.column);
  const Excerpt excerpt = Cut(line, column, width);

  const std::string number = std::to_string(at.begin.line);
  const std::string margin(number.size(), ' ');
  const std::string bar = painter.Paint(kBlue, "|");
  std::string text = fmt::format("{}{} {}:{}:{}\n", margin, painter.Paint(kBlue, "-->"), sources.name(span.source),
                                 at.begin.line, at.begin.column);
  text += fmt::format("{} {}\n", margin, bar);
  text += fmt::format("{} {}{}{}\n", painter.Paint(kBlue, number), bar, excerpt.line.empty() ? "" : " ", excerpt.line);
  text += fmt::format("{} {} {}{}", margin, bar, excerpt.blank, painter.Paint(kRed, excerpt.mark));
  if (several_lines) text += fmt::format(" to line {}", at.end.line);
  return text + "\n";
}

// Further lines of a message or help stand below its first one.
std::string Indent(std::string_view text, std::size_t depth) {
  std::string indented;
  for (const char c : text) {
    indented += c;
    if (c == '\n') indented += std::string(depth, ' ');
  }
  return indented;
}

// Sorts by source and place; mistakes without a place come first, equals keep the order in which they were reported.
std::vector<std::size_t> Sorted(const std::vector<Diagnostic>& diagnostics) {
  std::vector<std::size_t> order(diagnostics.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    auto key = [&](const Diagnostic& d) {
      return std::make_tuple(d.span.valid() ? 1 : 0, d.span.source, d.span.begin, d.span.end);
    };
    return key(diagnostics[a]) < key(diagnostics[b]);
  });
  return order;
}

std::string Counted(std::size_t number, std::string_view noun) {
  return fmt::format("{} {}{}", number, noun, number == 1 ? "" : "s");
}

}  // namespace

std::string Render(const Diagnostic& diagnostic, const Sources& sources, Colour colour) {
  const Painter painter(colour);
  const bool error = CodeSeverity(diagnostic.code) == Severity::kError;
  const std::string head = fmt::format("{}[{}]", error ? "error" : "warning", CodeText(diagnostic.code));
  std::string text = fmt::format("{}{}\n", painter.Paint(error ? kRed : kYellow, head),
                                 painter.Paint(kBold, ": " + Indent(diagnostic.message, 2)));
  std::size_t margin = 2;
  if (diagnostic.span.valid()) {
    margin = std::to_string(Locate(diagnostic.span, sources).begin.line).size() + 1;
    text += RenderPlace(diagnostic.span, sources, painter);
  }
  for (const Note& note : diagnostic.notes) {
    text += fmt::format("{}{} note: {}\n", std::string(margin, ' '), painter.Paint(kBlue, "="),
                        Indent(note.message, margin + 8));
    if (note.span.valid()) text += RenderPlace(note.span, sources, painter);
  }
  if (!diagnostic.help.empty()) {
    text += fmt::format("{}{} help: {}\n", std::string(margin, ' '), painter.Paint(kBlue, "="),
                        Indent(diagnostic.help, margin + 8));
  }
  return text;
}

std::string RenderAll(const Sink& sink, const Sources& sources, Colour colour) {
  const std::vector<Diagnostic>& all = sink.diagnostics();
  if (all.empty()) return {};
  std::string text;
  std::size_t num_shown = 0;
  for (const std::size_t index : Sorted(all)) {
    if (num_shown == kMostShown) break;
    text += Render(all[index], sources, colour) + "\n";
    ++num_shown;
  }
  std::vector<std::string> counts;
  const std::size_t num_warnings = all.size() - sink.num_errors();
  if (sink.num_errors() > 0) counts.push_back(Counted(sink.num_errors(), "error"));
  if (num_warnings > 0) counts.push_back(Counted(num_warnings, "warning"));
  text += support::Join(counts, ", ");
  if (all.size() > num_shown) text += fmt::format(" ({} more not shown)", all.size() - num_shown);
  return text + "\n";
}

}  // namespace cordon::diagnostics
