// Boxes: a row of a table as a set of points, one set of atoms for each column.
//
// Each column's domain is cut into atoms, numbered from 0 in their order; a cell is a set of them, a row the product of
// its cells, and the columns are taken as independent. All sets are kept as intervals, so that nothing is enumerated.
// Entry points: Intersect, Subtract, Uncovered. Tested by tests/unit/boxes_test.cc against brute force.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace cordon::check {

// The atoms [begin, end).
struct AtomRange {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool operator==(const AtomRange&) const = default;
};

// A set of atoms. INVARIANT: ranges are not empty, sorted, and apart from one another by at least one atom.
using AtomSet = std::vector<AtomRange>;

AtomSet Union(const AtomSet& a, const AtomSet& b);
AtomSet Intersection(const AtomSet& a, const AtomSet& b);
// The atoms below `size` that are not in `set`.
AtomSet Complement(const AtomSet& set, std::size_t size);
// Whether no atom is in both. Cheaper than an intersection.
bool Disjoint(const AtomSet& a, const AtomSet& b);

// One set for each column. A box with an empty set holds nothing.
using Box = std::vector<AtomSet>;

bool IsEmpty(const Box& box);
// Whether no point is in both. REQUIRES here and below: boxes over the same columns.
bool Disjoint(const Box& a, const Box& b);
Box Intersection(const Box& a, const Box& b);
// Whether every point of `inner` is in `outer`.
bool Inside(const Box& inner, const Box& outer);
// What is left of `whole` without `part`: disjoint boxes, at most one a column.
std::vector<Box> Subtract(const Box& whole, const Box& part);

// Many boxes, so ordered that those that meet another one are found without looking at all: by one column, in which the
// fewest of them meet. REQUIRES: the boxes stay where they are.
class BoxIndex {
 public:
  explicit BoxIndex(const std::vector<Box>& boxes);
  // The boxes that are not disjoint from `box`, by number and in order. Cost: their number, that of boxes that meet it
  // in the one column, and a logarithm of all.
  std::vector<std::size_t> Meeting(const Box& box) const;

 private:
  struct Entry {
    AtomRange range;
    std::size_t box = 0;
    std::size_t last = 0;  // the greatest end of a range in the half of the entries around this one
  };
  std::size_t MakeLast(std::size_t begin, std::size_t end);
  void Find(const AtomRange& range, std::vector<std::size_t>& found) const;

  const std::vector<Box>& boxes_;
  std::size_t column_ = 0;
  std::vector<Entry> entries_;  // by where their ranges begin: a search tree, the middle of each stretch its root
};

// How much work Uncovered may do: pieces looked at.
inline constexpr std::size_t kMostPieces = 1'000'000;

// What is left of `whole` without all of `parts`: disjoint boxes, none of them empty. Nothing where that would be more
// work than kMostPieces.
std::optional<std::vector<Box>> Uncovered(const Box& whole, const std::vector<Box>& parts);

}  // namespace cordon::check
