// A fuzz target: any bytes at all as a policy file. Built by the `fuzz` preset; not part of tests/run.
//
//   cmake --preset fuzz && cmake --build --preset fuzz && build/fuzz/bin/cordon_parse_fuzz -max_total_time=60
//
// Parsing must end, report only places inside the text, and give a tree that the checker takes where there is no error.
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include "check/check.h"
#include "diagnostics/diagnostic.h"
#include "diagnostics/render.h"
#include "diagnostics/source.h"
#include "support/assert.h"
#include "syntax/parse.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  cordon::diagnostics::Sources sources;
  const auto source = sources.Add("fuzz.cordon", std::string(reinterpret_cast<const char*>(data), size));
  cordon::diagnostics::Sink sink;
  cordon::syntax::File file = cordon::syntax::Parse(sources, source, sink);
  for (const cordon::diagnostics::Diagnostic& diagnostic : sink.diagnostics()) {
    CORDON_ASSERT(diagnostic.span.begin <= diagnostic.span.end && diagnostic.span.end <= size);
  }
  if (!sink.has_errors()) {
    cordon::check::Unit unit;
    unit.files.push_back(std::move(file));
    cordon::check::Check(sources, unit, sink);
  }
  cordon::diagnostics::RenderAll(sink, sources, cordon::diagnostics::Colour::kNever);
  return 0;
}
