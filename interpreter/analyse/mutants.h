// Mutants: the policies that differ from a given one by a single small step.
//
// A test that would notice such a step holds the rule to what it says; a mutant that no test notices shows what is
// not tested. A mutant replaces a few expressions and at most one row of one table of the model: what is shared, such
// as a definition, is changed once. What a policy says of itself is left alone: its records' requirements, guarantees,
// tests and releases. Run by cli/mutant_runs.h. Source: docs/language/tests.md, "Mutants". Tested by
// tests/unit/mutants_test.cc and tests/golden/test/mutants.golden.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "analyse/verdict.h"
#include "diagnostics/source.h"
#include "model/model.h"

namespace cordon::analyse {

enum class MutantKind : std::uint8_t {
  kStrictness,  // `<` and `<=`
  kBoundary,    // what is compared with, or a length of time, by one step
  kConstant,    // a constant elsewhere
  kNegation,    // a condition negated, or no longer
  kDropped,     // a condition, or one side of `and`, `or`, left out
  kAndOr,
  kQuantifier,  // `some` and `every`
  kExtreme,     // `latest` and `earliest`
  kMembership,  // one leaf more or less
  kCount,
  kValue,      // a concluded value
  kExactly,    // `exactly` left out
  kSilenced,   // a conclusion left out
  kRule,       // a rule or row left out
  kOverride,   // an `overrides`, or what it drops, left out
  kModality,   // a duty one step weaker or stronger, or turned round
  kDuty,       // a duty left out
  kTiming,     // an event or its relation
  kDue,        // a period, or the due date left out
  kRecipient,  // one of those that it goes to, or is done with
  kQualifier,  // `as far as possible`, `until`, `except` left out
  kArgument,   // a constant that an action is given
  kDefault,
  kMode,  // `strictest` and `unique`
  kAssumption,
};
inline constexpr std::size_t kNumMutantKinds = static_cast<std::size_t>(MutantKind::kAssumption) + 1;

// `strictness`, `boundary`: as ids, results and options call it.
std::string_view MutantKindName(MutantKind kind);

// `now` in the place of expression `id`, which it may refer to no later one than; `before` are put in front of it, and
// stand in the numbering from `id.index` on.
struct ExprChange {
  model::ExprId id;
  std::vector<model::Expr> before;
  model::Expr now;
};
template <typename Id, typename Row>
struct RowChange {
  Id id;
  Row now;
};
using AnyRowChange = std::variant<std::monostate, RowChange<model::RuleId, model::Rule>,
                                  RowChange<model::OutputId, model::Output>, RowChange<model::FactId, model::Fact>>;

struct Mutant {
  std::string id;  // `admission.skema_2.3a/boundary-3f2a01`: the same as long as the policy says the same there
  MutantKind kind = MutantKind::kStrictness;
  std::string path;      // `admission.skema_2.3a`, `stays_abroad`, `Stay.length`
  std::string old_text;  // in the policy's words where it has them: `> 24 hours`
  std::string new_text;  // `>= 24 hours`; empty: left out
  diagnostics::Span span;

  std::vector<ExprChange> exprs;   // in ascending order
  std::vector<model::Expr> added;  // behind all others
  AnyRowChange row;
};

// Every mutant of `policy`, in order of declaration, none of which has the same model as it or as another. A mutant
// keeps the invariants of model/model.h. `sources` holds the texts that the policy's spans point into. Costs about the
// square of the policy's size: seconds for the largest guidelines.
std::vector<Mutant> ListMutants(const model::Policy& policy, const diagnostics::Sources& sources);

// REQUIRES: `mutant` was listed for `policy`, which may have lost its tests and notes since.
model::Policy Apply(const model::Policy& policy, const Mutant& mutant);

// Whether no patient is treated differently by `mutant` than by `original`: kProved, that is equivalent; kRefuted;
// kUndecided.
using EquivalenceCheck = std::function<Verdict(const model::Policy& original, const model::Policy& mutant)>;

}  // namespace cordon::analyse
