// Makes patients plain; see examples.h.
#include "analyse/examples.h"

#include <algorithm>

namespace cordon::analyse {

using symbolic::Evaluation;
using symbolic::Patient;
using symbolic::Record;
using symbolic::Slots;
using symbolic::Sort;
using symbolic::Unknown;

namespace {

// Days back from the as-of date that are tried for a date, the plainest first.
constexpr std::int64_t kDaysBack[] = {3,   5,   1,   0,   2,   7,   8,    10,   14,   20,  30,  31,  45,  60,  61,  90,
                                      92,  100, 120, 150, 180, 183, 184,  185,  200,  240, 270, 300, 330, 360, 365, 366,
                                      367, 400, 500, 730, 732, 800, 1096, 1100, 2000, -1,  -2,  -3,  -7,  -14, -30};
constexpr std::int64_t kTimes[] = {12 * 60, 10 * 60, 9 * 60, 0, 8 * 60, 13 * 60, 23 * 60 + 59};
constexpr std::int64_t kNumbers[] = {0, 1, 2, 3, 5, 10, 18, 20, 30, 50, 60, 65, 70, 80, 100, 1000};
constexpr std::size_t kSymbolsTried = 60;

class Plainer {
 public:
  Plainer(const symbolic::Terms& terms, const symbolic::Frame& frame, const symbolic::Axioms& axioms,
          symbolic::TermId condition, Patient patient)
      : terms_(terms), frame_(frame), axioms_(axioms), condition_(condition), patient_(std::move(patient)) {}

  Patient Run(std::int64_t day) {
    for (int round = 0; round < 2; ++round) {
      DropRecords();
      Move(day);
      for (std::size_t i = 0; i < frame_.scalars.size(); ++i) {
        if (i != frame_.today.index)
          Simplify(frame_.scalars[i], [&](Patient& p) -> std::int64_t& { return p.scalars[i]; });
      }
      for (std::size_t list = 0; list < patient_.lists.size(); ++list) SimplifyRecords(list);
    }
    return std::move(patient_);
  }

 private:
  bool Holds(const Patient& patient) const {
    Evaluation evaluation(terms_, patient);
    if (!evaluation.Holds(condition_)) return false;
    for (const symbolic::TermId axiom : axioms_.of_patients) {
      if (!evaluation.Holds(axiom)) return false;
    }
    for (const auto& [list, body] : axioms_.of_records) {
      for (const Record& record : patient.lists[list.index]) {
        if (!evaluation.HoldsOf(body, record)) return false;
      }
    }
    return true;
  }

  bool Try(Patient patient) {
    if (patient == patient_) return true;
    if (!Holds(patient)) return false;
    patient_ = std::move(patient);
    return true;
  }

  void DropRecords() {
    for (std::size_t list = 0; list < patient_.lists.size(); ++list) {
      for (std::size_t i = patient_.lists[list].size(); i > 0; --i) {
        Patient fewer = patient_;
        fewer.lists[list].erase(fewer.lists[list].begin() + static_cast<std::ptrdiff_t>(i) - 1);
        Try(std::move(fewer));
      }
    }
  }

  // The whole patient to another day: all dates with it.
  void Move(std::int64_t day) {
    for (std::int64_t more : {0, 1, 2, 10, 30, 60, 100, 170, 200, 365, 730}) {
      const std::int64_t by = day + more - patient_.scalars[frame_.today.index];
      Patient moved = patient_;
      const auto move = [&](const Unknown& unknown, std::int64_t& value) {
        if (unknown.sort != Sort::kDay) return;
        value = std::clamp(value + by, unknown.range.low, unknown.range.high);
      };
      for (std::size_t i = 0; i < frame_.scalars.size(); ++i) move(frame_.scalars[i], moved.scalars[i]);
      for (std::size_t list = 0; list < moved.lists.size(); ++list) {
        for (Record& record : moved.lists[list]) {
          for (std::size_t f = 0; f < record.size(); ++f) move(frame_.lists[list].fields[f], record[f]);
        }
      }
      if (Try(std::move(moved))) return;
    }
  }

  // Tries plainer values for one unknown; the first that will do stays.
  template <typename Place>
  void Simplify(const Unknown& unknown, Place place) {
    const auto attempt = [&](std::int64_t value) {
      if (value < unknown.range.low || value > unknown.range.high) return false;
      if (std::binary_search(unknown.gaps.begin(), unknown.gaps.end(), value)) return false;
      Patient patient = patient_;
      place(patient) = value;
      return Try(std::move(patient));
    };
    switch (unknown.sort) {
      case Sort::kBool: {
        const std::string given = " is given";
        const bool is_given = unknown.path.size() > given.size() &&
                              unknown.path.compare(unknown.path.size() - given.size(), given.size(), given) == 0;
        attempt(is_given ? 1 : 0);
        return;
      }
      case Sort::kSymbol:
        for (std::int64_t i = 0; i < static_cast<std::int64_t>(kSymbolsTried) && !attempt(i); ++i) continue;
        return;
      case Sort::kNumber:
        for (const std::int64_t number : kNumbers) {
          if (attempt(number) || attempt(number * 1000) || attempt(number * 60)) return;
        }
        return;
      case Sort::kDay:
        for (const std::int64_t back : kDaysBack) {
          if (attempt(patient_.scalars[frame_.today.index] - back)) return;
        }
        return;
      case Sort::kMinute:
        for (const std::int64_t time : kTimes) {
          if (attempt(time)) return;
        }
        return;
      case Sort::kText:
        for (std::int64_t i = 0; i < 8 && !attempt(i); ++i) continue;
        return;
    }
  }

  void SimplifyRecords(std::size_t list) {
    for (std::size_t i = 0; i < patient_.lists[list].size(); ++i) {
      const auto& fields = frame_.lists[list].fields;
      // Later dates first: an earlier one is then near it.
      for (std::size_t f = fields.size(); f > 0; --f) {
        Simplify(fields[f - 1], [&](Patient& p) -> std::int64_t& { return p.lists[list][i][f - 1]; });
      }
      NearOneAnother(list, i);
    }
    std::sort(patient_.lists[list].begin(), patient_.lists[list].end());
  }

  // A stay of a few days: an earlier date close before the later one of the same record.
  void NearOneAnother(std::size_t list, std::size_t i) {
    const auto& fields = frame_.lists[list].fields;
    for (std::size_t a = 0; a < fields.size(); ++a) {
      for (std::size_t b = 0; b < fields.size(); ++b) {
        if (a == b || fields[a].sort != Sort::kDay || fields[b].sort != Sort::kDay) continue;
        const std::int64_t later = patient_.lists[list][i][b];
        if (patient_.lists[list][i][a] >= later) continue;
        for (const std::int64_t days : {4, 3, 2, 1, 7, 14}) {
          if (later - days < fields[a].range.low) continue;
          Patient near = patient_;
          near.lists[list][i][a] = later - days;
          if (Try(std::move(near))) break;
        }
      }
    }
  }

  const symbolic::Terms& terms_;
  const symbolic::Frame& frame_;
  const symbolic::Axioms& axioms_;
  symbolic::TermId condition_;
  Patient patient_;
};

}  // namespace

Patient Plainest(const symbolic::Terms& terms, const symbolic::Frame& frame, const symbolic::Axioms& axioms,
                 symbolic::TermId condition, Patient patient, std::int64_t day) {
  return Plainer(terms, frame, axioms, condition, std::move(patient)).Run(day);
}

}  // namespace cordon::analyse
