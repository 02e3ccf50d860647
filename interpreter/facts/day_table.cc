// The table of months; see day_table.h.
#include "facts/day_table.h"

#include "support/assert.h"

namespace cordon::facts {

DayTable::DayTable() {
  for (unsigned month = 0; month < kNumMonths; ++month) {
    const auto first =
        calendar::MakeDate(static_cast<int>(kFirstYear + month / 12), static_cast<int>(month % 12) + 1, 1);
    CORDON_ASSERT(first.has_value());
    first_[month] = static_cast<std::int32_t>(first->days);
  }
  first_[kNumMonths] = static_cast<std::int32_t>(calendar::kLastDate.days) + 1;
}

}  // namespace cordon::facts
