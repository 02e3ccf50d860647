// JsonTree: a JSON document as a tree of nodes, each with its place in the text.
//
// The only door to the JSON parser. Numbers keep their text, so that no decimal passes through floating point; keys
// keep their order and their duplicates, so that the reader can tell about them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "diagnostics/diagnostic.h"
#include "diagnostics/source.h"

namespace cordon::facts {

// The largest document of one subject, in bytes.
inline constexpr std::size_t kLargestDocument = 4U << 20U;
// How deep arrays and objects may nest.
inline constexpr std::size_t kDeepestDocument = 32;

enum class NodeKind : std::uint8_t { kNull, kBool, kNumber, kText, kArray, kObject };

struct Key {
  std::string text;
  diagnostics::Span span;
};

struct Node {
  NodeKind kind = NodeKind::kNull;
  bool truth = false;          // kBool
  std::string text;            // kNumber: as written; kText: without quotes and escapes
  std::vector<Key> keys;       // kObject: in step with children
  std::vector<Node> children;  // kArray, kObject
  diagnostics::Span span;      // an array's or object's is its opening bracket
};

// Reads the whole of a source. Nothing where it is no JSON document within the limits; then the sink has one
// diagnostic: E0501 too large, E0502 not UTF-8, E0503 empty, E0504 not JSON, E0505 too deep. Cost: linear.
std::optional<Node> ReadTree(const diagnostics::Sources& sources, diagnostics::SourceId source,
                             diagnostics::Sink& sink);

}  // namespace cordon::facts
