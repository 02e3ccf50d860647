// Page: lines of text for people, wrapped to a width, with emphasis where the reader's terminal has it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace cordon::report {

enum class Emphasis : std::uint8_t { kNever, kAllowed };
enum class Weight : std::uint8_t { kPlain, kStrong };

class Page {
 public:
  explicit Page(Emphasis emphasis) : emphasis_(emphasis) {}

  // One paragraph, wrapped to 100 columns between words; its first line is indented by `indent` blanks, the others by
  // two more. White space in `text` counts as one blank, control characters too. A word that is too long stands alone.
  void Paragraph(std::size_t indent, std::string_view text, Weight weight = Weight::kPlain);
  // An empty line, but never two in a row, nor one at the start.
  void Gap();

  const std::string& text() const { return text_; }

 private:
  void Line(std::size_t indent, const std::string& words, Weight weight);

  Emphasis emphasis_;
  std::string text_;
};

}  // namespace cordon::report
