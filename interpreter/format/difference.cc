// Compares texts; see difference.h. The longest common subsequence of lines, by dynamic programming.
#include "format/difference.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace cordon::format {
namespace {

constexpr std::size_t kContext = 3;
// The most pairs of lines that are compared.
constexpr std::size_t kMostPairs = 4'000'000;

std::vector<std::string_view> Lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1);
    lines.push_back(text.substr(0, end + 1));
    text.remove_prefix(end + 1);
  }
  return lines;
}

struct Edit {
  char mark = ' ';  // as it is written: ' ' both, '-' before, '+' after
  std::string_view line;
};

// The edits of the lines between the common ones at both ends.
void Compare(const std::vector<std::string_view>& a, const std::vector<std::string_view>& b, std::vector<Edit>& edits) {
  if (a.size() * b.size() > kMostPairs) {
    for (const std::string_view line : a) edits.push_back({'-', line});
    for (const std::string_view line : b) edits.push_back({'+', line});
    return;
  }
  const std::size_t stride = b.size() + 1;
  std::vector<std::uint32_t> common((a.size() + 1) * stride);  // of what follows line i of a and line k of b
  for (std::size_t i = a.size(); i-- > 0;) {
    for (std::size_t k = b.size(); k-- > 0;) {
      common[i * stride + k] = a[i] == b[k] ? common[(i + 1) * stride + k + 1] + 1
                                            : std::max(common[(i + 1) * stride + k], common[i * stride + k + 1]);
    }
  }
  std::size_t i = 0;
  std::size_t k = 0;
  while (i < a.size() || k < b.size()) {
    if (i < a.size() && k < b.size() && a[i] == b[k]) {
      edits.push_back({' ', a[i++]});
      ++k;
    } else if (i < a.size() && (k == b.size() || common[(i + 1) * stride + k] >= common[i * stride + k + 1])) {
      edits.push_back({'-', a[i++]});
    } else {
      edits.push_back({'+', b[k++]});
    }
  }
}

std::vector<Edit> ReadEdits(std::vector<std::string_view> a, std::vector<std::string_view> b) {
  std::vector<Edit> edits;
  std::size_t same = 0;
  while (same < a.size() && same < b.size() && a[same] == b[same]) edits.push_back({' ', a[same++]});
  std::vector<Edit> ending;
  while (a.size() > same && b.size() > same && a.back() == b.back()) {
    ending.push_back({' ', a.back()});
    a.pop_back();
    b.pop_back();
  }
  Compare({a.begin() + same, a.end()}, {b.begin() + same, b.end()}, edits);
  edits.insert(edits.end(), ending.rbegin(), ending.rend());
  return edits;
}

// The place of a piece as its heading says it: the first line, and how many where that is not one.
std::string PlaceOf(std::size_t first, std::size_t count) {
  std::string place = std::to_string(count == 0 ? first : first + 1);
  if (count != 1) place += "," + std::to_string(count);
  return place;
}

std::size_t CountMarked(const std::vector<Edit>& edits, std::size_t begin, std::size_t end, char other) {
  const auto unmarked = [other](const Edit& edit) { return edit.mark != other; };
  return static_cast<std::size_t>(std::count_if(edits.begin() + begin, edits.begin() + end, unmarked));
}

std::string WritePiece(const std::vector<Edit>& edits, std::size_t begin, std::size_t end) {
  std::string text = "@@ -" + PlaceOf(CountMarked(edits, 0, begin, '+'), CountMarked(edits, begin, end, '+')) + " +" +
                     PlaceOf(CountMarked(edits, 0, begin, '-'), CountMarked(edits, begin, end, '-')) + " @@\n";
  for (std::size_t i = begin; i < end; ++i) {
    text += edits[i].mark;
    text += edits[i].line;
    if (!edits[i].line.ends_with('\n')) text += "\n\\ No newline at end of file\n";
  }
  return text;
}

}  // namespace

std::string Difference(std::string_view name, std::string_view before, std::string_view after) {
  if (before == after) return {};
  const std::vector<Edit> edits = ReadEdits(Lines(before), Lines(after));
  std::string text = "--- " + std::string(name) + "\n+++ " + std::string(name) + "\n";
  for (std::size_t at = 0; at < edits.size();) {
    if (edits[at].mark == ' ') {
      ++at;
      continue;
    }
    const std::size_t begin = at - std::min(at, kContext);
    std::size_t end = at + 1;  // behind the last change of the piece
    for (std::size_t i = at; i < edits.size() && i <= end + 2 * kContext; ++i) {
      if (edits[i].mark != ' ') end = i + 1;
    }
    text += WritePiece(edits, begin, std::min(end + kContext, edits.size()));
    at = end;
  }
  return text;
}

}  // namespace cordon::format
