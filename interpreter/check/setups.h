// Private to check/: the facts that examples, tests and cases give.
#pragma once

#include <optional>
#include <string>

#include "check/context.h"

namespace cordon::check {

// The value that `id` gives to something of `type`. Reports what does not fit (E0313, E0203, E0204).
std::optional<model::GivenValue> ReadGiven(Context& ctx, const syntax::File& file, syntax::ExprId id,
                                           const model::Type& type);
// The fact that a test's `name` means, whole; `what` is said where there is none (E0201, E0426).
std::optional<model::FactId> FindGivenFact(Context& ctx, const syntax::QName& name);
// A setup as written, without what it is like.
model::Setup ReadSetup(Context& ctx, const syntax::File& file, const syntax::Setup& setup);
// Puts `more` over `setup`: what both give, `more` decides.
void Overlay(model::Setup& setup, const model::Setup& more);
// Gives `fact` a value, in place of what it had.
void Give(model::Setup& setup, model::FactId fact, model::GivenValue value);
// The moment of a date or datetime; reports anything else (E0313).
std::optional<model::Moment> ReadMoment(Context& ctx, const syntax::Expr& expr);

}  // namespace cordon::check
