// The parts of the page of a difference: its style, and the section of one region; see diff_page.h.
//
// Every function here and in diff_page.cc takes texts as the policies have them and gives HTML.
#pragma once

#include <string>
#include <string_view>

#include "analyse/diff.h"

namespace cordon::report {

// The style sheet, for the screen at any width, for dark rooms, and for A4 paper.
std::string_view DiffStyle();

// `content`, which is HTML, between the tags of `element`, which may have attributes.
std::string Element(std::string_view element, std::string_view content);
// The same for a text.
std::string TextElement(std::string_view element, std::string_view text);

// A text with the places marked where a long name may go on in the next line: `stay.` `invasive_` `procedure`.
std::string WordsHtml(std::string_view text);
std::string WordElement(std::string_view element, std::string_view text);

// The section of a region, found by `anchor`; `change` says which answer changes, and how.
std::string RegionHtml(const analyse::Diff& diff, const analyse::Region& region, const std::string& anchor,
                       const std::string& change);

}  // namespace cordon::report
