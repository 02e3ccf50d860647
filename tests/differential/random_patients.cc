// Makes up patients; see random_patients.h.
#include "random_patients.h"

#include <algorithm>

namespace cordon::testing {

using symbolic::Sort;

namespace {

std::int64_t RandomValue(Random& random, const symbolic::Unknown& unknown) {
  for (;;) {
    std::int64_t value = 0;
    switch (unknown.sort) {
      case Sort::kBool:
        value = random.Below(2);
        break;
      case Sort::kSymbol:
        value = random.Below(static_cast<unsigned>(unknown.range.high) + 1);
        break;
      case Sort::kNumber:
        value = static_cast<std::int64_t>(random.Below(9)) - 2;
        if (random.Once(3)) value *= 1000;
        break;
      case Sort::kDay:
        value = kBounds.first.days + random.Below(static_cast<unsigned>(kBounds.last.days - kBounds.first.days) + 1);
        break;
      case Sort::kMinute:
        value = 12 * 60 * static_cast<std::int64_t>(random.Below(2));
        break;
      case Sort::kText:
        value = random.Below(4);
        break;
    }
    if (!std::binary_search(unknown.gaps.begin(), unknown.gaps.end(), value)) return value;
  }
}

}  // namespace

symbolic::Patient RandomPatient(Random& random, const symbolic::Frame& frame) {
  symbolic::Patient patient = symbolic::PlainPatient(frame);
  for (std::size_t i = 0; i < frame.scalars.size(); ++i) patient.scalars[i] = RandomValue(random, frame.scalars[i]);
  patient.scalars[frame.today.index] = kAsOf.date.days;
  for (std::size_t i = 0; i < frame.lists.size(); ++i) {
    for (unsigned n = random.Below(3); n > 0; --n) {
      symbolic::Record record;
      for (const symbolic::Unknown& field : frame.lists[i].fields) record.push_back(RandomValue(random, field));
      patient.lists[i].push_back(std::move(record));
    }
  }
  return patient;
}

bool IsAllowed(const symbolic::Terms& terms, const symbolic::Axioms& axioms, const symbolic::Patient& patient) {
  symbolic::Evaluation evaluation(terms, patient);
  for (const symbolic::TermId axiom : axioms.of_patients) {
    if (!evaluation.Holds(axiom)) return false;
  }
  for (const auto& [list, body] : axioms.of_records) {
    for (const symbolic::Record& record : patient.lists[list.index]) {
      if (!evaluation.HoldsOf(body, record)) return false;
    }
  }
  return true;
}

}  // namespace cordon::testing
