// The spelling of each kind of value; see format.h.
#include "value/format.h"

#include "calendar/calendar.h"

namespace cordon::value {

std::string Format(const Value& value) {
  switch (value.kind) {
    case Kind::kBool:
      return value.number != 0 ? "yes" : "no";
    case Kind::kInt:
    case Kind::kSymbol:
      return std::to_string(value.number);
    case Kind::kDecimal:
      return FormatDecimal(value.number);
    case Kind::kText:
      return value.text;
    case Kind::kDate:
      return calendar::Format(calendar::Date{value.number});
    case Kind::kDatetime:
      return calendar::Format(calendar::Datetime{value.number});
    case Kind::kDuration:
      return calendar::Format(calendar::Period{0, value.number});
    case Kind::kPeriod:
      return value.number == 0 ? "0 months" : calendar::Format(calendar::Period{value.number, 0});
    case Kind::kNone:
      return "none";
  }
  return "";
}

}  // namespace cordon::value
