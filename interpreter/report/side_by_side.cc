// Lays two texts side by side; see side_by_side.h. Tested by tests/unit/diff_report_test.cc.
#include "report/side_by_side.h"

#include <algorithm>
#include <sstream>

#include "report/safe_text.h"
#include "support/text.h"

namespace cordon::report {
namespace {

constexpr std::size_t kWidth = 110;
constexpr std::size_t kWidestHeading = 30;  // before two texts
constexpr std::size_t kWidestHeadingBeforeOne = 60;
constexpr std::size_t kGap = 2;

// The first `count` code points of `text`. REQUIRES: valid UTF-8.
std::string_view FirstOf(std::string_view text, std::size_t count) {
  std::size_t at = 0;
  while (at < text.size()) {
    const bool begins = (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
    if (begins && count-- == 0) break;
    ++at;
  }
  return text.substr(0, at);
}

// What of `word` stands on a line of `width`: whole steps of a path where that leaves no line half empty.
std::string_view PieceOf(std::string_view word, std::size_t width) {
  const std::string_view piece = FirstOf(word, width);
  const std::size_t slash = piece.rfind('/');
  return slash == std::string_view::npos || slash < piece.size() / 2 ? piece : piece.substr(0, slash + 1);
}

// The lines of one text in a column; a longer word goes over several.
std::vector<std::string> Wrap(const std::string& text, std::size_t width) {
  std::vector<std::string> lines;
  std::string line;
  std::istringstream words(SafeLine(text));
  std::string word;
  while (words >> word) {
    if (!line.empty() && support::CountCodePoints(line) + 1 + support::CountCodePoints(word) > width) {
      lines.push_back(line);
      line.clear();
    }
    if (!line.empty()) line += ' ';
    std::string_view rest = word;
    while (support::CountCodePoints(rest) > width) {
      const std::string_view piece = PieceOf(rest, width);
      lines.emplace_back(piece);
      rest.remove_prefix(piece.size());
    }
    line += rest;
  }
  if (!line.empty()) lines.push_back(line);
  return lines;
}

std::string Padded(const std::string& text, std::size_t width) {
  const std::size_t length = support::CountCodePoints(text);
  return length < width ? text + std::string(width - length, ' ') : text;
}

std::size_t Widest(const std::vector<SideRow>& rows, std::string SideRow::*part, std::size_t least) {
  std::size_t width = least;
  for (const SideRow& row : rows) width = std::max(width, support::CountCodePoints(SafeLine(row.*part)));
  return width;
}

std::string LineAt(const std::vector<std::string>& lines, std::size_t at) {
  return at < lines.size() ? lines[at] : std::string();
}

}  // namespace

std::string SideBySide(std::size_t indent, const std::vector<SideRow>& rows) {
  const bool one_column =
      std::all_of(rows.begin(), rows.end(), [](const SideRow& row) { return row.new_text.empty(); });
  const std::size_t heading =
      std::min(Widest(rows, &SideRow::heading, 0), one_column ? kWidestHeadingBeforeOne : kWidestHeading);
  const std::size_t room = kWidth - indent - 2 - heading - kGap;
  const std::size_t widest = one_column ? room : (room - kGap) / 2;
  const std::size_t width = std::min(Widest(rows, &SideRow::old_text, 1), widest);
  std::string text;
  for (const SideRow& row : rows) {
    const auto headings = Wrap(row.heading, heading);
    const auto olds = Wrap(row.old_text.empty() ? "-" : row.old_text, widest);
    const auto news = one_column ? std::vector<std::string>() : Wrap(row.new_text.empty() ? "-" : row.new_text, widest);
    const std::size_t count = std::max({headings.size(), olds.size(), news.size()});
    for (std::size_t i = 0; i < count; ++i) {
      std::string line = std::string(indent, ' ') + (row.changed && i == 0 ? "* " : "  ");
      line += Padded(LineAt(headings, i), heading + kGap) + Padded(LineAt(olds, i), width + kGap) + LineAt(news, i);
      line.erase(line.find_last_not_of(' ') + 1);
      text += line + '\n';
    }
  }
  return text;
}

}  // namespace cordon::report
