// Split: a row taken apart into cases that are all there are.
//
// Each unknown that conditions read may be narrowed to parts that leave nothing out: yes and no, the kinds of symbols,
// the stretches between the dates at which conditions turn. What three-valued logic says in every case alike holds of
// the row; what it says of the row as a whole may be less. Source: the language manual, "Unknown facts".
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "evaluate/turning_points.h"
#include "facts/columns.h"
#include "program/program.h"

namespace cordon::evaluate {

class Split {
 public:
  explicit Split(const program::Program& program);

  // Appends the cases of the row `row` of `from` to `to`, at most `most`. There are several ways to take a row apart:
  // by the unknowns of one element after the other, and last by as many unknowns as there are cases for. Returns how
  // many cases the `way`th has, none where it has none; nothing where there are no more ways.
  std::optional<std::size_t> Append(const facts::Columns& from, std::uint32_t row, std::size_t way, std::size_t most,
                                    facts::Columns& to) const;

  // Appends one row in which every element that is unknown in part, or that a list may hold besides, stands as all that
  // it may be, each marked as one that may be there or not. What that row says for certain holds of `row`: that no
  // element of an unknown list can be late enough is seen here. Its records may lack what they require.
  void AppendTogether(const facts::Columns& from, std::uint32_t row, facts::Columns& to) const;

 private:
  // An unknown of the row, and what it may be.
  struct Leaf {
    Place place;
    model::FactId list;         // valid in an element
    std::uint32_t element = 0;  // of these, counted from the row's first
    std::vector<facts::Cell> parts;
  };

  static std::vector<const Leaf*> Choose(const std::vector<Leaf>& leaves, std::size_t way, std::size_t most);
  // The cells of the element, each case of it; only one where it has no unknowns that are read.
  std::vector<facts::Cell> CasesOf(const facts::Columns& from, std::uint32_t row, model::FactId fact,
                                   std::uint32_t element, const facts::Cell& cell) const;
  void AddLeaves(const facts::Columns& from, std::uint32_t row, model::FactId fact, std::vector<Leaf>& leaves) const;
  void AddLeaf(const facts::Columns& from, std::uint32_t row, const facts::ScalarColumn& column, std::uint32_t entry,
               Leaf leaf, std::vector<Leaf>& leaves) const;
  std::vector<facts::Cell> PartsOf(const facts::Cell& cell, const Place& place, const Spot& spot) const;
  std::vector<facts::Cell> Symbols(const facts::Cell& cell, const Place& place) const;
  std::vector<facts::Cell> Stretches(const facts::Cell& cell, const Place& place, const Spot& spot) const;

  const program::Program& program_;
  const model::Policy& policy_;
  TurningPoints points_;
};

}  // namespace cordon::evaluate
