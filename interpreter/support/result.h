// Result<T>: what the outside world may refuse, as a value.
//
// A `Result` carries either a value or the reason why the outside world (a file, a pipe, the clock) did not give one.
// It is never used for a user's mistake, which is a diagnostic, nor for a bug, which is an assertion.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "support/assert.h"

namespace cordon::support {

// Why the outside world refused. `message` is lower case, without a final period, ready to be shown after a colon.
struct Failure {
  std::string message;
};

template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::move(value)) {}            // NOLINT(google-explicit-constructor)
  Result(Failure failure) : state_(std::move(failure)) {}  // NOLINT(google-explicit-constructor)

  bool ok() const { return std::holds_alternative<T>(state_); }
  // REQUIRES: ok().
  const T& value() const& {
    CORDON_ASSERT(ok());
    return std::get<T>(state_);
  }
  T&& value() && {
    CORDON_ASSERT(ok());
    return std::get<T>(std::move(state_));
  }
  // REQUIRES: !ok().
  const Failure& failure() const {
    CORDON_ASSERT(!ok());
    return std::get<Failure>(state_);
  }

 private:
  std::variant<T, Failure> state_;
};

}  // namespace cordon::support

#define CORDON_TRY_JOIN_(a, b) a##b
#define CORDON_TRY_NAME_(line) CORDON_TRY_JOIN_(cordon_try_, line)
// Binds `name` to the value of `expr`, or returns its failure from the enclosing function.
#define CORDON_TRY(name, expr)                                                       \
  auto CORDON_TRY_NAME_(__LINE__) = (expr);                                          \
  if (!CORDON_TRY_NAME_(__LINE__).ok()) return CORDON_TRY_NAME_(__LINE__).failure(); \
  auto name = std::move(CORDON_TRY_NAME_(__LINE__)).value()
