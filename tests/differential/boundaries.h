// Boundaries: where the conditions of a policy turn, by the fact or field that they look at.
//
// Found in the policy's expressions alone: what each fact and field is compared with, the calendar steps between the
// two, the sums that both stand in, the sets that its symbols are looked for in. What random_subjects.h draws its
// values from, at them and beside them.
#pragma once

#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "calendar/calendar.h"
#include "model/model.h"

namespace cordon::testing {

// A fact, or a field of a record, whichever fact that stands in; or the element of a list of scalars.
struct Place {
  model::FactId fact;      // valid: a fact, or the elements of one that is a list of scalars
  model::RecordId record;  // valid: a field of this record
  model::FieldId field;
  auto operator<=>(const Place&) const = default;
};

struct Move {
  calendar::Period period;
  int direction = 1;
};

// A point in time: something, moved. In minutes, a date at its midnight.
struct Moment {
  enum class Base { kConstant, kToday, kNow, kPlace };
  Base base = Base::kConstant;
  Place place;
  std::int64_t constant = 0;
  bool is_date = true;
  std::vector<Move> moves;  // outermost first
};

// A time at which a comparison turns: `moment` and `minutes` more, with `undo` taken back, outermost first.
struct TimeEdge {
  Moment moment;
  std::int64_t minutes = 0;
  std::vector<Move> undo;
};

// A sum of places, each so many times, and a number.
struct Linear {
  std::map<Place, std::int64_t> parts;
  std::int64_t constant = 0;
};
// A number at which a comparison turns: what makes `rest` and `times` of it 0.
struct NumberEdge {
  Linear rest;
  std::int64_t times = 1;
};

struct Turning {
  std::vector<TimeEdge> times;
  std::vector<NumberEdge> numbers;
  std::vector<std::vector<std::size_t>> symbols;  // sets of leaves, sorted
  std::vector<std::string> texts;
  std::vector<Place> alike;  // symbols and texts that it is compared with
};

class Boundaries {
 public:
  explicit Boundaries(const model::Policy& policy);
  // Nothing where no condition looks at `place`.
  const Turning* Of(const Place& place) const;
  const std::map<Place, Turning>& all() const { return all_; }

 private:
  std::map<Place, Turning> all_;
};

// `minutes` moved, as the language moves a date or a time.
std::int64_t Moved(std::int64_t minutes, bool is_date, const Move& move);

}  // namespace cordon::testing
