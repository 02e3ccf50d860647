// Text: the few operations on UTF-8 text that messages and names need.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cordon::support {

// The byte offset of the first byte that is not part of valid UTF-8, or nothing where all of `text` is valid.
std::optional<std::size_t> FindInvalidUtf8(std::string_view text);

// The number of Unicode code points in `text`. REQUIRES: valid UTF-8.
std::size_t CountCodePoints(std::string_view text);

// The candidate nearest to `word` by edit distance (insert, delete, replace, swap of neighbours), if near enough to be
// what was meant: at most a third of the longer word's length, and at least one edit allowed for words of 3 and more.
// Ties go to the earlier candidate.
std::optional<std::string> FindNearest(std::string_view word, const std::vector<std::string>& candidates);

// `parts` joined with `separator` between them.
std::string Join(const std::vector<std::string>& parts, std::string_view separator);

// "a", "a and b", "a, b and c": for messages. `last` is the word before the last part.
std::string JoinWords(const std::vector<std::string>& parts, std::string_view last);

}  // namespace cordon::support
