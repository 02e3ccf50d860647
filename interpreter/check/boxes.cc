// The algebra of atom sets and boxes; see boxes.h.
#include "check/boxes.h"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace cordon::check {

AtomSet Union(const AtomSet& a, const AtomSet& b) {
  AtomSet all = a;
  all.insert(all.end(), b.begin(), b.end());
  std::sort(all.begin(), all.end(), [](const AtomRange& x, const AtomRange& y) { return x.begin < y.begin; });
  AtomSet united;
  for (const AtomRange& range : all) {
    if (united.empty() || united.back().end < range.begin) {
      united.push_back(range);
    } else {
      united.back().end = std::max(united.back().end, range.end);
    }
  }
  return united;
}

AtomSet Intersection(const AtomSet& a, const AtomSet& b) {
  AtomSet both;
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() && j < b.size()) {
    const AtomRange range{std::max(a[i].begin, b[j].begin), std::min(a[i].end, b[j].end)};
    if (range.begin < range.end) both.push_back(range);
    if (a[i].end < b[j].end) {
      ++i;
    } else {
      ++j;
    }
  }
  return both;
}

AtomSet Complement(const AtomSet& set, std::size_t size) {
  AtomSet rest;
  std::size_t at = 0;
  for (const AtomRange& range : set) {
    if (at < range.begin) rest.push_back({at, range.begin});
    at = range.end;
  }
  if (at < size) rest.push_back({at, size});
  return rest;
}

bool Disjoint(const AtomSet& a, const AtomSet& b) {
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() && j < b.size()) {
    if (std::max(a[i].begin, b[j].begin) < std::min(a[i].end, b[j].end)) return false;
    if (a[i].end < b[j].end) {
      ++i;
    } else {
      ++j;
    }
  }
  return true;
}

bool IsEmpty(const Box& box) {
  return std::any_of(box.begin(), box.end(), [](const AtomSet& set) { return set.empty(); });
}

bool Disjoint(const Box& a, const Box& b) {
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (Disjoint(a[i], b[i])) return true;
  }
  return false;
}

Box Intersection(const Box& a, const Box& b) {
  Box both;
  for (std::size_t i = 0; i < a.size(); ++i) both.push_back(Intersection(a[i], b[i]));
  return both;
}

bool Inside(const Box& inner, const Box& outer) {
  if (IsEmpty(inner)) return true;
  for (std::size_t i = 0; i < inner.size(); ++i) {
    if (Intersection(inner[i], outer[i]) != inner[i]) return false;
  }
  return true;
}

std::vector<Box> Subtract(const Box& whole, const Box& part) {
  if (IsEmpty(whole)) return {};
  if (Disjoint(whole, part)) return {whole};
  std::vector<Box> pieces;
  Box rest = whole;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    const AtomSet outside = Intersection(whole[i], Complement(part[i], whole[i].back().end));
    if (!outside.empty()) {
      pieces.push_back(rest);
      pieces.back()[i] = outside;
    }
    rest[i] = Intersection(whole[i], part[i]);
  }
  return pieces;
}

namespace {

// How many pairs of ranges meet in a column.
std::size_t NumMeeting(const std::vector<Box>& boxes, std::size_t column) {
  std::vector<std::size_t> begins;
  std::vector<std::size_t> ends;
  for (const Box& box : boxes) {
    for (const AtomRange& range : box[column]) {
      begins.push_back(range.begin);
      ends.push_back(range.end);
    }
  }
  std::sort(begins.begin(), begins.end());
  std::sort(ends.begin(), ends.end());
  std::size_t pairs = 0;
  std::size_t ended = 0;
  for (std::size_t i = 0; i < begins.size(); ++i) {
    while (ends[ended] <= begins[i]) ++ended;
    pairs += i - ended;
  }
  return pairs;
}

}  // namespace

BoxIndex::BoxIndex(const std::vector<Box>& boxes) : boxes_(boxes) {
  if (boxes.empty()) return;
  std::size_t fewest = SIZE_MAX;
  for (std::size_t column = 0; column < boxes[0].size(); ++column) {
    const std::size_t pairs = NumMeeting(boxes, column);
    if (pairs >= fewest) continue;
    fewest = pairs;
    column_ = column;
  }
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    for (const AtomRange& range : boxes[i][column_]) entries_.push_back({range, i, 0});
  }
  std::sort(entries_.begin(), entries_.end(),
            [](const Entry& a, const Entry& b) { return a.range.begin < b.range.begin; });
  MakeLast(0, entries_.size());
}

// Its depth is a logarithm of the number of entries.
std::size_t BoxIndex::MakeLast(std::size_t begin, std::size_t end) {
  if (begin == end) return 0;
  const std::size_t middle = begin + (end - begin) / 2;
  const std::size_t around = std::max(MakeLast(begin, middle), MakeLast(middle + 1, end));
  entries_[middle].last = std::max(entries_[middle].range.end, around);
  return entries_[middle].last;
}

void BoxIndex::Find(const AtomRange& range, std::vector<std::size_t>& found) const {
  std::vector<AtomRange> open = {{0, entries_.size()}};
  while (!open.empty()) {
    const AtomRange stretch = open.back();
    open.pop_back();
    if (stretch.begin == stretch.end) continue;
    const std::size_t middle = stretch.begin + (stretch.end - stretch.begin) / 2;
    const Entry& entry = entries_[middle];
    if (entry.last <= range.begin) continue;
    open.push_back({stretch.begin, middle});
    if (entry.range.begin >= range.end) continue;
    open.push_back({middle + 1, stretch.end});
    if (entry.range.end > range.begin) found.push_back(entry.box);
  }
}

std::vector<std::size_t> BoxIndex::Meeting(const Box& box) const {
  std::vector<std::size_t> found;
  if (boxes_.empty()) return found;
  for (const AtomRange& range : box[column_]) Find(range, found);
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  found.erase(
      std::remove_if(found.begin(), found.end(), [&](std::size_t number) { return Disjoint(boxes_[number], box); }),
      found.end());
  return found;
}

std::optional<std::vector<Box>> Uncovered(const Box& whole, const std::vector<Box>& parts) {
  std::vector<Box> left;
  if (!IsEmpty(whole)) left.push_back(whole);
  std::size_t work = 0;
  for (const Box& part : parts) {
    std::vector<Box> next;
    work += left.size();
    if (work > kMostPieces) return std::nullopt;
    for (Box& box : left) {
      if (Disjoint(box, part)) {
        next.push_back(std::move(box));
        continue;
      }
      std::vector<Box> pieces = Subtract(box, part);
      std::move(pieces.begin(), pieces.end(), std::back_inserter(next));
    }
    left = std::move(next);
  }
  return left;
}

}  // namespace cordon::check
