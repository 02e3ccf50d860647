// SHA-256, for the digests that name a policy's text.
#pragma once

#include <string>
#include <string_view>

namespace cordon::support {

// The SHA-256 of `bytes` as 64 lower-case hexadecimal digits.
std::string Sha256(std::string_view bytes);

}  // namespace cordon::support
