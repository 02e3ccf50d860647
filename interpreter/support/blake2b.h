// BLAKE2b, for the checksum of a compiled policy: as strong as SHA-256 and several times as fast.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace cordon::support {

// The 32 bytes of BLAKE2b-256 over all `parts`, one behind the other.
std::string Blake2b(std::initializer_list<std::string_view> parts);

}  // namespace cordon::support
