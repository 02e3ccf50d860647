// SafeText: text that others wrote, without what a terminal or a browser would obey instead of showing.
//
// Texts of a policy or of a subject's facts reach reports as they are. Here they lose control characters and the marks
// that turn the direction of writing around (Unicode Standard Annex 9), so that what is read is what stands there.
// Tested by tests/unit/diff_report_test.cc.
#pragma once

#include <string>
#include <string_view>

namespace cordon::report {

// `text` as valid UTF-8 in which U+FFFD stands for every byte that is not, for control characters (but not for line
// breaks and tabs) and for marks of direction. Linear.
std::string SafeText(std::string_view text);

// The same on one line: white space becomes one blank, none at either end.
std::string SafeLine(std::string_view text);

// SafeText for HTML, between tags or inside a quoted attribute: `<`, `>`, `&` and quotation marks are spelled out.
std::string SafeHtml(std::string_view text);

}  // namespace cordon::report
