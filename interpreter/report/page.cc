// Wraps paragraphs; see page.h. Tested by tests/unit/report_test.cc.
#include "report/page.h"

#include "support/text.h"

namespace cordon::report {
namespace {

constexpr std::size_t kWidth = 100;
constexpr std::size_t kHanging = 2;

}  // namespace

void Page::Line(std::size_t indent, const std::string& words, Weight weight) {
  const bool strong = weight == Weight::kStrong && emphasis_ == Emphasis::kAllowed;
  text_ += std::string(indent, ' ');
  if (strong) text_ += "\x1b[1m";
  text_ += words;
  if (strong) text_ += "\x1b[0m";
  text_ += '\n';
}

void Page::Paragraph(std::size_t indent, std::string_view text, Weight weight) {
  auto is_blank = [](char c) { return static_cast<unsigned char>(c) <= 0x20 || c == 0x7f; };
  std::string line;
  std::size_t width = 0;
  std::size_t depth = indent;
  std::size_t at = 0;
  while (at < text.size()) {
    while (at < text.size() && is_blank(text[at])) ++at;
    const std::size_t begin = at;
    while (at < text.size() && !is_blank(text[at])) ++at;
    const std::string_view word = text.substr(begin, at - begin);
    if (word.empty()) break;
    const std::size_t length = support::CountCodePoints(word);
    if (!line.empty() && depth + width + 1 + length > kWidth) {
      Line(depth, line, weight);
      depth = indent + kHanging;
      line.clear();
      width = 0;
    }
    if (!line.empty()) {
      line += ' ';
      ++width;
    }
    line += word;
    width += length;
  }
  if (!line.empty()) Line(depth, line, weight);
}

void Page::Gap() {
  if (text_.empty() || text_.ends_with("\n\n")) return;
  text_ += '\n';
}

}  // namespace cordon::report
