// Difference: what changed between two texts, line by line, as `diff -u` writes it.
//
// The format is that of POSIX diff with -u: https://pubs.opengroup.org/onlinepubs/9699919799/utilities/diff.html
// Tested by tests/unit/format_test.cc.
#pragma once

#include <string>
#include <string_view>

namespace cordon::format {

// The difference with three lines around each change; empty where the texts are equal. Smallest for texts of up to some
// thousand differing lines; past that everything between the first and last difference counts as changed.
std::string Difference(std::string_view name, std::string_view before, std::string_view after);

}  // namespace cordon::format
