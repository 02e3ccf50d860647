// What is said where the grammar meets something unexpected, and how tokens are called. Private to syntax/.
#pragma once

#include <string>
#include <vector>

#include "syntax/tokens.h"

namespace cordon::syntax {

// Something that the grammar did not expect.
struct Surprise {
  std::size_t at = 0;          // the token, as an index into its chunk; one past the last for the chunk's end
  std::string rule;            // the grammar's rule that met it
  std::vector<Kind> expected;  // what could stand there, where `certain`
  bool certain = true;         // false where several readings failed and `at` is where the last one did
};

// Reports the surprise in words of our own. E0126, E0143, E0146, E0150, E0151.
void ReportSurprise(const Surprise& surprise, const Chunk& chunk, Reporter& reporter);

// A token as a person calls it: "`then`", "a name", "`)`".
std::string Describe(Kind kind);

}  // namespace cordon::syntax
