// A fuzz target: any bytes at all as a facts document of one small policy. Built by the `fuzz` preset;
// not part of tests/run.
//
//   cmake --preset fuzz && cmake --build --preset fuzz && build/fuzz/bin/cordon_facts_fuzz -max_total_time=60
//
// Reading must end, and a document that is taken must be one that the policy's types allow.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "check/check.h"
#include "diagnostics/diagnostic.h"
#include "diagnostics/source.h"
#include "facts/read.h"
#include "support/assert.h"
#include "syntax/parse.h"

namespace {

constexpr char kPolicy[] = R"(policy fuzz.facts version 1
  title en "Facts of every kind"
  source book "A book"

category Kind = animal (cat, dog), plant

record Stay
  admitted   : datetime
  discharged : datetime
  kind       : Kind
  require discharged >= admitted

fact flag    : bool          recorded cite book "1"
fact number  : int           recorded cite book "2"
fact amount  : decimal       recorded cite book "3"
fact day     : date          recorded cite book "4"
fact kind    : Kind          recorded cite book "5"
fact stays   : list of Stay  recorded cite book "6"
)";

std::optional<cordon::model::Policy> MakePolicy() {
  cordon::diagnostics::Sources sources;
  cordon::diagnostics::Sink sink;
  const auto source = sources.Add("policy.cordon", kPolicy);
  cordon::check::Unit unit;
  unit.files.push_back(cordon::syntax::Parse(sources, source, sink));
  return cordon::check::Check(sources, unit, sink);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::optional<cordon::model::Policy> policy = MakePolicy();
  CORDON_ASSERT(policy.has_value());
  cordon::diagnostics::Sources sources;
  cordon::diagnostics::Sink sink;
  const auto source = sources.Add("facts.json", std::string(reinterpret_cast<const char*>(data), size));
  const auto subject = cordon::facts::ReadDocument(*policy, sources, source, {}, sink);
  CORDON_ASSERT(subject.has_value() != sink.has_errors());
  return 0;
}
