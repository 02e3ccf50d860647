// CORDON_ASSERT: a programmer's mistake ends the program, in release builds too.
//
// A wrong answer isolates somebody for nothing or lets an outbreak start, so a broken invariant never goes on. The
// program prints the place and the condition and exits with status 70.
#pragma once

namespace cordon::support {

// Prints `condition` with its place to standard error and ends the program with status 70.
[[noreturn]] void AssertionFailed(const char* condition, const char* file, int line);

}  // namespace cordon::support

#define CORDON_ASSERT(condition) \
  ((condition) ? static_cast<void>(0) : ::cordon::support::AssertionFailed(#condition, __FILE__, __LINE__))
