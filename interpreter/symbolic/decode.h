// Decode: a patient of a frame as the facts that one version is given; and back.
#pragma once

#include <cstddef>
#include <optional>

#include "facts/subject.h"
#include "symbolic/frame.h"
#include "symbolic/patient.h"

namespace cordon::symbolic {

// The facts that version `version` declares, as the patient has them; a fact that the patient does not give is absent.
// The as-of date has a time of day where the version reads it.
facts::Subject SubjectOf(const Frame& frame, std::size_t version, const Patient& patient);

// The patient of whom `subjects`, one for each version, are the facts; facts that are absent are not given, and have
// plain values. Nothing where something is imprecise, sought and not learnt, or open, where an absent fact is none that
// a version assumes or asks about, or where a symbol is unknown to the other version.
std::optional<Patient> PatientOf(const Frame& frame, const std::vector<const facts::Subject*>& subjects);

}  // namespace cordon::symbolic
