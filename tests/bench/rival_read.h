// Rival, reading and writing: documents of the admission straight into structs, and conclusions out as lines.
//
// simdjson's on-demand parser over a block of lines at a time; keys by as few letters as tell them apart. It trusts
// what it reads, with one exception: a list that is longer than a struct has room for ends the program.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rival_rules.h"

namespace cordon::rival {

// A text with room behind it for the parser to read ahead.
class Text {
 public:
  explicit Text(const std::string& path);  // the file's; ends the program where it can't be read
  std::string_view view() const { return {bytes_.data(), size_}; }

 private:
  std::vector<char> bytes_;
  std::size_t size_ = 0;
};

// From one open file to another: every document's line, in blocks. Returns how many there were.
std::size_t Pipeline(int in, int out);

// The same from a text to nowhere, and the parts of it.
std::size_t ReadOnly(std::string_view text);
std::vector<Patient> ReadAll(std::string_view text);

// One document, again and again: from its text to its line.
class Decider {
 public:
  Decider();
  ~Decider();
  Decider(const Decider&) = delete;
  Decider& operator=(const Decider&) = delete;
  // REQUIRES: as Text has. The line stays until the next call.
  std::string_view Decide(std::string_view document);

 private:
  struct Impl;
  Impl* impl_;
};

}  // namespace cordon::rival
