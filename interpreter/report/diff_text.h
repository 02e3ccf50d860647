// DiffText: the difference of two versions as text for people, and as one line for a log.
//
// First the verdict, then how many changes of each kind, then what was not decided, then each region of patients with
// its conditions, the two versions side by side, the edits and an example; last, over which patients all this was
// proved. What did not change is not listed. Source: docs/language/analysis.md.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "analyse/diff.h"

namespace cordon::report {

// Whether each example also stands there as a `test` statement, to be copied into a policy.
enum class ShowTests : std::uint8_t { kLeaveOut, kInclude };

// `language` chooses among the policies' texts; where one lacks it, the language that stands first. Lines have at most
// 110 columns, but for words that are longer and for `test` statements, which keep their lines.
std::string DiffText(const analyse::Diff& diff, std::string_view language, ShowTests tests);

// `dk.cpo 2018-09-04 -> 2025-07-01: CHANGED, 3 transitions, 5 regions, list complete`, without a line break.
std::string DiffSummary(const analyse::Diff& diff);

}  // namespace cordon::report
