// Texts read by the parser alone, for tests: what they were told, and the repository's own texts.
#pragma once

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "diagnostics/diagnostic.h"
#include "diagnostics/source.h"
#include "syntax/parse.h"

namespace cordon::syntax {

struct Parsed {
  diagnostics::Sources sources;
  diagnostics::Sink sink;
  File file;
};

inline Parsed Read(std::string text) {
  Parsed parsed;
  const auto source = parsed.sources.Add("test.cordon", std::move(text));
  parsed.file = Parse(parsed.sources, source, parsed.sink);
  return parsed;
}

// `E0103@2:5 E0150@3:1`, in the order of the text.
inline std::string Told(const Parsed& parsed) {
  std::vector<diagnostics::Diagnostic> diagnostics = parsed.sink.diagnostics();
  std::stable_sort(diagnostics.begin(), diagnostics.end(),
                   [](const auto& a, const auto& b) { return a.span.begin < b.span.begin; });
  std::string told;
  for (const diagnostics::Diagnostic& diagnostic : diagnostics) {
    const diagnostics::Place place = parsed.sources.place(diagnostic.span.source, diagnostic.span.begin);
    if (!told.empty()) told += ' ';
    told +=
        std::string(CodeText(diagnostic.code)) + "@" + std::to_string(place.line) + ":" + std::to_string(place.column);
  }
  return told;
}

// A file of the repository, named from its root.
inline std::string ReadFile(const std::string& name) {
  std::ifstream in(std::string(CORDON_SOURCE_DIR) + "/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

}  // namespace cordon::syntax
