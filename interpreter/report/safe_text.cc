// Makes texts safe to show; see safe_text.h. Tested by tests/unit/diff_report_test.cc.
#include "report/safe_text.h"

#include <cstdint>

#include "support/text.h"

namespace cordon::report {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

// How many bytes the character that begins with `lead` has. REQUIRES: valid UTF-8.
std::size_t LengthOf(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead < 0xE0) return 2;
  return lead < 0xF0 ? 3 : 4;
}

bool IsControl(std::string_view character) {
  const auto byte = static_cast<unsigned char>(character.front());
  if (character.size() == 1) return (byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7F;
  if (character.size() == 2) return byte == 0xC2 && static_cast<unsigned char>(character[1]) < 0xA0;
  if (character.size() != 3 || byte != 0xE2) return false;
  const auto second = static_cast<unsigned char>(character[1]);
  const auto third = static_cast<unsigned char>(character[2]);
  if (second == 0x80) return third == 0x8E || third == 0x8F || (third >= 0xA8 && third <= 0xAE);
  return second == 0x81 && third >= 0xA6 && third <= 0xA9;
}

// `text` in pieces of valid UTF-8 becomes `safe`.
void AddValid(std::string_view text, std::string& safe) {
  std::size_t at = 0;
  while (at < text.size()) {
    const std::string_view character = text.substr(at, LengthOf(static_cast<unsigned char>(text[at])));
    safe += IsControl(character) ? kReplacement : character;
    at += character.size();
  }
}

}  // namespace

std::string SafeText(std::string_view text) {
  std::string safe;
  safe.reserve(text.size());
  while (true) {
    const auto invalid = support::FindInvalidUtf8(text);
    AddValid(text.substr(0, invalid.value_or(text.size())), safe);
    if (!invalid) return safe;
    safe += kReplacement;
    text.remove_prefix(*invalid + 1);
  }
}

std::string SafeLine(std::string_view text) {
  std::string line;
  bool gap = false;
  for (const char c : SafeText(text)) {
    if (c == ' ' || c == '\n' || c == '\t') {
      gap = !line.empty();
      continue;
    }
    if (gap) line += ' ';
    gap = false;
    line += c;
  }
  return line;
}

std::string SafeHtml(std::string_view text) {
  std::string safe;
  for (const char c : SafeText(text)) {
    switch (c) {
      case '&':
        safe += "&amp;";
        break;
      case '<':
        safe += "&lt;";
        break;
      case '>':
        safe += "&gt;";
        break;
      case '"':
        safe += "&quot;";
        break;
      case '\'':
        safe += "&#39;";
        break;
      default:
        safe += c;
    }
  }
  return safe;
}

}  // namespace cordon::report
