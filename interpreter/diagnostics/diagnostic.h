// Diagnostics: what a person got wrong, where, and how to mend it.
//
// Every message has a stable code from codes.def, a page in docs/errors/ and a golden test. Passes report to a Sink and
// go on, so that several mistakes are told in one run.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "diagnostics/source.h"

namespace cordon::diagnostics {

enum class Severity : std::uint8_t { kError, kWarning };

// What a code's mistake is in, which decides the exit status. kAnswer: in nothing that was read; what was asked of it
// is answered with no.
enum class Area : std::uint8_t { kPolicy, kFacts, kUsage, kAnswer };

enum class Code : std::uint16_t {
#define CORDON_CODE(name, text, severity, area, summary) k##name,
#include "diagnostics/codes.def"
#undef CORDON_CODE
};

// The code as shown, `E0203`.
std::string_view CodeText(Code code);
Severity CodeSeverity(Code code);
Area CodeArea(Code code);
// One line on what the code means, for lists of codes.
std::string_view CodeSummary(Code code);
// Every code, in the order of codes.def.
std::vector<Code> AllCodes();

// A second place that a message needs: "the first declaration is here".
struct Note {
  Span span;
  std::string message;
};

struct Diagnostic {
  Code code;
  Span span;            // invalid where the mistake has no place in a text (the command line)
  std::string message;  // lower case, no final period, user text in backticks: what was seen, then the rule
  std::string help;     // how to mend it; may be empty
  std::vector<Note> notes;
};

// Collects diagnostics. Keeps them in the order reported.
class Sink {
 public:
  // Of a word of more than 300 bytes in a text only the ends are kept.
  void Report(Code code, Span span, std::string message, std::string help = {}, std::vector<Note> notes = {});
  bool has_errors() const { return num_errors_ > 0; }
  std::size_t num_errors() const { return num_errors_; }
  const std::vector<Diagnostic>& diagnostics() const { return diagnostics_; }

 private:
  std::vector<Diagnostic> diagnostics_;
  std::size_t num_errors_ = 0;
};

}  // namespace cordon::diagnostics
