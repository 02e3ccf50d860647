// The algebra of boxes, held against brute force over small domains; see check/boxes.h.
#include "check/boxes.h"

#include <gtest/gtest.h>

#include <random>
#include <set>
#include <vector>

namespace cordon::check {
namespace {

constexpr std::size_t kColumns = 3;
constexpr std::size_t kAtoms = 5;

using Point = std::vector<std::size_t>;
using Points = std::set<Point>;

bool Has(const AtomSet& set, std::size_t atom) {
  for (const AtomRange& range : set) {
    if (range.begin <= atom && atom < range.end) return true;
  }
  return false;
}

bool Has(const Box& box, const Point& point) {
  for (std::size_t i = 0; i < box.size(); ++i) {
    if (!Has(box[i], point[i])) return false;
  }
  return true;
}

Points AllPoints() {
  Points points;
  for (std::size_t a = 0; a < kAtoms; ++a) {
    for (std::size_t b = 0; b < kAtoms; ++b) {
      for (std::size_t c = 0; c < kAtoms; ++c) points.insert({a, b, c});
    }
  }
  return points;
}

Points PointsOf(const Box& box) {
  Points points;
  for (const Point& point : AllPoints()) {
    if (Has(box, point)) points.insert(point);
  }
  return points;
}

// The points of `boxes`; fails where one is in two of them.
Points PointsOfDisjoint(const std::vector<Box>& boxes) {
  Points points;
  for (const Box& box : boxes) {
    EXPECT_FALSE(IsEmpty(box));
    for (const Point& point : PointsOf(box)) EXPECT_TRUE(points.insert(point).second);
  }
  return points;
}

class Random {
 public:
  explicit Random(std::uint32_t seed) : generator_(seed) {}
  std::size_t Below(std::size_t size) { return std::uniform_int_distribution<std::size_t>(0, size - 1)(generator_); }

  AtomSet Set() {
    AtomSet set;
    for (std::size_t atom = 0; atom < kAtoms; ++atom) {
      if (Below(3) != 0) set = Union(set, {{atom, atom + 1}});
    }
    return set;
  }
  Box AnyBox() {
    Box box;
    for (std::size_t i = 0; i < kColumns; ++i) box.push_back(Set());
    return box;
  }

 private:
  std::mt19937 generator_;
};

TEST(Boxes, SetsAgreeWithBruteForce) {
  for (std::uint32_t seed = 1; seed <= 500; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    Random random(seed);
    const AtomSet a = random.Set();
    const AtomSet b = random.Set();
    bool meet = false;
    for (std::size_t atom = 0; atom < kAtoms; ++atom) {
      EXPECT_EQ(Has(Union(a, b), atom), Has(a, atom) || Has(b, atom));
      EXPECT_EQ(Has(Intersection(a, b), atom), Has(a, atom) && Has(b, atom));
      EXPECT_EQ(Has(Complement(a, kAtoms), atom), !Has(a, atom));
      meet = meet || (Has(a, atom) && Has(b, atom));
    }
    EXPECT_EQ(Disjoint(a, b), !meet);
    EXPECT_EQ(Complement(Complement(a, kAtoms), kAtoms), a);
  }
}

TEST(Boxes, BoxesAgreeWithBruteForce) {
  for (std::uint32_t seed = 1; seed <= 500; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    Random random(seed);
    const Box a = random.AnyBox();
    const Box b = random.AnyBox();
    Points both;
    Points only_a;
    for (const Point& point : PointsOf(a)) (Has(b, point) ? both : only_a).insert(point);
    EXPECT_EQ(PointsOf(Intersection(a, b)), both);
    EXPECT_EQ(Disjoint(a, b), both.empty());
    EXPECT_EQ(Inside(a, b), only_a.empty());
    EXPECT_EQ(PointsOfDisjoint(Subtract(a, b)), only_a);
  }
}

TEST(Boxes, WhatIsUncoveredAgreesWithBruteForce) {
  for (std::uint32_t seed = 1; seed <= 300; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    Random random(seed);
    const Box whole = random.AnyBox();
    std::vector<Box> parts;
    for (std::size_t count = random.Below(8); count > 0; --count) parts.push_back(random.AnyBox());
    Points left = PointsOf(whole);
    for (const Box& part : parts) {
      for (const Point& point : PointsOf(part)) left.erase(point);
    }
    const auto uncovered = Uncovered(whole, parts);
    ASSERT_TRUE(uncovered.has_value());
    EXPECT_EQ(PointsOfDisjoint(*uncovered), left);
  }
}

TEST(Boxes, TheIndexFindsTheBoxesThatMeetAnother) {
  for (std::uint32_t seed = 1; seed <= 500; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    Random random(seed);
    std::vector<Box> boxes;
    for (std::size_t count = random.Below(30); count > 0; --count) boxes.push_back(random.AnyBox());
    const BoxIndex index(boxes);
    const Box box = random.AnyBox();
    std::vector<std::size_t> meeting;
    for (std::size_t i = 0; i < boxes.size(); ++i) {
      if (!Disjoint(boxes[i], box)) meeting.push_back(i);
    }
    EXPECT_EQ(index.Meeting(box), meeting);
  }
}

TEST(Boxes, ManyRowsAreNoTrouble) {
  const std::size_t size = 12;
  const AtomSet any = {{0, size}};
  std::vector<Box> rows;
  for (std::size_t a = 0; a < size; ++a) {
    for (std::size_t b = 0; b < size; ++b) {
      for (std::size_t c = 0; c < size; ++c) {
        if (a + b + c != 11) rows.push_back({{{a, a + 1}}, {{b, b + 1}}, {{c, c + 1}}});
      }
    }
  }
  const auto left = Uncovered({any, any, any}, rows);
  ASSERT_TRUE(left.has_value());
  EXPECT_EQ(left->size(), 78u);  // the ways to write 11 as a sum of three
}

TEST(Boxes, TooMuchWorkIsGivenUp) {
  // Every second corner of a cube of many dimensions: what is left cannot be put into few boxes.
  const std::size_t columns = 13;
  std::vector<Box> rows;
  for (std::size_t corner = 0; corner < (std::size_t{1} << columns); ++corner) {
    Box row;
    bool even = true;
    for (std::size_t i = 0; i < columns; ++i) {
      const std::size_t atom = (corner >> i) & 1;
      even = even == (atom == 0);
      row.push_back({{atom, atom + 1}});
    }
    if (even) rows.push_back(row);
  }
  EXPECT_FALSE(Uncovered(Box(columns, AtomSet{{0, 2}}), rows).has_value());
}

}  // namespace
}  // namespace cordon::check
