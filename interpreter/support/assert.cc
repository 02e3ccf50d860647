// Ends the program on a broken invariant, see assert.h.
#include "support/assert.h"

#include <cstdio>
#include <cstdlib>

namespace cordon::support {

void AssertionFailed(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "cordon: a fault of the program: `%s` does not hold (%s:%d)\n", condition, file, line);
  std::_Exit(70);
}

}  // namespace cordon::support
