// Subject: the facts of one patient (or ward, sample, transport), known, unknown and imprecise.
//
// Shape: one Cell per fact of the policy, in the policy's order; a record's cell holds one Cell per field (derived
// fields' stay kAbsent and are never read); a list's cell holds one record or scalar Cell per element. Order of
// elements has no meaning but in paths, which count from 1. Made by facts::ReadDocument and facts::FromSetup.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "calendar/calendar.h"
#include "diagnostics/source.h"
#include "model/model.h"
#include "value/value.h"

namespace cordon::facts {

enum class CellState : std::uint8_t {
  kAbsent,   // not asked: unknown
  kNull,     // sought and not learnt: unknown
  kKnown,    // value
  kRange,    // first..last: an imprecise date or datetime
  kSymbols,  // some leaf of [first_leaf, end_leaf): an imprecise category
  kRecord,   // children: one a field
  kList,     // children: one an element; open: there may be more
};

struct Cell {
  CellState state = CellState::kAbsent;
  value::Value value;
  std::int64_t first = 0;
  std::int64_t last = 0;
  std::size_t first_leaf = 0;
  std::size_t end_leaf = 0;
  std::vector<Cell> children;
  bool open = false;
  diagnostics::Span span;  // where it was given; invalid where it was not

  // A cell that was given `value` exactly.
  static Cell Known(value::Value value) {
    Cell cell;
    cell.state = CellState::kKnown;
    cell.value = std::move(value);
    return cell;
  }
  bool unknown() const { return state == CellState::kAbsent || state == CellState::kNull; }
};

struct Subject {
  std::string id;  // may be empty
  model::Moment as_of;
  std::vector<Cell> facts;  // by FactId; `setting` among them

  const Cell& fact(model::FactId fact_id) const { return facts[fact_id.index]; }
};

// A subject with every fact absent.
Subject Unasked(const model::Policy& policy, const model::Moment& as_of);

// The subject that a test's setup describes. `fallback` is the date where the setup names none.
Subject FromSetup(const model::Policy& policy, const model::Setup& setup, const model::Moment& fallback);

}  // namespace cordon::facts
