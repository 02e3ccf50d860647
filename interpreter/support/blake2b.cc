// BLAKE2b by libsodium; see blake2b.h.
#include "support/blake2b.h"

#include <sodium/crypto_generichash_blake2b.h>

namespace cordon::support {

std::string Blake2b(std::initializer_list<std::string_view> parts) {
  unsigned char sum[crypto_generichash_blake2b_BYTES];
  crypto_generichash_blake2b_state state;
  crypto_generichash_blake2b_init(&state, nullptr, 0, sizeof sum);
  for (const std::string_view part : parts) {
    crypto_generichash_blake2b_update(&state, reinterpret_cast<const unsigned char*>(part.data()), part.size());
  }
  crypto_generichash_blake2b_final(&state, sum, sizeof sum);
  return {reinterpret_cast<const char*>(sum), sizeof sum};
}

}  // namespace cordon::support
