// Words: conditions of terms, as the policies write them.
//
// A condition that a version states is told by its own expression, turned round where it does not hold: `stay.length >
// 24 hours`, `stay.discharged more than 6 months ago`. What no version states as such is told from the term.
// Tested by tests/golden/diff.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "diagnostics/source.h"
#include "symbolic/encode.h"

namespace cordon::analyse {

// The source text at a span, white space folded; empty where there is none.
using TextAt = std::function<std::string(const diagnostics::Span&)>;

// An expression of `policy`, as it holds or does not.
std::string InWords(const model::Policy& policy, const TextAt& text_at, model::ExprId expr, bool holds);

// What a version says of a term, as it holds or does not; empty where it says nothing of it.
using KnownWords = std::function<std::string(symbolic::TermId term, bool holds)>;

// A term, as it holds or does not, in the words that are known of its parts; the record that is bound is not named.
// What is too long to be read is cut, and ends with `…`.
std::string InWords(const symbolic::Terms& terms, const symbolic::Frame& frame, const KnownWords& known,
                    symbolic::TermId term, bool holds);

// A number, as `found + 7 days`; a calendar step that stops at the calendar's end is told without that.
std::string DateInWords(const symbolic::Terms& terms, const symbolic::Frame& frame, symbolic::TermId date);

}  // namespace cordon::analyse
