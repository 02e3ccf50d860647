// Shrink: a smaller subject, and a shorter policy, of which something is still so.
//
// Greedy and without chance: parts are taken away or made plainer one after the other, for as long as `still` says yes.
// What is left is small, not always the smallest.
#pragma once

#include <functional>
#include <string>

#include "facts/subject.h"
#include "model/model.h"

namespace cordon::testing {

// Takes facts and elements away, gives what is not exact a value, and makes values plainer. REQUIRES: `still` of
// `subject`.
facts::Subject ShrinkSubject(const model::Policy& policy, facts::Subject subject,
                             const std::function<bool(const facts::Subject&)>& still);

// Takes away blocks of `text` that blank lines separate, then lines. REQUIRES: `still` of `text`.
std::string ShrinkText(std::string text, const std::function<bool(const std::string&)>& still);

}  // namespace cordon::testing
