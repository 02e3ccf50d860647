// DiffPage: the difference of two versions as one page of HTML, for a guideline committee to read and to print.
//
// The page is complete in itself: no script, no network, its style within it. Verdict first, then a matrix of changes
// for each answer, duty, timing and assumption, then a section for each region of patients. Nothing is told by colour
// alone. Source: docs/language/analysis.md; HTML Living Standard, "The elements of HTML".
#pragma once

#include <string>
#include <string_view>

#include "analyse/diff.h"

namespace cordon::report {

// `language` chooses among the policies' texts, as in diff_text.h; those in another language than the page's English
// are marked with theirs. Whatever a policy says appears as text. Equal differences give equal bytes.
std::string DiffPage(const analyse::Diff& diff, std::string_view language);

}  // namespace cordon::report
