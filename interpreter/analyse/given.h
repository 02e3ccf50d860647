// Given: one patient's facts as conditions, fact by fact: as given, or changed.
//
// Each value that is given, each record, and the day is a place that can be changed; each that is not given, or not
// exactly, is open. Records that are given have unknowns of their own (symbolic/unroll.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "facts/subject.h"
#include "symbolic/patient.h"
#include "symbolic/unroll.h"

namespace cordon::analyse {

enum class PlaceKind : std::uint8_t {
  kDay,     // the as-of date
  kValue,   // a scalar fact, field or element
  kRecord,  // that a record of a list is there
  kList,    // open only: that the list may hold others, or is not known at all
};

// Where in a subject. A whole fact where neither a child nor a field is named.
struct FactPlace {
  PlaceKind kind = PlaceKind::kValue;
  std::string path;  // `hospital_stays[1].discharged`, `as_of`
  model::FactId fact;
  std::optional<std::size_t> child;  // of a list
  std::optional<std::size_t> field;
  symbolic::Slots slots = {};  // kValue, of a scalar
};

// What is given there.
struct GivenPlace {
  FactPlace place;
  model::Type type;          // kValue
  symbolic::TermId changed;  // whether it is another
  symbolic::TermId number;   // valid where values are near or far: the value
  symbolic::TermId none;     // whether it is `none`
  std::int64_t low = 0;      // as given, both ends in
  std::int64_t high = 0;
  bool keep = false;  // it must not be changed
};

struct Given {
  symbolic::Frame frame;  // with the unknowns of the given records
  std::vector<symbolic::OwnRecord> records;
  std::vector<FactPlace> record_places;  // of each
  std::vector<GivenPlace> places;
  std::vector<FactPlace> open;
  std::vector<symbolic::TermId> fixed;  // that what is given is so in some way
  std::vector<bool> closed;             // by list: given, and no others
  std::vector<bool> keep;               // by list: closed, and none may be added
};

struct Freedom {
  bool as_of = false;
  bool setting = false;
  std::vector<std::string> keep;  // facts by name
};

// REQUIRES: `frame` is of the one version `subject` belongs to.
Given GivenOf(symbolic::Terms& terms, const symbolic::Frame& frame, const facts::Subject& subject,
              const Freedom& freedom);

// The cell at a place. REQUIRES: there is one.
facts::Cell& CellAt(facts::Subject& subject, const FactPlace& place);

// A cell in words: `yes`, `2025-01-03`, `2025-02`, `hospital`, `country: TR, admitted: 2025-01-01`.
std::string GivenText(const model::Policy& policy, const model::Type& type, const facts::Cell& cell);

}  // namespace cordon::analyse
