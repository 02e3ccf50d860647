// Decimals as text; see value.h.
#include "value/value.h"

namespace cordon::value {

std::string FormatDecimal(std::int64_t thousandths) {
  const std::int64_t magnitude = thousandths < 0 ? -thousandths : thousandths;
  std::string text = (thousandths < 0 ? "-" : "") + std::to_string(magnitude / kDecimalScale);
  std::string fraction = std::to_string(kDecimalScale + magnitude % kDecimalScale).substr(1);
  while (!fraction.empty() && fraction.back() == '0') fraction.pop_back();
  return fraction.empty() ? text : text + "." + fraction;
}

}  // namespace cordon::value
