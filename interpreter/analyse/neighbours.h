// Neighbours: the values, lengths and modalities one step from a given one.
#pragma once

#include <cstdint>
#include <vector>

#include "calendar/calendar.h"
#include "model/model.h"
#include "value/value.h"

namespace cordon::analyse {

// One step less, then one more, of those that are values of the language: a day for dates, for times of day a minute,
// 1 for numbers (of decimals in the last digit written), a calendar month, and the unit that a length is written in. A
// yes's is no; a scale's leaf has those beside it, another category's the next one alone. None for texts and `none`.
std::vector<value::Value> Neighbours(const model::Policy& policy, const value::Value& value, const model::Type& type);

// One step shorter, where something is left, and one longer.
std::vector<calendar::Period> Neighbours(const calendar::Period& period);

// One step weaker or stronger, and turned round.
std::vector<model::Modality> Neighbours(model::Modality modality);

std::vector<model::EventRelation> Neighbours(model::EventRelation relation);

}  // namespace cordon::analyse
