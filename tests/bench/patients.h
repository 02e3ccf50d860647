// Patients of chance, complete: every fact that could be asked or looked up is known.
//
// No epidemiology: nobody has counted these people. Two kinds of them show how far a result hangs on that.
#pragma once

#include <cstdint>

#include "facts/subject.h"
#include "model/model.h"
#include "random.h"

namespace cordon::bench {

// The care setting `hospital.inpatient`, which `policy` must know.
facts::Cell InpatientSetting(const model::Policy& policy);

enum class Kind : std::uint8_t {
  kOrdinary,  // of 100, 10 say yes to a question; 80 have what the policy assumes; all else is even
  kEven,      // a yes is as likely as a no
};

// With an as-of date of its own, `setting` as given, and no decision made. Dates lie up to 400 days back.
facts::Subject RandomPatient(const model::Policy& policy, model::Moment as_of, const facts::Cell& setting, Kind kind,
                             tests::Random& random);

}  // namespace cordon::bench
