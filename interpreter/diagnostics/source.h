// Sources and spans: which bytes of which file a message is about.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "support/id.h"

namespace cordon::diagnostics {

struct SourceTag {};
using SourceId = support::Id<SourceTag>;

// The bytes [begin, end) of one source. An empty span marks a place between two characters.
struct Span {
  SourceId source;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  bool valid() const { return source.valid(); }
  bool operator==(const Span&) const = default;
};

// The smallest span that holds both. REQUIRES: the same source.
Span Cover(const Span& a, const Span& b);

// A place as a person counts: line and column from 1, the column in code points.
struct Place {
  std::size_t line = 1;
  std::size_t column = 1;
};

// Every text that a message can point into: policy files, libraries, facts documents. Texts never move or go away.
class Sources {
 public:
  // Adds a text under the name that messages show. Offsets are 32 bits: a text past 4 GiB is refused by its reader.
  SourceId Add(std::string name, std::string text);

  const std::string& name(SourceId id) const { return files_[id.index].name; }
  std::string_view text(SourceId id) const { return files_[id.index].text; }
  std::string_view text(const Span& span) const;
  std::size_t size() const { return files_.size(); }

  Place place(SourceId id, std::uint32_t offset) const;
  // The line (from 1) without its line end. Empty where there is no such line.
  std::string_view line(SourceId id, std::size_t number) const;

 private:
  struct File {
    std::string name;
    std::string text;
    std::vector<std::uint32_t> line_starts;
  };
  std::deque<File> files_;
};

}  // namespace cordon::diagnostics
