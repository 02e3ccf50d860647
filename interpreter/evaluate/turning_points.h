// TurningPoints: the values at which some condition of a program turns.
//
// Of an unknown discharge: the look-back's edges, the admission, 24 hours after it. What is known of the row, and of
// the element that holds the value, says where these lie. They are a choice, and need not be all: nobody relies on it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "facts/columns.h"
#include "program/program.h"

namespace cordon::evaluate {

// Numbers of chance, the same everywhere.
class Sequence {
 public:
  explicit Sequence(std::uint64_t seed) : state_(seed) {}
  std::uint64_t Next();
  std::uint64_t Below(std::uint64_t n) { return (Next() >> 32) * n >> 32; }

 private:
  std::uint64_t state_;
};

// A scalar fact, or a field of a record, that rows or elements have.
struct Place {
  model::FactId fact;
  std::optional<std::size_t> field;  // of a list of scalars 0
  auto operator<=>(const Place&) const = default;
};

// An element of which nothing is known.
inline constexpr std::uint32_t kNoElement = UINT32_MAX;

// Where one value stands: in a row, and for lists in an element.
struct Spot {
  const facts::Columns& columns;
  std::uint32_t row = 0;
  model::FactId list;         // valid in an element of this list
  std::uint32_t element = 0;  // or kNoElement
  Sequence& sequence;         // chooses between elements of other lists
};

class TurningPoints {
 public:
  explicit TurningPoints(const program::Program& program);

  model::Type TypeOf(const Place& place) const;
  // Whether some condition reads the place.
  bool IsRead(const Place& place) const { return known_.count(place) > 0; }
  // Symbols of a category, one of each kind that conditions tell apart; empty where no condition reads the place.
  const std::vector<std::size_t>& Kinds(const Place& place) const;
  // How many comparisons a number or date stands in.
  std::size_t NumMeetings(const Place& place) const;
  // The value at which the comparison turns, or nothing where something else that it reads is not known.
  std::optional<std::int64_t> At(const Place& place, std::size_t meeting, const Spot& spot) const;

 private:
  struct Meeting {
    program::ScalarId own;
    program::ScalarId other;
  };
  struct Known {
    std::vector<Meeting> meetings;
    std::vector<std::size_t> kinds;
    std::vector<const program::Mask*> masks;
  };

  void Meet(program::ScalarId at, program::ScalarId own, program::ScalarId other);
  void Tell(program::ScalarId symbol, const program::Mask& mask);
  std::vector<std::size_t> KindsOf(const Place& place, const Known& known) const;
  bool Reads(program::ScalarId id, const Place& place) const;
  std::optional<std::int64_t> SourceValue(const program::ScalarNode& node, const Spot& spot) const;
  std::optional<std::int64_t> ValueOf(program::ScalarId id, const Spot& spot) const;
  std::optional<std::int64_t> TwoValues(const program::ScalarNode& node, const Spot& spot) const;
  std::optional<std::int64_t> Invert(program::ScalarId id, const Place& place, std::int64_t number,
                                     const Spot& spot) const;
  std::optional<std::int64_t> InvertTwo(const program::ScalarNode& node, const Place& place, std::int64_t number,
                                        const Spot& spot) const;

  const program::Program& program_;
  const model::Policy& policy_;
  std::map<Place, Known> known_;
  std::vector<std::size_t> nothing_;
};

}  // namespace cordon::evaluate
